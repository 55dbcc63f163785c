"""Money and customers as advice sees them: raises, contracts that pay like the market, sound loans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.formulas.market import reserved_price_usd_per_pflop_day
from engine.orders import Borrow, RaiseCapital, SignContract
from engine.policies.choices import free_usd
from engine.policies.earnings import KEPT_PER_YEAR, fleet_pflops, life_earnings_usd
from engine.policies.goals import planned_w
from engine.rules import debt, offers, spot
from engine.rules.capital import next_raise, record_w
from engine.rules.learning import in_force
from engine.state import CENTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.orders import Order
    from engine.policies.choices import Plan
    from engine.state import CampaignState, Contract

FAIR = 0.95
"""A contract is signed if it brings this share of what the market is expected to bring: it is certain."""

STUDIED = 0.25
"""A study may take this share of what the fleet can do in its term."""

LOAN_YEARS = 3
"""Loans run for so long: satellites are then worth less than half of what was paid for them."""

LENT = 0.6
"""Share of what lenders would advance that it takes, so that wear does not put it above their limit."""

LEAST_LOAN_USD = 20e6


def deal_orders(state: CampaignState) -> Iterator[Order]:
    """Raises within reach and contracts worth signing, asked for every month."""
    if not in_force(state):
        return
    offer = next_raise(state)
    if offer is not None and record_w(state) >= offer.at_power_w:
        yield RaiseCapital()
    yield from _contracts(state)


def _contracts(state: CampaignState) -> Iterator[SignContract]:
    """Offers that the fleet can serve to their end, the best paid of each kind of work first."""
    spoken = {one.workload: 0.0 for one in state.customers.offers}
    for one in state.customers.contracts:
        spoken[one.workload] = spoken.get(one.workload, 0.0) + one.pflops
    for one in sorted(state.customers.offers, key=lambda offer: -offer.price_usd_per_pflop_day):
        if one.until_day > state.day and _worth_signing(state, one, spoken[one.workload]):
            spoken[one.workload] += one.pflops
            yield SignContract(offer=one.id)


def _worth_signing(state: CampaignState, offer: Contract, spoken_pflops: float) -> bool:
    if offer.kind == offers.STUDY:
        return offer.work_pflop_days <= STUDIED * fleet_pflops(state) * offer.term_days
    years = offer.term_days / offers.YEAR_DAYS
    lasting = offers.own_pflops(state, offer.workload) * KEPT_PER_YEAR**years
    if lasting - spoken_pflops < offer.pflops:
        return False
    today_usd = spot.spot_usd_per_pflop_day(state, offer.workload, state.day, lasting)
    change = spot.change_per_year(state, offer.workload)
    market_usd = reserved_price_usd_per_pflop_day(today_usd, change, years, 1.0)
    return offer.price_usd_per_pflop_day >= FAIR * market_usd


def loan_orders(state: CampaignState, plan: Plan) -> tuple[Order, ...]:
    """A loan for a flight if cash is short and satellites earn its interest, or lead to the next raise."""
    if not in_force(state) or state.capital.breach_months:
        return ()
    quote = plan.option.quote
    flight_usd = quote.launch_usd + quote.build_usd
    room_usd = (LENT * debt.limit_cents(state) - debt.debt_cents(state)) / CENTS
    if room_usd < LEAST_LOAN_USD or free_usd(state) > flight_usd:
        return ()
    interest = LOAN_YEARS * debt.rate_per_year(state)
    earns = life_earnings_usd(state, plan.design) >= (1.0 + interest) * plan.satellite_usd
    if not (earns or _raise_in_reach(state, plan, room_usd)):
        return ()
    return (Borrow(amount_usd=float(min(room_usd, flight_usd)), years=LOAN_YEARS),)


def _raise_in_reach(state: CampaignState, plan: Plan, room_usd: float) -> bool:
    """Whether what lenders advance pays for the power that investors still want to see."""
    offer = next_raise(state)
    if offer is None:
        return False
    missing_w = max(0.0, offer.at_power_w - planned_w(state))
    return missing_w * plan.satellite_usd / plan.watts <= room_usd < offer.amount_usd
