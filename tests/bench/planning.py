"""Planning tools on a campaign of fifty batches."""

from __future__ import annotations

import statistics
import time
from concurrent.futures import ThreadPoolExecutor

from engine.analysis.ghost import Comparison, compare
from engine.orders import DefineDesign, SetLoadPolicy
from engine.state import CampaignState
from tests.campaigns import begin, flight, ordered, passed, preset

ORDER = SetLoadPolicy(policy="follow-the-sun")


def fifty_batches() -> CampaignState:
    """Fifty batches of long-lived satellites in one shell, a few weeks after the last came up."""
    state = ordered(begin("sandbox"), DefineDesign(design=preset(life_years=25.0)))
    state = ordered(state, flight(state, times=50, every_days=3))
    return passed(state, state.day + 200)


def preview_ms(state: CampaignState, runs: int = 15) -> tuple[float, float]:
    """Median milliseconds of a comparison over five years: both sides, and with the one side known."""
    with ThreadPoolExecutor(1) as threads:
        whole = statistics.median(_seconds(state, threads) for _ in range(runs))
    known = compare(state, (ORDER,))
    assert isinstance(known, Comparison)
    half = statistics.median(_seconds(state, None, known) for _ in range(runs))
    return 1e3 * whole, 1e3 * half


def _seconds(
    state: CampaignState, threads: ThreadPoolExecutor | None, known: Comparison | None = None
) -> float:
    began = time.perf_counter()
    compare(state, (ORDER,), without=known.without if known else (), executor=threads)
    return time.perf_counter() - began


def report() -> list[tuple[str, str]]:
    """All of it as rows of text."""
    state = fifty_batches()
    whole, half = preview_ms(state)
    return [
        ("ghost order, 50 batches, 5 years, both sides", f"{whole:.0f} ms"),
        ("ghost order, the side without it known", f"{half:.0f} ms"),
    ]
