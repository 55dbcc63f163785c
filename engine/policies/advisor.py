"""The player who follows advice: watts that cost least beyond what they earn, sure launches, a runway."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from engine.events import day_of
from engine.kernels.layout import Field
from engine.orders import SetWorkload
from engine.policies.choices import Plan, affordable_count, buildable, free_usd, frozen, plans, refitted
from engine.policies.deals import deal_orders, loan_orders
from engine.policies.earnings import best_mix, life_earnings_usd
from engine.policies.goals import planned_w, thrift_counts, wanted_w
from engine.rules import launch_dates, market
from engine.rules.budgets import known_budget
from engine.rules.learning import nre_usd
from engine.rules.ramps import flights_per_year
from engine.state import CENTS

if TYPE_CHECKING:
    from engine.model.design import Design
    from engine.orders import Order
    from engine.state import CampaignState

QUARTERS, HALVES = (1, 4, 7, 10), (1, 7)

PATIENCE_DAYS = 400
"""It waits so long for a vehicle that makes a watt cheaper."""

AHEAD_DAYS = 270
"""It books flights so far ahead, and more only when these have flown."""

RESERVE = 0.1
"""Share of the cash that is free which it never puts into flights."""

RUNWAY_MONTHS = 30.0
"""It keeps what so many months lose besides, and puts by the upkeep of what it books."""

BETTER = 0.15
"""A new design has to be better than the newest by this share of its price."""

DEARER, DEARER_FOR_A_GOAL = 1.3, 2.0
"""It also flies on vehicles that make the watt dearer by no more than this: more, where a goal falls due."""

PROVEN, RISKED = 0.7, 0.15
"""Below these odds it books only as many flights at a time as this share of the cash pays for, but one."""

YIELD = 0.5
"""Share of a vehicle's flights in a year that one customer gets, on the dates it can keep."""

FIRST_FLEET = 50
"""Satellites that the engineering of a design is spread over when designs are compared."""

SHARE_STEP = 0.05


def advisor(state: CampaignState) -> tuple[Order, ...]:
    """What advice would have the player do today; meant to be asked once a month, and busy once a quarter."""
    routine = (*deal_orders(state), *_workload_orders(state))
    if state.designs and state.date.month not in QUARTERS:
        return routine
    return (*routine, *_growth_orders(state))


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
    """The next flights if they are worth their money, or first the design that they need."""
    found = _chosen(state)
    if found is None:
        return ()
    missing_w = _missing_w(state, found)
    if found.design.id not in state.designs:
        pays = missing_w > 0.0 or _pays(state, found) or not state.designs
        return (frozen(found.design),) if pays else ()
    dearer = _dearer(state)
    if missing_w <= 0.0:
        if not _pays(state, found):
            return ()
        missing_w, dearer = known_budget(found.design, state.catalogue).it_power_w, DEARER
    return _flights(state, _vehicles(state, found, dearer), missing_w) or loan_orders(state, found)


def _dearer(state: CampaignState) -> float:
    return DEARER if thrift_counts(state) else DEARER_FOR_A_GOAL


def _chosen(state: CampaignState) -> Plan | None:
    """The plan of the newest design, or every half-year of one so much better that it pays to change.

    Ready-made designs come with the chips that do most with their power.
    """
    newest = tuple(state.designs.values())[-1] if state.designs else None
    own = _cheapest(state, (newest,)) if newest is not None else None
    if own is not None and state.date.month not in HALVES:
        return own
    designs = [refitted(state, one) for one in buildable(state)]
    other = _cheapest(state, [one for one in designs if one.id not in state.designs])
    if own is None or other is None:
        return own or other
    gain = _net_usd_per_w_year(state, own) - _net_usd_per_w_year(state, other)
    return other if gain > BETTER * own.usd_per_w_year else own


def _cheapest(state: CampaignState, designs: Iterable[Design]) -> Plan | None:
    """The least dear watt over a life among designs that can be paid, on vehicles that fly soon enough."""
    last = state.day + PATIENCE_DAYS
    found = []
    for design in designs:
        if design.id in state.designs or _engineering_usd(state, design) <= 0.5 * free_usd(state):
            soon = [one for one in plans(state, design) if day_of(one.option.order.date) <= last]
            found += sorted(soon, key=lambda plan: plan.usd_per_w_year)[:1]
    return min(found, key=lambda plan: _net_usd_per_w_year(state, plan), default=None)


def _net_usd_per_w_year(state: CampaignState, plan: Plan) -> float:
    """Price of a watt and year less what it earns; engineering is spread over the first fleet of a design."""
    gross = plan.usd_per_w_year
    if plan.design.id not in state.designs:
        gross *= 1.0 + _engineering_usd(state, plan.design) / (FIRST_FLEET * plan.satellite_usd)
    return gross - life_earnings_usd(state, plan.design) / (plan.design.life_years * plan.watts)


def _engineering_usd(state: CampaignState, design: Design) -> float:
    return nre_usd(state, design) if state.scenario.rules.money else 0.0


def _missing_w(state: CampaignState, plan: Plan) -> float:
    """Power that goals still ask for today."""
    each_w = known_budget(plan.design, state.catalogue).it_power_w
    wanted = wanted_w(state, plan.satellite_usd / each_w, _pace_w_per_year(state, plan))
    return max(0.0, wanted - planned_w(state))


def _pays(state: CampaignState, plan: Plan) -> bool:
    """Whether one more satellite earns its price."""
    return life_earnings_usd(state, plan.design) > plan.satellite_usd


def _budget_usd(state: CampaignState) -> float:
    """What may go into flights: free cash less a reserve and the running costs of the coming months."""
    loss_cents = max(0, state.month_operations_cents - state.month_revenue_cents)
    return (1.0 - RESERVE) * free_usd(state) - RUNWAY_MONTHS * loss_cents / CENTS


def _flights(state: CampaignState, ways: list[Plan], missing_w: float) -> tuple[Order, ...]:
    """Flights on some vehicles, best first, each an order of its own: one that slips holds up no other."""
    spare, orders = _budget_usd(state), []
    for plan in ways:
        quote, order = plan.option.quote, plan.option.order
        flight_usd = quote.launch_usd + quote.build_usd + _upkeep_usd(state, plan)
        flight_w = known_budget(plan.design, state.catalogue).it_power_w * order.count * quote.success_odds
        count = min(_places(state, plan), math.ceil(missing_w / flight_w))
        if math.isfinite(spare):
            count = min(count, int(spare // flight_usd))
        gap = max(1, launch_dates.gap_days(state, order.vehicle))
        for number in range(count):
            date = order.date + dt.timedelta(days=number * gap)
            orders.append(order.model_copy(update={"date": date}))
        spare -= max(0, count) * flight_usd
        missing_w -= max(0, count) * flight_w
        if missing_w <= 0.0:
            break
    if ways and not orders and not state.bookings:
        option = ways[0].option
        count = affordable_count(option, spare)
        if 2 * count >= option.order.count:
            return (option.order.model_copy(update={"count": count}),)
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
        for plan in _vehicles(state, best, _dearer(state))
    )


def _upkeep_usd(state: CampaignState, plan: Plan) -> float:
    """Operations of a flight's satellites over the runway, put by before it is booked."""
    economy, quote = state.catalogue.economy, plan.option.quote
    yearly_usd = economy.operations_per_year.nominal * quote.build_usd
    yearly_usd += economy.ground_cost_usd_per_year.nominal * plan.option.order.count
    return RUNWAY_MONTHS / 12.0 * yearly_usd


def _vehicles(state: CampaignState, best: Plan, dearer: float) -> list[Plan]:
    """The best way up with each vehicle, cheapest watt first, without those that are too much dearer."""
    ways: dict[str, Plan] = {}
    for plan in sorted(plans(state, best.design), key=lambda one: one.usd_per_w_year):
        late = day_of(plan.option.order.date) > state.day + AHEAD_DAYS
        if not late and plan.usd_per_w_year <= dearer * best.usd_per_w_year:
            ways.setdefault(plan.option.order.vehicle, plan)
    return list(ways.values())


def _places(state: CampaignState, plan: Plan) -> int:
    """Flights that a vehicle can still take on until the next looks; few at a time while it is unproven."""
    vehicle, quote = plan.option.order.vehicle, plan.option.quote
    waiting = sum(booking.left for booking in state.bookings if booking.order.vehicle == vehicle)
    places = max(1, AHEAD_DAYS // max(1, launch_dates.gap_days(state, vehicle)))
    risked = RISKED * free_usd(state) / (quote.launch_usd + quote.build_usd + 1.0)
    if quote.success_odds < PROVEN and risked < places:
        places = max(1, int(risked))
    return places - waiting
