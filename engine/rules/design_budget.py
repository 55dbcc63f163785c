"""The budgets of a design from the parts it refers to: mass, volume, cost, and the physics beside them."""

from __future__ import annotations

import math
from collections.abc import Mapping

from engine.formulas.disposal import disposal_delta_v_m_s
from engine.formulas.orbit import sun_synchronous_inclination_deg
from engine.model.budget import DesignBudget, Line
from engine.model.catalogue import Catalogue
from engine.model.design import Design
from engine.rules import design_physics as physics
from engine.rules import surroundings
from engine.rules.design_parts import Parts, resolve
from engine.rules.design_physics import compute_volume_m3
from engine.units import ALUMINIUM_KG_M3

DEFAULT_ALTITUDE_KM = 650.0


def budget(design: Design, catalogue: Catalogue, altitude_km: float = DEFAULT_ALTITUDE_KM) -> DesignBudget:
    """Every budget of a design.

    Args:
        design: what is carried.
        catalogue: what its references mean.
        altitude_km: where temperatures and drag are estimated.

    Returns:
        Budgets of one satellite; lines add up to their totals.

    Raises:
        OrderError: the design refers to something the catalogue does not have.
    """
    parts = resolve(design, catalogue)
    masses = mass_lines(design, parts)
    costs = cost_lines(design, parts, {line.part: line.value for line in masses})
    wet = sum(line.value for line in masses)
    climate = physics.climate_at(parts, altitude_km)
    loads, load = physics.load_lines(design, parts)
    cell_k, array_w = physics.sunlit_array(design, parts, climate)
    radiator_k = physics.radiator_k_at(design, parts, climate, load)
    drag = physics.drag_areas(design, parts)
    terminator, noon = physics.areas_in_wind(drag, altitude_km)
    ends = _surroundings(design, catalogue, altitude_km)
    dry = wet - design.propellant_kg
    return DesignBudget(
        design=design.id,
        altitude_km=altitude_km,
        mass_lines_kg=masses,
        wet_mass_kg=wet,
        propellant_kg=design.propellant_kg,
        delta_v_m_s=physics.delta_v_m_s(parts, wet, design.propellant_kg),
        load_lines_w=loads,
        load_w=load,
        essential_load_w=physics.bus_load_w(design, parts, 0.0),
        it_power_w=physics.it_power_w(design, parts),
        thruster_power_w=design.thruster_count * parts.thruster.power_w.nominal,
        array_power_w=array_w,
        array_power_end_w=array_w * (1.0 - parts.array.degradation_per_year.nominal) ** design.life_years,
        cell_k=cell_k,
        power_level=physics.level_carried(design, parts, array_w),
        battery_kwh=design.battery_kwh,
        depth_of_discharge=design.depth_of_discharge,
        radiator_k=radiator_k,
        junction_k=radiator_k + physics.drop_k(parts),
        trip_k=parts.accelerator.trip_k.nominal,
        memory_k=radiator_k + physics.memory_drop_k(parts),
        memory_limit_k=parts.accelerator.memory_limit_k.nominal,
        thermal_level=physics.level_cooled(design, parts, climate),
        thermal_level_end=physics.level_cooled_aged(design, parts, altitude_km),
        punctures_per_life=physics.punctures_per_life(design, parts, altitude_km),
        heat_capacity_j_k=physics.heat_capacity_j_k(design, parts),
        peak_pflops=design.accelerator_count * parts.accelerator.peak_bf16_tflops.nominal / 1000.0,
        downlink_gbps=physics.downlink_gbps(parts),
        cost_lines_usd=costs,
        build_usd=sum(line.value for line in costs),
        nre_usd=parts.bus.nre_usd.nominal,
        stowed_volume_m3=stowed_volume_m3(design, parts),
        array_area_m2=design.array_area_m2,
        radiator_area_m2=design.radiator_area_m2,
        body_drag_m2=drag[0],
        array_drag_fixed_m2=drag[1],
        array_drag_per_cos_m2=drag[2],
        radiator_drag_m2=drag[3],
        drag_terminator_m2=terminator,
        drag_noon_m2=noon,
        dose_krad=ends.dose_rad_per_year / 1000.0 * design.life_years,
        dose_limit_krad=ends.limit_rad / 1000.0,
        upsets_per_day=(ends.silent_per_day + ends.memory_per_day + ends.stops_per_day)
        * (design.accelerator_count * parts.accelerator.chips),
        keeping_m_s=physics.keeping_m_s_per_year(wet, terminator, altitude_km, catalogue) * design.life_years,
        disposal_m_s=disposal_delta_v_m_s(altitude_km),
        dead_years=surroundings.dead_years(dry, drag[0], design.array_area_m2 + drag[3], altitude_km),
    )


def _surroundings(design: Design, catalogue: Catalogue, altitude_km: float) -> surroundings.Exposure:
    """What particles do to the chips on the terminator orbit."""
    tilt_deg = sun_synchronous_inclination_deg(altitude_km)
    return surroundings.exposure(design, catalogue, altitude_km, tilt_deg)


# --- mass and volume -----------------------------------------------------------------------------


def mass_lines(design: Design, parts: Parts) -> tuple[Line, ...]:
    """Masses in kg, propellant included; the structure carries everything but the bus itself."""
    carried = (
        Line("array", "Solar array", design.array_area_m2 * parts.array.areal_mass_kg_m2.nominal),
        Line("battery", "Battery", 1000.0 * design.battery_kwh / parts.battery.specific_energy_wh_kg.nominal),
        Line("accelerator", "Compute", design.accelerator_count * parts.accelerator.mass_kg.nominal),
        Line("radiator", "Radiator", _radiator_kg(design, parts)),
        Line("shield", "Radiation shield", _shield_kg(design, parts)),
        Line("links", "Links", sum(count * link.mass_kg.nominal for link, count in parts.links)),
        Line("thruster", "Thrusters", design.thruster_count * parts.thruster.mass_kg.nominal),
        Line("propellant", "Propellant", design.propellant_kg),
    )
    structure = parts.bus.structure_fraction.nominal * sum(line.value for line in carried)
    return (
        Line("bus", "Bus", parts.bus.base_mass_kg.nominal),
        Line("structure", "Structure", structure),
        *carried,
    )


def _radiator_kg(design: Design, parts: Parts) -> float:
    """Panels and loops; the catalogue's mass holds one spare."""
    panels_kg = design.radiator_area_m2 * parts.radiator.areal_mass_kg_m2.nominal
    return panels_kg * _spares_factor(design, parts)


def _spares_factor(design: Design, parts: Parts) -> float:
    """What more or fewer spare loops than one make of a radiator's mass and price."""
    more = (design.spare_loops - 1) / design.radiator_loops
    return 1.0 + parts.radiator.loop_mass_share.nominal * more


def _radiator_usd(design: Design, parts: Parts) -> float:
    """Price of panels and loops."""
    panels_usd = design.radiator_area_m2 * parts.radiator.price_usd_per_m2.nominal
    return panels_usd * _spares_factor(design, parts)


def _shield_kg(design: Design, parts: Parts) -> float:
    """Aluminium over a cube around the electronics."""
    area_m2 = 6.0 * math.pow(compute_volume_m3(design, parts), 2.0 / 3.0)
    return area_m2 * design.shield_mm / 1000.0 * ALUMINIUM_KG_M3


def stowed_volume_m3(design: Design, parts: Parts) -> float:
    """Volume in the fairing: bus, folded array and radiator, battery, compute."""
    battery_l = 1000.0 * design.battery_kwh / parts.battery.energy_density_wh_l.nominal
    return (
        parts.bus.volume_m3.nominal
        + design.array_area_m2 * parts.array.stowed_thickness_m.nominal
        + design.radiator_area_m2 * parts.radiator.stowed_thickness_m.nominal
        + battery_l / 1000.0
        + compute_volume_m3(design, parts)
    )


# --- cost ----------------------------------------------------------------------------------------


def cost_lines(design: Design, parts: Parts, mass_kg: Mapping[str, float]) -> tuple[Line, ...]:
    """Costs in USD of one satellite; bus, structure and shield at the bus's price, all else at its own."""
    framed_kg = mass_kg["bus"] + mass_kg["structure"] + mass_kg["shield"]
    return (
        Line("bus", "Bus and integration", framed_kg * parts.bus.price_usd_per_kg.nominal),
        Line("array", "Solar array", design.array_area_m2 * parts.array.price_usd_per_m2.nominal),
        Line("battery", "Battery", design.battery_kwh * parts.battery.price_usd_per_kwh.nominal),
        Line("accelerator", "Compute", design.accelerator_count * parts.accelerator.price_usd.nominal),
        Line("radiator", "Radiator", _radiator_usd(design, parts)),
        Line("links", "Links", sum(count * link.price_usd.nominal for link, count in parts.links)),
        Line("thruster", "Thrusters", design.thruster_count * parts.thruster.price_usd.nominal),
        Line(
            "propellant",
            "Propellant",
            design.propellant_kg * parts.thruster.propellant_price_usd_per_kg.nominal,
        ),
    )
