"""Where the Sun stands, how strongly it shines, and how active it is."""

from __future__ import annotations

import math

from engine.formulas.ranges import Range
from engine.formulas.registry import formula
from engine.units import SOLAR_CONSTANT_W_M2

ALMANAC = "Astronomical Almanac, low-precision formulas for the Sun: 0.01 deg from 1950 to 2050"
ALMANAC_DAYS = Range(-18262.5, 18627.5)
"""The years 1950 to 2050, for which the formulas of the almanac are made."""

_CYCLE_DAYS = 4018.0  # eleven years, from the minimum of 2030 on


def mean_longitude_deg(days: float) -> float:
    """Mean longitude of the Sun, equinox of date, at `days` since 2000-01-01 12:00."""
    return (280.460 + 0.9856474 * days) % 360.0


def mean_anomaly_rad(days: float) -> float:
    """Mean anomaly of the Sun at `days` since 2000-01-01 12:00."""
    return math.radians((357.528 + 0.9856003 * days) % 360.0)


def ecliptic_longitude_rad(days: float) -> float:
    """True longitude of the Sun, equinox of date, at `days` since 2000-01-01 12:00."""
    g = mean_anomaly_rad(days)
    return math.radians(mean_longitude_deg(days) + 1.915 * math.sin(g) + 0.020 * math.sin(2.0 * g))


def obliquity_rad(days: float) -> float:
    """Tilt of the Earth's axis at `days` since 2000-01-01 12:00."""
    return math.radians(23.439 - 4.0e-7 * days)


def sun_x(days: float) -> float:
    """Component of the unit vector to the Sun toward the equinox of date."""
    return math.cos(ecliptic_longitude_rad(days))


def sun_y(days: float) -> float:
    """Component of the unit vector to the Sun in the equator, 90 degrees east of the equinox."""
    return math.cos(obliquity_rad(days)) * math.sin(ecliptic_longitude_rad(days))


def sun_z(days: float) -> float:
    """Component of the unit vector to the Sun toward the north pole."""
    return math.sin(obliquity_rad(days)) * math.sin(ecliptic_longitude_rad(days))


@formula(
    "sun_distance",
    symbol="r",
    unit="au",
    inputs={"days": "day"},
    text="r = 1.00014 - 0.01671 cos g - 0.00014 cos 2g",
    valid="1950 to 2050; days count from 2000-01-01 12:00",
    source=ALMANAC,
    trusted={"days": ALMANAC_DAYS},
)
def sun_distance_au(days: float) -> float:
    """Distance of the Earth from the Sun."""
    g = mean_anomaly_rad(days)
    return 1.00014 - 0.01671 * math.cos(g) - 0.00014 * math.cos(2.0 * g)


@formula(
    "sun_flux",
    symbol="S",
    unit="W/m2",
    inputs={"days": "day"},
    text="S = 1361 / r^2",
    valid="1950 to 2050; days count from 2000-01-01 12:00",
    source=ALMANAC + "; solar constant of Kopp and Lean 2011",
    trusted={"days": ALMANAC_DAYS},
)
def sun_flux_w_m2(days: float) -> float:
    """Sunlight outside the atmosphere."""
    distance = sun_distance_au(days)
    return SOLAR_CONSTANT_W_M2 / (distance * distance)


@formula(
    "sun_synchronous_raan",
    symbol="Omega",
    unit="deg",
    inputs={"days": "day", "ltan_h": "h"},
    text="Omega = L_sun + 15 (LTAN - 12)",
    valid="local time of the node against the mean Sun; days count from 2000-01-01 12:00",
    source="definition of local mean time",
)
def raan_for_ltan_deg(days: float, ltan_h: float) -> float:
    """Node of date of an orbit whose ascending node has this local mean time."""
    return (mean_longitude_deg(days) + 15.0 * (ltan_h - 12.0)) % 360.0


@formula(
    "greenwich_sidereal_angle",
    symbol="theta_G",
    unit="deg",
    inputs={"days": "day"},
    text="theta = 280.46062 + 360.98564737 d",
    valid="days count from 2000-01-01 12:00 UT",
    source="Astronomical Almanac, mean sidereal time to 0.001 deg",
)
def greenwich_angle_deg(days: float) -> float:
    """Angle from the equinox of date to the Greenwich meridian."""
    return (280.46061837 + 360.98564736629 * days) % 360.0


@formula(
    "solar_activity",
    symbol="F10.7",
    unit="sfu",
    inputs={"days": "day"},
    text="knots 2024: 190, 2026: 140, 2028: 95, 2030.5: 72, 2032: 95, 2035.4: 150, 2038: 95, 2041.5: 72; "
    "between them linear, later every 11 years again",
    valid="a smoothed path, not a forecast of single days; the future is a projection",
    source="cycle 25 and 26 projections, Solar Physics 300:169 (2025); knots from the project's fact sheet",
)
def solar_activity_sfu(days: float) -> float:
    """Smoothed solar radio flux at 10.7 cm, which stands for how hot and high the atmosphere is."""
    while days > 15156.0:
        days -= _CYCLE_DAYS
    if days < 9497.0:
        return 190.0 - 50.0 * max(0.0, min(1.0, (days - 8766.0) / 731.0))
    if days < 10227.0:
        return 140.0 - 45.0 * (days - 9497.0) / 730.0
    if days < 11140.0:
        return 95.0 - 23.0 * (days - 10227.0) / 913.0
    if days < 11688.0:
        return 72.0 + 23.0 * (days - 11140.0) / 548.0
    if days < 12930.0:
        return 95.0 + 55.0 * (days - 11688.0) / 1242.0
    if days < 13880.0:
        return 150.0 - 55.0 * (days - 12930.0) / 950.0
    return 95.0 - 23.0 * (days - 13880.0) / 1276.0
