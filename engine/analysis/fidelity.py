"""How far the fast day step lies from the slow reference, batch by batch, over some days of a fleet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from engine.analysis.reference import Flight
from engine.analysis.reference_day import DayFlown
from engine.analysis.reference_sky import Doubles
from engine.kernels.layout import Field, Status
from engine.kernels.storm import storms
from engine.simulate.fleet import Fleet
from engine.simulate.run import run_span
from engine.units import DAY_S

__all__ = ["PROMISED", "BatchError", "Promised", "compare", "sample", "worst"]

_LEAST_SHARE = 0.01
_LEAST_GOODPUT = 1e-9
"""Energies and compute below one per cent of what is possible are compared with that one per cent."""


@dataclass(frozen=True, slots=True)
class Promised:
    """Greatest errors that the engine promises; the names are those of `BatchError`."""

    energy_percent: float = 0.5
    compute_percent: float = 0.5
    temperature_k: float = 1.0
    charge_points: float = 1.0
    edge_charge_points: float = 3.0


PROMISED = Promised()


@dataclass(frozen=True, slots=True)
class BatchError:
    """Errors of one batch; all are sizes.

    Attributes:
        batch: index in the fleet.
        days: that were compared.
        energy_percent: of generated and used energy, totals of all days, the greater.
        compute_percent: of compute at work, before goodput, total of all days.
        temperature_k: of least and most radiator and most junction temperature, the worst day. The day step
            flies the orbit of noon; its figure is right between that of this orbit and that of the whole day.
        day_temperature_k: the same against the extremes of the whole day alone.
        charge_points: of the least charge in per cent of the battery, as for temperatures, the worst day.
        edge_charge_points: the same on days on which the orbit crosses the edge of the shadow.
        day_charge_points: against the least of the whole day alone.
    """

    batch: int
    days: int
    energy_percent: float
    compute_percent: float
    temperature_k: float
    day_temperature_k: float
    charge_points: float
    edge_charge_points: float
    day_charge_points: float

    @property
    def within(self) -> bool:
        """Whether every promised bound is kept."""
        return all(getattr(self, one.name) <= getattr(PROMISED, one.name) for one in fields(Promised))

    def as_json(self) -> dict[str, Any]:
        """The object that `odc fidelity --json` prints for it."""
        return {one.name: getattr(self, one.name) for one in fields(self)} | {"within": self.within}


def worst(errors: Sequence[BatchError]) -> dict[str, float]:
    """The greatest of each error over batches; 0 where there are none."""
    names = [one.name for one in fields(BatchError)][2:]
    return {name: max((getattr(one, name) for one in errors), default=0.0) for name in names}


def sample(fleet: Fleet, most: int) -> tuple[int, ...]:
    """Batches in service, at most so many, evenly spread over the fleet."""
    alive = (fleet.column(Field.STATUS) == Status.SERVICE) & (fleet.column(Field.ALIVE_COUNT) > 0.5)
    serving = np.flatnonzero(alive)
    picked = np.unique(np.linspace(0, len(serving) - 1, min(most, len(serving))).round().astype(int))
    return tuple(int(index) for index in serving[picked])


def compare(
    fleet: Fleet,
    batches: Sequence[int],
    *,
    seed: int,
    day: int,
    days: int,
    step_s: float = 10.0,
    progress: Callable[[int], None] = lambda _: None,
) -> tuple[BatchError, ...]:
    """Runs batches for some days both ways.

    Args:
        fleet: at 00:00 UTC of `day`.
        batches: indices of those to compare, in service.
        seed: of the campaign.
        day: first day, since 2000-01-01.
        days: how many.
        step_s: width of the reference's steps, 1 to 10.
        progress: told the number of days done.

    Returns:
        One row a batch, in the order given.
    """
    if not batches:
        return ()
    now = Fleet.empty().append(np.array([fleet.row(index) for index in batches]))
    rows = now.rows()
    flight = Flight.begin(rows, day, step_s)
    told: list[tuple[DayFlown, Doubles, Doubles]] = []
    for k in range(days):
        now = run_span(now, seed, day + k, day + k + 1).fleet
        after = now.rows()
        ((_, denser),) = storms(seed, day + k, day + k + 1)
        told.append((flight.fly_day(rows, after, day + k, denser), rows, after))
        rows = after
        progress(k + 1)
    return tuple(_error(index, lane, told) for lane, index in enumerate(batches))


def _error(index: int, lane: int, told: list[tuple[DayFlown, Doubles, Doubles]]) -> BatchError:
    """The errors of one batch over the days on which it stayed in service."""
    days = [_Day(flown, before[lane], after[lane], lane) for flown, before, after in told]
    days = [one for one in days if one.counts]
    edge = [one.charge_points for one in days if one.at_edge]
    plain = [one.charge_points for one in days if not one.at_edge]
    totals = [_percent(days, name) for name in ("generated", "used")]
    return BatchError(
        batch=index,
        days=len(days),
        energy_percent=max(totals),
        compute_percent=_percent(days, "compute"),
        temperature_k=max((one.noon_k for one in days), default=0.0),
        day_temperature_k=max((one.extreme_k for one in days), default=0.0),
        charge_points=max(plain, default=0.0),
        edge_charge_points=max(edge, default=0.0),
        day_charge_points=max((one.day_charge_points for one in days), default=0.0),
    )


def _percent(days: list[_Day], name: str) -> float:
    fast = sum(getattr(one, name)[0] for one in days)
    slow = sum(getattr(one, name)[1] for one in days)
    least = _LEAST_SHARE * sum(one.possible[name] for one in days)
    return float(100.0 * abs(fast - slow) / max(slow, least, 1e-9))


class _Day:
    """One day of one batch, both ways: pairs of fast and slow."""

    def __init__(self, flown: DayFlown, before: Doubles, after: Doubles, lane: int) -> None:
        alive = float(before[Field.ALIVE_COUNT])
        self.counts = alive > 0.5 and after[Field.STATUS] == Status.SERVICE
        self.at_edge = bool(flown.at_edge[lane])
        share = 1000.0 / max(alive, 1.0)
        self.generated = (float(after[Field.DAY_GENERATED_KWH]) * share, float(flown.generated[lane]))
        self.used = (float(after[Field.DAY_USED_KWH]) * share, float(flown.used[lane]))
        peak = float(before[Field.PEAK_PFLOPS]) * max(alive, 1.0)
        kept = float(before[Field.INTERCONNECT] * before[Field.SERVED_FRACTION])
        slow_s = kept * float(flown.compute_s[lane])
        at_work = float(after[Field.DELIVERED_PFLOPS]) / max(float(after[Field.GOODPUT]), _LEAST_GOODPUT)
        self.compute = (at_work / peak * DAY_S, slow_s)
        top_wh = 24.0 * float(before[Field.IT_POWER_W])
        self.possible = {"generated": top_wh, "used": top_wh, "compute": DAY_S}
        capacity = float(before[Field.CAPACITY_WH] * before[Field.BATTERY_HEALTH])
        charge = float(after[Field.SOC_MIN])
        extremes = [float(one[lane]) / capacity for one in (flown.noon_least_charge, flown.least_charge)]
        self.charge_points = 100.0 * _outside(charge, *extremes)
        self.day_charge_points = 100.0 * abs(charge - extremes[1])
        pairs = (
            (Field.RADIATOR_MIN_K, flown.noon_least_k, flown.least_k),
            (Field.RADIATOR_MAX_K, flown.noon_most_k, flown.most_k),
            (Field.JUNCTION_MAX_K, flown.noon_junction_k, flown.junction_k),
        )
        fast = [(float(after[one]), float(noon[lane]), float(whole[lane])) for one, noon, whole in pairs]
        self.noon_k = max(_outside(*one) for one in fast)
        self.extreme_k = max(abs(one - whole) for one, _, whole in fast)


def _outside(value: float, one: float, other: float) -> float:
    """How far a value lies outside of what is between two others."""
    return max(min(one, other) - value, value - max(one, other), 0.0)
