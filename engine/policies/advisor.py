"""The player who follows advice: the cheapest watt over a life, sure launches, a runway, work that pays."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from engine.events import day_of
from engine.kernels.layout import Field
from engine.orders import RaiseCapital, SetWorkload
from engine.policies.choices import Plan, affordable_count, buildable, free_usd, frozen, plans
from engine.policies.earnings import best_mix, life_earnings_usd
from engine.policies.goals import planned_w, wanted_w
from engine.rules import launch_dates, market
from engine.rules.budgets import known_budget
from engine.rules.capital import next_raise, record_w
from engine.rules.learning import in_force
from engine.rules.ramps import flights_per_year
from engine.state import CENTS

if TYPE_CHECKING:
    from engine.model.design import Design
    from engine.orders import Order
    from engine.state import CampaignState

QUARTERS = (1, 4, 7, 10)

PATIENCE_DAYS = 400
"""It waits so long for a vehicle that makes a watt cheaper."""

AHEAD_DAYS = 270
"""It books flights so far ahead, and more only when these have flown."""

RESERVE = 0.1
"""Share of the cash that is free which it never puts into flights."""

RUNWAY_MONTHS = 30.0
"""It keeps what so many months lose besides, and puts by the upkeep of what it books."""

BETTER = 0.85
"""A new design has to bring the watt down to this share of the price of the newest."""

DEARER = 1.3
"""It also flies on vehicles that make the watt dearer by no more than this."""

PROVEN, RISKED = 0.8, 0.05
"""Below these odds it books one flight at a time if a flight takes more than this share of the cash."""

YIELD = 0.5
"""Share of a vehicle's flights in a year that one customer gets, on the dates it can keep."""

FIRST_FLEET = 50
"""Satellites that the engineering of a design is spread over when designs are compared."""

SHARE_STEP = 0.05


def advisor(state: CampaignState) -> tuple[Order, ...]:
    """What advice would have the player do today; meant to be asked once a month, and busy once a quarter."""
    if state.designs and state.date.month not in QUARTERS:
        return _capital_orders(state)
    return (*_capital_orders(state), *_workload_orders(state), *_growth_orders(state))


def _capital_orders(state: CampaignState) -> tuple[Order, ...]:
    """Whatever investors offer, once the record has unlocked it."""
    offer = next_raise(state) if in_force(state) else None
    return (RaiseCapital(),) if offer is not None and record_w(state) >= offer.at_power_w else ()


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
    missing_w = _missing_w(state, found)
    return _flights(state, found, missing_w) if missing_w > 0.0 else ()


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


def _missing_w(state: CampaignState, plan: Plan) -> float:
    """Power to order today: what goals still ask for, or a satellite's worth if one more pays for itself."""
    each_w = known_budget(plan.design, state.catalogue).it_power_w
    have = planned_w(state)
    wanted = wanted_w(state, plan.satellite_usd / each_w, _pace_w_per_year(state, plan))
    if have < wanted:
        return wanted - have
    return each_w if life_earnings_usd(state, plan.design) > plan.satellite_usd else 0.0


def _budget_usd(state: CampaignState) -> float:
    """What may go into flights: free cash less a reserve and the running costs of the coming months."""
    loss_cents = max(0, state.month_operations_cents - state.month_revenue_cents)
    return (1.0 - RESERVE) * free_usd(state) - RUNWAY_MONTHS * loss_cents / CENTS


def _flights(state: CampaignState, best: Plan, missing_w: float) -> tuple[Order, ...]:
    """Flights on every vehicle that is not much dearer than the best, each an order of its own.

    One that slips then holds up no other.
    """
    each_w = known_budget(best.design, state.catalogue).it_power_w
    spare, orders = _budget_usd(state), []
    for plan in _vehicles(state, best):
        quote, order = plan.option.quote, plan.option.order
        flight_usd = quote.launch_usd + quote.build_usd + _upkeep_usd(state, plan)
        count = min(_places(state, plan), math.ceil(missing_w / (each_w * order.count * quote.success_odds)))
        if math.isfinite(spare):
            count = min(count, int(spare // flight_usd))
        gap = max(1, launch_dates.gap_days(state, order.vehicle))
        for number in range(count):
            date = order.date + dt.timedelta(days=number * gap)
            orders.append(order.model_copy(update={"date": date}))
        spare -= max(0, count) * flight_usd
        missing_w -= max(0, count) * each_w * order.count * quote.success_odds
        if missing_w <= 0.0:
            break
    if not orders and not state.bookings:
        count = affordable_count(best.option, spare)
        if 2 * count >= best.option.order.count:
            return (best.option.order.model_copy(update={"count": count}),)
    return tuple(orders)


def _pace_w_per_year(state: CampaignState, best: Plan) -> float:
    """Power that the vehicles near the best can bring up in a year, slips and other customers reckoned."""
    each_w = known_budget(best.design, state.catalogue).it_power_w
    return sum(
        YIELD
        * flights_per_year(state, plan.option.order.vehicle)
        * plan.option.order.count
        * each_w
        * plan.option.quote.success_odds
        for plan in _vehicles(state, best)
    )


def _upkeep_usd(state: CampaignState, plan: Plan) -> float:
    """Operations of a flight's satellites over the runway, put by before it is booked."""
    economy, quote = state.catalogue.economy, plan.option.quote
    yearly_usd = economy.operations_per_year.nominal * quote.build_usd
    yearly_usd += economy.ground_cost_usd_per_year.nominal * plan.option.order.count
    return RUNWAY_MONTHS / 12.0 * yearly_usd


def _vehicles(state: CampaignState, best: Plan) -> list[Plan]:
    """The best way up with each vehicle, cheapest watt first, without those that are much dearer."""
    ways: dict[str, Plan] = {}
    for plan in sorted(plans(state, best.design), key=lambda one: one.usd_per_w_year):
        late = day_of(plan.option.order.date) > state.day + AHEAD_DAYS
        if not late and plan.usd_per_w_year <= DEARER * best.usd_per_w_year:
            ways.setdefault(plan.option.order.vehicle, plan)
    return list(ways.values())


def _places(state: CampaignState, plan: Plan) -> int:
    """Flights that a vehicle can still take on until the next looks; one at a time while it is unproven."""
    vehicle, quote = plan.option.order.vehicle, plan.option.quote
    waiting = sum(booking.left for booking in state.bookings if booking.order.vehicle == vehicle)
    places = max(1, AHEAD_DAYS // max(1, launch_dates.gap_days(state, vehicle)))
    dear = quote.launch_usd + quote.build_usd > RISKED * free_usd(state)
    return (1 if dear and quote.success_odds < PROVEN else places) - waiting
