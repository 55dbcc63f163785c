"""The first day on which a condition holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.analysis.ahead import Cancelled, RunAhead

if TYPE_CHECKING:
    from engine.conditions.grammar import Condition
    from engine.state import CampaignState
    from engine.store.schema import FileOrder

__all__ = ["Found", "first_day"]

Found = int | None


def first_day(
    state: CampaignState,
    condition: Condition,
    last_day: int,
    orders: tuple[FileOrder, ...] = (),
    cancelled: Cancelled | None = None,
) -> Found:
    """The first day, from the present one on, on which a condition holds.

    Every day is looked at, since a condition may hold for one day and not for the next.

    Args:
        state: where the search begins.
        condition: what is waited for.
        last_day: the last day to look at.
        orders: orders that wait, given as their days come.
        cancelled: asked every day whether to give up.

    Returns:
        The day; None if it does not hold by then, the campaign ends before, or the search was cancelled.
    """
    ahead = RunAhead(state, orders, cancelled)
    for day in range(state.day, last_day + 1):
        if not ahead.run_to(day) or (cancelled is not None and cancelled()):
            return None
        if condition.holds(ahead.state):
            return day
        if ahead.state.ended:
            return None
    return None
