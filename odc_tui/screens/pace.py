"""Showing things as often as there is time for: no key has to wait for a picture."""

from __future__ import annotations

import time
from collections.abc import Callable

from textual.message_pump import MessagePump
from textual.timer import Timer

__all__ = ["Pace"]

_SHARE = 0.12


class Pace:
    """Runs one piece of drawing work when asked, but not too often; a request too early is kept for later.

    After each run there is a pause of at least `least_s`, and long enough that the work takes no more than an
    eighth of the time, however slow the machine or large the fleet.
    """

    def __init__(
        self,
        pump: MessagePump,
        work: Callable[[], None],
        least_s: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Make a pace.

        Args:
            pump: whose timers are used: a screen or widget.
            work: what is to be done.
            least_s: shortest time from the end of one run to the beginning of the next.
            clock: rising seconds.
        """
        self._pump = pump
        self._work = work
        self._least_s = least_s
        self._clock = clock
        self._due_at = float("-inf")
        self._pending: Timer | None = None

    def ask(self, *, at_once: bool = False) -> None:
        """Do the work now if it is time, else as soon as it is.

        Args:
            at_once: do it now in any case.
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
        began = self._clock()
        self._work()
        took_s = self._clock() - began
        self._due_at = self._clock() + max(self._least_s, took_s * (1 / _SHARE - 1))
