"""A plane and the Sun through a year: beta on a date, how long it is lit, and how long eclipses last."""

from __future__ import annotations

import math

from engine.formulas.eclipse import critical_beta_deg, eclipse_fraction, sin_beta
from engine.formulas.orbit import SUN_SYNCHRONOUS, sun_synchronous_inclination_deg
from engine.formulas.ranges import Range
from engine.formulas.registry import formula
from engine.formulas.sun import ALMANAC, ALMANAC_DAYS, raan_for_ltan_deg, sun_x, sun_y, sun_z

_SAMPLES_A_DAY = 4
_ALMANAC_YEARS = Range(1950.0, 2050.0)
_LEAP_DAYS_TO_2000 = 484.0


@formula(
    "beta_angle",
    symbol="beta",
    unit="deg",
    inputs={"days": "day", "inclination_deg": "deg", "raan_deg": "deg"},
    text="sin beta = cos(dec) sin i sin(Omega - ra) + sin(dec) cos i",
    valid="1950 to 2050; node from the equinox of date; positive where the Sun stands on the side of the "
    "orbit's angular momentum",
    source=ALMANAC,
    trusted={"days": ALMANAC_DAYS},
)
def beta_angle_deg(days: float, inclination_deg: float, raan_deg: float) -> float:
    """Signed angle between the Sun and an orbital plane."""
    tilt = math.radians(inclination_deg)
    toward = (sun_x(days), sun_y(days), sun_z(days))
    sine = sin_beta(*toward, math.cos(tilt), math.sin(tilt), math.radians(raan_deg))
    return math.degrees(math.asin(max(-1.0, min(1.0, sine))))


@formula(
    "dawn_dusk_beta",
    symbol="beta",
    unit="deg",
    inputs={"days": "day", "altitude_km": "km", "ltan_h": "h"},
    text="beta of a plane with i = i_sso(h) and Omega = L_sun + 15 (LTAN - 12)",
    valid="1950 to 2050; sun-synchronous, local time of the node held against the mean Sun; signed",
    source=ALMANAC,
    limits={"altitude_km": SUN_SYNCHRONOUS},
    trusted={"days": ALMANAC_DAYS},
)
def dawn_dusk_beta_deg(days: float, altitude_km: float, ltan_h: float = 18.0) -> float:
    """Signed beta of a sun-synchronous orbit on a date."""
    return beta_angle_deg(days, sun_synchronous_inclination_deg(altitude_km), raan_for_ltan_deg(days, ltan_h))


def new_year_days(year: float) -> float:
    """First moment of a calendar year, counted in days from 2000-01-01 12:00."""
    before = math.floor(year) - 1
    leap_days = before // 4 - before // 100 + before // 400
    return 365.0 * (before - 1999.0) + leap_days - _LEAP_DAYS_TO_2000 - 0.5


@formula(
    "annual_lit_fraction",
    symbol="f_lit",
    unit="1",
    inputs={"altitude_km": "km", "ltan_h": "h", "year": "calendar year"},
    text="f_lit = 1 - mean of f_e(h, beta(t)) over a calendar year",
    valid="1950 to 2050; circular sun-synchronous orbits, mean-Sun LTAN, cylindrical shadow",
    source="mean over six-hour steps; " + ALMANAC,
    limits={"altitude_km": SUN_SYNCHRONOUS},
    trusted={"year": _ALMANAC_YEARS},
)
def annual_lit_fraction(altitude_km: float, ltan_h: float = 18.0, year: float = 2026.0) -> float:
    """Share of a year that a sun-synchronous satellite spends in sunlight."""
    inclination_deg = sun_synchronous_inclination_deg(altitude_km)
    first = new_year_days(year)
    steps = int(_SAMPLES_A_DAY * (new_year_days(year + 1.0) - first))
    shade = 0.0
    for step in range(steps):
        days = first + (step + 0.5) / _SAMPLES_A_DAY
        beta_deg = beta_angle_deg(days, inclination_deg, raan_for_ltan_deg(days, ltan_h))
        shade += eclipse_fraction(altitude_km, beta_deg)
    return 1.0 - shade / steps


@formula(
    "eclipse_season_days",
    symbol="t_ecl",
    unit="days",
    inputs={"altitude_km": "km", "ltan_h": "h", "year": "calendar year"},
    text="time in a calendar year with |beta(t)| < beta*(h)",
    valid="1950 to 2050; circular sun-synchronous orbits, mean-Sun LTAN, cylindrical shadow; time, "
    "not whole days",
    source="six-hour steps, linear between them; " + ALMANAC,
    limits={"altitude_km": SUN_SYNCHRONOUS},
    trusted={"year": _ALMANAC_YEARS},
)
def eclipse_season_days(altitude_km: float, ltan_h: float = 18.0, year: float = 2026.0) -> float:
    """Days of a year on which every orbit of a sun-synchronous satellite meets the shadow."""
    inclination_deg = sun_synchronous_inclination_deg(altitude_km)
    critical_deg = critical_beta_deg(altitude_km)
    first = new_year_days(year)
    steps = int(_SAMPLES_A_DAY * (new_year_days(year + 1.0) - first))
    inside, before = 0.0, 0.0
    for step in range(steps + 1):
        days = first + step / _SAMPLES_A_DAY
        beta_deg = beta_angle_deg(days, inclination_deg, raan_for_ltan_deg(days, ltan_h))
        margin = critical_deg - abs(beta_deg)
        if step:
            inside += positive_share(before, margin)
        before = margin
    return inside / _SAMPLES_A_DAY


def positive_share(start: float, end: float) -> float:
    """Share of an interval over which a straight line from `start` to `end` is above zero."""
    if start > 0.0 and end > 0.0:
        return 1.0
    if start <= 0.0 and end <= 0.0:
        return 0.0
    return max(start, end) / abs(end - start)
