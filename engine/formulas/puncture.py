"""Holes in radiators: what flies about, which of it opens a tube, and what loops are left."""

from __future__ import annotations

import math

from engine.formulas.ranges import Range
from engine.formulas.registry import formula
from engine.units import JULIAN_YEAR_S

METEOROID_G_MM3 = 0.0025
"""Density of a meteoroid in grams a cubic millimetre."""


@formula(
    "meteoroid_flux",
    symbol="F_m",
    unit="1/m2/year",
    inputs={"diameter_mm": "mm"},
    text="F = 31557600 s [ (2200 m^0.306 + 15)^-4.38 + 1.3e-9 (m + 1e11 m^2 + 1e27 m^4)^-0.36 "
    "+ 1.3e-16 (m + 1e6 m^2)^-0.85 ], m in grams of a sphere at 2.5 g/cm3",
    valid="that size and larger on one side of a plate that tumbles, near the Earth's orbit; attraction by "
    "the Earth, some 1.3 times, and its shade, some 0.7 times, are taken to cancel",
    source="Gruen and others 1985, interplanetary flux model",
    trusted={"diameter_mm": Range(0.001, 100.0)},
)
def meteoroid_flux_m2_year(diameter_mm: float) -> float:
    """Hits on a square metre in a year by meteoroids of a size and larger."""
    mass_g = METEOROID_G_MM3 * math.pi / 6.0 * diameter_mm**3
    square = mass_g * mass_g
    small = (2200.0 * mass_g**0.306 + 15.0) ** -4.38
    middle = 1.3e-9 * (mass_g + 1e11 * square + 1e27 * square * square) ** -0.36
    large = 1.3e-16 * (mass_g + 1e6 * square) ** -0.85
    return float(JULIAN_YEAR_S * (small + middle + large))


@formula(
    "debris_ratio",
    symbol="d",
    unit="1",
    inputs={"altitude_km": "km"},
    text="d = 10^((h - 700) / 200), no less than 0.1 and no more than 10",
    valid="pieces about a millimetre in size, order of magnitude",
    source="debris as frequent as meteoroids at 700 km and ten times at 900 km; log interpolation",
)
def debris_ratio(altitude_km: float) -> float:
    """Hits by small debris over hits by meteoroids of the same size."""
    return min(10.0, max(0.1, math.exp(math.log(10.0) * (altitude_km - 700.0) / 200.0)))


@formula(
    "puncture_rate",
    symbol="r_p",
    unit="1/year",
    inputs={
        "panel_area_m2": "m2",
        "faces": "1",
        "exposed_share": "1",
        "diameter_mm": "mm",
        "altitude_km": "km",
        "loops": "1",
    },
    text="r = F_m(d) [1 + d(h)] n s A / N",
    valid="each of N loops has its share of the tubes; a hit of that size on a tube empties its loop",
    source="flux times area",
)
def puncture_rate_per_year(
    panel_area_m2: float,
    faces: float,
    exposed_share: float,
    diameter_mm: float,
    altitude_km: float,
    loops: float = 1.0,
) -> float:
    """Holes a year in one loop of a radiator."""
    hits = meteoroid_flux_m2_year(diameter_mm) * (1.0 + debris_ratio(altitude_km))
    return hits * faces * exposed_share * panel_area_m2 / loops


def chosen(total: float, picked: int) -> float:
    """total (total - 1) ... over `picked` factors: the ways to pick in order."""
    ways = 1.0
    for k in range(picked):
        ways *= max(total - k, 0.0)
    return ways


@formula(
    "radiating_share",
    symbol="a",
    unit="1",
    inputs={"loops": "1", "spare_loops": "1", "loops_in_all": "1", "loops_lost": "1"},
    text="a = sum over k of min(N, N + S - k) / N x P(k), k lost of the N + S of one satellite, "
    "P hypergeometric: the lost are spread at random over all satellites",
    valid="a spare takes over as soon as a loop is lost; loops share the panel evenly",
    source="hypergeometric distribution",
    limits={
        "loops": Range(1.0, 32.0, whole=True),
        "spare_loops": Range(0.0, 32.0, whole=True),
        "loops_in_all": Range(1.0, 10_000.0, whole=True),
    },
)
def radiating_share(loops: float, spare_loops: float, loops_in_all: float, loops_lost: float) -> float:
    """Share of the radiating area that still has coolant, mean over the satellites of a batch."""
    carried = int(loops + spare_loops)
    kept = loops_in_all - loops_lost
    ways = 1.0
    share = 0.0
    for k in range(carried + 1):
        working = min(loops, carried - k) / loops
        share += working * ways * chosen(loops_lost, k) * chosen(kept, carried - k)
        ways *= (carried - k) / (k + 1.0)
    return min(share / max(chosen(loops_in_all, carried), 1.0), 1.0)
