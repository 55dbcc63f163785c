"""What a player waits for while trying an order: the campaign run ahead with it and without."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from engine.analysis.ghost import Comparison, compare
from engine.orders import SetLoadPolicy
from odc_tui.bench.campaigns import BATCHES, fifty_batches
from odc_tui.bench.rows import Row, median_s

__all__ = ["rows"]

_ORDER = SetLoadPolicy(policy="follow-the-sun")


def rows() -> Iterator[Row]:
    """A comparison over five years: both sides in two threads, and with the one side known."""
    state = fifty_batches()
    with ThreadPoolExecutor(1) as threads:
        whole_s = median_s(lambda: compare(state, (_ORDER,), executor=threads), 9)
    yield Row(f"an order tried over five years, {BATCHES} batches, both sides", 1e3 * whole_s, "ms")
    known = compare(state, (_ORDER,))
    if isinstance(known, Comparison):
        half_s = median_s(lambda: compare(state, (_ORDER,), without=known.without), 9)
        yield Row("the same, the side without it known", 1e3 * half_s, "ms")
