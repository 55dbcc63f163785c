"""Showing things as often as there is time for: no key has to wait for a picture."""

from __future__ import annotations

import time
from collections.abc import Callable

from textual.message_pump import MessagePump
from textual.timer import Timer

__all__ = ["Gate", "Pace"]

Clock = Callable[[], float]

_SHARE = 0.2
"""Most of the interface's time that pictures may take."""


class Gate:
    """Lets something through once in a while."""

    def __init__(self, least_s: float, clock: Clock = time.monotonic) -> None:
        """Make a gate.

        Args:
            least_s: how long it stays shut after letting something through.
            clock: rising seconds.
        """
        self._least_s = least_s
        self._clock = clock
        self._opens_at = float("-inf")

    def passes(self, at_once: bool = False) -> bool:
        """Whether it is open, or is to be ignored; if so, it shuts."""
        now = self._clock()
        if not at_once and now < self._opens_at:
            return False
        self._opens_at = now + self._least_s
        return True

    def open(self) -> None:
        """Let the next one through in any case."""
        self._opens_at = float("-inf")


class Pace:
    """Draws pictures when asked, but not too often; a request too early is kept for later.

    What a picture costs is measured until it is on the screen. The pause after it lasts at least `least_s`
    and so long that pictures take a fifth of the time at most, however slow the machine or large the fleet.
    """

    def __init__(
        self, pump: MessagePump, work: Callable[[], None], least_s: float, clock: Clock = time.monotonic
    ) -> None:
        """Make a pace.

        Args:
            pump: whose timers are used: a screen or widget.
            work: what draws the picture.
            least_s: shortest pause between two pictures.
            clock: rising seconds.
        """
        self._pump = pump
        self._work = work
        self._least_s = least_s
        self._clock = clock
        self._due_at = float("-inf")
        self._began_at = float("-inf")
        self._pending: Timer | None = None

    def ask(self, *, at_once: bool = False) -> None:
        """Draw now if it is time, else as soon as it is.

        Args:
            at_once: draw now in any case.
        """
        wait_s = self._due_at - self._clock()
        if at_once or wait_s <= 0:
            self._run()
        elif self._pending is None:
            self._pending = self._pump.set_timer(wait_s, self._run, name="pace")

    def _run(self) -> None:
        if self._pending is not None:
            self._pending.stop()
            self._pending = None
        self._began_at = self._clock()
        self._due_at = self._began_at + self._least_s
        self._work()
        self._pump.call_after_refresh(self._shown)

    def _shown(self) -> None:
        now = self._clock()
        pause_s = max(self._least_s, (now - self._began_at) * (1 / _SHARE - 1))
        self._due_at = max(self._due_at, now + pause_s)
