"""A campaign as numbers to show: rows of batches, the fleet as one, and the object of `odc run --json`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.events import Event, date_of
from engine.fingerprint import digest
from engine.formulas.link import downlink_traffic_gbps
from engine.kernels.layout import Binding, Field, Status
from engine.model.report import BatchReport, FleetReport
from engine.rules.budgets import budget_of
from engine.rules.market import workload_ids
from engine.simulate.lower import policy_name
from engine.state import CENTS, CampaignState

Floats = NDArray[np.float64]

FORMAT = 1
"""Version of the JSON object's keys."""

SHELL_KM = 50.0
SHELL_DEG = 1.0

CAPS = {
    "hardware": Field.CAP_HARDWARE,
    "energy": Field.CAP_ENERGY,
    "battery": Field.CAP_BATTERY,
    "charge-rate": Field.CAP_CHARGE_RATE,
    "junction": Field.CAP_JUNCTION,
    "network": Field.NETWORK_CAP,
    "demand": Field.DEMAND_CAP,
}
"""Name of each cap and the field that holds the greatest level it allows."""

_BINDINGS = tuple(code.name.lower().replace("_", "-") for code in Binding)
_STATUSES = tuple(code.name.lower() for code in Status)


def batch_reports(state: CampaignState) -> tuple[BatchReport, ...]:
    """One row a batch, in fleet order; 16,000 take a fraction of a second."""
    if not state.fleet.count:
        return ()
    columns = _columns(state)
    return tuple(BatchReport(*row) for row in zip(*columns.values(), strict=True))


def mean_level(state: CampaignState) -> Floats:
    """Share of installed compute at work, mean over the orbit, one a batch."""
    shade = state.fleet.column(Field.ECLIPSE_FRACTION)
    sun, dark = state.fleet.column(Field.LEVEL_SUN), state.fleet.column(Field.LEVEL_SHADE)
    return np.asarray(sun * (1.0 - shade) + dark * shade)


def per_design(state: CampaignState, values: Iterable[float]) -> Floats:
    """A value of each design, spread over the batches built to it."""
    return np.array(list(values), np.float64)[state.names.design]


def traffic_gbps(state: CampaignState) -> Floats:
    """Results on their way to the ground, Gbit/s of each batch."""
    bits = np.zeros(state.fleet.count)
    for slot, workload in enumerate(workload_ids(state.catalogue)):
        weight = downlink_traffic_gbps(1.0, state.catalogue.workloads[workload].bits_per_flop.nominal)
        bits += weight * state.fleet.column(Field(Field.MIX_0 + slot))
    return np.asarray(bits * state.fleet.column(Field.DELIVERED_PFLOPS))


def downlink_gbps(state: CampaignState) -> Floats:
    """What the terminals of the living satellites carry to the ground, Gbit/s of each batch."""
    each = per_design(state, (budget_of(state, design).downlink_gbps for design in state.designs))
    return np.asarray(each * state.fleet.column(Field.ALIVE_COUNT))


def shade_fraction(state: CampaignState) -> Floats:
    """Share of the orbit in shadow on the last day, one a batch; 0 before the first day in orbit."""
    return np.maximum(state.fleet.column(Field.ECLIPSE_FRACTION), 0.0)


def mean_load_w(state: CampaignState) -> Floats:
    """Load of one satellite at the array's side, mean over the orbit, one a batch."""
    shade = shade_fraction(state)
    sun, dark = state.fleet.column(Field.LOAD_SUN_W), state.fleet.column(Field.LOAD_SHADE_W)
    return np.asarray(sun * (1.0 - shade) + dark * shade)


def _columns(state: CampaignState) -> dict[str, list[Any]]:
    """Every field of `BatchReport` as one list over the batches, in the order of its fields."""
    column = state.fleet.column

    def plain(field: Field) -> list[float]:
        return list(column(field).tolist())

    def whole(field: Field) -> list[int]:
        return list(column(field).astype(np.int64).tolist())

    level = mean_level(state)
    alive = column(Field.ALIVE_COUNT)
    designs = tuple(state.designs)
    return {
        "id": state.names.ids(),
        "design": [designs[number] for number in state.names.design.tolist()],
        "altitude_km": plain(Field.ALTITUDE_KM),
        "inclination_deg": np.degrees(column(Field.INCLINATION_RAD)).tolist(),
        "raan_deg": np.degrees(column(Field.RAAN_RAD)).tolist(),
        "beta_deg": np.degrees(np.arcsin(np.clip(column(Field.SIN_BETA), -1.0, 1.0))).tolist(),
        "eclipse_fraction": shade_fraction(state).tolist(),
        "period_s": plain(Field.PERIOD_S),
        "launched_count": whole(Field.LAUNCHED_COUNT),
        "alive_count": whole(Field.ALIVE_COUNT),
        "chip_health": plain(Field.CHIP_HEALTH),
        "array_power_w": plain(Field.ARRAY_POWER_W),
        "load_power_w": mean_load_w(state).tolist(),
        "it_power_w": (column(Field.IT_POWER_W) * level).tolist(),
        "heat_w": plain(Field.HEAT_W),
        "compute_level": level.tolist(),
        "level_sun": plain(Field.LEVEL_SUN),
        "level_shade": plain(Field.LEVEL_SHADE),
        "caps": _dicts(tuple(CAPS), [np.minimum(column(field), 1.0).tolist() for field in CAPS.values()]),
        "binding": [_BINDINGS[code] for code in whole(Field.BINDING)],
        "soc_min": plain(Field.SOC_MIN),
        "soc_max": plain(Field.SOC_MAX),
        "battery_health": plain(Field.BATTERY_HEALTH),
        "array_health": plain(Field.ARRAY_HEALTH),
        "radiator_k_min": plain(Field.RADIATOR_MIN_K),
        "radiator_k_max": plain(Field.RADIATOR_MAX_K),
        "junction_k_max": plain(Field.JUNCTION_MAX_K),
        "trip_k": plain(Field.TRIP_K),
        "delivered_pflops": plain(Field.DELIVERED_PFLOPS),
        "installed_pflops": (column(Field.PEAK_PFLOPS) * alive).tolist(),
        "network_gbps": traffic_gbps(state).tolist(),
        "network_limit_gbps": downlink_gbps(state).tolist(),
        "propellant_kg": plain(Field.PROPELLANT_KG),
        "station_keeping": (column(Field.KEEPING) > 0.0).tolist(),
        "load_policy": [policy_name(code) for code in plain(Field.POLICY)],
        "mix": _mixes(state),
        "status": [_STATUSES[code] for code in whole(Field.STATUS)],
        "age_days": (state.day - column(Field.LAUNCH_DAY)).astype(np.int64).tolist(),
        "service_date": [date_of(day) for day in whole(Field.SERVICE_DAY)],
    }


def _dicts(names: tuple[str, ...], columns: list[list[float]]) -> list[dict[str, float]]:
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _mixes(state: CampaignState) -> list[dict[str, float]]:
    """What each batch computes; batches of one mix share one dict."""
    names = workload_ids(state.catalogue)
    shares = np.stack([state.fleet.column(Field(Field.MIX_0 + slot)) for slot in range(len(names))], axis=1)
    distinct, which = np.unique(shares, axis=0, return_inverse=True)
    mixes = [
        {name: share for name, share in zip(names, row, strict=True) if share > 0.0}
        for row in distinct.tolist()
    ]
    return [mixes[number] for number in which.reshape(-1).tolist()]


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
        it_power_kw=_total_kw(column(Field.IT_POWER_W) * mean_level(state), alive),
        heat_kw=_total_kw(column(Field.HEAT_W), alive),
        delivered_pflops=float(column(Field.DELIVERED_PFLOPS).sum()),
        installed_pflops=float(installed.sum()),
        network_gbps=float(traffic_gbps(state).sum()),
        network_limit_gbps=float(downlink_gbps(state).sum()),
        lit_fraction=float(np.sum((1.0 - shade_fraction(state)) * alive, where=working) / lit_weight)
        if lit_weight
        else 0.0,
        worst_junction_margin_k=float(
            np.min(column(Field.TRIP_K) - column(Field.JUNCTION_MAX_K), where=ran, initial=np.inf)
        )
        if ran.any()
        else 0.0,
        worst_soc_min=float(np.min(column(Field.SOC_MIN), where=ran, initial=1.0)),
        binding=binding,
        binding_share=share,
    )


def _total_kw(each_w: Floats, alive: Floats) -> float:
    return float(np.sum(each_w * alive)) / 1000.0


def binding_of(state: CampaignState) -> tuple[str, float]:
    """The cap that holds most installed compute down, and the share of installed compute it binds."""
    weight = state.fleet.column(Field.PEAK_PFLOPS) * state.fleet.column(Field.ALIVE_COUNT)
    if not weight.sum() > 0.0:
        return _BINDINGS[Binding.NONE], 0.0
    codes = state.fleet.column(Field.BINDING).astype(np.int64)
    sums = np.bincount(codes, weights=weight, minlength=len(_BINDINGS))
    most = int(np.argmax(sums))
    return _BINDINGS[most], float(sums[most] / weight.sum())


def _shells(state: CampaignState) -> int:
    """Distinct shells with living satellites: 50 km of altitude by one degree of inclination."""
    living = state.fleet.column(Field.ALIVE_COUNT) > 0
    heights = np.round(state.fleet.column(Field.ALTITUDE_KM)[living] / SHELL_KM)
    tilts = np.round(np.degrees(state.fleet.column(Field.INCLINATION_RAD)[living]) / SHELL_DEG)
    return len(np.unique(np.stack([heights, tilts]), axis=1).T) if living.any() else 0


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
        "batches": batch_rows(state),
        "events": [event_row(event) for event in events],
    }


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
        "revenue_usd": _booked_usd(state, positive=True),
        "spent_usd": _booked_usd(state, positive=False),
    }


def _booked_usd(state: CampaignState, *, positive: bool) -> float:
    lines = (line.amount_cents for line in state.ledger if (line.amount_cents > 0) == positive)
    return abs(sum(lines)) / CENTS


_JSON_KEYS = (
    "id", "design", "altitude_km", "inclination_deg", "raan_deg", "beta_deg", "eclipse_fraction",
    "launched_count", "alive_count", "array_power_w", "load_power_w", "it_power_w", "heat_w",
    "compute_level", "binding", "soc_min", "soc_max", "radiator_k_min", "radiator_k_max", "junction_k_max",
    "delivered_pflops", "status",
)  # fmt: skip


def batch_rows(state: CampaignState) -> list[dict[str, Any]]:
    """One plain dict a batch, powers per satellite."""
    if not state.fleet.count:
        return []
    columns = _columns(state)
    return [
        dict(zip(_JSON_KEYS, row, strict=True))
        for row in zip(*(columns[key] for key in _JSON_KEYS), strict=True)
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
