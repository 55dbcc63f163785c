"""What customers pay for compute on a day, how much they want, and how much of the offer that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.events import day_of
from engine.formulas.books import market_demand_pflops, market_price_usd_per_pflop_day
from engine.kernels.layout import Field
from engine.model.catalogue import Catalogue, Workload
from engine.rules.levers import lever
from engine.simulate.fleet import places
from engine.state import CampaignState, changed
from engine.units import JULIAN_YEAR_DAYS

Floats = NDArray[np.float64]

SLOTS = 8
"""Workloads a batch can hold shares of: the fleet has `MIX_0` to `MIX_7`."""

_CAPS = (
    Field.NETWORK_CAP,
    Field.CAP_HARDWARE,
    Field.CAP_ENERGY,
    Field.CAP_BATTERY,
    Field.CAP_CHARGE_RATE,
    Field.CAP_JUNCTION,
    Field.CAP_MEMORY,
)
_LEVELS = places(Field.DEMAND_CAP, Field.DELIVERED_PFLOPS, *_CAPS)
_MONTH = Field.MONTH_PFLOP_DAYS

DEFAULT_WORKLOAD = "text-inference"


def workload_ids(catalogue: Catalogue) -> tuple[str, ...]:
    """Workloads in the order of the fleet's mix columns."""
    return tuple(catalogue.workloads)[:SLOTS]


@lru_cache(maxsize=SLOTS)
def mix_places(slots: int) -> NDArray[np.intp]:
    """Where the shares of the first so many workloads are kept."""
    return places(*range(Field.MIX_0, Field.MIX_0 + slots))


def mixes(state: CampaignState) -> Floats:
    """Share of each workload in what batches compute, `(workloads, batches)`."""
    return state.fleet.table(mix_places(len(workload_ids(state.catalogue))))


def default_mix(catalogue: Catalogue) -> dict[str, float]:
    """What a new batch computes until told otherwise."""
    known = workload_ids(catalogue)
    return {DEFAULT_WORKLOAD if DEFAULT_WORKLOAD in known else known[0]: 1.0}


def gbps_per_pflops(workload: Workload) -> float:
    """Results that a PFLOP/s of a workload sends down, in Gbit/s."""
    return workload.bits_per_flop.nominal * 1e6


def default_gbps_per_pflops(catalogue: Catalogue) -> float:
    """The same of what a new batch computes."""
    return sum(
        share * gbps_per_pflops(catalogue.workloads[name]) for name, share in default_mix(catalogue).items()
    )


def years_since(workload: Workload, day: float) -> float:
    """Julian years from the date of a workload's quotes to a day."""
    return (day - day_of(workload.reference_date)) / JULIAN_YEAR_DAYS


def quoted(state: CampaignState, workload: Workload) -> Workload:
    """A workload as it is quoted in a campaign: as in the catalogue, unless a forecast draws otherwise."""
    return state.luck.workloads.get(workload.id, workload)


def price_change_per_year(state: CampaignState, workload: Workload) -> float:
    """Yearly change of a price as a share; how fast it falls is a slider."""
    change = quoted(state, workload).price_change_per_year.nominal
    return change * lever(state, "price_fall") if change < 0.0 else change


def quoted_price_usd(state: CampaignState, workload: Workload) -> float:
    """Price of a PFLOP-day on the day of the quotes, moved by what has happened since."""
    return quoted(state, workload).price_usd_per_pflop_day.nominal * lever(state, "market_price", workload.id)


def quoted_demand_pflops(state: CampaignState, workload: Workload) -> float:
    """Compute that customers would buy from orbit on the day of the quotes, moved by its slider."""
    return quoted(state, workload).demand_pflops.nominal * lever(state, "demand", workload.id)


def price_usd_per_pflop_day(state: CampaignState, workload: Workload, day: float) -> float:
    """Price of a PFLOP-day on a day: the quoted price moved by its yearly change, compounded."""
    price_usd, change = quoted_price_usd(state, workload), price_change_per_year(state, workload)
    return market_price_usd_per_pflop_day(price_usd, change, years_since(quoted(state, workload), day))


def demand_pflops(state: CampaignState, workload: Workload, day: float) -> float:
    """Compute that customers would buy from orbit on a day, grown from the reference date, in PFLOP/s."""
    quote, wanted = quoted(state, workload), quoted_demand_pflops(state, workload)
    return market_demand_pflops(wanted, quote.demand_growth_per_year.nominal, years_since(quote, day))


def own_rates(state: CampaignState) -> dict[str, float]:
    """What the fleet delivers today by workload, in PFLOP/s."""
    known = workload_ids(state.catalogue)
    if not state.fleet.count:
        return dict.fromkeys(known, 0.0)
    rates = np.add.reduce(state.fleet.column(Field.DELIVERED_PFLOPS) * mixes(state), axis=1)
    return dict(zip(known, rates.tolist(), strict=True))


def delivered_pflop_days(state: CampaignState) -> dict[str, float]:
    """Compute of the month so far by workload: what was credited before plus what the fleet still holds."""
    known = workload_ids(state.catalogue)
    held = state.fleet.column(_MONTH)
    amounts = np.add.reduce(held * mixes(state), axis=1).tolist()
    sums = dict(state.market.delivered_pflop_days)
    for workload, amount in zip(known, amounts, strict=True):
        if amount > 0.0:
            sums[workload] = sums.get(workload, 0.0) + amount
    return sums


def credited(state: CampaignState, rows: NDArray[np.intp]) -> CampaignState:
    """Puts what some batches computed this month down to the workloads they have, before these change."""
    held = state.fleet.column(Field.MONTH_PFLOP_DAYS)[rows]
    sums = dict(state.market.delivered_pflop_days)
    for slot, workload in enumerate(workload_ids(state.catalogue)):
        amount = float(np.sum(held * state.fleet.column(Field(Field.MIX_0 + slot))[rows]))
        if amount > 0.0:
            sums[workload] = sums.get(workload, 0.0) + amount
    fleet = state.fleet.with_values(Field.MONTH_PFLOP_DAYS, rows, 0.0)
    return changed(state, fleet=fleet, market=replace(state.market, delivered_pflop_days=sums))


def bought_levels(state: CampaignState, day: float) -> dict[str, float]:
    """How hard the fleet may run for each workload before customers have enough, around a day.

    All batches of a workload share one level: those that cannot reach it do what they can, and together they
    deliver what is wanted.

    Returns:
        The level 0..1 by workload; a workload that could sell more is left out.
    """
    known = workload_ids(state.catalogue)
    levels_now = state.fleet.table(_LEVELS)
    demand_cap, delivered, potential = levels_now[0], levels_now[1], np.minimum.reduce(levels_now[2:])
    held_to = np.minimum(potential, demand_cap)
    rate = np.divide(delivered, held_to, out=np.zeros_like(held_to), where=held_to > 0.0)
    pflops = rate * mixes(state)
    most = np.add.reduce(pflops * potential, axis=1).tolist()
    levels = {}
    for slot, workload in enumerate(known):
        if most[slot] <= 0.0:
            continue
        wanted = demand_pflops(state, state.catalogue.workloads[workload], day)
        level = _filled_to(pflops[slot], potential, wanted) if most[slot] > wanted else 1.0
        if level < 1.0:
            levels[workload] = level
    return levels


def potential_level(state: CampaignState) -> Floats:
    """The level each batch could run at if everything were bought: the least of its other caps."""
    level: Floats = state.fleet.table(_CAPS).min(axis=0)
    return level


def _filled_to(pflops: Floats, potential: Floats, wanted: float) -> float:
    """The common level at which batches that each stop at their potential together deliver what is wanted."""
    if float(np.sum(pflops * potential)) <= wanted:
        return 1.0
    order = np.argsort(potential, kind="stable")
    reach, rate = potential[order], pflops[order]
    stopped = np.concatenate(([0.0], np.cumsum(rate * reach)))[:-1]
    running = np.cumsum(rate[::-1])[::-1]
    first = int(np.argmax(stopped + running * reach >= wanted))
    return float(min(1.0, (wanted - stopped[first]) / running[first]))


def demand_cap(mix: Mapping[str, float], bought: Mapping[str, float]) -> float:
    """Greatest level that customers of a mix buy, 0..1."""
    return min(1.0, sum(share * bought.get(workload, 1.0) for workload, share in mix.items()))
