"""What the fleet's array says of each batch, as columns in the units and words of reports."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.events import date_of
from engine.formulas.link import downlink_traffic_gbps
from engine.kernels.layout import Binding, Field, Status
from engine.rules import traffic
from engine.rules.chip_power import chip_power_w
from engine.rules.market import workload_ids
from engine.simulate.lower import policy_name
from engine.state import CampaignState

Floats = NDArray[np.float64]

CAPS = {
    "hardware": Field.CAP_HARDWARE,
    "energy": Field.CAP_ENERGY,
    "battery": Field.CAP_BATTERY,
    "charge-rate": Field.CAP_CHARGE_RATE,
    "junction": Field.CAP_JUNCTION,
    "memory": Field.CAP_MEMORY,
    "network": Field.NETWORK_CAP,
    "demand": Field.DEMAND_CAP,
}
"""Name of each cap and the field that holds the greatest level it allows."""

BINDING_NAMES = tuple(code.name.lower().replace("_", "-") for code in Binding)
"""Name of each cap by its code."""

STATUS_NAMES = tuple(code.name.lower() for code in Status)


def mean_level(state: CampaignState) -> Floats:
    """Share of installed compute at work, mean over the orbit, one a batch."""
    shade = state.fleet.column(Field.ECLIPSE_FRACTION)
    sun, dark = state.fleet.column(Field.LEVEL_SUN), state.fleet.column(Field.LEVEL_SHADE)
    return np.asarray(sun * (1.0 - shade) + dark * shade)


def heat_margin_k(state: CampaignState) -> Floats:
    """How far chips and memory stay below where they slow down, the nearer of the two, one a batch."""
    column = state.fleet.column
    chips = column(Field.TRIP_K) - column(Field.JUNCTION_MAX_K)
    return np.asarray(np.minimum(chips, column(Field.MEMORY_LIMIT_K) - column(Field.MEMORY_MAX_K)))


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
    return np.asarray(state.fleet.column(Field.DOWNLINK_GBPS) * state.fleet.column(Field.ALIVE_COUNT))


def shade_fraction(state: CampaignState) -> Floats:
    """Share of the orbit in shadow on the last day, one a batch; 0 before the first day in orbit."""
    return np.maximum(state.fleet.column(Field.ECLIPSE_FRACTION), 0.0)


def mean_load_w(state: CampaignState) -> Floats:
    """Load of one satellite at the array's side, mean over the orbit, one a batch."""
    shade = shade_fraction(state)
    sun, dark = state.fleet.column(Field.LOAD_SUN_W), state.fleet.column(Field.LOAD_SHADE_W)
    return np.asarray(sun * (1.0 - shade) + dark * shade)


def report_columns(state: CampaignState) -> dict[str, list[Any]]:
    """Every field of `BatchReport` as one list over the batches, in the order of its fields."""
    return _orbit_columns(state) | _balance_columns(state) | _health_columns(state)


def _plain(state: CampaignState, field: Field) -> list[float]:
    return list(state.fleet.column(field).tolist())


def _whole(state: CampaignState, field: Field) -> list[int]:
    return list(state.fleet.column(field).astype(np.int64).tolist())


def _orbit_columns(state: CampaignState) -> dict[str, list[Any]]:
    column = state.fleet.column
    designs = tuple(state.designs)
    return {
        "id": state.names.ids(),
        "design": [designs[number] for number in state.names.design.tolist()],
        "altitude_km": _plain(state, Field.ALTITUDE_KM),
        "inclination_deg": np.degrees(column(Field.INCLINATION_RAD)).tolist(),
        "raan_deg": np.degrees(column(Field.RAAN_RAD)).tolist(),
        "beta_deg": np.degrees(np.arcsin(np.clip(column(Field.SIN_BETA), -1.0, 1.0))).tolist(),
        "eclipse_fraction": shade_fraction(state).tolist(),
        "period_s": _plain(state, Field.PERIOD_S),
        "launched_count": _whole(state, Field.LAUNCHED_COUNT),
        "alive_count": _whole(state, Field.ALIVE_COUNT),
        "chip_health": _plain(state, Field.CHIP_HEALTH),
    }


def _balance_columns(state: CampaignState) -> dict[str, list[Any]]:
    column = state.fleet.column
    level = mean_level(state)
    return {
        "array_power_w": _plain(state, Field.ARRAY_POWER_W),
        "load_power_w": mean_load_w(state).tolist(),
        "it_power_w": chip_power_w(state).tolist(),
        "heat_w": _plain(state, Field.HEAT_W),
        "compute_level": level.tolist(),
        "level_sun": _plain(state, Field.LEVEL_SUN),
        "level_shade": _plain(state, Field.LEVEL_SHADE),
        "caps": _dicts(tuple(CAPS), [np.minimum(column(field), 1.0).tolist() for field in CAPS.values()]),
        "binding": [BINDING_NAMES[code] for code in _whole(state, Field.BINDING)],
        "soc_min": _plain(state, Field.SOC_MIN),
        "soc_max": _plain(state, Field.SOC_MAX),
    }


def _health_columns(state: CampaignState) -> dict[str, list[Any]]:
    column = state.fleet.column
    return {
        "battery_health": _plain(state, Field.BATTERY_HEALTH),
        "array_health": _plain(state, Field.ARRAY_HEALTH),
        "radiator_k_min": _plain(state, Field.RADIATOR_MIN_K),
        "radiator_k_max": _plain(state, Field.RADIATOR_MAX_K),
        "junction_k_max": _plain(state, Field.JUNCTION_MAX_K),
        "trip_k": _plain(state, Field.TRIP_K),
        "goodput": _plain(state, Field.GOODPUT),
        "interconnect": _plain(state, Field.INTERCONNECT),
        "served_fraction": _plain(state, Field.SERVED_FRACTION),
        "memory_k_max": _plain(state, Field.MEMORY_MAX_K),
        "memory_limit_k": _plain(state, Field.MEMORY_LIMIT_K),
        "radiating_share": _plain(state, Field.RADIATING_SHARE),
        "loops_lost": _whole(state, Field.LOOPS_LOST),
        "delivered_pflops": _plain(state, Field.DELIVERED_PFLOPS),
        "installed_pflops": (column(Field.PEAK_PFLOPS) * column(Field.ALIVE_COUNT)).tolist(),
        "network_gbps": traffic_gbps(state).tolist(),
        "network_limit_gbps": downlink_gbps(state).tolist(),
        **_surroundings(state),
        "propellant_kg": _plain(state, Field.PROPELLANT_KG),
        "station_keeping": (column(Field.KEEPING) > 0.0).tolist(),
        "load_policy": [policy_name(code) for code in _plain(state, Field.POLICY)],
        "mix": _mixes(state),
        "status": [STATUS_NAMES[code] for code in _whole(state, Field.STATUS)],
        "age_days": (state.day - column(Field.LAUNCH_DAY)).astype(np.int64).tolist(),
        "service_date": [date_of(day) for day in _whole(state, Field.SERVICE_DAY)],
    }


def _surroundings(state: CampaignState) -> dict[str, list[float]]:
    """Dose, errors, traffic and derelicts of each batch; errors are those of one satellite."""
    catalogue, column = state.catalogue, state.fleet.column
    chips = [catalogue.accelerators[design.accelerator] for design in state.designs.values()]
    aboard = per_design(state, (d.accelerator_count for d in state.designs.values()))
    aboard = aboard * per_design(state, (chip.chips for chip in chips)) * column(Field.CHIP_HEALTH)
    limit_krad = per_design(state, (chip.dose_limit_krad.nominal for chip in chips))
    found = traffic.exposures(state)
    silent = np.array([one.silent_per_day for one in found])
    stops = np.array([one.memory_per_day + one.stops_per_day for one in found])
    return {
        "dose_krad": (column(Field.DOSE_SHARE) * limit_krad).tolist(),
        "dose_limit_krad": limit_krad.tolist(),
        "silent_errors_per_day": (silent * aboard).tolist(),
        "interrupts_per_day": (stops * aboard).tolist(),
        "avoidance_per_year": traffic.manoeuvres_per_year(state).tolist(),
        "derelict_count": traffic.derelict_counts(state).tolist(),
        "dead_years": _plain(state, Field.DEAD_YEARS),
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
