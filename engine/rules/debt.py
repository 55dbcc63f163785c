"""Debt: what lenders ask, how much they advance on satellites in orbit, and how it is paid back."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from engine.formulas.capital import capital_rate_per_year, debt_limit_usd, loan_interest_usd
from engine.kernels.layout import Field, Status
from engine.orders import Repay
from engine.rules.money import book, cents
from engine.state import CENTS, CampaignState, LedgerKind, Loan, changed


def rate_per_year(state: CampaignState) -> float:
    """Cost of capital today, from the record: the interest of a new loan."""
    terms = state.scenario.wacc
    return capital_rate_per_year(
        terms.first,
        terms.proven,
        state.capital.proven_years,
        state.catalogue.economy.proof_years.nominal,
        state.capital.record_w,
        terms.proven_power_w,
    )


def debt_cents(state: CampaignState) -> int:
    """What is owed."""
    return sum(loan.principal_cents for loan in state.capital.loans)


def limit_cents(state: CampaignState) -> int:
    """Most debt that the satellites in orbit carry."""
    book_usd = float(book_values_usd(state).sum())
    return cents(debt_limit_usd(book_usd, state.catalogue.economy.loan_to_value.nominal))


def book_values_usd(state: CampaignState) -> NDArray[np.float64]:
    """Book value of each batch; `formulas.capital.book_value_usd` for whole columns.

    Batches on their way down or gone are worth nothing.
    """
    if not state.capital.paid_cents:
        return np.zeros(state.fleet.count)
    column = state.fleet.column
    status = column(Field.STATUS)
    up = (status == Status.COMMISSIONING) | (status == Status.SERVICE)
    share = np.where(up, column(Field.ALIVE_COUNT) / column(Field.LAUNCHED_COUNT), 0.0)
    left = np.maximum(0.0, 1.0 - (state.day - column(Field.LAUNCH_DAY)) / column(Field.LIFE_DAYS))
    return np.asarray(np.array(state.capital.paid_cents, np.float64) / CENTS * share * left)


# --- paying --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Repayment:
    """Part of a loan that is paid back, and the interest on that part up to today."""

    number: int
    principal_cents: int
    interest_cents: int


def repayments(state: CampaignState, order: Repay) -> tuple[Repayment, ...]:
    """What an order to repay comes to: the loan it names, or the dearest first."""
    loans = [loan for loan in state.capital.loans if order.loan in (None, loan.id)]
    left = debt_cents(state) if order.amount_usd is None else cents(order.amount_usd)
    parts = []
    for loan in sorted(loans, key=lambda one: (-one.interest_per_year, one.number)):
        part = min(left, loan.principal_cents)
        if part > 0:
            parts.append(Repayment(loan.number, part, _interest_cents(state, loan, part)))
        left -= part
    return tuple(parts)


def _interest_cents(state: CampaignState, loan: Loan, principal_cents: int) -> int:
    """Interest on part of a loan since it was taken or the month began."""
    days = state.day - max(loan.taken_day, state.books_day)
    return cents(loan_interest_usd(principal_cents / CENTS, loan.interest_per_year, days))


def pay_interest(state: CampaignState) -> tuple[CampaignState, int]:
    """Pays the interest of the month that ends today on all that is owed.

    Returns:
        The campaign, and what was paid in cents.
    """
    paid = 0
    for loan in state.capital.loans:
        interest_cents = _interest_cents(state, loan, loan.principal_cents)
        state = book(state, LedgerKind.INTEREST, loan.id, -interest_cents)
        paid += interest_cents
    return state, paid


def pay_back(state: CampaignState, part: Repayment) -> CampaignState:
    """Pays back part of a loan, or all of it."""
    name = f"D{part.number}"
    state = book(state, LedgerKind.REPAYMENT, name, -part.principal_cents)
    state = book(state, LedgerKind.INTEREST, name, -part.interest_cents)
    loans = tuple(
        replace(loan, principal_cents=loan.principal_cents - part.principal_cents)
        if loan.number == part.number
        else loan
        for loan in state.capital.loans
    )
    kept = tuple(loan for loan in loans if loan.principal_cents > 0)
    return changed(state, capital=replace(state.capital, loans=kept))
