"""A satellite at work: what array, battery and radiator do in orbit, and what the wind meets."""

from __future__ import annotations

import math

from engine.formulas.drag import wind_share
from engine.formulas.power import hot_factor, pointing_factor
from engine.formulas.ranges import POSITIVE
from engine.formulas.registry import formula
from engine.units import DRAG_COEFFICIENT, EARTH_ALBEDO, EARTH_INFRARED_W_M2


@formula(
    "array_pointing",
    symbol="c",
    unit="1",
    inputs={"fixed": "1", "per_cos": "1", "per_sin": "1", "beta_deg": "deg"},
    text="c = c_0 + c_cos cos(beta) + c_sin |sin(beta)|; two-axis 1, 0, 0; one-axis 0, 1, 0; "
    "orbit-normal 0, 0, 1",
    valid="mean over the sunlit arc",
    source="geometry of how an array is tracked",
)
def array_pointing(fixed: float, per_cos: float, per_sin: float, beta_deg: float) -> float:
    """Share of the sunlight that an array faces."""
    beta = math.radians(beta_deg)
    return pointing_factor(fixed, per_cos, per_sin, math.cos(beta), math.sin(beta))


@formula(
    "flying_array_power",
    symbol="P",
    unit="W",
    inputs={
        "flux_w_m2": "W/m2",
        "pointing": "1",
        "array_gain_m2": "m2",
        "coefficient_per_k": "1/K",
        "cell_k": "K",
        "array_health": "1",
    },
    text="P = S c G [1 + gamma (T_cell - 28 C)] h, G = A eta eta_pack",
    valid="in sunlight; G is what a new array gives at 28 C for each W/m2",
    source="definition of efficiency, its temperature coefficient, and wear",
)
def flying_array_power_w(
    flux_w_m2: float,
    pointing: float,
    array_gain_m2: float,
    coefficient_per_k: float,
    cell_k: float,
    array_health: float,
) -> float:
    """Power of an array in orbit, as warm and as worn as it is."""
    return flux_w_m2 * pointing * array_gain_m2 * hot_factor(coefficient_per_k, cell_k) * array_health


@formula(
    "shade_depth",
    symbol="D",
    unit="1",
    inputs={"load_w": "W", "shade_min": "min", "capacity_kwh": "kWh", "one_way_efficiency": "1"},
    text="D = L t / (eta C)",
    valid="one shade arc at constant load, from a battery that was full at sunset",
    source="definition of depth of discharge",
)
def shade_depth(load_w: float, shade_min: float, capacity_kwh: float, one_way_efficiency: float) -> float:
    """Share of a battery that a shade arc draws."""
    return load_w * shade_min / 60_000.0 / (one_way_efficiency * capacity_kwh)


@formula(
    "radiator_absorbed",
    symbol="q_abs",
    unit="W/m2",
    inputs={
        "emissivity": "1",
        "absorptivity": "1",
        "view_factor": "1",
        "flux_w_m2": "W/m2",
        "beta_deg": "deg",
        "eclipse_fraction": "1",
        "faces": "1",
        "sun_error_deg": "deg",
    },
    text="q = eps E_ir F + alpha S [ sin(error) (1 - f) / n + albedo F cos(beta) / pi ]",
    valid="mean over an orbit, per radiating face of a panel held edge-on to Sun and Earth",
    source="heat balance of a plate; Earth infrared and albedo of the engine",
)
def radiator_absorbed_w_m2(
    emissivity: float,
    absorptivity: float,
    view_factor: float,
    flux_w_m2: float,
    beta_deg: float,
    eclipse_fraction: float,
    faces: float,
    sun_error_deg: float = 2.0,
) -> float:
    """Heat that each face of a radiator takes up from Earth and Sun."""
    direct = math.sin(math.radians(sun_error_deg)) * (1.0 - eclipse_fraction) / faces
    reflected = EARTH_ALBEDO * view_factor * math.cos(math.radians(beta_deg)) / math.pi
    infrared = emissivity * EARTH_INFRARED_W_M2 * view_factor
    return infrared + absorptivity * flux_w_m2 * (direct + reflected)


@formula(
    "junction_temperature",
    symbol="T_j",
    unit="K",
    inputs={"radiator_k": "K", "drop_k": "K", "level": "1"},
    text="T_j = T_rad + dT x",
    valid="coolant and junction follow the radiator at once, in proportion to the level",
    source="thermal resistance",
)
def junction_temperature_k(radiator_k: float, drop_k: float, level: float) -> float:
    """Temperature of a chip above its radiator."""
    return radiator_k + drop_k * level


@formula(
    "drag_area",
    symbol="A_d",
    unit="m2",
    inputs={
        "body_m2": "m2",
        "array_fixed_m2": "m2",
        "array_per_cos_m2": "m2",
        "radiator_m2": "m2",
        "beta_deg": "deg",
    },
    text="A = A_body + A_0 + A_cos cos(beta) + A_rad w(sin beta)",
    valid="mean over an orbit; arrays turned to the Sun, radiators edge-on to Sun and Earth",
    source="mean of |n . v| over an orbit",
)
def drag_area_m2(
    body_m2: float, array_fixed_m2: float, array_per_cos_m2: float, radiator_m2: float, beta_deg: float
) -> float:
    """Mean area that meets the wind."""
    beta = math.radians(beta_deg)
    array_m2 = array_fixed_m2 + array_per_cos_m2 * math.cos(beta)
    return body_m2 + array_m2 + radiator_m2 * wind_share(math.sin(beta))


@formula(
    "ballistic_coefficient",
    symbol="BC",
    unit="kg/m2",
    inputs={"mass_kg": "kg", "drag_area_m2": "m2", "drag_coefficient": "1"},
    text="BC = m / (C_d A)",
    valid="free molecular flow",
    source="definition",
)
def ballistic_coefficient_kg_m2(
    mass_kg: float, drag_area_m2: float, drag_coefficient: float = DRAG_COEFFICIENT
) -> float:
    """Mass over what the wind takes hold of."""
    return mass_kg / (drag_coefficient * drag_area_m2)


@formula(
    "rocket_delta_v",
    symbol="dv",
    unit="m/s",
    inputs={"exhaust_m_s": "m/s", "wet_kg": "kg", "propellant_kg": "kg"},
    text="dv = v_e ln( m / (m - m_p) )",
    valid="all propellant used, no losses",
    source="rocket equation",
)
def rocket_delta_v_m_s(exhaust_m_s: float, wet_kg: float, propellant_kg: float) -> float:
    """Speed change that propellant is worth."""
    return exhaust_m_s * math.log(wet_kg / (wet_kg - propellant_kg))


@formula(
    "specific_power",
    symbol="p",
    unit="W/kg",
    inputs={"power_w": "W", "mass_kg": "kg"},
    text="p = P / m",
    valid="array in full sunlight at one astronomical unit over the wet mass of the satellite",
    source="definition",
    limits={"mass_kg": POSITIVE},
)
def specific_power_w_kg(power_w: float, mass_kg: float) -> float:
    """Power of the array for each kilogram of satellite."""
    return power_w / mass_kg


@formula(
    "specific_mass",
    symbol="m'",
    unit="kg/kW",
    inputs={"mass_kg": "kg", "power_kw": "kW"},
    text="m' = m / P",
    valid="wet mass over the power of all accelerators",
    source="definition",
)
def specific_mass_kg_kw(mass_kg: float, power_kw: float) -> float:
    """Satellite to be launched for each kilowatt of chips."""
    return mass_kg / power_kw
