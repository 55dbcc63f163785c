"""Cash moves only here: one integer amount of cents and one ledger line for each change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from engine.state import CENTS, FINANCING, CampaignState, LedgerKind, LedgerLine, changed

Entry = tuple[LedgerKind, str, int]
"""What money is for, the subject, and the amount in cents."""


def cents(usd: float) -> int:
    """Dollars to whole cents, rounded once."""
    return round(usd * CENTS)


def book(state: CampaignState, kind: LedgerKind, subject: str, amount_cents: int) -> CampaignState:
    """Changes cash by an amount and writes the line for it; nothing under rules without money.

    A second amount for the same day, kind and subject joins the line that is there.

    Args:
        state: the campaign.
        kind: what the money is for.
        subject: launch, design or workload id; empty for the whole fleet.
        amount_cents: positive when cash grows.
    """
    return book_all(state, ((kind, subject, amount_cents),))


def book_all(state: CampaignState, entries: Iterable[Entry]) -> CampaignState:
    """The same for some amounts in turn."""
    if not state.scenario.rules.money:
        return state
    cash_cents, ledger = state.cash_cents, state.ledger
    for kind, subject, amount_cents in entries:
        if amount_cents:
            cash_cents += amount_cents
            ledger = _entered(ledger, LedgerLine(state.day, kind, subject, amount_cents))
    return state if ledger is state.ledger else changed(state, cash_cents=cash_cents, ledger=ledger)


def _entered(ledger: tuple[LedgerLine, ...], line: LedgerLine) -> tuple[LedgerLine, ...]:
    for place in range(len(ledger) - 1, -1, -1):
        known = ledger[place]
        if known.day != line.day:
            break
        if known.kind == line.kind and known.subject == line.subject:
            joined = replace(known, amount_cents=known.amount_cents + line.amount_cents)
            return (*ledger[:place], joined, *ledger[place + 1 :])
    return (*ledger, line)


def turnover_cents(state: CampaignState) -> tuple[int, int]:
    """What was earned and what was spent since the first day; capital that came or went is neither."""
    own = [line.amount_cents for line in state.ledger if line.kind not in FINANCING]
    return sum(one for one in own if one > 0), -sum(one for one in own if one < 0)


def can_pay(state: CampaignState, amount_cents: int) -> bool:
    """Whether the cash in hand covers an amount; always, under rules without money."""
    return not state.scenario.rules.money or state.cash_cents >= amount_cents
