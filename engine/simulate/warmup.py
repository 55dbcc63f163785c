"""Compiles every kernel, or loads it from the cache, before it is needed."""

from __future__ import annotations

from collections.abc import Callable

from engine.kernels.layout import Field, Status
from engine.simulate.fleet import Fleet, blank_row
from engine.simulate.run import run_span
from engine.simulate.telemetry import fleet_positions, fleet_telemetry

Progress = Callable[[int, int, str], None]

_DAY = 9800


def warm_up(progress: Progress) -> None:
    """Runs each kernel once on a batch of no importance.

    Args:
        progress: called with steps done, steps in all and what comes next; the last call has done = all.
    """
    row = blank_row()
    row[Field.STATUS] = Status.SERVICE
    row[Field.ALIVE_COUNT] = row[Field.NEXT_FAILURE] = row[Field.NEXT_CHIP_FAILURE] = 1.0
    fleet = Fleet.empty().append(row)
    steps: tuple[tuple[str, Callable[[], object]], ...] = (
        ("orbits, power and heat", lambda: run_span(fleet, 0, _DAY, _DAY + 1)),
        ("the map", lambda: fleet_positions(fleet, _DAY, 0.0)),
        ("telemetry", lambda: fleet_telemetry(fleet, 0, _DAY, 0.0)),
    )
    for done, (label, step) in enumerate(steps):
        progress(done, len(steps), label)
        step()
    progress(len(steps), len(steps), "ready")
