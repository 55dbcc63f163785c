"""The catalogue: every part, vehicle, site and market a design or a launch can refer to, each number sourced.

The unit of a field is in its name; `tests/engine/test_catalogue.py` holds each `Quantity.unit` against it.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field

from engine.model.base import CleanName, Count, Frozen, Real, Slug
from engine.model.company import Company
from engine.model.design import Design
from engine.model.happening import Happening
from engine.model.quantity import Provenance, Quantity


class Source(Frozen):
    """A publication that figures come from."""

    id: Slug
    title: str
    publisher: str
    date: str
    where: str = ""


class Entry(Frozen):
    """What every catalogue entry has: an id to refer to, a name to show, a sentence to learn from."""

    id: Slug
    name: CleanName
    summary: str


class Vehicle(Entry):
    """A launch vehicle as the operator flies it to a reference orbit.

    `upper_dry_kg` and `upper_isp_s` shape the payload curve (rocket equation over the upper stage);
    `successes` and `failures` are the flight record that the odds start from. It flies from `available_from`
    until the day before `retired_from`, if it has one. With `industry_learning` its price follows what the
    whole industry has lifted.
    """

    operator: str
    payload_ref_kg: Quantity
    ref_altitude_km: Quantity
    ref_inclination_deg: Quantity
    upper_dry_kg: Quantity
    upper_isp_s: Quantity
    fairing_volume_m3: Quantity
    fairing_diameter_m: Quantity
    max_satellites: Count = Field(ge=1)
    adapter_fraction: Quantity
    price_usd: Quantity
    flights_per_year: Quantity
    successes: Count = Field(ge=0)
    failures: Count = Field(ge=0)
    record: Provenance
    stand_down_days: Quantity
    slip_days: Quantity
    available_from: dt.date
    retired_from: dt.date | None = None
    industry_learning: bool = False
    availability: Provenance
    sites: tuple[Slug, ...] = Field(min_length=1)


class Closure(Provenance):
    """A dated outage of a launch site; the day it reopens is drawn between `earliest` and `latest`."""

    since: dt.date
    earliest: dt.date
    expected: dt.date
    latest: dt.date
    reason: str


class LaunchSite(Entry):
    """A launch site and the inclinations it can reach without a dog-leg."""

    lat_deg: Quantity
    lon_deg: Quantity
    inclinations_deg: tuple[tuple[float, float], ...] = Field(min_length=1)
    corridors: Provenance
    closure: Closure | None = None


class GroundSite(Entry):
    """A place on the ground that talks to the swarm, by radio, by light or both.

    `clear_share` is the share of time without clouds, which matters to light alone; a satellite is heard
    from `least_elevation_deg` up.
    """

    kind: Literal["radio", "optical", "both"]
    lat_deg: Quantity
    lon_deg: Quantity
    clear_share: Quantity
    least_elevation_deg: Quantity


class Accelerator(Entry):
    """One orderable unit of compute: a module or a whole rack. All figures are for the unit, not per chip.

    `mass_kg` is the flight unit with cold plates and local shielding. `junction_drop_k` is junction above
    coolant at full power; `trip_k` is the junction temperature at which it begins to throttle, and at which
    it draws `power_w`. `memory_drop_k` and `memory_limit_k` say the same of its memory. Chips wear out
    near `dose_limit_krad`; one chip errs silently, loses memory or stops once in the doses called `_rad`.
    """

    chips: Count = Field(ge=1)
    power_w: Quantity
    peak_bf16_tflops: Quantity
    memory_gb: Quantity
    mass_kg: Quantity
    volume_m3: Quantity
    price_usd: Quantity
    chip_failures_per_year: Quantity
    dose_limit_krad: Quantity
    silent_error_rad: Quantity
    memory_error_rad: Quantity
    interrupt_rad: Quantity
    trip_k: Quantity
    junction_drop_k: Quantity
    memory_limit_k: Quantity
    memory_drop_k: Quantity
    available_from: dt.date
    availability: Provenance


class SolarArray(Entry):
    """A solar array technology. Areas are the area of one side."""

    efficiency: Quantity
    packing: Quantity
    temperature_coefficient_per_k: Quantity
    degradation_per_year: Quantity
    absorptivity: Quantity
    emissivity: Quantity
    areal_mass_kg_m2: Quantity
    stowed_thickness_m: Quantity
    price_usd_per_m2: Quantity


class CycleLife(Provenance):
    """Cycles to 80 % of capacity against depth of discharge, rising in depth."""

    depth_of_discharge: tuple[float, ...] = Field(min_length=2)
    cycles: tuple[float, ...] = Field(min_length=2)


class Battery(Entry):
    """A battery technology. `max_c_rate_per_h` bounds charge and discharge power over capacity."""

    specific_energy_wh_kg: Quantity
    energy_density_wh_l: Quantity
    round_trip_efficiency: Quantity
    calendar_fade_per_year: Quantity
    max_c_rate_per_h: Quantity
    price_usd_per_kwh: Quantity
    cycle_life: CycleLife


class Radiator(Entry):
    """A radiator technology, loop and pump included. Areas are panel areas of one side.

    `pump_fraction` is pump power over heat moved. `heat_capacity_j_m2_k` is panel, coolant and plates.
    `min_temperature_k` is where the coolant must be kept warm. `max_faces` is 1 for panels that are part of
    the skin. `_aged` is what a coating has become after five years. A particle of `puncture_mm` and larger
    opens a tube; tubes run under `exposed_share` of a face. `loop_mass_share` of `areal_mass_kg_m2` is one
    full set of loops; that mass, and the price, hold one spare loop.
    """

    max_faces: Literal[1, 2] = 2
    emissivity: Quantity
    emissivity_aged: Quantity
    absorptivity: Quantity
    absorptivity_aged: Quantity
    fin_efficiency: Quantity
    areal_mass_kg_m2: Quantity
    stowed_thickness_m: Quantity
    heat_capacity_j_m2_k: Quantity
    pump_fraction: Quantity
    coolant_drop_k: Quantity
    min_temperature_k: Quantity
    exposed_share: Quantity
    puncture_mm: Quantity
    loop_mass_share: Quantity
    price_usd_per_m2: Quantity


class Thruster(Entry):
    """A thruster. `propellant_price_usd_per_kg` is for the propellant it burns."""

    thrust_n: Quantity
    isp_s: Quantity
    power_w: Quantity
    mass_kg: Quantity
    price_usd: Quantity
    propellant_price_usd_per_kg: Quantity


class Link(Entry):
    """One communication terminal. `contact_fraction` is the share of time it has a partner.

    A downlink meets the ground sites of its kind, so its share of time follows from the orbit, and
    `contact_fraction` is what is quoted for one at 650 km; with `gateways` it has a world-wide net of its own
    and keeps the quoted share in any orbit. A crosslink carries its rate up to `rated_range_km`; with `relay`
    it also finds partners beyond its own batch, in shells that pass messages on.
    """

    kind: Literal["optical-crosslink", "optical-downlink", "rf-downlink"]
    rate_gbps: Quantity
    contact_fraction: Quantity
    rated_range_km: Quantity | None = None
    gateways: bool = False
    relay: bool = False
    power_w: Quantity
    mass_kg: Quantity
    price_usd: Quantity


class Bus(Entry):
    """A satellite bus: structure, avionics, attitude control, power electronics.

    `structure_fraction` is structure mass over everything carried; `pmad_efficiency` is array to chip.
    `price_usd_per_kg` builds the bus and integrates the satellite; `nre_usd` is paid once a design. The price
    holds after `heritage_built` satellites of the line and falls with those built since.
    """

    base_mass_kg: Quantity
    structure_fraction: Quantity
    base_power_w: Quantity
    pmad_efficiency: Quantity
    volume_m3: Quantity
    price_usd_per_kg: Quantity
    nre_usd: Quantity
    heritage_built: Quantity
    failure_scale: Quantity
    max_power_w: Quantity


class Workload(Entry):
    """Something customers pay compute for.

    `demand_pflops` is what the market would buy from orbit at the quoted price on `reference_date`;
    price and demand then move by the yearly rates. A result that takes longer than `patience_s` to the ground
    is of no use. Satellites that work on one job pass `exchange_bits_per_flop` to each other.
    """

    price_usd_per_pflop_day: Quantity
    price_change_per_year: Quantity
    demand_pflops: Quantity
    demand_growth_per_year: Quantity
    bits_per_flop: Quantity
    exchange_bits_per_flop: Quantity
    patience_s: Quantity
    tolerates_interruption: bool
    latency: str
    reference_date: dt.date


class Economy(Frozen):
    """What running a fleet costs and how long a delivery takes, the same for every campaign.

    `operations_per_year` is a share of the build value of the living satellites; `ground_cost_usd_per_year`
    is for one satellite. After `commissioning_days` a ring is phased by drifting at `phasing_offset_km` below
    or above its altitude. A satellite at 550 km steers clear `avoidance_per_year` times; each costs
    `avoidance_delta_v_m_s` and a pause. Training writes checkpoints; any work takes `restart_s` to go
    on after a stop.
    """

    operations_per_year: Quantity
    ground_cost_usd_per_year: Quantity
    commissioning_days: Quantity
    phasing_offset_km: Quantity
    avoidance_per_year: Quantity
    avoidance_delta_v_m_s: Quantity
    avoidance_pause_h: Quantity
    checkpoint_s: Quantity
    restart_s: Quantity
    reference_date: dt.date
    build_learning: Quantity
    launch_learning: Quantity
    industry_t: Quantity
    industry_year_t: Quantity
    industry_growth_per_year: Quantity
    reuse_gate_t: Quantity
    launch_floor_usd_per_kg: Quantity
    family_nre: Quantity
    insurance_loading: Quantity
    site_usd_per_year: Quantity
    shell_usd_per_year: Quantity
    disposal_usd: Quantity
    derelict_usd: Quantity
    proof_years: Quantity
    loan_to_value: Quantity
    loan_fee: Quantity
    covenant_per_year: Quantity
    price_exponent: Quantity
    price_ceiling: Quantity
    spot_premium: Quantity
    in_space_change_per_year: Quantity
    generation_per_year: Quantity
    offers_per_year: Quantity
    studies_per_year: Quantity
    study_usd: Quantity
    reserved_share: Quantity
    service_level: Quantity


class Region(Entry):
    """A part of the ground where data centres are built, as the rival of orbit.

    `water_l_per_kwh` and `carbon_kg_per_kwh` are per kWh of computing and of grid power. A new site waits
    `queue_days` for its power, behind what already queues; it takes `build_days` to build. `yearly_gw` is
    what can be connected in a year for work that may run anywhere, `built_gw` what serves it at first.
    """

    electricity_usd_per_mwh: Quantity
    pue: Quantity
    water_l_per_kwh: Quantity
    carbon_kg_per_kwh: Quantity
    facility_usd_per_w: Quantity
    queue_days: Quantity
    build_days: Quantity
    built_gw: Quantity
    yearly_gw: Quantity


class Outlook(Frozen):
    """What costs are foreseen to do, and what levelised cost takes for granted on either side.

    Costs hold on `reference_date`; those with a change fall by it every year, to their floor. What has a
    value `now` and `later` moves evenly between them in `learning_years`. From `serviced_from` chips are
    changed in orbit and satellites live for `serviced_years`. `benchmarks` are regions to compare with, the
    nominal one first; `in_space` are workloads that the ground cannot serve. The power
    shares say how much of a satellite without chips is array and battery.
    """

    reference_date: dt.date
    benchmarks: tuple[Slug, ...] = Field(min_length=1)
    in_space: tuple[Slug, ...] = ()
    launch_usd_per_kg: Quantity
    launch_change_per_year: Quantity
    launch_floor_usd_per_kg: Quantity
    satellite_usd_per_w: Quantity
    satellite_change_per_year: Quantity
    satellite_floor_usd_per_w: Quantity
    mass_kg_kw: Quantity
    mass_change_per_year: Quantity
    mass_floor_kg_kw: Quantity
    power_cost_share: Quantity
    power_mass_share: Quantity
    chip_usd_per_w: Quantity
    chip_mass_kg_kw: Quantity
    chip_years: Quantity
    chip_w_per_pflops: Quantity
    chip_power_change_per_year: Quantity
    satellite_years: Quantity
    serviced_years: Quantity
    serviced_from: dt.date
    failures_now_per_year: Quantity
    failures_later_per_year: Quantity
    orbit_rate_now: Quantity
    orbit_rate_later: Quantity
    learning_years: Quantity
    orbit_level: Quantity
    ground_rate: Quantity
    ground_level: Quantity
    facility_years: Quantity
    facility_upkeep_per_year: Quantity
    grid_growth_per_year: Quantity
    price_exponent: Quantity
    price_least: Quantity
    price_most: Quantity
    ground_solar_level: Quantity
    lift_kwh_per_kg: Quantity
    build_kwh_per_kg: Quantity


class Preset(Entry):
    """A ready-made design, announced or ours, with where its figures come from."""

    design: Design
    figures: Provenance
    suggested_altitude_km: Real = Field(ge=200, le=2000)
    suggested_orbit: str


class Catalogue(Frozen):
    """Everything that can be referred to, by id. Built by `engine.store.catalogue_text`."""

    sources: dict[str, Source]
    vehicles: dict[str, Vehicle]
    launch_sites: dict[str, LaunchSite]
    ground_sites: dict[str, GroundSite]
    accelerators: dict[str, Accelerator]
    arrays: dict[str, SolarArray]
    batteries: dict[str, Battery]
    radiators: dict[str, Radiator]
    thrusters: dict[str, Thruster]
    links: dict[str, Link]
    buses: dict[str, Bus]
    workloads: dict[str, Workload]
    presets: dict[str, Preset]
    regions: dict[str, Region]
    economy: Economy
    outlook: Outlook
    companies: dict[str, Company] = Field(default_factory=dict)
    happenings: dict[str, Happening] = Field(default_factory=dict)
    fingerprint: str
