"""Near-circular orbits: period, plane drift by the Earth's bulge, and what a ground site sees of them."""

from __future__ import annotations

import math

from engine.formulas.ranges import Range
from engine.formulas.registry import formula
from engine.units import DAY_S, EARTH_RADIUS_KM, J2, MU_KM3_S2

TROPICAL_YEAR_DAYS = 365.242190
MEAN_SUN_RATE_RAD_S = 2.0 * math.pi / (TROPICAL_YEAR_DAYS * DAY_S)
"""Rate of the mean Sun along the equator of date; a sun-synchronous node keeps pace with it."""

SUN_SYNCHRONOUS = Range(0.0, 5974.0)
"""Altitudes in km at which some inclination turns the plane as fast as the Sun moves."""


@formula(
    "mean_motion",
    symbol="n",
    unit="rad/s",
    inputs={"altitude_km": "km"},
    text="n = sqrt(mu / a^3), a = R + h",
    valid="circular orbits",
    source="Kepler's third law; WGS 84 mu and R",
)
def mean_motion_rad_s(altitude_km: float) -> float:
    """Angular rate of a circular orbit."""
    a_km = EARTH_RADIUS_KM + altitude_km
    return math.sqrt(MU_KM3_S2 / (a_km * a_km * a_km))


@formula(
    "orbit_period",
    symbol="T",
    unit="s",
    inputs={"altitude_km": "km"},
    text="T = 2 pi sqrt(a^3 / mu), a = R + h",
    valid="circular orbits; Keplerian, the nodal period is 0.1 % longer or shorter",
    source="Kepler's third law; WGS 84 mu and R",
)
def orbit_period_s(altitude_km: float) -> float:
    """Time of one revolution of a circular orbit."""
    return 2.0 * math.pi / mean_motion_rad_s(altitude_km)


@formula(
    "orbit_speed",
    symbol="v",
    unit="km/s",
    inputs={"altitude_km": "km"},
    text="v = sqrt(mu / a)",
    valid="circular orbits",
    source="vis-viva",
)
def orbit_speed_km_s(altitude_km: float) -> float:
    """Speed along a circular orbit."""
    return math.sqrt(MU_KM3_S2 / (EARTH_RADIUS_KM + altitude_km))


def node_rate_rad_s(altitude_km: float, cos_inclination: float) -> float:
    """Drift of the ascending node by J2, positive eastward: -1.5 n J2 (R/a)^2 cos i."""
    r = EARTH_RADIUS_KM / (EARTH_RADIUS_KM + altitude_km)
    return -1.5 * mean_motion_rad_s(altitude_km) * J2 * r * r * cos_inclination


def arg_lat_rate_rad_s(altitude_km: float, cos_inclination: float) -> float:
    """Rate of the argument of latitude with J2: n [1 + 1.5 J2 (R/a)^2 (4 cos^2 i - 1)]."""
    r = EARTH_RADIUS_KM / (EARTH_RADIUS_KM + altitude_km)
    bulge = 1.5 * J2 * r * r * (4.0 * cos_inclination * cos_inclination - 1.0)
    return mean_motion_rad_s(altitude_km) * (1.0 + bulge)


@formula(
    "node_rate",
    symbol="dOmega/dt",
    unit="deg/day",
    inputs={"altitude_km": "km", "inclination_deg": "deg"},
    text="dOmega/dt = -1.5 n J2 (R/a)^2 cos i",
    valid="circular orbits, first order in J2",
    source="Kaula 1966; J2 of EGM 96",
)
def node_rate_deg_day(altitude_km: float, inclination_deg: float) -> float:
    """Drift of the ascending node in degrees a day."""
    return math.degrees(node_rate_rad_s(altitude_km, math.cos(math.radians(inclination_deg)))) * DAY_S


@formula(
    "nodal_period",
    symbol="T_N",
    unit="s",
    inputs={"altitude_km": "km", "inclination_deg": "deg"},
    text="T_N = 2 pi / (n [1 + 1.5 J2 (R/a)^2 (4 cos^2 i - 1)])",
    valid="circular orbits, first order in J2",
    source="Kaula 1966; J2 of EGM 96",
)
def nodal_period_s(altitude_km: float, inclination_deg: float) -> float:
    """Time from one ascending node to the next."""
    return 2.0 * math.pi / arg_lat_rate_rad_s(altitude_km, math.cos(math.radians(inclination_deg)))


@formula(
    "sun_synchronous_inclination",
    symbol="i_sso",
    unit="deg",
    inputs={"altitude_km": "km"},
    text="cos i = -(2/3) (omega_sun / n) (a/R)^2 / J2, omega_sun = 2 pi / tropical year",
    valid="0 to 5974 km; above, no inclination turns the plane fast enough",
    source="node rate set equal to the mean Sun's",
    limits={"altitude_km": SUN_SYNCHRONOUS},
)
def sun_synchronous_inclination_deg(altitude_km: float) -> float:
    """Inclination whose node drifts as fast as the mean Sun; 180 where none is fast enough."""
    cosine = MEAN_SUN_RATE_RAD_S / node_rate_rad_s(altitude_km, 1.0)
    return math.degrees(math.acos(max(cosine, -1.0)))


@formula(
    "slant_range",
    symbol="d",
    unit="km",
    inputs={"altitude_km": "km", "elevation_deg": "deg"},
    text="d = sqrt(a^2 - R^2 cos^2 E) - R sin E",
    valid="spherical Earth",
    source="law of cosines",
)
def slant_range_km(altitude_km: float, elevation_deg: float) -> float:
    """Distance from a ground site to a satellite seen at an elevation."""
    a_km = EARTH_RADIUS_KM + altitude_km
    elevation = math.radians(elevation_deg)
    across = EARTH_RADIUS_KM * math.cos(elevation)
    return math.sqrt(a_km * a_km - across * across) - EARTH_RADIUS_KM * math.sin(elevation)


@formula(
    "max_pass_duration",
    symbol="t_pass",
    unit="s",
    inputs={"altitude_km": "km", "elevation_deg": "deg"},
    text="t = 2 lambda / n, cos(E + lambda) = R cos E / a",
    valid="a pass through the zenith; spherical Earth, its rotation ignored",
    source="triangle of site, satellite and Earth's centre",
)
def max_pass_duration_s(altitude_km: float, elevation_deg: float) -> float:
    """Longest time a satellite stays above an elevation."""
    elevation = math.radians(elevation_deg)
    reach = math.acos(EARTH_RADIUS_KM * math.cos(elevation) / (EARTH_RADIUS_KM + altitude_km)) - elevation
    return 2.0 * reach / mean_motion_rad_s(altitude_km)


@formula(
    "line_of_sight_range",
    symbol="d_los",
    unit="km",
    inputs={"altitude_km": "km", "grazing_km": "km"},
    text="d = 2 sqrt(a^2 - (R + g)^2)",
    valid="two satellites at one altitude, the ray passing no lower than g",
    source="chord of a circle",
)
def line_of_sight_range_km(altitude_km: float, grazing_km: float) -> float:
    """Longest straight link between two satellites of one altitude."""
    a_km = EARTH_RADIUS_KM + altitude_km
    low_km = EARTH_RADIUS_KM + grazing_km
    return 2.0 * math.sqrt(max(a_km * a_km - low_km * low_km, 0.0))


@formula(
    "transfer_delta_v",
    symbol="dv",
    unit="m/s",
    inputs={"from_km": "km", "to_km": "km"},
    text="dv = |sqrt(mu/r1)(sqrt(2 r2/(r1+r2)) - 1)| + |sqrt(mu/r2)(1 - sqrt(2 r1/(r1+r2)))|",
    valid="circular to circular in one plane, two burns",
    source="Hohmann transfer",
)
def transfer_delta_v_m_s(from_km: float, to_km: float) -> float:
    """Speed change of a two-burn transfer between circular orbits."""
    near = EARTH_RADIUS_KM + from_km
    far = EARTH_RADIUS_KM + to_km
    leave = math.sqrt(MU_KM3_S2 / near) * (math.sqrt(2.0 * far / (near + far)) - 1.0)
    arrive = math.sqrt(MU_KM3_S2 / far) * (1.0 - math.sqrt(2.0 * near / (near + far)))
    return 1000.0 * (abs(leave) + abs(arrive))
