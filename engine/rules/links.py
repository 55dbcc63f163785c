"""What the links of a batch make of its compute: lockstep between neighbours, results in time, level.

A batch is worked out from a `Case`, the few numbers that links depend on. Batches that share them share the
answer, so that a fleet of tens of thousands costs little more than its distinct cases.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from engine.formulas.contact import served_fraction, timely_share
from engine.formulas.link import (
    crosslink_rate_gbps,
    downlink_traffic_gbps,
    exchange_traffic_gbps,
    formation_gap_km,
    interconnect_efficiency,
    network_level,
    path_latency_ms,
    ring_gap_km,
)
from engine.formulas.orbit import line_of_sight_range_km, orbit_period_s
from engine.model.catalogue import Catalogue, Link, Workload
from engine.model.design import Design
from engine.model.link_report import LinksReport, WorkloadLinks
from engine.model.same import Same
from engine.orders import Launch
from engine.rules.budgets import known_budget
from engine.rules.contact import DAY_MIN, NO_CONTACT, Contact, contact
from engine.rules.market import workload_ids
from engine.units import DAY_S

GRAZING_KM = 80.0
"""A beam between satellites passes no lower: below it, air bends and scatters it."""


class Figures(NamedTuple):
    """What links decide about a batch, by the names `batch_row` takes them."""

    network_cap: float
    downlink_gbps: float
    interconnect: float
    served_fraction: float


@dataclass(frozen=True, slots=True)
class Case:
    """What the links of a batch depend on. Make one with `case_of`, which rounds the orbit.

    Attributes:
        spacing_m: between neighbours of a formation as launched; not read for a ring.
        mix: share of each workload, in the order of the catalogue.
    """

    altitude_km: float
    inclination_deg: float
    cluster: bool
    spacing_m: float
    launched: float
    alive: float
    mix: tuple[float, ...]


def case_of(order: Launch, altitude_km: float, inclination_deg: float, mix: tuple[float, ...]) -> Case:
    """The case of a batch on the day it arrives: all alive, its orbit rounded as that of the fleet is."""
    count = float(order.count)
    return Case(
        float(round(altitude_km)),
        round(10.0 * inclination_deg) / 10.0,
        order.spread == "cluster",
        order.spacing_m,
        count,
        count,
        mix,
    )


@dataclass(frozen=True, slots=True)
class Terminals:
    """The crosslinks of a design as one: the best kind aboard, and how many of it."""

    gbps: float
    rated_range_km: float
    count: int
    contact_share: float
    relay_share: float


@dataclass(frozen=True, slots=True)
class Ground:
    """The downlinks of a satellite in its orbit."""

    gbps: float
    contact: Contact
    minutes: float
    passes: float
    everywhere: bool


@dataclass(frozen=True, slots=True)
class Way:
    """How a result reaches the ground: over so many satellites, so far, in so much time, how surely."""

    hops: int
    path_km: float
    latency_ms: float
    relay_share: float


# --- what a design carries -----------------------------------------------------------------------


@lru_cache(maxsize=512)
def _terminals(design: Design, same: Same[Catalogue]) -> Terminals:
    fits = [(same.thing.links[fit.link], fit.count) for fit in design.links]
    across = [(link, count) for link, count in fits if link.kind == "optical-crosslink"]
    if not across:
        return Terminals(0.0, 0.0, 0, 0.0, 0.0)
    missed = 1.0
    for link, count in across:
        if link.relay:
            missed *= (1.0 - link.contact_fraction.nominal) ** count
    best, count = max(across, key=lambda fit: fit[0].rate_gbps.nominal)
    reach = best.rated_range_km.nominal if best.rated_range_km else math.inf
    share = best.contact_fraction.nominal
    return Terminals(best.rate_gbps.nominal, reach, count, share, 1.0 - missed)


def _downlinks(design: Design, catalogue: Catalogue) -> Iterator[tuple[Link, int]]:
    for fit in design.links:
        link = catalogue.links[fit.link]
        if link.kind != "optical-crosslink":
            yield link, fit.count


def _ground(design: Design, catalogue: Catalogue, case: Case) -> Ground:
    """Mean rate to the ground and contact of a satellite; kinds of sites are taken to be apart."""
    gbps = minutes = passes = 0.0
    nearest = NO_CONTACT
    everywhere = False
    counted = set()
    for link, count in _downlinks(design, catalogue):
        if link.gateways:
            everywhere = True
            gbps += count * link.rate_gbps.nominal * link.contact_fraction.nominal
            minutes += DAY_MIN * link.contact_fraction.nominal
            passes += DAY_S / orbit_period_s(case.altitude_km)
            continue
        kind = "optical" if link.kind == "optical-downlink" else "radio"
        seen = contact(catalogue, kind, case.altitude_km, case.inclination_deg)
        gbps += count * link.rate_gbps.nominal * seen.share
        if kind not in counted:
            counted.add(kind)
            minutes += seen.minutes
            passes += seen.passes
        if nearest is NO_CONTACT or seen.path_km < nearest.path_km:
            nearest = seen
    return Ground(gbps, nearest, min(minutes, DAY_MIN), passes, everywhere)


# --- between satellites --------------------------------------------------------------------------


def _gap_km(case: Case) -> float:
    """Straight distance to the next living satellite of the batch; 0 if there is none."""
    if case.alive < 2.0:
        return 0.0
    if case.cluster:
        return formation_gap_km(case.spacing_m, case.launched, case.alive)
    return ring_gap_km(case.altitude_km, case.alive)


def _in_sight(case: Case, gap_km: float) -> bool:
    return 0.0 < gap_km <= line_of_sight_range_km(case.altitude_km, GRAZING_KM)


def _exchange_gbps(across: Terminals, one_link_gbps: float, down_gbps: float) -> float:
    """What a satellite can pass on: a ring of neighbours takes two terminals. Else by way of the ground."""
    return max(0.5 * across.count * across.contact_share * one_link_gbps, down_gbps)


def _way(case: Case, across: Terminals, ground: Ground, gap_km: float) -> Way:
    """From the satellite over neighbours or relay shells to the nearest site."""
    sight_km = line_of_sight_range_km(case.altitude_km, GRAZING_KM)
    own = not case.cluster and across.count > 0 and _in_sight(case, gap_km)
    ring = 1.0 - (1.0 - across.contact_share) ** across.count if own else 0.0
    ring *= 1.0 - (1.0 - ground.minutes / DAY_MIN) ** case.alive
    share = max(ring, across.relay_share)
    slant_km = ground.contact.slant_km or 2.0 * case.altitude_km
    if share <= 0.0:
        return Way(0, slant_km, path_latency_ms(slant_km, 0.0), 0.0)
    hop_km = gap_km if own else min(across.rated_range_km, sight_km)
    along_km = 0.0 if ground.everywhere else ground.contact.path_km
    hops = math.ceil(along_km / hop_km)
    path_km = along_km + slant_km
    return Way(hops, path_km, path_latency_ms(path_km, hops), share)


# --- the whole -----------------------------------------------------------------------------------


def links_of(design: Design, catalogue: Catalogue, case: Case) -> LinksReport:
    """Everything about the links of a batch.

    Args:
        design: of its satellites.
        catalogue: what the design's references mean.
        case: what links depend on.
    """
    across = _terminals(design, Same(catalogue))
    ground = _ground(design, catalogue, case)
    gap_km = _gap_km(case)
    seen = across.count > 0 and _in_sight(case, gap_km)
    one_gbps = crosslink_rate_gbps(across.gbps, across.rated_range_km, gap_km) if seen else 0.0
    exchange_gbps = _exchange_gbps(across, one_gbps, ground.gbps)
    way = _way(case, across, ground, gap_km)
    pflops = known_budget(design, catalogue).peak_pflops
    rows = tuple(
        _workload(catalogue.workloads[one], share, pflops, case, exchange_gbps, ground, way)
        for one, share in zip(workload_ids(catalogue), case.mix, strict=True)
    )
    needed_gbps = sum(row.share * row.downlink_needed_gbps for row in rows)
    return LinksReport(
        contact_min_day=ground.minutes,
        passes_per_day=ground.passes,
        site_minutes=ground.contact.sites,
        downlink_gbps=ground.gbps,
        downlink_needed_gbps=needed_gbps,
        network_level=network_level(ground.gbps, needed_gbps),
        spacing_km=gap_km,
        crosslink_gbps=one_gbps,
        exchange_gbps=exchange_gbps,
        exchange_needed_gbps=sum(row.share * row.exchange_needed_gbps for row in rows),
        hops=way.hops,
        path_km=way.path_km,
        latency_ms=way.latency_ms,
        relay_share=way.relay_share,
        wait_s=_wait_s(ground),
        interconnect=1.0 - sum(row.share * (1.0 - row.interconnect) for row in rows),
        served=1.0 - sum(row.share * (1.0 - row.served) for row in rows),
        workloads=rows,
    )


def _workload(
    workload: Workload,
    share: float,
    pflops: float,
    case: Case,
    exchange_gbps: float,
    ground: Ground,
    way: Way,
) -> WorkloadLinks:
    members = max(case.alive, 1.0)
    needed_gbps = exchange_traffic_gbps(pflops, workload.exchange_bits_per_flop.nominal, members)
    patience_s = workload.patience_s.nominal
    direct = timely_share(ground.minutes / DAY_MIN, ground.passes, way.latency_ms, patience_s)
    relay = way.relay_share if 0.001 * way.latency_ms <= patience_s else 0.0
    return WorkloadLinks(
        workload=workload.id,
        share=share,
        downlink_needed_gbps=downlink_traffic_gbps(pflops, workload.bits_per_flop.nominal),
        exchange_needed_gbps=needed_gbps,
        interconnect=interconnect_efficiency(exchange_gbps, needed_gbps),
        served=served_fraction(relay, direct),
        patience_s=patience_s,
    )


def _wait_s(ground: Ground) -> float | None:
    """Mean wait for a pass: passes evenly apart, results made at all times."""
    if ground.passes <= 0.0:
        return None
    gap_s = (DAY_S - 60.0 * ground.minutes) / ground.passes
    return 0.5 * gap_s * (1.0 - ground.minutes / DAY_MIN)


def figures_of(report: LinksReport) -> Figures:
    """The part of a report that the day step and the market run on."""
    return Figures(report.network_level, report.downlink_gbps, report.interconnect, report.served)
