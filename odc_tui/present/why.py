"""Ask why: a figure in words, its formula, its live inputs, and the command that gives the same number."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

from odc_tui.present import numbers

if TYPE_CHECKING:
    from engine.analysis.explain import Explanation
    from engine.analysis.formula_inputs import Given
    from engine.analysis.why import Figure

__all__ = ["brief", "command", "move_words", "precise", "quantity", "remarks", "shown"]

_SCALED = {
    "W": ("W", ""),
    "kWh": ("Wh", "k"),
    "PFLOP/s": ("FLOP/s", "P"),
    "Gbit/s": ("b/s", "G"),
    "Tbit": ("bit", "T"),
    "L": ("L", ""),
}
_PLAIN = ("1", "date", "id", "calendar year", "")
_UNITS = {
    "m2": "m²",
    "kg/m3": "kg/m³",
    "kg/m2": "kg/m²",
    "m3": "m³",
    "W/m2": "W/m²",
    "1/K": "per K",
    "1/year": "per year",
    "1/day": "per day",
    "USD/kg": "$/kg",
    "USD/PFLOP-day": "$/PFLOP-day",
    "USD/kW/year": "$/kW/year",
    "USD/W/year": "$/W/year",
    "USD/W": "$/W",
    "USD/MWh": "$/MWh",
    "deg": "°",
    "year": "years",
    "day": "days",
}
_TINY = 1e-4
_LEAST_KWH = 1e-6
"""A thousandth of a watt-hour: less is what rounding leaves."""
_ROUNDING = 1e-9


def quantity(value: Given, unit: str) -> str:
    """A value as people read it, to three figures: `31.3 kW`, `341 K (67.8 °C)`, `30.0 %`.

    Args:
        value: in `unit`.
        unit: as formulas have it; `1` for a share or another pure number.
    """
    if isinstance(value, str):
        return value
    if not math.isfinite(value):
        return f"{numbers.NONE} {spelled(unit)}".strip()
    if unit == "kWh" and abs(value) < _LEAST_KWH:
        return "0 kWh"
    if unit in _SCALED:
        return numbers.scaled(value, *_SCALED[unit]).replace("-", "−")
    if unit == "USD":
        return numbers.money(value)
    if unit == "1":
        return (
            numbers.percent(value).replace("-", "−") if -1.0 < value <= 1.0 and value != 0 else _bare(value)
        )
    beside = ""
    if unit == "K" and value > 0.0:
        beside = f" ({numbers.signed_fixed(value - numbers.ZERO_CELSIUS_K, 1)} °C)"
    elif unit == "s" and value >= 120.0:
        beside = f" ({numbers.figures(value / 60.0)} min)"
    return f"{_with_unit(_bare(value), unit)}{beside}"


def shown(figure: Figure) -> str:
    """The value of a figure; the rest that rounding leaves of a sum that comes to nothing is nothing."""
    lines = [abs(one.value) for one in figure.inputs if not isinstance(one.value, str)]
    nothing = not figure.formula and lines and abs(figure.value) <= _ROUNDING * sum(lines)
    return quantity(0.0 if nothing else figure.value, figure.unit)


def brief(figure: Figure) -> str:
    """The value of a figure where there is little room: without what is said in brackets."""
    return shown(figure).partition(" (")[0]


def precise(value: Given, unit: str) -> str:
    """An input with up to six figures, in the unit of the formula, so that it can be worked with."""
    return _with_unit(value if isinstance(value, str) else f"{value:.6g}".replace("-", "−", 1), unit)


def spelled(unit: str) -> str:
    """A unit as it is printed: `m²`; nothing for a pure number."""
    return "" if unit in _PLAIN else _UNITS.get(unit, unit)


def _with_unit(number: str, unit: str) -> str:
    word = spelled(unit)
    return f"{number}{'' if word in ('', '°') else ' '}{word}"


def _bare(value: float) -> str:
    if value != 0.0 and abs(value) < _TINY:
        return f"{value:.2e}".replace("-", "−", 1) if value < 0 else f"{value:.2e}"
    return numbers.figures(value).replace("-", "−")


# --- what moves it -----------------------------------------------------------------------------------


def move_words(found: Explanation) -> dict[str, str]:
    """What 1 % more of each input does to the result, the strongest marked."""
    words = {}
    for at, move in enumerate(found.moves):
        if abs(move.change) < 5e-7:
            words[move.name] = "+1 % changes nothing"
            continue
        sign = "+" if move.change > 0 else "−"
        most = ", moves it most" if at == 0 else ""
        words[move.name] = f"+1 % gives {sign}{numbers.percent(abs(move.change))}{most}"
    return words


# --- what else there is to say ------------------------------------------------------------------------


def remarks(figure: Figure, found: Explanation | None) -> list[tuple[str, str]]:
    """Notes, warnings, validity and source, each under one word."""
    lines = [("note", figure.note)] if figure.note else []
    if found is not None and not figure.exact:
        near = f"the formula gives {quantity(found.value, figure.unit)}, the game {shown(figure)}"
        lines.append(("near", near))
    if found is None:
        kind = "the sum of its lines" if figure.inputs else "counted by the engine, not by one formula"
        lines.append(("how", kind))
        return lines
    lines += [("⚠", warning) for warning in found.warnings]
    lines += [("valid", found.valid), ("source", found.source)]
    return lines


# --- the same number outside ---------------------------------------------------------------------------


def command(figure: Figure, changes: Mapping[str, Given] | None = None) -> str:
    """The command line that gives the number again; empty for sums and for what was counted.

    Args:
        figure: the figure.
        changes: other values of some inputs.
    """
    if not figure.formula:
        return ""
    given = {**figure.given, **(changes or {})}
    words = " ".join(
        f"{name}={value if isinstance(value, str) else repr(value)}" for name, value in given.items()
    )
    return f"odc explain {figure.formula} {words}"
