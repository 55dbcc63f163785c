"""Campaigns side by side: the first order that differs, the day they part, figures at dates; and forks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from engine.conditions.quantities import QUANTITIES, Quantity
from engine.events import date_of, day_of
from engine.fingerprint import digest
from engine.orders import AdvanceTo

if TYPE_CHECKING:
    from engine.playback import Playback
    from engine.state import CampaignState
    from engine.store.schema import CampaignFile, FileOrder

__all__ = [
    "Branches",
    "DatedOrder",
    "Fork",
    "Futures",
    "Parting",
    "Seen",
    "branches",
    "fork",
    "fork_of",
    "futures",
]

Pair = tuple["Playback", "Playback"]


@dataclass(frozen=True, slots=True)
class DatedOrder:
    """An order other than an advance, with the day it is given.

    Attributes:
        number: which order of its file, from 1.
        line: the line it begins on; 0 if not known.
    """

    day: int
    order: FileOrder
    number: int
    line: int


@dataclass(frozen=True, slots=True)
class Fork:
    """The first order that two files do not share; None on the side that has no further order."""

    first: DatedOrder | None
    second: DatedOrder | None

    @property
    def day(self) -> int:
        """The day of the earlier of the two."""
        return min(one.day for one in (self.first, self.second) if one is not None)


@dataclass(frozen=True, slots=True)
class Seen:
    """The first day on which a figure differs, and the first figure in the list that does."""

    day: int
    quantity: str


@dataclass(frozen=True, slots=True)
class Branches:
    """What two campaigns have and have not in common.

    Attributes:
        fork: the first order that differs; None if all are the same.
        parted: the first day on which anything of the state differs; None if nothing does.
        seen: the first day on which a figure of interest does; None if none does.
        days: the days of the rows.
        first: figures of the first campaign, by name, one value a day; `second` those of the other.
    """

    fork: Fork | None
    parted: int | None
    seen: Seen | None
    days: tuple[int, ...]
    first: dict[str, tuple[float, ...]]
    second: dict[str, tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class Parting:
    """Where a campaign parts from the first one of several.

    Attributes:
        fork: the first order that differs; None if all are the same.
        parted: the first day on which anything of the state differs; None if nothing does.
        seen: the first day on which a figure of interest does; None if none does.
    """

    fork: Fork | None
    parted: int | None
    seen: Seen | None


@dataclass(frozen=True, slots=True)
class Futures:
    """Any number of campaigns side by side.

    Attributes:
        partings: one for each campaign after the first.
        days: the days of the figures.
        figures: for each campaign its figures by name, one value a day.
    """

    partings: tuple[Parting, ...]
    days: tuple[int, ...]
    figures: tuple[dict[str, tuple[float, ...]], ...]


def fork_of(first: Playback, second: Playback) -> Fork | None:
    """The first order that two files do not share, in what it says or in when it is given."""
    for one, other in zip_longest(_dated(first), _dated(second)):
        if one is None or other is None or (one.day, one.order) != (other.day, other.order):
            return Fork(one, other)
    return None


def _dated(playback: Playback) -> list[DatedOrder]:
    day, found = playback.state.day, []
    lines = playback.file.lines
    for index, order in enumerate(playback.file.orders):
        if isinstance(order, AdvanceTo):
            day = day_of(order.date)
        else:
            found.append(DatedOrder(day, order, index + 1, lines[index] if index < len(lines) else 0))
    return found


def branches(first: Playback, second: Playback, days: Sequence[int], names: Sequence[str]) -> Branches:
    """Play two campaigns and compare them.

    Args:
        first: a campaign on its first day; it is played to the last of the days.
        second: the other one, likewise.
        days: the days to compare figures on, in order.
        names: quantities to compare.

    Returns:
        The comparison. Where a playback is refused or ends early, its figures stay as they were then.
    """
    found = futures((first, second), days, names)
    parting = found.partings[0]
    return Branches(parting.fork, parting.parted, parting.seen, found.days, *found.figures)


def futures(playbacks: Sequence[Playback], days: Sequence[int], names: Sequence[str]) -> Futures:
    """Play several campaigns and compare each with the first.

    Args:
        playbacks: campaigns on their first day, two at least; they are played to the last of the days.
        days: the days to compare figures on, in order.
        names: quantities to compare.

    Returns:
        The comparison. Where a playback is refused or ends early, its figures stay as they were then.
    """
    wanted = [QUANTITIES[name] for name in names]
    watches = [_Watch((playbacks[0], other), wanted) for other in playbacks[1:]]
    rows: list[list[list[float]]] = []
    for day in days:
        _walk(watches, playbacks, day)
        for playback in playbacks:
            playback.play_to(day)
        rows.append([_values(playback.state, wanted) for playback in playbacks])
    return Futures(
        partings=tuple(Parting(watch.fork, watch.parted, watch.seen) for watch in watches),
        days=tuple(days),
        figures=tuple(
            {name: tuple(row[which][at] for row in rows) for at, name in enumerate(names)}
            for which in range(len(playbacks))
        ),
    )


def _walk(watches: Sequence[_Watch], playbacks: Sequence[Playback], until: int) -> None:
    """Play on to a day, as slowly as the search needs."""
    day = max(playback.state.day for playback in playbacks)
    while day <= until and not all(playback.over for playback in playbacks):
        waiting = [watch.start for watch in watches if watch.start is not None and watch.seen is None]
        if not waiting:
            return
        day = max(day, min(waiting))
        if day > until:
            return
        for playback in playbacks:
            playback.play_to(day)
        for watch in watches:
            if watch.start is not None and watch.seen is None and watch.start <= day:
                watch.look(day)
        day += 1


class _Watch:
    """Looks for the days on which a campaign parts from the first, and only where it can.

    Campaigns that begin alike are alike until the first order that differs, since nothing else decides them.

    Attributes:
        start: the first day to look at; None if there is nothing to look for.
    """

    def __init__(self, pair: Pair, wanted: Sequence[Quantity]) -> None:
        self._pair = pair
        self._wanted = wanted
        self.fork = fork_of(*pair)
        self.start: int | None = max(playback.state.day for playback in pair)
        if _alike(pair[0].state, pair[1].state):
            self.start = None if self.fork is None else max(self.start, self.fork.day)
        self.parted: int | None = None
        self.seen: Seen | None = None

    def look(self, day: int) -> None:
        """Compare both as they stand."""
        first, second = (playback.state for playback in self._pair)
        if self.parted is None and digest(first) != digest(second):
            self.parted = day
        if self.parted is None:
            return
        for quantity, one, other in zip(
            self._wanted, _values(first, self._wanted), _values(second, self._wanted), strict=True
        ):
            if one != other and not (one != one and other != other):  # both without a value
                self.seen = Seen(day, quantity.name)
                return


def fork(file: CampaignFile, day: int) -> CampaignFile:
    """A campaign cut off at a day: the orders given until then stay, time passes to that day, no more waits.

    Args:
        file: the campaign.
        day: where the new branch begins; orders of that very day are kept.
    """
    kept: list[FileOrder] = []
    for order in file.orders:
        if isinstance(order, AdvanceTo) and day_of(order.date) > day:
            break
        kept.append(order)
    reached = max((day_of(order.date) for order in kept if isinstance(order, AdvanceTo)), default=None)
    start = file.header.start
    if reached is None and start is not None:
        reached = day_of(start)
    cut = file.with_orders(tuple(kept))
    if reached != day:
        cut = cut.with_orders((*kept, AdvanceTo(date=date_of(day))))
    return replace(cut.with_header(stop=None), saved=None)


def _values(state: CampaignState, wanted: Sequence[Quantity]) -> list[float]:
    return [quantity.read(state) for quantity in wanted]


def _alike(first: CampaignState, second: CampaignState) -> bool:
    return digest(first) == digest(second)
