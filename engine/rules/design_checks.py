"""What is wrong with a design: every fault with its number and its mend, the worst first."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from engine.errors import OrderError
from engine.formulas.battery import eclipse_battery_kwh
from engine.formulas.disposal import DISPOSAL_YEARS
from engine.formulas.eclipse import eclipse_fraction
from engine.formulas.orbit import orbit_period_s, sun_synchronous_inclination_deg
from engine.formulas.radiation import radiation_dose_rad_per_year
from engine.formulas.thermal import radiator_area_m2
from engine.model.budget import DesignBudget
from engine.model.catalogue import Catalogue
from engine.model.design import Design
from engine.outcomes import Fault
from engine.rules.design_budget import DEFAULT_ALTITUDE_KM, budget
from engine.rules.design_parts import Parts, resolve
from engine.rules.design_physics import bus_load_w, climate_at, terminator_beta_deg
from engine.rules.words import figures, percent, tonnes

LEAST_LEVEL = 0.1
"""A design that cannot run a tenth of its compute is refused."""

SHIELDS_MM = (2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 15.0, 20.0, 30.0)
"""Thicknesses that are suggested, thinnest first."""

ANSWERS = "text-inference"
"""The workload whose results every design should be able to send down."""


@dataclass(frozen=True, slots=True)
class Shade:
    """The eclipses a design is judged by: any orbit's longest, and the terminator orbit's longest."""

    worst_min: float
    terminator_min: float
    period_min: float


@dataclass(frozen=True, slots=True)
class Case:
    """A design with all that its faults are read from."""

    design: Design
    parts: Parts
    catalogue: Catalogue
    budget: DesignBudget
    shade: Shade


def design_faults(
    design: Design, catalogue: Catalogue, altitude_km: float = DEFAULT_ALTITUDE_KM
) -> tuple[Fault, ...]:
    """Everything wrong with a design, `stop` before `risk`; empty if nothing is.

    Args:
        design: what is carried.
        catalogue: what its references mean.
        altitude_km: where heat, shade and drag are judged.
    """
    try:
        parts = resolve(design, catalogue)
    except OrderError as error:
        return (
            Fault("stop", error.where.removeprefix("design."), f"{error.what}.".capitalize(), error.mend),
        )
    case = Case(design, parts, catalogue, budget(design, catalogue, altitude_km), _shade(altitude_km))
    checks = (
        _reach,
        _bus,
        _array,
        _recharge,
        _wear,
        _radiator,
        _battery,
        _links,
        _propellant,
        _dose,
        _disposal,
    )
    found = [fault for check in checks for fault in check(case)]
    return tuple(sorted(found, key=lambda fault: fault.severity != "stop"))


def _shade(altitude_km: float) -> Shade:
    period_min = orbit_period_s(altitude_km) / 60.0
    worst = eclipse_fraction(altitude_km, 0.0)
    terminator = eclipse_fraction(altitude_km, terminator_beta_deg(altitude_km))
    return Shade(worst * period_min, terminator * period_min, period_min)


# --- can it be launched, can it be built ----------------------------------------------------------


def _reach(case: Case) -> Iterator[Fault]:
    vehicles = case.catalogue.vehicles.values()
    strongest = max(v.payload_ref_kg.nominal / (1.0 + v.adapter_fraction.nominal) for v in vehicles)
    roomiest = max(v.fairing_volume_m3.nominal for v in vehicles)
    mass, volume = case.budget.wet_mass_kg, case.budget.stowed_volume_m3
    if mass > strongest:
        yield Fault(
            "stop",
            "mass",
            f"It weighs {tonnes(mass)}; the strongest vehicle lifts one satellite of {tonnes(strongest)}.",
            f"Take {percent(1.0 - strongest / mass)} off every part, and fly more of them.",
        )
    if volume > roomiest:
        yield Fault(
            "stop",
            "volume",
            f"Folded it takes {figures(volume)} m³; the largest fairing holds {figures(roomiest)} m³.",
            "Carry less array and radiator, or thinner ones.",
        )


def _bus(case: Case) -> Iterator[Fault]:
    limit, load = case.parts.bus.max_power_w.nominal, case.budget.load_w
    if load > limit:
        yield Fault(
            "stop",
            "bus",
            f"The load is {_kw(load)}; the {case.parts.bus.name} carries {_kw(limit)}.",
            f"Carry {percent(1.0 - limit / load)} less compute, or take a larger bus.",
        )


# --- power ---------------------------------------------------------------------------------------


def _array(case: Case) -> Iterator[Fault]:
    design, made, load = case.design, case.budget.array_power_w, case.budget.load_w
    if made >= load:
        return
    area = design.array_area_m2 * load / made
    yield Fault(
        _severity(case.budget.power_level),
        "array_area_m2",
        f"New and in full sunlight the array gives {_kw(made)}; the load is {_kw(load)}, so compute runs at "
        f"{percent(case.budget.power_level)}.",
        f"Enlarge it from {figures(design.array_area_m2)} to {figures(area)} m², or carry less compute.",
    )


def _recharge(case: Case) -> Iterator[Fault]:
    if case.design.load_policy != "steady":
        return
    shade = case.shade
    lit_min = shade.period_min - shade.terminator_min
    per_lit_w = case.budget.load_w * shade.terminator_min / lit_min
    needed = case.budget.load_w + per_lit_w / case.parts.battery.round_trip_efficiency.nominal
    if case.budget.load_w <= case.budget.array_power_w < needed:
        area = case.design.array_area_m2 * needed / case.budget.array_power_w
        yield Fault(
            "risk",
            "array_area_m2",
            f"Steady work through {figures(shade.terminator_min)} min of shade takes {_kw(needed)} in "
            f"sunlight to recharge; the array gives {_kw(case.budget.array_power_w)}.",
            f"Enlarge the array to {figures(area)} m², or follow the Sun.",
        )


def _wear(case: Case) -> Iterator[Fault]:
    made, load = case.budget.array_power_end_w, case.budget.load_w
    if made < load <= case.budget.array_power_w:
        years = f"{case.design.life_years:g}"
        area = case.design.array_area_m2 * load / made
        yield Fault(
            "risk",
            "array_area_m2",
            f"After {years} years the worn array gives {_kw(made)} of a load of {_kw(load)}.",
            f"Start with {figures(area)} m² to keep full power to the end, or accept it.",
        )


# --- heat ----------------------------------------------------------------------------------------


def _radiator(case: Case) -> Iterator[Fault]:
    design, sums = case.design, case.budget
    if design.radiator_faces > case.parts.radiator.max_faces:
        yield Fault(
            "stop",
            "radiator_faces",
            f"The {case.parts.radiator.name.lower()} has one free face, not two.",
            "Set radiator_faces to 1.",
        )
    if sums.thermal_level < 1.0:
        yield Fault(
            _severity(sums.thermal_level),
            "radiator_area_m2",
            f"At full power {_hottest(sums)}; the radiator holds {percent(sums.thermal_level)} of "
            "full compute.",
            _radiator_mend(case),
        )
    elif sums.thermal_level_end < 1.0:
        yield Fault(
            "risk",
            "radiator_area_m2",
            f"After {design.life_years:g} years its coating has aged, and it holds "
            f"{percent(sums.thermal_level_end)} of full compute.",
            "Give it a few per cent more area, or accept it.",
        )
    yield from _loops(case)


def _hottest(sums: DesignBudget) -> str:
    """Which of chips and memory throttles first, and by how much."""
    if sums.memory_limit_k - sums.memory_k < sums.trip_k - sums.junction_k:
        return (
            f"the chips' memory reaches {figures(sums.memory_k)} K and throttles from "
            f"{figures(sums.memory_limit_k)} K"
        )
    return f"the chips reach {figures(sums.junction_k)} K and throttle from {figures(sums.trip_k)} K"


def _loops(case: Case) -> Iterator[Fault]:
    design, holes = case.design, case.budget.punctures_per_life
    if holes > design.spare_loops + 0.5:
        yield Fault(
            "risk",
            "spare_loops",
            f"In {design.life_years:g} years particles open about {figures(holes)} coolant loops; it carries "
            f"{design.spare_loops} to spare.",
            f"Carry {math.ceil(holes - 0.5)} spare loops, or accept the loss of area.",
        )


def _radiator_mend(case: Case) -> str:
    sums, radiator = case.budget, case.parts.radiator
    aim_k = sums.radiator_k + sums.thermal_margin_k
    absorbed = climate_at(case.parts, sums.altitude_km).absorbed_w_m2
    faces, emissivity = float(case.design.radiator_faces), radiator.emissivity.nominal
    panel = radiator_area_m2(sums.heat_w, aim_k, faces, emissivity, 0.0, absorbed)
    if math.isinf(panel):
        return "Carry less compute, or chips that stand more heat."
    area = panel / radiator.fin_efficiency.nominal
    return f"Enlarge it from {figures(sums.radiator_area_m2)} to {figures(area)} m², or carry less compute."


# --- battery -------------------------------------------------------------------------------------


def _battery(case: Case) -> Iterator[Fault]:
    case_depth = case.design.depth_of_discharge
    one_way = case.parts.battery.round_trip_efficiency.nominal**0.5
    idle_w = bus_load_w(case.design, case.parts, 0.0)
    idle_kwh = eclipse_battery_kwh(idle_w, case.shade.worst_min, case_depth, one_way)
    if case.design.battery_kwh < idle_kwh:
        yield Fault(
            "stop",
            "battery_kwh",
            f"Bus and links need {figures(idle_kwh)} kWh at {percent(case_depth)} depth to outlast "
            f"{figures(case.shade.worst_min)} min of shade; it has {figures(case.design.battery_kwh)} kWh.",
            f"Carry {figures(idle_kwh)} kWh or more.",
        )
    elif case.design.load_policy == "steady":
        yield from _steady_battery(case, one_way)
    yield from _charge_rate(case)


def _steady_battery(case: Case, one_way: float) -> Iterator[Fault]:
    depth, minutes = case.design.depth_of_discharge, case.shade.terminator_min
    needed = eclipse_battery_kwh(case.budget.load_w, minutes, depth, one_way)
    if case.design.battery_kwh < needed:
        yield Fault(
            "risk",
            "battery_kwh",
            f"Steady work through {figures(minutes)} min of shade takes {figures(needed)} kWh at "
            f"{percent(depth)} depth; it carries {figures(case.design.battery_kwh)} kWh.",
            f"Carry {figures(needed)} kWh, allow deeper discharge, or follow the Sun.",
        )


def _charge_rate(case: Case) -> Iterator[Fault]:
    if case.design.load_policy == "follow-the-sun":
        return
    limit_w = 1000.0 * case.design.battery_kwh * case.parts.battery.max_c_rate_per_h.nominal
    if limit_w < case.budget.load_w:
        rate = case.budget.load_w / 1000.0 / case.parts.battery.max_c_rate_per_h.nominal
        yield Fault(
            "risk",
            "battery_kwh",
            f"The battery gives {_kw(limit_w)} at most; the load is {_kw(case.budget.load_w)}.",
            f"Carry {figures(rate)} kWh, or cells that discharge faster.",
        )


# --- links and propellant ------------------------------------------------------------------------


def _links(case: Case) -> Iterator[Fault]:
    rate = case.budget.downlink_gbps
    if rate <= 0.0:
        yield Fault(
            "stop", "links", "Nothing can be sent to the ground.", "Add a radio or an optical downlink."
        )
        return
    workload = case.catalogue.workloads.get(ANSWERS)
    if workload is None:
        return
    needed = case.budget.peak_pflops * 1e15 * workload.bits_per_flop.nominal / 1e9
    if rate < needed:
        yield Fault(
            "risk",
            "links",
            f"{workload.name} at full compute sends {figures(needed)} Gbit/s; the links carry "
            f"{figures(rate)} Gbit/s on the mean of a day.",
            "Add a downlink.",
        )


def _propellant(case: Case) -> Iterator[Fault]:
    sums = case.budget
    if sums.delta_v_m_s < sums.keeping_m_s:
        yield Fault(
            "risk",
            "propellant_kg",
            f"The propellant is worth {figures(sums.delta_v_m_s)} m/s; holding "
            f"{figures(sums.altitude_km)} km for {case.design.life_years:g} years takes about "
            f"{figures(sums.keeping_m_s)} m/s.",
            "Carry more propellant, or fly higher.",
        )


# --- radiation and the way down ------------------------------------------------------------------


def _dose(case: Case) -> Iterator[Fault]:
    sums, design = case.budget, case.design
    if sums.dose_krad <= sums.dose_limit_krad:
        return
    years = design.life_years * sums.dose_limit_krad / sums.dose_krad
    yield Fault(
        "risk",
        "shield_mm",
        f"In {design.life_years:g} years at {figures(sums.altitude_km)} km the chips take "
        f"{figures(sums.dose_krad)} krad; they wear out near {figures(sums.dose_limit_krad)} krad, after "
        f"{figures(years)} years.",
        _dose_mend(case),
    )


def _dose_mend(case: Case) -> str:
    aim = 1000.0 * case.budget.dose_limit_krad / case.design.life_years
    tilt_deg = sun_synchronous_inclination_deg(case.budget.altitude_km)
    for shield_mm in SHIELDS_MM:
        if radiation_dose_rad_per_year(case.budget.altitude_km, tilt_deg, shield_mm) <= aim:
            return f"Carry {shield_mm:g} mm of shield, or fly lower."
    return "Fly lower: no shield worth carrying helps there."


def _disposal(case: Case) -> Iterator[Fault]:
    """Five years after its mission a satellite has to be down, under its own thrust or by itself."""
    sums = case.budget
    spare_m_s = sums.delta_v_m_s - sums.keeping_m_s
    if sums.dead_years <= DISPOSAL_YEARS or spare_m_s >= sums.disposal_m_s:
        return
    yield Fault(
        "risk",
        "propellant_kg",
        f"At the end of life the way down from {figures(sums.altitude_km)} km takes "
        f"{figures(sums.disposal_m_s)} m/s and {figures(max(spare_m_s, 0.0))} m/s are left; by itself it "
        f"takes {figures(sums.dead_years)} years, and the rule allows {DISPOSAL_YEARS:g}.",
        "Carry more propellant, or fly lower.",
    )


def _severity(level: float) -> Literal["stop", "risk"]:
    return "stop" if level < LEAST_LEVEL else "risk"


def _kw(watts: float) -> str:
    return f"{figures(watts / 1000.0)} kW" if watts >= 1000.0 else f"{figures(watts)} W"
