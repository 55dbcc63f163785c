"""Forecast bands: the same campaign under other luck, many times, and what most outcomes lie between.

What has happened stays. What chance still decides is drawn anew: failures of satellites and chips, storms
of the Sun, the fates and delays of flights, the day a closed site opens. So is what nobody knows: how strong
the coming cycles of the Sun are, and how fast prices and demand move. The seed of a draw follows from the
seed of the campaign and the number of the draw alone, so that branches of one campaign meet the same luck.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.analysis.ahead import Cancelled, RunAhead
from engine.conditions.quantities import QUANTITIES
from engine.events import date_of, day_of
from engine.formulas.books import market_demand_pflops, market_price_usd_per_pflop_day
from engine.kernels.layout import Field
from engine.kernels.rng import CHIP_FAILURE, SATELLITE_FAILURE, exponential_draw
from engine.kernels.storm import CYCLE_DAYS, CYCLES, FIRST_CYCLE_DAY
from engine.rules import draw
from engine.rules.market import quoted, years_since
from engine.rules.ramps import redrawn_ramps
from engine.rules.rivals import in_world
from engine.rules.spot import change_per_year
from engine.state import Luck

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from engine.model.catalogue import Workload
    from engine.model.quantity import Quantity
    from engine.simulate.fleet import Fleet
    from engine.state import CampaignState, SiteStatus
    from engine.store.schema import FileOrder

__all__ = ["Band", "Forecast", "forecast", "redrawn"]

Floats = NDArray[np.float64]
Told = Callable[[int, int], None]
"""Told how many draws are done, and of how many."""

SUN_STRENGTHS = (0.5, 1.0, 1.6)
"""Least, likeliest and greatest swing of a coming cycle over the projected. The highest smoothed sunspot
number of the 24 cycles since 1755 was 81 in the weakest, 285 in the strongest and 179 in the mean:
from 0.45 to 1.59 of it. Source: sunspot number 2.0, World Data Center SILSO, Royal Observatory of Belgium
(smoothed maxima: 81.2 in cycle 6, 285.0 in cycle 19, mean of cycles 1 to 24)."""

_STRENGTH_STEPS = 20

PERCENTS = (10, 50, 90)
_SEED_BITS = 63
_TRIES = 64


@dataclass(frozen=True, slots=True)
class Band:
    """One quantity day by day: `p10` is not exceeded by a tenth of the draws, `p50` by half, and so on.

    A day on which a draw has no value, as the margin of a fleet that does not run, counts without that draw;
    not a number where none has one.
    """

    p10: tuple[float, ...]
    p50: tuple[float, ...]
    p90: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Forecast:
    """What may become of a campaign.

    Attributes:
        days: the days of the bands.
        draws: how often the future was drawn.
        bands: one band a quantity, by name.
        ended: draws in which the campaign is over by the last day.
        refused: draws in which an order that waits was refused; they go on without it.
    """

    days: tuple[int, ...]
    draws: int
    bands: dict[str, Band]
    ended: int
    refused: int


@dataclass(frozen=True, slots=True)
class _Future:
    values: Floats
    ended: bool
    refused: bool


def forecast(
    state: CampaignState,
    days: Sequence[int],
    draws: int = 100,
    series: Sequence[str] = ("cash", "delivered"),
    *,
    orders: Sequence[FileOrder] = (),
    executor: Executor | None = None,
    cancelled: Cancelled | None = None,
    progress: Told | None = None,
) -> Forecast | None:
    """Draw a campaign's future many times.

    Args:
        state: where every draw begins.
        days: the days of the bands, in order.
        draws: how many futures.
        series: names of quantities, see `quantities`.
        orders: orders that wait, given as their days come.
        executor: of the caller, whose `map` shares the draws out among threads or processes.
        cancelled: asked on the way whether to give up.
        progress: told after each draw.

    Returns:
        The bands, the same whatever the executor; None if cancelled.
    """
    work = partial(_future, state, tuple(days), tuple(series), tuple(orders), cancelled)
    answers = map(work, range(draws)) if executor is None else executor.map(work, range(draws))
    futures: list[_Future] = []
    for answer in answers:
        if answer is None or (cancelled is not None and cancelled()):
            return None
        futures.append(answer)
        if progress is not None:
            progress(len(futures), draws)
    return _summed_up(futures, tuple(days), tuple(series))


def _future(
    state: CampaignState,
    days: tuple[int, ...],
    series: tuple[str, ...],
    orders: tuple[FileOrder, ...],
    cancelled: Cancelled | None,
    number: int,
) -> _Future | None:
    """One draw: a row a quantity, a column a day; None if cancelled."""
    ahead = RunAhead(redrawn(state, number), orders, cancelled)
    reads = [QUANTITIES[name].read for name in series]
    values = np.empty((len(series), len(days)))
    for column, day in enumerate(days):
        if not ahead.run_to(day):
            return None
        values[:, column] = [read(ahead.state) for read in reads]
    return _Future(values, bool(ahead.state.ended), bool(ahead.refusals))


def _summed_up(futures: list[_Future], days: tuple[int, ...], series: tuple[str, ...]) -> Forecast:
    bands = {}
    for row, name in enumerate(series):
        table = np.array([future.values[row] for future in futures])
        quantiles = [_quantiles(table[:, column]) for column in range(len(days))]
        bands[name] = Band(*(tuple(values) for values in zip(*quantiles, strict=True)))
    return Forecast(
        days,
        len(futures),
        bands,
        ended=sum(future.ended for future in futures),
        refused=sum(future.refused for future in futures),
    )


def _quantiles(values: Floats) -> list[float]:
    """The values that the percentages of the draws do not exceed, each one that was really drawn."""
    known = np.sort(values[~np.isnan(values)])
    if not known.size:
        return [float("nan")] * len(PERCENTS)
    return [float(known[max(0, -(-known.size * percent // 100) - 1)]) for percent in PERCENTS]


# --- other luck ----------------------------------------------------------------------------------


def redrawn(state: CampaignState, number: int) -> CampaignState:
    """The campaign with everything that chance still decides drawn anew.

    Waiting times are exponential in the hazard, and have no memory: what a batch has survived says nothing
    about how far the next threshold lies ahead, so that is drawn afresh from where the hazard stands. Prices
    and demand start from where they stand too, and move at rates between the bounds of the catalogue.

    Args:
        state: the campaign.
        number: which draw.
    """
    seed = _seed_of(state.seed, number)
    sites = {site_id: _site(state, site_id, status, seed) for site_id, status in state.sites.items()}
    luck = Luck(_sun(state.day, seed), _market(state, seed))
    drawn = replace(state, seed=seed, fleet=_thresholds(state.fleet, seed), sites=sites, luck=luck)
    return _with_rivals(drawn, number, seed) if state.rivals else drawn


def _with_rivals(state: CampaignState, number: int, seed: int) -> CampaignState:
    """The same world for all: steps of vehicles drawn anew, and each rival with other luck of its own."""
    state = replace(state, ramps=redrawn_ramps(state, seed))
    rivals = [
        replace(rival, state=in_world(redrawn(rival.state, number), state, rival.state.others))
        for rival in state.rivals
    ]
    return replace(state, rivals=tuple(rivals))


def _sun(day: int, seed: int) -> tuple[float, ...]:
    """Strength of each coming cycle of the Sun; the one that has begun by `day` goes on as projected."""
    low, peak, high = SUN_STRENGTHS
    strengths = []
    for cycle in range(CYCLES):
        drawn = draw.triangular(seed, f"cycle {cycle}", "strength", low, peak, high)
        begun = FIRST_CYCLE_DAY + cycle * CYCLE_DAYS <= day
        # In steps, so that draws share their tables of days.
        strengths.append(1.0 if begun else round(_STRENGTH_STEPS * drawn) / _STRENGTH_STEPS)
    return tuple(strengths)


def _market(state: CampaignState, seed: int) -> dict[str, Workload]:
    """Workloads quoted as they stand today, from where price and demand move at rates drawn anew."""
    return {name: _drifting(state, one, seed) for name, one in state.catalogue.workloads.items()}


def _drifting(state: CampaignState, workload: Workload, seed: int) -> Workload:
    quote = quoted(state, workload)
    years, growth = years_since(quote, state.day), quote.demand_growth_per_year.nominal
    price_usd, change = quote.price_usd_per_pflop_day.nominal, change_per_year(state, workload.id)
    today = {
        "price_usd_per_pflop_day": market_price_usd_per_pflop_day(price_usd, change, years),
        "demand_pflops": market_demand_pflops(quote.demand_pflops.nominal, growth, years),
        "price_change_per_year": _rate(workload.price_change_per_year, seed, f"{workload.id} price"),
        "demand_growth_per_year": _rate(workload.demand_growth_per_year, seed, f"{workload.id} demand"),
    }
    news: dict[str, object] = {
        name: getattr(workload, name).model_copy(update={"nominal": value}) for name, value in today.items()
    }
    return workload.model_copy(update=news | {"reference_date": date_of(state.day)})


def _rate(known: Quantity, seed: int, subject: str) -> float:
    """A yearly rate between the bounds that the catalogue gives it."""
    low = known.nominal if known.low is None else known.low
    high = known.nominal if known.high is None else known.high
    return draw.triangular(seed, subject, "rate", low, known.nominal, high)


def _seed_of(seed: int, number: int) -> int:
    key = blake2b(f"{seed}\0forecast\0{number}".encode(), digest_size=8).digest()
    return int.from_bytes(key, "big") >> (64 - _SEED_BITS)


def _thresholds(fleet: Fleet, seed: int) -> Fleet:
    """The fleet with the next failure of every batch drawn anew; a batch not begun draws its own."""
    alive = fleet.column(Field.ALIVE_COUNT)
    groups = np.floor(fleet.column(Field.CHIP_HEALTH) * fleet.column(Field.CHIP_GROUPS) + 0.5)
    for purpose, left, hazard, threshold in (
        (SATELLITE_FAILURE, alive, Field.HAZARD, Field.NEXT_FAILURE),
        (CHIP_FAILURE, groups, Field.CHIP_HAZARD, Field.NEXT_CHIP_FAILURE),
    ):
        rows = np.flatnonzero((fleet.column(threshold) > 0.0) & (left > 0.5))
        if len(rows):
            keys = fleet.column(Field.KEY)[rows]
            # Index 0 belongs to the first threshold of a batch, which these have left behind.
            with np.errstate(over="ignore"):  # the generator means its words to wrap around
                waits = np.array([exponential_draw(seed, int(key), purpose, 0) for key in keys.tolist()])
            fleet = fleet.with_values(threshold, rows, fleet.column(hazard)[rows] + waits / left[rows])
    return fleet


def _site(state: CampaignState, site_id: str, status: SiteStatus, seed: int) -> SiteStatus:
    """A closed site with another day of reopening, as likely as before given that it has not come yet."""
    closure = state.catalogue.launch_sites[site_id].closure
    if status.announced or status.reopen_day <= state.day or status.reason or closure is None:
        return status
    dates = (closure.earliest, closure.expected, closure.latest)
    low, peak, high = (float(day_of(date)) for date in dates)
    for again in range(_TRIES):
        day = round(draw.triangular(seed, site_id, f"reopening {again}", low, peak, high))
        if day > state.day:
            return replace(status, reopen_day=day)
    return status
