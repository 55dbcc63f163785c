"""Where compute goes: the panel of mission control, and the steps of an open batch."""

from __future__ import annotations

import pytest

import engine
from odc_tui.present import numbers
from odc_tui.screens.why import WhyDialog
from tests.ui.conftest import SIZES
from tests.ui.flying import MakeApp, enter


@pytest.mark.parametrize("size", SIZES.values(), ids=list(SIZES))
async def test_a_key_shows_where_compute_goes(make_app: MakeApp, size: tuple[int, int]) -> None:
    app = make_app()
    async with app.run_test(size=size) as pilot:
        flight = await enter(pilot)
        await flight.press("n", "c")
        state = flight.session.state
        panel = flight.text("#mission-flow")
        delivered = numbers.compute(engine.batch_report(state, 1).delivered_pflops)
        assert f"delivered {'█' * 6}" in panel
        assert delivered in panel
        assert "Where compute goes · L2.1" in panel
        assert "▮ battery" in panel
        await flight.press("i")
        assert isinstance(app.screen, WhyDialog)
        assert app.screen.figure.id == "step-level"
        await flight.press("escape", "v")
        assert "whole fleet" in flight.text("#mission-flow")
        assert numbers.compute(engine.waterfall(state)[-1].value) in flight.text("#mission-flow")
        await flight.press("i")
        assert app.screen.figure.id == "flow-level"
        await flight.press("escape", "c")
        assert not flight.mission.flow_open
        assert not flight.mission.query_one("#mission-flow").display


async def test_orbit_and_compute_take_turns_where_there_is_little_room(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZES["small"]) as pilot:
        flight = await enter(pilot)
        await flight.press("c", "o")
        assert flight.mission.query_one("#mission-orbit").region.height > 0
        assert flight.mission.query_one("#mission-flow").region.height == 0
        await flight.press("c")
        assert flight.mission.query_one("#mission-flow").region.height > 0
        assert flight.mission.query_one("#mission-map").region.height == 0


async def test_the_steps_of_an_open_batch_are_a_key_away(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZES["large"]) as pilot:
        flight = await enter(pilot, room="swarm")
        await flight.press("down", "enter")
        rows = engine.waterfall(flight.session.state, 1)
        compute = flight.text("#batch-compute").splitlines()
        for line, row in zip(compute[1:], rows, strict=False):
            assert numbers.compute(row.value) in line
        await flight.press("c")
        assert isinstance(app.screen, WhyDialog)
        assert app.screen.figure.id == "step-level"
        assert app.screen.figure.value == rows[2].value
