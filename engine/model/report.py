"""Frozen rows of numbers about a campaign: what screens show and `odc run --json` prints."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from engine.outcomes import Fault

if TYPE_CHECKING:
    from engine.orders import Launch, Order


@dataclass(frozen=True, slots=True)
class BatchReport:
    """One batch on the last day that passed. Powers and heat are per satellite.

    `binding` is the name of the cap that holds compute down (`hardware`, `energy`, `battery`, `charge-rate`,
    `junction`, `memory`, `network`, `demand`, or `commissioning`, `blackout`, `ended`, `none`); `caps` is the
    greatest level (0..1) each cap would allow on its own. Delivered compute is what runs, times
    `goodput`, `interconnect` (share of time computed rather than waited for neighbours) and `served_fraction`
    (of the results in time).

    Attributes:
        radiating_share: of the radiator that still has coolant.
        goodput: share of the compute at work that became results.
        dose_krad: taken by the chips so far; near `dose_limit_krad` they wear out.
        silent_errors_per_day: wrong results that nobody notices, of one satellite, without storms.
        interrupts_per_day: memory errors and stops of one satellite, without storms.
        avoidance_per_year: manoeuvres of one satellite to steer clear of others.
        derelict_count: failed satellites still in orbit, by expectation.
        dead_years: time in which a satellite that died today would come down, at moderate activity.
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
    goodput: float
    interconnect: float
    served_fraction: float
    memory_k_max: float
    memory_limit_k: float
    radiating_share: float
    loops_lost: int
    delivered_pflops: float
    installed_pflops: float
    network_gbps: float
    network_limit_gbps: float
    dose_krad: float
    dose_limit_krad: float
    silent_errors_per_day: float
    interrupts_per_day: float
    avoidance_per_year: float
    derelict_count: float
    dead_years: float
    propellant_kg: float
    station_keeping: bool
    load_policy: str
    mix: dict[str, float]
    status: str
    age_days: int
    service_date: dt.date


@dataclass(frozen=True, slots=True)
class FleetReport:
    """The whole fleet on the last day that passed; powers are totals over all satellites.

    Attributes:
        avoidance_per_year: manoeuvres to steer clear of others, of all satellites together.
        collisions_unsteered_per_year: collisions within the fleet if nobody steered clear.
        derelict_count: failed satellites still in orbit, by expectation; `derelict_overdue_count` of them
            take longer to come down than the five years that the rule allows.
    """

    satellites_launched: int
    satellites_alive: int
    batches: int
    shells: int
    array_power_kw: float
    load_power_kw: float
    it_power_kw: float
    heat_kw: float
    goodput: float
    delivered_pflops: float
    installed_pflops: float
    network_gbps: float
    network_limit_gbps: float
    avoidance_per_year: float
    collisions_unsteered_per_year: float
    derelict_count: float
    derelict_overdue_count: float
    lit_fraction: float
    worst_junction_margin_k: float
    worst_soc_min: float
    binding: str
    binding_share: float


@dataclass(frozen=True, slots=True)
class WaterfallRow:
    """One step from the compute launched to the compute delivered.

    Attributes:
        name: `installed`, `healthy`, `level`, `goodput`, `interconnect`, `served` or `delivered`.
        value: compute that is left after this step.
        unit: of the value.
        share: what the step leaves of the value before it, 0..1.
        formula: name of the relation, for `explain`; empty for a step that is not modelled.
    """

    name: str
    value: float
    unit: str
    share: float
    formula: str


@dataclass(frozen=True, slots=True)
class LaunchQuote:
    """What a launch order would mean: fit, price, odds and the go/no-go list.

    `payload_kg` is what the vehicle lifts to that orbit; `fit_count` how many satellites fit by mass, volume
    and slots. `earliest` is None when the vehicle has no date. Money is for one flight; `insurance_usd` is
    what its cover costs, 0 without.
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
    insurance_usd: float = 0.0

    @property
    def go(self) -> bool:
        """Whether nothing on the list stops the launch."""
        return all(fault.severity != "stop" for fault in self.faults)


@dataclass(frozen=True, slots=True)
class LaunchOption:
    """One way to get a design into an orbit: an order that can be given as it is, and its quote."""

    order: Launch
    quote: LaunchQuote


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One date of the launch calendar.

    Attributes:
        id: id of the first flight of the date.
        day: announced day; later dates of a series are as planned.
        count: satellites a flight carries.
        flights: how many lift off that day.
    """

    id: str
    day: int
    vehicle: str
    site: str
    design: str
    count: int
    flights: int
    altitude_km: float


@dataclass(frozen=True, slots=True)
class Gauge:
    """One balance of the mission screen, on the last day that passed.

    Attributes:
        value: mean over the orbit.
        worst: at the worst moment of the orbit, worst batch.
        limit: what `worst` must not pass.
        margin: how far `worst` is on the good side of the limit, in the unit; negative when past it.
        unit: `W`, `K`, `PFLOP/s` or `Gbit/s`.
    """

    name: Literal["power", "cooling", "compute", "link"]
    value: float
    worst: float
    limit: float
    margin: float
    unit: str

    @property
    def fill(self) -> float:
        """Share of the limit in use, 0..1."""
        return min(max(self.value / self.limit, 0.0), 1.0) if self.limit > 0.0 else 0.0


@dataclass(frozen=True, slots=True)
class Balance:
    """The balances of a batch or of the whole fleet. Powers are totals over the satellites meant.

    Attributes:
        scope: batch id, or `fleet`.
        power: mean load against the sunlit array, all orbit long; the worst is the charge gap in sunlight.
        cooling: temperature of chips, or of memory where it is nearer to its limit, against where throttling
            begins; the worst batch of a fleet.
        compute: delivered against installed.
        link: traffic against what the terminals carry.
        array_w: array power in sunlight.
        load_sun_w: load in sunlight; `load_shade_w` in shade, drawn from the batteries.
        spare_sun_w: array less load in sunlight: what charges the batteries, or is left over.
        heat_w: heat rejected, mean over the orbit.
        soc_min: lowest charge of the orbit, worst batch, 0..1.
        binding: cap that holds most compute down; `binding_share` is the share of installed compute it binds.
        chip_health: share of the installed compute whose chips have not failed.
    """

    scope: str
    power: Gauge
    cooling: Gauge
    compute: Gauge
    link: Gauge
    array_w: float
    load_sun_w: float
    load_shade_w: float
    spare_sun_w: float
    heat_w: float
    radiator_k: float
    soc_min: float
    lit_fraction: float
    satellites: int
    binding: str
    binding_share: float
    chip_health: float = 1.0


@dataclass(frozen=True, slots=True)
class BindingFix:
    """What binds and what to try about it.

    Attributes:
        constraint: name of the cap, as in `BatchReport.binding`.
        sentence: what binds, why, and what to do, for the mission screen.
        order: an order worth previewing, or None if the mend lies in the next design or in waiting.
    """

    constraint: str
    sentence: str
    order: Order | None


@dataclass(frozen=True, slots=True)
class Promises:
    """What the newspapers promised, measured since the first day in service.

    Attributes:
        lit_fraction: share of the time in service that satellites stood in sunlight.
        level: share of installed compute delivered, all satellites and days in service.
        grid_kwh: energy used in orbit that no grid had to supply.
        it_power_w: power into compute on the last day that passed; `gigawatt_share` of one gigawatt.
        usd_per_pflop_day: everything spent over everything delivered; None before anything is.
        service_days: days since the first batch entered service, which says how much these figures mean.
        spent_usd: everything paid so far.
        earned_usd: everything customers have paid so far.
    """

    lit_fraction: float
    level: float
    grid_kwh: float
    it_power_w: float
    gigawatt_share: float
    usd_per_pflop_day: float | None
    service_days: float
    spent_usd: float
    earned_usd: float
