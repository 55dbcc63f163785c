"""Mends of a design: the smallest change of one number that makes a fault go away."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import engine
from odc_tui.present import numbers
from odc_tui.present.forms import nice_step

if TYPE_CHECKING:
    from engine.model.catalogue import Catalogue
    from engine.model.design import Design
    from engine.outcomes import Fault

__all__ = ["mend", "mend_words", "offer"]

_GROWS = {
    "array_area_m2": ("the array", "m²"),
    "radiator_area_m2": ("the radiator", "m²"),
    "battery_kwh": ("the battery", "kWh"),
    "propellant_kg": ("the propellant", "kg"),
}
MOST = 64.0
"""A mend makes a part at most so many times larger; beyond that the design is at fault, not its size."""

ROUNDS = 20


def offer(fault: Fault) -> str:
    """What enter on a fault does, as `enlarge the array until it suffices`; empty if nothing."""
    if fault.field == "radiator_faces":
        return "set the radiator to one face"
    return f"enlarge {_GROWS[fault.field][0]} until it suffices" if fault.field in _GROWS else ""


def mend(design: Design, fault: Fault, catalogue: Catalogue, altitude_km: float) -> Design | None:
    """The design with the least of a part that clears a fault, or None if more of it does not help.

    Args:
        design: with the fault.
        fault: one of `design_faults`.
        catalogue: what the parts can do.
        altitude_km: where the design is judged.
    """
    if fault.field == "radiator_faces":
        return design.model_copy(update={"radiator_faces": 1})
    if fault.field not in _GROWS:
        return None
    have = max(getattr(design, fault.field), 1.0)

    def clear(size: float) -> bool:
        tried = design.model_copy(update={fault.field: size})
        again = engine.design_faults(tried, catalogue, altitude_km)
        return all(other.field != fault.field for other in again)

    if not clear(have * MOST):
        return None
    low, high = getattr(design, fault.field), have * MOST
    for _ in range(ROUNDS):
        middle = 0.5 * (low + high)
        low, high = (low, middle) if clear(middle) else (middle, high)
    step = nice_step(high)
    return design.model_copy(update={fault.field: round(math.ceil(high / step) * step, 6)})


def mend_words(after: Design, fault: Fault) -> str:
    """What a mend did, as `The radiator is now 132 m².`."""
    if fault.field == "radiator_faces":
        return "The radiator now radiates from one face."
    name, unit = _GROWS[fault.field]
    return f"{name.capitalize()} is now {numbers.figures(getattr(after, fault.field))} {unit}."
