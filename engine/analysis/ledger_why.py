"""The books of a batch's day: energy and heat, line by line."""

from __future__ import annotations

from collections.abc import Iterator

from engine.analysis.flown_day import FlownDay
from engine.analysis.why import Figure, Input, counted, given, summed, worked
from engine.kernels.layout import Field

__all__ = ["ledger_figures"]

_DAY = "of the last day"


def ledger_figures(day: FlownDay) -> Iterator[Figure]:
    """Energy and heat of the day, line by line, and that nothing is left open."""
    count = given(day.satellites, "flying that day")
    mean_w = day[Field.LOAD_SUN_W] * (1.0 - day.shade) + day[Field.LOAD_SHADE_W] * day.shade
    load = given(mean_w, _DAY, "load")
    eta = given(day[Field.PMAD_EFFICIENCY], f"bus {day.design.bus}")
    bright = day[Field.SERVED_SHARE] >= 1.0
    dark_note = (
        "" if bright else "The batch stood in a blackout for a part of the day; the day step counts it."
    )
    lines = _energy_lines(day)
    yield summed(
        "energy-balance",
        "Energy balance",
        "kWh",
        sum(float(line.value) for line in lines),
        lines,
        "Every line is counted on its own by the day step; that they come to nothing is the proof of it.",
    )
    yield worked(
        "energy-generated",
        "Energy from arrays",
        "day_generated",
        day[Field.DAY_GENERATED_KWH],
        array_w=given(day[Field.ARRAY_POWER_W], _DAY, "array-power"),
        eclipse_fraction=given(day.shade, _DAY, "eclipse"),
        satellites=count,
    )
    for name, label, formula, field in (
        ("energy-used", "Energy used", "day_used", Field.DAY_USED_KWH),
        (
            "energy-conversion",
            "Lost converting",
            "day_conversion_loss",
            Field.DAY_CONVERSION_KWH,
        ),
    ):
        yield worked(
            name,
            label,
            formula,
            day[field],
            exact=bright,
            note=dark_note,
            load_w=load,
            pmad_efficiency=eta,
            satellites=count,
        )
    for name, (label, field, note) in _COUNTED.items():
        yield counted(name, label, "kWh", day[field], note)
    heat = (
        Input("heat in", day[Field.DAY_HEAT_IN_KWH], "kWh", "all sources", "heat-in"),
        Input("radiated", -day[Field.DAY_RADIATED_KWH], "kWh", "to space", "heat-radiated"),
        Input(
            "kept in the metal", -day[Field.DAY_HEAT_STORED_KWH], "kWh", "warmer than before", "heat-stored"
        ),
    )
    note = "Every line is counted on its own by the day step; that they come to nothing is the proof of it."
    total = sum(float(line.value) for line in heat)
    yield summed("heat-balance", "Heat balance", "kWh", total, heat, note)


def _energy_lines(day: FlownDay) -> tuple[Input, ...]:
    return (
        Input("from the array", day[Field.DAY_GENERATED_KWH], "kWh", "sunlit arcs", "energy-generated"),
        Input("used", -day[Field.DAY_USED_KWH], "kWh", "at the loads", "energy-used"),
        Input("lost converting", -day[Field.DAY_CONVERSION_KWH], "kWh", "converters", "energy-conversion"),
        Input("lost in batteries", -day[Field.DAY_BATTERY_LOSS_KWH], "kWh", "in and out", "energy-battery"),
        Input("not collected", -day[Field.DAY_CURTAILED_KWH], "kWh", "nothing took it", "energy-curtailed"),
        Input("into batteries", -day[Field.DAY_STORED_KWH], "kWh", "fuller than before", "energy-stored"),
    )


_COUNTED = {
    "energy-battery": (
        "Lost in batteries",
        Field.DAY_BATTERY_LOSS_KWH,
        "What was charged times (1/η − 1), what was drawn times (1 − η), and what wear took from a "
        "full battery.",
    ),
    "energy-curtailed": (
        "Not collected",
        Field.DAY_CURTAILED_KWH,
        "What the arrays could have given in sunlight beyond load and charging.",
    ),
    "energy-stored": (
        "Into batteries",
        Field.DAY_STORED_KWH,
        "Charge at the end of the day less charge at its start; negative when batteries gave.",
    ),
    "heat-in": (
        "Heat in",
        Field.DAY_HEAT_IN_KWH,
        "All that is used or lost aboard and does not leave as light or radio, the heater, and what the "
        "panels take up from Earth and Sun.",
    ),
    "heat-radiated": (
        "Heat radiated",
        Field.DAY_RADIATED_KWH,
        "Emissivity × σ × T⁴ over the panels, step by step around the orbit.",
    ),
    "heat-stored": (
        "Kept in the metal",
        Field.DAY_HEAT_STORED_KWH,
        "Heat capacity × how much warmer an orbit ends than it began, over the day.",
    ),
}
