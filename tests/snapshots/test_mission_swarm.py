"""Pictures of mission control and the swarm room. Each docstring says what the eye should look for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import engine
from odc_tui.app import OdcApp
from odc_tui.settings import Settings
from tests.ui.conftest import SIZES, build_test_app, settled
from tests.ui.flying import BEGUN, FLYING, Flight, enter

STILL = Settings(reduced_motion=True, briefing=False)
MakeApp = Callable[..., OdcApp]


@pytest.fixture
def app(tmp_path: Path) -> MakeApp:
    """Makes an application with a saves folder of its own."""

    def make(chosen: Settings = STILL) -> OdcApp:
        return build_test_app(tmp_path / "saves", chosen, examples=tmp_path / "none")

    return make


def flying(*keys: str, campaign: str = FLYING, room: str = "mission", shade_of: int | None = None) -> Any:
    """Open the campaign, let the clock run until a batch is in shade if one is named, then press keys."""

    async def run(pilot: Any) -> None:
        flight = await enter(pilot, campaign, room)
        if shade_of is not None:
            into_shade(flight, shade_of)
            await settled(pilot)
        for key in keys:
            await flight.press(key)
        await settled(pilot)

    return run


def into_shade(flight: Flight, batch: int) -> None:
    """Let the clock run until a batch is five minutes into its shade."""
    told = engine.telemetry(flight.session.state, batch, 0.0)
    minutes = told.next_change_min + 5.0 + (0.0 if told.now.sunlit else told.sun_min)
    flight.session.step_orbit(60.0 * minutes)
    flight.app.state_changed()


def test_mission_in_sunlight(snap_compare: Any, app: MakeApp) -> None:
    """Earth with coast, night, track and four batches; every gauge ticked; the chips bind, nothing to mend;
    the orbit runs in the sun without shade; promises and fleet at the right; the log below."""
    assert snap_compare(app(), terminal_size=SIZES["large"], run_before=flying())


def test_mission_in_eclipse(snap_compare: Any, app: MakeApp) -> None:
    """Batch L2.2 in shade: the array gives 0, the battery gives, "sunrise in", the diamond inside the shaded
    part of the orbit, BATTERY binds and `f` offers an order."""
    run = flying("n", "n", shade_of=2)
    assert snap_compare(app(), terminal_size=SIZES["large"], run_before=run)


def test_mission_throttled(snap_compare: Any, app: MakeApp) -> None:
    """Batch L3 too hot: a warning mark before COOLING, 358 of 358, HEAT binds, compute well below full."""
    assert snap_compare(app(), terminal_size=SIZES["large"], run_before=flying("N"))


def test_mission_small(snap_compare: Any, app: MakeApp) -> None:
    """Map left, four gauges of three lines right, what binds in one line, three lines of log; nothing cut."""
    assert snap_compare(app(), terminal_size=SIZES["small"], run_before=flying("n"))


def test_mission_small_orbit(snap_compare: Any, app: MakeApp) -> None:
    """The orbit in place of map and gauges: three lanes, shade as a darker ground, a diamond on the band."""
    run = flying("n", "n", "o", shade_of=2)
    assert snap_compare(app(), terminal_size=SIZES["small"], run_before=run)


def test_where_compute_goes(snap_compare: Any, app: MakeApp) -> None:
    """Seven bars from launched to delivered in place of the orbit; the battery takes most, a line says so."""
    assert snap_compare(app(), terminal_size=SIZES["large"], run_before=flying("n", "n", "c"))


def test_mission_log_filtered(snap_compare: Any, app: MakeApp) -> None:
    """Only lines about eclipses, the filter open above them, the title of the log naming it."""
    run = flying("slash", *"eclipse")
    assert snap_compare(app(), terminal_size=SIZES["large"], run_before=run)


def test_mission_before_the_first_launch(snap_compare: Any, app: MakeApp) -> None:
    """No zeros: first steps in place of the gauges, the key 2 marked, a hint where the orbit will be."""
    assert snap_compare(app(), terminal_size=SIZES["large"], run_before=flying(campaign=BEGUN))


def test_mission_without_colour(snap_compare: Any, app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every state readable by glyph or word alone; night on the map is hatched; the cursor is an arrow."""
    monkeypatch.setenv("NO_COLOR", "1")
    run = flying("n", "n", shade_of=2)
    assert snap_compare(app(), terminal_size=SIZES["large"], run_before=run)


def test_trying_a_fix(snap_compare: Any, app: MakeApp) -> None:
    """The dialog over mission control: whom, what, its meaning, numbers as they are and with it, a tick."""
    assert snap_compare(app(), terminal_size=SIZES["small"], run_before=flying("n", "f"))


@pytest.mark.parametrize("size", SIZES, ids=SIZES)
def test_swarm_table(snap_compare: Any, app: MakeApp, size: str) -> None:
    """Two shells with their sums, four batches below them, each cap with glyph and word; one batch marked."""
    run = flying("down", "x", room="swarm")
    assert snap_compare(app(), terminal_size=SIZES[size], run_before=run)


def test_swarm_batch(snap_compare: Any, app: MakeApp) -> None:
    """A large orbit, all numbers with units, the waterfall, how far each limit is, ledgers that add up."""
    run = flying("down", "down", "enter", room="swarm", shade_of=2)
    assert snap_compare(app(), terminal_size=SIZES["large"], run_before=run)


def test_swarm_calendar(snap_compare: Any, app: MakeApp) -> None:
    """A line a shell, darker glyphs for more shade, two dark seasons at 650 km, the week read out below."""
    assert snap_compare(app(), terminal_size=SIZES["large"], run_before=flying("e", room="swarm"))


def test_ask_why_small(snap_compare: Any, app: MakeApp) -> None:
    """Figures left, Battery depth in focus at 30.0 %; right its formula, four inputs with origins, what moves
    it most; keys in the last line; nothing cut but with an ellipsis."""
    assert snap_compare(app(), terminal_size=SIZES["small"], run_before=flying("n", "i"))


def test_ask_why_what_if(snap_compare: Any, app: MakeApp) -> None:
    """The load in shade opened from the depth, its bus side a tenth up and marked, and what the figure would
    be; a dimmed mission control behind."""
    run = flying("n", "i", "right", "enter", "plus")
    assert snap_compare(app(), terminal_size=SIZES["large"], run_before=run)


def test_ask_why_books(snap_compare: Any, app: MakeApp) -> None:
    """The energy of a day: 0 kWh, six signed lines that come to it, the command that prints them."""
    assert snap_compare(app(), terminal_size=SIZES["large"], run_before=flying("n", "b", "b", "right"))
