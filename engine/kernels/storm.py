"""Storms of the Sun: on which days one begins follows from the seed and the day alone."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.formulas.radiation import storm_density_factor, storm_proton_flux_cm2_s, storm_rate_per_year
from engine.formulas.sun import solar_activity_sfu
from engine.kernels.rng import SOLAR_STORM
from engine.units import JULIAN_YEAR_DAYS

Words = NDArray[np.uint64]

STORM_DAYS = 3
"""A storm fades by half each day and is counted for so many."""

_CLASSES = ((5, 1.0 / 14.0), (4, 4.0 / 14.0), (3, 1.0))
"""Class, and the share of storms that are of it or worse: 1, 3 and 10 of 14."""

FIRST_CYCLE_DAY, CYCLE_DAYS, CYCLES = 11_140, 4_018, 7
"""Cycles of the Sun that can be drawn anew begin at the minimum of mid-2030 and reach beyond 2100."""

QUIET_SUN_SFU = 70.0
"""What is left of solar activity without spots; strength scales what lies above."""

_PAGE_DAYS = 512
"""Storms are looked for in so many days at once."""

_GOLDEN, _MIX_A, _MIX_B = (
    np.uint64(word) for word in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB)
)
_S30, _S27, _S31, _S11 = (np.uint64(bits) for bits in (30, 27, 31, 11))


def _mixed(words: Words) -> Words:
    z = words + _GOLDEN
    z = (z ^ (z >> _S30)) * _MIX_A
    z = (z ^ (z >> _S27)) * _MIX_B
    return z ^ (z >> _S31)


def draws(seed: int, days: NDArray[np.int64]) -> NDArray[np.float64]:
    """`kernels.rng.uniform` for storms, of many days at once, without a compiler."""
    words = _mixed(_seed_word(seed) ^ days.astype(np.uint64))
    return np.asarray(((words >> _S11).astype(np.float64) + 0.5) * 2.0**-53)


@lru_cache(maxsize=256)
def _seed_word(seed: int) -> Words:
    words = _mixed(np.array([seed], np.uint64))
    words = _mixed(words ^ np.uint64(0))
    return _mixed(words ^ np.uint64(SOLAR_STORM))


def cycle_strength(day: int, strengths: tuple[float, ...]) -> float:
    """Swing of the activity of the cycle that a day lies in, as a share of the projected."""
    cycle = (day - FIRST_CYCLE_DAY) // CYCLE_DAYS
    return strengths[cycle] if 0 <= cycle < len(strengths) else 1.0


def swung_sfu(projected_sfu: float, strength: float) -> float:
    """Activity of the Sun in a stronger or weaker cycle than the projected."""
    return QUIET_SUN_SFU + strength * (projected_sfu - QUIET_SUN_SFU)


def storm_classes(
    seed: int, day_from: int, day_to: int, often: float = 1.0, strengths: tuple[float, ...] = ()
) -> list[int]:
    """Class of the storm that begins on each of some days, 3 to 5; 0 where none does.

    Args:
        seed: of the campaign, 0 up to 2**63.
        day_from: first day, since 2000-01-01.
        day_to: the day after the last.
        often: factor on how often storms begin.
        strengths: swing of each cycle of the Sun from 2030 on, as a share of the projected; strong ones have
            more storms.
    """
    found: dict[int, int] = {}
    for number in range(day_from // _PAGE_DAYS, -(-day_to // _PAGE_DAYS)):
        found |= _page(seed, number, often, strengths)
    return [found.get(day, 0) for day in range(day_from, day_to)]


@lru_cache(maxsize=8192)
def _page(seed: int, number: int, often: float, strengths: tuple[float, ...]) -> dict[int, int]:
    """Class of every storm of a page of days, by the day it begins; most days are missing."""
    days = np.arange(number * _PAGE_DAYS, (number + 1) * _PAGE_DAYS)
    luck, chances = draws(seed, days), often * _chances(number, strengths)
    return {
        int(days[k]): next(size for size, share in _CLASSES if luck[k] < chances[k] * share)
        for k in np.flatnonzero(luck < chances)
    }


@lru_cache(maxsize=128)
def _projected_chances(number: int) -> NDArray[np.float64]:
    """Chance of a storm to begin on each day of a page if the Sun goes as projected."""
    days = range(number * _PAGE_DAYS, (number + 1) * _PAGE_DAYS)
    return np.array([storm_rate_per_year(solar_activity_sfu(float(day))) / JULIAN_YEAR_DAYS for day in days])


def _chances(number: int, strengths: tuple[float, ...]) -> NDArray[np.float64]:
    """The same in cycles of other strength: the rate is linear in the activity above that of a quiet Sun."""
    projected = _projected_chances(number)
    if not strengths:
        return projected
    quiet = storm_rate_per_year(QUIET_SUN_SFU) / JULIAN_YEAR_DAYS
    swings = np.ones(_PAGE_DAYS)
    first = number * _PAGE_DAYS - FIRST_CYCLE_DAY
    for cycle, strength in enumerate(strengths):
        swings[max(0, cycle * CYCLE_DAYS - first) : max(0, (cycle + 1) * CYCLE_DAYS - first)] = strength
    return np.asarray(quiet + swings * (projected - quiet))


@lru_cache(maxsize=1024)
def storms(
    seed: int, day_from: int, day_to: int, often: float = 1.0, strengths: tuple[float, ...] = ()
) -> tuple[tuple[float, float], ...]:
    """Storm protons over the polar caps and the factor on the density of the air, day by day."""
    classes = storm_classes(seed, day_from - STORM_DAYS + 1, day_to, often, strengths)
    found = []
    for k in range(day_to - day_from):
        protons, excess = 0.0, 0.0
        for age in range(STORM_DAYS):
            size = classes[k + STORM_DAYS - 1 - age]
            if size:
                protons += storm_proton_flux_cm2_s(float(size)) * 0.5**age
                excess += (storm_density_factor(float(size)) - 1.0) * 0.5**age
        found.append((protons, 1.0 + excess))
    return tuple(found)
