"""Failures of satellites and chips: a batch carries its next threshold, and waits for its hazard to reach it.

The thresholds of N units are N unit-exponential draws in rising order; the next is the last plus a fresh
draw over the units left. So who fails when depends on neither the step nor the company, and a day without
a failure costs one comparison.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.formulas import hazard, radiation
from engine.kernels import at
from engine.kernels._jit import get, inline_jit, jit, put
from engine.kernels.layout import LANES
from engine.kernels.rng import CHIP_FAILURE, SATELLITE_FAILURE, exponential_draw

wear_hazard = inline_jit(hazard.wear_hazard)
dose_hazard = inline_jit(radiation.dose_hazard)


@jit
def grow_hazards(
    b: NDArray[np.float64], day: float, infant: NDArray[np.float64], oldest_days: int, storm_cm2_s: float
) -> None:
    """Adds the day's hazard: early failures by age from a table up to the oldest, debris, wear-out, dose."""
    for j in range(LANES):
        age = int(max(day - get(b, at.LAUNCH_DAY, j), 0.0))
        put(b, at.FLAG, j, infant[min(age, oldest_days)])
    for j in range(LANES):
        live = get(b, at.LIVE, j)
        age_days = max(day - get(b, at.LAUNCH_DAY, j), 0.0)
        life = get(b, at.LIFE_DAYS, j)
        worn = wear_hazard(age_days + 1.0, life) - wear_hazard(age_days, life)
        grown = get(b, at.FAILURE_SCALE, j) * (get(b, at.FLAG, j) + worn) + get(b, at.LETHAL_PER_DAY, j)
        hazard_now = get(b, at.HAZARD, j) + grown * live
        dose = get(b, at.DOSE_SHARE, j)
        taken = get(b, at.DOSE_SHARE_PER_DAY, j) + get(b, at.STORM_DOSE_SHARE, j) * storm_cm2_s
        dosed = dose_hazard(dose + taken) - dose_hazard(dose)
        chips = get(b, at.CHIP_HAZARD, j) + (get(b, at.CHIP_FAILURES_PER_DAY, j) + dosed) * live
        put(b, at.DOSE_SHARE, j, dose + taken * live)
        put(b, at.HAZARD, j, hazard_now)
        put(b, at.CHIP_HAZARD, j, chips)
        due = hazard_now >= get(b, at.NEXT_FAILURE, j) or chips >= get(b, at.NEXT_CHIP_FAILURE, j)
        put(b, at.NEEDS, j, 1.0 if (due and live > 0.5) else 0.0)


@jit
def fail_satellites(b: NDArray[np.float64], j: int, seed: int) -> float:
    """Takes the satellites of one lane whose thresholds have been reached.

    Returns:
        How many were lost.
    """
    key = int(get(b, at.KEY, j))
    launched = int(get(b, at.LAUNCHED_COUNT, j))
    alive = int(get(b, at.ALIVE_COUNT, j))
    lost = 0
    if get(b, at.NEXT_FAILURE, j) == 0.0:  # a new batch: its first threshold is drawn here, where the seed is
        put(b, at.NEXT_FAILURE, j, exponential_draw(seed, key, SATELLITE_FAILURE, 0) / launched)
    while alive > 0 and get(b, at.HAZARD, j) >= get(b, at.NEXT_FAILURE, j):
        alive -= 1
        lost += 1
        if alive > 0:
            draw = exponential_draw(seed, key, SATELLITE_FAILURE, launched - alive)
            put(b, at.NEXT_FAILURE, j, get(b, at.NEXT_FAILURE, j) + draw / alive)
    put(b, at.ALIVE_COUNT, j, float(alive))
    return float(lost)


@jit
def fail_chips(b: NDArray[np.float64], j: int, seed: int) -> None:
    """Takes the groups of chips of one lane whose thresholds have been reached."""
    key = int(get(b, at.KEY, j))
    groups = int(get(b, at.CHIP_GROUPS, j))
    left = int(get(b, at.CHIP_HEALTH, j) * groups + 0.5)
    if get(b, at.NEXT_CHIP_FAILURE, j) == 0.0:
        put(b, at.NEXT_CHIP_FAILURE, j, exponential_draw(seed, key, CHIP_FAILURE, 0) / groups)
    while left > 0 and get(b, at.CHIP_HAZARD, j) >= get(b, at.NEXT_CHIP_FAILURE, j):
        left -= 1
        if left > 0:
            put(
                b,
                at.NEXT_CHIP_FAILURE,
                j,
                get(b, at.NEXT_CHIP_FAILURE, j)
                + exponential_draw(seed, key, CHIP_FAILURE, groups - left) / left,
            )
    put(b, at.CHIP_HEALTH, j, left / groups)
