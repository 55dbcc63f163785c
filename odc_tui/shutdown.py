"""Leaving in time when the system asks: write the campaign, give the terminal back, be gone in two seconds.

SIGTERM, SIGHUP and SIGQUIT by default end the process on the spot: nothing is written and the terminal stays
in the state of the interface. Here they first ask the program to end; if it does not, it is ended.
"""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections.abc import Callable
from importlib import import_module
from types import FrameType
from typing import Any

__all__ = ["DEADLINE_S", "RESTORE_TERMINAL", "install"]

DEADLINE_S = 2.0

RESTORE_TERMINAL = (
    "\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1015l\x1b[?1016l\x1b[?1004l\x1b[?2004l\x1b[?2048l"
    "\x1b[<u\x1b[?7h\x1b[?25h\x1b[?1049l\x1b[0m"
)
"""Mouse, focus, paste and size reports off, plain keys, wrapped lines, cursor, ordinary screen and text."""

_STDIN, _STDOUT = 0, 1

_NAMES = ("SIGTERM", "SIGHUP", "SIGQUIT")
_RESTORING_S = 0.2


def install(on_request: Callable[[str], object], deadline_s: float = DEADLINE_S) -> None:
    """Take the signals that ask a program to end. Call it from the main thread, before the screen is drawn.

    Args:
        on_request: called once, in the main thread, with the name of the signal; it makes the program end.
        deadline_s: after this time the process is ended whatever it is doing; orders are in the journal.
    """
    modes = _modes()
    requested = threading.Event()

    def handle(number: int, _frame: FrameType | None) -> None:
        if requested.is_set():
            return
        requested.set()
        last = threading.Timer(max(0.0, deadline_s - _RESTORING_S), _leave, (number, modes))
        last.daemon = True
        last.start()
        on_request(signal.Signals(number).name)

    for name in _NAMES:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), handle)


def _leave(number: int, modes: list[Any] | None) -> None:
    """End the process; setting the terminal right must not keep it, should nobody read there any more."""
    restoring = threading.Thread(target=_restore, args=(modes,), daemon=True)
    restoring.start()
    restoring.join(_RESTORING_S)
    os._exit(128 + number)


def _modes() -> list[Any] | None:
    """How the terminal treats keys now, if there is one."""
    try:
        return list(import_module("termios").tcgetattr(_STDIN))
    except Exception:  # no terminal, or no such thing on this system
        return None


def _restore(modes: list[Any] | None) -> None:
    with contextlib.suppress(OSError):
        if os.isatty(_STDOUT):
            os.write(_STDOUT, RESTORE_TERMINAL.encode())
    if modes is not None:
        termios = import_module("termios")
        with contextlib.suppress(termios.error):
            termios.tcsetattr(_STDIN, termios.TCSANOW, modes)
