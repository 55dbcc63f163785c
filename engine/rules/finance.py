"""The books: what a month earned and cost, and when money runs out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from engine.events import Event, EventKind, Severity, date_of, day_of
from engine.kernels.layout import Field
from engine.rules import capital, contracts, debt, learning, market, offers, spot, upkeep
from engine.rules.budgets import budget_of
from engine.rules.fleet_links import link_columns
from engine.rules.fleet_rows import demand_caps
from engine.rules.ground import ground_price_factor
from engine.rules.launch_money import COMMITTED_DAYS, flight_cost
from engine.rules.money import book_all, cents
from engine.rules.words import day_text, figures, money
from engine.simulate.fleet import Fleet, places
from engine.state import CENTS, CampaignState, LedgerKind, Market, changed
from engine.units import JULIAN_YEAR_DAYS

RUNWAY_MONTHS = 6.0
"""Cash for fewer months than this is worth a warning."""

_LIVING = places(Field.LAUNCH_DAY, Field.ALIVE_COUNT)

LOSS_MONTHS = 3
"""So many months in a row closed below zero end the campaign."""

Step = tuple[CampaignState, list[Event]]


def next_month_day(day: int) -> int:
    """The first day of the month after the one that `day` lies in."""
    date = date_of(day)
    year, month = (date.year + 1, 1) if date.month == 12 else (date.year, date.month + 1)
    return day_of(dt.date(year, month, 1))


def close_month(state: CampaignState) -> Step:
    """Books the month that ends today: sales, operations, next month's demand, warnings, the end."""
    first_day, delivered = state.books_day, market.delivered_pflop_days(state)
    served = contracts.settled(state, delivered)
    sold = _sold(served.state, delivered, served.taken_pflop_days)
    state = _book_month(served.state, sold, served.earned_cents)
    levels = _levels(state)
    amount = sum(pflop_days for pflop_days, _ in sold.values()) + sum(served.taken_pflop_days.values())
    state = changed(
        state,
        fleet=_next_month(state, levels),
        books_day=state.day,
        market=Market({}, levels, state.market.loss_months, state.market.warned),
        totals=replace(state.totals, sold_pflop_days=state.totals.sold_pflop_days + amount),
    )
    told = [_closed(state, sum(delivered.values()))] if len(state.names) else []
    told += served.told
    if state.scenario.rules.money:
        state, happened = capital.month(state, first_day)
        told += happened
        state, happened = offers.monthly(state)
        told += happened
        state, happened = _solvency(state)
        told += happened
    return state, told


def _levels(state: CampaignState) -> dict[str, float]:
    """How hard the fleet may run next month; where price answers to supply, nothing stays unsold."""
    if learning.in_force(state):
        return {}
    return market.bought_levels(state, _middle(state.day, next_month_day(state.day)))


def _middle(first: int, after: int) -> float:
    return 0.5 * (first + after)


def _sold(
    state: CampaignState, delivered: dict[str, float], taken: dict[str, float]
) -> dict[str, tuple[float, float]]:
    """PFLOP-days sold on the market and their price in dollars, by workload; what contracts took is not."""
    days = state.day - state.books_day
    middle = _middle(state.books_day, state.day)
    sold = {}
    for workload_id, amount in delivered.items():
        workload = state.catalogue.workloads[workload_id]
        if learning.in_force(state):
            price_usd = spot.spot_usd_per_pflop_day(state, workload_id, middle, amount / days)
            left = max(0.0, amount - taken.get(workload_id, 0.0))
            sold[workload_id] = (left, left * spot.worth(state, workload_id) * price_usd)
            continue
        bought = min(amount, market.demand_pflops(state, workload, middle) * days)
        price_usd = market.price_usd_per_pflop_day(state, workload, middle)
        sold[workload_id] = (bought, bought * price_usd * ground_price_factor(state, workload_id))
    return sold


def _book_month(
    state: CampaignState, sold: dict[str, tuple[float, float]], contracts_cents: int
) -> CampaignState:
    """One line a workload and one for operations; under rules without money, none."""
    if not state.scenario.rules.money:
        return state
    sales = {workload_id: cents(usd) for workload_id, (_, usd) in sold.items()}
    revenue_cents = contracts_cents + sum(sales.values())
    operations_cents = _operations_cents(state)
    entries = [(LedgerKind.REVENUE, workload_id, amount_cents) for workload_id, amount_cents in sales.items()]
    state = book_all(state, [*entries, (LedgerKind.OPERATIONS, "", -operations_cents)])
    state, upkeep_cents = upkeep.booked(state)
    state, interest_cents = debt.pay_interest(state)
    operations_cents += upkeep_cents + interest_cents
    return changed(state, month_revenue_cents=revenue_cents, month_operations_cents=operations_cents)


def _operations_cents(state: CampaignState) -> int:
    """Operations of the living satellites since the last close, from the day each was launched."""
    if not len(state.names):
        return 0
    economy = state.catalogue.economy
    share = economy.operations_per_year.nominal
    builds_usd = np.array([budget_of(state, design).build_usd for design in state.designs])
    yearly_usd = share * builds_usd[state.names.design] + economy.ground_cost_usd_per_year.nominal
    launched, living = state.fleet.table(_LIVING)
    years = (state.day - np.maximum(launched, state.books_day)) / JULIAN_YEAR_DAYS
    return cents(float(np.add.reduce(yearly_usd * living * years)))


def _closed(state: CampaignState, pflop_days: float) -> Event:
    text = f"Month closed: {figures(pflop_days)} PFLOP-days delivered"
    if state.scenario.rules.money:
        revenue, operations = state.month_revenue_cents / CENTS, state.month_operations_cents / CENTS
        balance = money(revenue - operations)
        text += f", revenue {money(revenue)}, operations {money(operations)}, balance {balance}"
    return Event(state.day, EventKind.MONTH_CLOSED, Severity.INFO, f"{text}.")


def _solvency(state: CampaignState) -> Step:
    months = state.market.loss_months + 1 if state.cash_cents < 0 else 0
    if months >= LOSS_MONTHS:
        text = f"Cash is {money(state.cash_usd)}, below zero for {LOSS_MONTHS} months. The campaign ends."
        told = [Event(state.day, EventKind.BANKRUPT, Severity.ALARM, text)]
        return changed(state, ended="bankrupt", market=replace(state.market, loss_months=months)), told
    why = shortage(state)
    told = []
    if why and not state.market.warned:
        told = [Event(state.day, EventKind.CASH_WARNING, Severity.WARNING, why)]
    if (months, bool(why)) == (state.market.loss_months, state.market.warned):
        return state, told
    return changed(state, market=replace(state.market, loss_months=months, warned=bool(why))), told


_WAY_OUT = "Cancel booked flights, choose work that pays better, and end what costs more than it earns."


def shortage(state: CampaignState) -> str:
    """Why money will be short, in a sentence; empty while it is not."""
    if state.cash_cents < 0:
        left = LOSS_MONTHS - state.market.loss_months
        return (
            f"Cash is {money(state.cash_usd)}. If it is still below zero in {left} months, the campaign ends."
            f" {_WAY_OUT}"
        )
    runway = runway_months(state)
    if runway is not None and runway < RUNWAY_MONTHS:
        lasts = f"At last month's rate cash lasts {figures(runway)} months."
        return f"{lasts} {_WAY_OUT}"
    nearest = min(state.bookings, key=lambda booking: (booking.day, booking.number), default=None)
    if nearest is not None and nearest.day <= state.day + COMMITTED_DAYS:
        cost_cents = flight_cost(state, nearest.order).total_cents
        if cost_cents > state.cash_cents:
            cost = f"{nearest.id} costs {money(cost_cents / CENTS)} on {day_text(nearest.day)}"
            return f"{cost}, and {money(state.cash_usd)} is in hand. Cancel it, or book fewer satellites."
    return _loan_shortage(state)


def _loan_shortage(state: CampaignState) -> str:
    """Why a loan that is due soon cannot be repaid from what is in hand."""
    near = [loan for loan in state.capital.loans if loan.due_day <= state.day + COMMITTED_DAYS]
    owed_cents = sum(loan.principal_cents for loan in near)
    if owed_cents <= state.cash_cents:
        return ""
    due = f"{near[0].id} is due on {day_text(near[0].due_day)}"
    owed = f"{money(owed_cents / CENTS)} must be repaid by then"
    return f"{due}: {owed}, and {money(state.cash_usd)} is in hand. Earn more, raise capital, or borrow anew."


def runway_months(state: CampaignState) -> float | None:
    """Months that cash lasts at last month's balance; None while the fleet earns more than it costs."""
    loss_cents = state.month_operations_cents - state.month_revenue_cents
    return state.cash_cents / loss_cents if loss_cents > 0 else None


def _next_month(state: CampaignState, levels: Mapping[str, float]) -> Fleet:
    """The fleet with its links of today, the demand of the coming month, and nothing delivered yet."""
    columns = link_columns(state)
    columns[Field.DEMAND_CAP] = demand_caps(state.fleet, state.catalogue, levels)
    columns[Field.MONTH_PFLOP_DAYS] = np.zeros(state.fleet.count)
    return state.fleet.with_columns(columns)
