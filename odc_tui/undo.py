"""The orders of a campaign being played: those given, those taken back, those that wait for their day.

Orders since the last day that passed can be taken back. Keeping the state before each of them would cost a
copy of the fleet an order; so one state is kept, from right after that day, and what stays is given again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from engine.errors import EngineError
from engine.events import day_of
from engine.orders import AdvanceTo, Order
from engine.outcomes import Accepted, Rejected
from engine.playback import expand
from engine.store.codec import chain_hash
from engine.store.schema import CampaignFile, FileOrder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.state import CampaignState

__all__ = ["Applies", "Orders", "Timeline", "next_waiting", "split_at_stop"]


class Applies(Protocol):
    """What carries orders out."""

    def apply(self, state: CampaignState, order: Order, /) -> Accepted | Rejected:
        """Carry an order out, or refuse it."""


@dataclass(frozen=True, slots=True)
class Orders:
    """The orders of a campaign: those that have been given, and those of the file that wait for their day."""

    given: tuple[FileOrder, ...] = ()
    waiting: tuple[FileOrder, ...] = ()


def split_at_stop(file: CampaignFile) -> Orders:
    """The orders of a file up to the day it stands at, with the advance to that day, and those that wait."""
    stop, file = file.header.stop, file.coalesced()
    if stop is None:
        return Orders(file.orders)
    later = (
        at
        for at, order in enumerate(file.orders)
        if isinstance(order, AdvanceTo) and day_of(order.date) > day_of(stop)
    )
    cut = next(later, len(file.orders))
    given = file.orders[:cut]
    dates = [order.date for order in given if isinstance(order, AdvanceTo)]
    reached = dates[-1] if dates else file.header.start
    if reached is None or reached < stop:
        given = with_advance(given, AdvanceTo(date=stop))
    return Orders(given, file.orders[cut:])


def with_advance(orders: tuple[FileOrder, ...], advance: AdvanceTo) -> tuple[FileOrder, ...]:
    """The orders with an advance behind them, which replaces one that already stands there."""
    kept = orders[:-1] if orders and isinstance(orders[-1], AdvanceTo) else orders
    return (*kept, advance)


def next_waiting(waiting: Sequence[FileOrder]) -> tuple[int | None, int]:
    """When the first order that waits is due, and how many advances stand before it.

    Returns:
        The day (None if nothing but advances is left; 0 if no advance stands before it), and the number.
    """
    day = 0
    for count, order in enumerate(waiting):
        if not isinstance(order, AdvanceTo):
            return day, count
        day = day_of(order.date)
    return None, len(waiting)


class Timeline:
    """The orders of one campaign, and the state that the last days of it led to.

    Attributes:
        base: the state right after the last day that passed, before the orders since.
        undone: orders that can be given again, the next one last.
        waiting: orders of the file that are given when their day comes.
    """

    def __init__(self, orders: Orders, base: CampaignState, base_count: int) -> None:
        """Take over the orders of a file.

        Args:
            orders: as the file has them.
            base: the state after the first `base_count` orders.
            base_count: how many orders lie before the last day that passed, its advance included.
        """
        self.base = base
        self.waiting = orders.waiting
        self.undone: list[Order] = []
        self._given: list[FileOrder] = []
        self._hashes = [""]
        for order in orders.given:
            self._push(order)
        self._base_count = base_count

    @property
    def given(self) -> tuple[FileOrder, ...]:
        """The orders that have been given, in order."""
        return tuple(self._given)

    @property
    def hash(self) -> str:
        """Hash of the orders that have been given."""
        return self._hashes[-1]

    @property
    def base_count(self) -> int:
        """How many orders lie before the last day that passed, without the advance to it."""
        before = self._given[self._base_count - 1 : self._base_count]
        return self._base_count - bool(before and isinstance(before[0], AdvanceTo))

    @property
    def base_hash(self) -> str:
        """Hash of the first `base_count` orders."""
        return self._hashes[self.base_count]

    @property
    def since(self) -> tuple[FileOrder, ...]:
        """The orders given since the last day that passed; these can be taken back."""
        return tuple(self._given[self._base_count :])

    def gave(self, order: FileOrder) -> None:
        """Note an order that was accepted; what was taken back before it is forgotten."""
        if self.undone and self.undone[-1] == order:
            self.undone.pop()
        else:
            self.undone.clear()
        self._push(order)

    def passed(self, state: CampaignState) -> None:
        """Note that days have passed until the day of a state; nothing before them can be taken back."""
        if state.day == self.base.day:
            self.base = state if not self.since else self.base
            return
        if self._given and isinstance(self._given[-1], AdvanceTo):
            self._pop()
        self._push(AdvanceTo(date=state.date))
        self.base = state
        self._base_count = len(self._given)
        self.undone.clear()

    def undo(self, engine: Applies) -> tuple[Order, CampaignState] | None:
        """Take the last order back.

        Returns:
            The order, and the state without it; None if there is none.

        Raises:
            EngineError: an order that was accepted before is refused now.
        """
        if not self.since:
            return None
        state = self.base
        for order in self.since[:-1]:
            state = _again(engine, state, order)
        last = expand(self._pop(), state.catalogue)
        if isinstance(last, Rejected):
            raise EngineError(last.reason, "undo", last.fix)
        self.undone.append(last)
        return last, state

    def take_waiting(self) -> FileOrder | None:
        """Take the first order that waits off the list, with the advances before it."""
        day, count = next_waiting(self.waiting)
        if day is None:
            self.waiting = ()
            return None
        order = self.waiting[count]
        self.waiting = self.waiting[count + 1 :]
        return order

    def _push(self, order: FileOrder) -> None:
        self._given.append(order)
        self._hashes.append(chain_hash(self._hashes[-1], order))

    def _pop(self) -> FileOrder:
        self._hashes.pop()
        return self._given.pop()


def _again(engine: Applies, state: CampaignState, order: FileOrder) -> CampaignState:
    plain = expand(order, state.catalogue)
    outcome = plain if isinstance(plain, Rejected) else engine.apply(state, plain)
    if isinstance(outcome, Rejected):
        raise EngineError(outcome.reason, "undo", outcome.fix)
    return outcome.state
