"""The price of a step on the screen: whom, when, steps of the engine's own runs, the way to an order."""

from __future__ import annotations

from typing import Any

import engine
from odc_tui.present import shadow
from odc_tui.screens.orders_dialog import OrdersDialog
from odc_tui.screens.steps_dialog import StepsDialog
from odc_tui.screens.swarm import SwarmScreen
from tests.ui.conftest import SIZES, settled, wait_for
from tests.ui.flying import BATCHES, MakeApp, enter


async def test_steps_of_a_batch_are_those_of_the_engine_at_every_moment(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZES["small"]) as pilot:
        flight = await enter(pilot)
        await flight.press("n", "F")
        assert isinstance(app.screen, StepsDialog)
        assert f"batch {BATCHES[1]}" in flight.text("#steps-title")
        for moment in shadow.MOMENT_NAMES:
            found = engine.shadow_prices(flight.session.state, 1, when=moment)
            assert found is not None
            assert str(app.screen.query_one("#steps-best").render()) == shadow.best_line(found)
            assert found.steps[0].label in flight.text("#steps-words")
            await flight.press("right")
        found = engine.shadow_prices(flight.session.state, 1)  # from the end of life back to now
        assert found is not None
        await flight.press("down")
        assert found.steps[1].label in flight.text("#steps-words")


async def test_tab_asks_about_the_shell_and_the_fleet(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZES["large"]) as pilot:
        flight = await enter(pilot, room="swarm")
        await flight.press("F")  # the cursor is on a shell
        assert "shell at 550 km" in flight.text("#steps-title")
        await flight.press("tab")
        assert "the whole fleet" in flight.text("#steps-title")
        found = engine.shadow_prices(flight.session.state)
        assert found is not None
        assert shadow.best_line(found) in " ".join(flight.text("#steps-best").split())
        await flight.press("tab")
        assert f"batch {BATCHES[1]}" in flight.text("#steps-title")


async def test_an_order_among_the_steps_opens_filled_in_and_the_rest_stays(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZES["small"]) as pilot:
        flight = await enter(pilot)
        await flight.press("n", "F")
        found = engine.shadow_prices(flight.session.state, 1)
        assert found is not None
        assert found.steps[0].order is not None
        assert found.steps[-1].order is None
        await flight.press("G", "enter")
        assert isinstance(app.screen, StepsDialog)
        await flight.press("g", "enter")
        assert isinstance(app.screen, OrdersDialog)
        await flight.press("enter")
        assert flight.session.undo_order == found.steps[0].order


async def test_esc_gives_the_steps_up_and_tab_runs_them_again(make_app: MakeApp, monkeypatch: Any) -> None:
    app = make_app()
    asked: list[bool] = []

    def endless(*_args: Any) -> None:
        wait_for(_args[-1])
        asked.append(True)

    async with app.run_test(size=SIZES["small"]) as pilot:
        flight = await enter(pilot, room="swarm")
        await flight.press("down", "enter")
        assert isinstance(app.screen, SwarmScreen)
        monkeypatch.setattr(engine, "shadow_prices", endless, raising=False)
        await pilot.press("F")
        await pilot.pause()
        assert "running every step" in flight.text("#steps-moments")
        await pilot.press("escape")
        await settled(pilot)
        assert asked == [True]
        assert "Given up" in flight.text("#steps-best")
        monkeypatch.undo()
        await flight.press("tab")
        assert "delivered" in flight.text("#steps-moments")
        await flight.press("escape")
        assert isinstance(app.screen, SwarmScreen)
