"""The player who follows advice: the cheapest watt over a life, sure launches, a runway, work that pays."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from engine.events import day_of
from engine.kernels.layout import Field
from engine.orders import SetWorkload
from engine.policies.choices import Plan, affordable_count, buildable, free_usd, frozen, plans, with_series
from engine.policies.earnings import best_mix, life_earnings_usd
from engine.policies.goals import pressing
from engine.rules import launch_dates, market
from engine.rules.budgets import known_budget
from engine.state import CENTS

if TYPE_CHECKING:
    from engine.model.design import Design
    from engine.orders import Order
    from engine.state import CampaignState

PATIENCE_DAYS = 400
"""It waits so long for a vehicle that makes a watt cheaper."""

AHEAD_DAYS = 120
"""It books flights so far ahead, and more only when these have flown."""

RESERVE = 0.1
"""Share of the cash that is free which it never puts into flights."""

RUNWAY_MONTHS = 18.0
"""It keeps so many months of running costs besides."""

BETTER = 0.85
"""A new design has to bring the watt down to this share of the price of the newest."""

FIRST_FLEET = 50
"""Satellites that the engineering of a design is spread over when designs are compared."""

SHARE_STEP = 0.05


def advisor(state: CampaignState) -> tuple[Order, ...]:
    """What advice would have the player do today; meant to be asked once a month."""
    return (*_workload_orders(state), *_growth_orders(state))


def _workload_orders(state: CampaignState) -> tuple[Order, ...]:
    """New shares of work, if the fleet's differ from those that earn most by more than a step."""
    living = state.fleet.column(Field.ALIVE_COUNT) > 0 if state.fleet.count else np.zeros(0, np.bool_)
    if not living.any():
        return ()
    mix = best_mix(state)
    for slot, workload in enumerate(market.workload_ids(state.catalogue)):
        held = state.fleet.column(Field(Field.MIX_0 + slot))[living]
        if float(np.max(np.abs(held - mix.get(workload, 0.0)))) > SHARE_STEP:
            return (SetWorkload(mix=mix),)
    return ()


def _growth_orders(state: CampaignState) -> tuple[Order, ...]:
    """A design if a cheaper one is due, else the next flights if they are worth their money."""
    found = _chosen(state)
    if found is None:
        return ()
    if found.design.id not in state.designs:
        return (frozen(found.design),)
    soon = state.day + AHEAD_DAYS
    if any(booking.day <= soon for booking in state.bookings) or not _worth(state, found):
        return ()
    return _flights(state, found)


def _chosen(state: CampaignState) -> Plan | None:
    """The plan of the newest design, or in January of one that is so much better that it pays to change."""
    newest = tuple(state.designs.values())[-1] if state.designs else None
    own = _cheapest(state, (newest,)) if newest is not None else None
    if own is not None and state.date.month != 1:
        return own
    other = _cheapest(state, [one for one in buildable(state) if one.id not in state.designs])
    if own is None or (other is not None and _priced(state, other) < BETTER * own.usd_per_w_year):
        return other
    return own


def _cheapest(state: CampaignState, designs: Iterable[Design]) -> Plan | None:
    """The least dear watt over a life among designs that can be paid, on vehicles that fly soon enough."""
    last = state.day + PATIENCE_DAYS
    found = [
        plan
        for design in designs
        if design.id in state.designs or _engineering_usd(state, design) <= 0.5 * free_usd(state)
        for plan in plans(state, design)
        if day_of(plan.option.order.date) <= last
    ]
    return min(found, key=lambda plan: _priced(state, plan), default=None)


def _priced(state: CampaignState, plan: Plan) -> float:
    """Price of a watt and year, with the engineering of a new design spread over its first fleet."""
    if plan.design.id in state.designs:
        return plan.usd_per_w_year
    spread_usd = _engineering_usd(state, plan.design) / FIRST_FLEET
    return plan.usd_per_w_year * (1.0 + spread_usd / plan.satellite_usd)


def _engineering_usd(state: CampaignState, design: Design) -> float:
    return known_budget(design, state.catalogue).nre_usd if state.scenario.rules.money else 0.0


def _worth(state: CampaignState, plan: Plan) -> bool:
    return pressing(state) or life_earnings_usd(state, plan.design) > plan.satellite_usd


def _budget_usd(state: CampaignState) -> float:
    """What may go into flights: free cash less a reserve and the running costs of the coming months."""
    loss_cents = max(0, state.month_operations_cents - state.month_revenue_cents)
    return (1.0 - RESERVE) * free_usd(state) - RUNWAY_MONTHS * loss_cents / CENTS


def _flights(state: CampaignState, plan: Plan) -> tuple[Order, ...]:
    """The next flights of a plan, as many as money and the pace of the vehicle allow until the next look."""
    quote, order = plan.option.quote, plan.option.order
    spare, flight_usd = _budget_usd(state), quote.launch_usd + quote.build_usd
    gap = max(1, launch_dates.gap_days(state, order.vehicle))
    times = max(1, AHEAD_DAYS // gap)
    if math.isfinite(spare):
        times = min(times, int(spare // flight_usd))
    if times >= 1:
        return (with_series(state, order, times),)
    count = affordable_count(plan.option, spare)
    return (order.model_copy(update={"count": count}),) if 2 * count >= order.count else ()
