"""Contracts: signing them, serving them before the market, and what a month that falls short costs."""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine.events import Event, EventKind, Severity
from engine.formulas.market import service_shortfall_usd
from engine.orders import SignContract
from engine.outcomes import Accepted, Fault
from engine.rules import offers
from engine.rules.learning import in_force
from engine.rules.money import book, cents
from engine.rules.words import day_text, did_you_mean, figures, money
from engine.state import CENTS, CampaignState, Contract, LedgerKind, changed

PATIENT_MONTHS = 6
"""A customer who gets less than agreed for so many months in a row leaves."""


def contract_faults(state: CampaignState, order: SignContract) -> tuple[Fault, ...]:
    """Why an offer cannot be signed, or what it would ask."""
    if not in_force(state):
        reason = "This scenario has no customers who offer contracts."
        return (Fault("stop", "", reason, "Choose a scenario with the economy rule, such as race."),)
    offer = next((one for one in state.customers.offers if one.id == order.offer), None)
    if offer is None or offer.until_day <= state.day:
        known = [one.id for one in state.customers.offers if one.until_day > state.day]
        mend = did_you_mean(order.offer, known, "Wait for offers: they come as months begin.")
        return (Fault("stop", "offer", f"There is no open offer {order.offer}.", mend),)
    if offer.kind == offers.STUDY:
        work = figures(offer.work_pflop_days)
        return (Fault("ok", "offer", f"Asks {work} PFLOP-days within {offer.term_days // 365} years."),)
    return (_capacity_fault(state, offer),)


def _capacity_fault(state: CampaignState, offer: Contract) -> Fault:
    has = offers.own_pflops(state, offer.workload)
    spoken = sum(one.pflops for one in state.customers.contracts if one.workload == offer.workload)
    reason = f"Asks {figures(offer.pflops)} PFLOP/s; the fleet delivers {figures(has)} of this work"
    reason += f", {figures(spoken)} of it spoken for." if spoken else "."
    if has - spoken >= offer.pflops:
        return Fault("ok", "offer", reason)
    return Fault("risk", "offer", reason, "Give more batches this workload, or pay penalties until they do.")


def sign(state: CampaignState, order: SignContract) -> Accepted:
    """Turns an offer into a contract; a study pays its first half."""
    offer = next(one for one in state.customers.offers if one.id == order.offer)
    contract = replace(offer, signed_day=state.day, until_day=state.day + offer.term_days)
    old = state.customers
    customers = replace(
        old,
        offers=tuple(one for one in old.offers if one.number != offer.number),
        contracts=(*old.contracts, contract),
    )
    state = changed(state, customers=customers)
    if contract.kind == offers.STUDY:
        state = book(state, LedgerKind.STUDY, contract.id, contract.fee_cents // 2)
    text = f"{contract.id} is signed until {day_text(contract.until_day)}."
    return Accepted(state, (Event(state.day, EventKind.CONTRACT, Severity.NOTICE, text, contract.id),))


# --- months --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Settled:
    """What a month brought under contracts.

    Attributes:
        state: with the month booked and contracts that ended taken out.
        taken_pflop_days: work that went into contracts, by workload; the rest is for the market.
        earned_cents: sales less penalties.
        told: what happened.
    """

    state: CampaignState
    taken_pflop_days: dict[str, float]
    earned_cents: int
    told: list[Event]


def settled(state: CampaignState, delivered: dict[str, float]) -> Settled:
    """Serves contracts from what a month delivered, oldest first, and books what they pay.

    Args:
        state: on the first of the next month, before the market is served.
        delivered: PFLOP-days of the month by workload.
    """
    if not state.customers.contracts:
        return Settled(state, {}, 0, [])
    left, taken = dict(delivered), dict.fromkeys(delivered, 0.0)
    kept, told, earned = [], [], 0
    for contract in state.customers.contracts:
        due = _due_pflop_days(state, contract)
        served = min(due, left.get(contract.workload, 0.0))
        left[contract.workload] = left.get(contract.workload, 0.0) - served
        taken[contract.workload] = taken.get(contract.workload, 0.0) + served
        state, cash_cents = _paid(state, contract, due, served)
        earned += cash_cents
        after, said = _after(state, contract, due, served)
        told += said
        if after is not None:
            kept.append(after)
    customers = replace(state.customers, contracts=tuple(kept))
    return Settled(changed(state, customers=customers), taken, earned, told)


def _due_pflop_days(state: CampaignState, contract: Contract) -> float:
    """What a customer may have this month."""
    if contract.kind == offers.STUDY:
        return max(0.0, contract.work_pflop_days - contract.done_pflop_days)
    days = min(state.day, contract.until_day) - max(state.books_day, contract.signed_day)
    return contract.pflops * max(0, days)


def _paid(state: CampaignState, contract: Contract, due: float, served: float) -> tuple[CampaignState, int]:
    """Books what a contract pays for a month, and its penalty."""
    if contract.kind == offers.STUDY:
        if contract.done_pflop_days + served < contract.work_pflop_days:
            return state, 0
        rest = contract.fee_cents - contract.fee_cents // 2
        return book(state, LedgerKind.STUDY, contract.id, rest), rest
    price = contract.price_usd_per_pflop_day
    sales = cents(served * price)
    penalty = cents(service_shortfall_usd(due, served, contract.service_level, price))
    state = book(state, LedgerKind.CONTRACT, contract.id, sales)
    return book(state, LedgerKind.PENALTY, contract.id, -penalty), sales - penalty


def _after(
    state: CampaignState, contract: Contract, due: float, served: float
) -> tuple[Contract | None, list[Event]]:
    """The contract after a month, or None if it has ended, and what is told."""
    done = contract.done_pflop_days + served
    short = contract.short_months + 1 if served < contract.service_level * due else 0
    if contract.kind == offers.STUDY and done >= contract.work_pflop_days:
        text = f"{contract.id}: the study is done, its second half is paid."
    elif contract.until_day <= state.day:
        text = f"{contract.id} has run out."
        if contract.kind == offers.STUDY:
            rest = money((contract.fee_cents - contract.fee_cents // 2) / CENTS)
            text = f"{contract.id}: the study ran out before its work was done; {rest} are not paid."
    elif contract.kind != offers.STUDY and short >= PATIENT_MONTHS:
        text = f"{contract.id}: the customer leaves after {short} months below the level agreed."
    else:
        after = replace(contract, done_pflop_days=done, short_months=short)
        return after, _short_event(state, contract, due, served)
    return None, [Event(state.day, EventKind.CONTRACT, Severity.NOTICE, text, contract.id)]


def _short_event(state: CampaignState, contract: Contract, due: float, served: float) -> list[Event]:
    """The first month below the service level is told; the rest stand in the ledger."""
    if contract.kind == offers.STUDY or served >= contract.service_level * due or contract.short_months:
        return []
    text = f"{contract.id}: {figures(served)} of {figures(due)} PFLOP-days served; the rest costs a penalty."
    return [Event(state.day, EventKind.CONTRACT, Severity.WARNING, text, contract.id)]
