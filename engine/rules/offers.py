"""What customers offer: drawn as a month begins, by chances that can be seen beforehand."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from engine.events import Event, EventKind, Severity
from engine.formulas.market import reserved_price_usd_per_pflop_day
from engine.rules import draw, market, spot
from engine.rules.capital import PROOF_SHARE
from engine.rules.learning import in_force
from engine.rules.money import cents
from engine.rules.words import day_text, figures, money
from engine.state import CENTS, CampaignState, Contract, changed

Step = tuple[CampaignState, list[Event]]

TAKE_OR_PAY, STUDY = "take-or-pay", "study"

OPEN_DAYS = 60
"""An offer lapses after so many days."""

YEAR_DAYS = 365
MONTHS_A_YEAR = 12.0
NEWCOMER = 0.2
"""Share of the offers that a company without a record sees."""

LEAST_PFLOPS = 50.0
STUDY_USD_PER_PFLOP_DAY = 500.0
"""What a government pays for a PFLOP-day that it learns from: work asked for follows from the fee."""

_AHEAD = {"text-inference": 0.4, "rich-inference": 0.2, "eo-batch": 0.3, "training": 0.1}
"""Which work is bought ahead, and how often."""


_CALLED = {"eo-batch": "Earth observation"}
"""Work whose id does not say what it is."""


def trust(state: CampaignState) -> float:
    """How far customers believe in the company, 0..1: its record against a tenth of what counts as proven."""
    return min(1.0, state.capital.record_w / (PROOF_SHARE * state.scenario.wacc.proven_power_w))


def chances(state: CampaignState) -> dict[str, float]:
    """Odds that an offer of each kind comes when the next month begins."""
    if not in_force(state):
        return {TAKE_OR_PAY: 0.0, STUDY: 0.0}
    economy, share = state.catalogue.economy, trust(state)
    ahead = economy.offers_per_year.nominal * (NEWCOMER + (1.0 - NEWCOMER) * share)
    studies = economy.studies_per_year.nominal if share < 1.0 else 0.0
    yearly = {TAKE_OR_PAY: ahead, STUDY: studies}
    return {kind: -math.expm1(-rate / MONTHS_A_YEAR) for kind, rate in yearly.items()}


def monthly(state: CampaignState) -> Step:
    """Offers that lapse as a month begins, and those that come."""
    if not in_force(state):
        return state, []
    old = state.customers
    kept = tuple(offer for offer in old.offers if offer.until_day > state.day)
    fresh = list(_drawn(state))
    if not fresh and len(kept) == len(old.offers):
        return state, []
    customers = replace(old, offers=(*kept, *fresh), next_number=old.next_number + len(fresh))
    told = [Event(state.day, EventKind.OFFER, Severity.NOTICE, words(offer), offer.id) for offer in fresh]
    return changed(state, customers=customers), told


def _drawn(state: CampaignState) -> Iterator[Contract]:
    number = state.customers.next_number
    for kind, chance in chances(state).items():
        subject = f"{state.date.year}-{state.date.month}"
        if draw.uniform(state.seed, subject, f"offer {kind}") < chance:
            yield _study(state, number) if kind == STUDY else _take_or_pay(state, number)
            number += 1


def _take_or_pay(state: CampaignState, number: int) -> Contract:
    economy, subject = state.catalogue.economy, f"O{number}"
    workload = _workload(state, subject)
    years = 1 + int(3.0 * draw.uniform(state.seed, subject, "years"))
    delivered = own_pflops(state, workload)
    wanted = market.demand_pflops(state, state.catalogue.workloads[workload], state.day)
    share = draw.triangular(state.seed, subject, "size", 0.1, 0.3, 0.8)
    pflops = min(0.2 * wanted, max(LEAST_PFLOPS, share * sum(market.own_rates(state).values())))
    leave = economy.reserved_share
    low = leave.nominal if leave.low is None else leave.low
    price_usd = reserved_price_usd_per_pflop_day(
        spot.spot_usd_per_pflop_day(state, workload, state.day, max(delivered, pflops)),
        spot.change_per_year(state, workload),
        years,
        draw.triangular(state.seed, subject, "price", low, leave.nominal, 2.0 * leave.nominal - low),
    )
    return Contract(
        number=number,
        kind=TAKE_OR_PAY,
        workload=workload,
        pflops=float(figures_rounded(pflops)),
        price_usd_per_pflop_day=float(figures_rounded(price_usd)),
        service_level=economy.service_level.nominal,
        fee_cents=0,
        work_pflop_days=0.0,
        term_days=years * YEAR_DAYS,
        until_day=state.day + OPEN_DAYS,
    )


def _study(state: CampaignState, number: int) -> Contract:
    subject, fee = f"O{number}", state.catalogue.economy.study_usd
    low = fee.nominal if fee.low is None else fee.low
    high = fee.nominal if fee.high is None else fee.high
    fee_usd = figures_rounded(draw.triangular(state.seed, subject, "fee", low, fee.nominal, high))
    in_space = [one for one in market.workload_ids(state.catalogue) if spot.is_in_space(state.catalogue, one)]
    return Contract(
        number=number,
        kind=STUDY,
        workload=(in_space or [market.DEFAULT_WORKLOAD])[0],
        pflops=0.0,
        price_usd_per_pflop_day=0.0,
        service_level=1.0,
        fee_cents=cents(fee_usd),
        work_pflop_days=float(figures_rounded(fee_usd / STUDY_USD_PER_PFLOP_DAY)),
        term_days=2 * YEAR_DAYS,
        until_day=state.day + OPEN_DAYS,
    )


def figures_rounded(value: float) -> float:
    """A figure as people write it into a contract: two significant digits."""
    return float(f"{value:.2g}")


def _workload(state: CampaignState, subject: str) -> str:
    known = [one for one in market.workload_ids(state.catalogue) if one in _AHEAD]
    left = draw.uniform(state.seed, subject, "workload") * sum(_AHEAD[one] for one in known)
    for one in known:
        left -= _AHEAD[one]
        if left < 0.0:
            return one
    return market.DEFAULT_WORKLOAD


def own_pflops(state: CampaignState, workload_id: str) -> float:
    """What the fleet delivers of a workload today, in PFLOP/s."""
    return market.own_rates(state).get(workload_id, 0.0)


def words(offer: Contract) -> str:
    """An offer or a contract in a sentence."""
    what = _CALLED.get(offer.workload, offer.workload.replace("-", " "))
    until = f"{'Runs' if offer.signed_day else 'Open'} until {day_text(offer.until_day)}"
    if offer.kind == STUDY:
        work = figures(offer.work_pflop_days)
        text = f"{offer.id}: a government study pays {money(offer.fee_cents / CENTS)} for {work} PFLOP-days"
        return f"{text} of {what}, half of it at once. {until}."
    price = f"{figures(offer.price_usd_per_pflop_day)} $ a PFLOP-day"
    years = offer.term_days // YEAR_DAYS
    span = "one year" if years == 1 else f"{years} years"
    return f"{offer.id}: {figures(offer.pflops)} PFLOP/s of {what} for {span} at {price}. {until}."
