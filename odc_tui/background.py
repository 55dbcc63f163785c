"""A thread for what may wait for the disk, so that the interface never does."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable

__all__ = ["Background", "Inline"]

Job = Callable[[], None]


class Background:
    """Does jobs one after another in a thread of its own; the program can leave without waiting for it."""

    def __init__(self) -> None:
        self._jobs: queue.Queue[Job | None] = queue.Queue()
        self._idle = threading.Condition()
        self._open = 0
        self._thread: threading.Thread | None = None

    def submit(self, job: Job) -> None:
        """Do a job soon. It must not raise."""
        with self._idle:
            self._open += 1
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="saving", daemon=True)
                self._thread.start()
        self._jobs.put(job)

    def wait(self, timeout_s: float) -> bool:
        """Wait until every job is done; False if the time is up first."""
        with self._idle:
            return self._idle.wait_for(lambda: self._open == 0, timeout_s)

    def close(self) -> None:
        """Let the thread end once it has nothing to do."""
        if self._thread is not None:
            self._jobs.put(None)

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                job()
            finally:
                with self._idle:
                    self._open -= 1
                    self._idle.notify_all()


class Inline:
    """The same without a thread, for tests: a job is done when it is submitted."""

    def submit(self, job: Job) -> None:
        """Do a job now."""
        job()

    def wait(self, timeout_s: float) -> bool:
        """Nothing is ever open."""
        return True

    def close(self) -> None:
        """Nothing to end."""
