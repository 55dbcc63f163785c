"""A second process that compiles kernels from the other end, so that the first start takes half as long.

Both find each other's work in the folder of compiled kernels and need no further word. If there is only one
core, or the process cannot be started, the first one compiles everything.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import sys
from subprocess import DEVNULL, Popen

__all__ = ["start"]


def start() -> None:
    """Begins to compile in another process, which ends by itself, or with this one."""
    if (os.cpu_count() or 1) < 2:
        return
    with contextlib.suppress(OSError):
        process = Popen(
            [sys.executable, "-c", "from engine.simulate.warmup import compile_from_the_end as run; run()"],
            stdin=DEVNULL,
            stdout=DEVNULL,
            stderr=DEVNULL,
            start_new_session=True,
        )
        atexit.register(process.kill)
