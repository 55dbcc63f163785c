"""The books of a campaign as lines of text: pure functions."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from odc_tui.present import numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.analysis.accounts import Books, Statement

__all__ = [
    "balance_rows",
    "capital_lines",
    "chance_lines",
    "funding_lines",
    "income_rows",
    "loan_lines",
    "runway_words",
]

SHOWN = 5
"""So many periods fit beside each other in eighty columns."""

_CENTURY_MONTHS = 1200.0
_CASH = ("operating", "investing", "financing")


def _usd(cents: int) -> str:
    return numbers.money(cents / 100.0) if cents else numbers.NONE


def income_rows(statements: Sequence[Statement], *, worn: bool = True) -> list[list[str]]:
    """Income and cash flow of the newest periods, one column each; lines empty in all of them are left out.

    Args:
        statements: oldest first.
        worn: whether satellites are worn down in the books; without the rules of the economy what is
            launched is paid and forgotten, lost or not.
    """
    shown = statements[-SHOWN:]
    rows = [["income", *(one.name for one in shown)]]
    for name in shown[0].income_cents:
        amounts = [one.income_cents[name] for one in shown]
        if any(amounts):
            said = name if worn or name != "lost at launch" else "launched"
            rows.append([said, *map(_usd, amounts)])
    rows.append(["net income", *(_usd(one.net_cents) for one in shown)])
    rows.append(["cash", *[""] * len(shown)])
    rows += [[name, *(_usd(one.cash_cents[name]) for one in shown)] for name in _CASH]
    rows.append(["cash at the end", *(_usd(one.closing_cents) for one in shown)])
    return rows


def balance_rows(books: Books) -> list[list[str]]:
    """What the company has beside what it owes."""
    one = books.balance
    return [
        ["has", "", "owes", ""],
        ["cash", _usd(one.cash_cents), "debt", _usd(one.debt_cents)],
        ["satellites", _usd(one.satellites_cents), "put in by owners", _usd(one.put_in_cents)],
        ["", "", "earned", _usd(one.earned_cents)],
        ["", "", "written off", _usd(-one.written_off_cents)],
        ["", _usd(one.cash_cents + one.satellites_cents), "", _usd(one.debt_cents + one.equity_cents)],
    ]


def capital_lines(books: Books) -> list[str]:
    """Runway, what is spoken for, what lenders and investors would give, loans, offers and contracts."""
    deals = [str(deal["text"]) for deal in (*books.contracts, *books.offers)]
    return [*funding_lines(books), *loan_lines(books), *deals, *chance_lines(books)]


def runway_words(books: Books) -> str:
    """`Cash lasts 14.0 months.`, or that it does not shrink."""
    runway = books.runway_months
    if runway is None:
        return "Cash is not shrinking."
    if runway > _CENTURY_MONTHS:
        return "Cash lasts more than a century."
    return f"Cash lasts {numbers.figures(max(0.0, runway))} months."


def funding_lines(books: Books) -> list[str]:
    """Runway, what is spoken for, and what lenders and investors would give."""
    due = _usd(books.committed_cents) if books.committed_cents else "none"
    lines = [f"{runway_words(books)} Flights and loans due within a year: {due}."]
    room = max(0, books.debt_limit_cents - books.balance.debt_cents)
    lent = f"{_usd(room)} more" if room > 0 else "nothing more on what is in orbit"
    lines.append(f"Cost of capital {100.0 * books.wacc:.1f} % a year. Lenders advance {lent}.")
    if books.next_raise_usd is not None and books.next_raise_mw is not None:
        offer, asks = numbers.money(books.next_raise_usd), numbers.figures(books.next_raise_mw)
        has = numbers.figures(books.record_mw)
        lines.append(f"Investors offer {offer} at {asks} MW of compute; the record is {has} MW.")
    return lines + _owner_lines(books)


def _owner_lines(books: Books) -> list[str]:
    """What founders hold, and what the next raise would leave them; nothing where nothing is ever raised."""
    if books.share_after_raise is None and books.founders_share == 1.0:
        return []
    held = f"Founders hold {100.0 * books.founders_share:.1f} %"
    if books.share_after_raise is None:
        return [f"{held} of the company."]
    value = numbers.money(books.valuation_usd)
    left = f"{100.0 * books.share_after_raise:.1f} %"
    return [f"{held}; that raise, at a value of {value}, would leave {left}."]


def loan_lines(books: Books) -> list[str]:
    """One line a loan."""
    return [
        f"{loan['id']}: {numbers.money(loan['principal_usd'])} at {100.0 * loan['interest_per_year']:.1f} %"
        f" until {loan['due']}."
        for loan in books.loans
    ]


def chance_lines(books: Books) -> list[str]:
    """The odds of offers when the next month begins, if there can be any."""
    chances = [f"{kind} {100.0 * share:.0f} %" for kind, share in books.offer_chances.items() if share > 0.0]
    if chances and all(math.isfinite(share) for share in books.offer_chances.values()):
        return [f"Odds of an offer when the next month begins: {', '.join(chances)}."]
    return []
