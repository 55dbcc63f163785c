"""Bringing a satellite down under its own thrust."""

from __future__ import annotations

from engine.formulas.orbit import orbit_speed_km_s
from engine.formulas.registry import formula

DRAG_TAKES_OVER_KM = 300.0
"""Altitude from which the air brings any satellite of this size down within weeks."""


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
