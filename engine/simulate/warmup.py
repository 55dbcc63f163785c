"""Compiles every kernel, or loads it from the cache, before it is needed."""

from __future__ import annotations

from collections.abc import Callable

from engine.kernels._jit import each_compile
from engine.kernels.layout import Field, Status
from engine.simulate.fleet import Fleet, blank_row
from engine.simulate.run import run_span
from engine.simulate.telemetry import fleet_positions, fleet_telemetry

Progress = Callable[[int, int, str], None]

_DAY = 9800
_DAY_STEP_FUNCTIONS = 66
_MAP_FUNCTIONS = 10


class _Counter:
    """Turns functions compiled into steps of a progress that never runs ahead of its stage."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._total = progress, total
        self._done, self._last, self._label = 0, 0, ""

    def begin(self, label: str, steps: int) -> None:
        """The next stage: it has this many functions at most."""
        self._done, self._label = self._last, label
        self._last += steps
        self._progress(self._done, self._total, label)

    def step(self) -> None:
        """One more function is compiled."""
        if self._done < self._last - 1:
            self._done += 1
            self._progress(self._done, self._total, self._label)

    def finish(self) -> None:
        """All is ready."""
        self._progress(self._total, self._total, "ready")


def warm_up(progress: Progress) -> None:
    """Runs each kernel once on a batch of no importance.

    Args:
        progress: called with steps done, steps in all and what is being made ready; done never falls, and
            the last call has done = all. Compiling takes some ten seconds, loading a fraction of one.
    """
    row = blank_row()
    row[Field.STATUS] = Status.SERVICE
    row[Field.ALIVE_COUNT] = row[Field.NEXT_FAILURE] = row[Field.NEXT_CHIP_FAILURE] = 1.0
    fleet = Fleet.empty().append(row)
    counter = _Counter(progress, _DAY_STEP_FUNCTIONS + _MAP_FUNCTIONS)
    with each_compile(counter.step):
        counter.begin("orbits, power and heat", _DAY_STEP_FUNCTIONS)
        run_span(fleet, 0, _DAY, _DAY + 1)
        counter.begin("the map", _MAP_FUNCTIONS)
        fleet_positions(fleet, _DAY, 0.0)
        fleet_telemetry(fleet, 0, _DAY, 0.0)
    counter.finish()
