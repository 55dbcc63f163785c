"""Orders about money that is not earned: raises, loans, insurance; what debt asks each month."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from engine.events import Event, EventKind, Severity, date_of, day_of
from engine.formulas.capital import diluted_share, pre_money_usd
from engine.model.scenario import Raise
from engine.orders import Borrow, Insure, RaiseCapital, Repay
from engine.outcomes import Accepted, Fault
from engine.rules import debt
from engine.rules.learning import in_force
from engine.rules.milestones import it_power_w
from engine.rules.money import book, can_pay, cents
from engine.rules.words import day_text, did_you_mean, figures, money, percent
from engine.state import CENTS, CampaignState, LedgerKind, Loan, changed
from engine.units import JULIAN_YEAR_DAYS

CapitalOrder = RaiseCapital | Borrow | Repay | Insure
Step = tuple[CampaignState, list[Event]]

MW = 1e6

PROOF_SHARE = 0.1
"""A year counts in full for the record at this share of the power from which nobody doubts any more."""


def capital_faults(state: CampaignState, order: CapitalOrder) -> tuple[Fault, ...]:
    """Why an order about capital cannot be carried out, or what it would mean."""
    if not in_force(state):
        reason = "This scenario has no capital to raise, lend or insure."
        return (Fault("stop", "", reason, "Choose a scenario with the economy rule, such as race."),)
    match order:
        case RaiseCapital():
            return (_raise_fault(state),)
        case Borrow():
            return (_borrow_fault(state, order),)
        case Repay():
            return (_repay_fault(state, order),)
        case Insure():
            return (_insure_fault(state, order),)


def carry_out(state: CampaignState, order: CapitalOrder) -> Accepted:
    """Carries out an order against which nothing stands."""
    match order:
        case RaiseCapital():
            return _raised(state)
        case Borrow():
            return _borrowed(state, order)
        case Repay():
            return _repaid(state, order)
        case Insure():
            who = "Insurers bear" if order.cover else "The company bears"
            text = f"{who} the risk of launches from today."
            event = Event(state.day, EventKind.INSURANCE, Severity.INFO, text)
            return Accepted(changed(state, capital=replace(state.capital, insured=order.cover)), (event,))


# --- raises --------------------------------------------------------------------------------------


def next_raise(state: CampaignState) -> Raise | None:
    """What investors offer next; None if all of it has been raised."""
    raises, taken = state.scenario.raises, state.capital.raised
    return raises[taken] if taken < len(raises) else None


def record_w(state: CampaignState) -> float:
    """Highest power into compute so far, at the end of a month or today."""
    return max(state.capital.record_w, it_power_w(state))


def net_assets_usd(state: CampaignState) -> float:
    """Cash and book value of satellites less debt, or nothing where debt is larger."""
    owned_usd = (state.cash_cents - debt.debt_cents(state)) / CENTS
    return max(0.0, owned_usd + float(debt.book_values_usd(state).sum()))


def valued_record_w(state: CampaignState) -> float:
    """The record that investors value: what their next raise asks for, or what there is beyond it."""
    offer = next_raise(state)
    return max(record_w(state), offer.at_power_w if offer is not None else 0.0)


def valuation_usd(state: CampaignState) -> float:
    """What investors value the company at in their next raise, before their money."""
    economy = state.catalogue.economy
    return pre_money_usd(
        net_assets_usd(state),
        valued_record_w(state) / MW,
        economy.valuation_usd.nominal,
        economy.valuation_exponent.nominal,
    )


def share_after(state: CampaignState, offer: Raise) -> float:
    """What a raise leaves the founders."""
    return diluted_share(state.capital.founders_share, valuation_usd(state), offer.amount_usd)


def _raise_fault(state: CampaignState) -> Fault:
    one = next_raise(state)
    if one is None:
        reason = "Everything that this scenario's investors offer has been raised."
        return Fault("stop", "type", reason, "Borrow against the fleet, or earn.")
    has, needs = figures(record_w(state) / MW), figures(one.at_power_w / MW)
    if record_w(state) < one.at_power_w:
        reason = f"{money(one.amount_usd)} are offered at {needs} MW of compute; the record is {has} MW."
        return Fault("stop", "type", reason, f"Have {needs} MW at work first.")
    terms = f"{money(one.amount_usd)} for a record of {has} MW, at a value of {money(valuation_usd(state))}"
    held = f"{percent_tenths(state.capital.founders_share)} to {percent_tenths(share_after(state, one))}"
    return Fault("ok", "type", f"{terms}: founders go from {held} of the company.")


def _raised(state: CampaignState) -> Accepted:
    one = next_raise(state)
    if one is None:
        return Accepted(state)
    value_usd, share = valuation_usd(state), share_after(state, one)
    state = book(state, LedgerKind.EQUITY, one.id, cents(one.amount_usd))
    capital = replace(state.capital, raised=state.capital.raised + 1, founders_share=share)
    state = changed(state, capital=capital)
    text = (
        f"{money(one.amount_usd)} raised from investors, who value the company at {money(value_usd)} before."
        f" Founders hold {percent_tenths(share)}."
    )
    return Accepted(state, (Event(state.day, EventKind.CAPITAL, Severity.NOTICE, text, one.id),))


# --- loans ---------------------------------------------------------------------------------------


def _borrow_fault(state: CampaignState, order: Borrow) -> Fault:
    wanted, free = cents(order.amount_usd), debt.limit_cents(state) - debt.debt_cents(state)
    if state.capital.breach_months:
        return Fault(
            "stop", "", "Debt lies above its limit, so nobody lends more.", "Repay some of it first."
        )
    if wanted > free:
        room = money(max(0, free) / CENTS)
        reason = f"Lenders advance {room} more on the satellites in orbit, not {money(order.amount_usd)}."
        fix = f"Ask for {room} or less." if free >= cents(1e6) else "Put satellites into orbit first."
        return Fault("stop", "amount_usd", reason, fix)
    rate = debt.rate_per_year(state)
    yearly = money(order.amount_usd * rate)
    return Fault("ok", "amount_usd", f"Interest {percent_tenths(rate)} a year, {yearly}, until it is due.")


def percent_tenths(share: float) -> str:
    """A rate as `12.4 %`."""
    return f"{100.0 * share:.1f} %"


def _due_day(day: int, years: int) -> int:
    """First of the month that so many years from a day lies in, or of the next one."""
    date = date_of(day)
    first = dt.date(date.year + years, date.month, 1)
    if date.day == 1:
        return day_of(first)
    return day_of((first + dt.timedelta(days=32)).replace(day=1))


def _borrowed(state: CampaignState, order: Borrow) -> Accepted:
    old, amount_cents = state.capital, cents(order.amount_usd)
    rate = debt.rate_per_year(state)
    loan = Loan(old.next_loan, state.day, _due_day(state.day, order.years), amount_cents, rate)
    fee_cents = cents(order.amount_usd * state.catalogue.economy.loan_fee.nominal)
    state = book(state, LedgerKind.LOAN, loan.id, amount_cents)
    state = book(state, LedgerKind.LOAN_FEE, loan.id, -fee_cents)
    state = changed(state, capital=replace(old, loans=(*old.loans, loan), next_loan=loan.number + 1))
    text = (
        f"{loan.id}: {money(order.amount_usd)} borrowed at {percent_tenths(rate)} a year"
        f" until {day_text(loan.due_day)}, less a fee of {money(fee_cents / CENTS)}."
    )
    return Accepted(state, (Event(state.day, EventKind.CAPITAL, Severity.NOTICE, text, loan.id),))


def _repay_fault(state: CampaignState, order: Repay) -> Fault:
    loans = [loan.id for loan in state.capital.loans]
    if not loans:
        return Fault("stop", "type", "There is no debt.", "Nothing has to be repaid.")
    if order.loan is not None and order.loan not in loans:
        return Fault("stop", "loan", f"There is no loan {order.loan}.", did_you_mean(order.loan, loans, ""))
    parts = debt.repayments(state, order)
    total = sum(part.principal_cents + part.interest_cents for part in parts)
    words = f"{money(total / CENTS)} with interest up to today"
    if not can_pay(state, total):
        reason = f"That takes {words}, and {money(state.cash_usd)} is in hand."
        return Fault("stop", "amount_usd", reason, "Repay less, or earn first.")
    return Fault("ok", "amount_usd", f"{words}.")


def _repaid(state: CampaignState, order: Repay) -> Accepted:
    parts = debt.repayments(state, order)
    for part in parts:
        state = debt.pay_back(state, part)
    total = sum(part.principal_cents for part in parts)
    left = money(debt.debt_cents(state) / CENTS)
    text = f"{money(total / CENTS)} repaid. Debt left: {left}."
    return Accepted(state, (Event(state.day, EventKind.CAPITAL, Severity.NOTICE, text),))


def _insure_fault(state: CampaignState, order: Insure) -> Fault:
    if order.cover == state.capital.insured:
        so = "insured" if order.cover else "not insured"
        return Fault("stop", "cover", f"Launches are {so} already.", "Nothing needs to change.")
    loading = percent(state.catalogue.economy.insurance_loading.nominal)
    return Fault("ok", "cover", f"Insurers ask {loading} more than the expected loss of each flight.")


# --- months --------------------------------------------------------------------------------------


def month(state: CampaignState, first_day: int) -> Step:
    """The record of the month that ends today, what falls due, and whether debt keeps below its limit.

    Args:
        state: the campaign on the first of the next month, sales and upkeep booked.
        first_day: on which the month began.
    """
    if not in_force(state):
        return state, []
    old, power_w = state.capital, it_power_w(state)
    years = (state.day - first_day) / JULIAN_YEAR_DAYS
    proof = min(1.0, power_w / (PROOF_SHARE * state.scenario.wacc.proven_power_w))
    capital = replace(old, record_w=max(old.record_w, power_w), proven_years=old.proven_years + years * proof)
    state = changed(state, capital=capital)
    if not capital.loans and not capital.breach_months:
        return state, []
    told: list[Event] = []
    for loan in [loan for loan in capital.loans if loan.due_day <= state.day]:
        state = debt.pay_back(state, debt.Repayment(loan.number, loan.principal_cents, 0))
        text = f"{loan.id} is due: {money(loan.principal_cents / CENTS)} repaid."
        told.append(Event(state.day, EventKind.CAPITAL, Severity.NOTICE, text, loan.id))
    state, happened = _covenant(state, years)
    return state, told + happened


def _covenant(state: CampaignState, years: float) -> Step:
    """Debt above its limit costs more until it is below again."""
    owed, limit = debt.debt_cents(state), debt.limit_cents(state)
    months = state.capital.breach_months + 1 if owed > limit else 0
    if months != state.capital.breach_months:
        state = changed(state, capital=replace(state.capital, breach_months=months))
    if not months:
        return state, []
    extra = state.catalogue.economy.covenant_per_year.nominal
    state = book(state, LedgerKind.COVENANT, "", -round(owed * extra * years))
    if months > 1:
        return state, []
    text = (
        f"Debt of {money(owed / CENTS)} lies above its limit of {money(limit / CENTS)}. Interest is"
        f" {percent_tenths(extra)} higher and nobody lends until that is mended: repay, or launch."
    )
    return state, [Event(state.day, EventKind.COVENANT, Severity.WARNING, text)]
