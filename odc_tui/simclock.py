"""How fast time runs and what has to happen for it: plain arithmetic, no thread and no clock of its own."""

from __future__ import annotations

import math
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.events import EventKind
from engine.outcomes import Accepted

if TYPE_CHECKING:
    from engine.events import Event
    from engine.outcomes import Rejected
    from engine.state import CampaignState
    from odc_tui.ports import Clockwork

__all__ = ["DAY_S", "SPEEDS", "Frame", "Speed", "TimeKeeper"]

DAY_S = 86_400.0


@dataclass(frozen=True, slots=True)
class Speed:
    """A pace of time.

    Attributes:
        key: name in settings and tests.
        label: what the screen says.
        rate: seconds of the campaign a second of the player.
    """

    key: str
    label: str
    rate: float


SPEEDS = (
    Speed("live", "1 orbit/10 s", 570.0),
    Speed("hour", "1 h/s", 3_600.0),
    Speed("day", "1 day/s", DAY_S),
    Speed("week", "1 week/s", 7 * DAY_S),
    Speed("month", "1 month/s", 365.25 / 12 * DAY_S),
    Speed("decade", "10 years/min", 3652.5 / 60 * DAY_S),
)
"""From watching an orbit to letting years pass; a week a second is 1.1 years a minute, a month 5."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What the simulation shows at one instant.

    Attributes:
        generation: rises when an order changes the state; frames of an older one are worthless.
        state: the campaign at the start of its day.
        seconds: the clock within that day.
        running: whether time goes on.
        events: what happened since the frame before.
        stopped_by: the event that stopped time, if one did.
        refused: why time cannot go on, if it cannot.
    """

    generation: int
    state: CampaignState
    seconds: float
    running: bool
    events: tuple[Event, ...] = ()
    stopped_by: Event | None = None
    refused: Rejected | None = None


class TimeKeeper:
    """Where the campaign stands, at which pace it moves, and when it has to stop.

    The clock within the day only moves the view; when it passes midnight the engine lets a day pass.
    """

    def __init__(self, engine: Clockwork, state: CampaignState) -> None:
        self._engine = engine
        self.state = state
        self.seconds = 0.0
        self.speed = SPEEDS[0]
        self.running = False
        self.stopped_by: Event | None = None
        self.refused: Rejected | None = None
        self._stop_on: AbstractSet[EventKind] = frozenset()
        self._until: int | None = None
        self._rush = False
        self._ahead_s = 0.0
        self._told: list[Event] = []

    def start(self, stop_on: AbstractSet[EventKind], until: int | None, *, rush: bool = False) -> None:
        """Let time run, as fast as it can if `rush`, until a day if one is given."""
        self.running = until is None or until > self.state.day
        self._stop_on, self._until, self._rush = stop_on, until, rush
        self.stopped_by = self.refused = None
        self._ahead_s = 0.0

    def halt(self) -> None:
        """Stop where time stands."""
        self.running = False
        self._ahead_s = 0.0

    def jump(self, seconds: float) -> None:
        """Move the clock within the day on; beyond midnight, days pass."""
        self._ahead_s = seconds
        self._stop_on, self._until, self._rush = frozenset(), None, False
        self.stopped_by = self.refused = None
        while self.due_days:
            if not self.advance_days(self.due_days):
                return
        self._settle()

    def adopt(self, state: CampaignState) -> None:
        """Go on from another state of the same day."""
        if state.day != self.state.day:
            self.seconds = 0.0
        self.state = state

    def elapse(self, real_s: float, leeway_s: float = math.inf) -> None:
        """So much time has passed for the player.

        Args:
            real_s: seconds of the player.
            leeway_s: how many of them may be left to work off; beyond that, time simply runs slower.
        """
        if self.running and not self._rush:
            most_s = leeway_s * self.speed.rate + DAY_S
            self._ahead_s = min(self._ahead_s + real_s * self.speed.rate, most_s)
            if not self.due_days:
                self._settle()

    @property
    def due_days(self) -> int:
        """Days that have to pass for the clock to catch up."""
        if self._rush and self._until is not None:
            return max(0, self._until - self.state.day)
        return int((self.seconds + self._ahead_s) // DAY_S)

    def advance_days(self, days: int) -> bool:
        """Let some of the days due pass.

        Returns:
            Whether time can go on.
        """
        target = self.state.day + days
        if self._until is not None:
            target = min(target, self._until)
        outcome = self._advanced(target)
        if not isinstance(outcome, Accepted):
            self.refused = outcome
            return self._stop()
        self._ahead_s -= 0.0 if self._rush else (outcome.state.day - self.state.day) * DAY_S
        self.state = outcome.state
        self._told.extend(outcome.events)
        self.stopped_by = next((event for event in outcome.events if event.kind in self._stop_on), None)
        if self.stopped_by is not None or self.state.day < target:
            return self._stop()
        if self._until is not None and self.state.day >= self._until:
            self._arrive()
        elif not self.due_days:
            self._settle()
        return True

    def _advanced(self, target: int) -> Accepted | Rejected:
        """Let days pass, at least one: what is due on the present day alone cannot stop time there.

        Only whole days can be written down as an order, and so be played again.
        """
        outcome = self._engine.advance(self.state, target, self._stop_on)
        if isinstance(outcome, Accepted) and outcome.state.day == self.state.day:
            return self._engine.advance(self.state, self.state.day + 1, frozenset())
        return outcome

    def _arrive(self) -> None:
        """The day asked for is reached: at its first second, or after a step at the same time of day."""
        self.running = False
        self._ahead_s = 0.0
        if not self._rush:
            self.seconds = 0.0

    def _stop(self) -> bool:
        self.running = False
        self.seconds = self._ahead_s = 0.0
        return False

    def _settle(self) -> None:
        self.seconds += self._ahead_s
        self._ahead_s = 0.0

    def frame(self, generation: int) -> Frame:
        """The present instant, with what happened since the last frame."""
        told, self._told = tuple(self._told), []
        return Frame(generation, self.state, self.seconds, self.running, told, self.stopped_by, self.refused)
