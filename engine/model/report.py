"""Frozen rows of numbers about a campaign: what screens show and `odc run --json` prints."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from engine.outcomes import Fault


@dataclass(frozen=True, slots=True)
class BatchReport:
    """One batch on the last day that passed. Powers and heat are per satellite.

    `binding` is the name of the cap that holds compute down (`hardware`, `energy`, `battery`, `charge-rate`,
    `junction`, `network`, `demand`, or `commissioning`, `blackout`, `ended`, `none`); `caps` is the greatest
    level (0..1) each cap would allow on its own.
    """

    id: str
    design: str
    altitude_km: float
    inclination_deg: float
    raan_deg: float
    beta_deg: float
    eclipse_fraction: float
    period_s: float
    launched_count: int
    alive_count: int
    chip_health: float
    array_power_w: float
    load_power_w: float
    it_power_w: float
    heat_w: float
    compute_level: float
    level_sun: float
    level_shade: float
    caps: dict[str, float]
    binding: str
    soc_min: float
    soc_max: float
    battery_health: float
    array_health: float
    radiator_k_min: float
    radiator_k_max: float
    junction_k_max: float
    trip_k: float
    delivered_pflops: float
    installed_pflops: float
    network_gbps: float
    network_limit_gbps: float
    propellant_kg: float
    station_keeping: bool
    load_policy: str
    mix: dict[str, float]
    status: str
    age_days: int
    service_date: dt.date


@dataclass(frozen=True, slots=True)
class FleetReport:
    """The whole fleet on the last day that passed; powers are totals over all satellites."""

    satellites_launched: int
    satellites_alive: int
    batches: int
    shells: int
    array_power_kw: float
    load_power_kw: float
    it_power_kw: float
    heat_kw: float
    delivered_pflops: float
    installed_pflops: float
    network_gbps: float
    network_limit_gbps: float
    lit_fraction: float
    worst_junction_margin_k: float
    worst_soc_min: float
    binding: str
    binding_share: float


@dataclass(frozen=True, slots=True)
class LaunchQuote:
    """What a launch order would mean: fit, price, odds and the go/no-go list.

    `payload_kg` is what the vehicle lifts to that orbit; `fit_count` how many satellites fit by mass, volume and slots.
    `earliest` is None when the vehicle has no date. Money is for one flight.
    """

    vehicle: str
    site: str
    inclination_deg: float
    payload_kg: float
    adapter_kg: float
    satellites_kg: float
    volume_m3: float
    volume_limit_m3: float
    slots: int
    fit_count: int
    fit_limit: str
    success_odds: float
    flights_flown: int
    launch_usd: float
    build_usd: float
    series_usd: float
    usd_per_kg: float
    delta_v_m_s: float
    lit_fraction: float
    lifetime_years: float
    earliest: dt.date | None
    service_date: dt.date | None
    faults: tuple[Fault, ...]

    @property
    def go(self) -> bool:
        """Whether nothing on the list stops the launch."""
        return all(fault.severity != "stop" for fault in self.faults)
