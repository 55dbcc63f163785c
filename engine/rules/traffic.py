"""The fleet's surroundings as columns, brought up to date each quarter: dose, losses, traffic, derelicts."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.formulas.hazard import (
    avoidance_loss,
    avoidance_m_s_per_day,
    swarm_avoidance_per_year,
    swarm_collision_rate_per_year,
)
from engine.kernels.layout import Field, Spread, Status
from engine.model.catalogue import Catalogue
from engine.model.design import Design
from engine.model.same import Same
from engine.rules import surroundings
from engine.rules.budgets import budget_of, known_budget
from engine.rules.fleet_rows import distinct
from engine.rules.levers import debris_factors
from engine.rules.market import mixes, workload_ids
from engine.simulate.fleet import places
from engine.state import CampaignState, changed
from engine.units import JULIAN_YEAR_DAYS

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

SHELL_KM = 50.0
"""Depth of the shells that satellites are counted in."""

_FIELDS = places(
    Field.ALTITUDE_KM,
    Field.INCLINATION_RAD,
    Field.SPREAD,
    Field.LAUNCHED_COUNT,
    Field.ALIVE_COUNT,
    Field.DESCENDED_COUNT,
    Field.KEEPING,
    Field.STATUS,
    Field.DEAD_YEARS,
)
_DERELICT = places(Field.LAUNCHED_COUNT, Field.ALIVE_COUNT, Field.DESCENDED_COUNT)
_SWARM = places(*_DERELICT, Field.ALTITUDE_KM, Field.SPREAD)
_CLUSTER, _SERVICE = float(Spread.CLUSTER), float(Status.SERVICE)

_KEPT = 16
"""Answers for whole fleets that are kept; a large one is a megabyte."""

QUARTER_YEARS = 0.25
_QUARTERS = (1, 4, 7, 10)
_LEAST_YEARS = 0.01
_PAIR = 4.0
"""Two equal craft touch within twice their radius: four times the area of one."""


def quarterly(state: CampaignState) -> CampaignState:
    """The campaign with its surroundings brought up to date, if a quarter begins today."""
    if not state.fleet.count or state.date.month not in _QUARTERS:
        return state
    return _refreshed(state, sinking=True)


def refreshed(state: CampaignState) -> CampaignState:
    """The campaign with dose, losses and manoeuvres of every batch as its orbit and its work now ask."""
    return _refreshed(state, sinking=False)


def _refreshed(state: CampaignState, *, sinking: bool) -> CampaignState:
    fleet = state.fleet
    height_km, tilt_rad, spread, launched, alive, descended, keeping, status, dead_years = fleet.table(
        _FIELDS
    )
    if sinking:
        descended = _sunk(_left_up(launched, alive, descended), descended, dead_years)
    training = checkpointed_shares(state)
    job = np.where(spread == _CLUSTER, launched, 1.0)
    requests, checkpoints, dose, storm_rad, storm_upsets, background = _kinds(state, height_km, tilt_rad, job)
    alien = background * debris_factors(state, height_km)
    swarm = _swarm_per_year(state, height_km, spread == _CLUSTER, alive, _left_up(launched, alive, descended))
    manoeuvres = (alien + swarm) * (keeping > 0.0)
    economy = state.catalogue.economy
    pause = avoidance_loss(1.0, economy.avoidance_pause_h.nominal)
    aside = avoidance_m_s_per_day(1.0, economy.avoidance_delta_v_m_s.nominal)
    changes = {
        Field.DESCENDED_COUNT: descended,
        Field.DOSE_SHARE_PER_DAY: dose,
        Field.STORM_DOSE_SHARE: storm_rad,
        Field.STORM_UPSETS: storm_upsets,
        Field.UPSET_LOSS: requests + training * (checkpoints - requests),
        Field.CALM_LOSS: np.minimum(manoeuvres * pause, 1.0),
        Field.STOP_S: surroundings.stop_s(state.catalogue, 0.0) + training * economy.checkpoint_s.nominal,
        Field.AVOIDANCE_M_S_PER_DAY: manoeuvres * aside,
        Field.DEAD_YEARS: np.where(status <= _SERVICE, _dead_years(state, height_km), dead_years),
    }
    fleet = fleet.with_columns(changes)
    return state if fleet is state.fleet else changed(state, fleet=fleet)


def checkpointed_shares(state: CampaignState) -> Floats:
    """Share of the work of each batch that cannot simply be asked again."""
    shares = np.zeros(state.fleet.count)
    for workload, mix in zip(workload_ids(state.catalogue), mixes(state), strict=True):
        if not state.catalogue.workloads[workload].tolerates_interruption:
            shares += mix
    return shares


def exposures(state: CampaignState) -> list[surroundings.Exposure]:
    """What particles do to the chips of each batch where it flies now."""
    designs = tuple(state.designs.values())
    heights = state.fleet.column(Field.ALTITUDE_KM).tolist()
    tilts = np.degrees(state.fleet.column(Field.INCLINATION_RAD)).tolist()
    return [
        surroundings.exposure(designs[number], state.catalogue, altitude_km, inclination_deg)
        for number, altitude_km, inclination_deg in zip(
            state.names.design.tolist(), heights, tilts, strict=True
        )
    ]


def _kinds(state: CampaignState, height_km: Floats, tilt_rad: Floats, job: Floats) -> Floats:
    """What surroundings depend on design, place on the grid and satellites a job for, `(6, batches)`."""
    step_km = np.rint(height_km / surroundings.STEP_KM)
    step_deg = np.rint(np.degrees(tilt_rad) / surroundings.STEP_DEG)
    keys = np.array((state.names.design, step_km, step_deg, job), np.int64)
    return _of_kinds(_designs(state), Same(state.catalogue), keys.tobytes())


# Most batches keep their place from quarter to quarter, in every future alike.
@lru_cache(maxsize=_KEPT)
def _of_kinds(designs: tuple[Same[Design], ...], catalogue: Same[Catalogue], keys: bytes) -> Floats:
    table = np.frombuffer(keys, np.int64).reshape(4, -1)
    kinds, which = distinct(table[0] << 42 | table[1] << 30 | table[2] << 20 | table[3])
    each = [
        _numbers(designs[number], catalogue, near_km, near_deg, satellites)
        for number, near_km, near_deg, satellites in table[:, kinds].T.tolist()
    ]
    return np.array(each).reshape(len(kinds), 6)[which].T


def _designs(state: CampaignState) -> tuple[Same[Design], ...]:
    return tuple(map(Same, state.designs.values()))


@lru_cache(maxsize=8192)
def _numbers(
    design: Same[Design], catalogue: Same[Catalogue], step_km: int, step_deg: int, satellites: int
) -> tuple[float, ...]:
    place = (step_km * surroundings.STEP_KM, step_deg * surroundings.STEP_DEG)
    found = surroundings.exposure(design.thing, catalogue.thing, *place)
    lost = surroundings.losses(design.thing, catalogue.thing, *place, satellites)
    return (
        lost.requests,
        lost.checkpoints,
        found.dose_rad_per_year / JULIAN_YEAR_DAYS / found.limit_rad,
        found.storm_rad_per_day / found.limit_rad,
        found.storm_upsets,
        surroundings.background_per_year(catalogue.thing, place[0]),
    )


# --- shells ------------------------------------------------------------------------------------------


def shell_numbers(state: CampaignState) -> Ints:
    """Number of the shell of each batch, counted from the ground."""
    return np.asarray((state.fleet.column(Field.ALTITUDE_KM) / SHELL_KM).astype(np.int64))


def derelict_counts(state: CampaignState) -> Floats:
    """Failed satellites of each batch that are still up, by expectation."""
    return _left_up(*state.fleet.table(_DERELICT))


def _left_up(launched: Floats, alive: Floats, descended: Floats) -> Floats:
    return np.asarray(np.maximum(launched - alive - descended, 0.0))


def shell_counts(state: CampaignState) -> tuple[Floats, Floats]:
    """Satellites that are steered and derelicts, shell by shell from the ground; a cluster counts as one."""
    launched, alive, descended, height_km, spread = state.fleet.table(_SWARM)
    return _counted(height_km, spread == _CLUSTER, alive, _left_up(launched, alive, descended))[:2]


def _counted(height_km: Floats, clustered: Flags, alive: Floats, dead: Floats) -> tuple[Floats, Floats, Ints]:
    shells = (height_km / SHELL_KM).astype(np.int64)
    steered = np.bincount(shells, np.where(clustered, np.minimum(alive, 1.0), alive))
    return np.asarray(steered, np.float64), np.asarray(np.bincount(shells, dead), np.float64), shells


def _swarm_per_year(
    state: CampaignState, height_km: Floats, clustered: Flags, alive: Floats, dead: Floats
) -> Floats:
    """Manoeuvres a year of a satellite of each batch because of the fleets up there."""
    steered, derelict, shells = _counted(height_km, clustered, alive, dead)
    for shell in state.others.shells:
        if shell.number < len(steered):
            steered[shell.number] += shell.steered
            derelict[shell.number] += shell.derelict
    rates = np.array(
        [
            swarm_avoidance_per_year(a, d, SHELL_KM * k, SHELL_KM * (k + 1)) if a + d > 0.0 else 0.0
            for k, (a, d) in enumerate(zip(steered.tolist(), derelict.tolist(), strict=True))
        ]
    )
    return np.asarray(rates[shells])


def manoeuvres_per_year(state: CampaignState) -> Floats:
    """Avoidance manoeuvres of one satellite of each batch in a year."""
    each_m_s = state.catalogue.economy.avoidance_delta_v_m_s.nominal
    flying = state.fleet.column(Field.STATUS) <= Status.SERVICE
    return np.asarray(
        state.fleet.column(Field.AVOIDANCE_M_S_PER_DAY) * (JULIAN_YEAR_DAYS / each_m_s) * flying
    )


def collisions_per_year(state: CampaignState) -> float:
    """Collisions a year within the fleet if nobody steered clear, shell by shell."""
    if not state.fleet.count:
        return 0.0
    up = state.fleet.column(Field.ALIVE_COUNT) + derelict_counts(state)
    sizes = _by_design(state, lambda design: _mean_area_m2(state, design))
    shells = shell_numbers(state)
    counts, areas = np.bincount(shells, up), np.bincount(shells, up * sizes)
    return sum(
        swarm_collision_rate_per_year(n, _PAIR * area / n, SHELL_KM * k, SHELL_KM * (k + 1))
        for k, (n, area) in enumerate(zip(counts.tolist(), areas.tolist(), strict=True))
        if n > 0.0
    )


def _mean_area_m2(state: CampaignState, design_id: str) -> float:
    """Area that a satellite shows on the mean over all directions."""
    craft = budget_of(state, design_id)
    return craft.body_drag_m2 + 0.5 * (craft.array_area_m2 + craft.radiator_drag_m2)


def _by_design(state: CampaignState, value: Callable[[str], float]) -> Floats:
    """A value of each design, spread over the batches built to it."""
    each = np.array([value(design) for design in state.designs], np.float64)
    spread: Floats = each[state.names.design]
    return spread


# --- derelicts ---------------------------------------------------------------------------------------


def _dead_years(state: CampaignState, height_km: Floats) -> Floats:
    """Years until a dead satellite of each batch re-enters from where it is now."""
    steps = np.rint(height_km / surroundings.STEP_KM)
    keys = np.array((state.names.design, steps), np.int64)
    return _dead_years_of(_designs(state), Same(state.catalogue), keys.tobytes())


@lru_cache(maxsize=_KEPT)
def _dead_years_of(designs: tuple[Same[Design], ...], catalogue: Same[Catalogue], keys: bytes) -> Floats:
    table = np.frombuffer(keys, np.int64).reshape(2, -1)
    kinds, which = distinct(table[0] << 12 | table[1])
    years = [
        _craft_dead_years(designs[number], catalogue, step) for number, step in table[:, kinds].T.tolist()
    ]
    return np.array(years)[which]


@lru_cache(maxsize=8192)
def _craft_dead_years(design: Same[Design], catalogue: Same[Catalogue], step_km: int) -> float:
    craft = known_budget(design.thing, catalogue.thing)
    return surroundings.craft_dead_years(craft, step_km * surroundings.STEP_KM)


def _sunk(derelict: Floats, descended: Floats, dead_years: Floats) -> Floats:
    """Satellites of each batch that are down a quarter on: a share of the derelicts joins them."""
    return descended + derelict * -np.expm1(-QUARTER_YEARS / np.maximum(dead_years, _LEAST_YEARS))
