"""A campaign as numbers to show: rows of batches, the fleet as one, and the object of `odc run --json`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.batch_numbers import (
    BINDING_NAMES,
    Floats,
    downlink_gbps,
    heat_margin_k,
    mean_load_w,
    report_columns,
    shade_fraction,
    traffic_gbps,
)
from engine.events import Event
from engine.fingerprint import digest
from engine.formulas.disposal import DISPOSAL_YEARS
from engine.kernels.layout import Binding, Field, Status
from engine.model.report import BatchReport, FleetReport
from engine.rules import traffic
from engine.rules.chip_power import chip_power_w
from engine.rules.fleet_links import reports_of
from engine.rules.money import turnover_cents
from engine.rules.objectives import objectives, score
from engine.rules.rivals import race_standing
from engine.state import CENTS, CampaignState

FORMAT = 1
"""Version of the JSON object's keys."""

SHELL_KM = 50.0
SHELL_DEG = 1.0
_MANY_TILTS = 1000.0


def batch_reports(state: CampaignState) -> tuple[BatchReport, ...]:
    """One row a batch, in fleet order; 16,000 take a fraction of a second."""
    if not state.fleet.count:
        return ()
    columns = report_columns(state)
    return tuple(BatchReport(*row) for row in zip(*columns.values(), strict=True))


def fleet_report(state: CampaignState) -> FleetReport:
    """The whole fleet on the last day that passed, as totals and worst cases."""
    column = state.fleet.column
    alive = column(Field.ALIVE_COUNT)
    installed = column(Field.PEAK_PFLOPS) * alive
    working = (column(Field.STATUS) == Status.SERVICE) & (alive > 0)
    ran = working & (column(Field.JUNCTION_MAX_K) > 0.0)
    binding, share = binding_of(state)
    lit_weight = float(np.sum(alive, where=working))
    return FleetReport(
        satellites_launched=int(column(Field.LAUNCHED_COUNT).sum()),
        satellites_alive=int(alive.sum()),
        batches=state.fleet.count,
        shells=_shells(state),
        array_power_kw=_total_kw(column(Field.ARRAY_POWER_W), alive),
        load_power_kw=_total_kw(mean_load_w(state), alive),
        it_power_kw=_total_kw(chip_power_w(state), alive),
        heat_kw=_total_kw(column(Field.HEAT_W), alive),
        goodput=_fleet_goodput(state, working),
        delivered_pflops=float(column(Field.DELIVERED_PFLOPS).sum()),
        installed_pflops=float(installed.sum()),
        network_gbps=float(traffic_gbps(state).sum()),
        network_limit_gbps=float(downlink_gbps(state).sum()),
        **_traffic(state),
        lit_fraction=float(np.sum((1.0 - shade_fraction(state)) * alive, where=working) / lit_weight)
        if lit_weight
        else 0.0,
        worst_junction_margin_k=float(np.min(heat_margin_k(state), where=ran, initial=np.inf))
        if ran.any()
        else 0.0,
        worst_soc_min=float(np.min(column(Field.SOC_MIN), where=ran, initial=1.0)),
        binding=binding,
        binding_share=share,
    )


def _fleet_goodput(state: CampaignState, working: NDArray[np.bool_]) -> float:
    """Goodput over the fleet, by compute; 0 while nothing works."""
    good, delivered = state.fleet.column(Field.GOODPUT), state.fleet.column(Field.DELIVERED_PFLOPS)
    counted = working & (good > 0.0)
    at_work = float(np.sum(delivered[counted] / good[counted]))
    return float(delivered[counted].sum()) / at_work if at_work > 0.0 else 0.0


def _traffic(state: CampaignState) -> dict[str, float]:
    """Manoeuvres, collisions and derelicts, by the names of `FleetReport`."""
    derelict = traffic.derelict_counts(state)
    late = state.fleet.column(Field.DEAD_YEARS) > DISPOSAL_YEARS
    alive = state.fleet.column(Field.ALIVE_COUNT)
    return {
        "avoidance_per_year": float(np.sum(traffic.manoeuvres_per_year(state) * alive)),
        "collisions_unsteered_per_year": traffic.collisions_per_year(state),
        "derelict_count": float(derelict.sum()),
        "derelict_overdue_count": float(derelict[late].sum()),
    }


def _total_kw(each_w: Floats, alive: Floats) -> float:
    return float(np.sum(each_w * alive)) / 1000.0


def binding_of(state: CampaignState) -> tuple[str, float]:
    """The cap that holds most installed compute down, and the share of installed compute it binds."""
    weight = state.fleet.column(Field.PEAK_PFLOPS) * state.fleet.column(Field.ALIVE_COUNT)
    if not weight.sum() > 0.0:
        return BINDING_NAMES[Binding.NONE], 0.0
    codes = state.fleet.column(Field.BINDING).astype(np.int64)
    sums = np.bincount(codes, weights=weight, minlength=len(BINDING_NAMES))
    most = int(np.argmax(sums))
    return BINDING_NAMES[most], float(sums[most] / weight.sum())


def _shells(state: CampaignState) -> int:
    """Distinct shells with living satellites: 50 km of altitude by one degree of inclination."""
    living = state.fleet.column(Field.ALIVE_COUNT) > 0
    heights = np.round(state.fleet.column(Field.ALTITUDE_KM)[living] / SHELL_KM)
    tilts = np.round(np.degrees(state.fleet.column(Field.INCLINATION_RAD)[living]) / SHELL_DEG)
    return len(np.unique(_MANY_TILTS * heights + tilts))


def report(state: CampaignState, events: Iterable[Event] = ()) -> dict[str, Any]:
    """The JSON object of `odc run --json`: plain dicts, lists, numbers and strings.

    Args:
        state: the campaign.
        events: what happened on the way, to be told with it.
    """
    return {
        "format": FORMAT,
        "date": state.date.isoformat(),
        "digest": digest(state),
        "cash_usd": state.cash_usd,
        "fleet": fleet_rows(state),
        "totals": totals(state),
        "objectives": objective_rows(state),
        "score": score(state),
        "batches": batch_rows(state),
        "race": [asdict(row) for row in race_standing(state)] if state.rivals else [],
        "events": [event_row(event) for event in events],
    }


def objective_rows(state: CampaignState) -> list[dict[str, Any]]:
    """What the scenario asks for and how far each of it has come, as plain dicts."""
    return [
        {
            **asdict(one),
            "by": None if one.by is None else one.by.isoformat(),
            "met_on": None if one.met_on is None else one.met_on.isoformat(),
        }
        for one in objectives(state)
    ]


def fleet_rows(state: CampaignState) -> dict[str, Any]:
    """The fleet as a plain dict with the keys of `FleetReport`."""
    fleet = fleet_report(state)
    return {name: getattr(fleet, name) for name in FleetReport.__slots__}


def totals(state: CampaignState) -> dict[str, float]:
    """What has added up since the first day."""

    def whole(field: Field) -> float:
        return float(state.fleet.column(field).sum())

    sums = state.totals
    return {
        "energy_generated_kwh": whole(Field.TOTAL_GENERATED_KWH),
        "energy_used_kwh": whole(Field.TOTAL_USED_KWH),
        "energy_lost_kwh": whole(Field.TOTAL_LOST_KWH),
        "energy_curtailed_kwh": whole(Field.TOTAL_CURTAILED_KWH),
        "energy_stored_kwh": whole(Field.TOTAL_STORED_KWH),
        "delivered_pflop_days": whole(Field.TOTAL_PFLOP_DAYS),
        "sold_pflop_days": sums.sold_pflop_days,
        "flights": sums.flights,
        "flights_failed": sums.flights_failed,
        "satellites_lost_at_launch": sums.satellites_lost_at_launch,
        "lifted_kg": sums.lifted_kg,
        "revenue_usd": turnover_cents(state)[0] / CENTS,
        "spent_usd": turnover_cents(state)[1] / CENTS,
    }


_JSON_KEYS = (
    "id", "design", "altitude_km", "inclination_deg", "raan_deg", "beta_deg", "eclipse_fraction",
    "launched_count", "alive_count", "array_power_w", "load_power_w", "it_power_w", "heat_w",
    "compute_level", "binding", "soc_min", "soc_max", "radiator_k_min", "radiator_k_max", "junction_k_max",
    "goodput", "interconnect", "served_fraction", "delivered_pflops", "dose_krad",
    "silent_errors_per_day", "interrupts_per_day", "avoidance_per_year", "derelict_count", "dead_years",
    "status",
)  # fmt: skip

LINK_KEYS = (
    "contact_min_day", "downlink_gbps", "downlink_needed_gbps", "spacing_km", "crosslink_gbps",
    "exchange_gbps", "exchange_needed_gbps", "hops", "latency_ms",
)  # fmt: skip
"""What a row of a batch tells of its links, by the names of `LinksReport`; rates are of one satellite."""


def batch_rows(state: CampaignState) -> list[dict[str, Any]]:
    """One plain dict a batch, powers per satellite."""
    if not state.fleet.count:
        return []
    columns = report_columns(state)
    return [
        dict(zip(_JSON_KEYS, row, strict=True)) | {key: getattr(links, key) for key in LINK_KEYS}
        for *row, links in zip(*(columns[key] for key in _JSON_KEYS), reports_of(state), strict=True)
    ]


def event_row(event: Event) -> dict[str, str]:
    """One event as a plain dict."""
    return {
        "date": event.date.isoformat(),
        "kind": event.kind.value,
        "severity": event.severity.value,
        "text": event.text,
        "subject": event.subject,
    }
