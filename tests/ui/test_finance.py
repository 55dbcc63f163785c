"""The finance room from the outside: panels, cost boundary, orders about money, ask why."""

from __future__ import annotations

import re
from typing import Any

import pytest

import engine
from engine.orders import Borrow, SignContract
from odc_tui.app import OdcApp
from odc_tui.present import numbers
from odc_tui.screens import finance as room
from odc_tui.screens.deal_dialog import DealDialog
from odc_tui.screens.read_dialog import ReadDialog
from odc_tui.screens.why import WhyDialog
from odc_tui.settings import Settings
from tests.ui.conftest import SIZES, settled, wait_for
from tests.ui.flying import MakeApp, enter
from tests.ui.racing import RACING


def deals_told(app: OdcApp) -> str:
    """The panel of capital and contracts, also what has to be scrolled to."""
    return str(app.screen.query_one("#finance-deals-words").render())


async def test_everything_about_money_on_one_screen(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZES["large"]) as pilot:
        flight = await enter(pilot, RACING)
        await flight.press("5")
        text = flight.text()
        for words in ("net income", "spectrum", "total cost", "sunlight", "On offer", "SpaceX"):
            assert words in text
        await flight.press("o")
        assert isinstance(app.screen, ReadDialog)
        assert numbers.percent(engine.odds(flight.session.state)[0].odds_per_year) in flight.text("#dialog")
        await flight.press("enter", "w")
        folder = flight.session.path.with_name("four-batches-report")
        page = (folder / "report.md").read_text("utf-8")
        assert "# A small race" in page
        assert all((folder / name).is_file() for name in re.findall(r"\]\((\w+\.svg)\)", page))
        assert any(str(folder) in note.message for note in app._notifications)
        before = flight.session.state
        await flight.press("b")
        assert "energy cost" in flight.text("#finance-cost")
        await flight.press("l", "right", "down", "enter")
        assert [(one.id, one.principal_cents) for one in flight.session.state.capital.loans] == [
            ("D1", 34_000_000_000)
        ]
        assert flight.session.undo_order == Borrow(amount_usd=3.4e8, years=6)
        assert "D1: 340 M$" in deals_told(app)
        await flight.press("z")
        assert flight.session.state.capital == before.capital
        await flight.press("c", "enter")
        assert flight.session.undo_order == SignContract(offer="O1")
        assert "C1: a government study" in deals_told(app)


@pytest.mark.parametrize("ascii_mode", [False, True])
async def test_one_panel_at_a_time_where_there_is_little_room(make_app: MakeApp, ascii_mode: bool) -> None:
    app = make_app(Settings(reduced_motion=True, briefing=False, ascii_mode=ascii_mode))
    async with app.run_test(size=SIZES["small"]) as pilot:
        flight = await enter(pilot, RACING, "finance")
        seen = []
        for _ in app.screen.PANELS:
            shown = [name for name in app.screen.PANELS if app.screen.query_one(f"#finance-{name}").region]
            seen += shown
            assert not ascii_mode or flight.text().isascii()
            await flight.press("tab")
        assert seen == list(app.screen.PANELS)
        await flight.press("tab", "i")
        assert isinstance(app.screen, WhyDialog)
        assert app.screen.figure.id == "levelised-cost"


async def test_the_rules_say_why_an_order_does_not_hold(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZES["small"]) as pilot:
        flight = await enter(pilot, RACING, "finance")
        await flight.press("r", "enter")
        assert isinstance(app.screen, DealDialog)
        assert "Have 10.0 MW at work first." in flight.text("#dialog")
        assert "enter give this order" not in flight.text("#dialog")
        await flight.press("escape", "p")
        assert "There is no debt." in [note.message for note in app._notifications]


async def test_esc_gives_up_the_report_and_writes_nothing(make_app: MakeApp, monkeypatch: Any) -> None:
    app = make_app()
    asked: list[bool] = []

    def endless(_playback: Any, _day: int, cancelled: Any) -> None:
        wait_for(cancelled)
        asked.append(True)

    monkeypatch.setattr(room, "course", endless)
    async with app.run_test(size=SIZES["small"]) as pilot:
        flight = await enter(pilot, RACING, "finance")
        await pilot.press("w")
        await pilot.press("w")
        assert any("esc gives it up" in note.message for note in app._notifications)
        await pilot.press("escape")
        await settled(pilot)
        assert asked
        assert app.screen is app.room  # no menu
        assert not flight.session.path.with_name("four-batches-report").exists()
        monkeypatch.undo()
        await flight.press("w")
        assert (flight.session.path.with_name("four-batches-report") / "report.md").is_file()
