"""One step more of something, for a batch in orbit: the row it would have, what the step weighs and costs.

A step of hardware cannot be taken in orbit: it says what the next satellite of the kind should carry.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from engine.events import day_of
from engine.formulas.orbit import sun_synchronous_inclination_deg
from engine.kernels.layout import Field, Spread
from engine.model.design import Design, LoadPolicy
from engine.model.orbit import Inclined
from engine.orders import Order, Selection, SetLoadPolicy, SetWorkload
from engine.rules import launch_fit, market
from engine.rules.budgets import known_budget
from engine.rules.fleet_links import LINK_FIELDS
from engine.rules.launch_fit import HIGHEST_KM, LOWEST_KM
from engine.rules.learning import build_price_usd, in_force, launch_price_usd
from engine.rules.links import Case, figures_of, links_of
from engine.rules.words import figures
from engine.simulate.lower import batch_row, policy_code, policy_name
from engine.state import CampaignState

__all__ = ["Craft", "Taken", "build_usd", "craft_of", "launch_usd_per_kg", "steps_of"]

Row = NDArray[np.float64]

STEP = 0.1
"""A step of array, battery, radiator or chips is a tenth more."""

STEP_KM = 50.0

MOST_WORKLOADS = 4
"""Other workloads that are tried."""

_MOST_TERMINALS = 64
_NEVER = 1e30
_SYNCHRONOUS_DEG = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Craft:
    """A batch as it flies: its design, its row, and what it computes, workload by workload."""

    state: CampaignState
    index: int
    design: Design
    row: Row
    mix: tuple[float, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Taken:
    """A step that was taken.

    Attributes:
        key: `array`, `battery`, `radiator`, `chips`, `downlink`, `crosslink`, `policy-NAME`, `workload-NAME`,
            `higher`, `lower`.
        label: what changes, in words with figures.
        row: the batch after it.
        mix: what it computes after it.
        extra_kg: what each satellite weighs more.
        extra_usd: what each costs more, built and lifted.
        order: the order that takes it, where one can.
    """

    key: str
    label: str
    row: Row
    mix: tuple[float, ...]
    extra_kg: float = 0.0
    extra_usd: float = 0.0
    order: Order | None = None


def craft_of(state: CampaignState, index: int) -> Craft:
    """A batch as it flies, with chance left out: what is compared is the step alone."""
    row = state.fleet.row(index).copy()
    row[Field.NEXT_FAILURE] = row[Field.NEXT_CHIP_FAILURE] = _NEVER
    slots = range(len(market.workload_ids(state.catalogue)))
    mix = tuple(float(row[Field.MIX_0 + slot]) for slot in slots)
    return Craft(state, index, state.design_of(index), _linked(state, state.design_of(index), row, mix), mix)


def _linked(state: CampaignState, design: Design, row: Row, mix: tuple[float, ...]) -> Row:
    """The row with what its links decide."""
    case = Case(
        float(round(row[Field.ALTITUDE_KM])),
        round(10.0 * math.degrees(row[Field.INCLINATION_RAD])) / 10.0,
        bool(row[Field.SPREAD] == Spread.CLUSTER),
        float(row[Field.SPACING_M]),
        float(row[Field.LAUNCHED_COUNT]),
        float(max(row[Field.ALIVE_COUNT], 1.0)),
        mix,
    )
    decided = figures_of(links_of(design, state.catalogue, case))
    for field, value in zip(LINK_FIELDS, decided, strict=True):
        row[field] = value
    return row


def steps_of(craft: Craft) -> Iterator[Taken]:
    """Every step that makes sense for a batch, each on its own."""
    yield from _hardware(craft)
    yield from _terminals(craft)
    yield from _altitudes(craft)
    yield from _policies(craft)
    yield from _workloads(craft)


# --- hardware ------------------------------------------------------------------------------------


def _hardware(craft: Craft) -> Iterator[Taken]:
    design = craft.design
    sizes = (
        ("array", "array_area_m2", "array", "m²"),
        ("battery", "battery_kwh", "battery", "kWh"),
        ("radiator", "radiator_area_m2", "radiator", "m²"),
    )
    for key, field, name, unit in sizes:
        old = getattr(design, field)
        new = old * (1.0 + STEP)
        yield _built(craft, key, f"{name} {figures(old)} → {figures(new)} {unit}", {field: new})
    chips = design.accelerator_count
    more = chips + max(1, round(STEP * chips))
    yield _built(craft, "chips", f"compute units {chips:,} → {more:,}", {"accelerator_count": more})


def _terminals(craft: Craft) -> Iterator[Taken]:
    """One more of the fastest downlink, and of the fastest crosslink, of those aboard."""
    links = craft.state.catalogue.links
    for key, across in (("downlink", False), ("crosslink", True)):
        fits = [fit for fit in craft.design.links if (links[fit.link].kind == "optical-crosslink") == across]
        if not fits:
            continue
        best = max(fits, key=lambda fit: links[fit.link].rate_gbps.nominal)
        if best.count >= _MOST_TERMINALS:
            continue
        more = best.model_copy(update={"count": best.count + 1})
        fitted = tuple(more if fit is best else fit for fit in craft.design.links)
        label = f"{links[best.link].name} {best.count:,} → {more.count:,}"
        yield _built(craft, key, label, {"links": fitted})


def _built(craft: Craft, key: str, label: str, changes: dict[str, object]) -> Taken:
    catalogue = craft.state.catalogue
    design = craft.design.model_copy(update=changes)
    before, after = known_budget(craft.design, catalogue), known_budget(design, catalogue)
    extra_kg = after.wet_mass_kg - before.wet_mass_kg
    lift_usd = launch_usd_per_kg(craft.state, craft.row)
    row = _changed(craft, _fresh(craft, craft.design), _fresh(craft, design))
    row = _linked(craft.state, design, row, craft.mix)
    if row[Field.DEMAND_CAP] < 1.0:  # customers want so much compute, whatever the level it comes from
        row[Field.DEMAND_CAP] *= craft.row[Field.PEAK_PFLOPS] / row[Field.PEAK_PFLOPS]
    extra_usd = build_usd(craft.state, design) - build_usd(craft.state, craft.design) + extra_kg * lift_usd
    return Taken(key, label, row, craft.mix, extra_kg, extra_usd)


def _fresh(craft: Craft, design: Design, altitude_km: float | None = None) -> Row:
    """The row of the batch were it launched today, of another design or to another altitude."""
    row = craft.row
    height_km = float(row[Field.ALTITUDE_KM]) if altitude_km is None else altitude_km
    return batch_row(
        design,
        craft.state.catalogue,
        key=int(row[Field.KEY]),
        launched_count=int(row[Field.LAUNCHED_COUNT]),
        altitude_km=height_km,
        inclination_deg=_inclination_deg(row, height_km),
        raan_deg=math.degrees(row[Field.RAAN_RAD]),
        arg_lat_deg=math.degrees(row[Field.ARG_LAT_RAD]),
        launch_day=int(row[Field.LAUNCH_DAY]),
        service_day=int(row[Field.SERVICE_DAY]),
        load_policy=policy_name(float(row[Field.POLICY])),
        mix=craft.mix,
    )


def _inclination_deg(row: Row, altitude_km: float) -> float:
    """A plane that follows the Sun still does at another altitude; any other stays."""
    now_deg = math.degrees(row[Field.INCLINATION_RAD])
    synchronous_deg = sun_synchronous_inclination_deg(float(row[Field.ALTITUDE_KM]))
    if abs(now_deg - synchronous_deg) > _SYNCHRONOUS_DEG:
        return now_deg
    return now_deg + sun_synchronous_inclination_deg(altitude_km) - synchronous_deg


def _changed(craft: Craft, before: Row, after: Row) -> Row:
    """The batch as worn as it is, with what two new ones differ in; what was used of a part stays a share."""
    row = craft.row.copy()
    for field in np.flatnonzero(before != after):
        row[field] = row[field] * after[field] / before[field] if before[field] else after[field]
    return row


# --- orbit ---------------------------------------------------------------------------------------


def _altitudes(craft: Craft) -> Iterator[Taken]:
    here_km = float(craft.row[Field.ALTITUDE_KM])
    sums = known_budget(craft.design, craft.state.catalogue)
    before = _fresh(craft, craft.design)
    for key, there_km in (("higher", here_km + STEP_KM), ("lower", here_km - STEP_KM)):
        if not LOWEST_KM <= there_km <= HIGHEST_KM:
            continue
        row = _changed(craft, before, _fresh(craft, craft.design, there_km))
        row = _linked(craft.state, craft.design, row, craft.mix)
        dearer = launch_usd_per_kg(craft.state, row) - launch_usd_per_kg(craft.state, craft.row)
        label = f"altitude {figures(here_km)} → {figures(there_km)} km"
        yield Taken(key, label, row, craft.mix, 0.0, sums.wet_mass_kg * dearer)


def build_usd(state: CampaignState, design: Design) -> float:
    """What one satellite of a design would cost today, were it built here."""
    if not in_force(state):
        return known_budget(design, state.catalogue).build_usd
    return build_price_usd(design, state.catalogue, state.capital.built.get(design.bus, 0))


def launch_usd_per_kg(state: CampaignState, row: Row) -> float:
    """The least price of a kilogram to the orbit of a batch, in a full flight of a vehicle sold today."""
    tilt_deg = math.degrees(row[Field.INCLINATION_RAD])
    height_km = min(max(float(row[Field.ALTITUDE_KM]), LOWEST_KM), HIGHEST_KM)
    orbit = Inclined(altitude_km=height_km, inclination_deg=tilt_deg)
    sites = state.catalogue.launch_sites
    prices = []
    for vehicle_id, vehicle in state.catalogue.vehicles.items():
        sold = state.scenario.rules.unlock_all or day_of(vehicle.available_from) <= state.day
        if not sold or not any(
            launch_fit.reaches(sites[one], tilt_deg) for one in vehicle.sites if one in sites
        ):
            continue
        lifted_kg = launch_fit.fit(vehicle, 1.0, 1e-6, orbit).payload_kg
        if lifted_kg > 0.0:
            prices.append(launch_price_usd(state, vehicle_id) / lifted_kg)
    return min(prices, default=0.0)


# --- orders --------------------------------------------------------------------------------------


def _policies(craft: Craft) -> Iterator[Taken]:
    now = policy_name(float(craft.row[Field.POLICY]))
    for policy in get_args(LoadPolicy):
        if policy == now:
            continue
        row = craft.row.copy()
        row[Field.POLICY] = float(policy_code(policy))
        order = SetLoadPolicy(select=_only(craft), policy=policy)
        yield Taken(f"policy-{policy}", f"load policy {now} → {policy}", row, craft.mix, order=order)


def _workloads(craft: Craft) -> Iterator[Taken]:
    known = market.workload_ids(craft.state.catalogue)
    for slot, workload in list(enumerate(known))[:MOST_WORKLOADS]:
        if craft.mix[slot] >= 1.0:
            continue
        mix = tuple(float(slot == other) for other in range(len(known)))
        row = craft.row.copy()
        for other, share in enumerate(mix):
            row[Field.MIX_0 + other] = share
        row = _linked(craft.state, craft.design, row, mix)
        row[Field.DEMAND_CAP] = market.demand_cap({workload: 1.0}, craft.state.market.bought_level)
        order = SetWorkload(select=_only(craft), mix={workload: 1.0})
        name = craft.state.catalogue.workloads[workload].name.lower()
        yield Taken(f"workload-{workload}", f"workload → {name}", row, mix, order=order)


def _only(craft: Craft) -> Selection:
    return Selection(batches=(craft.state.batch_id(craft.index),))
