"""The heat of a batch's day: what it came from, what left, what stayed."""

from __future__ import annotations

from collections.abc import Iterator

from engine.analysis.flown_day import FlownDay
from engine.analysis.why import Figure, Input, given, summed, worked
from engine.kernels.layout import Field
from engine.units import DAY_S

__all__ = ["heat_balance", "heat_lines"]

_DAY = "of the last day"
_PROOF = "Every line is counted on its own by the day step; that they come to nothing is the proof of it."


def heat_balance(day: FlownDay) -> Figure:
    """That the heat of the day leaves nothing open."""
    lines = (
        Input("heat in", day[Field.DAY_HEAT_IN_KWH], "kWh", "all sources", "heat-in"),
        Input("radiated", -day[Field.DAY_RADIATED_KWH], "kWh", "to space", "heat-radiated"),
        Input(
            "kept in the metal", -day[Field.DAY_HEAT_STORED_KWH], "kWh", "warmer than before", "heat-stored"
        ),
    )
    return summed(
        "heat-balance", "Heat balance", "kWh", sum(float(one.value) for one in lines), lines, _PROOF
    )


def heat_lines(day: FlownDay, battery_kwh: float) -> Iterator[Figure]:
    """Where the heat of a day without a blackout came from, part by part, and where it went.

    Args:
        day: the last day of the batch.
        battery_kwh: what charging and drawing lost.
    """
    parts = tuple(_parts(day))
    lines = [
        Input("chips", parts[0].value, "kWh", "all their power becomes heat", "heat-chips"),
        Input("converters", day[Field.DAY_CONVERSION_KWH], "kWh", "their loss", "energy-conversion"),
        Input("pump", parts[1].value, "kWh", "moves the coolant", "heat-pump"),
        Input("bus", parts[2].value, "kWh", "less what leaves as light and radio", "heat-bus"),
        Input("batteries", battery_kwh, "kWh", "lost on the way in and out", "heat-batteries"),
        Input("heater", parts[3].value, "kWh", "keeps the coolant warm", "heat-heater"),
    ]
    whole = day[Field.DAY_HEAT_IN_KWH]
    absorbed_kwh = whole - sum(float(line.value) for line in lines)
    lines.append(Input("panels", absorbed_kwh, "kWh", "from Earth and Sun", "heat-absorbed"))
    yield summed("heat-in", "Heat in", "kWh", whole, tuple(lines))
    yield from parts
    yield _absorbed(day, absorbed_kwh)
    yield from _out(day)


def _parts(day: FlownDay) -> Iterator[Figure]:
    """Chips, pump, bus and heater."""
    count = given(day.satellites, "flying that day")
    heater_w = day[Field.HEATER_SUN_W] * (1.0 - day.shade) + day[Field.HEATER_SHADE_W] * day.shade
    bus_w = day[Field.FIXED_LOAD_W] - day[Field.OUTPUT_W]
    yield worked(
        "heat-chips",
        "Heat of chips",
        "day_energy",
        power_w=given(day.chips_w, _DAY, "compute-power"),
        satellites=count,
    )
    yield worked(
        "heat-pump",
        "Heat of pumps",
        "day_pump",
        load_w=given(day.load_w, _DAY, "load"),
        output_w=given(day.sent_w, "light, radio and jets"),
        pump_fraction=given(day[Field.PUMP_FRACTION], f"radiator {day.design.radiator}"),
        satellites=count,
    )
    yield worked(
        "heat-bus",
        "Heat of the bus",
        "day_energy",
        power_w=given(bus_w, "bus and links, less light and radio sent"),
        satellites=count,
    )
    yield worked(
        "heat-heater",
        "Heat of heaters",
        "day_energy",
        power_w=given(heater_w, "mean of the orbit, solved by the day step"),
        satellites=count,
    )


def _absorbed(day: FlownDay, absorbed_kwh: float) -> Figure:
    return worked(
        "heat-absorbed",
        "Heat from Earth and Sun",
        "day_absorbed",
        absorbed_kwh,
        exact=False,
        note="The day step adds up reflected sunlight in 16 steps of the sunlit arc.",
        absorbed_w_m2=given(day.absorbed_w_m2, _DAY, "absorbed"),
        panel_area_m2=given(day.panel_m2, "panel with coolant × fin efficiency"),
        faces=given(int(day[Field.RADIATOR_FACES]), "the design"),
        satellites=given(day.satellites, "flying that day"),
    )


def _out(day: FlownDay) -> Iterator[Figure]:
    """What was radiated, and what stayed."""
    count = given(day.satellites, "flying that day")
    yield worked(
        "heat-radiated",
        "Heat radiated",
        "day_radiated",
        day[Field.DAY_RADIATED_KWH],
        exact=False,
        note="The day step sums emissivity × σ × T⁴ around the orbit in 24 steps.",
        mean_k=given(day[Field.RADIATOR_MEAN_K], _DAY, "radiator-mean"),
        coldest_k=given(day[Field.RADIATOR_MIN_K], "its coldest moment"),
        hottest_k=given(day[Field.RADIATOR_MAX_K], "its hottest moment", "radiator-max"),
        emissivity=given(day.emissivity, "coating at its age", "emissivity"),
        panel_area_m2=given(day.panel_m2, "panel with coolant × fin efficiency"),
        faces=given(int(day[Field.RADIATOR_FACES]), "the design"),
        satellites=count,
    )
    capacity, orbits = day[Field.HEAT_CAPACITY_J_K], DAY_S / day[Field.PERIOD_S]
    each_j = 3.6e6 * day[Field.DAY_HEAT_STORED_KWH] / (day.satellites * orbits)
    yield worked(
        "heat-stored",
        "Kept in the metal",
        "day_heat_kept",
        day[Field.DAY_HEAT_STORED_KWH],
        heat_capacity_j_k=given(capacity, "radiator, coolant and chips of the design"),
        rise_k=given(each_j / capacity, "how much warmer each orbit ends than it began"),
        orbits=given(orbits, "of the day", ""),
        satellites=count,
    )
