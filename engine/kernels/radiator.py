"""The radiator as it ages: its coating day by day, its coolant loops hole by hole.

Loops of a batch are one pooled count with a threshold of its own, as chips are. The batch flies with the mean
area its satellites have left, spares taken into account.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.formulas import puncture, thermal
from engine.kernels import at
from engine.kernels._jit import get, inline_jit, jit, put
from engine.kernels.layout import LANES, LOOP_GROUPS
from engine.kernels.rng import PUNCTURE, exponential_draw
from engine.units import JULIAN_YEAR_DAYS

coating_value = inline_jit(thermal.coating_value)
inline_jit(puncture.chosen)
radiating_share = inline_jit(puncture.radiating_share)

LEAST_SHARE = 0.01
"""A radiator without coolant still leaks a little heat, so no temperature runs away."""


@jit
def age_radiator(b: NDArray[np.float64], day: float) -> None:
    """Areas that radiate and take up sunlight today, from the coating's age and the loops that are left."""
    for j in range(LANES):
        age_years = max(day - get(b, at.LAUNCH_DAY, j), 0.0) * (1.0 / JULIAN_YEAR_DAYS)
        share = get(b, at.RADIATING_SHARE, j)
        emitting = coating_value(get(b, at.RADIATING_M2, j), get(b, at.RADIATING_AGED_M2, j), age_years)
        sunlit = coating_value(get(b, at.ABSORBING_M2, j), get(b, at.ABSORBING_AGED_M2, j), age_years)
        put(b, at.EMITTING_M2, j, emitting * share)
        put(b, at.SUNLIT_M2, j, sunlit * share)
        put(b, at.SHARE_BEFORE, j, share)


@jit
def grow_punctures(b: NDArray[np.float64]) -> None:
    """Adds the day's hazard of a hole in a loop; asks for a look where a threshold is reached."""
    for j in range(LANES):
        live = get(b, at.LIVE, j)
        grown = get(b, at.LOOP_HAZARD, j) + get(b, at.PUNCTURES_PER_DAY, j) * live
        put(b, at.LOOP_HAZARD, j, grown)
        due = grown >= get(b, at.NEXT_PUNCTURE, j) and live > 0.5
        put(b, at.NEEDS, j, 1.0 if due else get(b, at.NEEDS, j))


@jit
def puncture_loops(b: NDArray[np.float64], j: int, seed: int) -> None:
    """Empties the loops of one lane whose thresholds have been reached."""
    key = int(get(b, at.KEY, j))
    carried = get(b, at.RADIATOR_LOOPS, j) + get(b, at.SPARE_LOOPS, j)
    groups = int(min(get(b, at.LAUNCHED_COUNT, j) * carried, LOOP_GROUPS))
    before = int(get(b, at.LOOPS_LOST, j))
    lost = before
    if get(b, at.NEXT_PUNCTURE, j) == 0.0:
        put(b, at.NEXT_PUNCTURE, j, exponential_draw(seed, key, PUNCTURE, 0) / groups)
    while lost < groups and get(b, at.LOOP_HAZARD, j) >= get(b, at.NEXT_PUNCTURE, j):
        lost += 1
        if lost < groups:
            draw = exponential_draw(seed, key, PUNCTURE, lost)
            put(b, at.NEXT_PUNCTURE, j, get(b, at.NEXT_PUNCTURE, j) + draw / (groups - lost))
    if lost > before:
        put(b, at.LOOPS_LOST, j, float(lost))
        left = radiating_share(
            get(b, at.RADIATOR_LOOPS, j), get(b, at.SPARE_LOOPS, j), float(groups), float(lost)
        )
        put(b, at.RADIATING_SHARE, j, max(left, LEAST_SHARE))
