"""Thin air: its density, what it costs to stay up, and how an attitude meets the wind."""

from __future__ import annotations

import math

from engine.formulas.ranges import Range
from engine.formulas.registry import formula
from engine.units import EARTH_RADIUS_KM, MU_KM3_S2

_NODES_KM = (300.0, 350.0, 400.0, 450.0, 500.0, 550.0, 600.0, 650.0, 700.0, 800.0, 1000.0, 1500.0, 2000.0)
_QUIET = (
    8.1e-12, 2.3e-12, 7.3e-13, 2.5e-13, 9.2e-14, 3.8e-14, 1.8e-14, 9.5e-15, 5.9e-15, 2.9e-15, 1.1e-15,
    2.3e-16, 9.4e-17,
)  # fmt: skip
_MODERATE = (
    2.4e-11, 9.1e-12, 3.7e-12, 1.6e-12, 7.3e-13, 3.4e-13, 1.7e-13, 8.5e-14, 4.5e-14, 1.5e-14, 3.6e-15,
    6.1e-16, 1.7e-16,
)  # fmt: skip
_ACTIVE = (
    4.2e-11, 1.8e-11, 8.0e-12, 3.8e-12, 1.9e-12, 9.9e-13, 5.2e-13, 2.9e-13, 1.6e-13, 5.4e-14, 9.6e-15,
    1.2e-15, 3.5e-16,
)  # fmt: skip
_EXTREME = (
    6.0e-11, 2.7e-11, 1.3e-11, 6.6e-12, 3.5e-12, 1.9e-12, 1.1e-12, 6.0e-13, 3.5e-13, 1.3e-13, 2.2e-14,
    1.8e-15, 5.6e-16,
)  # fmt: skip
_COLUMNS = (_QUIET, _MODERATE, _ACTIVE, _EXTREME)
_MSIS = "NRLMSISE-00, mean over longitude, latitude and season, computed with pymsis"

TABLE_KM, TABLE_SFU = Range(300.0, 2000.0), Range(70.0, 250.0)
"""What the table covers, in altitude and activity."""

REENTRY_KM = 180.0
"""Altitude below which an orbit does not last the day."""


@formula(
    "air_density",
    symbol="rho",
    unit="kg/m3",
    inputs={"altitude_km": "km", "f107": "sfu"},
    text="log interpolation in altitude and F10.7 of a table at 70, 140, 200, 250 sfu (Ap 4, 12, 20, 45)",
    valid="300 to 2000 km and 70 to 250 sfu, within 20 % of other averages and 50 % of any one day; "
    "beyond, the last slope in altitude goes on and F10.7 is held",
    source=_MSIS,
    trusted={"altitude_km": TABLE_KM, "f107": TABLE_SFU},
)
def air_density_kg_m3(altitude_km: float, f107: float) -> float:
    """Global mean density of the air at an altitude under a solar activity."""
    low, share = activity_place(f107)
    below = log_density_at(altitude_km, low)
    return math.exp(below + share * (log_density_at(altitude_km, low + 1) - below))


def activity_place(f107: float) -> tuple[int, float]:
    """Which column of the density table lies below an activity, and how far it is towards the next."""
    if f107 <= 140.0:
        return 0, max(0.0, (f107 - 70.0) / 70.0)
    if f107 <= 200.0:
        return 1, (f107 - 140.0) / 60.0
    return 2, min(1.0, (f107 - 200.0) / 50.0)


def log_density_at(altitude_km: float, column: int) -> float:
    """Log of the density in one column of the table, log interpolated in altitude."""
    k = 0
    while k < 11 and altitude_km >= _NODES_KM[k + 1]:
        k += 1
    share = (altitude_km - _NODES_KM[k]) / (_NODES_KM[k + 1] - _NODES_KM[k])
    low = math.log(_COLUMNS[column][k])
    return low + share * (math.log(_COLUMNS[column][k + 1]) - low)


def drag_acceleration_m_s2(density_kg_m3: float, altitude_km: float, ballistic_kg_m2: float) -> float:
    """Deceleration by the air: rho v^2 / (2 BC)."""
    v2 = 1.0e6 * MU_KM3_S2 / (EARTH_RADIUS_KM + altitude_km)
    return 0.5 * density_kg_m3 * v2 / ballistic_kg_m2


def climb_km_per_m_s(altitude_km: float) -> float:
    """Altitude that one metre a second along the orbit is worth: 2 a / v."""
    a_km = EARTH_RADIUS_KM + altitude_km
    return 0.002 * a_km / math.sqrt(MU_KM3_S2 / a_km)


@formula(
    "drag_delta_v",
    symbol="dv/dt",
    unit="m/s per year",
    inputs={"altitude_km": "km", "ballistic_coefficient_kg_m2": "kg/m2", "f107": "sfu"},
    text="dv = rho v^2 / (2 BC) x 31557600 s",
    valid="constant activity, altitude held; BC = m / (Cd A)",
    source=_MSIS,
    trusted={"altitude_km": TABLE_KM, "f107": TABLE_SFU},
)
def drag_delta_v_m_s_year(altitude_km: float, ballistic_coefficient_kg_m2: float, f107: float) -> float:
    """Speed that station-keeping must make up in a Julian year."""
    density = air_density_kg_m3(altitude_km, f107)
    return drag_acceleration_m_s2(density, altitude_km, ballistic_coefficient_kg_m2) * 31_557_600.0


@formula(
    "decay_lifetime",
    symbol="t_life",
    unit="years",
    inputs={"altitude_km": "km", "ballistic_coefficient_kg_m2": "kg/m2", "f107": "sfu"},
    text="integral of dh / (rho sqrt(mu a) / BC) from 180 km to h",
    valid="circular orbit, constant activity; BC = m / (Cd A)",
    source=_MSIS,
    limits={"altitude_km": Range(0.0, 5000.0)},
    trusted={"altitude_km": TABLE_KM, "f107": TABLE_SFU},
)
def decay_lifetime_years(altitude_km: float, ballistic_coefficient_kg_m2: float, f107: float) -> float:
    """Time until an orbit left to itself re-enters."""
    if altitude_km <= REENTRY_KM:
        return 0.0
    steps = 2 * int(1 + (altitude_km - REENTRY_KM) / 4.0)
    width = (altitude_km - REENTRY_KM) / steps
    total = 0.0
    for k in range(steps + 1):
        height = REENTRY_KM + k * width
        rate = drag_acceleration_m_s2(air_density_kg_m3(height, f107), height, ballistic_coefficient_kg_m2)
        weight = 1.0 if k in (0, steps) else (4.0 if k % 2 else 2.0)
        total += weight / (rate * climb_km_per_m_s(height))
    return total * width / 3.0 / 31_557_600.0


@formula(
    "wind_share",
    symbol="w",
    unit="1",
    inputs={"sin_beta": "1"},
    text="w = |sin beta| / AGM(1, |sin beta|)",
    valid="a plate whose plane holds both the Sun line and nadir, averaged over a circular orbit",
    source="mean of |n . v| for n along sun x nadir, a complete elliptic integral",
)
def wind_share(sin_beta: float) -> float:
    """Share of a radiator's panel area that meets the wind when it is edge-on to Sun and Earth."""
    near = 1.0
    far = max(abs(sin_beta), 1e-12)
    for _ in range(5):
        mean = 0.5 * (near + far)
        far = math.sqrt(near * far)
        near = mean
    return abs(sin_beta) / near
