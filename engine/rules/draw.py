"""Chance as a pure function of seed, subject and purpose: no sequence that could get out of step.

The physics of the fleet draws in its kernels; these draws are for launches and sites, a handful a flight.
"""

from __future__ import annotations

import math
from functools import lru_cache
from hashlib import blake2b

_STEP = 2.0**-53


def uniform(seed: int, subject: str, purpose: str) -> float:
    """A number in the open interval (0, 1) that depends on nothing but its arguments.

    Args:
        seed: the campaign's seed.
        subject: whose fate it is, as a flight id or a site id.
        purpose: what is drawn, so that two draws for one subject are independent.
    """
    key = blake2b(f"{seed}\0{subject}\0{purpose}".encode(), digest_size=8).digest()
    return ((int.from_bytes(key, "big") >> 11) + 0.5) * _STEP


def exponential(seed: int, subject: str, purpose: str, mean: float) -> float:
    """An exponential draw with the given mean, in the unit of the mean."""
    return -mean * math.log(uniform(seed, subject, purpose))


def triangular(seed: int, subject: str, purpose: str, low: float, peak: float, high: float) -> float:
    """A draw between `low` and `high`, likeliest at `peak`; `low` when the three coincide."""
    if high <= low:
        return low
    u = uniform(seed, subject, purpose)
    if u * (high - low) < peak - low:
        return low + math.sqrt(u * (high - low) * (peak - low))
    return high - math.sqrt((1.0 - u) * (high - low) * (high - peak))


def triangular_share(value: float, low: float, peak: float, high: float) -> float:
    """The chance that a triangular draw lies at or below a value: its distribution function."""
    if value <= low:
        return 0.0
    if value >= high:
        return 1.0
    if value < peak:
        return (value - low) ** 2 / ((high - low) * (peak - low))
    return 1.0 - (high - value) ** 2 / ((high - low) * (high - peak))


@lru_cache(maxsize=1024)
def chance_within(odds_per_year: float, years: float) -> float:
    """The chance of at least once within some years, at the same odds at every moment."""
    return 1.0 - math.pow(1.0 - odds_per_year, years)
