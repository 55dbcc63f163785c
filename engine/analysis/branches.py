"""Two campaigns side by side: the first order that differs, the day they part, and figures at dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from engine.conditions.quantities import QUANTITIES, Quantity
from engine.events import day_of
from engine.fingerprint import digest
from engine.orders import AdvanceTo

if TYPE_CHECKING:
    from engine.playback import Playback
    from engine.state import CampaignState
    from engine.store.schema import FileOrder

__all__ = ["Branches", "DatedOrder", "Fork", "Seen", "branches", "fork_of"]

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
    fork = fork_of(first, second)
    wanted = [QUANTITIES[name] for name in names]
    pair = (first, second)
    alike = _alike(first.state, second.state)
    watch = _Watch(wanted, fork.day if fork else None, alike=alike)
    rows: list[tuple[list[float], list[float]]] = []
    for day in days:
        watch.walk(pair, day)
        _play(pair, day)
        rows.append((_values(first.state, wanted), _values(second.state, wanted)))
    return Branches(
        fork=fork,
        parted=watch.parted,
        seen=watch.seen,
        days=tuple(days),
        first={name: tuple(row[0][at] for row in rows) for at, name in enumerate(names)},
        second={name: tuple(row[1][at] for row in rows) for at, name in enumerate(names)},
    )


class _Watch:
    """Looks for the days on which two campaigns part, day by day and only where they can.

    Campaigns that begin alike are alike until the first order that differs, since nothing else decides them.
    """

    def __init__(self, wanted: Sequence[Quantity], fork_day: int | None, *, alike: bool) -> None:
        self._wanted = wanted
        self._from = fork_day
        self._alike = alike
        self.parted: int | None = None
        self.seen: Seen | None = None

    def walk(self, pair: Pair, until: int) -> None:
        """Play on to a day, as slowly as the search needs."""
        if self._alike and self._from is None:
            return
        start = max(playback.state.day for playback in pair)
        if self._alike and self._from is not None:
            start = max(start, self._from)
        day = start
        while self.seen is None and day <= until and not all(playback.over for playback in pair):
            _play(pair, day)
            self._look(pair, day)
            day += 1

    def _look(self, pair: Pair, day: int) -> None:
        first, second = (playback.state for playback in pair)
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


def _play(pair: Pair, day: int) -> None:
    for playback in pair:
        playback.play_to(day)


def _values(state: CampaignState, wanted: Sequence[Quantity]) -> list[float]:
    return [quantity.read(state) for quantity in wanted]


def _alike(first: CampaignState, second: CampaignState) -> bool:
    return digest(first) == digest(second)
