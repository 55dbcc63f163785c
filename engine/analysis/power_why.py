"""The figures of power and heat of one batch."""

from __future__ import annotations

import math
from collections.abc import Iterator

from engine.analysis.flown_day import FlownDay
from engine.analysis.why import Figure, Input, counted, given, summed, worked
from engine.formulas.chips import LEAKAGE_PER_K
from engine.kernels.layout import LOOP_GROUPS, Field

__all__ = ["heat_figures", "power_figures"]

_DAY = "of the last day"
_DESIGN = "the design"
_COATING = "coating at its age"
_SOLVED = "solved by the day step"


def power_figures(day: FlownDay) -> Iterator[Figure]:
    """Array, loads and battery."""
    flux = worked("flux", "", "sun_flux", date=given(day.noon, "")).value
    gamma = day[Field.CELL_COEFFICIENT_PER_K]
    pointing = worked(
        "pointing",
        "Sunlight faced",
        "array_pointing",
        fixed=given(day[Field.POINTING_FIXED], f"tracking: {day.design.tracking}"),
        per_cos=given(day[Field.POINTING_PER_COS], f"tracking: {day.design.tracking}"),
        per_sin=given(day[Field.POINTING_PER_SIN], f"tracking: {day.design.tracking}"),
        beta_deg=given(day.beta_deg, _DAY, "beta"),
    )
    cell = worked(
        "cell-temperature",
        "Cell temperature",
        "cell_temperature",
        light_w_m2=given(flux * pointing.value, "sunlight times the share faced", "flux"),
        absorptivity=given(day[Field.CELL_ABSORPTIVITY], f"array {day.design.array}"),
        emissivity=given(day[Field.CELL_EMISSIVITY], f"array {day.design.array}"),
        cell_yield=given(day[Field.CELL_YIELD], f"array {day.design.array}"),
        coefficient_per_k=given(gamma, f"array {day.design.array}"),
        view_factor=given(day[Field.INFRARED_VIEW], "at its altitude", "view-factor"),
    )
    yield worked(
        "array-power",
        "Array power, each",
        "flying_array_power",
        day[Field.ARRAY_POWER_W],
        flux_w_m2=given(flux, "noon of the last day", "flux"),
        pointing=given(pointing.value, _DAY, "pointing"),
        array_gain_m2=given(day[Field.ARRAY_GAIN_M2], "area × efficiency × packing, the design"),
        coefficient_per_k=given(gamma, f"array {day.design.array}"),
        cell_k=given(cell.value, _DAY, "cell-temperature"),
        array_health=given(day.array_health, "wear since launch"),
    )
    yield pointing
    yield cell
    yield worked(
        "load",
        "Load, each",
        "orbit_mean_load",
        sun_w=given(day[Field.LOAD_SUN_W], _DAY, "load-sun"),
        shade_w=given(day[Field.LOAD_SHADE_W], _DAY, "load-shade" if day.shade > 0.0 else ""),
        eclipse_fraction=given(day.shade, _DAY, "eclipse"),
    )
    yield from _loads(day)
    yield from _battery(day)


def _loads(day: FlownDay) -> Iterator[Figure]:
    """Loads in sun and shade at the array's side, and what they are made of at the bus."""
    eta, pump, output = day[Field.PMAD_EFFICIENCY], day[Field.PUMP_FRACTION], day[Field.OUTPUT_W]
    sun = (Field.LOAD_SUN_W, Field.LEVEL_SUN, Field.CHIPS_SUN_W)
    shade = (Field.LOAD_SHADE_W, Field.LEVEL_SHADE, Field.CHIPS_SHADE_W)
    for where, (load, level, chips) in {"sun": sun, "shade": shade}.items():
        if where == "shade" and not day.shade > 0.0:
            continue
        bus_w = day[load] * (eta - pump) + pump * output
        words = "in sunlight" if where == "sun" else "in shade"
        yield worked(
            f"load-{where}",
            f"Load {words}, each",
            "array_load",
            day[load],
            bus_side_w=given(bus_w, "all consumers at the bus", f"bus-{where}"),
            output_w=given(output, "light and radio sent away"),
            pmad_efficiency=given(eta, f"bus {day.design.bus}"),
            pump_fraction=given(pump, f"radiator {day.design.radiator}"),
        )
        chips_w, fixed_w = day[chips], day[Field.FIXED_LOAD_W]
        lines = (
            Input("accelerators", chips_w, "W", f"at {100 * day[level]:.3g} %, leakage included", "leakage"),
            Input("bus and links", fixed_w, "W", _DESIGN),
            Input("heater and thrusters", bus_w - chips_w - fixed_w, "W", _SOLVED),
        )
        yield summed(f"bus-{where}", f"Used {words}, each", "W", bus_w, lines)


def _battery(day: FlownDay) -> Iterator[Figure]:
    if day.shade > 0.0:
        yield worked(
            "battery-depth",
            "Battery depth",
            "shade_depth",
            day.depth,
            exact=day.at_rhythm,
            note="The shown value is one less the lowest charge of the day. It differs while a battery that "
            "was not full at sunset finds its rhythm, and in a blackout.",
            load_w=given(day[Field.LOAD_SHADE_W], _DAY, "load-shade"),
            shade_min=given(day.shade_min, "share in shade × period", "eclipse"),
            capacity_kwh=given(day.capacity_kwh, "the design, less wear", "battery-capacity"),
            one_way_efficiency=given(day[Field.ONE_WAY_EFFICIENCY], f"battery {day.design.battery}"),
        )
    yield counted(
        "battery-capacity",
        "Battery capacity",
        "kWh",
        day.capacity_kwh,
        f"{day[Field.CAPACITY_WH] / 1000.0:,.4g} kWh when new, less wear by years and by cycles "
        "(`odc explain cycle_damage`), which the day step adds up.",
    )


# --- heat -------------------------------------------------------------------------------------------


def heat_figures(day: FlownDay) -> Iterator[Figure]:
    """Radiator and chips."""
    yield worked(
        "view-factor",
        "Earth view factor",
        "earth_view_factor",
        day[Field.INFRARED_VIEW],
        altitude_km=given(day[Field.VIEW_ALTITUDE_KM], "where it was last worked out"),
        tilt_deg=given(math.degrees(day[Field.RADIATOR_TILT_RAD]), "edge-on to the Earth"),
    )
    yield counted(
        "heat",
        "Heat to reject, each",
        "W",
        day[Field.HEAT_W],
        "Mean of the orbit: all power used less what leaves as light and radio, and battery losses; the day "
        "step sums it up.",
    )
    absorbed = worked(
        "absorbed",
        "Heat taken up",
        "radiator_absorbed",
        emissivity=given(day.emissivity, _COATING, "emissivity"),
        absorptivity=given(day.absorptivity, _COATING, "absorptivity"),
        view_factor=given(day[Field.INFRARED_VIEW], "at its altitude", "view-factor"),
        flux_w_m2=given(worked("", "", "sun_flux", date=given(day.noon, "")).value, _DAY, "flux"),
        beta_deg=given(day.beta_deg, _DAY, "beta"),
        eclipse_fraction=given(day.shade, _DAY, "eclipse"),
        faces=given(int(day[Field.RADIATOR_FACES]), _DESIGN),
    )
    yield worked(
        "radiator-mean",
        "Radiator, mean",
        "radiator_temperature",
        day[Field.RADIATOR_MEAN_K],
        exact=False,
        note="The day step follows the temperature around the orbit in 24 steps; the formula gives the "
        "steady temperature of the mean heat, a little above the mean where sun and shade differ much.",
        heat_w=given(day[Field.HEAT_W], "mean of the orbit", "heat"),
        panel_area_m2=given(day.panel_m2, "panel with coolant × fin efficiency"),
        faces=given(int(day[Field.RADIATOR_FACES]), _DESIGN),
        emissivity=given(day.emissivity, _COATING, "emissivity"),
        sink_k=given(0.0, "deep space; the Earth is in the heat taken up"),
        absorbed_w_m2=given(absorbed.value, "from Earth and Sun", "absorbed"),
    )
    yield counted(
        "radiator-max",
        "Radiator, hottest",
        "K",
        day[Field.RADIATOR_MAX_K],
        "The hottest moment of the orbit that the day step follows in 24 steps; `radiator-mean` tells what "
        "moves it.",
    )
    yield absorbed
    yield from _coating(day)
    yield from _chips(day)


def _coating(day: FlownDay) -> Iterator[Figure]:
    """What age and holes have made of the radiator."""
    radiator = day.catalogue.radiators[day.design.radiator]
    values = {
        "emissivity": (day.emissivity, radiator.emissivity, radiator.emissivity_aged),
        "absorptivity": (day.absorptivity, radiator.absorptivity, radiator.absorptivity_aged),
    }
    for name, (now, new, aged) in values.items():
        yield worked(
            name,
            f"{name.capitalize()} of the radiator",
            "coating_value",
            now,
            new=given(new.nominal, f"radiator {day.design.radiator}"),
            aged=given(aged.nominal, f"radiator {day.design.radiator}, five years old"),
            age_years=given(day.age_years, "since launch"),
        )
    carried = day[Field.RADIATOR_LOOPS] + day[Field.SPARE_LOOPS]
    yield worked(
        "radiator-left",
        "Share of the radiator that has coolant",
        "radiating_share",
        exact=False,
        note="The day flew with what was left as it began; at least a hundredth is kept in the balance.",
        loops=given(int(day[Field.RADIATOR_LOOPS]), _DESIGN),
        spare_loops=given(int(day[Field.SPARE_LOOPS]), _DESIGN),
        loops_in_all=given(int(min(day[Field.LAUNCHED_COUNT] * carried, LOOP_GROUPS)), "of the batch"),
        loops_lost=given(int(day[Field.LOOPS_LOST]), "opened by particles since launch"),
    )


def _chips(day: FlownDay) -> Iterator[Figure]:
    """Chips and their memory: temperatures, and what leakage makes of their power."""
    rated_w = day[Field.IT_POWER_W] * day[Field.LEVEL_SUN]
    if rated_w > 0.0:
        factor = day[Field.CHIPS_SUN_W] / rated_w
        yield worked(
            "leakage",
            "Power of chips over their rated power",
            "leakage_factor",
            factor,
            junction_k=given(day[Field.TRIP_K] + (factor - 1.0) / LEAKAGE_PER_K, "mean of the sunlit arc"),
            trip_k=given(day[Field.TRIP_K], f"accelerator {day.design.accelerator}"),
        )
    yield worked(
        "memory",
        "Hottest memory",
        "junction_temperature",
        day[Field.MEMORY_MAX_K],
        exact=day.shade == 0.0 or day[Field.LEVEL_SUN] >= day[Field.LEVEL_SHADE],
        note=f"It slows down from {day[Field.MEMORY_LIMIT_K]:.0f} K.",
        radiator_k=given(day[Field.RADIATOR_MAX_K], "its hottest moment", "radiator-max"),
        drop_k=given(day[Field.MEMORY_DROP_K], "coolant and memory, catalogue"),
        level=given(day[Field.LEVEL_SUN], _DAY),
    )
    yield worked(
        "junction",
        "Hottest chip",
        "junction_temperature",
        day[Field.JUNCTION_MAX_K],
        exact=day.shade == 0.0 or day[Field.LEVEL_SUN] >= day[Field.LEVEL_SHADE],
        note=f"Throttling begins at {day[Field.TRIP_K]:.0f} K.",
        radiator_k=given(day[Field.RADIATOR_MAX_K], "its hottest moment", "radiator-max"),
        drop_k=given(day[Field.JUNCTION_DROP_K], "coolant and chip, catalogue"),
        level=given(day[Field.LEVEL_SUN], _DAY),
    )
