"""Pictures of the design bureau and the launch desk. Each docstring says what the eye should look for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine.orders import DefineDesign
from tests.ui.conftest import SIZES, STILL, build_test_app, settled


@pytest.fixture
def app(tmp_path: Path) -> Any:
    """An application with an empty saves folder."""
    return build_test_app(tmp_path / "saves", STILL, examples=tmp_path / "none")


async def begin(pilot: Any, *keys: str, design: str = "") -> None:
    """First light with a design frozen, if one is named, and keys pressed."""
    await settled(pilot)
    pilot.app.new_campaign("first-light", "First light", 7)
    await settled(pilot)
    if design:
        preset = pilot.app.session.state.catalogue.presets[design]
        pilot.app.session.give(DefineDesign(design=preset.design))
    for key in keys:
        await pilot.press(key)
        await settled(pilot)


async def looked_ahead(pilot: Any) -> None:
    """Wait until the launch desk has run the flight ahead."""
    ahead = pilot.app.screen.query_one("#launch-ahead")
    while ahead.display and "FLOP/s" not in str(ahead.render()):
        await pilot.pause(0.05)
        await settled(pilot)


@pytest.mark.parametrize("size", SIZES, ids=SIZES)
def test_presets_come_first(snap_compare: Any, app: Any, size: str) -> None:
    """Node-100 under the cursor, GO in words, its story; at 120 columns parts, figures and ledgers too."""

    async def run(pilot: Any) -> None:
        await begin(pilot, "2")

    assert snap_compare(app, terminal_size=SIZES[size], run_before=run)


def draft_with_faults() -> Callable[[Any], Any]:
    async def run(pilot: Any) -> None:
        await begin(pilot, "2")
        room = pilot.app.screen
        changes = {"radiator_area_m2": 90.0, "battery_kwh": 60.0, "accelerator_count": 72}
        room.put(room.subject.design.model_copy(update=changes))
        room.turn_to("parts")
        await settled(pilot)

    return run


@pytest.mark.parametrize("size", SIZES, ids=SIZES)
def test_a_draft_in_trouble(snap_compare: Any, app: Any, size: str) -> None:
    """A draft compared with Node-100: better and worse with marks, chips too hot, mends on offer."""
    assert snap_compare(app, terminal_size=SIZES[size], run_before=draft_with_faults())


def test_nothing_to_launch_yet(snap_compare: Any, app: Any) -> None:
    """Two ways on, each with its key; the footer names f first."""

    async def run(pilot: Any) -> None:
        await begin(pilot, "3")

    assert snap_compare(app, terminal_size=SIZES["small"], run_before=run)


@pytest.mark.parametrize("size", SIZES, ids=SIZES)
def test_a_flight_filled_in(snap_compare: Any, app: Any, size: str) -> None:
    """Twelve Node-100 on Starship V3, GO in words; at 120 columns all ways, and a year ahead."""

    async def run(pilot: Any) -> None:
        await begin(pilot, "3", design="node-100")
        await looked_ahead(pilot)

    assert snap_compare(app, terminal_size=SIZES[size], run_before=run)


def test_a_flight_that_is_stopped(snap_compare: Any, app: Any) -> None:
    """NO-GO, the stop first with what enter does about it; the manifest over its limit by mark and colour."""

    async def run(pilot: Any) -> None:
        await begin(pilot, "3", design="node-100")
        room = pilot.app.screen
        room.query_one("#launch-flight").focus_row("count")
        await pilot.press("1", "6", "enter", "tab", "tab")
        await settled(pilot)

    assert snap_compare(app, terminal_size=SIZES["large"], run_before=run)


def test_the_last_look_before_booking(snap_compare: Any, app: Any) -> None:
    """What flies, on what, when, where to, what it costs, cash after; enter and esc named."""

    async def run(pilot: Any) -> None:
        await begin(pilot, "3", "b", design="node-100")

    assert snap_compare(app, terminal_size=SIZES["small"], run_before=run)
