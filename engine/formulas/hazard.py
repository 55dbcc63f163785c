"""How satellites and chips fail: cumulative hazards, of which exp(-H) is the share that survives."""

from __future__ import annotations

import math

from engine.formulas.registry import formula
from engine.units import EARTH_RADIUS_KM, JULIAN_YEAR_DAYS, JULIAN_YEAR_S


@formula(
    "infant_hazard",
    symbol="H_0",
    unit="1",
    inputs={"age_days": "day"},
    text="H = (t / 2607 years)^0.4521",
    valid="small satellites of ordinary build, ages up to 15 years",
    source="Castet and Saleh 2009, Weibull fit to satellite reliability",
)
def infant_hazard(age_days: float) -> float:
    """Cumulative hazard of a satellite by early failures; steep at first, flat later."""
    return float((max(age_days, 0.0) / (2607.0 * 365.25)) ** 0.4521)


@formula(
    "wear_hazard",
    symbol="H_w",
    unit="1",
    inputs={"age_days": "day", "life_days": "day"},
    text="H = (t / 1.5 L)^8",
    valid="game assumption: 4 % by the design life L, half by 1.43 L",
    source="Weibull wear-out with shape 8, own choice",
)
def wear_hazard(age_days: float, life_days: float) -> float:
    """Cumulative hazard of a satellite by wearing out near the end of its design life."""
    x = age_days / (1.5 * life_days)
    x = x * x
    x = x * x
    return x * x


@formula(
    "lethal_debris_flux",
    symbol="F",
    unit="1/m2/year",
    inputs={"altitude_km": "km"},
    text="F = 1e-6 x 10^((h - 550) / 300), no less than 2e-7 and no more than 1e-5",
    valid="objects over 1 cm, order of magnitude",
    source="1e-6 at 550 km and 1e-5 at 850 km, log interpolation",
)
def lethal_debris_flux_m2_year(altitude_km: float) -> float:
    """Hits by objects over 1 cm on a square metre in a year."""
    return min(1e-5, max(2e-7, 1e-6 * math.exp(math.log(10.0) * (altitude_km - 550.0) / 300.0)))


def shell_volume_km3(altitude_low_km: float, altitude_high_km: float) -> float:
    """Space between two altitudes; the difference of cubes is factored, so a thin shell keeps its digits."""
    low_km = EARTH_RADIUS_KM + altitude_low_km
    high_km = EARTH_RADIUS_KM + altitude_high_km
    depth_km = altitude_high_km - altitude_low_km
    return 4.0 * math.pi / 3.0 * depth_km * (high_km * high_km + high_km * low_km + low_km * low_km)


@formula(
    "swarm_collision_rate",
    symbol="R_c",
    unit="1/year",
    inputs={
        "satellites": "1",
        "cross_section_m2": "m2",
        "altitude_low_km": "km",
        "altitude_high_km": "km",
        "relative_speed_km_s": "km/s",
    },
    text="R = N^2 sigma v / (2 V) x 31557600 s, V = (4 pi / 3) [(R + h_high)^3 - (R + h_low)^3]",
    valid="orbits as if spread at random through the shell, nobody steering clear; sigma is the mutual "
    "cross-section, for two equal spheres four times the area of one; real orbits meet about 0.74 times "
    "as often",
    source="kinetic theory of gases; OrbitCollisions (A. Golkar 2026)",
)
def swarm_collision_rate_per_year(
    satellites: float,
    cross_section_m2: float,
    altitude_low_km: float,
    altitude_high_km: float,
    relative_speed_km_s: float = 10.0,
) -> float:
    """Collisions in a Julian year among the satellites of a shell; infinite for a shell without depth."""
    volume_km3 = shell_volume_km3(altitude_low_km, altitude_high_km)
    if volume_km3 <= 0.0:
        return math.inf
    swept_km3_s = 1.0e-6 * cross_section_m2 * relative_speed_km_s
    return 0.5 * satellites * satellites * swept_km3_s / volume_km3 * JULIAN_YEAR_S


AVOIDANCE_KM = 550.0
"""Where the avoidance manoeuvres of the largest fleet were counted."""
APPROACH_KM = 1.4
"""Nearer than this to a tracked object, a satellite steers clear: its place is not known well enough."""
STEERED_WEIGHT = 0.005
"""A satellite of the own fleet, whose place is known to tens of metres, as a share of a tracked object."""


@formula(
    "background_avoidance",
    symbol="n_a",
    unit="1/year",
    inputs={"altitude_km": "km", "at_550_km_per_year": "1/year"},
    text="n = n_550 F(h) / F(550 km), F the flux of debris",
    valid="among the objects of 2026, threshold of 3 in ten million; order of magnitude away from 550 km",
    source="about 40 a satellite and year reported by Starlink for 2025 and 2026; debris by altitude",
)
def background_avoidance_per_year(altitude_km: float, at_550_km_per_year: float) -> float:
    """Avoidance manoeuvres of a satellite in a year because of what other people left in orbit."""
    here = lethal_debris_flux_m2_year(altitude_km)
    return at_550_km_per_year * here / lethal_debris_flux_m2_year(AVOIDANCE_KM)


@formula(
    "swarm_avoidance",
    symbol="n_w",
    unit="1/year",
    inputs={
        "steered": "1",
        "derelict": "1",
        "altitude_low_km": "km",
        "altitude_high_km": "km",
        "relative_speed_km_s": "km/s",
    },
    text="n = (N_derelict + 0.005 N_steered) pi (1.4 km)^2 v / V x 31557600 s",
    valid="orbits as if spread at random through the shell; the own fleet tells itself where it is",
    source="kinetic theory of gases; 1.4 km is what 40 manoeuvres a year among 2e-8 tracked objects a km3 "
    "amount to; weight of steered satellites own choice",
)
def swarm_avoidance_per_year(
    steered: float,
    derelict: float,
    altitude_low_km: float,
    altitude_high_km: float,
    relative_speed_km_s: float = 10.0,
) -> float:
    """Avoidance manoeuvres of a satellite in a year because of its own fleet; infinite without depth."""
    volume_km3 = shell_volume_km3(altitude_low_km, altitude_high_km)
    if volume_km3 <= 0.0:
        return math.inf
    swept_km3_s = math.pi * APPROACH_KM * APPROACH_KM * relative_speed_km_s
    return (derelict + STEERED_WEIGHT * steered) * swept_km3_s / volume_km3 * JULIAN_YEAR_S


@formula(
    "avoidance_delta_v",
    symbol="dv_a",
    unit="m/s per day",
    inputs={"manoeuvres_per_year": "1/year", "each_m_s": "m/s"},
    text="dv = n dv_1 / 365.25",
    valid="out of the way and back",
    source="definition",
)
def avoidance_m_s_per_day(manoeuvres_per_year: float, each_m_s: float) -> float:
    """Speed change that steering clear takes in a day."""
    return manoeuvres_per_year * each_m_s / JULIAN_YEAR_DAYS


@formula(
    "avoidance_loss",
    symbol="l_a",
    unit="1",
    inputs={"manoeuvres_per_year": "1/year", "pause_h": "h"},
    text="l = n t / 8766 h, at most 1",
    valid="no compute is delivered while a satellite turns, burns and turns back",
    source="definition",
)
def avoidance_loss(manoeuvres_per_year: float, pause_h: float) -> float:
    """Share of service lost by steering clear."""
    return min(1.0, manoeuvres_per_year * pause_h / (24.0 * JULIAN_YEAR_DAYS))
