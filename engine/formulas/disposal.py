"""Bringing a satellite down under its own thrust."""

from __future__ import annotations

from engine.formulas.orbit import orbit_speed_km_s
from engine.formulas.registry import formula
from engine.units import DRAG_COEFFICIENT

DRAG_TAKES_OVER_KM = 300.0
"""Altitude from which the air brings any satellite of this size down within weeks."""

DISPOSAL_YEARS = 5.0
"""A satellite has to be down so many years after its mission (FCC, licences after 29 September 2024)."""


@formula(
    "disposal_delta_v",
    symbol="dv_d",
    unit="m/s",
    inputs={"altitude_km": "km"},
    text="dv = v(300 km) - v(h), 0 below 300 km",
    valid="slow spiral under low thrust, circular throughout; the air does the rest",
    source="Edelbaum 1961 for a change of altitude alone",
)
def disposal_delta_v_m_s(altitude_km: float) -> float:
    """Speed change that brings a satellite down to where the air takes over."""
    if altitude_km <= DRAG_TAKES_OVER_KM:
        return 0.0
    return 1000.0 * (orbit_speed_km_s(DRAG_TAKES_OVER_KM) - orbit_speed_km_s(altitude_km))


@formula(
    "tumbling_ballistic",
    symbol="BC_t",
    unit="kg/m2",
    inputs={"mass_kg": "kg", "body_area_m2": "m2", "panel_area_m2": "m2"},
    text="BC = m / [2.2 (A_body + A_panel / 2)]",
    valid="out of control, turning every way alike: a plate then shows half of one side on the mean; "
    "body_area_m2 is a face of the body, panel_area_m2 one side of all arrays and radiators",
    source="mean shadow of a convex body is a quarter of its surface (Cauchy)",
)
def tumbling_ballistic_kg_m2(mass_kg: float, body_area_m2: float, panel_area_m2: float) -> float:
    """Mass over drag area of a dead satellite; with `decay_lifetime` the time until it re-enters."""
    return mass_kg / (DRAG_COEFFICIENT * (body_area_m2 + 0.5 * panel_area_m2))
