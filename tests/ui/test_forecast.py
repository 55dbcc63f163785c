"""The forecast room: futures drawn and given up, campaigns compared, standing orders tried and laid down."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

from textual.widgets import Input

import engine
from engine.orders import SetLoadPolicy
from engine.outcomes import Rejected
from engine.playback import Playback
from odc_tui.actions.common import ROOMS
from odc_tui.present import forecast
from odc_tui.present.standing import inner_words
from odc_tui.screens import forecast as room
from odc_tui.screens.confirm import ConfirmScreen
from odc_tui.screens.forecast import ForecastScreen
from odc_tui.screens.pick_dialog import PickDialog, PickSeveralDialog
from odc_tui.screens.standing_dialog import StandingDialog
from odc_tui.widgets.menu import Menu
from tests.ui.conftest import SIZES, settled, wait_for
from tests.ui.flying import Flight, MakeApp, enter


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
        tell(0.025, "1 of 40 futures drawn.")
        wait_for(cancelled)
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


async def test_a_fork_parts_where_its_orders_differ(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZES["large"]) as pilot:
        flight = await enter(pilot, room="forecast")
        await flight.press("b")
        assert not isinstance(app.screen, PickDialog)  # there is no other
        own = flight.session.path
        await flight.press("f")
        app.screen.query_one(Input).value = "2027-06-10"
        await flight.press("enter")
        assert isinstance(app.screen, ConfirmScreen)
        await flight.press("y")
        session = flight.session
        assert session.path.stem == "four-batches-from-2027-06-10"
        assert session.state.date == dt.date(2027, 6, 10)
        assert not isinstance(session.give(SetLoadPolicy(policy="follow-the-sun")), Rejected)
        session.save()
        await flight.press("6", "b")
        assert isinstance(app.screen, PickSeveralDialog)
        await flight.press("space", "enter")
        assert "Beside Four batches" in flight.text()
        told = flight.text("#forecast-page")
        found = engine.branches(*playbacks(flight, own), [session.state.day], ["delivered"])
        assert found.parted == session.state.day
        assert "They part on 10 Jun 2027" in told
        assert "load policy on 10 Jun 2027" in told
        assert engine.load_campaign(own.read_text("utf-8")).name == "Four batches"


def playbacks(flight: Flight, own: Path) -> tuple[Playback, Playback]:
    """The campaign that is open, and another one."""
    data = flight.app.data
    assert data is not None
    other = engine.load_campaign(own.read_text("utf-8"))
    first, second = (Playback(one, data.catalogue, data.scenarios) for one in (flight.session.file, other))
    return first, second


async def test_a_day_that_cannot_be_forked_on_is_refused_with_a_mend(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZES["small"]) as pilot:
        flight = await enter(pilot, room="forecast")
        for text in ("tomorrow", "2026-01-01", "2031-01-01"):
            app.clear_notifications()
            await flight.press("f")
            app.screen.query_one(Input).value = text
            await flight.press("enter")
            assert any("2027-09-01" in note.message for note in app._notifications), text
        assert app.saves is not None
        assert len(app.saves.listing()) == 1


async def test_two_campaigns_are_drawn_under_the_same_luck(make_app: MakeApp, monkeypatch: Any) -> None:
    monkeypatch.setattr(forecast, "DRAWS", 3)
    app = make_app()
    async with app.run_test(size=SIZES["large"]) as pilot:
        flight = await enter(pilot, room="forecast")
        await flight.press("f", "enter", "n", "v", "v", "d", "enter")  # a year ahead
        told = flight.text("#forecast-page")
        assert "Each future has the same luck on both sides." in told
        bands = [re.findall(r"[\d.]+ [EP]FLOP/s", line) for line in told.splitlines() if "FLOP/s" in line]
        assert len(bands) == 2 * len(forecast.days_ahead(flight.session.state.day, 1))
        assert bands[0::2] == bands[1::2]
        await flight.press("v")
        assert "5 years ahead · beside Four batches" in flight.text()


async def test_several_campaigns_stand_in_one_table(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZES["small"]) as pilot:
        flight = await enter(pilot, room="forecast")
        session = flight.session
        session.save()
        assert app.saves is not None
        for name in ("One", "Two", "Three", "Four"):
            app.saves.duplicate(session.path.stem, name)
        await flight.press("b", "space", "down", "space", "down", "space", "down", "space")
        assert "3 at most" in flight.text("#pick-note")
        await flight.press("up", "space", "enter")
        assert "Beside 2 campaigns" in flight.text()
        assert flight.text("#forecast-page").count("never part") == 2
        await flight.press("b")
        for one in app.saves.listing():
            if one.path != session.path:
                one.path.write_text("format = 1\n[campaign]\nname = 3\n", "utf-8")
        await flight.press("enter")
        assert "✖" in flight.text("#forecast-page")


async def test_no_room_outlives_its_campaign(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZES["small"]) as pilot:
        flight = await enter(pilot, room="forecast")
        await flight.press("5", "6")
        assert app.is_screen_installed("forecast")
        await app.close_campaign()
        assert not [name for name, _, _ in ROOMS if app.is_screen_installed(name)]
