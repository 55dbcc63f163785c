"""What is laid down to happen of itself, and how far the objectives have come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.events import date_of

if TYPE_CHECKING:
    import datetime as dt

    from engine.orders import StandingOrder


@dataclass(frozen=True, slots=True)
class Standing:
    """A standing order in force, and what has come of it.

    Attributes:
        order: as it was laid down.
        since_day: the day it was laid down.
        due_day: the day it is looked at next; 0 once its limit is reached.
        looks: how often it was looked at.
        met: looks at which its condition held.
        given: how often its order was given.
        given_day: the last day of these, -1 before the first.
        refusals: how often the rules refused it.
        refused: the part of the order that the last refusal was about; empty once it is given again.
        reason: of the last refusal, in a sentence.
        armed: whether an `if` waits; it does not from when its order is given until its condition has failed.
    """

    order: StandingOrder
    since_day: int
    due_day: int
    looks: int = 0
    met: int = 0
    given: int = 0
    given_day: int = -1
    refusals: int = 0
    refused: str = ""
    reason: str = ""
    armed: bool = True

    @property
    def id(self) -> str:
        """What it is called."""
        return self.order.id

    @property
    def done(self) -> bool:
        """Whether it has been given as often as it may be; it stays listed until it is dropped."""
        return self.due_day == 0


@dataclass(frozen=True, slots=True)
class Goal:
    """How far an objective of the scenario has come.

    Attributes:
        progress: 0..1, the best month so far; as it was judged once it is no longer open.
        status: `open`, `met` or `missed`.
        day: when it last came further, or was judged.
    """

    progress: float = 0.0
    status: str = "open"
    day: int = 0

    @property
    def met_on(self) -> dt.date | None:
        """The date it was met; None if it was not."""
        return date_of(self.day) if self.status == "met" else None
