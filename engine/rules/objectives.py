"""What a scenario asks for: how far it has come, when it is met or missed, and the score at the end."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.conditions.quantities import QUANTITIES
from engine.events import Event, EventKind, Severity, day_of
from engine.rules.words import counted, day_text
from engine.state import CampaignState, Goal, changed

if TYPE_CHECKING:
    import datetime as dt

    from engine.model.scenario import Objective

Step = tuple[CampaignState, list[Event]]

_OPEN = Goal()


@dataclass(frozen=True, slots=True)
class ObjectiveReport:
    """How far one objective has come.

    Attributes:
        quantity: what measures it, by its name in conditions.
        unit: of `value`, `start` and `target`.
        value: the quantity today; None while it has no value.
        by: the last day that counts; None if it stays open.
        progress: 0..1, as it counts in the score.
        status: `open`, `met` or `missed`.
        met_on: the date it was met.
    """

    id: str
    text: str
    quantity: str
    unit: str
    value: float | None
    start: float
    target: float
    by: dt.date | None
    weight: float
    progress: float
    status: str
    met_on: dt.date | None


def objectives(state: CampaignState) -> tuple[ObjectiveReport, ...]:
    """What the scenario asks for and how far each of it has come, in the scenario's order."""
    return tuple(_report(state, objective) for objective in state.scenario.objectives)


def score(state: CampaignState) -> float | None:
    """Mean progress of all objectives by weight, 0..1; None in a scenario without any."""
    asked = state.scenario.objectives
    if not asked:
        return None
    whole = sum(objective.weight for objective in asked)
    return sum(objective.weight * progress(state, objective) for objective in asked) / whole


def progress(state: CampaignState, objective: Objective) -> float:
    """How far an objective has come, 0..1: what counts so far, or what was kept when it was judged."""
    goal = state.goals.get(objective.id, _OPEN)
    if goal.status != "open":
        return goal.progress
    share = share_reached(objective, _value(state, objective))
    return share if objective.counts == "day" else max(goal.progress, share)


def share_reached(objective: Objective, value: float) -> float:
    """Where a value lies between the start of an objective (0) and its target (1)."""
    if math.isnan(value):
        return 0.0
    if math.isinf(value):
        return 1.0 if (value > 0.0) == (objective.target > objective.start) else 0.0
    return min(1.0, max(0.0, (value - objective.start) / (objective.target - objective.start)))


def watch(state: CampaignState) -> Step:
    """Judges what is due today: objectives at the start of a month and on their last days, all at the end.

    Asked twice on one day, the second time changes nothing.
    """
    if state.finished_day or not (state.scenario.objectives or state.scenario.end_date):
        return state, []
    over = bool(state.ended) or _ended(state)
    if not (over or state.date.day == 1 or state.day in _last_days(state)):
        return state, []
    state, told = _judged(state, over=over)
    if over:
        state = changed(state, finished_day=state.day)
        told.append(_finished(state))
    return state, told


def stops(state: CampaignState) -> Iterator[int]:
    """Days on which something must be judged, whatever else is due."""
    if state.finished_day:
        return
    yield from _last_days(state)
    if state.scenario.end_date is not None:
        yield day_of(state.scenario.end_date)


def _last_days(state: CampaignState) -> list[int]:
    return [
        day_of(objective.by)
        for objective in state.scenario.objectives
        if objective.by is not None and state.goals.get(objective.id, _OPEN).status == "open"
    ]


def _ended(state: CampaignState) -> bool:
    return state.scenario.end_date is not None and state.day >= day_of(state.scenario.end_date)


def _value(state: CampaignState, objective: Objective) -> float:
    return QUANTITIES[objective.quantity].read(state)


def _report(state: CampaignState, objective: Objective) -> ObjectiveReport:
    goal = state.goals.get(objective.id, _OPEN)
    value = _value(state, objective)
    return ObjectiveReport(
        id=objective.id,
        text=objective.text,
        quantity=objective.quantity,
        unit=QUANTITIES[objective.quantity].unit,
        value=value if math.isfinite(value) else None,
        start=objective.start,
        target=objective.target,
        by=state.scenario.ends_by(objective),
        weight=objective.weight,
        progress=progress(state, objective),
        status=goal.status,
        met_on=goal.met_on,
    )


def _judged(state: CampaignState, *, over: bool) -> Step:
    """The campaign with its open objectives looked at; `over` when nothing after today counts any more."""
    goals, told = dict(state.goals), []
    for objective in state.scenario.objectives:
        known = goals.get(objective.id, _OPEN)
        found = _looked_at(state, objective, known, over=over)
        if found is not known:
            goals[objective.id] = found
        if found.status != known.status:
            told.append(_told(state, objective, found.progress))
    return (changed(state, goals=goals), told) if goals != state.goals else (state, told)


def _looked_at(state: CampaignState, objective: Objective, known: Goal, *, over: bool) -> Goal:
    """How far one objective has come; the very same object if that has not changed."""
    last = over or (objective.by is not None and state.day >= day_of(objective.by))
    if known.status != "open" or (objective.counts == "day" and not last):
        return known
    reached = progress(state, objective)
    if objective.counts == "day" and state.ended:
        reached = 0.0
    status = "met" if reached >= 1.0 else "missed" if last else "open"
    if status == "open" and reached <= known.progress:
        return known
    return Goal(reached, status, state.day)


def _told(state: CampaignState, objective: Objective, reached: float) -> Event:
    if reached >= 1.0:
        text = f"Objective met: {objective.text}"
        return Event(state.day, EventKind.OBJECTIVE_MET, Severity.NOTICE, text, objective.id)
    text = f"Objective missed, {_floor(reached)} of it reached: {objective.text}"
    return Event(state.day, EventKind.OBJECTIVE_MISSED, Severity.WARNING, text, objective.id)


def _floor(share: float) -> str:
    """A share in whole per cent, never rounded up to what was not reached."""
    return f"{math.floor(100.0 * share)} %"


def _finished(state: CampaignState) -> Event:
    met = sum(goal.status == "met" for goal in state.goals.values())
    result = score(state)
    asked = counted(len(state.scenario.objectives), "objective")
    points = "" if result is None else f" Score {_floor(result)}, {met} of {asked} met."
    if state.ended:
        text = f"{state.scenario.name} ends early: {state.ended}.{points}"
        return Event(state.day, EventKind.SCENARIO_END, Severity.ALARM, text)
    more = " Play on as long as you like; nothing more is counted."
    text = f"{state.scenario.name} has reached its end, {day_text(state.day)}.{points}{more}"
    return Event(state.day, EventKind.SCENARIO_END, Severity.NOTICE, text)
