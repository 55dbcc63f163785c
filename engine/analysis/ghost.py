"""Ghost orders: the same engine run ahead with orders and without them, and looked at on the same days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from engine.analysis.ahead import Cancelled, RunAhead
from engine.analysis.calendar import eclipse_calendar
from engine.conditions.quantities import QUANTITIES
from engine.events import day_of
from engine.playback import Refusal
from engine.reports import binding_of
from engine.store.schema import LAST_DATE

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from engine.state import CampaignState
    from engine.store.schema import FileOrder

__all__ = ["Comparison", "Horizon", "Look", "compare", "horizons_of"]

FIVE_YEARS_DAYS = 1826
_HALF_YEAR_DAYS = 183
_WEEKS = 53
_LEAST_SEASON = 0.005  # an orbit whose shade varies by less over the year has no season


@dataclass(frozen=True, slots=True)
class Horizon:
    """A day to look at.

    Attributes:
        name: `orbit`, `season` or `years`, or what the caller calls it.
        label: what to call it in a sentence.
    """

    name: str
    label: str
    day: int


@dataclass(frozen=True, slots=True)
class Look:
    """A campaign on one day of a run ahead.

    Attributes:
        computing_w: power into compute, mean over the orbit.
        heat_margin_k: how far the hottest chip stays below where it slows down; None if none runs.
        charge: lowest charge of the orbit, worst batch; None if none runs.
        delivered_pflops: compute delivered, mean over the orbit.
        work_pflop_days: compute delivered since the run began.
        cash_usd: money in hand.
        satellites: living satellites.
        binding: name of the cap that holds most compute down.
        ended: why the campaign is over by then; empty while it runs.
    """

    day: int
    computing_w: float
    heat_margin_k: float | None
    charge: float | None
    delivered_pflops: float
    work_pflop_days: float
    cash_usd: float
    satellites: int
    binding: str
    ended: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What orders would do.

    Attributes:
        horizons: the days looked at, in order.
        without: one look a horizon, as things stand.
        with_orders: one look a horizon, with the orders.
    """

    horizons: tuple[Horizon, ...]
    without: tuple[Look, ...]
    with_orders: tuple[Look, ...]


def horizons_of(state: CampaignState) -> tuple[Horizon, ...]:
    """The next orbit, the middle of the next eclipse season, and five years.

    A day's figures are those of an orbit of that day, so the next orbit is read when a day has passed. The
    season is the darkest week of the coming year for the fleet in orbit; if nothing flies yet, or the shade
    is the same all year, half a year stands for it.
    """
    season = _darkest_day(state)
    last = day_of(LAST_DATE)
    found = (
        Horizon("orbit", "next orbit", state.day + 1),
        Horizon(
            "season", "eclipse season" if season else "half a year", season or state.day + _HALF_YEAR_DAYS
        ),
        Horizon("years", "5 years", state.day + FIVE_YEARS_DAYS),
    )
    return tuple(one for one in found if one.day <= last)


def _darkest_day(state: CampaignState) -> int:
    """The middle of the darkest week of the coming year; 0 if no week differs from the others."""
    calendar = eclipse_calendar(state, _WEEKS)
    if not len(calendar.batches):
        return 0
    shade = np.average(calendar.shade, axis=0, weights=calendar.batches)
    if float(np.ptp(shade)) < _LEAST_SEASON:
        return 0
    return state.day + 7 * int(np.argmax(shade)) + 4


def compare(
    state: CampaignState,
    orders: Sequence[FileOrder],
    horizons: Sequence[Horizon] | None = None,
    *,
    without: tuple[Look, ...] = (),
    executor: Executor | None = None,
    cancelled: Cancelled | None = None,
) -> Comparison | Refusal | None:
    """Run a campaign ahead with orders and without them; nothing is kept.

    Args:
        state: where both runs begin.
        orders: given in turn. After an advance, the rest is given when its day comes.
        horizons: the days to look at, in order; those of `horizons_of` if left out.
        without: looks without the orders from an earlier comparison of the same state and horizons.
        executor: threads of the caller, so that both runs go at once.
        cancelled: asked on the way whether to give up.

    Returns:
        The looks side by side; the order that is refused, with its number from 1; or None if cancelled.
    """
    days = horizons_of(state) if horizons is None else tuple(horizons)
    run = partial(_looks, state, days=days, cancelled=cancelled)
    other = executor.submit(run, ()) if executor is not None and not without else None
    found = run(tuple(orders))
    if found is None or isinstance(found, Refusal):
        if other is not None:
            other.cancel()
        return found
    before = without or (other.result() if other is not None else run(()))
    if before is None or isinstance(before, Refusal):
        return None
    return Comparison(days, before, found)


def _looks(
    state: CampaignState,
    orders: tuple[FileOrder, ...],
    days: tuple[Horizon, ...],
    cancelled: Cancelled | None,
) -> tuple[Look, ...] | Refusal | None:
    """One look a horizon; or the order that is refused; or None if cancelled."""
    ahead, looks = RunAhead(state, orders, cancelled), []
    for horizon in days:
        if not ahead.run_to(horizon.day):
            return None
        if ahead.refusals:
            return ahead.refusals[0]
        looks.append(_look(ahead.state, state))
    return tuple(looks)


def _look(state: CampaignState, began: CampaignState) -> Look:
    def read(name: str) -> float:
        return QUANTITIES[name].read(state)

    return Look(
        day=state.day,
        computing_w=read("computing"),
        heat_margin_k=_known(read("heat_margin")),
        charge=_known(read("charge")),
        delivered_pflops=read("delivered"),
        work_pflop_days=read("work") - QUANTITIES["work"].read(began),
        cash_usd=state.cash_usd,
        satellites=round(read("satellites")),
        binding=binding_of(state)[0],
        ended=state.ended,
    )


def _known(value: float) -> float | None:
    return None if np.isnan(value) else value
