"""Waiting for a condition: mistakes are told, the day is named first, and time stops exactly there."""

from __future__ import annotations

from textual.widgets import Input

import engine
from odc_tui.screens.mission import MissionScreen
from odc_tui.screens.until_dialog import UntilDialog
from tests.ui.conftest import SIZES, settled
from tests.ui.flying import Flight, MakeApp, enter


async def ask(flight: Flight, text: str) -> str:
    """Write a condition and ask; what the dialog says to it."""
    flight.app.screen.query_one(Input).value = text
    await settled(flight.pilot)
    await flight.press("enter")
    return flight.text("#until-verdict")


async def test_time_runs_to_the_first_day_and_stops_there(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZES["small"]) as pilot:
        flight = await enter(pilot)
        began = flight.session.state
        await flight.press("u")
        assert isinstance(app.screen, UntilDialog)
        assert "character 6" in (await ask(flight, "cash < 50")).lower()
        assert "This holds today" in await ask(flight, "satellites > 1")
        assert "does not hold on any day" in await ask(flight, "satellites > 1000 and date < 2027-12-01")
        text = "date >= 2027-09-20"
        assert "First on 20 Sep 2027, in 19 days." in await ask(flight, text)
        assert flight.session.state.day == began.day
        await flight.press("enter")
        assert isinstance(app.screen, MissionScreen)
        assert flight.session.running
        for _ in range(200):
            if not flight.session.running:
                break
            await flight.elapse(3600.0)
            if flight.session.state.day < began.day + 19 and not flight.session.running:
                await flight.press("space")  # something else stopped time on the way
        assert engine.parse_condition(text).holds(flight.session.state)
        assert flight.session.state.day == began.day + 19


async def test_another_text_is_another_question(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZES["small"]) as pilot:
        flight = await enter(pilot)
        await flight.press("u")
        assert "First on" in await ask(flight, "date >= 2027-09-20")
        assert "First on 21 Sep" in await ask(flight, "date >= 2027-09-21")
        assert isinstance(app.screen, UntilDialog)
        await flight.press("escape")
        assert isinstance(app.screen, MissionScreen)
        assert not flight.session.running


async def test_a_long_way_is_looked_over_first_and_can_be_gone_all_the_same(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZES["small"]) as pilot:
        flight = await enter(pilot)
        await flight.press("u")
        await ask(flight, "date >= 2027-09-20")
        assert "On the way there" not in flight.text("#until-names")
        await ask(flight, "date >= 2028-09-01")
        told = flight.text("#until-names")
        foreseen = engine.outlook(flight.session.state, flight.session.state.day + 366)
        assert foreseen
        assert "On the way there" in told
        assert all(line.reason in " ".join(told.split()) for line in foreseen)
        await flight.press("enter")
        assert isinstance(app.screen, MissionScreen)
        assert flight.session.running
