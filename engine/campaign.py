"""The one way to change anything: a state and an order give a new state and what happened, or a refusal.

Only dispatch lives here; what an order needs and does is in `engine.rules`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, assert_never

from engine.events import EventKind, day_of
from engine.orders import (
    AdvanceTo,
    Borrow,
    CancelFlights,
    DefineDesign,
    Dispose,
    DropStanding,
    Insure,
    Launch,
    Order,
    RaiseCapital,
    Repay,
    SetLoadPolicy,
    SetWorkload,
    SignContract,
    StandingOrder,
    StationKeep,
)
from engine.outcomes import Accepted, Fault, Outcome, Rejected
from engine.policies.roadmap import roadmap
from engine.rules import (
    booking,
    dealings,
    engineering,
    fleet_orders,
    launch_check,
    passage,
    standing,
)
from engine.rules.opening import new_campaign
from engine.rules.rivals import Minds
from engine.state import CampaignState

if TYPE_CHECKING:
    from concurrent.futures import Executor

__all__ = ["advance", "apply", "check", "new_campaign", "preview"]


def apply(state: CampaignState, order: Order) -> Outcome:
    """Carries out an order, or says why it cannot be.

    Args:
        state: the campaign; it is not changed.
        order: what the player wants.

    Returns:
        `Accepted` with the new state and what happened, or `Rejected` with reason, field and fix.
    """
    outcome = _decide(state, order)
    return passage.logged(outcome) if isinstance(outcome, Accepted) else outcome


def _decide(state: CampaignState, order: Order) -> Outcome:
    """The outcome of an order, with nothing put into the log yet."""
    for fault in check(state, order):
        if fault.severity == "stop":
            return Rejected(fault.reason, fault.field, fault.fix)
    return _carry_out(state, order)


preview = apply
"""The same call, named for its use: look at the outcome and keep the old state."""


def check(state: CampaignState, order: Order) -> tuple[Fault, ...]:
    """Everything that stands against an order or for it, `stop` lines first.

    The first `stop` line is what `apply` refuses the order with.
    """
    if state.ended:
        return (_over(state),)
    match order:
        case DefineDesign():
            return engineering.design_order_faults(state, order)
        case Launch():
            return launch_check.launch_faults(state, order)
        case CancelFlights():
            return booking.cancel_faults(state, order)
        case SetLoadPolicy() | StationKeep() | Dispose() | SetWorkload():
            return fleet_orders.fleet_order_faults(state, order)
        case StandingOrder():
            return standing.standing_faults(state, order, check)
        case DropStanding():
            return standing.drop_faults(state, order)
        case RaiseCapital() | Borrow() | Repay() | Insure() | SignContract():
            return dealings.dealing_faults(state, order)
        case AdvanceTo():
            return passage.advance_faults(state, day_of(order.date))
        case _:
            assert_never(order)


def advance(
    state: CampaignState,
    day: int | dt.date,
    stop_on: AbstractSet[EventKind] = frozenset(),
    executor: Executor | None = None,
) -> Outcome:
    """Lets days pass.

    Args:
        state: the campaign.
        day: the date to reach, or its number counted from 2000-01-01.
        stop_on: kinds of events that end the passage early.
        executor: threads of the caller, among which a large fleet is shared out; the bits stay the same.

    Returns:
        `Accepted` with the state at that day and what happened on the way. The state is earlier than `day`
        if an event of `stop_on` occurred (it is then the first state that knows of it) or the campaign ended.
        `Rejected` if that day has passed or lies too far ahead.
    """
    target = day_of(day) if isinstance(day, dt.date) else day
    faults = (_over(state),) if state.ended else passage.advance_faults(state, target)
    if faults:
        return Rejected(faults[0].reason, faults[0].field, faults[0].fix)
    return passage.logged(passage.pass_days(state, target, _decide, stop_on, executor, _MINDS))


def _over(state: CampaignState) -> Fault:
    reason = f"The campaign ended on {state.date}: {state.ended}."
    return Fault("stop", "", reason, "Go back to an earlier save, or start anew.")


def _carry_out(state: CampaignState, order: Order) -> Accepted:
    match order:
        case DefineDesign():
            return engineering.freeze(state, order)
        case Launch():
            return booking.book_launch(state, order)
        case CancelFlights():
            return booking.cancel(state, order)
        case SetLoadPolicy():
            return fleet_orders.set_policy(state, order)
        case SetWorkload():
            return fleet_orders.set_workload(state, order)
        case StationKeep():
            return fleet_orders.station_keep(state, order)
        case Dispose():
            return fleet_orders.dispose(state, order)
        case StandingOrder():
            return standing.lay_down(state, order)
        case DropStanding():
            return standing.drop(state, order)
        case RaiseCapital() | Borrow() | Repay() | Insure() | SignContract():
            return dealings.deal(state, order)
        case AdvanceTo():
            return passage.pass_days(state, day_of(order.date), _decide, minds=_MINDS)
        case _:
            assert_never(order)


_MINDS = Minds(roadmap, apply, advance)
"""Rivals decide by their roadmaps, and their orders go through the same door as the player's."""
