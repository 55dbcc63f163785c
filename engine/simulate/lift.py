"""From what the kernel recorded to events in words."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.events import Event, EventKind, Severity
from engine.kernels.layout import Binding, Field, Kind

if TYPE_CHECKING:
    from engine.state import CampaignState

TOLD_APART = 3
"""More batches than this with one kind of record on one day are told as one event."""

_KINDS: dict[Kind, tuple[EventKind, Severity]] = {
    Kind.IN_SERVICE: (EventKind.IN_SERVICE, Severity.NOTICE),
    Kind.ECLIPSE_BEGINS: (EventKind.ECLIPSE_BEGINS, Severity.INFO),
    Kind.ECLIPSE_ENDS: (EventKind.ECLIPSE_ENDS, Severity.INFO),
    Kind.SATELLITE_LOST: (EventKind.SATELLITE_LOST, Severity.NOTICE),
    Kind.BLACKOUT_BEGINS: (EventKind.BLACKOUT, Severity.ALARM),
    Kind.BLACKOUT_ENDS: (EventKind.BLACKOUT, Severity.NOTICE),
    Kind.BATTERY_WORN: (EventKind.BATTERY_WORN, Severity.WARNING),
    Kind.RADIATOR_WORN: (EventKind.RADIATOR_WORN, Severity.WARNING),
    Kind.PROPELLANT_OUT: (EventKind.PROPELLANT_OUT, Severity.WARNING),
    Kind.END_OF_LIFE: (EventKind.END_OF_LIFE, Severity.NOTICE),
    Kind.REENTRY: (EventKind.REENTRY, Severity.NOTICE),
    Kind.BINDING_CHANGED: (EventKind.BINDING_CHANGED, Severity.INFO),
}

_MANY: dict[Kind, str] = {
    Kind.IN_SERVICE: "{n} batches enter service.",
    Kind.ECLIPSE_BEGINS: "{n} batches enter an eclipse season.",
    Kind.ECLIPSE_ENDS: "{n} batches leave their eclipse season.",
    Kind.SATELLITE_LOST: "{total} satellites fail, across {n} batches.",
    Kind.BLACKOUT_BEGINS: "{n} batches black out: their arrays and batteries cannot carry the bus.",
    Kind.BLACKOUT_ENDS: "{n} batches have power again.",
    Kind.BATTERY_WORN: "The batteries of {n} batches fall below 80 % of their capacity.",
    Kind.RADIATOR_WORN: "Holes have taken more than 5 % of the radiators of {n} batches.",
    Kind.PROPELLANT_OUT: "{n} batches run out of propellant and begin to sink.",
    Kind.END_OF_LIFE: "{n} batches reach the end of their design life and start down.",
    Kind.REENTRY: "{n} batches re-enter.",
}

_HELD_BY: dict[Binding, str] = {
    Binding.HARDWARE: "runs all its working hardware",
    Binding.ENERGY: "is held down by energy: the array makes too little over an orbit",
    Binding.BATTERY: "is held down by the battery: shade draws it to its depth limit",
    Binding.CHARGE_RATE: "is held down by the charge rate: the battery cannot be refilled faster",
    Binding.JUNCTION: "is held down by heat: chips would pass their trip temperature",
    Binding.MEMORY: "is held down by heat: the chips' memory would grow too warm",
    Binding.NETWORK: "is held down by its links to the ground",
    Binding.DEMAND: "is held down by demand: customers buy no more",
}


def lift(state: CampaignState, records: NDArray[np.void]) -> tuple[Event, ...]:
    """Tells the records of a span in words.

    Args:
        state: the campaign, which knows the names of batches.
        records: from `run_span`, by day, batch and kind.

    Returns:
        Events by day and kind; more than three batches alike on one day are one event.
    """
    rows = sorted(records.tolist(), key=lambda row: (row[0], row[2], row[1]))
    told: list[Event] = []
    for (day, code), group in groupby(rows, key=lambda row: (row[0], row[2])):
        told += _day_events(state, day, Kind(code), [(row[1], row[3]) for row in group])
    return tuple(told)


def _day_events(state: CampaignState, day: int, kind: Kind, found: list[tuple[int, float]]) -> list[Event]:
    event_kind, severity = _KINDS[kind]
    if len(found) <= TOLD_APART:
        return [
            Event(day, event_kind, severity, _one(state, batch, kind, value), state.batch_id(batch))
            for batch, value in found
        ]
    return [Event(day, event_kind, severity, text) for text in _many(kind, found)]


def _many(kind: Kind, found: list[tuple[int, float]]) -> list[str]:
    if kind != Kind.BINDING_CHANGED:
        return [_MANY[kind].format(n=f"{len(found):,}", total=f"{sum(value for _, value in found):,.0f}")]
    codes = sorted({int(value) for _, value in found})
    counts = [(Binding(code), sum(int(value) == code for _, value in found)) for code in codes]
    return [f"{n:,} {'batches: each' if n > 1 else 'batch'} {_HELD_BY[binding]}." for binding, n in counts]


def _in_service(name: str, alive: float, launched: float) -> str:
    """How many begin to work; those lost before are named, or nobody would hear of them."""
    if alive < launched:
        lost = f"{launched - alive:,.0f} failed in check-out"
        return f"{name} enters service with {alive:,.0f} of {launched:,.0f} satellites: {lost}."
    return f"{name} enters service with {alive:,.0f} {'satellite' if alive == 1 else 'satellites'}."


_PLAIN: dict[Kind, str] = {
    Kind.ECLIPSE_ENDS: "{name} leaves its eclipse season: the Sun no longer sets for it.",
    Kind.BLACKOUT_ENDS: "{name} has power again.",
    Kind.BATTERY_WORN: "{name}: the battery holds less than 80 % of what it did when new.",
    Kind.END_OF_LIFE: "{name} reaches the end of its design life and starts down.",
    Kind.REENTRY: "{name} re-enters and burns up.",
}


def _one(state: CampaignState, batch: int, kind: Kind, value: float) -> str:
    name = state.batch_id(batch)
    if kind in _PLAIN:
        return _PLAIN[kind].format(name=name)
    match kind:
        case Kind.IN_SERVICE:
            return _in_service(name, value, float(state.fleet.column(Field.LAUNCHED_COUNT)[batch]))
        case Kind.ECLIPSE_BEGINS:
            return f"{name} enters an eclipse season: {100 * value:.1f} % of each orbit in shade today."
        case Kind.SATELLITE_LOST:
            return f"{name} loses {'a satellite' if value == 1 else f'{value:,.0f} satellites'}."
        case Kind.BLACKOUT_BEGINS:
            return f"{name} blacks out: array and battery carry {100 * value:.0f} % of what keeps it alive."
        case Kind.RADIATOR_WORN:
            return f"{name}: {100 * value:.0f} % of its radiator is left; holes have emptied the other loops."
        case Kind.PROPELLANT_OUT:
            return f"{name} is out of propellant at {value:.0f} km and begins to sink."
        case _:
            return f"{name} {_HELD_BY[Binding(int(value))]}."
