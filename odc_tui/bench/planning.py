"""What a player waits for while planning: an order tried, and the future drawn many times."""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from engine.analysis.ahead import RunAhead
from engine.analysis.forecasting import forecast
from engine.analysis.ghost import Comparison, compare
from engine.orders import SetLoadPolicy, SetWorkload
from odc_tui.bench.campaigns import BATCHES, YEAR_DAYS, fifty_batches
from odc_tui.bench.rows import Row, median_s
from odc_tui.processes import workers

if TYPE_CHECKING:
    from engine.state import CampaignState

__all__ = ["forecasts", "rows"]

_ORDER = SetLoadPolicy(policy="follow-the-sun")
_BRANCHES = (
    _ORDER,
    SetLoadPolicy(policy="ride-through"),
    SetLoadPolicy(policy="steady"),
    SetWorkload(mix={"training": 1.0}),
    SetWorkload(mix={"eo-batch": 1.0}),
)
_SPANS = ((5, 3.0), (20, 10.0))
_MONTHLY_YEARS = 5


def rows(years: int = 20, runs: int = 9) -> Iterator[Row]:
    """A comparison over five years, on two cores and with the one side known; five long branches."""
    state = fifty_batches()
    with workers(2) as executor:
        whole_s = median_s(lambda: compare(state, (_ORDER,), executor=executor), runs)
    yield Row(f"an order tried over five years, {BATCHES} batches, both sides", 1e3 * whole_s, "ms", 100.0)
    known = compare(state, (_ORDER,))
    if isinstance(known, Comparison):
        half_s = median_s(lambda: compare(state, (_ORDER,), without=known.without), runs)
        yield Row("the same, the side without it known", 1e3 * half_s, "ms")
    with workers(2) as executor:
        branches_s = median_s(
            lambda: list(executor.map(partial(_cash_usd, state, years), _BRANCHES)), min(runs, 3)
        )
    name = f"{len(_BRANCHES)} branches of {years} years, {BATCHES} batches"
    yield Row(name, branches_s, "s", 1.0, note="two processes")


def _cash_usd(state: CampaignState, years: int, order: SetLoadPolicy | SetWorkload) -> float:
    """Cash after some years under an order."""
    ahead = RunAhead(state, (order,))
    ahead.run_to(state.day + round(years * YEAR_DAYS))
    return ahead.state.cash_usd


def forecasts(draws: int = 100, spans: tuple[tuple[int, float], ...] = _SPANS) -> Iterator[Row]:
    """The future drawn anew, a few years looked at each month and many once a year, on two cores."""
    state = fifty_batches()
    for years, target_s in spans:
        step_days = 30 if years <= _MONTHLY_YEARS else 365
        days = range(state.day + step_days, state.day + round(years * YEAR_DAYS), step_days)
        with workers(2) as executor:
            began = time.perf_counter()
            forecast(state, days, draws, ("cash", "delivered"), executor=executor)
            seconds = time.perf_counter() - began
        name = f"{draws} futures of {years} years drawn, {BATCHES} batches"
        yield Row(name, seconds, "s", target_s, note="two processes")
