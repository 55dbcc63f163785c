"""How days pass: from one day on which something is due to the next, with the fleet's kernel in between.

What is due on a day is decided by the state alone, never by how an advance was cut. So one advance over many
days and many over few give the same state, bit for bit.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import TYPE_CHECKING

from engine.events import Event, EventKind, Severity, day_of
from engine.outcomes import Accepted, Fault
from engine.rules import finance, ground, happenings, milestones, objectives, rivals, standing, traffic
from engine.rules.flights import fly_due
from engine.rules.levers import lever
from engine.rules.rivals import Minds
from engine.rules.standing import Give
from engine.rules.weather import storm_events
from engine.simulate.lift import lift
from engine.simulate.run import run_span
from engine.state import LOG_LENGTH, CampaignState, changed

if TYPE_CHECKING:
    from concurrent.futures import Executor

Step = tuple[CampaignState, list[Event]]


LAST_DATE = dt.date(2100, 1, 1)
"""Campaigns end here at the latest: beyond it the ephemeris of the Sun and the market are guesses."""


def advance_faults(state: CampaignState, day: int) -> tuple[Fault, ...]:
    """Why time cannot pass until a day; empty if it can."""
    if day > day_of(LAST_DATE):
        reason = f"Campaigns reach to {LAST_DATE} at most."
        return (Fault("stop", "date", reason, f"Choose {LAST_DATE} or earlier."),)
    if day <= state.day:
        passed = "It is already" if day == state.day else "That date has passed: it is"
        fix = f"Choose {state.date + dt.timedelta(days=1)} or later."
        return (Fault("stop", "date", f"{passed} {state.date}.", fix),)
    return ()


def pass_days(
    state: CampaignState,
    target: int,
    give: Give,
    stop_on: AbstractSet[EventKind] = frozenset(),
    executor: Executor | None = None,
    minds: Minds | None = None,
) -> Accepted:
    """Lets days pass until `target`, or until the day after the first event of a kind in `stop_on`.

    Args:
        state: the campaign.
        target: the day to reach.
        give: carries out an order, for those that stand.
        stop_on: kinds of events that end the passage early.
        executor: threads of the caller, among which a large fleet is shared out.
        minds: who plays the rivals; without any they stand still.

    Returns:
        The state at the day reached, and all that happened on the way, oldest first.
    """
    state, told = arrive(state, give, minds)
    stopped = _stops_for(told, stop_on)
    while not (state.ended or stopped or state.day >= target):
        state, happened = _span(state, min(target, next_stop(state)), stop_on, executor)
        state, due = arrive(state, give, minds)
        happened += due
        stopped = _stops_for(happened, stop_on)
        told += happened
    return Accepted(state, tuple(told))


def _stops_for(told: list[Event], stop_on: AbstractSet[EventKind]) -> bool:
    return any(event.kind in stop_on for event in told) if stop_on else False


def logged(outcome: Accepted) -> Accepted:
    """The outcome with its events in the log of its state, which keeps the newest."""
    if not outcome.events:
        return outcome
    log = (*outcome.state.log, *outcome.events)[-LOG_LENGTH:]
    return Accepted(changed(outcome.state, log=log), outcome.events)


def _span(
    state: CampaignState, until: int, stop_on: AbstractSet[EventKind], executor: Executor | None
) -> Step:
    """Runs the fleet; if something to stop for happens, only to the end of that day."""
    after, told = _run(state, until, executor)
    days = [event.day for event in told if event.kind in stop_on]
    if days and min(days) + 1 < until:
        return _run(state, min(days) + 1, executor)
    return after, told


def _run(state: CampaignState, until: int, executor: Executor | None) -> Step:
    if not state.fleet.count:
        return changed(state, day=until), []
    strengths, storms = state.luck.sun_strengths, lever(state, "storms")
    result = run_span(state.fleet, state.seed, state.day, until, executor, strengths, storms)
    told = [*storm_events(state.seed, state.day, until, storms, strengths), *lift(state, result.records)]
    return changed(state, fleet=result.fleet, day=until), sorted(told, key=lambda event: event.day)


def arrive(state: CampaignState, give: Give, minds: Minds | None = None) -> Step:
    """Does what is due today; asked twice on one day, the second time does nothing.

    Rivals play their month first, against what everybody had on its first day. Standing orders come last, so
    that they see the day as a player would. What they change is followed up at once, as it would be if a
    player had given the same orders and let time pass.
    """
    state, news = rivals.month(state, minds) if minds is not None else (state, [])
    state, told = _due(state)
    told = news + told
    if not state.standing or state.ended:
        return state, told
    state, given = standing.look(state, give)
    state, followed = _due(state) if given else (state, [])
    return state, told + given + followed


def _due(state: CampaignState) -> Step:
    told: list[Event] = []
    for due in (
        _close_books,
        happenings.look,
        _reopen_sites,
        _release_vehicles,
        fly_due,
        milestones.pass_satellites,
        milestones.first_light,
        objectives.watch,
    ):
        state, happened = due(state)
        told += happened
    return state, told


def _close_books(state: CampaignState) -> Step:
    if state.date.day != 1 or state.day <= state.books_day:
        return state, []
    state, told = finance.close_month(state)
    state, passed = milestones.pass_power(state)
    state, answered = ground.quarterly(traffic.quarterly(state))
    return state, told + passed + answered


def _reopen_sites(state: CampaignState) -> Step:
    told = []
    for site_id, status in state.sites.items():
        if status.announced or state.day < status.reopen_day:
            continue
        text = f"{state.catalogue.launch_sites[site_id].name} is open again."
        told.append(Event(state.day, EventKind.SITE_REOPENED, Severity.NOTICE, text, site_id))
        state = changed(state, sites={**state.sites, site_id: replace(status, announced=True)})
    return state, told


def _release_vehicles(state: CampaignState) -> Step:
    told = []
    for vehicle_id, status in state.vehicles.items():
        if status.announced or state.day < _release_day(state, vehicle_id):
            continue
        name = state.catalogue.vehicles[vehicle_id].name
        grounded = status.flown or status.grounded_until_day
        text = f"{name} may fly again." if grounded else f"{name} is for sale from today."
        told.append(Event(state.day, EventKind.VEHICLE_AVAILABLE, Severity.NOTICE, text, vehicle_id))
        state = changed(state, vehicles={**state.vehicles, vehicle_id: replace(status, announced=True)})
    return state, told


def _release_day(state: CampaignState, vehicle_id: str) -> int:
    grounded = state.vehicles[vehicle_id].grounded_until_day
    return grounded or day_of(state.catalogue.vehicles[vehicle_id].available_from)


def next_stop(state: CampaignState) -> int:
    """The next day on which anything but the physics of the fleet is due."""
    return min(day for day in _stops(state) if day > state.day)


def _stops(state: CampaignState) -> Iterator[int]:
    yield finance.next_month_day(state.day)
    for booking in state.bookings:
        yield booking.day
    for status in state.sites.values():
        if not status.announced:
            yield status.reopen_day
    for vehicle_id, vehicle in state.vehicles.items():
        if not vehicle.announced:
            yield _release_day(state, vehicle_id)
    for one in state.standing:
        if not one.done:
            yield one.due_day
    light = milestones.waiting_day(state)
    if light is not None:
        yield light
    yield from objectives.stops(state)
    yield from happenings.stops(state)
