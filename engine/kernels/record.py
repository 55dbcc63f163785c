"""What happened, as numbers: one row a thing, `day, batch, kind, value`."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.kernels import at
from engine.kernels._jit import get, inline_jit, jit, put
from engine.kernels.layout import LANES, Binding, Kind, Status

WORN_HEALTH = 0.8
WORN_SHARE = 0.95
PER_LANE_DAY = len(Kind)
"""Most records one batch can make in one day: one of each kind."""

COMMISSIONING = float(Status.COMMISSIONING)
DISPOSAL = float(Status.DISPOSAL)
REENTERED = float(Status.REENTERED)
OUT_OF_SERVICE = float(Binding.COMMISSIONING)

IN_SERVICE = 2.0**Kind.IN_SERVICE
ECLIPSE_BEGINS = 2.0**Kind.ECLIPSE_BEGINS
ECLIPSE_ENDS = 2.0**Kind.ECLIPSE_ENDS
BLACKOUT_BEGINS = 2.0**Kind.BLACKOUT_BEGINS
BLACKOUT_ENDS = 2.0**Kind.BLACKOUT_ENDS
BATTERY_WORN = 2.0**Kind.BATTERY_WORN
RADIATOR_WORN = 2.0**Kind.RADIATOR_WORN
PROPELLANT_OUT = 2.0**Kind.PROPELLANT_OUT
END_OF_LIFE = 2.0**Kind.END_OF_LIFE
REENTRY = 2.0**Kind.REENTRY
BINDING_CHANGED = 2.0**Kind.BINDING_CHANGED

_VALUES = {
    Kind.IN_SERVICE: at.ALIVE_COUNT,
    Kind.ECLIPSE_BEGINS: at.ECLIPSE_FRACTION,
    Kind.ECLIPSE_ENDS: at.ECLIPSE_FRACTION,
    Kind.SATELLITE_LOST: at.ALIVE_COUNT,
    Kind.BLACKOUT_BEGINS: at.SERVED_SHARE,
    Kind.BLACKOUT_ENDS: at.SERVED_SHARE,
    Kind.BATTERY_WORN: at.BATTERY_HEALTH,
    Kind.RADIATOR_WORN: at.RADIATING_SHARE,
    Kind.PROPELLANT_OUT: at.ALTITUDE_KM,
    Kind.END_OF_LIFE: at.ALIVE_COUNT,
    Kind.REENTRY: at.ALTITUDE_KM,
    Kind.BINDING_CHANGED: at.BINDING,
}
VALUE_ROWS = tuple(_VALUES[kind] for kind in Kind)
"""Where the value of a record of each kind is read; losses are told where they happen, with their number."""


@jit
def mark_changes(b: NDArray[np.float64]) -> float:
    """Puts into `NEEDS` the sum of 2 to the kind of all that happened besides failures.

    Returns:
        The sum over the lanes: 0 if nothing happened.
    """
    for j in range(LANES):
        before = get(b, at.ECLIPSE_BEFORE, j)
        fraction = get(b, at.ECLIPSE_FRACTION, j)
        was_served = get(b, at.SERVED_BEFORE, j) >= 1.0
        served = get(b, at.SERVED_SHARE, j) >= 1.0
        status_before = get(b, at.STATUS_BEFORE, j)
        status = get(b, at.STATUS, j)
        working = get(b, at.WORKING, j) > 0.5
        worn = get(b, at.HEALTH_BEFORE, j) >= WORN_HEALTH and get(b, at.BATTERY_HEALTH, j) < WORN_HEALTH
        dry = get(b, at.PROPELLANT_BEFORE, j) > 0.0 and get(b, at.PROPELLANT_KG, j) <= 0.0
        bound = get(b, at.FLAG, j) > 0.5 and get(b, at.BINDING, j) < OUT_OF_SERVICE
        code = IN_SERVICE if (status_before == COMMISSIONING and working) else 0.0
        code += ECLIPSE_BEGINS if (before == 0.0 and fraction > 0.0) else 0.0
        code += ECLIPSE_ENDS if (before > 0.0 and fraction == 0.0) else 0.0
        code += BLACKOUT_BEGINS if (was_served and not served) else 0.0
        code += BLACKOUT_ENDS if (served and not was_served) else 0.0
        code += BATTERY_WORN if worn else 0.0
        share = get(b, at.RADIATING_SHARE, j)
        holed = get(b, at.SHARE_BEFORE, j) >= WORN_SHARE and share < WORN_SHARE
        code += RADIATOR_WORN if holed else 0.0
        code += PROPELLANT_OUT if dry else 0.0
        retired = status_before < DISPOSAL and status >= DISPOSAL and not working
        code += END_OF_LIFE if retired else 0.0
        code += REENTRY if (status == REENTERED and status_before < REENTERED) else 0.0
        code += BINDING_CHANGED if bound else 0.0
        put(b, at.NEEDS, j, code if get(b, at.LIVE, j) > 0.5 else 0.0)
    total = 0.0
    for j in range(LANES):
        total += get(b, at.NEEDS, j)
    return total


@inline_jit
def note(
    records: NDArray[np.float64], written: int, day: float, batch: float, kind: float, value: float
) -> int:
    """Writes one record and returns how many there are now."""
    records[4 * written] = day
    records[4 * written + 1] = batch
    records[4 * written + 2] = kind
    records[4 * written + 3] = value
    return written + 1
