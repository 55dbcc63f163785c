"""What a design draws, makes, rejects and shows the wind."""

from __future__ import annotations

import math
from dataclasses import dataclass

from engine.formulas.chips import throttle_temperature_k
from engine.formulas.drag import drag_delta_v_m_s_year, wind_share
from engine.formulas.flight import rocket_delta_v_m_s
from engine.formulas.orbit import sun_synchronous_inclination_deg
from engine.formulas.power import array_load_w, array_power_w, cell_temperature_k, hot_factor
from engine.formulas.puncture import puncture_rate_per_year
from engine.formulas.thermal import coating_value, earth_view_factor, radiator_temperature_k, reflected_w_m2
from engine.model.budget import DesignBudget, Line
from engine.model.catalogue import Catalogue, Radiator
from engine.model.design import Design
from engine.rules import surroundings
from engine.rules.design_parts import Parts
from engine.units import (
    DRAG_COEFFICIENT,
    EARTH_INFRARED_W_M2,
    SOLAR_CONSTANT_W_M2,
    STANDARD_GRAVITY_M_S2,
)

EARTH_TILT_DEG = 23.44

COMPUTE_HEAT_J_KG_K = 700.0
"""Heat a kilogram of boards and cold plates takes up: between copper's 385 and aluminium's 900."""


@dataclass(frozen=True, slots=True)
class Climate:
    """The plates' view of the Earth, the heat a radiator face takes up, and what its coating has become."""

    view_factor: float
    absorbed_w_m2: float
    emissivity: float


def terminator_beta_deg(altitude_km: float) -> float:
    """The smallest beta angle of the year on the sun-synchronous terminator orbit: when shade is longest."""
    return 180.0 - EARTH_TILT_DEG - sun_synchronous_inclination_deg(altitude_km)


def compute_volume_m3(design: Design, parts: Parts) -> float:
    """Volume of all accelerators."""
    return design.accelerator_count * parts.accelerator.volume_m3.nominal


# --- power ---------------------------------------------------------------------------------------


def it_power_w(design: Design, parts: Parts) -> float:
    """Power of all accelerators at full speed."""
    return design.accelerator_count * parts.accelerator.power_w.nominal


def fixed_load_w(parts: Parts) -> float:
    """Bus and links, behind the converters."""
    links = sum(count * link.power_w.nominal for link, count in parts.links)
    return parts.bus.base_power_w.nominal + links


def bus_load_w(design: Design, parts: Parts, level: float) -> float:
    """What the array must deliver for a level of compute, pump and conversion loss included."""
    consumers = fixed_load_w(parts) + level * it_power_w(design, parts)
    return array_load_w(
        consumers, 0.0, parts.bus.pmad_efficiency.nominal, parts.radiator.pump_fraction.nominal
    )


def load_lines(design: Design, parts: Parts) -> tuple[tuple[Line, ...], float]:
    """Loads in W at full compute, and their sum at the array."""
    load = bus_load_w(design, parts, 1.0)
    links = sum(count * link.power_w.nominal for link, count in parts.links)
    lines = (
        Line("bus", "Bus", parts.bus.base_power_w.nominal),
        Line("accelerator", "Compute", it_power_w(design, parts)),
        Line("links", "Links", links),
        Line("radiator", "Coolant pump", parts.radiator.pump_fraction.nominal * load),
        Line("conversion", "Conversion loss", (1.0 - parts.bus.pmad_efficiency.nominal) * load),
    )
    return lines, load


def sunlit_array(design: Design, parts: Parts, climate: Climate) -> tuple[float, float]:
    """Cell temperature in K and power in W of the new array, facing the Sun."""
    array = parts.array
    cell_yield = array.efficiency.nominal * array.packing.nominal
    cell_k = cell_temperature_k(
        SOLAR_CONSTANT_W_M2,
        array.absorptivity.nominal,
        array.emissivity.nominal,
        cell_yield,
        array.temperature_coefficient_per_k.nominal,
        climate.view_factor,
    )
    cool_w = array_power_w(design.array_area_m2, array.efficiency.nominal, array.packing.nominal)
    return cell_k, cool_w * hot_factor(array.temperature_coefficient_per_k.nominal, cell_k)


def level_carried(design: Design, parts: Parts, array_w: float) -> float:
    """Share of full compute that an array's power carries."""
    idle, full = bus_load_w(design, parts, 0.0), bus_load_w(design, parts, 1.0)
    return max(0.0, min(1.0, (array_w - idle) / (full - idle)))


def downlink_gbps(parts: Parts) -> float:
    """Mean rate to the ground over all terminals."""
    return sum(
        count * link.rate_gbps.nominal * link.contact_fraction.nominal
        for link, count in parts.links
        if link.kind != "optical-crosslink"
    )


# --- heat ----------------------------------------------------------------------------------------


def climate_at(parts: Parts, altitude_km: float, age_years: float = 0.0) -> Climate:
    """Surroundings of plates edge-on to the Earth; reflected sunlight as the mean over a noon orbit."""
    view = earth_view_factor(altitude_km, 90.0)
    reflected = reflected_w_m2(SOLAR_CONSTANT_W_M2, view, 1.0) / math.pi
    radiator = parts.radiator
    emissivity = coating_value(radiator.emissivity.nominal, radiator.emissivity_aged.nominal, age_years)
    absorptivity = coating_value(radiator.absorptivity.nominal, radiator.absorptivity_aged.nominal, age_years)
    return Climate(view, emissivity * EARTH_INFRARED_W_M2 * view + absorptivity * reflected, emissivity)


def radiator_k_at(design: Design, parts: Parts, climate: Climate, heat_w: float) -> float:
    """Steady radiator temperature for a heat."""
    return radiator_temperature_k(
        heat_w,
        design.radiator_area_m2 * parts.radiator.fin_efficiency.nominal,
        float(design.radiator_faces),
        climate.emissivity,
        0.0,
        climate.absorbed_w_m2,
    )


def drop_k(parts: Parts) -> float:
    """Junction above radiator at full power."""
    return parts.radiator.coolant_drop_k.nominal + parts.accelerator.junction_drop_k.nominal


def memory_drop_k(parts: Parts) -> float:
    """Memory above radiator at full power."""
    return parts.radiator.coolant_drop_k.nominal + parts.accelerator.memory_drop_k.nominal


def level_cooled(design: Design, parts: Parts, climate: Climate) -> float:
    """Greatest level at which neither chips nor memory are slowed below it, by bisection."""
    chip = parts.accelerator

    def excess_k(level: float) -> float:
        radiator_k = radiator_k_at(design, parts, climate, bus_load_w(design, parts, level))
        junction = radiator_k + level * drop_k(parts)
        memory = radiator_k + level * memory_drop_k(parts)
        return max(
            junction - throttle_temperature_k(chip.trip_k.nominal, level),
            memory - throttle_temperature_k(chip.memory_limit_k.nominal, level),
        )

    if excess_k(1.0) <= 0.0:
        return 1.0
    low, high = 0.0, 1.0
    for _ in range(20):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if excess_k(middle) <= 0.0 else (low, middle)
    return low


def level_cooled_aged(design: Design, parts: Parts, altitude_km: float) -> float:
    """The same at the end of the design life, when the coating has aged; holes are not counted."""
    return level_cooled(design, parts, climate_at(parts, altitude_km, design.life_years))


def punctures_per_life(design: Design, parts: Parts, altitude_km: float) -> float:
    """Loops that particles are expected to open within the design life."""
    per_loop = loop_punctures_per_year(design, parts.radiator, altitude_km)
    return per_loop * (design.radiator_loops + design.spare_loops) * design.life_years


def loop_punctures_per_year(design: Design, radiator: Radiator, altitude_km: float) -> float:
    """Holes a year in one loop; both sides of a free panel are hit, whether they radiate or not."""
    return puncture_rate_per_year(
        design.radiator_area_m2,
        float(radiator.max_faces),
        radiator.exposed_share.nominal,
        radiator.puncture_mm.nominal,
        altitude_km,
        float(design.radiator_loops),
    )


def heat_capacity_j_k(design: Design, parts: Parts) -> float:
    """Heat that radiator, coolant and compute take up for each kelvin."""
    compute_kg = design.accelerator_count * parts.accelerator.mass_kg.nominal
    panels = design.radiator_area_m2 * parts.radiator.heat_capacity_j_m2_k.nominal
    return panels + compute_kg * COMPUTE_HEAT_J_KG_K


# --- drag and propulsion -------------------------------------------------------------------------


def drag_areas(design: Design, parts: Parts) -> tuple[float, float, float, float]:
    """Areas in m2 that meet the wind: body, array at any beta, array per cos(beta), radiator.

    An array that faces the Sun shows the wind |s . v|, on the mean of an orbit 2/pi cos(beta); one that turns
    about the orbit normal alone, 2/pi at any beta; one fixed along the orbit normal shows its edge. The
    radiator stands edge-on to Sun and Earth and is weighted by `formulas.drag.wind_share`.
    """
    body = (parts.bus.volume_m3.nominal + compute_volume_m3(design, parts)) ** (2.0 / 3.0)
    swept = design.array_area_m2 * 2.0 / math.pi
    fixed = swept if design.tracking == "one-axis" else 0.0
    per_cos = swept if design.tracking == "two-axis" else 0.0
    panel = 0.0 if parts.radiator.max_faces == 1 else design.radiator_area_m2
    return body, fixed, per_cos, panel


def drag_area_m2(areas: DesignBudget, beta_deg: float) -> float:
    """Mean area that meets the wind at a beta angle."""
    beta = math.radians(beta_deg)
    array = areas.array_drag_fixed_m2 + areas.array_drag_per_cos_m2 * math.cos(beta)
    return areas.body_drag_m2 + array + areas.radiator_drag_m2 * wind_share(math.sin(beta))


def areas_in_wind(drag: tuple[float, float, float, float], altitude_km: float) -> tuple[float, float]:
    """Mean areas in m2 in the wind: on the terminator orbit at its least beta, and at beta 0."""
    body, fixed, per_cos, panel = drag
    beta = math.radians(terminator_beta_deg(altitude_km))
    terminator = body + fixed + per_cos * math.cos(beta) + panel * wind_share(math.sin(beta))
    return terminator, body + fixed + per_cos + panel * wind_share(0.0)


def keeping_m_s_per_year(wet_kg: float, area_m2: float, altitude_km: float, catalogue: Catalogue) -> float:
    """Speed change that drag at moderate activity and steering clear take in a year."""
    ballistic = wet_kg / (DRAG_COEFFICIENT * area_m2)
    manoeuvres = surroundings.background_per_year(catalogue, altitude_km)
    aside_m_s = manoeuvres * catalogue.economy.avoidance_delta_v_m_s.nominal
    return drag_delta_v_m_s_year(altitude_km, ballistic, surroundings.MODERATE_SUN_SFU) + aside_m_s


def delta_v_m_s(parts: Parts, wet_kg: float, propellant_kg: float) -> float:
    """Speed change that the propellant is worth, from the rocket equation."""
    exhaust = parts.thruster.isp_s.nominal * STANDARD_GRAVITY_M_S2
    return rocket_delta_v_m_s(exhaust, wet_kg, propellant_kg)
