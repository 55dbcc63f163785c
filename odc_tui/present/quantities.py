"""Values of named quantities in words."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from engine.events import date_of
from odc_tui.present import numbers

if TYPE_CHECKING:
    from engine.conditions.quantities import Quantity

__all__ = ["plain", "said", "title"]

_SHARES = ("level", "charge", "lit", "wacc")
_RATIOS = ("against_ground", "scarcity", "lead")
_SCALED = {
    "W": ("W", ""),
    "PFLOP/s": ("FLOP/s", "P"),
    "PFLOP-days": ("FLOP-days", "P"),
    "kWh": ("Wh", "k"),
    "Gb/s": ("b/s", "G"),
}


def said(quantity: Quantity, value: float) -> str:
    """A value with its unit, in three significant figures."""
    if math.isnan(value):
        return numbers.NONE
    if math.isinf(value):
        return "endless"
    if quantity.dimension == "date":
        return date_of(round(value)).isoformat()
    if quantity.dimension == "money":
        return numbers.money(value)
    if quantity.unit in _SCALED:
        return _scaled(value, *_SCALED[quantity.unit])
    if quantity.name in _SHARES:
        return f"{numbers.signed_fixed(100 * value, 1)} %"
    if quantity.name in _RATIOS:
        return f"{numbers.figures(value)} ×"
    if quantity.unit:
        return f"{numbers.signed_fixed(value, 1)} {quantity.unit}"
    return numbers.signed_fixed(value, 0)


def _scaled(value: float, unit: str, prefix: str) -> str:
    text = numbers.scaled(abs(value), unit, prefix)
    return f"−{text}" if value < 0 else text


def title(name: str) -> str:
    """The name of a quantity as a heading."""
    return name.replace("_", " ")


def plain(value: float) -> float | None:
    """A value as JSON can hold it: None for none and for endless."""
    return value if math.isfinite(value) else None
