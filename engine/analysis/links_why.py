"""The links of a batch, each figure with the formula and the inputs that give it again."""

from __future__ import annotations

from collections.abc import Iterator

from engine.analysis.flown_day import FlownDay
from engine.analysis.why import Figure, counted, given, worked
from engine.formulas.link import HOP_MS, downlink_traffic_gbps
from engine.kernels.layout import Field, Spread
from engine.model.link_report import LinksReport, WorkloadLinks

__all__ = ["link_figures"]

_DAY = "of the last day"
_DESIGN = "accelerators of the design"
_CATALOGUE = "catalogue"
DAY_MIN = 1440.0


def link_figures(day: FlownDay, links: LinksReport) -> Iterator[Figure]:
    """Everything about the links of a batch: down, across, in time.

    Args:
        day: the last day of the batch.
        links: its links as they are today.
    """
    main = max(links.workloads, key=lambda row: row.share)
    yield from _down(day, links)
    yield from _across(day, links, main)
    yield from _in_time(day, links, main)


def _down(day: FlownDay, links: LinksReport) -> Iterator[Figure]:
    bits = links.downlink_needed_gbps / (1.0e6 * day.craft.peak_pflops)
    weight = given(bits, "the workload mix, catalogue")
    full = worked(
        "traffic-full",
        "Results, full, each",
        "downlink_traffic",
        pflops=given(day.craft.peak_pflops, _DESIGN),
        bits_per_flop=weight,
    )
    yield worked(
        "network-level",
        "Network level",
        "network_level",
        day[Field.NETWORK_CAP],
        downlink_gbps=given(day[Field.DOWNLINK_GBPS], "terminals × share of the day in contact", "downlink"),
        traffic_gbps=given(full.value, "at full compute", "traffic-full"),
    )
    yield counted(
        "downlink",
        "Downlink, each",
        "Gbit/s",
        day[Field.DOWNLINK_GBPS],
        "Rate of each downlink times the share of the day it meets a site of its kind, clouds taken off.",
    )
    yield full
    yield worked(
        "traffic",
        "Results sent down",
        "downlink_traffic",
        downlink_traffic_gbps(day[Field.DELIVERED_PFLOPS], bits),
        pflops=given(day[Field.DELIVERED_PFLOPS], _DAY, "delivered"),
        bits_per_flop=weight,
    )
    for site_id, minutes in links.site_minutes:
        site = day.catalogue.ground_sites[site_id]
        yield worked(
            f"contact-{site_id}",
            f"Contact, {site.name}",
            "contact_time",
            note="Orbits within 5 km and half a degree share this figure." if minutes else "",
            altitude_km=given(day.altitude_km, _DAY, "altitude"),
            inclination_deg=given(day.inclination_deg, "its plane keeps it"),
            site_lat_deg=given(site.lat_deg.nominal, _CATALOGUE),
            elevation_deg=given(site.least_elevation_deg.nominal, _CATALOGUE),
        )


def _across(day: FlownDay, links: LinksReport, main: WorkloadLinks) -> Iterator[Figure]:
    alive = max(day[Field.ALIVE_COUNT], 1.0)
    name = day.catalogue.workloads[main.workload].name.lower()
    needed = worked(
        "exchange-needed",
        "Exchange, full, each",
        "exchange_traffic",
        pflops=given(day.craft.peak_pflops, _DESIGN),
        exchange_bits_per_flop=given(
            day.catalogue.workloads[main.workload].exchange_bits_per_flop.nominal, _CATALOGUE
        ),
        members=given(alive, "alive today"),
    )
    yield worked(
        "interconnect",
        "In step",
        "interconnect_efficiency",
        main.interconnect,
        note=f"Share of time not spent waiting for neighbours, at {name}: most of the mix.",
        link_gbps=given(links.exchange_gbps, "all crosslinks of a satellite, or by way of the ground"),
        exchange_gbps=given(needed.value, "at full compute", "exchange-needed"),
    )
    yield needed
    if day[Field.SPREAD] == float(Spread.CLUSTER):
        gap = worked(
            "gap",
            "Next satellite",
            "formation_gap",
            spacing_m=given(day[Field.SPACING_M], "the launch order"),
            launched=given(day[Field.LAUNCHED_COUNT], "the launch order"),
            alive=given(alive, "alive today"),
        )
    else:
        gap = worked(
            "gap",
            "Next satellite",
            "ring_gap",
            altitude_km=given(day.altitude_km, _DAY, "altitude"),
            members=given(alive, "alive today"),
        )
    yield gap


def _in_time(day: FlownDay, links: LinksReport, main: WorkloadLinks) -> Iterator[Figure]:
    name = day.catalogue.workloads[main.workload].name.lower()
    latency = worked(
        "latency",
        "Latency",
        "path_latency",
        path_km=given(links.path_km, "to the nearest site, mean of the orbit"),
        hops=given(links.hops, "satellites on the way"),
        hop_ms=given(HOP_MS, "as usual"),
    )
    timely = worked(
        "timely",
        "Timely, no relay",
        "timely_share",
        contact_share=given(links.contact_min_day / DAY_MIN, "share of the day in contact"),
        passes=given(links.passes_per_day, "over all sites"),
        path_ms=given(latency.value, "on the way", "latency"),
        patience_s=given(main.patience_s, _CATALOGUE),
    )
    relay = links.relay_share if 0.001 * links.latency_ms <= main.patience_s else 0.0
    yield worked(
        "served",
        "Results in time",
        "served_fraction",
        main.served,
        note=f"For {name}, most of the mix.",
        relay_share=given(relay, "crosslinks that find a partner"),
        timely=given(timely.value, "without a relay", "timely"),
    )
    yield timely
    yield latency
