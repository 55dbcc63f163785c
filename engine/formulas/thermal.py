"""Heat: what a plate sees of the Earth, what a radiator rejects, and one step of its temperature."""

from __future__ import annotations

import math

from engine.formulas.registry import formula
from engine.units import EARTH_ALBEDO, EARTH_RADIUS_KM, STEFAN_BOLTZMANN_W_M2_K4

COATING_AGED_YEARS = 5.0
"""Age at which a coating has reached its end-of-life value."""


def plate_view_factor(altitude_km: float, tilt_rad: float) -> float:
    """View factor of one plate face to the Earth; tilt 0 faces nadir."""
    h = (EARTH_RADIUS_KM + altitude_km) / EARTH_RADIUS_KM
    radius = math.asin(1.0 / h)
    cos_tilt = math.cos(tilt_rad)
    if tilt_rad <= 0.5 * math.pi - radius:
        return cos_tilt / (h * h)
    if tilt_rad >= 0.5 * math.pi + radius:
        return 0.0
    sin_tilt = math.sin(tilt_rad)
    root = math.sqrt(h * h - 1.0)
    edge = math.asin(root / (h * sin_tilt))
    cone = cos_tilt * math.acos(-root * cos_tilt / sin_tilt)
    rim = root * math.sqrt(1.0 - h * h * cos_tilt * cos_tilt)
    return 0.5 - edge / math.pi + (cone - rim) / (math.pi * h * h)


@formula(
    "earth_view_factor",
    symbol="F",
    unit="1",
    inputs={"altitude_km": "km", "tilt_deg": "deg"},
    text="whole disc: cos(tilt)/H^2; cut by the plate: 1/2 - asin(sqrt(H^2-1)/(H sin t))/pi "
    "+ [cos t acos(-sqrt(H^2-1) cot t) - sqrt(H^2-1) sqrt(1-H^2 cos^2 t)]/(pi H^2), H = (R+h)/R",
    valid="one small face of a plate, spherical Earth; 0 faces nadir, 90 is edge-on",
    source="view factor of a tilted plate to a sphere (Howell, catalogue of configuration factors)",
)
def earth_view_factor(altitude_km: float, tilt_deg: float) -> float:
    """Share of what a plate face sees that is the Earth."""
    return plate_view_factor(altitude_km, math.radians(tilt_deg))


def mean_view_factor(altitude_km: float, tilt_rad: float, faces: float) -> float:
    """View factor to the Earth averaged over the faces that radiate: one, or both of a plate."""
    front = plate_view_factor(altitude_km, tilt_rad)
    if faces < 1.5:
        return front
    return 0.5 * (front + plate_view_factor(altitude_km, math.pi - tilt_rad))


@formula(
    "radiator_temperature",
    symbol="T",
    unit="K",
    inputs={
        "heat_w": "W",
        "panel_area_m2": "m2",
        "faces": "1",
        "emissivity": "1",
        "sink_k": "K",
        "absorbed_w_m2": "W/m2",
    },
    text="T = ( (Q/(n A) + q_abs) / (eps sigma) + T_sink^4 )^(1/4)",
    valid="steady; each of n faces radiates the panel area of one side; q_abs is already absorbed",
    source="Stefan-Boltzmann law",
)
def radiator_temperature_k(
    heat_w: float,
    panel_area_m2: float,
    faces: float,
    emissivity: float,
    sink_k: float = 0.0,
    absorbed_w_m2: float = 0.0,
) -> float:
    """Temperature at which a radiator rejects a heat."""
    per_face = heat_w / (panel_area_m2 * faces) + absorbed_w_m2
    fourth = per_face / (emissivity * STEFAN_BOLTZMANN_W_M2_K4) + sink_k * sink_k * sink_k * sink_k
    return math.sqrt(math.sqrt(fourth))


@formula(
    "radiator_area",
    symbol="A",
    unit="m2",
    inputs={
        "heat_w": "W",
        "temperature_k": "K",
        "faces": "1",
        "emissivity": "1",
        "sink_k": "K",
        "absorbed_w_m2": "W/m2",
    },
    text="A = Q / ( n [eps sigma (T^4 - T_sink^4) - q_abs] ), of one side",
    valid="steady; warm enough to radiate more than it absorbs; q_abs is already absorbed, "
    "per radiating face",
    source="Stefan-Boltzmann law",
)
def radiator_area_m2(
    heat_w: float,
    temperature_k: float,
    faces: float,
    emissivity: float,
    sink_k: float = 0.0,
    absorbed_w_m2: float = 0.0,
) -> float:
    """Panel area of one side that rejects a heat at a temperature; infinite where it would absorb more."""
    gross = emissivity * STEFAN_BOLTZMANN_W_M2_K4 * (temperature_k**4 - sink_k**4)
    if gross <= absorbed_w_m2:
        return math.inf
    return heat_w / (faces * (gross - absorbed_w_m2))


@formula(
    "reflected_sunlight",
    symbol="q_a",
    unit="W/m2",
    inputs={"flux_w_m2": "W/m2", "view_factor": "1", "cos_zenith": "1"},
    text="q = 0.30 S F max(0, cos(zenith))",
    valid="the Earth below as a diffuse mirror, as bright as where the satellite stands overhead; "
    "albedo 0.30 is the mean of the globe",
    source="usual first-order albedo load of spacecraft thermal design",
)
def reflected_w_m2(flux_w_m2: float, view_factor: float, cos_zenith: float) -> float:
    """Sunlight that reaches a plate by way of the Earth, before any of it is absorbed."""
    return EARTH_ALBEDO * flux_w_m2 * view_factor * max(cos_zenith, 0.0)


@formula(
    "coating_value",
    symbol="alpha",
    unit="1",
    inputs={"new": "1", "aged": "1", "age_years": "year"},
    text="alpha = alpha_new + (alpha_aged - alpha_new) min(1, t / 5 years)",
    valid="absorptivity or emissivity; real coatings change fastest at first, so the middle years are a "
    "little kinder here than in flight",
    source="white paint goes from 0.20 to 0.40 in five years, mirrors from 0.08 to 0.12; linear between",
)
def coating_value(new: float, aged: float, age_years: float) -> float:
    """What a coating's property has become with age."""
    return new + (aged - new) * min(age_years / COATING_AGED_YEARS, 1.0)


@formula(
    "fin_efficiency",
    symbol="eta_fin",
    unit="1",
    inputs={
        "half_width_m": "m",
        "thickness_m": "m",
        "conductivity_w_m_k": "W/m/K",
        "emissivity": "1",
        "temperature_k": "K",
        "faces": "1",
    },
    text="eta = tanh(mL)/(mL), m^2 = 4 n eps sigma T^3 / (k t)",
    valid="a thin sheet between two tubes 2 L apart, radiation made linear about the tube's temperature",
    source="straight fin of constant section, as in any text on heat transfer",
)
def fin_efficiency(
    half_width_m: float,
    thickness_m: float,
    conductivity_w_m_k: float,
    emissivity: float,
    temperature_k: float,
    faces: float = 2.0,
) -> float:
    """What a sheet between tubes radiates over what it would if all of it were as warm as the tubes."""
    film_w_m2_k = 4.0 * faces * emissivity * STEFAN_BOLTZMANN_W_M2_K4 * temperature_k**3
    decay = half_width_m * math.sqrt(film_w_m2_k / (conductivity_w_m_k * thickness_m))
    return math.tanh(decay) / decay if decay > 1e-9 else 1.0


def relaxation(y: float) -> float:
    """(1 - exp(-y)) / y to 2e-3 of itself: exact at 0, and 1/y for large y, so no step can overshoot."""
    head = 1.0 + y * (0.5 + y * (0.16666666666666666 + y * 0.041666666666666664))
    return head / (1.0 + y * head)


def bent_k(pull: float, rise_k: float, kelvin: float) -> float:
    """What a radiator sheds through a step beyond the linear balance at its beginning, in kelvin.

    The rest of the fourth power is taken along an even rise, which is right to the third order of the step.

    Args:
        pull: width of the step times emission over heat capacity, times the temperature.
        rise_k: through the step, as the linear balance has it.
        kelvin: as the step begins.
    """
    return min(pull * rise_k * rise_k * (2.0 * kelvin + rise_k), 0.5 * abs(rise_k))


def memory(y: float) -> float:
    """exp(-y) as `relaxation` has it: what is left of a difference of temperature after a step."""
    return 1.0 - y * relaxation(y)
