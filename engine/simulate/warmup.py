"""Makes every kernel ready before it is needed: compiles what is not kept on disk, and loads the rest."""

from __future__ import annotations

from collections.abc import Callable

from engine.kernels._jit import Kernel
from engine.kernels.place import place_satellites
from engine.kernels.span import run_blocks

__all__ = ["compile_from_the_end", "warm_up"]

Progress = Callable[[int, int, str], None]

_ENTRIES = (("orbits, power and heat", run_blocks), ("the map", place_satellites))


def warm_up(progress: Progress, helper: Callable[[], None] | None = None) -> None:
    """Makes all kernels ready.

    Args:
        progress: called with kernels done, kernels in all and what is being made ready; done never falls, and
            the last call has done = all. Compiling takes some seconds, loading a few hundredths of one.
        helper: starts another process that calls `compile_from_the_end`, so that both meet in the middle;
            called only when there is something to compile.
    """
    kernels = _kernels()
    total = len(kernels)
    done = 0
    progress(done, total, "kernels")
    missing = [(label, kernel) for label, kernel in kernels if not kernel.kept]
    if missing and helper is not None:
        helper()
    for label, kernel in missing:
        if not kernel.kept:
            progress(done, total, label)
            kernel.compile()
        done = max(done + 1, total - sum(not other.kept for _, other in missing))
        progress(min(done, total - 1), total, label)
    for _, entry in _ENTRIES:
        if isinstance(entry, Kernel):
            entry.load()
    progress(total, total, "ready")


def compile_from_the_end() -> None:
    """Compiles and keeps what is not kept yet, last kernel first: the other half of a warm-up."""
    for _, kernel in reversed(_kernels()):
        if not kernel.kept:
            kernel.compile()


def _kernels() -> list[tuple[str, Kernel]]:
    """All kernels, each under the label of the first entry that needs it; none where nothing is compiled."""
    found: dict[Kernel, str] = {}
    for label, entry in _ENTRIES:
        for kernel in entry.kernels if isinstance(entry, Kernel) else ():
            found.setdefault(kernel, label)
    return [(label, kernel) for kernel, label in found.items()]
