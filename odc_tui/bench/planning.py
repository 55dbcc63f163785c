"""What a player waits for while planning: an order tried, and the future drawn many times."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from engine.analysis.forecasting import forecast
from engine.analysis.ghost import Comparison, compare
from engine.orders import SetLoadPolicy
from odc_tui.bench.campaigns import BATCHES, fifty_batches
from odc_tui.bench.rows import Row, median_s
from odc_tui.processes import workers

__all__ = ["forecasts", "rows"]

_ORDER = SetLoadPolicy(policy="follow-the-sun")


def rows() -> Iterator[Row]:
    """A comparison over five years: both sides in two threads, and with the one side known."""
    state = fifty_batches()
    with ThreadPoolExecutor(1) as threads:
        whole_s = median_s(lambda: compare(state, (_ORDER,), executor=threads), 9)
    yield Row(f"an order tried over five years, {BATCHES} batches, both sides", 1e3 * whole_s, "ms", 100.0)
    known = compare(state, (_ORDER,))
    if isinstance(known, Comparison):
        half_s = median_s(lambda: compare(state, (_ORDER,), without=known.without), 9)
        yield Row("the same, the side without it known", 1e3 * half_s, "ms")


def forecasts(draws: int = 100, years: int = 20) -> Iterator[Row]:
    """The future drawn anew, looked at once a year, on two cores."""
    state = fifty_batches()
    days = [state.day + 365 * year for year in range(1, years + 1)]
    with workers(2) as executor:
        began = time.perf_counter()
        forecast(state, days, draws, ("cash", "delivered"), executor=executor)
        seconds = time.perf_counter() - began
    name = f"{draws} futures of {years} years drawn, {BATCHES} batches"
    yield Row(name, seconds, "s", 10.0, note="two processes")
