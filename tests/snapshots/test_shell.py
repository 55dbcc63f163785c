"""Pictures of the screens around a campaign. Each docstring says what the eye should look for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from odc_tui.app import OdcApp
from odc_tui.settings import Settings
from tests.ui.conftest import SIZES, build_test_app, settled
from tests.ui.folders import write_three

STILL = Settings(reduced_motion=True, briefing=False)


@pytest.fixture
def app(tmp_path: Path) -> Callable[..., OdcApp]:
    """Makes an application with three campaigns on disk and no examples."""

    def make(chosen: Settings = STILL) -> OdcApp:
        write_three(tmp_path / "saves")
        return build_test_app(tmp_path / "saves", chosen, examples=tmp_path / "none")

    return make


def after(*steps: str) -> Callable[[Any], Any]:
    """Settle, then press keys or open a screen (`:name`), settling after each."""

    async def run(pilot: Any) -> None:
        await settled(pilot)
        for step in steps:
            if step.startswith(":"):
                pilot.app.push_named(step[1:])
            else:
                await pilot.press(step)
            await settled(pilot)

    return run


@pytest.mark.parametrize("size", SIZES, ids=SIZES)
def test_title(snap_compare: Any, app: Callable[..., OdcApp], size: str) -> None:
    """An Earth lit from the left, Africa in the middle, swarm dots around it; the menu with "Continue" naming
    First Light, its date and cash; nothing cut off."""
    assert snap_compare(app(), terminal_size=SIZES[size], run_before=after())


def test_title_in_ascii(snap_compare: Any, app: Callable[..., OdcApp]) -> None:
    """The Earth in ASCII shades, the cursor a plain `>`; no braille, no arrows."""
    settings = Settings(reduced_motion=True, ascii_mode=True)
    assert snap_compare(app(settings), terminal_size=SIZES["small"], run_before=after("down"))


def test_title_without_colour(
    snap_compare: Any, app: Callable[..., OdcApp], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Under NO_COLOR: greys alone, and the line under the cursor still stands out."""
    monkeypatch.setenv("NO_COLOR", "1")
    assert snap_compare(app(), terminal_size=SIZES["small"], run_before=after("down"))


@pytest.mark.parametrize("size", SIZES, ids=SIZES)
def test_scenarios(snap_compare: Any, app: Callable[..., OdcApp], size: str) -> None:
    """First light first in the list; its briefing beside it with goal, beginning, money and rules."""
    assert snap_compare(app(), terminal_size=SIZES[size], run_before=after(":scenarios"))


def test_beginning_a_scenario(snap_compare: Any, app: Callable[..., OdcApp]) -> None:
    """Name and ten sliders in one dialog at 80 columns; the moved one says so, a line tells what it moves."""
    keys = after(":scenarios", "home", "down", "enter", "tab", "left", "left")
    assert snap_compare(app(), terminal_size=SIZES["small"], run_before=keys)


def test_saves_with_a_broken_file(snap_compare: Any, app: Callable[..., OdcApp]) -> None:
    """The cursor on a file that is no TOML: where, why and the mend, in words and not only in red."""
    assert snap_compare(app(), terminal_size=SIZES["small"], run_before=after(":saves", "down", "down"))


def test_delete_asks_first(snap_compare: Any, app: Callable[..., OdcApp]) -> None:
    """A dialog over the dimmed list, "Keep it" under the cursor."""
    assert snap_compare(app(), terminal_size=SIZES["large"], run_before=after(":saves", "x"))


def test_help_for_the_saves_screen(snap_compare: Any, app: Callable[..., OdcApp]) -> None:
    """Keys of the saves screen under headings, the glossary beside them, both readable at 80 columns."""
    assert snap_compare(app(), terminal_size=SIZES["small"], run_before=after(":saves", "question_mark"))


def test_too_small(snap_compare: Any, app: Callable[..., OdcApp]) -> None:
    """A plain card in the middle of 50x14: the size, the size needed, and that nothing is lost."""
    assert snap_compare(app(), terminal_size=(50, 14), run_before=after())


def taking_the_lesson(*keys: str) -> Callable[[Any], Any]:
    """Begin the guided first flight, then press keys."""

    async def run(pilot: Any) -> None:
        await settled(pilot)
        pilot.app.start_first_flight()
        await settled(pilot)
        for key in keys:
            await pilot.press(key)
            await settled(pilot)

    return run


@pytest.mark.parametrize("size", SIZES, ids=SIZES)
def test_the_lesson_stands_below_the_room(snap_compare: Any, app: Callable[..., OdcApp], size: str) -> None:
    """Step 2 of the first flight in the design bureau: "Do" with its keys lit, "Why", and the ways on in the
    border; the list of designs and the go/no-go line above it whole."""
    keys = ("right_square_bracket", "2")
    assert snap_compare(app(), terminal_size=SIZES[size], run_before=taking_the_lesson(*keys))


def test_the_menu_of_a_campaign(snap_compare: Any, app: Callable[..., OdcApp]) -> None:
    """The menu over a dimmed mission control, "Go on" under the cursor."""
    assert snap_compare(app(), terminal_size=SIZES["small"], run_before=taking_the_lesson("T", "escape"))
