"""A row of the table that `odc bench` prints, and how times are taken."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

__all__ = ["Row", "median_s", "missing"]

_ENOUGH_S = 2.0


@dataclass(frozen=True, slots=True)
class Row:
    """One measured figure.

    Attributes:
        value: None if it could not be measured; the note says why.
        target: what it should be at least or at most; None if it is only told.
        at_least: whether more is better.
    """

    name: str
    value: float | None
    unit: str
    target: float | None = None
    at_least: bool = False
    note: str = ""

    @property
    def passed(self) -> bool | None:
        """Whether the target is met; None without a target or a value."""
        if self.value is None or self.target is None:
            return None
        return self.value >= self.target if self.at_least else self.value <= self.target

    def as_json(self) -> dict[str, Any]:
        """The row as `odc bench --json` prints it."""
        return asdict(self) | {"passed": self.passed}


def missing(name: str, unit: str, package: str, target: float | None = None) -> Row:
    """A comparison with something that is not installed."""
    return Row(name, None, unit, target, at_least=True, note=f"{package} is not installed")


def median_s(work: Callable[[], object], runs: int, clock: Callable[[], float] = time.perf_counter) -> float:
    """Median seconds of some runs after one that is not counted; fewer runs where they take long."""
    work()
    times: list[float] = []
    while len(times) < runs and (not times or sum(times) < _ENOUGH_S):
        began = clock()
        work()
        times.append(clock() - began)
    return statistics.median(times)
