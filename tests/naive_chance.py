"""The slow twins of chance: splitmix64 in Python integers, and failures drawn all at once."""

from __future__ import annotations

import math
from collections.abc import Mapping


def mixed(word: int) -> int:
    """One round of splitmix64 in Python integers."""
    mask = (1 << 64) - 1
    z = (word + 0x9E3779B97F4A7C15) & mask
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
    return z ^ (z >> 31)


def uniform(seed: int, key: int, purpose: int, index: int) -> float:
    """The twin of `kernels.rng.uniform`."""
    word = mixed(seed)
    for part in (key, purpose, index):
        word = mixed(word ^ part)
    return ((word >> 11) + 0.5) * 2.0**-53


def failure_days(
    seed: int, key: int, purpose: int, units: int, hazard_by_day: Mapping[int, float]
) -> list[int]:
    """Days on which units fail, one entry a unit, from all thresholds drawn at once and sorted in time."""
    threshold, thresholds = 0.0, []
    for k in range(units):
        threshold += -math.log(uniform(seed, key, purpose, k)) / (units - k)
        thresholds.append(threshold)
    days = []
    for limit in thresholds:
        day = next((d for d in sorted(hazard_by_day) if hazard_by_day[d] >= limit), None)
        if day is not None:
            days.append(day)
    return days
