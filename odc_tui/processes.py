"""Work shared out among processes: much of a month is Python, and threads of one process take turns at it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkProcess

__all__ = ["Forks", "workers"]

Answer = TypeVar("Answer")


@contextmanager
def workers(count: int | None = None) -> Iterator[Executor]:
    """As many workers as there are cores: processes where they can be had safely, threads elsewhere.

    A process is copied only while it has one thread, and on Linux alone: libraries of other systems keep
    locks that a copy would wait for.
    """
    number = count or os.cpu_count() or 1
    if number > 1 and sys.platform == "linux" and threading.active_count() == 1:
        yield Forks(number)
        return
    with ThreadPoolExecutor(number) as threads:
        yield threads


class Forks(Executor):
    """Copies of this process as they stand when work is given, each with every so manieth piece of it.

    A copy has everything already, so nothing but answers crosses over.
    """

    def __init__(self, count: int) -> None:
        self._count = count

    def submit(self, fn: Callable[..., Answer], /, *args: Any, **kwargs: Any) -> Future[Answer]:
        """The answer of one copy, which begins at once; `result` waits for it, `cancel` ends the copy."""
        return _Promise(*_copied(partial(fn, *args, **kwargs), [()]))

    def map(
        self,
        fn: Callable[..., Answer],
        *iterables: Iterable[Any],
        timeout: float | None = None,
        chunksize: int = 1,
    ) -> Iterator[Answer]:
        """The answers in order, as they come; when nobody asks any more, the copies are ended.

        Args:
            fn: what to do.
            iterables: arguments, as for `map`.
            timeout: not used.
            chunksize: not used.

        Raises:
            RuntimeError: a copy has died.
        """
        pieces = list(zip(*iterables, strict=False))
        return self._answers(fn, pieces, min(self._count, len(pieces)))

    def _answers(self, fn: Callable[..., Answer], pieces: list[Any], count: int) -> Iterator[Answer]:
        ends, copies = [], []
        try:
            for number in range(count):
                mine, copy = _copied(fn, pieces[number::count])
                ends.append(mine)
                copies.append(copy)
            for place in range(len(pieces)):
                yield _received(ends[place % count])
        finally:
            for copy in copies:
                copy.terminate()
                copy.join()
            for end in ends:
                end.close()


class _Promise(Future[Answer]):
    """What one copy will answer."""

    def __init__(self, end: Connection, copy: ForkProcess) -> None:
        super().__init__()
        self._end, self._copy = end, copy

    def result(self, timeout: float | None = None) -> Answer:
        """The answer; `timeout` is not used.

        Raises:
            RuntimeError: the copy has died.
        """
        if not self.done():
            try:
                self.set_result(_received(self._end))
            except Exception as error:  # told to whoever asks
                self.set_exception(error)
            self._end_copy()
        return super().result(timeout)

    def cancel(self) -> bool:
        """End the copy; nobody waits for it."""
        if self.done():
            return False
        self._end_copy()
        return super().cancel()

    def _end_copy(self) -> None:
        self._copy.terminate()
        self._copy.join()
        self._end.close()


def _copied(fn: Callable[..., Answer], pieces: list[Any]) -> tuple[Connection, ForkProcess]:
    context = multiprocessing.get_context("fork")
    mine, theirs = context.Pipe(duplex=False)
    copy = context.Process(target=_work, args=(fn, pieces, theirs), daemon=True)
    copy.start()
    theirs.close()
    return mine, copy


def _work(fn: Callable[..., Any], pieces: list[Any], answers: Connection) -> None:
    """What a copy does. Keys and signals are the business of the first process, which ends it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    for piece in pieces:
        try:
            answers.send((fn(*piece), None))
        except Exception as error:  # told to whoever waits for the answer
            answers.send((None, error))


def _received(end: Connection) -> Any:
    try:
        answer, error = end.recv()
    except EOFError:
        raise RuntimeError("a process that was drawing has died") from None
    if error is not None:
        raise error
    return answer
