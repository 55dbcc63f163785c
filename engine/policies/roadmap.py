"""The companies as their announcements have them: which satellite from when, and how many flights they take.

Dates are drawn from what the company file says, and kept: a day depends on seed and company alone.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from engine.events import date_of, day_of
from engine.orders import DefineDesign, Launch, RaiseCapital, SetWorkload
from engine.policies.choices import free_usd, orbit_for, preset_of, refitted
from engine.rules import draw, launch_dates, launch_fit
from engine.rules.budgets import budget_of, known_budget
from engine.rules.capital import next_raise, record_w
from engine.rules.companies import company_of
from engine.rules.launch_check import launch_faults
from engine.rules.launch_money import flight_cost
from engine.rules.learning import in_force
from engine.rules.levers import lever
from engine.rules.ramps import flights_per_year
from engine.state import CENTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.model.company import Company, Intent, Roadmap
    from engine.model.design import Design
    from engine.model.quantity import Quantity
    from engine.orders import Order
    from engine.state import CampaignState

LEAD_DAYS = 30
QUARTER_DAYS = 91
_QUARTERS = (1, 4, 7, 10)

RESERVE = 0.15
"""Share of its cash that a company never puts into flights."""

RENEWED = 4.0
"""A company changes to newer chips once they do so many times what its own do: every five or six years."""

RUNWAY_MONTHS = 24.0
"""It keeps the losses of so many months besides."""


def roadmap(state: CampaignState) -> tuple[Order, ...]:
    """What the company of this campaign orders today: a raise, a design that is due, a quarter's flights."""
    company = company_of(state)
    if company is None or company.roadmap is None:
        return ()
    if in_force(state) and (offer := next_raise(state)) is not None and record_w(state) >= offer.at_power_w:
        return (RaiseCapital(),)
    due = _due(state, company.roadmap)
    if due is not None:
        return (DefineDesign(design=due),)
    if not state.designs or state.date.month not in _QUARTERS:
        return ()
    return (*_work(state, company.roadmap), *_flights(state, company, company.roadmap))


def drawn(state: CampaignState, subject: str, span: Quantity) -> float:
    """A figure of the roadmap as it turns out in this campaign."""
    low = span.nominal if span.low is None else span.low
    high = span.nominal if span.high is None else span.high
    return draw.triangular(state.seed, subject, "roadmap", low, span.nominal, high)


def _day(state: CampaignState, intent: Intent) -> int:
    dates = (intent.earliest, intent.expected, intent.latest)
    low, peak, high = (float(day_of(date)) for date in dates)
    return round(draw.triangular(state.seed, intent.preset, "intent", low, peak, high))


def _due(state: CampaignState, plan: Roadmap) -> Design | None:
    """The next satellite of the roadmap, once its day has come and its chips are on sale."""
    for intent in plan.intents:
        design = state.catalogue.presets[intent.preset].design
        on_sale = day_of(state.catalogue.accelerators[design.accelerator].available_from)
        if design.id not in state.designs:
            return design if state.day >= max(_day(state, intent), on_sale) else None
    return _renewed(state)


def _renewed(state: CampaignState) -> Design | None:
    """The newest satellite with newer chips, once these do so many times its arithmetic."""
    if not state.designs:
        return None
    newest = tuple(state.designs.values())[-1]
    fresh = refitted(state, preset_of(state.catalogue, newest.id).design)
    done = [budget_of(state, newest.id).peak_pflops, known_budget(fresh, state.catalogue).peak_pflops]
    return fresh if done[1] >= RENEWED * done[0] else None


def _work(state: CampaignState, plan: Roadmap) -> tuple[Order, ...]:
    """What its satellites compute, said once a year for those that came since."""
    if state.date.month != 1 or not state.fleet.count:
        return ()
    return (SetWorkload(mix=plan.mix),)


def _flights(state: CampaignState, company: Company, plan: Roadmap) -> tuple[Order, ...]:
    """Flights of the coming quarter on the vehicle that would bring a satellite up most cheaply.

    Each is an order of its own, so that one that slips does not hold up the others.
    """
    options = sorted(_options(state, company), key=lambda one: (one[0], one[1].date))
    order = next((order for _, order in options if _allowed(state, order)), None)
    if order is None:
        return ()
    share = min(1.0, drawn(state, company.id, plan.share) * lever(state, "rivals"))
    yearly = share * flights_per_year(state, order.vehicle)
    count = round(yearly * QUARTER_DAYS / launch_dates.YEAR_DAYS + _fraction(state)) - _waiting(state)
    if state.scenario.rules.money:
        cost_usd = flight_cost(state, order).total_cents / CENTS
        count = min(count, int(_spare_usd(state) // cost_usd))
    gap = max(1, launch_dates.gap_days(state, order.vehicle))
    days = [order.date + dt.timedelta(days=gap * number) for number in range(count)]
    return tuple(order.model_copy(update={"date": day}) for day in days)


def _spare_usd(state: CampaignState) -> float:
    """What a company puts into flights: free cash less a reserve and two years of running losses."""
    loss_cents = max(0, state.month_operations_cents - state.month_revenue_cents)
    return (1.0 - RESERVE) * free_usd(state) - RUNWAY_MONTHS * loss_cents / CENTS


def _waiting(state: CampaignState) -> int:
    return sum(booking.left for booking in state.bookings)


def _fraction(state: CampaignState) -> float:
    """Between -1/2 and 1/2, so that two flights and a half a quarter come out as that on the mean."""
    return draw.uniform(state.seed, state.date.isoformat(), "quarter") - 0.5


def _allowed(state: CampaignState, order: Launch) -> bool:
    return all(fault.severity != "stop" for fault in launch_faults(state, order))


def _options(state: CampaignState, company: Company) -> Iterator[tuple[float, Launch]]:
    """Flights of its own vehicles that could leave within the quarter, each with dollars a satellite.

    Odds play no part: a company flies its newest vehicle until it works.
    """
    design_id = tuple(state.designs)[-1]
    craft, orbit = budget_of(state, design_id), orbit_for(state, design_id)
    for vehicle_id in company.vehicles:
        vehicle = state.catalogue.vehicles[vehicle_id]
        count = launch_fit.fit(vehicle, craft.wet_mass_kg, craft.stowed_volume_m3, orbit).count
        for site_id in vehicle.sites if count >= 1 else ():
            day = launch_dates.earliest_day(state, vehicle_id, site_id, state.day + LEAD_DAYS)
            if day > state.day + LEAD_DAYS + QUARTER_DAYS:
                continue
            order = Launch(
                design=design_id,
                count=count,
                vehicle=vehicle_id,
                site=site_id,
                orbit=orbit,
                date=date_of(day),
            )
            cost_usd = flight_cost(state, order).total_cents / CENTS
            yield cost_usd / count, order
