"""What happened, as numbers: one row a thing, `day, batch, kind, value`."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.kernels._jit import inline_jit
from engine.kernels.layout import LANES, At, Binding, Kind, Status

WORN_HEALTH = 0.8

COMMISSIONING = float(Status.COMMISSIONING)
SERVICE = float(Status.SERVICE)
DISPOSAL = float(Status.DISPOSAL)
REENTERED = float(Status.REENTERED)
OUT_OF_SERVICE = float(Binding.COMMISSIONING)
PER_LANE_DAY = 11
"""Most records one batch can make in one day: one of each kind."""


@inline_jit
def mark_changes(b: NDArray[np.float64]) -> float:
    """Flags lanes where anything happened besides a failure; returns how many."""
    for j in range(LANES):
        live = b[At.LIVE + j] > 0.5
        before = b[At.ECLIPSE_BEFORE + j]
        season = (before > 0.0) != (b[At.ECLIPSE_FRACTION + j] > 0.0) and before >= 0.0
        dark = (b[At.SERVED_BEFORE + j] < 1.0) != (b[At.SERVED_SHARE + j] < 1.0)
        worn = b[At.HEALTH_BEFORE + j] >= WORN_HEALTH and b[At.BATTERY_HEALTH + j] < WORN_HEALTH
        dry = b[At.PROPELLANT_BEFORE + j] > 0.0 and b[At.PROPELLANT_KG + j] <= 0.0
        moved = b[At.STATUS_BEFORE + j] != b[At.STATUS + j]
        changed = live and (season or dark or worn or dry or moved or b[At.FLAG + j] > 0.5)
        b[At.NEEDS + j] = 1.0 if changed else 0.0
    total = 0.0
    for j in range(LANES):
        total += b[At.NEEDS + j]
    return total


@inline_jit
def note(
    days: NDArray[np.int64],
    batches: NDArray[np.int64],
    kinds: NDArray[np.int64],
    values: NDArray[np.float64],
    at: int,
    day: int,
    batch: int,
    kind: int,
    value: float,
) -> int:
    """Writes one record and returns where the next goes."""
    days[at] = day
    batches[at] = batch
    kinds[at] = kind
    values[at] = value
    return at + 1


@inline_jit
def tell_lane(
    b: NDArray[np.float64],
    j: int,
    days: NDArray[np.int64],
    batches: NDArray[np.int64],
    kinds: NDArray[np.int64],
    values: NDArray[np.float64],
    at: int,
    day: int,
    batch: int,
) -> int:
    """Writes the records of one lane that `mark_changes` flagged."""
    before = b[At.STATUS_BEFORE + j]
    status = b[At.STATUS + j]
    served = b[At.SERVED_SHARE + j]
    was_lit = b[At.ECLIPSE_BEFORE + j] == 0.0
    fraction = b[At.ECLIPSE_FRACTION + j]
    alive = b[At.ALIVE_COUNT + j]
    if before == COMMISSIONING and b[At.WORKING + j] > 0.5:
        at = note(days, batches, kinds, values, at, day, batch, Kind.IN_SERVICE, alive)
    if was_lit and fraction > 0.0:
        at = note(days, batches, kinds, values, at, day, batch, Kind.ECLIPSE_BEGINS, fraction)
    if b[At.ECLIPSE_BEFORE + j] > 0.0 and fraction == 0.0:
        at = note(days, batches, kinds, values, at, day, batch, Kind.ECLIPSE_ENDS, 0.0)
    if b[At.SERVED_BEFORE + j] >= 1.0 and served < 1.0:
        at = note(days, batches, kinds, values, at, day, batch, Kind.BLACKOUT_BEGINS, served)
    if b[At.SERVED_BEFORE + j] < 1.0 and served >= 1.0:
        at = note(days, batches, kinds, values, at, day, batch, Kind.BLACKOUT_ENDS, served)
    if b[At.HEALTH_BEFORE + j] >= WORN_HEALTH and b[At.BATTERY_HEALTH + j] < WORN_HEALTH:
        at = note(days, batches, kinds, values, at, day, batch, Kind.BATTERY_WORN, b[At.BATTERY_HEALTH + j])
    if b[At.PROPELLANT_BEFORE + j] > 0.0 and b[At.PROPELLANT_KG + j] <= 0.0:
        at = note(days, batches, kinds, values, at, day, batch, Kind.PROPELLANT_OUT, b[At.ALTITUDE_KM + j])
    retired = before == SERVICE or before == COMMISSIONING
    if retired and (b[At.LIVE + j] > 0.5) and b[At.WORKING + j] < 0.5 and status >= DISPOSAL:
        at = note(days, batches, kinds, values, at, day, batch, Kind.END_OF_LIFE, alive)
    if status == REENTERED and before != REENTERED:
        at = note(days, batches, kinds, values, at, day, batch, Kind.REENTRY, b[At.ALTITUDE_KM + j])
    if b[At.FLAG + j] > 0.5 and b[At.BINDING + j] < OUT_OF_SERVICE:
        at = note(days, batches, kinds, values, at, day, batch, Kind.BINDING_CHANGED, b[At.BINDING + j])
    return at
