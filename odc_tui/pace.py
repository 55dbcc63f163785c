"""The time controls of a session: play, pause, step, faster, slower."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from odc_tui.simrunner import SPEEDS, Sim, Speed
from odc_tui.undo import next_waiting

if TYPE_CHECKING:
    from engine.events import EventKind
    from odc_tui.undo import Timeline

__all__ = ["TimeControls"]


class TimeControls:
    """How a session lets time pass. Orders of the file that wait for their day bound every stretch of it."""

    def __init__(self, sim: Sim, timeline: Timeline) -> None:
        self._sim = sim
        self._timeline = timeline
        self._stop_on: AbstractSet[EventKind] = frozenset()
        self._until: int | None = None
        self._running = False
        self._settling = False

    @property
    def running(self) -> bool:
        """Whether time runs, as far as the frames taken over tell."""
        return self._running

    @property
    def speed(self) -> Speed:
        """The pace that is set, whether or not time runs."""
        return self._sim.speed

    def play(
        self,
        speed: Speed | None = None,
        stop_on: AbstractSet[EventKind] = frozenset(),
        until: int | None = None,
    ) -> None:
        """Let time run.

        Args:
            speed: the pace; as it was if left out.
            stop_on: kinds of events that stop time, exactly on their day.
            until: a day to stop at, counted from 2000-01-01.
        """
        if speed is not None:
            self._sim.set_speed(speed)
        self._stop_on, self._until = stop_on, until
        self._running = self._settling = True
        self._go_on()

    def _go_on(self) -> None:
        """Let time run to the day asked for, or to the next order that waits for its day."""
        due, _ = next_waiting(self._timeline.waiting)
        bounds = [day for day in (self._until, due) if day is not None]
        self._sim.play(self._stop_on, min(bounds) if bounds else None)

    def pause(self) -> None:
        """Stop time where it stands; the campaign is written once that is known."""
        self._running, self._settling = False, True
        self._sim.pause()

    def toggle(self, stop_on: AbstractSet[EventKind] = frozenset()) -> None:
        """Pause if time runs, else play."""
        if self._running:
            self.pause()
        else:
            self.play(stop_on=stop_on)

    def set_speed(self, speed: Speed) -> None:
        """Set the pace; time that runs goes on at it."""
        self._sim.set_speed(speed)

    def faster(self) -> None:
        """Take the next faster pace, if there is one."""
        self._shift(1)

    def slower(self) -> None:
        """Take the next slower pace, if there is one."""
        self._shift(-1)

    def _shift(self, steps: int) -> None:
        at = SPEEDS.index(self.speed) + steps
        self.set_speed(SPEEDS[max(0, min(at, len(SPEEDS) - 1))])

    def step_day(self) -> None:
        """Let one day pass, to the same time of the next day."""
        self._sim.step_days(1)

    def step_orbit(self, period_s: float) -> None:
        """Move the clock within the day on by one orbit, into the next day if need be.

        Args:
            period_s: the period of the orbit in seconds.
        """
        self._sim.step_seconds(period_s)
