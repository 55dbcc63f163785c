"""What happened, as numbers: one row a thing, `day, batch, kind, value`."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.kernels import at
from engine.kernels._jit import get, inline_jit, put
from engine.kernels.layout import LANES, Binding, Kind, Status

WORN_HEALTH = 0.8

COMMISSIONING = float(Status.COMMISSIONING)
SERVICE = float(Status.SERVICE)
DISPOSAL = float(Status.DISPOSAL)
REENTERED = float(Status.REENTERED)
OUT_OF_SERVICE = float(Binding.COMMISSIONING)
IN_SERVICE = float(Kind.IN_SERVICE)
ECLIPSE_BEGINS = float(Kind.ECLIPSE_BEGINS)
ECLIPSE_ENDS = float(Kind.ECLIPSE_ENDS)
BLACKOUT_BEGINS = float(Kind.BLACKOUT_BEGINS)
BLACKOUT_ENDS = float(Kind.BLACKOUT_ENDS)
BATTERY_WORN = float(Kind.BATTERY_WORN)
PROPELLANT_OUT = float(Kind.PROPELLANT_OUT)
END_OF_LIFE = float(Kind.END_OF_LIFE)
REENTRY = float(Kind.REENTRY)
BINDING_CHANGED = float(Kind.BINDING_CHANGED)
PER_LANE_DAY = 11
"""Most records one batch can make in one day: one of each kind."""


@inline_jit
def mark_changes(b: NDArray[np.float64]) -> float:
    """Flags lanes where anything happened besides a failure; returns how many."""
    for j in range(LANES):
        live = get(b, at.LIVE, j) > 0.5
        before = get(b, at.ECLIPSE_BEFORE, j)
        season = (before > 0.0) != (get(b, at.ECLIPSE_FRACTION, j) > 0.0) and before >= 0.0
        dark = (get(b, at.SERVED_BEFORE, j) < 1.0) != (get(b, at.SERVED_SHARE, j) < 1.0)
        worn = get(b, at.HEALTH_BEFORE, j) >= WORN_HEALTH and get(b, at.BATTERY_HEALTH, j) < WORN_HEALTH
        dry = get(b, at.PROPELLANT_BEFORE, j) > 0.0 and get(b, at.PROPELLANT_KG, j) <= 0.0
        moved = get(b, at.STATUS_BEFORE, j) != get(b, at.STATUS, j)
        changed = live and (season or dark or worn or dry or moved or get(b, at.FLAG, j) > 0.5)
        put(b, at.NEEDS, j, 1.0 if changed else 0.0)
    total = 0.0
    for j in range(LANES):
        total += get(b, at.NEEDS, j)
    return total


@inline_jit
def note(
    records: NDArray[np.float64], written: int, day: float, batch: float, kind: float, value: float
) -> int:
    """Writes one record and returns how many there are now."""
    records[written, 0] = day
    records[written, 1] = batch
    records[written, 2] = kind
    records[written, 3] = value
    return written + 1


@inline_jit
def tell_lane(
    b: NDArray[np.float64], j: int, records: NDArray[np.float64], written: int, day: float, batch: float
) -> int:
    """Writes the records of one lane that `mark_changes` flagged."""
    before = get(b, at.STATUS_BEFORE, j)
    status = get(b, at.STATUS, j)
    served = get(b, at.SERVED_SHARE, j)
    was_lit = get(b, at.ECLIPSE_BEFORE, j) == 0.0
    fraction = get(b, at.ECLIPSE_FRACTION, j)
    alive = get(b, at.ALIVE_COUNT, j)
    if before == COMMISSIONING and get(b, at.WORKING, j) > 0.5:
        written = note(records, written, day, batch, IN_SERVICE, alive)
    if was_lit and fraction > 0.0:
        written = note(records, written, day, batch, ECLIPSE_BEGINS, fraction)
    if get(b, at.ECLIPSE_BEFORE, j) > 0.0 and fraction == 0.0:
        written = note(records, written, day, batch, ECLIPSE_ENDS, 0.0)
    if get(b, at.SERVED_BEFORE, j) >= 1.0 and served < 1.0:
        written = note(records, written, day, batch, BLACKOUT_BEGINS, served)
    if get(b, at.SERVED_BEFORE, j) < 1.0 and served >= 1.0:
        written = note(records, written, day, batch, BLACKOUT_ENDS, served)
    if get(b, at.HEALTH_BEFORE, j) >= WORN_HEALTH and get(b, at.BATTERY_HEALTH, j) < WORN_HEALTH:
        written = note(records, written, day, batch, BATTERY_WORN, get(b, at.BATTERY_HEALTH, j))
    if get(b, at.PROPELLANT_BEFORE, j) > 0.0 and get(b, at.PROPELLANT_KG, j) <= 0.0:
        written = note(records, written, day, batch, PROPELLANT_OUT, get(b, at.ALTITUDE_KM, j))
    retired = before == SERVICE or before == COMMISSIONING
    if retired and (get(b, at.LIVE, j) > 0.5) and get(b, at.WORKING, j) < 0.5 and status >= DISPOSAL:
        written = note(records, written, day, batch, END_OF_LIFE, alive)
    if status == REENTERED and before != REENTERED:
        written = note(records, written, day, batch, REENTRY, get(b, at.ALTITUDE_KM, j))
    if get(b, at.FLAG, j) > 0.5 and get(b, at.BINDING, j) < OUT_OF_SERVICE:
        written = note(records, written, day, batch, BINDING_CHANGED, get(b, at.BINDING, j))
    return written
