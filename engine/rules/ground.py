"""The rival on the ground: each quarter it builds for the demand that the player sells to, and price follows.

Builders see what is wanted, what stands and what orbit delivers today. They order where a site pays, cheapest
region first, as far as its grid connects in a quarter, and wait in its queue. So more supply from orbit first
lowers the price, and later lets them build less. There is no chance in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from engine.events import Event, EventKind, Severity, day_of
from engine.formulas.levelised import cost_path
from engine.formulas.rival import grid_wait_days, scarcity_price
from engine.kernels.layout import Field
from engine.model.catalogue import Catalogue
from engine.model.same import Same
from engine.rules.costing import GroundCost, chip_w_per_pflops
from engine.rules.levers import lever
from engine.rules.market import demand_pflops, mixes, workload_ids
from engine.rules.others import rival_supply
from engine.rules.words import figures, power
from engine.state import CampaignState, Ground, GroundBuild, changed
from engine.units import JULIAN_YEAR_DAYS

Step = tuple[CampaignState, list[Event]]

_QUARTERS = (1, 4, 7, 10)
_QUARTER_DAYS = 0.25 * JULIAN_YEAR_DAYS
_NOTABLE = 0.1
"""A price so far from the quotes is news."""

_LEAST_GW = 1e-3
"""Nobody builds less."""


def ground_price_factor(state: CampaignState, workload_id: str) -> float:
    """What supply, the ground's and the player's, makes of a quoted price; 1 without the rule."""
    if not state.scenario.rules.ground or workload_id in state.catalogue.outlook.in_space:
        return 1.0
    return state.ground.price_factor


def opening_ground(state: CampaignState) -> Ground:
    """The ground on the first day: in balance, with what is already under way; empty without the rule."""
    if not state.scenario.rules.ground:
        return Ground()
    regions, wanted = state.catalogue.regions, wanted_gw(state, state.day)
    whole = sum(region.built_gw.nominal for region in regions.values())
    built = {name: region.built_gw.nominal * wanted / whole for name, region in regions.items()}
    return Ground(built, tuple(_sites_ahead(state, wanted)), wanted_gw=wanted)


def quarterly(state: CampaignState) -> Step:
    """The campaign with the ground a quarter further, if one begins today and the rule is in force."""
    if not state.scenario.rules.ground or state.date.month not in _QUARTERS:
        return state, []
    before = _mood(state.ground.price_factor)
    ground = _commissioned(state.ground, state.day)
    ground = replace(ground, wanted_gw=wanted_gw(state, state.day), orbit_gw=orbit_gw(state))
    state = changed(state, ground=replace(ground, price_factor=_price(state.catalogue, ground)))
    state = changed(state, ground=_ordered(state))
    return state, [_news(state)] if _mood(state.ground.price_factor) != before else []


def _mood(price_factor: float) -> int:
    """Whether compute is plentiful (-1), in balance (0) or scarce (1)."""
    return (price_factor > 1.0 + _NOTABLE) - (price_factor < 1.0 - _NOTABLE)


def _news(state: CampaignState) -> Event:
    """What has become of the price, and why."""
    ground = state.ground
    words = {-1: "Compute is plentiful", 0: "Compute is in balance again", 1: "Compute is scarce"}
    built = sum(ground.built_gw.values())
    text = (
        f"{words[_mood(ground.price_factor)]}: customers want {power(1e9 * ground.wanted_gw)},"
        f" {power(1e9 * built)} are at work on the ground and {power(1e9 * ground.orbit_gw)} in orbit."
        f" It sells at {figures(ground.price_factor)} times the quoted prices."
    )
    return Event(state.day, EventKind.RIVAL, Severity.NOTICE, text, "ground")


def wanted_gw(state: CampaignState, day: float) -> float:
    """Power of computing that customers want on a day, of all that may run anywhere."""
    workloads = state.catalogue.workloads
    pflops = sum(demand_pflops(state, workloads[name], day) for name in _shared(state.catalogue))
    return 1e-9 * pflops * chip_w_per_pflops(state.catalogue, day)


def orbit_gw(state: CampaignState) -> float:
    """Power that the ground would need for what orbit delivered of the same work, the player and rivals."""
    shared, others = _shared(state.catalogue), rival_supply(state)
    pflops = sum(max(0.0, others.get(name, 0.0)) for name in shared)
    if state.fleet.count:
        slots = [slot for slot, name in enumerate(workload_ids(state.catalogue)) if name in shared]
        pflops += float((mixes(state)[slots].sum(axis=0) * state.fleet.column(Field.DELIVERED_PFLOPS)).sum())
    return 1e-9 * pflops * chip_w_per_pflops(state.catalogue, state.day)


def wait_days(state: CampaignState, region_id: str) -> float:
    """Time from an order of today to a site at work, behind all that queues in the region."""
    region = state.catalogue.regions[region_id]
    queued = sum(build.gw for build in state.ground.builds if build.region == region_id)
    yearly = yearly_gw(state, region_id)
    # The queue of the catalogue already holds what a region connects while it lasts.
    held = yearly * region.queue_days.nominal / JULIAN_YEAR_DAYS
    return grid_wait_days(
        region.queue_days.nominal, region.build_days.nominal, max(0.0, queued - held), yearly
    )


def yearly_gw(state: CampaignState, region_id: str) -> float:
    """What a region's grid connects in a year, from today on; how fast the ground builds is a slider."""
    outlook = state.catalogue.outlook
    years = max(0.0, (state.day - day_of(outlook.reference_date)) / JULIAN_YEAR_DAYS)
    today = cost_path(
        state.catalogue.regions[region_id].yearly_gw.nominal, outlook.grid_growth_per_year.nominal, years
    )
    return max(_LEAST_GW, today * lever(state, "ground_rival"))


@lru_cache(maxsize=8)
def _by_cost(same: Same[Catalogue]) -> tuple[tuple[str, float], ...]:
    """Regions and their cost over that of the nominal one, cheapest first."""
    catalogue = same.thing
    regions = catalogue.regions
    costs = {name: GroundCost.of(catalogue, regions[name]).usd_per_w_year for name in regions}
    nominal = costs[catalogue.outlook.benchmarks[0]]
    return tuple(sorted(((name, cost / nominal) for name, cost in costs.items()), key=lambda one: one[1]))


def _shared(catalogue: Catalogue) -> tuple[str, ...]:
    """Workloads that the ground serves as well as orbit."""
    return tuple(name for name in workload_ids(catalogue) if name not in catalogue.outlook.in_space)


def _commissioned(ground: Ground, day: int) -> Ground:
    """The ground with every site at work whose day has come."""
    built = dict(ground.built_gw)
    for build in ground.builds:
        if build.day <= day:
            built[build.region] = built.get(build.region, 0.0) + build.gw
    return replace(ground, built_gw=built, builds=tuple(one for one in ground.builds if one.day > day))


def _price(catalogue: Catalogue, ground: Ground) -> float:
    outlook = catalogue.outlook
    supplied = sum(ground.built_gw.values()) + ground.orbit_gw
    least, most = outlook.price_least.nominal, outlook.price_most.nominal
    return scarcity_price(ground.wanted_gw, supplied, outlook.price_exponent.nominal, least, most)


def _ordered(state: CampaignState) -> Ground:
    """The ground with the orders of a quarter: what will be missing when each region could deliver."""
    ground, regions = state.ground, Same(state.catalogue)
    builds = list(ground.builds)
    have_gw = sum(ground.built_gw.values()) + ground.orbit_gw
    for name, cost in _by_cost(regions):
        if cost > max(1.0, ground.price_factor) * _dearest_worth(regions):
            break
        due = state.day + round(wait_days(state, name))
        missing_gw = wanted_gw(state, due) - have_gw - sum(one.gw for one in builds if one.day <= due)
        gw = min(0.25 * yearly_gw(state, name), missing_gw)
        if gw >= _LEAST_GW:
            builds.append(GroundBuild(name, due, gw))
    if len(builds) == len(ground.builds):
        return ground
    return replace(ground, builds=tuple(sorted(builds, key=lambda one: (one.day, one.region))))


@lru_cache(maxsize=8)
def _dearest_worth(same: Same[Catalogue]) -> float:
    """Cost over the nominal one that a site may have in a market in balance: that of scarce power."""
    costs = dict(_by_cost(same))
    return max(costs[name] for name in same.thing.outlook.benchmarks[:2])


def _sites_ahead(state: CampaignState, have_gw: float) -> Iterator[GroundBuild]:
    """What was ordered before the first day: demand as it grows, as far as each region's wait reaches."""
    regions = Same(state.catalogue)
    worth = [name for name, cost in _by_cost(regions) if cost <= _dearest_worth(regions)]
    waits = {name: round(wait_days(state, name)) for name in worth}
    due = state.day + _QUARTER_DAYS
    while due < state.day + max(waits.values()):
        able = {name: 0.25 * yearly_gw(state, name) for name in worth if due < state.day + waits[name]}
        missing_gw = max(0.0, wanted_gw(state, due) - have_gw)
        share = min(1.0, missing_gw / sum(able.values()))
        for name, gw in able.items():
            if share * gw >= _LEAST_GW:
                yield GroundBuild(name, round(due), share * gw)
                have_gw += share * gw
        due += _QUARTER_DAYS
