"""The one worker thread that lets time pass, and the same without a thread for tests.

The worker advances in chunks of some 20 ms and keeps only the newest frame. It tells the interface once
that a frame waits, and not again until that frame has been taken; a frame that is replaced hands its events
on.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol, cast

from odc_tui.simclock import SPEEDS, Frame, Speed, TimeKeeper

if TYPE_CHECKING:
    from engine.events import EventKind
    from engine.state import CampaignState
    from odc_tui.ports import Clockwork

__all__ = ["SPEEDS", "Frame", "FrozenSim", "Sim", "SimRunner", "Speed"]

FRAMES_PER_S = 15.0
CHUNK_S = 0.02
LEEWAY_S = 0.25
_BREATH_S = 0.001
_MAX_CHUNK_DAYS = 64


class Sim(Protocol):
    """What lets time pass for a session."""

    def __init__(self, engine: Clockwork, state: CampaignState, post: Callable[[], None]) -> None: ...

    @property
    def speed(self) -> Speed:
        """The pace that is set."""

    def set_speed(self, speed: Speed) -> None:
        """Set the pace; time that runs goes on at it."""

    def play(self, stop_on: AbstractSet[EventKind] = frozenset(), until: int | None = None) -> None:
        """Let time run."""

    def pause(self) -> None:
        """Stop where time stands."""

    def step_days(self, days: int) -> None:
        """Let so many days pass as fast as they can, at the same time of day."""

    def step_seconds(self, seconds: float) -> None:
        """Move the clock within the day on, into the next day if need be."""

    def hold(self) -> Frame:
        """The newest instant, taken over; nothing moves until `adopt` or `release`."""

    def adopt(self, state: CampaignState) -> None:
        """Go on from a state that an order has made."""

    def release(self) -> None:
        """Go on as before a `hold`."""

    def take(self) -> Frame | None:
        """The newest frame, if there is one that was not taken yet."""

    def close(self, timeout_s: float) -> None:
        """Stop for good."""


class FrozenSim:
    """Time without a thread: it passes when the test says so, and every frame waits until it is taken."""

    def __init__(
        self, engine: Clockwork, state: CampaignState, post: Callable[[], None] = lambda: None
    ) -> None:
        self._keeper = TimeKeeper(engine, state)
        self._post = post
        self._generation = 0
        self._waiting: Frame | None = None
        self._posted = False

    @property
    def speed(self) -> Speed:
        """The pace that is set."""
        return self._keeper.speed

    def set_speed(self, speed: Speed) -> None:
        """Set the pace; time that runs goes on at it."""
        self._keeper.speed = speed

    def play(self, stop_on: AbstractSet[EventKind] = frozenset(), until: int | None = None) -> None:
        """Let time run whenever `elapse` is called."""
        self._keeper.start(stop_on, until)
        self._show()

    def elapse(self, real_s: float) -> None:
        """So much time has passed for the player; all of it is worked off and shown."""
        self._keeper.elapse(real_s)
        while self._keeper.running and self._keeper.due_days:
            self._keeper.advance_days(self._keeper.due_days)
        self._show()

    def pause(self) -> None:
        """Stop where time stands."""
        self._keeper.halt()
        self._show()

    def step_days(self, days: int) -> None:
        """Let so many days pass as fast as they can, at the same time of day."""
        self._keeper.start(frozenset(), self._keeper.state.day + days, rush=True)
        self.elapse(0.0)

    def step_seconds(self, seconds: float) -> None:
        """Move the clock within the day on, into the next day if need be."""
        self._keeper.jump(seconds)
        self._show()

    def hold(self) -> Frame:
        """The newest instant, taken over; nothing moves until `adopt` or `release`."""
        self._store()
        frame, self._waiting, self._posted = self._waiting, None, False
        return cast("Frame", frame)

    def adopt(self, state: CampaignState) -> None:
        """Go on from a state that an order has made; frames from before it are worthless."""
        self._generation += 1
        self._waiting = None
        self._keeper.adopt(state)

    def release(self) -> None:
        """Go on as before a `hold`."""

    def take(self) -> Frame | None:
        """The newest frame, if there is one that was not taken yet."""
        frame, self._waiting, self._posted = self._waiting, None, False
        return frame

    def close(self, timeout_s: float = 0.0) -> None:
        """Stop for good."""
        self._keeper.halt()

    def _store(self) -> bool:
        """Put the present instant into the slot.

        Returns:
            Whether the interface has to be told, because it does not know of a waiting frame yet.
        """
        frame = self._keeper.frame(self._generation)
        if self._waiting is not None:
            frame = replace(frame, events=self._waiting.events + frame.events)
        self._waiting = frame
        news, self._posted = not self._posted, True
        return news

    def _show(self) -> None:
        if self._store():
            self._post()


class SimRunner(FrozenSim):
    """Time in a thread of its own.

    Every method can be called from the interface thread; it waits for the chunk being worked on, no longer,
    and `take`, which every frame needs, not even for that.
    """

    def __init__(
        self,
        engine: Clockwork,
        state: CampaignState,
        post: Callable[[], None] = lambda: None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(engine, state, post)
        self._now = now
        self._changed = threading.Condition()
        self._slot = threading.Lock()
        self._closing = False
        self._held = False
        self._day_s = CHUNK_S
        self._clock_s = self._shown_s = now()
        self._thread = threading.Thread(target=self._work, name="simulation", daemon=True)
        self._thread.start()

    def set_speed(self, speed: Speed) -> None:
        """Set the pace; time that runs goes on at it."""
        with self._changed:
            super().set_speed(speed)

    def play(self, stop_on: AbstractSet[EventKind] = frozenset(), until: int | None = None) -> None:
        """Let time run."""
        self._wake(lambda: self._keeper.start(stop_on, until))

    def pause(self) -> None:
        """Stop where time stands."""
        self._wake(self._keeper.halt)

    def step_days(self, days: int) -> None:
        """Let so many days pass as fast as they can, at the same time of day."""
        self._wake(lambda: self._keeper.start(frozenset(), self._keeper.state.day + days, rush=True))

    def step_seconds(self, seconds: float) -> None:
        """Move the clock within the day on, into the next day if need be."""
        self._wake(lambda: self._keeper.jump(seconds))

    def hold(self) -> Frame:
        """The newest instant, taken over; nothing moves until `adopt` or `release`."""
        with self._changed:
            self._held = True
            return super().hold()

    def adopt(self, state: CampaignState) -> None:
        """Go on from a state that an order has made; frames from before it are worthless."""
        with self._changed:
            super().adopt(state)
            self.release()

    def release(self) -> None:
        """Go on as before a `hold`."""
        with self._changed:
            self._held = False
            self._changed.notify_all()

    def take(self) -> Frame | None:
        """The newest frame, if there is one that was not taken yet; never waits for a chunk."""
        with self._slot:
            return super().take()

    def _store(self) -> bool:
        """Put the present instant into the slot; the caller has the worker stand still, or is the worker."""
        with self._slot:
            return super()._store()

    def close(self, timeout_s: float = 1.0) -> None:
        """Stop for good; returns when the thread is gone or the time is up."""
        with self._changed:
            self._closing = True
            self._keeper.halt()
            self._changed.notify_all()
        if threading.current_thread() is not self._thread:
            self._thread.join(timeout_s)

    def _wake(self, change: Callable[[], None]) -> None:
        """Change something under the worker, show it, and let the worker look."""
        with self._changed:
            change()
            self._clock_s = self._now()
            news = self._store()
            self._changed.notify_all()
        if news:
            self._post()

    def _work(self) -> None:
        while True:
            with self._changed:
                while not self._closing and (self._held or not self._keeper.running):
                    self._changed.wait()
                if self._closing:
                    return
                news = self._chunk()
            if news:
                self._post()

    def _chunk(self) -> bool:
        """Work off some of the time that has passed, then rest until there is more to do.

        Returns:
            Whether the interface has to be told of a frame.
        """
        began_s = self._now()
        keeper = self._keeper
        keeper.elapse(began_s - self._clock_s, LEEWAY_S)
        self._clock_s = began_s
        due = keeper.due_days
        if due:
            days = max(1, min(due, int(CHUNK_S / self._day_s), _MAX_CHUNK_DAYS))
            keeper.advance_days(days)
            self._day_s = max(1e-6, (self._now() - began_s) / days)
        news = False
        if not keeper.running or self._now() - self._shown_s >= 1 / FRAMES_PER_S:
            self._shown_s = self._now()
            news = self._store()
        # Letting go of the condition for a moment is what lets the interface thread in between two chunks.
        if keeper.running:
            rest_s = self._shown_s + 1 / FRAMES_PER_S - self._now()
            self._changed.wait(_BREATH_S if keeper.due_days or news else max(_BREATH_S, rest_s))
        return news
