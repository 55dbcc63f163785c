"""The books of a batch's day: energy and heat, line by line."""

from __future__ import annotations

from collections.abc import Iterator

from engine.analysis.flown_day import FlownDay
from engine.analysis.heat_why import heat_balance, heat_lines
from engine.analysis.why import Figure, Input, counted, given, summed, worked
from engine.kernels.layout import Field

__all__ = ["ledger_figures"]

_DAY = "of the last day"
_PROOF = "Every line is counted on its own by the day step; that they come to nothing is the proof of it."
_DARK = "The batch stood in a blackout for a part of the day; the day step counts it."


def ledger_figures(day: FlownDay) -> Iterator[Figure]:
    """Energy and heat of the day, line by line, and that nothing is left open."""
    lines = _energy_lines(day)
    total = sum(float(line.value) for line in lines)
    yield summed("energy-balance", "Energy balance", "kWh", total, lines, _PROOF)
    yield from _at_the_array(day)
    if not day.bright:
        yield from _counted(day)
        yield heat_balance(day)
        return
    battery = tuple(_battery(day))
    yield from battery
    yield heat_balance(day)
    yield from heat_lines(day, battery[-1].value)


def _energy_lines(day: FlownDay) -> tuple[Input, ...]:
    return (
        Input("from the array", day[Field.DAY_GENERATED_KWH], "kWh", "sunlit arcs", "energy-generated"),
        Input("used", -day[Field.DAY_USED_KWH], "kWh", "at the loads", "energy-used"),
        Input("lost converting", -day[Field.DAY_CONVERSION_KWH], "kWh", "converters", "energy-conversion"),
        Input("lost in batteries", -day[Field.DAY_BATTERY_LOSS_KWH], "kWh", "in and out", "energy-battery"),
        Input("not collected", -day[Field.DAY_CURTAILED_KWH], "kWh", "nothing took it", "energy-curtailed"),
        Input("into batteries", -day[Field.DAY_STORED_KWH], "kWh", "fuller than before", "energy-stored"),
    )


def _at_the_array(day: FlownDay) -> Iterator[Figure]:
    count = given(day.satellites, "flying that day")
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
        ("energy-conversion", "Lost converting", "day_conversion_loss", Field.DAY_CONVERSION_KWH),
    ):
        yield worked(
            name,
            label,
            formula,
            day[field],
            exact=day.bright,
            note="" if day.bright else _DARK,
            load_w=given(day.load_w, _DAY, "load"),
            pmad_efficiency=given(day[Field.PMAD_EFFICIENCY], f"bus {day.design.bus}"),
            satellites=count,
        )


# --- batteries --------------------------------------------------------------------------------------


def _battery(day: FlownDay) -> Iterator[Figure]:
    """Loss first; then what was not collected, what went in, out and stayed, and the heat of it."""
    count, eta = given(day.satellites, "flying that day"), day[Field.ONE_WAY_EFFICIENCY]
    array = given(day[Field.ARRAY_POWER_W], _DAY, "array-power")
    sun = given(day[Field.LOAD_SUN_W], _DAY, "load-sun")
    shade = given(day.shade, _DAY, "eclipse")
    one_way = given(eta, f"battery {day.design.battery}")
    drawn = worked(
        "battery-drawn",
        "Drawn from batteries",
        "day_drawn",
        shade_w=given(day[Field.LOAD_SHADE_W], _DAY, "load-shade" if day.shade > 0.0 else ""),
        sun_w=sun,
        array_w=array,
        eclipse_fraction=shade,
        one_way_efficiency=one_way,
        satellites=count,
    )
    into = (
        Input("drawn and put back", drawn.value, "kWh", "orbit by orbit", "battery-drawn"),
        Input("gained", day[Field.DAY_STORED_KWH], "kWh", "over the day", "energy-stored"),
        Input("worn away", day.worn_kwh, "kWh", "charge that full cells no longer hold"),
    )
    charged = summed("battery-charged", "Into the cells", "kWh", sum(float(one.value) for one in into), into)
    taken = given(charged.value, "as much as was drawn, gained and worn", charged.id)
    yield worked(
        "energy-battery",
        "Lost in batteries",
        "day_battery_loss",
        day[Field.DAY_BATTERY_LOSS_KWH],
        charged_kwh=taken,
        drawn_kwh=given(drawn.value, _DAY, drawn.id),
        one_way_efficiency=one_way,
        worn_kwh=given(day.worn_kwh, "charge that full cells no longer hold"),
    )
    left = worked(
        "energy-curtailed",
        "Not collected",
        "day_curtailed",
        day[Field.DAY_CURTAILED_KWH],
        array_w=array,
        sun_w=sun,
        eclipse_fraction=shade,
        satellites=count,
        charged_kwh=taken,
        one_way_efficiency=one_way,
    )
    tiny = abs(left.value) <= 1e-9 * day[Field.DAY_GENERATED_KWH]
    yield _as_counted(day, left.id) if tiny else left
    yield worked(
        "energy-stored",
        "Into batteries",
        "day_stored",
        day[Field.DAY_STORED_KWH],
        begin_kwh=given(day.charge_begin_kwh, "at sunrise, as the day began"),
        end_kwh=given(day[Field.CHARGE_WH] / 1000.0, "at sunrise, as the day ended"),
        satellites=count,
    )
    yield charged
    yield drawn
    yield worked(
        "heat-batteries",
        "Heat of batteries",
        "day_battery_loss",
        charged_kwh=taken,
        drawn_kwh=given(drawn.value, _DAY, drawn.id),
        one_way_efficiency=one_way,
        worn_kwh=given(0.0, "what wear takes makes no heat"),
    )


# --- a day partly in the dark -------------------------------------------------------------------------


def _counted(day: FlownDay) -> Iterator[Figure]:
    for name in _COUNTED:
        yield _as_counted(day, name)


def _as_counted(day: FlownDay, name: str) -> Figure:
    label, field, note = _COUNTED[name]
    return counted(name, label, "kWh", day[field], note)


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
