"""Whether the terminal is still there.

A terminal that goes away without a signal (an ignored SIGHUP, a dropped connection) leaves Textual reading
nothing for ever, at a full core. The application asks here once a second and leaves instead.
"""

from __future__ import annotations

import select

__all__ = ["hung_up"]


def hung_up(fileno: int) -> bool:
    """Whether the other end of a terminal or pipe is gone, so that nobody will ever type again.

    Args:
        fileno: an open descriptor; usually standard input.

    Returns:
        False also where the system cannot tell.
    """
    if not hasattr(select, "poll"):
        return False
    poller = select.poll()
    poller.register(fileno, select.POLLIN)
    # POLLNVAL is left out: some systems answer it for every terminal.
    return any(flags & (select.POLLHUP | select.POLLERR) for _, flags in poller.poll(0))
