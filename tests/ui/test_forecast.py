"""The forecast room: futures drawn and given up, campaigns compared, standing orders tried and laid down."""

from __future__ import annotations

from typing import Any

from textual.widgets import Input

import engine
from odc_tui.actions.common import ROOMS
from odc_tui.present import forecast
from odc_tui.present.standing import inner_words
from odc_tui.screens import forecast as room
from odc_tui.screens.forecast import ForecastScreen
from odc_tui.screens.pick_dialog import PickDialog
from odc_tui.screens.standing_dialog import StandingDialog
from odc_tui.widgets.menu import Menu
from tests.ui.conftest import SIZES, settled
from tests.ui.flying import MakeApp, enter


async def test_bands_are_those_of_the_engine_and_stay_with_the_figure(
    make_app: MakeApp, monkeypatch: Any
) -> None:
    monkeypatch.setattr(forecast, "DRAWS", 3)
    app = make_app()
    async with app.run_test(size=SIZES["small"]) as pilot:
        flight = await enter(pilot, room="forecast")
        await flight.press("v", "v", "r")  # twenty years, then one
        assert "Delivered, 1 year ahead" in flight.text()
        state = flight.session.state
        days = forecast.days_ahead(state.day, 1)
        found = engine.forecast(state, days, 3, ("delivered", "satellites"))
        assert found is not None
        told = flight.text("#forecast-page")
        rows = [line for line in told.splitlines() if "FLOP/s" in line and " 20" in line]
        assert len(rows) >= len(days)
        lowest = min(found.bands["satellites"].p10)
        await flight.press("s")
        assert "Satellites, 1 year ahead" in flight.text()
        assert f" {lowest:.0f} " in flight.text("#forecast-page")


async def test_esc_gives_up_what_is_being_drawn(make_app: MakeApp, monkeypatch: Any) -> None:
    app = make_app()
    asked: list[bool] = []

    def endless(_state: Any, _waiting: Any, _years: int, cancelled: Any, tell: Any) -> None:
        tell(1, 40)
        while not cancelled():
            pass
        asked.append(True)

    monkeypatch.setattr(room, "drawn", endless)
    async with app.run_test(size=SIZES["small"]) as pilot:
        flight = await enter(pilot, room="forecast")
        await pilot.press("r")
        screen = app.screen
        assert isinstance(screen, ForecastScreen)
        assert screen.at_work
        await pilot.press("escape")
        await settled(pilot)
        assert asked
        assert not screen.at_work
        assert app.screen is screen
        assert "Given up." in flight.text("#forecast-page")


async def test_a_standing_order_is_tried_laid_down_and_dropped(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZES["small"]) as pilot:
        flight = await enter(pilot, room="forecast")
        await flight.press("n")
        assert isinstance(app.screen, StandingDialog)
        app.screen.query_one(Input).value = "if levle < 80 %"
        await flight.press("tab", "enter")
        assert "✖" in flight.text("#standing-told")
        app.screen.query_one(Input).value = "if level < 99 %"
        await settled(pilot)
        menu = app.screen.query_one(Menu)
        wanted = next(at for at, one in enumerate(menu.choices) if "follow-the-sun" in one.label)
        menu.cursor = wanted
        await settled(pilot)
        await flight.press("enter")
        assert isinstance(app.screen, StandingDialog)
        assert "s1" in flight.text("#standing-told")
        assert not flight.session.state.standing
        await flight.press("enter")
        (standing,) = flight.session.state.standing
        assert standing.order.when == "if level < 99 %"
        assert inner_words(standing.order.order).startswith("load policy follow-the-sun")
        assert "if level < 99 %: load policy follow-the-sun" in flight.text("#forecast-standing")
        await flight.press("e")
        assert "nothing of it is kept" in flight.text("#forecast-page")
        await flight.press("x")
        assert not flight.session.state.standing
        await flight.press("z")
        assert len(flight.session.state.standing) == 1
        await flight.press("z")
        assert not flight.session.state.standing


async def test_another_campaign_is_laid_beside(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZES["large"]) as pilot:
        flight = await enter(pilot, room="forecast")
        await flight.press("b")
        assert not isinstance(app.screen, PickDialog)  # there is no other
        session = flight.session
        session.save()
        assert app.saves is not None
        app.saves.duplicate(session.path.stem, "The same again")
        await flight.press("b")
        assert isinstance(app.screen, PickDialog)
        await flight.press("enter")
        assert "never part" in flight.text("#forecast-page")
        assert "Beside The same again" in flight.text()


async def test_no_room_outlives_its_campaign(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZES["small"]) as pilot:
        flight = await enter(pilot, room="forecast")
        await flight.press("5", "6")
        assert app.is_screen_installed("forecast")
        await app.close_campaign()
        assert not [name for name, _, _ in ROOMS if app.is_screen_installed(name)]
