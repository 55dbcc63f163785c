"""Coming back to a campaign: where it stands, what happened last, what is next, what binds, a suggestion."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import engine
from engine.conditions.quantities import QUANTITIES
from engine.events import Severity, date_of
from odc_tui.present import numbers
from odc_tui.present.chrome import Piece
from odc_tui.present.mission import order_words
from odc_tui.present.objectives import objective_lines, score_line

if TYPE_CHECKING:
    from engine.events import Event
    from engine.state import CampaignState

__all__ = ["Briefing", "briefing", "briefing_pieces", "chapters"]

LAST_EVENTS = 4
NEXT_FLIGHTS = 3
MANY_MONTHS = 120.0
"""Beyond this, how long cash lasts says no more than that it does."""


@dataclass(frozen=True, slots=True)
class Briefing:
    """A campaign in a few sentences.

    Attributes:
        stands: date, satellites, compute, and money with how long it lasts.
        happened: the last notable events, oldest first.
        booked: the next flights.
        binds: what holds compute down.
        suggestion: one thing to do next.
        objectives: what the scenario asks for and how far it has come, the score last.
    """

    stands: tuple[str, ...]
    happened: tuple[str, ...]
    booked: tuple[str, ...]
    binds: str
    suggestion: str
    objectives: tuple[str, ...] = ()


def briefing(state: CampaignState, events: Iterable[Event]) -> Briefing:
    """Sum a campaign up for somebody who comes back to it.

    Args:
        state: where it stands.
        events: what has happened, oldest first.
    """
    loud = [event for event in events if event.severity is not Severity.INFO][-LAST_EVENTS:]
    fix = engine.binding_fix(state) if len(state.names) else None
    trial = ""
    if fix is not None and fix.order is not None:
        kind = fix.order.type.replace("-", " ")
        trial = f"Try another {kind}: {order_words(fix, state.catalogue.workloads)}."
    return Briefing(
        stands=_stands(state),
        happened=tuple(f"{event.date}  {event.text}" for event in loud),
        booked=_booked(state),
        binds=fix.sentence if fix is not None else "Nothing flies yet.",
        suggestion=_suggestion(state, trial),
        objectives=tuple(line for line in (*objective_lines(state), score_line(state)) if line),
    )


def chapters(told: Briefing) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Title and lines of everything after where it stands; what does not apply is left out."""
    found = (
        ("Objectives", told.objectives),
        ("Last", told.happened or ("Nothing of note so far.",)),
        ("Next", told.booked or ("No flight is booked.",)),
        ("What binds", (told.binds,)),
        ("Suggestion", (told.suggestion,)),
    )
    return tuple((title, lines) for title, lines in found if lines)


def briefing_pieces(told: Briefing) -> list[Piece]:
    """The briefing as pieces of text, for a dialog."""
    pieces: list[Piece] = [("\n".join(told.stands), "")]
    for title, lines in chapters(told):
        pieces += [(f"\n\n{title}\n", "bold"), ("\n".join(lines), "")]
    return pieces


def _stands(state: CampaignState) -> tuple[str, ...]:
    fleet = engine.fleet_report(state)
    alive = f"{fleet.satellites_alive:,} of {numbers.counted(fleet.satellites_launched, 'satellite')} alive"
    compute = numbers.pair(fleet.delivered_pflops, fleet.installed_pflops, "FLOP/s", "P")
    lines = [f"It is {state.date}. {alive}, {compute} delivered."]
    if state.ended:
        lines.append(f"The campaign is over: {state.ended}.")
    if state.scenario.rules.money:
        months = QUANTITIES["runway"].read(state)
        lasts = "the last month brought more than it cost" if math.isinf(months) else _lasts(months)
        lines.append(f"{numbers.money(state.cash_usd)} in hand; {lasts}.")
    return tuple(lines)


def _lasts(months: float) -> str:
    if months > MANY_MONTHS:
        return "at the rate of last month that lasts more than ten years"
    return f"at the rate of last month that lasts {numbers.figures(max(0.0, months))} months"


def _booked(state: CampaignState) -> tuple[str, ...]:
    lines = []
    for entry in engine.calendar(state, limit=NEXT_FLIGHTS):
        vehicle = state.catalogue.vehicles[entry.vehicle].name
        name = state.designs[entry.design].name
        load = f"{entry.flights * entry.count:,} × {name}"
        lines.append(f"{date_of(entry.day)}  {entry.id}: {load} to {entry.altitude_km:g} km on {vehicle}")
    return tuple(lines)


def _suggestion(state: CampaignState, trial: str) -> str:
    """The first step that makes sense: a design, a flight, a mend, or the next batch."""
    if state.ended:
        return "Go back to an earlier save, or start anew."
    if not state.designs:
        return "Freeze a design, so that something can be launched."
    if not len(state.names):
        return "Let time pass to the first flight." if state.bookings else "Book a first flight."
    if trial:
        return trial
    return "Let time pass to the next flight." if state.bookings else "Book the next flight."
