"""Sun against orbital plane: beta angle, shadow, and how much of the time a satellite is lit."""

from __future__ import annotations

import math

from engine.formulas.registry import formula
from engine.units import EARTH_RADIUS_KM


def sin_beta(
    sun_x: float, sun_y: float, sun_z: float, cos_inclination: float, sin_inclination: float, raan_rad: float
) -> float:
    """Sine of the angle between the Sun and the orbital plane: s . h."""
    sideways = math.sin(raan_rad) * sun_x - math.cos(raan_rad) * sun_y
    return sin_inclination * sideways + cos_inclination * sun_z


def shadow_cosine(altitude_km: float, cos_beta: float) -> float:
    """Cosine of the half-angle of the shadow arc, 1 when the orbit misses the shadow."""
    a_km = EARTH_RADIUS_KM + altitude_km
    cosine = math.sqrt(altitude_km * (altitude_km + 2.0 * EARTH_RADIUS_KM)) / (a_km * max(cos_beta, 1e-9))
    return min(cosine, 1.0)


@formula(
    "eclipse_fraction",
    symbol="f_e",
    unit="1",
    inputs={"altitude_km": "km", "beta_deg": "deg"},
    text="f = acos( sqrt(h^2 + 2 R h) / ((R + h) cos beta) ) / pi, 0 beyond the critical beta",
    valid="circular orbits, cylindrical shadow of a spherical Earth",
    source="geometry; Wertz, Space Mission Analysis and Design",
)
def eclipse_fraction(altitude_km: float, beta_deg: float) -> float:
    """Share of an orbit in the Earth's shadow."""
    return math.acos(shadow_cosine(altitude_km, math.cos(math.radians(beta_deg)))) / math.pi


@formula(
    "critical_beta",
    symbol="beta*",
    unit="deg",
    inputs={"altitude_km": "km"},
    text="beta* = asin( R / (R + h) )",
    valid="circular orbits, cylindrical shadow",
    source="geometry",
)
def critical_beta_deg(altitude_km: float) -> float:
    """Beta beyond which an orbit has no eclipse."""
    return math.degrees(math.asin(EARTH_RADIUS_KM / (EARTH_RADIUS_KM + altitude_km)))
