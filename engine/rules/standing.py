"""Standing orders: what the player wants given again and again, or whenever something is so.

They are looked at on days that follow from themselves alone, and given by the rules that every order goes by.
So the same campaign comes out however its days are cut, and nothing is bought that could not be by hand.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from engine.conditions.rhythm import When, parse_when
from engine.errors import InputError
from engine.events import Event, EventKind, Severity, date_of
from engine.orders import DropStanding, Launch, LaunchAhead, Order, StandingOrder
from engine.outcomes import Accepted, Fault, Outcome, Rejected
from engine.rules import launch_dates
from engine.rules.words import counted, day_text, did_you_mean
from engine.state import CampaignState, Standing, changed

Step = tuple[CampaignState, list[Event]]
Looked = tuple[CampaignState, Standing, list[Event]]
"""A state, one standing order after its look, and what happened."""
Give = Callable[[CampaignState, Order], Outcome]
"""Carries out an order, or says why it cannot be."""
Check = Callable[[CampaignState, Order], tuple[Fault, ...]]

MOST = 100
"""Standing orders a campaign can hold: each costs some microseconds at a look."""

_TRIES = 100
"""Dates of a series that are tried, one free date after the other."""


# --- laying down and dropping --------------------------------------------------------------------


def standing_faults(state: CampaignState, order: StandingOrder, check: Check) -> tuple[Fault, ...]:
    """Why a standing order cannot be laid down; and, as risks, what its order would meet today."""
    taken = [one.id for one in state.standing]
    if order.id in taken:
        fix = "Drop it first, or choose another id."
        return (Fault("stop", "id", f"There is a standing order {order.id} already.", fix),)
    if len(taken) >= MOST:
        fix = "Drop some that are no longer needed."
        return (Fault("stop", "id", f"A campaign holds {MOST} standing orders.", fix),)
    try:
        when = parse_when(order.when)
    except InputError as error:
        what = f"{error.where.removeprefix('when').lstrip(', ')}: {error.what}".removeprefix(": ")
        return (Fault("stop", "when", _sentence(what), _sentence(error.mend)),)
    first = Fault("ok", "when", f"First looked at on {day_text(when.first_day(state.day))}.")
    today = [fault for fault in check(state, concrete(state, order)) if fault.severity != "ok"]
    risks = (Fault("risk", f"order.{one.field}", f"As things stand: {one.reason}", one.fix) for one in today)
    return (*risks, first)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def lay_down(state: CampaignState, order: StandingOrder) -> Accepted:
    """Puts an order in force from its next look on."""
    due_day = parse_when(order.when).first_day(state.day)
    text = f"Standing order {order.id} is in force: {order.when.strip()}, {order.order.type}."
    event = Event(state.day, EventKind.POLICY_CHANGED, Severity.INFO, text, order.id)
    return Accepted(changed(state, standing=(*state.standing, Standing(order, state.day, due_day))), (event,))


def drop_faults(state: CampaignState, order: DropStanding) -> tuple[Fault, ...]:
    """Whether there is such a standing order."""
    known = [one.id for one in state.standing]
    if order.id in known:
        return ()
    fix = did_you_mean(order.id, known, "None is in force.")
    return (Fault("stop", "id", f"There is no standing order {order.id}.", fix),)


def drop(state: CampaignState, order: DropStanding) -> Accepted:
    """Takes a standing order out of force."""
    one = next(one for one in state.standing if one.id == order.id)
    text = f"Standing order {one.id} is dropped; it was given {counted(one.given, 'time')}."
    event = Event(state.day, EventKind.POLICY_CHANGED, Severity.INFO, text, one.id)
    return Accepted(_without(state, one.id), (event,))


def _without(state: CampaignState, standing_id: str) -> CampaignState:
    return changed(state, standing=tuple(one for one in state.standing if one.id != standing_id))


# --- looking and giving --------------------------------------------------------------------------


def look(state: CampaignState, give: Give) -> Step:
    """Gives what is due today, in the order it was laid down.

    Args:
        state: the campaign on the day it has arrived at.
        give: carries out an order, or says why it cannot be.

    Returns:
        The campaign, and what happened; nothing if no order was given and none newly refused.
    """
    told: list[Event] = []
    standing = list(state.standing)
    for place, one in enumerate(standing):
        if not one.done and one.due_day <= state.day:
            state, standing[place], happened = _look_at(state, one, give)
            told += happened
    return changed(state, standing=tuple(standing)), told


def _look_at(state: CampaignState, one: Standing, give: Give) -> Looked:
    when = parse_when(one.order.when)
    holds = when.holds(state)
    one = replace(one, due_day=when.next_day(state.day), looks=one.looks + 1, met=one.met + holds)
    if not holds:
        return state, one if one.armed and not one.refused else replace(one, armed=True, refused=""), []
    if not _wanted(one, when, state.day):
        return state, one, []
    outcome = give(state, concrete(state, one.order))
    if isinstance(outcome, Rejected):
        return state, *_refused(state.day, one, outcome)
    return outcome.state, *_given(outcome, one)


def _wanted(one: Standing, when: When, day: int) -> bool:
    """Whether a condition that holds asks for the order now."""
    rested = one.given_day < 0 or day >= one.given_day + one.order.cooldown_days
    return rested and (one.armed or not when.once)


def _given(outcome: Accepted, one: Standing) -> tuple[Standing, list[Event]]:
    day = outcome.state.day
    one = replace(one, given=one.given + 1, given_day=day, armed=False, refused="", reason="")
    last = one.given == one.order.limit
    often = f", for the last of {counted(one.given, 'time')}" if last else ""
    if last:
        one = replace(one, due_day=0)
    text = f"Standing order {one.id} is given: {one.order.when.strip()}{often}."
    event = Event(day, EventKind.STANDING_GIVEN, Severity.NOTICE, text, one.id)
    return one, [event, *outcome.events]


def _refused(day: int, one: Standing, answer: Rejected) -> tuple[Standing, list[Event]]:
    """Counts a refusal, and tells it unless the one before it was about the same."""
    field = answer.field or "order"
    told = one.refused == field
    one = replace(one, refusals=one.refusals + 1, refused=field, reason=answer.reason)
    text = f"Standing order {one.id} is refused: {answer.reason} {answer.fix}".strip()
    event = Event(day, EventKind.STANDING_REFUSED, Severity.WARNING, text, one.id)
    return one, [] if told else [event]


def concrete(state: CampaignState, order: StandingOrder) -> Order:
    """The order as it would be given today: a launch on its first free date."""
    inner = order.order
    if not isinstance(inner, LaunchAhead):
        return inner
    values = {name: getattr(inner, name) for name in LaunchAhead.model_fields if name != "date"}
    launch = Launch(date=date_of(state.day + inner.days_ahead), **values)
    known = inner.vehicle in state.catalogue.vehicles and inner.site in state.catalogue.launch_sites
    return _on_free_dates(state, launch) if known else launch


def _on_free_dates(state: CampaignState, launch: Launch) -> Launch:
    """The launch moved to where all its dates are far enough from other flights of the vehicle."""
    gap = launch_dates.gap_days(state, launch.vehicle)
    taken = launch_dates.booked_days(state, launch.vehicle)
    day = launch_dates.planned_day(launch, 0)
    for _ in range(_TRIES):
        day = launch_dates.earliest_day(state, launch.vehicle, launch.site, day)
        launch = launch.model_copy(update={"date": date_of(day)})
        clash = launch_dates.first_clash(launch_dates.series_days(launch), taken, gap)
        if clash is None:
            break
        day += launch_dates.free_day(taken, clash, gap) - clash
    return launch
