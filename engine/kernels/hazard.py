"""Failures of satellites and chips: a batch carries its next threshold, and waits for its hazard to reach it.

The thresholds of N units are N unit-exponential draws in rising order; the next is the last plus a fresh
draw over the units left. So who fails when depends on neither the step nor the company, and a day without
a failure costs one comparison.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.formulas import hazard
from engine.kernels._jit import inline_jit
from engine.kernels.layout import LANES, At
from engine.kernels.rng import CHIP_FAILURE, SATELLITE_FAILURE, exponential_draw

wear_hazard = inline_jit(hazard.wear_hazard)


@inline_jit
def grow_hazards(b: NDArray[np.float64], day: float, infant: NDArray[np.float64]) -> None:
    """Adds the day's hazard: early failures by age from the table, debris, wear-out."""
    last = infant.shape[0] - 1
    for j in range(LANES):
        age = int(max(day - b[At.LAUNCH_DAY + j], 0.0))
        b[At.FLAG + j] = infant[min(age, last)]
    for j in range(LANES):
        live = b[At.LIVE + j]
        age_days = max(day - b[At.LAUNCH_DAY + j], 0.0)
        life = b[At.LIFE_DAYS + j]
        worn = wear_hazard(age_days + 1.0, life) - wear_hazard(age_days, life)
        grown = b[At.FAILURE_SCALE + j] * (b[At.FLAG + j] + worn) + b[At.LETHAL_PER_DAY + j]
        hazard_now = b[At.HAZARD + j] + grown * live
        chips = b[At.CHIP_HAZARD + j] + b[At.CHIP_FAILURES_PER_DAY + j] * live
        b[At.HAZARD + j] = hazard_now
        b[At.CHIP_HAZARD + j] = chips
        due = hazard_now >= b[At.NEXT_FAILURE + j] or chips >= b[At.NEXT_CHIP_FAILURE + j]
        b[At.NEEDS + j] = 1.0 if (due and live > 0.5) else 0.0


@inline_jit
def fail_satellites(b: NDArray[np.float64], j: int, seed: int) -> float:
    """Takes the satellites of one lane whose thresholds have been reached.

    Returns:
        How many were lost.
    """
    key = int(b[At.KEY + j])
    launched = int(b[At.LAUNCHED_COUNT + j])
    alive = int(b[At.ALIVE_COUNT + j])
    lost = 0
    if b[At.NEXT_FAILURE + j] == 0.0:  # a new batch: its first threshold is drawn here, where the seed is
        b[At.NEXT_FAILURE + j] = exponential_draw(seed, key, SATELLITE_FAILURE, 0) / launched
    while alive > 0 and b[At.HAZARD + j] >= b[At.NEXT_FAILURE + j]:
        alive -= 1
        lost += 1
        if alive > 0:
            draw = exponential_draw(seed, key, SATELLITE_FAILURE, launched - alive)
            b[At.NEXT_FAILURE + j] += draw / alive
    b[At.ALIVE_COUNT + j] = float(alive)
    return float(lost)


@inline_jit
def fail_chips(b: NDArray[np.float64], j: int, seed: int) -> None:
    """Takes the groups of chips of one lane whose thresholds have been reached."""
    key = int(b[At.KEY + j])
    groups = int(b[At.CHIP_GROUPS + j])
    left = int(b[At.CHIP_HEALTH + j] * groups + 0.5)
    if b[At.NEXT_CHIP_FAILURE + j] == 0.0:
        b[At.NEXT_CHIP_FAILURE + j] = exponential_draw(seed, key, CHIP_FAILURE, 0) / groups
    while left > 0 and b[At.CHIP_HAZARD + j] >= b[At.NEXT_CHIP_FAILURE + j]:
        left -= 1
        if left > 0:
            b[At.NEXT_CHIP_FAILURE + j] += exponential_draw(seed, key, CHIP_FAILURE, groups - left) / left
    b[At.CHIP_HEALTH + j] = left / groups
