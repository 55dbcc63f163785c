"""From a design and a flight to the row of numbers that the day step runs on."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from engine.formulas.hazard import avoidance_loss, avoidance_m_s_per_day, lethal_debris_flux_m2_year
from engine.formulas.thermal import mean_view_factor
from engine.kernels.layout import Binding, Field, Policy, Spread, Status
from engine.model.catalogue import Battery, Catalogue
from engine.model.design import Design, LoadPolicy, Tracking
from engine.model.same import Same
from engine.rules import surroundings
from engine.rules.budgets import known_budget
from engine.rules.design import budget
from engine.rules.design_physics import loop_punctures_per_year
from engine.simulate.fleet import blank_row
from engine.units import JULIAN_YEAR_DAYS, STANDARD_GRAVITY_M_S2

Row = NDArray[np.float64]

MIX_SLOTS = 8
CHIP_GROUPS = 1024
"""Chips of a batch fail in at most so many equal groups: the noise stays near one per cent."""
LINK_OUTPUT = 0.1
"""Share of a terminal's power that leaves as light or radio."""
EDGE_ON_RAD = 0.5 * math.pi
FRESH_K = 290.0

_POLICIES: dict[LoadPolicy, Policy] = {
    "steady": Policy.STEADY,
    "follow-the-sun": Policy.FOLLOW_THE_SUN,
    "ride-through": Policy.RIDE_THROUGH,
}
_SPREADS: dict[str, Spread] = {"ring": Spread.RING, "cluster": Spread.CLUSTER}
_POINTING: dict[Tracking, tuple[float, float, float]] = {
    "two-axis": (1.0, 0.0, 0.0),
    "one-axis": (0.0, 1.0, 0.0),
    "orbit-normal": (0.0, 0.0, 1.0),
}


def policy_code(policy: LoadPolicy) -> Policy:
    """The number of a load policy, for `Field.POLICY`."""
    return _POLICIES[policy]


def policy_name(code: float) -> LoadPolicy:
    """The load policy with a number."""
    return next(name for name, policy in _POLICIES.items() if policy == int(code))


def batch_row(
    design: Design,
    catalogue: Catalogue,
    *,
    key: int,
    launched_count: int,
    altitude_km: float,
    inclination_deg: float,
    raan_deg: float,
    arg_lat_deg: float,
    launch_day: int,
    service_day: int,
    load_policy: LoadPolicy | None = None,
    spread: Literal["ring", "cluster"] = "ring",
    spacing_m: float = 150.0,
    network_cap: float = 1.0,
    downlink_gbps: float = 0.0,
    interconnect: float = 1.0,
    served_fraction: float = 1.0,
    demand_cap: float = 1.0,
    mix: Sequence[float] = (),
) -> Row:
    """The row of a batch on the day it reaches orbit.

    Args:
        design: of its satellites.
        catalogue: what the design's references mean.
        key: identity for random draws, 0 up to 2**53; batches of a campaign must differ in it.
        launched_count: satellites.
        altitude_km: over the equatorial radius.
        inclination_deg: of the plane, which keeps it.
        raan_deg: node of date at 00:00 UTC of `launch_day`.
        arg_lat_deg: of the first satellite, at the same time.
        launch_day: first day in orbit, since 2000-01-01.
        service_day: first day of service.
        load_policy: the design's own if None.
        spread: how the satellites lie along the orbit.
        spacing_m: between neighbours of a formation.
        network_cap: greatest level the links carry, 0..1.
        downlink_gbps: mean rate to the ground of one satellite.
        interconnect: share of time computed rather than waited for neighbours, 0..1.
        served_fraction: of the results arrive in time, 0..1.
        demand_cap: greatest level customers buy, 0..1.
        mix: shares of up to eight workloads, carried for the rules.

    Returns:
        `(FIELDS,)`.
    """
    row = _design_row(design, Same(catalogue)).copy()
    inclination = math.radians(inclination_deg)
    row[Field.KEY] = key
    row[Field.LAUNCHED_COUNT] = row[Field.ALIVE_COUNT] = launched_count
    row[Field.SPREAD] = _SPREADS[spread]
    row[Field.LAUNCH_DAY] = launch_day
    row[Field.SERVICE_DAY] = service_day
    row[Field.POLICY] = _POLICIES[load_policy or design.load_policy]
    row[Field.BINDING] = Binding.COMMISSIONING
    row[Field.SPACING_M] = spacing_m
    row[Field.NETWORK_CAP] = network_cap
    row[Field.DOWNLINK_GBPS] = downlink_gbps
    row[Field.INTERCONNECT] = interconnect
    row[Field.SERVED_FRACTION] = served_fraction
    row[Field.DEMAND_CAP] = demand_cap
    row[Field.ALTITUDE_KM] = row[Field.VIEW_ALTITUDE_KM] = altitude_km
    row[Field.INCLINATION_RAD] = inclination
    row[Field.COS_INCLINATION] = math.cos(inclination)
    row[Field.SIN_INCLINATION] = math.sin(inclination)
    row[Field.RAAN_RAD] = math.radians(raan_deg % 360.0)
    row[Field.ARG_LAT_RAD] = math.radians(arg_lat_deg % 360.0)
    holes = loop_punctures_per_year(design, catalogue.radiators[design.radiator], altitude_km)
    row[Field.PUNCTURES_PER_DAY] = holes / JULIAN_YEAR_DAYS
    row[Field.INFRARED_VIEW] = mean_view_factor(altitude_km, EDGE_ON_RAD, row[Field.RADIATOR_FACES])
    hit_m2 = design.array_area_m2 + design.radiator_area_m2
    row[Field.LETHAL_PER_DAY] = lethal_debris_flux_m2_year(altitude_km) * hit_m2 / JULIAN_YEAR_DAYS
    chips = design.accelerator_count * catalogue.accelerators[design.accelerator].chips * launched_count
    row[Field.CHIP_GROUPS] = min(chips, CHIP_GROUPS)
    for slot, share in enumerate(mix[:MIX_SLOTS]):
        row[Field.MIX_0 + slot] = share
    _put_surroundings(row, design, catalogue, inclination_deg)
    return row


def _put_surroundings(row: Row, design: Design, catalogue: Catalogue, inclination_deg: float) -> None:
    """Radiation, losses and manoeuvres as on the first day; `rules.traffic` keeps them up to date."""
    altitude_km = float(row[Field.ALTITUDE_KM])
    found = surroundings.exposure(design, catalogue, altitude_km, inclination_deg)
    together = int(row[Field.LAUNCHED_COUNT]) if row[Field.SPREAD] == Spread.CLUSTER else 1
    lost = surroundings.losses(design, catalogue, altitude_km, inclination_deg, together)
    mix = dict(zip(catalogue.workloads, row[Field.MIX_0 : Field.MIX_7 + 1].tolist(), strict=False))
    training = surroundings.checkpointed_share(catalogue, mix)
    manoeuvres = surroundings.background_per_year(catalogue, altitude_km)
    economy = catalogue.economy
    row[Field.DEAD_YEARS] = surroundings.craft_dead_years(known_budget(design, catalogue), altitude_km)
    row[Field.DOSE_SHARE_PER_DAY] = found.dose_rad_per_year / JULIAN_YEAR_DAYS / found.limit_rad
    row[Field.STORM_DOSE_SHARE] = found.storm_rad_per_day / found.limit_rad
    row[Field.STORM_UPSETS] = found.storm_upsets
    row[Field.UPSET_LOSS] = lost.requests + training * (lost.checkpoints - lost.requests)
    row[Field.STOP_S] = surroundings.stop_s(catalogue, training)
    row[Field.CALM_LOSS] = avoidance_loss(manoeuvres, economy.avoidance_pause_h.nominal)
    row[Field.AVOIDANCE_M_S_PER_DAY] = avoidance_m_s_per_day(
        manoeuvres, economy.avoidance_delta_v_m_s.nominal
    )


@lru_cache(maxsize=256)
def _design_row(design: Design, same: Same[Catalogue]) -> Row:
    """What all batches of a design have in common."""
    catalogue = same.thing
    row = blank_row()
    row[Field.STATUS] = Status.COMMISSIONING
    row[Field.LIFE_DAYS] = design.life_years * JULIAN_YEAR_DAYS
    row[Field.KEEPING] = 1.0
    _put_power(row, design, catalogue)
    _put_battery(row, design, catalogue.batteries[design.battery])
    _put_heat(row, design, catalogue)
    _put_flight(row, design, catalogue)
    row[Field.NEXT_FAILURE] = row[Field.NEXT_CHIP_FAILURE] = row[Field.NEXT_PUNCTURE] = 0.0
    row[Field.CAP_JUNCTION] = row[Field.CAP_MEMORY] = 1.0
    row.flags.writeable = False
    return row


def _put_power(row: Row, design: Design, catalogue: Catalogue) -> None:
    array = catalogue.arrays[design.array]
    bus = catalogue.buses[design.bus]
    chip = catalogue.accelerators[design.accelerator]
    links_w = sum(fit.count * catalogue.links[fit.link].power_w.nominal for fit in design.links)
    cell_yield = array.efficiency.nominal * array.packing.nominal
    fixed, per_cos, per_sin = _POINTING[design.tracking]
    row[Field.ARRAY_GAIN_M2] = design.array_area_m2 * cell_yield
    row[Field.POINTING_FIXED] = fixed
    row[Field.POINTING_PER_COS] = per_cos
    row[Field.POINTING_PER_SIN] = per_sin
    row[Field.CELL_YIELD] = cell_yield
    row[Field.CELL_COEFFICIENT_PER_K] = array.temperature_coefficient_per_k.nominal
    row[Field.CELL_ABSORPTIVITY] = array.absorptivity.nominal
    row[Field.CELL_EMISSIVITY] = array.emissivity.nominal
    row[Field.ARRAY_WEAR_PER_DAY] = 1.0 - (1.0 - array.degradation_per_year.nominal) ** (
        1.0 / JULIAN_YEAR_DAYS
    )
    row[Field.FIXED_LOAD_W] = bus.base_power_w.nominal + links_w
    row[Field.IT_POWER_W] = design.accelerator_count * chip.power_w.nominal
    row[Field.PMAD_EFFICIENCY] = bus.pmad_efficiency.nominal
    row[Field.PUMP_FRACTION] = catalogue.radiators[design.radiator].pump_fraction.nominal
    row[Field.OUTPUT_W] = LINK_OUTPUT * links_w
    row[Field.PEAK_PFLOPS] = design.accelerator_count * chip.peak_bf16_tflops.nominal / 1000.0
    row[Field.CHIP_FAILURES_PER_DAY] = chip.chip_failures_per_year.nominal / JULIAN_YEAR_DAYS


def _put_battery(row: Row, design: Design, battery: Battery) -> None:
    full, exponent = cycle_fit(battery)
    row[Field.CAPACITY_WH] = row[Field.CHARGE_WH] = 1000.0 * design.battery_kwh
    row[Field.DEPTH_LIMIT] = design.depth_of_discharge
    row[Field.ONE_WAY_EFFICIENCY] = math.sqrt(battery.round_trip_efficiency.nominal)
    row[Field.C_RATE_PER_H] = battery.max_c_rate_per_h.nominal
    row[Field.CALENDAR_FADE_PER_DAY] = battery.calendar_fade_per_year.nominal / JULIAN_YEAR_DAYS
    row[Field.CYCLE_DAMAGE_FULL] = full
    row[Field.CYCLE_EXPONENT] = exponent


def cycle_fit(battery: Battery) -> tuple[float, float]:
    """The power law through a battery's cycle life, least squares in the logarithms.

    Returns:
        Share of capacity that a full-depth cycle takes, and the exponent of depth.
    """
    depth = np.log(np.asarray(battery.cycle_life.depth_of_discharge))
    damage = np.log(0.2 / np.asarray(battery.cycle_life.cycles))
    slope, offset = np.polyfit(depth, damage, 1)
    return float(np.exp(offset)), float(slope)


def _put_heat(row: Row, design: Design, catalogue: Catalogue) -> None:
    radiator = catalogue.radiators[design.radiator]
    chip = catalogue.accelerators[design.accelerator]
    finned_m2 = radiator.fin_efficiency.nominal * design.radiator_area_m2
    row[Field.HEAT_CAPACITY_J_K] = budget(design, catalogue).heat_capacity_j_k
    row[Field.RADIATING_M2] = finned_m2 * radiator.emissivity.nominal * design.radiator_faces
    row[Field.RADIATING_AGED_M2] = finned_m2 * radiator.emissivity_aged.nominal * design.radiator_faces
    row[Field.ABSORBING_M2] = finned_m2 * radiator.absorptivity.nominal
    row[Field.ABSORBING_AGED_M2] = finned_m2 * radiator.absorptivity_aged.nominal
    row[Field.RADIATOR_LOOPS] = design.radiator_loops
    row[Field.SPARE_LOOPS] = design.spare_loops
    row[Field.RADIATOR_FACES] = design.radiator_faces
    row[Field.RADIATOR_TILT_RAD] = EDGE_ON_RAD
    row[Field.JUNCTION_DROP_K] = radiator.coolant_drop_k.nominal + chip.junction_drop_k.nominal
    row[Field.TRIP_K] = row[Field.LEAK_SUN_K] = row[Field.LEAK_SHADE_K] = chip.trip_k.nominal
    row[Field.MEMORY_DROP_K] = radiator.coolant_drop_k.nominal + chip.memory_drop_k.nominal
    row[Field.MEMORY_LIMIT_K] = chip.memory_limit_k.nominal
    row[Field.MIN_COOLANT_K] = radiator.min_temperature_k.nominal
    row[Field.SUNRISE_K] = FRESH_K


def _put_flight(row: Row, design: Design, catalogue: Catalogue) -> None:
    thruster = catalogue.thrusters[design.thruster]
    sums = budget(design, catalogue)
    row[Field.DRY_MASS_KG] = sums.dry_mass_kg
    row[Field.PROPELLANT_KG] = design.propellant_kg
    row[Field.BODY_DRAG_M2] = sums.body_drag_m2
    row[Field.ARRAY_DRAG_FIXED_M2] = sums.array_drag_fixed_m2
    row[Field.ARRAY_DRAG_PER_COS_M2] = sums.array_drag_per_cos_m2
    row[Field.RADIATOR_DRAG_M2] = sums.radiator_drag_m2
    row[Field.THRUST_N] = design.thruster_count * thruster.thrust_n.nominal
    row[Field.EXHAUST_M_S] = thruster.isp_s.nominal * STANDARD_GRAVITY_M_S2
    row[Field.THRUSTER_W] = design.thruster_count * thruster.power_w.nominal
    row[Field.FAILURE_SCALE] = catalogue.buses[design.bus].failure_scale.nominal
