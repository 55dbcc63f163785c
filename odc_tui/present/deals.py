"""Orders about money as lines to choose from, and what each would mean: pure functions."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import engine
from engine.orders import Borrow, Insure, RaiseCapital, Repay, SignContract
from odc_tui.present import numbers

if TYPE_CHECKING:
    from engine.analysis.accounts import Books
    from engine.orders import Order
    from engine.state import CampaignState
    from odc_tui.present.chrome import Piece

__all__ = ["TITLES", "Deal", "DealKind", "deals", "verdict_pieces"]


class DealKind(StrEnum):
    """What the player wants to do about money."""

    RAISE = "raise"
    BORROW = "borrow"
    REPAY = "repay"
    CONTRACT = "contract"
    INSURE = "insure"


TITLES = {
    DealKind.RAISE: "Money from investors",
    DealKind.BORROW: "A loan against what flies",
    DealKind.REPAY: "Pay debt back",
    DealKind.CONTRACT: "What customers offer",
    DealKind.INSURE: "Who bears the risk of launches",
}

_SHARES = (1.0, 0.75, 0.5, 0.25, 0.1)
_LEAST_USD = 1e6


@dataclass(frozen=True, slots=True)
class Deal:
    """One order that could be given.

    Attributes:
        label: short, for a list.
        text: what it is in a sentence; may be empty.
    """

    key: str
    label: str
    order: Order
    text: str = ""


def deals(state: CampaignState, kind: DealKind, years: int = 5) -> tuple[Deal, ...]:
    """What there is to choose from; empty if there is nothing.

    Args:
        state: the campaign.
        kind: what is wanted.
        years: how long a loan runs.
    """
    match kind:
        case DealKind.RAISE:
            return (Deal("raise", "Take what is offered next", RaiseCapital()),)
        case DealKind.BORROW:
            return _loans(engine.books(state), years)
        case DealKind.REPAY:
            return _repayments(engine.books(state))
        case DealKind.CONTRACT:
            return tuple(
                Deal(one["id"], one["id"], SignContract(offer=one["id"]), one["text"])
                for one in engine.books(state).offers
            )
        case DealKind.INSURE:
            return (
                Deal("yes", "Insure launches from now on", Insure(cover=True)),
                Deal("no", "Bear the risk ourselves", Insure(cover=False)),
            )


def _loans(kept: Books, years: int) -> tuple[Deal, ...]:
    """Parts of what lenders advance, in whole millions."""
    room_usd = max(0, kept.debt_limit_cents - kept.balance.debt_cents) / 100.0
    amounts = dict.fromkeys(max(_LEAST_USD, math.floor(room_usd * share / 1e6) * 1e6) for share in _SHARES)
    return tuple(
        Deal(f"{usd:.0f}", f"{numbers.money(usd)} for {numbers.counted(years, 'year')}", _borrow(usd, years))
        for usd in amounts
    )


def _borrow(usd: float, years: int) -> Borrow:
    return Borrow(amount_usd=usd, years=years)


def _repayments(kept: Books) -> tuple[Deal, ...]:
    if not kept.loans:
        return ()
    single = [
        Deal(
            f"{one['id']} {share}",
            f"{name} of {one['id']}, {numbers.money(one['principal_usd'] * share)}",
            Repay(amount_usd=one["principal_usd"] * share if share < 1.0 else None, loan=one["id"]),
        )
        for one in kept.loans
        for name, share in (("all", 1.0), ("half", 0.5))
    ]
    whole = Deal("all", f"all debt, {numbers.money(kept.balance.debt_cents / 100.0)}", Repay())
    return (whole, *single) if len(kept.loans) > 1 else tuple(single)


def verdict_pieces(state: CampaignState, deal: Deal) -> tuple[list[Piece], bool]:
    """What the rules say about a deal, and what it does to cash; and whether it can be done.

    Args:
        state: the campaign.
        deal: what the cursor stands on.
    """
    marks = {"ok": ("✔", "$role-ok"), "risk": ("⚠", "$role-warn"), "stop": ("✖", "$role-risk")}
    pieces: list[Piece] = []
    for fault in engine.check(state, deal.order):
        mark, style = marks[fault.severity]
        pieces += [(f"{mark} ", style), (f"{fault.reason} {fault.fix}".strip() + "\n", "")]
    after = getattr(engine.preview(state, deal.order), "state", None)
    if after is None:
        return pieces, False
    before, then = numbers.money(state.cash_usd), numbers.money(after.cash_usd)
    if after.cash_cents != state.cash_cents:
        pieces += [("Cash ", "$role-quiet"), (f"{before} → {then}", "bold")]
    return pieces, True
