"""The figures of a design on the drawing board, each with the formula behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from engine.analysis.design_size_why import size_figures
from engine.analysis.why import Figure, Input, given, summed, worked
from engine.formulas.power import hot_factor
from engine.model.budget import DesignBudget, Line, OrbitNeeds
from engine.model.catalogue import Catalogue
from engine.model.design import Design
from engine.rules.design import budget, design_orbit
from engine.rules.design_budget import DEFAULT_ALTITUDE_KM
from engine.rules.design_parts import Parts, resolve
from engine.rules.design_physics import climate_at
from engine.units import SOLAR_CONSTANT_W_M2, STANDARD_GRAVITY_M_S2

__all__ = ["design_figures"]

_MODERATE_SFU = 140.0


@dataclass(frozen=True)
class _Drawn:
    design: Design
    catalogue: Catalogue
    altitude_km: float

    @cached_property
    def parts(self) -> Parts:
        return resolve(self.design, self.catalogue)

    @cached_property
    def sums(self) -> DesignBudget:
        return budget(self.design, self.catalogue, self.altitude_km)

    @cached_property
    def orbit(self) -> OrbitNeeds:
        return design_orbit(self.design, self.catalogue, self.altitude_km)


def design_figures(
    design: Design, catalogue: Catalogue, altitude_km: float = DEFAULT_ALTITUDE_KM
) -> tuple[Figure, ...]:
    """Every figure of a design that can be asked why; powers and masses are of one new satellite.

    Args:
        design: what is carried.
        catalogue: what its references mean.
        altitude_km: where temperatures and drag are estimated.

    Raises:
        OrderError: the design refers to something the catalogue does not have.
    """
    drawn = _Drawn(design, catalogue, altitude_km)
    subjects = {"Power": _power, "Heat": _heat, "Shadiest orbit": _orbit, "Air": _air, "Mass and cost": _sums}
    figures = [one.about(name) for name, rows in subjects.items() for one in rows(drawn)]
    return (*figures, *(one.about("Sizes") for one in size_figures(design, catalogue, drawn.sums)))


def _power(drawn: _Drawn) -> Iterator[Figure]:
    design, parts, sums = drawn.design, drawn.parts, drawn.sums
    array = parts.array
    view = given(climate_at(parts, drawn.altitude_km).view_factor, "edge-on, at its altitude", "view-factor")
    cell_yield = array.efficiency.nominal * array.packing.nominal
    per_k = array.temperature_coefficient_per_k.nominal
    gamma = given(per_k, f"array {design.array}")
    yield worked(
        "array-power",
        "Array power, new",
        "flying_array_power",
        sums.array_power_w,
        flux_w_m2=given(SOLAR_CONSTANT_W_M2, "at one astronomical unit"),
        pointing=given(1.0, "facing the Sun"),
        array_gain_m2=given(design.array_area_m2 * cell_yield, "area × efficiency × packing"),
        coefficient_per_k=gamma,
        cell_k=given(sums.cell_k, "in full sunlight", "cell-temperature"),
        array_health=given(1.0, "new"),
    )
    cold = hot_factor(per_k, sums.cell_k)
    yield worked(
        "array-cold",
        "Array power, cold",
        "array_power",
        note=f"At 28 °C; cells as warm as they are give {100 * cold:.3g} % of it.",
        area_m2=given(design.array_area_m2, "the design"),
        efficiency=given(array.efficiency.nominal, f"array {design.array}"),
        packing=given(array.packing.nominal, f"array {design.array}"),
        flux_w_m2=given(SOLAR_CONSTANT_W_M2, "at one astronomical unit"),
    )
    yield worked(
        "cell-temperature",
        "Cell temperature",
        "cell_temperature",
        sums.cell_k,
        light_w_m2=given(SOLAR_CONSTANT_W_M2, "facing the Sun"),
        absorptivity=given(array.absorptivity.nominal, f"array {design.array}"),
        emissivity=given(array.emissivity.nominal, f"array {design.array}"),
        cell_yield=given(cell_yield, "efficiency × packing"),
        coefficient_per_k=gamma,
        view_factor=view,
    )
    consumers = tuple(
        Input(line.label.lower(), line.value, "W", "the design", "")
        for line in sums.load_lines_w
        if line.part in ("bus", "accelerator", "links")
    )
    bus_w = sum(float(line.value) for line in consumers)
    yield worked(
        "load",
        "Full load",
        "array_load",
        sums.load_w,
        bus_side_w=given(bus_w, "all consumers at the bus", "bus-load"),
        output_w=given(0.0, "light and radio are left out"),
        pmad_efficiency=given(parts.bus.pmad_efficiency.nominal, f"bus {design.bus}"),
        pump_fraction=given(parts.radiator.pump_fraction.nominal, f"radiator {design.radiator}"),
    )
    yield summed("bus-load", "Bus consumers", "W", bus_w, consumers)


def _heat(drawn: _Drawn) -> Iterator[Figure]:
    design, parts, sums = drawn.design, drawn.parts, drawn.sums
    climate = climate_at(parts, drawn.altitude_km)
    drop_k = parts.radiator.coolant_drop_k.nominal + parts.accelerator.junction_drop_k.nominal
    area_m2 = design.radiator_area_m2 * parts.radiator.fin_efficiency.nominal
    faces = given(design.radiator_faces, "the design")
    emissivity = given(parts.radiator.emissivity.nominal, f"radiator {design.radiator}")
    absorbed = given(climate.absorbed_w_m2, "Earth glow and reflected sunlight, mean of a noon orbit")
    sink = given(0.0, "deep space; the Earth is in the heat taken up")
    yield worked(
        "junction",
        "Chips, full power",
        "junction_temperature",
        sums.junction_k,
        note=f"Throttling begins at {sums.trip_k:.0f} K.",
        radiator_k=given(sums.radiator_k, "steady, at full power", "radiator"),
        drop_k=given(drop_k, "coolant and chip, catalogue"),
        level=given(1.0, "full power"),
    )
    yield worked(
        "radiator",
        "Radiator, full power",
        "radiator_temperature",
        sums.radiator_k,
        heat_w=given(sums.load_w, "all that is used", "load"),
        panel_area_m2=given(area_m2, "panel of the design × fin efficiency"),
        faces=faces,
        emissivity=emissivity,
        sink_k=sink,
        absorbed_w_m2=absorbed,
    )
    yield worked(
        "radiator-area",
        "Radiator needed",
        "radiator_area",
        heat_w=given(sums.load_w, "all that is used", "load"),
        temperature_k=given(sums.trip_k - drop_k, "trip temperature less coolant and chip"),
        faces=faces,
        emissivity=emissivity,
        sink_k=sink,
        absorbed_w_m2=absorbed,
        note=f"Panel area times fin efficiency: the design carries {area_m2:,.4g} m².",
    )
    yield worked(
        "view-factor",
        "Earth view factor",
        "earth_view_factor",
        climate.view_factor,
        altitude_km=given(drawn.altitude_km, "altitude the bureau works for"),
        tilt_deg=given(90.0, "edge-on to the Earth"),
    )


def _orbit(drawn: _Drawn) -> Iterator[Figure]:
    design, parts, needs = drawn.design, drawn.parts, drawn.orbit
    altitude = given(drawn.altitude_km, "altitude the bureau works for")
    yield worked(
        "battery-needed",
        "Battery needed",
        "eclipse_battery",
        needs.needed_kwh,
        note=f"The design carries {needs.carried_kwh:,.4g} kWh.",
        load_w=given(needs.load_shade_w, f"what runs in shade, policy {design.load_policy}"),
        eclipse_min=given(needs.shade_min, "share in shade × period", "eclipse"),
        depth=given(design.depth_of_discharge, "the design"),
        one_way_efficiency=given(
            parts.battery.round_trip_efficiency.nominal**0.5, f"battery {design.battery}"
        ),
    )
    yield worked(
        "eclipse",
        "Share in shade",
        "eclipse_fraction",
        altitude_km=altitude,
        beta_deg=given(needs.beta_deg, "least of the year on the terminator orbit"),
    )
    yield worked("period", "Orbital period", "orbit_period", altitude_km=altitude)


def _air(drawn: _Drawn) -> Iterator[Figure]:
    sums = drawn.sums
    altitude = given(drawn.altitude_km, "altitude the bureau works for")
    activity = given(_MODERATE_SFU, "a moderately active Sun")
    yield worked(
        "ballistic",
        "Ballistic coefficient",
        "ballistic_coefficient",
        sums.ballistic_terminator_kg_m2,
        mass_kg=given(sums.wet_mass_kg, "wet", "mass"),
        drag_area_m2=given(sums.drag_terminator_m2, "mean area in the wind"),
    )
    for name, label, formula in (
        ("lifetime", "Life if left alone", "decay_lifetime"),
        ("drag", "Drag in a year", "drag_delta_v"),
    ):
        yield worked(
            name,
            label,
            formula,
            altitude_km=altitude,
            ballistic_coefficient_kg_m2=given(
                sums.ballistic_terminator_kg_m2, "terminator orbit", "ballistic"
            ),
            f107=activity,
        )
    yield worked(
        "delta-v",
        "Delta-v",
        "rocket_delta_v",
        sums.delta_v_m_s,
        exhaust_m_s=given(
            drawn.parts.thruster.isp_s.nominal * STANDARD_GRAVITY_M_S2, f"thruster {drawn.design.thruster}"
        ),
        wet_kg=given(sums.wet_mass_kg, "wet", "mass"),
        propellant_kg=given(sums.propellant_kg, "the design"),
    )


def _sums(drawn: _Drawn) -> Iterator[Figure]:
    sums = drawn.sums
    yield summed("mass", "Wet mass", "kg", sums.wet_mass_kg, _lines(sums.mass_lines_kg, "kg"))
    yield summed("cost", "Cost of one", "USD", sums.build_usd, _lines(sums.cost_lines_usd, "USD"))


def _lines(lines: tuple[Line, ...], unit: str) -> tuple[Input, ...]:
    return tuple(Input(line.label.lower(), line.value, unit, "design × catalogue") for line in lines)
