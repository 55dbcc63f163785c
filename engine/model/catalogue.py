"""The catalogue: every part, vehicle, site and market a design or a launch can refer to, each number sourced.

The unit of a field is in its name; `tests/engine/test_catalogue.py` holds each `Quantity.unit` against it.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field

from engine.model.base import Count, Frozen, Real, Slug
from engine.model.company import Company
from engine.model.design import Design
from engine.model.entry import Entry, Source
from engine.model.happening import Happening
from engine.model.markets import Economy, Outlook, Region, Workload
from engine.model.quantity import Provenance, Quantity

__all__ = [
    "Accelerator",
    "Battery",
    "Bus",
    "Catalogue",
    "Closure",
    "CycleLife",
    "Economy",
    "Entry",
    "GroundSite",
    "LaunchSite",
    "Link",
    "Outlook",
    "Preset",
    "Radiator",
    "Region",
    "SolarArray",
    "Source",
    "Thruster",
    "Vehicle",
    "Workload",
]


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
