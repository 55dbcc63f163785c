"""What a launch vehicle lifts to an orbit, how likely it gets there, and how long a ring takes to phase."""

from __future__ import annotations

import math

from engine.formulas.orbit import mean_motion_rad_s, transfer_delta_v_m_s
from engine.formulas.registry import formula
from engine.units import DAY_S, EARTH_RADIUS_KM, EARTH_ROTATION_M_S, STANDARD_GRAVITY_M_S2


@formula(
    "rotation_delta_v",
    symbol="dv_rot",
    unit="m/s",
    inputs={"inclination_deg": "deg", "ref_inclination_deg": "deg"},
    text="dv = 465.1 (cos i_ref - cos i)",
    valid="launches without a dog-leg; negative where the Earth helps more than at the reference",
    source="eastward ground speed at the launch azimuth, cos i = sin Az cos lat",
)
def rotation_delta_v_m_s(inclination_deg: float, ref_inclination_deg: float) -> float:
    """Speed that the turning Earth gives less at one inclination than at the reference."""
    return EARTH_ROTATION_M_S * (
        math.cos(math.radians(ref_inclination_deg)) - math.cos(math.radians(inclination_deg))
    )


@formula(
    "launch_delta_v",
    symbol="dv",
    unit="m/s",
    inputs={
        "altitude_km": "km",
        "inclination_deg": "deg",
        "ref_altitude_km": "km",
        "ref_inclination_deg": "deg",
    },
    text="dv = two-burn transfer from the reference altitude + rotation lost",
    valid="circular orbits at or above the reference altitude",
    source="Hohmann transfer; rotation of the Earth",
)
def launch_delta_v_m_s(
    altitude_km: float, inclination_deg: float, ref_altitude_km: float, ref_inclination_deg: float
) -> float:
    """Speed change that an orbit needs beyond the vehicle's reference orbit."""
    climb_m_s = transfer_delta_v_m_s(ref_altitude_km, altitude_km)
    return climb_m_s + rotation_delta_v_m_s(inclination_deg, ref_inclination_deg)


@formula(
    "upper_stage_payload",
    symbol="m_pl",
    unit="kg",
    inputs={"payload_ref_kg": "kg", "upper_dry_kg": "kg", "upper_isp_s": "s", "delta_v_m_s": "m/s"},
    text="m_pl = (m_ref + m_dry) exp(-dv / (g0 Isp)) - m_dry, at least 0",
    valid="the upper stage makes up the whole difference; landing propellant counts as dry mass",
    source="rocket equation",
)
def payload_kg(payload_ref_kg: float, upper_dry_kg: float, upper_isp_s: float, delta_v_m_s: float) -> float:
    """Payload of a vehicle whose upper stage makes up a further speed change."""
    burn_out_kg = (payload_ref_kg + upper_dry_kg) * math.exp(
        -delta_v_m_s / (STANDARD_GRAVITY_M_S2 * upper_isp_s)
    )
    return max(0.0, burn_out_kg - upper_dry_kg)


@formula(
    "launch_payload",
    symbol="m_pl",
    unit="kg",
    inputs={
        "payload_ref_kg": "kg",
        "upper_dry_kg": "kg",
        "upper_isp_s": "s",
        "ref_altitude_km": "km",
        "ref_inclination_deg": "deg",
        "altitude_km": "km",
        "inclination_deg": "deg",
    },
    text="m_pl = (m_ref + m_dry) exp(-dv / (g0 Isp)) - m_dry, "
    "dv = two-burn transfer from the reference altitude + 465.1 (cos i_ref - cos i)",
    valid="circular orbits at or above the vehicle's reference altitude, no dog-leg; adapter and dispenser "
    "count as payload",
    source="rocket equation over the upper stage; vehicle figures from the catalogue",
)
def launch_payload_kg(
    payload_ref_kg: float,
    upper_dry_kg: float,
    upper_isp_s: float,
    ref_altitude_km: float,
    ref_inclination_deg: float,
    altitude_km: float,
    inclination_deg: float,
) -> float:
    """Mass that a vehicle lifts to a circular orbit."""
    delta_v = launch_delta_v_m_s(altitude_km, inclination_deg, ref_altitude_km, ref_inclination_deg)
    return payload_kg(payload_ref_kg, upper_dry_kg, upper_isp_s, delta_v)


@formula(
    "launch_odds",
    symbol="p",
    unit="1",
    inputs={"successes": "1", "failures": "1"},
    text="p = (s + 1) / (s + f + 2)",
    valid="flights taken as alike; one in two before the first flight",
    source="mean of a Beta(s + 1, f + 1) belief, Laplace's rule of succession",
)
def success_odds(successes: float, failures: float) -> float:
    """Odds that the next flight succeeds, from the record so far."""
    return (successes + 1.0) / (successes + failures + 2.0)


@formula(
    "phasing_time",
    symbol="t_ph",
    unit="day",
    inputs={"altitude_km": "km", "count": "1", "offset_km": "km"},
    text="t = pi (1 - 1/N) / (1.5 n da / a)",
    valid="small offsets; satellites released together, the last drifts half a ring",
    source="derivative of Kepler's third law",
)
def phasing_days(altitude_km: float, count: float, offset_km: float) -> float:
    """Time until satellites released together stand evenly around their ring; 0 for a single one."""
    drift_rad_s = 1.5 * mean_motion_rad_s(altitude_km) * offset_km / (EARTH_RADIUS_KM + altitude_km)
    return math.pi * (1.0 - 1.0 / count) / (drift_rad_s * DAY_S)
