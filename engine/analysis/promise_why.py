"""Figures behind the promises: sunlight against the ground's, energy and water spared, results, the race."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from engine import insight
from engine.analysis.why import Figure, counted, given, worked
from engine.kernels.layout import Binding, Field, Status
from engine.rules.market import mixes, workload_ids
from engine.rules.rivals import race_standing
from engine.rules.upkeep import shells_used
from engine.units import JULIAN_YEAR_DAYS

if TYPE_CHECKING:
    from engine.model.catalogue import Region
    from engine.state import CampaignState

__all__ = ["compute_kwh", "promise_figures"]

_SINCE = "since the first day"


def promise_figures(state: CampaignState) -> tuple[Figure, ...]:
    """What stands behind the promises besides the fleet's own figures; nothing without a fleet."""
    if not state.fleet.count:
        return ()
    return (*_sunlight(state), *_spared(state), *_scale(state), *_results(state), *_race(state))


def compute_kwh(state: CampaignState) -> float:
    """Energy that went into delivered compute since the first day: full power for each PFLOP-day."""
    column = state.fleet.column
    each = np.divide(
        column(Field.IT_POWER_W),
        column(Field.PEAK_PFLOPS),
        out=np.zeros(state.fleet.count),
        where=column(Field.PEAK_PFLOPS) > 0.0,
    )
    return 0.024 * float((column(Field.TOTAL_PFLOP_DAYS) * each).sum())


def _nominal(state: CampaignState) -> Region:
    return state.catalogue.regions[state.catalogue.outlook.benchmarks[0]]


def _sunlight(state: CampaignState) -> Iterator[Figure]:
    kept = insight.promises(state)
    if kept.service_days <= 0.0:
        return
    solar = state.catalogue.outlook.ground_solar_level
    yield worked(
        "sun-multiple",
        "Sunlight against solar power on the ground",
        "share_of",
        note="Lit share of the orbits over the capacity factor of solar plants; the light itself is also "
        "stronger above the air.",
        part=given(kept.lit_fraction, _SINCE, "promise-lit"),
        whole=given(solar.nominal, "capacity factor of utility plants in the United States, catalogue"),
    )


def _spared(state: CampaignState) -> Iterator[Figure]:
    outlook, region, energy = state.catalogue.outlook, _nominal(state), compute_kwh(state)
    work = given(energy, f"into delivered compute {_SINCE}")
    lifted = given(state.totals.lifted_kg, "all that reached orbit")
    lift = worked(
        "lift-energy",
        "Energy of the propellants",
        "lift_energy",
        lifted_kg=lifted,
        lift_kwh_per_kg=given(outlook.lift_kwh_per_kg.nominal, "catalogue"),
    )
    build = worked(
        "build-energy",
        "Energy in the satellites",
        "lift_energy",
        note="What making a kilogram of satellite takes; the ground's buildings are counted with nothing.",
        lifted_kg=lifted,
        lift_kwh_per_kg=given(outlook.build_kwh_per_kg.nominal, "catalogue, rough"),
    )
    yield lift
    yield build
    yield worked(
        "grid-spared",
        "Energy not drawn from a grid, net",
        "grid_energy_spared",
        note="The same computing on the ground, less what launch and construction took.",
        compute_kwh=work,
        pue=given(region.pue.nominal, region.name),
        lift_kwh=given(lift.value, "propellants", lift.id),
        build_kwh=given(build.value, "satellites", build.id),
    )
    yield worked(
        "water-spared",
        "Water not evaporated",
        "water_spared",
        compute_kwh=work,
        water_l_per_kwh=given(region.water_l_per_kwh.nominal, f"{region.name}, on site"),
    )


def _scale(state: CampaignState) -> Iterator[Figure]:
    kept = insight.promises(state)
    shells = shells_used(state)
    yield counted(
        "shells", "Shells in use", "shells", float(shells), "Heights within 25 km of each other count once."
    )
    if kept.it_power_w > 0.0 and kept.service_days > 0.0:
        yield worked(
            "gigawatt-wait",
            "Time to a gigawatt at the pace so far",
            "steady_growth",
            power_w=given(kept.it_power_w, "into accelerators, last day"),
            goal_w=given(insight.GIGAWATT_W, "one gigawatt"),
            years=given(kept.service_days / JULIAN_YEAR_DAYS, "since the first batch began to work"),
        )


def _results(state: CampaignState) -> Iterator[Figure]:
    column = state.fleet.column
    done = column(Field.TOTAL_PFLOP_DAYS)
    bits = [state.catalogue.workloads[name].bits_per_flop.nominal for name in workload_ids(state.catalogue)]
    whole = float(done.sum())
    if whole > 0.0:
        mean_bits = float((np.array(bits) @ mixes(state) * done).sum()) / whole
        yield worked(
            "results-sent",
            "Results sent to the ground",
            "results_sent",
            note="By the work that each batch does today.",
            pflop_days=given(whole, f"delivered {_SINCE}"),
            bits_per_flop=given(mean_bits, "mean of the fleet's workloads"),
        )
    working = (column(Field.STATUS) == Status.SERVICE) & (column(Field.ALIVE_COUNT) > 0)
    installed = column(Field.PEAK_PFLOPS) * column(Field.ALIVE_COUNT) * working
    held = float((installed * (column(Field.BINDING) == Binding.NETWORK)).sum())
    yield worked(
        "downlink-bound",
        "Held back by the downlink",
        "share_of",
        part=given(held, "PFLOP/s installed where the network binds, last day"),
        whole=given(float(installed.sum()), "PFLOP/s installed at work"),
    )


def _race(state: CampaignState) -> Iterator[Figure]:
    table = race_standing(state)
    if len(table) < 2:
        return
    own = next(one for one in table if not one.rival)
    best = max((one for one in table if one.rival), key=lambda one: one.computing_w)
    yield worked(
        "race-share",
        "Your power against the strongest rival's",
        "share_of",
        part=given(own.computing_w, "W at work, yours"),
        whole=given(best.computing_w, f"W at work, {best.name}"),
    )
