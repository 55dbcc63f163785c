"""One orbit of a batch, from sunrise to sunrise, with the present moving along it."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from engine.simulate.telemetry import Telemetry

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Instant:
    """One satellite of the batch at the present; powers are per satellite.

    Attributes:
        spare_w: array less load: what charges the battery or is left over; the battery gives it if negative.
    """

    sunlit: bool
    array_w: float
    load_w: float
    spare_w: float
    level: float
    charge: float
    radiator_k: float
    junction_k: float


@dataclass(frozen=True, slots=True, eq=False)
class OrbitView:
    """One orbit in rising minutes from sunrise; without a shade, from any point of the orbit.

    Attributes:
        now_minute: where the present is on that clock.
        change_words: how long until sunrise or sunset.
    """

    minutes: Floats
    array_w: Floats
    load_w: Floats
    charge_fraction: Floats
    radiator_k: Floats
    junction_k: Floats
    sunlit: NDArray[np.bool_]
    now_minute: float
    shade_min: float
    period_min: float
    now: Instant
    change_words: str


def minutes_since_sunrise(told: Telemetry) -> float:
    """Where the present stands in the orbit; without a shade, by the clock of the day."""
    if not math.isfinite(told.next_change_min):
        return told.seconds / 60.0 % told.period_min
    since = (told.sun_min if told.now.sunlit else told.period_min) - told.next_change_min
    return since % told.period_min


def orbit_view(told: Telemetry) -> OrbitView:
    """Turn one orbit around the present into one that begins at sunrise, so that the picture stands still.

    Args:
        told: from the engine, half an orbit to each side of the present.
    """
    now_minute = minutes_since_sunrise(told)
    # The first and the last sample are the same point of the orbit: keep one of them.
    clock = _from_sunrise(now_minute + told.minutes[:-1], told)
    order = np.argsort(clock, kind="stable")

    def turned(values: Floats) -> Floats:
        around = values[:-1][order]
        return np.append(around, around[0])

    sunlit = told.sunlit[:-1][order]
    rising = clock[order]
    minutes = np.append(rising, rising[0] + told.period_min)
    return OrbitView(
        minutes=minutes,
        array_w=turned(told.array_w),
        load_w=turned(told.load_w),
        charge_fraction=turned(told.charge_fraction),
        radiator_k=turned(told.radiator_k),
        junction_k=turned(told.junction_k),
        sunlit=np.append(sunlit, sunlit[-1]),
        now_minute=now_minute,
        shade_min=told.shade_min,
        period_min=told.period_min,
        now=instant(told),
        change_words=change_words(told),
    )


def _from_sunrise(minutes: Floats, told: Telemetry) -> Floats:
    """Minutes since sunrise of every sample but the last.

    The plane drifts meanwhile, so a sample next to sunrise can come out on the wrong side of it:
    what is dark belongs to the end of the orbit, what is lit to its beginning.
    """
    clock = np.mod(minutes, told.period_min)
    if math.isfinite(told.next_change_min):
        step = told.period_min / len(minutes)
        dark = ~told.sunlit[:-1]
        clock[dark & (clock < step)] += told.period_min
        clock[~dark & (clock > told.period_min - step)] -= told.period_min
    return clock


def instant(told: Telemetry) -> Instant:
    """The present of one satellite."""
    now = told.now
    return Instant(
        sunlit=now.sunlit,
        array_w=now.array_w,
        load_w=now.load_w,
        spare_w=now.array_w - now.load_w,
        level=now.level,
        charge=now.charge_fraction,
        radiator_k=now.radiator_k,
        junction_k=now.junction_k,
    )


def change_words(told: Telemetry) -> str:
    """`sunset in 12 min`, `sunrise in 3 min`, `no shade`."""
    if not math.isfinite(told.next_change_min):
        return "no shade"
    return f"{'sunset' if told.now.sunlit else 'sunrise'} in {math.ceil(told.next_change_min)} min"


def moved_to(view: OrbitView, told: Telemetry) -> OrbitView:
    """The same picture with the present moved on: the arrays are the very same, so nothing is drawn anew.

    Args:
        view: the picture, of the same batch on the same day.
        told: the present.
    """
    return replace(
        view, now_minute=minutes_since_sunrise(told), now=instant(told), change_words=change_words(told)
    )
