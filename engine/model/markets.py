"""What is sold, what running a fleet costs, and the ground: the economic part of the catalogue."""

from __future__ import annotations

import datetime as dt

from pydantic import Field

from engine.model.base import Frozen, Slug
from engine.model.entry import Entry
from engine.model.quantity import Quantity

__all__ = ["Economy", "Outlook", "Region", "Workload"]


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
    valuation_usd: Quantity
    valuation_exponent: Quantity
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
