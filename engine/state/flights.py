"""What was ordered, what flies it, and what the batches it brought are called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.events import date_of

if TYPE_CHECKING:
    import datetime as dt

    from engine.orders import Launch


@dataclass(frozen=True, slots=True)
class Booking:
    """A launch order with flights still to fly.

    Attributes:
        number: 3 for the order that is `L3`.
        flown: flights of the series that have left, been lost or been cancelled.
        day: the announced day of the next flights.
        slip_drawn: whether that day already holds the delay of the operator.
    """

    number: int
    order: Launch
    flown: int
    day: int
    slip_drawn: bool = False

    @property
    def id(self) -> str:
        """`L3`."""
        return f"L{self.number}"

    @property
    def total(self) -> int:
        """Flights of the whole series."""
        return self.order.times * self.order.flights

    @property
    def left(self) -> int:
        """Flights still to fly."""
        return self.total - self.flown

    @property
    def date(self) -> dt.date:
        """The announced date of the next flights."""
        return date_of(self.day)

    def flight_id(self, index: int) -> str:
        """Id of the flight with this index, from 0: `L3`, or `L3.17` in a series."""
        return self.id if self.total == 1 else f"{self.id}.{index + 1}"


@dataclass(frozen=True, slots=True)
class VehicleStatus:
    """What a vehicle has done in this campaign, and until when it stands down (0: it does not).

    `last_flight_day` is -1 before the first flight; `announced` says its availability has been told.
    """

    flown: int = 0
    good: int = 0
    failed: int = 0
    grounded_until_day: int = 0
    last_flight_day: int = -1
    lifted_kg: float = 0.0
    announced: bool = True


@dataclass(frozen=True, slots=True)
class SiteStatus:
    """A launch site under repair: closed from one day until the other.

    Attributes:
        reason: what closed it, if that is not the outage the catalogue knows; then
        expected_day: the day it is announced to reopen, and
        latest_day: the latest that is thought possible.
    """

    closed_day: int
    reopen_day: int
    announced: bool = False
    reason: str = ""
    expected_day: int = 0
    latest_day: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Names:
    """What batches are called and made of: one read-only integer a batch in each column."""

    launch: NDArray[np.int32]
    flight: NDArray[np.int32]
    design: NDArray[np.int32]

    @classmethod
    def empty(cls) -> Names:
        """No batches."""
        none = np.empty(0, np.int32)
        none.flags.writeable = False
        return cls(none, none, none)

    def __len__(self) -> int:
        return len(self.launch)

    def append(self, launch: int, flights: list[int], design: int) -> Names:
        """Names with batches of one launch order added; `flights` is empty-numbered (0) for a lone flight."""
        count = len(flights)
        return Names(
            _grown(self.launch, [launch] * count),
            _grown(self.flight, flights),
            _grown(self.design, [design] * count),
        )

    def id(self, index: int) -> str:
        """Id of one batch, `L3` or `L3.17`."""
        flight = int(self.flight[index])
        stem = f"L{int(self.launch[index])}"
        return f"{stem}.{flight}" if flight else stem

    def ids(self) -> list[str]:
        """Ids of all batches in fleet order."""
        pairs = zip(self.launch.tolist(), self.flight.tolist(), strict=True)
        return [f"L{launch}.{flight}" if flight else f"L{launch}" for launch, flight in pairs]


def _grown(column: NDArray[np.int32], tail: list[int]) -> NDArray[np.int32]:
    grown = np.concatenate([column, np.asarray(tail, np.int32)])
    grown.flags.writeable = False
    return grown


@dataclass(frozen=True, slots=True)
class Totals:
    """Counts since the first day that no column of the fleet holds."""

    flights: int = 0
    flights_failed: int = 0
    satellites_launched: int = 0
    satellites_lost_at_launch: int = 0
    lifted_kg: float = 0.0
    sold_pflop_days: float = 0.0
