"""The money of a campaign: cash line by line, the last month, what is earned back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from engine.analysis.why import Figure, Input, given, summed, worked
from engine.reports import totals
from engine.state import CENTS

if TYPE_CHECKING:
    from engine.state import CampaignState

__all__ = ["money_figures"]

_UNIT = "USD"


def money_figures(state: CampaignState) -> Iterator[Figure]:
    """Cash, the last closed month, and the share of what was spent that is earned back.

    Args:
        state: the campaign, under rules with money.
    """
    lines = tuple(_cash_lines(state))
    yield summed("cash", "Cash", _UNIT, sum(float(line.value) for line in lines), lines)
    month = (
        Input("revenue", state.month_revenue_cents / CENTS, _UNIT, "sold in the last closed month"),
        Input("operations", -state.month_operations_cents / CENTS, _UNIT, "paid for it"),
    )
    yield summed("month", "Last month", _UNIT, sum(float(line.value) for line in month), month)
    sums = totals(state)
    yield worked(
        "paid-back",
        "Earned back",
        "share_of",
        part=given(sums["revenue_usd"], "USD, all credits of the ledger"),
        whole=given(sums["spent_usd"], "USD, all debits of the ledger"),
    )


def _cash_lines(state: CampaignState) -> Iterator[Input]:
    """What the campaign began with, and what each kind of line has added up to since."""
    booked: dict[str, int] = {}
    for line in state.ledger:
        booked[line.kind] = booked.get(line.kind, 0) + line.amount_cents
    begun_cents = state.cash_cents - sum(booked.values())
    yield Input("to begin with", begun_cents / CENTS, _UNIT, f"scenario {state.scenario.name}")
    for kind, cents in booked.items():
        yield Input(str(kind), cents / CENTS, _UNIT, "all lines of the ledger of that kind")
