"""The books of a campaign: income and cash flow by quarter and year, the balance, and who is owed what.

Everything follows from the ledger and from what was paid for each batch, in whole cents. A period has the
days after its first up to its last, since what a month brought is booked on the first of the next.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.events import date_of, day_of
from engine.kernels.layout import Field
from engine.rules import capital, debt, offers
from engine.rules.finance import runway_months
from engine.rules.launch_money import committed_cents
from engine.state import CENTS, FINANCING, LedgerKind

if TYPE_CHECKING:
    from engine.state import CampaignState, Contract

__all__ = ["INCOME", "Balance", "Books", "Statement", "books"]

INVESTING = frozenset({LedgerKind.LAUNCH, LedgerKind.BUILD})
"""Paid for satellites in orbit: worth something until their life is over."""

INCOME: Mapping[str, frozenset[LedgerKind]] = {
    "sales": frozenset({LedgerKind.REVENUE, LedgerKind.CONTRACT, LedgerKind.STUDY}),
    "penalties": frozenset({LedgerKind.PENALTY}),
    "engineering": frozenset({LedgerKind.ENGINEERING}),
    "operations": frozenset({LedgerKind.OPERATIONS}),
    "ground sites": frozenset({LedgerKind.GROUND_SITES}),
    "spectrum": frozenset({LedgerKind.SPECTRUM}),
    "insurance": frozenset({LedgerKind.INSURANCE, LedgerKind.PAYOUT}),
    "end of life": frozenset({LedgerKind.DISPOSAL, LedgerKind.DERELICTS}),
    "interest": frozenset({LedgerKind.INTEREST, LedgerKind.LOAN_FEE, LedgerKind.COVENANT}),
}
"""Lines of the income statement that are sums of the ledger; any other kind of line is `other`."""

_LISTED = frozenset().union(*INCOME.values(), INVESTING, FINANCING)
_COMMITTED_DAYS = 365


@dataclass(frozen=True, slots=True)
class Statement:
    """Income and cash of a period; all in cents, costs below zero.

    Attributes:
        name: `2029`, or `2029 Q3`.
        first_day: where it begins; what is booked later than that day counts.
        last_day: where it ends.
        income_cents: the lines of the income statement, which add up to `net_cents`.
        cash_cents: `operating`, `investing` and `financing`, which add up to the change of cash.
        opening_cents: cash at the beginning; `closing_cents` at the end.
    """

    name: str
    first_day: int
    last_day: int
    income_cents: Mapping[str, int]
    cash_cents: Mapping[str, int]
    opening_cents: int
    closing_cents: int

    @property
    def net_cents(self) -> int:
        """Income less all costs, depreciation and losses included."""
        return sum(self.income_cents.values())


@dataclass(frozen=True, slots=True)
class Balance:
    """What the company has and owes today, in cents; `cash + satellites = debt + equity`.

    Attributes:
        satellites_cents: book value of what is in orbit and alive.
        put_in_cents: cash of the first day and what investors paid since.
        earned_cents: net income of all periods.
        written_off_cents: book value of satellites that failed or came down before their time.
    """

    cash_cents: int
    satellites_cents: int
    debt_cents: int
    put_in_cents: int
    earned_cents: int
    written_off_cents: int

    @property
    def equity_cents(self) -> int:
        """What is left for owners."""
        return self.put_in_cents + self.earned_cents - self.written_off_cents


@dataclass(frozen=True, slots=True)
class Books:
    """Everything an owner asks for.

    Attributes:
        month: the last month that was closed; None before the first.
        runway_months: months that cash lasts at last month's balance; None while it grows.
        committed_cents: flights booked and loans due within a year.
        wacc: cost of capital a year; `debt_limit_cents` is the most that lenders advance.
        next_raise_usd: what investors offer next, `next_raise_mw` the record they ask for; None for nothing.
        valuation_usd: what investors value the company at in the next raise, before their money.
        founders_share: what the owners of the first day hold; `share_after_raise` after the next.
        loans: those not repaid, `offers` and `contracts` those open, each as plain values.
        offer_chances: odds of each kind of offer when the next month begins.
    """

    years: tuple[Statement, ...]
    quarters: tuple[Statement, ...]
    balance: Balance
    runway_months: float | None
    committed_cents: int
    wacc: float
    debt_limit_cents: int
    record_mw: float
    next_raise_usd: float | None
    next_raise_mw: float | None
    loans: tuple[dict[str, Any], ...]
    offers: tuple[dict[str, Any], ...]
    contracts: tuple[dict[str, Any], ...]
    offer_chances: Mapping[str, float]
    valuation_usd: float
    founders_share: float
    share_after_raise: float | None
    month: Statement | None = None

    def as_json(self) -> dict[str, Any]:
        """Plain values; amounts in dollars, days as dates."""
        plain = {key: value for key, value in asdict(self).items() if not key.endswith("_cents")}
        return plain | {
            "years": [_statement_json(one) for one in self.years],
            "quarters": [_statement_json(one) for one in self.quarters],
            "month": None if self.month is None else _statement_json(self.month),
            "balance": {key.replace("_cents", "_usd"): usd for key, usd in _dollars(self.balance).items()},
            "committed_usd": self.committed_cents / CENTS,
            "debt_limit_usd": self.debt_limit_cents / CENTS,
            "offer_chances": dict(self.offer_chances),
        }


def books(state: CampaignState) -> Books:
    """The books of a campaign up to today."""
    quarters = tuple(_statements(state, 3))
    due_cents = sum(
        loan.principal_cents for loan in state.capital.loans if loan.due_day <= state.day + _COMMITTED_DAYS
    )
    offered = capital.next_raise(state)
    return Books(
        years=tuple(_statements(state, 12)),
        quarters=quarters,
        balance=_balance(state, quarters),
        runway_months=runway_months(state),
        committed_cents=committed_cents(state, state.day + _COMMITTED_DAYS) + due_cents,
        wacc=debt.rate_per_year(state),
        debt_limit_cents=debt.limit_cents(state),
        record_mw=capital.record_w(state) / capital.MW,
        next_raise_usd=offered.amount_usd if offered else None,
        next_raise_mw=offered.at_power_w / capital.MW if offered else None,
        loans=tuple(_loans(state)),
        offers=tuple(_deal(one) for one in state.customers.offers if one.until_day > state.day),
        contracts=tuple(_deal(one) for one in state.customers.contracts),
        offer_chances=offers.chances(state),
        valuation_usd=capital.valuation_usd(state),
        founders_share=state.capital.founders_share,
        share_after_raise=capital.share_after(state, offered) if offered else None,
        month=_last_month(state),
    )


def _loans(state: CampaignState) -> Iterator[dict[str, Any]]:
    for loan in state.capital.loans:
        yield {
            "id": loan.id,
            "principal_usd": loan.principal_cents / CENTS,
            "interest_per_year": loan.interest_per_year,
            "due": date_of(loan.due_day).isoformat(),
        }


def _deal(deal: Contract) -> dict[str, Any]:
    return {
        "id": deal.id,
        "kind": deal.kind,
        "workload": deal.workload,
        "pflops": deal.pflops,
        "price_usd_per_pflop_day": deal.price_usd_per_pflop_day,
        "service_level": deal.service_level,
        "fee_usd": deal.fee_cents / CENTS,
        "work_pflop_days": deal.work_pflop_days,
        "done_pflop_days": deal.done_pflop_days,
        "until": date_of(deal.until_day).isoformat(),
        "text": offers.words(deal),
    }


def _dollars(balance: Balance) -> dict[str, float]:
    values = asdict(balance) | {"equity_cents": balance.equity_cents}
    return {key: cents / CENTS for key, cents in values.items()}


def _statement_json(one: Statement) -> dict[str, Any]:
    return {
        "name": one.name,
        "from": date_of(one.first_day).isoformat(),
        "until": date_of(one.last_day).isoformat(),
        "income_usd": {key: cents / CENTS for key, cents in one.income_cents.items()},
        "net_usd": one.net_cents / CENTS,
        "cash_usd": {key: cents / CENTS for key, cents in one.cash_cents.items()},
        "opening_usd": one.opening_cents / CENTS,
        "closing_usd": one.closing_cents / CENTS,
    }


# --- periods -------------------------------------------------------------------------------------


def _periods(state: CampaignState, months: int) -> Iterator[tuple[str, int, int]]:
    """Names, first and last days of the quarters or years that the campaign has seen."""
    begun = day_of(state.scenario.start_date)
    date = state.scenario.start_date
    month = 1 + (date.month - 1) // months * months
    year, first = date.year, begun
    while first < state.day or first == begun:
        name = f"{year}" if months == 12 else f"{year} Q{(month + 2) // 3}"
        year, month = (year + 1, 1) if month + months > 12 else (year, month + months)
        last = min(state.day, day_of(dt.date(year, month, 1)))
        yield name, first, last
        if last <= first:
            return
        first = last


def _statements(state: CampaignState, months: int) -> Iterator[Statement]:
    flown_from = day_of(state.scenario.start_date)
    opening = state.cash_cents - sum(line.amount_cents for line in state.ledger)
    lines, at = state.ledger, 0
    for name, first, last in _periods(state, months):
        sums: dict[LedgerKind, int] = {}
        while at < len(lines) and lines[at].day <= last:
            sums[lines[at].kind] = sums.get(lines[at].kind, 0) + lines[at].amount_cents
            at += 1
        since = first - 1 if first == flown_from else first
        income, cash = _income(state, sums, since, last), _cash(sums)
        closing = opening + sum(cash.values())
        yield Statement(name, first, last, income, cash, opening, closing)
        opening = closing


def _last_month(state: CampaignState) -> Statement | None:
    """The statement of the month that closed last; what it brought is booked on the first of the next."""
    last = day_of(state.date.replace(day=1))
    first = day_of(date_of(last - 1).replace(day=1))
    begun = day_of(state.scenario.start_date)
    if last <= begun:
        return None
    sums: dict[LedgerKind, int] = {}
    closing = state.cash_cents
    for line in reversed(state.ledger):
        if line.day > last:
            closing -= line.amount_cents
        elif line.day > first or line.day == begun >= first:
            sums[line.kind] = sums.get(line.kind, 0) + line.amount_cents
        else:
            break
    since = begun - 1 if begun >= first else first
    income, cash = _income(state, sums, since, last), _cash(sums)
    name = f"{date_of(first):%Y-%m}"
    return Statement(name, max(first, begun), last, income, cash, closing - sum(cash.values()), closing)


def _income(state: CampaignState, sums: Mapping[LedgerKind, int], since: int, last: int) -> dict[str, int]:
    """Lines of an income statement: sums of the ledger, wear of what flies, and what never reached orbit."""
    lines = {name: sum(sums.get(kind, 0) for kind in kinds) for name, kinds in INCOME.items()}
    paid = _paid_cents(state, since, last)
    lines["depreciation"] = _planned_cents(state, last) - _planned_cents(state, since) - paid
    lines["lost at launch"] = sum(sums.get(kind, 0) for kind in INVESTING) + paid
    lines["other"] = sum(cents for kind, cents in sums.items() if kind not in _LISTED)
    return lines


def _cash(sums: Mapping[LedgerKind, int]) -> dict[str, int]:
    investing = sum(cents for kind, cents in sums.items() if kind in INVESTING)
    financing = sum(cents for kind, cents in sums.items() if kind in FINANCING)
    return {
        "operating": sum(sums.values()) - investing - financing,
        "investing": investing,
        "financing": financing,
    }


# --- satellites ----------------------------------------------------------------------------------


def _paid_cents(state: CampaignState, since: int, last: int) -> int:
    """What was paid for batches that reached orbit in a period, flights included."""
    if not state.capital.paid_cents:
        return 0
    launched = state.fleet.column(Field.LAUNCH_DAY)
    new = (launched > since) & (launched <= last)
    return sum(paid for paid, own in zip(state.capital.paid_cents, new.tolist(), strict=True) if own)


def _planned_cents(state: CampaignState, day: int) -> int:
    """Book value on a day if nothing had failed: straight line over the design life, batch by batch."""
    if not state.capital.paid_cents:
        return 0
    column = state.fleet.column
    age_days = day - column(Field.LAUNCH_DAY)
    left = np.where(age_days >= 0.0, np.maximum(0.0, 1.0 - age_days / column(Field.LIFE_DAYS)), 0.0)
    return int(np.rint(np.array(state.capital.paid_cents, np.float64) * left).sum())


def _balance(state: CampaignState, periods: tuple[Statement, ...]) -> Balance:
    booked = sum(line.amount_cents for line in state.ledger)
    raised = sum(line.amount_cents for line in state.ledger if line.kind is LedgerKind.EQUITY)
    worth = round(float(debt.book_values_usd(state).sum()) * CENTS)
    return Balance(
        cash_cents=state.cash_cents,
        satellites_cents=worth,
        debt_cents=debt.debt_cents(state),
        put_in_cents=state.cash_cents - booked + raised,
        earned_cents=sum(one.net_cents for one in periods),
        written_off_cents=_planned_cents(state, state.day) - worth,
    )
