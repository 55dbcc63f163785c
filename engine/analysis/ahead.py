"""A campaign run ahead with the orders that wait, day after day as far as its caller asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from engine import campaign
from engine.events import day_of
from engine.orders import AdvanceTo
from engine.outcomes import Accepted, Outcome, Rejected
from engine.playback import Refusal, give

if TYPE_CHECKING:
    from engine.events import Event
    from engine.state import CampaignState
    from engine.store.schema import FileOrder

__all__ = ["Cancelled", "RunAhead", "Seen"]

Cancelled = Callable[[], bool]
"""Asked now and then whether to give up."""

Seen = Callable[["CampaignState", "tuple[Event, ...]"], None]
"""Shown each state on the way, with what led to it."""

STRIDE_DAYS = 183
"""How far a run goes before it asks whether it is still wanted."""


class RunAhead:
    """One run into the future. After an advance among the orders, the rest is given when its day comes.

    Attributes:
        state: where it stands.
        refusals: orders the rules refused, with their number from 1.
    """

    def __init__(
        self,
        state: CampaignState,
        orders: tuple[FileOrder, ...] = (),
        cancelled: Cancelled | None = None,
        seen: Seen | None = None,
    ) -> None:
        self.state = state
        self.refusals: list[Refusal] = []
        self._orders = orders
        self._given = 0
        self._cancelled = cancelled
        self._seen = seen

    def run_to(self, day: int) -> bool:
        """Give what is due and let days pass.

        Args:
            day: the day to stand at, unless the campaign ends before it.

        Returns:
            Whether it got there; False if it was cancelled on the way.
        """
        while self._given < len(self._orders) and not self.state.ended:
            order = self._orders[self._given]
            if isinstance(order, AdvanceTo):
                due = day_of(order.date)
                if due > day:
                    break
                if not self._pass(due):
                    return False
            else:
                self._take(order, give(self.state, order))
            self._given += 1
        return self._pass(day)

    def _take(self, order: FileOrder, outcome: Outcome) -> None:
        if isinstance(outcome, Accepted):
            self._see(outcome)
        else:
            self.refusals.append(Refusal(self._given + 1, 0, order.type, outcome))

    def _pass(self, day: int) -> bool:
        while not self.state.ended and self.state.day < day:
            if self._cancelled is not None and self._cancelled():
                return False
            outcome = campaign.advance(self.state, min(day, self.state.day + STRIDE_DAYS))
            if isinstance(outcome, Rejected):
                break
            self._see(outcome)
        return True

    def _see(self, outcome: Accepted) -> None:
        self.state = outcome.state
        if self._seen is not None:
            self._seen(outcome.state, outcome.events)
