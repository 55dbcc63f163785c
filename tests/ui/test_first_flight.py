"""The guided first flight, taken by the keys its own text names, until watts are turned into compute."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, cast

import pytest

import engine
from odc_tui.app import OdcApp
from odc_tui.guide import LessonRun
from odc_tui.session import Session
from odc_tui.settings import Settings
from odc_tui.simrunner import FrozenSim
from odc_tui.widgets.gauge import BalanceGauge
from odc_tui.widgets.lesson import LessonPanel
from tests.ui.conftest import settled

MakeApp = Callable[..., OdcApp]

_NAMES = {"]": "right_square_bracket", "+": "plus", "-": "minus"}


def lesson(pilot: Any) -> LessonRun:
    """The lesson under way."""
    return cast("LessonRun", pilot.app.lesson)


def panel(pilot: Any) -> str:
    """What the panel says."""
    return str(pilot.app.screen.query_one(LessonPanel).render())


def title(pilot: Any) -> str:
    """The step in sight."""
    step = lesson(pilot).step
    return step.title if step is not None else "farewell"


def powers(pilot: Any) -> str:
    """What the gauge of power says."""
    reading = next(g.reading for g in pilot.app.screen.query(BalanceGauge) if g.reading.label == "POWER")
    return str(reading.detail)


async def press_as_told(pilot: Any, *, leave_out: str = "") -> None:
    """Press the keys the goal of the present step names, in its order."""
    step = lesson(pilot).step
    assert step is not None
    for key in re.findall("`([^`]+)`", step.goal):
        if key not in leave_out.split():
            await pilot.press(_NAMES.get(key, key))
            await settled(pilot)


async def run_until(pilot: Any, done: Callable[[], bool], blinks: int = 20) -> None:
    """Time passes for the player, who looks up now and then and presses space when time has stopped."""
    session = cast("Session", pilot.app.session)
    for _ in range(600):
        if done():
            return
        if not session.running:
            await pilot.press("space")
        for _ in range(blinks):
            cast("FrozenSim", session._sim).elapse(0.2)
        await pilot.pause()
    raise AssertionError(f"nothing came of {title(pilot)!r} by {session.state.date}")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_following_the_screen_ends_in_compute(make_app: MakeApp, size: tuple[int, int]) -> None:
    kept: list[Settings] = []
    app = make_app(save_settings=kept.append)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        session = app.session
        assert session is not None
        assert title(pilot) == "Why up there"
        await press_as_told(pilot, leave_out="T")

        assert title(pilot) == "Take a satellite"
        await press_as_told(pilot)
        assert list(session.state.designs) == ["node-100"]

        assert title(pilot) == "Read its budgets"
        await press_as_told(pilot)

        assert title(pilot) == "Book the launch"
        await press_as_told(pilot)
        assert len(session.state.bookings) == 1

        assert title(pilot) == "Let it fly"
        await pilot.press("1", "plus", "plus", "space")
        await run_until(pilot, lambda: title(pilot) != "Let it fly")
        assert engine.fleet_report(session.state).delivered_pflops > 0
        assert "watts have turned into compute" in panel(pilot)

        assert title(pilot) == "Sun and shade"
        await pilot.press("plus")
        await run_until(pilot, lambda: session.state.date.month == 5 and not session.running)
        assert any("L1 enters an eclipse season" in note.message for note in app._notifications)
        await pilot.press("minus", "minus", "minus", "minus")
        await run_until(pilot, lambda: title(pilot) != "Sun and shade", blinks=1)

        # Time has stopped in the shade, and stays there for the player to read it.
        assert title(pilot) == "In the shade"
        assert not session.running
        assert not engine.telemetry(session.state, 0, session.seconds).now.sunlit
        assert "battery gives" in powers(pilot)
        await pilot.press("right_square_bracket")

        assert title(pilot) == "What binds"
        told = engine.binding_fix(session.state, 0)
        assert told.constraint == "hardware"
        await press_as_told(pilot)
        mix = engine.batch_reports(session.state)[0].mix
        assert mix["eo-batch"] == pytest.approx(0.1)

        assert title(pilot) == "farewell"
        await pilot.press("right_square_bracket")
        assert app.lesson is None
    assert kept[-1].lessons_done == ("first-flight",)
    assert kept[-1].lesson == ()


async def test_a_lesson_can_be_folded_skipped_and_left_and_the_campaign_stays(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        room = app.screen.query_one("#body").size.height
        await pilot.press("t")
        await pilot.pause()
        assert app.screen.query_one("#body").size.height > room
        await pilot.press("t", "right_square_bracket", "right_square_bracket")
        assert title(pilot) == "Read its budgets"
        await pilot.press("left_square_bracket")
        assert title(pilot) == "Take a satellite"
        await pilot.press("T")
        await pilot.pause()
        assert app.lesson is None
        assert not app.screen.query_one(LessonPanel).display
        assert app.session is not None
        assert app.session.path.is_file()


async def test_the_lesson_goes_along_from_room_to_room(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        for key in ("2", "3", "4", "1"):
            await pilot.press(key)
            await settled(pilot)
            assert app.screen.query_one(LessonPanel).display
            assert "Above the air" in panel(pilot)


async def test_a_lesson_can_be_taken_again(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        for _ in range(2):
            await settled(pilot)
            app.start_first_flight()
            await settled(pilot)
            assert title(pilot) == "Why up there"
            await app.close_campaign()
        await settled(pilot)
        assert len(app.saves.listing()) == 2  # type: ignore[union-attr]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_panel_never_covers_the_room_and_shows_every_step_whole(
    make_app: MakeApp, size: tuple[int, int]
) -> None:
    app = make_app()
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        while app.lesson is not None:
            box, body = app.screen.query_one(LessonPanel), app.screen.query_one("#body")
            assert body.region.bottom <= box.region.y
            assert body.size.height >= 12
            text = box.render()
            assert text.get_height({}, box.content_size.width) <= box.content_size.height
            await pilot.press("right_square_bracket")
            await pilot.pause()


async def test_a_lesson_left_half_way_goes_on_when_its_campaign_is_opened_again(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.start_first_flight()
        await settled(pilot)
        await pilot.press("right_square_bracket", "right_square_bracket")
        assert title(pilot) == "Read its budgets"
        assert app.session is not None
        path = app.session.path
        await app.close_campaign()
        assert app.lesson is None
        app.open_campaign(path.stem, "First light")
        await settled(pilot)
        assert title(pilot) == "Read its budgets"
        assert app.screen.query_one(LessonPanel).display
        await pilot.press("T")
        await app.close_campaign()
        app.open_campaign(path.stem, "First light")
        await settled(pilot)
        assert app.lesson is None
