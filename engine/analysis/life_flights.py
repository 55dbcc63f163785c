"""Designs flown through their whole life before anything is built: many at once, one lane each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.analysis.steps import build_usd
from engine.formulas.battery import eclipse_battery_kwh
from engine.formulas.books import mean_level
from engine.formulas.disposal import DISPOSAL_YEARS, disposal_delta_v_m_s
from engine.formulas.eclipse import eclipse_fraction
from engine.formulas.flight import rocket_delta_v_m_s
from engine.formulas.orbit import orbit_period_s
from engine.kernels.layout import Field
from engine.model.budget import DesignBudget
from engine.model.design import Design
from engine.model.orbit import Orbit
from engine.rules import launch_fit, market
from engine.rules.budgets import known_budget
from engine.rules.delivery import raan_deg
from engine.rules.design_parts import resolve
from engine.rules.design_physics import bus_load_w
from engine.rules.launch_fit import Fit
from engine.rules.learning import launch_price_usd
from engine.rules.links import Case, figures_of, links_of
from engine.simulate.fleet import Fleet
from engine.simulate.lower import batch_row
from engine.simulate.run import run_span
from engine.state import CampaignState
from engine.units import JULIAN_YEAR_DAYS

__all__ = ["Flown", "Job", "fly"]

Floats = NDArray[np.float64]
Spread: TypeAlias = Literal["ring", "cluster"]

STRIDE_DAYS = 16
"""So often a flight is looked at; the darkest week of a season is never missed by more than half of it."""

SEED = 0
"""Of every trial; failures are left out, and storms are the same for all."""

DEPTH_SLACK = 0.002
"""Depth of discharge may be exceeded by so much: what the bus takes on the way to sunrise."""

TRIP_SLACK_K = 0.05
"""How near the day step brings chips that slow down to where they do."""

_NEVER = 1e30


@dataclass(frozen=True, slots=True, eq=False)
class Job:
    """What a satellite is wanted for.

    Attributes:
        state: prices, date and catalogue.
        workload: what it computes.
        vehicle: what lifts it.
        life_years: how long it serves.
        least_level: share of full compute that power and cooling have to carry to the last day, in sunlight;
            under the steady policy in the shade too.
    """

    state: CampaignState
    orbit: Orbit
    workload: str
    vehicle: str
    life_years: float
    least_level: float
    spread: Spread

    def budget(self, design: Design) -> DesignBudget:
        """The budgets of a design, judged where it goes to."""
        return known_budget(design, self.state.catalogue)

    def fit(self, design: Design) -> Fit:
        """How many fit a flight."""
        sums = self.budget(design)
        vehicle = self.state.catalogue.vehicles[self.vehicle]
        return launch_fit.fit(vehicle, sums.wet_mass_kg, sums.stowed_volume_m3, self.orbit)

    @property
    def inclination_deg(self) -> float:
        """Of the orbit."""
        return launch_fit.inclination_deg(self.orbit)

    def mix(self) -> tuple[float, ...]:
        """The workload alone, in the order of the catalogue."""
        return tuple(float(one == self.workload) for one in market.workload_ids(self.state.catalogue))


@dataclass(frozen=True, slots=True)
class Flown:
    """One satellite of a design after its life; figures are the worst of the days looked at.

    Attributes:
        per_flight: how many of it a flight carries; 0 if it does not fit.
        build_usd: price of one today.
        launch_usd: its share of a full flight.
        pflop_days: compute delivered in its life.
        power_w: power into its chips, mean over the life.
        least_level: lowest level that the policy asks to hold, as a share of what links let through.
        end_level: mean level over the orbit on the last day.
        heat_margin_k: how far the chips stay below where they slow down.
        least_charge: lowest charge of the battery, 0..1.
        served: share of the bus loads that were met; below 1 in a blackout.
        spare_m_s: speed change left at the end beyond what the way down takes; all of it, where air alone is
            quick enough.
        used_m_s: speed change that holding the orbit and steering clear took.
        dose_share: dose taken, of what the chips stand.
        shortfall: by how much it misses what is asked, 0 if it does not.
    """

    design: Design
    per_flight: int
    build_usd: float
    launch_usd: float
    pflop_days: float
    power_w: float
    least_level: float
    end_level: float
    heat_margin_k: float
    least_charge: float
    served: float
    spare_m_s: float
    used_m_s: float
    dose_share: float
    shortfall: float

    @property
    def usd(self) -> float:
        """Built and lifted."""
        return self.build_usd + self.launch_usd

    @property
    def usd_per_pflop_day(self) -> float:
        """What a PFLOP-day of its life costs."""
        return self.usd / self.pflop_days if self.pflop_days > 0.0 else float("inf")


def fly(job: Job, designs: Sequence[Design], stride_days: int = STRIDE_DAYS) -> list[Flown]:
    """Fly designs side by side through their lives, chance left out.

    Args:
        job: what for.
        designs: what.
        stride_days: how often to look.
    """
    if not designs:
        return []
    fits = [job.fit(design) for design in designs]
    first = job.state.day
    last = first + round(job.life_years * JULIAN_YEAR_DAYS) - 1
    rows = [_row(job, design, max(1, fit.count)) for design, fit in zip(designs, fits, strict=True)]
    fleet, worst = Fleet.empty().append(np.stack(rows)), _Worst(len(rows))
    for day in [*range(first + stride_days, last, stride_days), last]:
        fleet = run_span(fleet, SEED, first, day).fleet
        worst.look(fleet)
        first = day
    return [
        _flown(job, design, fit.count, worst, fleet.row(lane), lane)
        for lane, (design, fit) in enumerate(zip(designs, fits, strict=True))
    ]


def _row(job: Job, design: Design, count: int) -> Floats:
    orbit, mix = job.orbit, job.mix()
    tilt_deg = job.inclination_deg
    case = Case(
        float(round(orbit.altitude_km)),
        round(10.0 * tilt_deg) / 10.0,
        job.spread == "cluster",
        150.0,
        float(count),
        float(count),
        mix,
    )
    row = batch_row(
        design,
        job.state.catalogue,
        key=0,
        launched_count=count,
        altitude_km=orbit.altitude_km,
        inclination_deg=tilt_deg,
        raan_deg=raan_deg(orbit, job.state.day),
        arg_lat_deg=0.0,
        launch_day=job.state.day,
        service_day=job.state.day,
        spread=job.spread,
        mix=mix,
        **figures_of(links_of(design, job.state.catalogue, case))._asdict(),
    )
    row[Field.NEXT_FAILURE] = row[Field.NEXT_CHIP_FAILURE] = _NEVER
    return row


class _Worst:
    """The worst of each figure, lane by lane."""

    def __init__(self, lanes: int) -> None:
        self.level = np.full(lanes, np.inf)
        self.margin_k = np.full(lanes, np.inf)
        self.charge = np.ones(lanes)
        self.served = np.ones(lanes)

    def look(self, fleet: Fleet) -> None:
        """Take in the figures of a day."""
        column = fleet.column
        steady = column(Field.POLICY) == 0.0
        shade = np.where(steady & (column(Field.ECLIPSE_FRACTION) > 0.0), column(Field.LEVEL_SHADE), np.inf)
        level = np.minimum(column(Field.LEVEL_SUN), shade) / np.clip(column(Field.NETWORK_CAP), 1e-9, 1.0)
        self.level = np.minimum(self.level, level)
        self.margin_k = np.minimum(self.margin_k, column(Field.TRIP_K) - column(Field.JUNCTION_MAX_K))
        self.charge = np.minimum(self.charge, column(Field.SOC_MIN))
        self.served = np.minimum(self.served, column(Field.SERVED_SHARE))


def _flown(job: Job, design: Design, fits: int, worst: _Worst, row: Floats, lane: int) -> Flown:
    sums = job.budget(design)
    launched = float(row[Field.LAUNCHED_COUNT])
    dry_kg, left_kg = float(row[Field.DRY_MASS_KG]), float(row[Field.PROPELLANT_KG])
    have_m_s = rocket_delta_v_m_s(float(row[Field.EXHAUST_M_S]), dry_kg + left_kg, left_kg)
    alone = float(row[Field.DEAD_YEARS]) <= DISPOSAL_YEARS
    need_m_s = 0.0 if alone else disposal_delta_v_m_s(job.orbit.altitude_km)
    shade = float(max(row[Field.ECLIPSE_FRACTION], 0.0))
    work = float(row[Field.TOTAL_PFLOP_DAYS]) / launched
    days = job.life_years * JULIAN_YEAR_DAYS
    watts = float(row[Field.IT_POWER_W] / row[Field.PEAK_PFLOPS])
    flown = Flown(
        design=design,
        per_flight=fits,
        build_usd=build_usd(job.state, design),
        launch_usd=launch_price_usd(job.state, job.vehicle) / max(fits, 1),
        pflop_days=work,
        power_w=work * watts / days,
        least_level=float(min(worst.level[lane], 1.0)),
        end_level=mean_level(float(row[Field.LEVEL_SUN]), float(row[Field.LEVEL_SHADE]), shade),
        heat_margin_k=float(worst.margin_k[lane]),
        least_charge=float(worst.charge[lane]),
        served=float(worst.served[lane]),
        spare_m_s=have_m_s - need_m_s,
        used_m_s=sums.delta_v_m_s - have_m_s,
        dose_share=float(row[Field.DOSE_SHARE]),
        shortfall=0.0,
    )
    return _judged(job, flown, sums)


def _idle_kwh(job: Job, design: Design) -> float:
    """Battery that keeps the bus alive through the longest shade of any orbit so high, as the bureau asks."""
    parts = resolve(design, job.state.catalogue)
    height_km = job.orbit.altitude_km
    shade_min = eclipse_fraction(height_km, 0.0) * orbit_period_s(height_km) / 60.0
    one_way = parts.battery.round_trip_efficiency.nominal**0.5
    return eclipse_battery_kwh(bus_load_w(design, parts, 0.0), shade_min, design.depth_of_discharge, one_way)


def _judged(job: Job, flown: Flown, sums: DesignBudget) -> Flown:
    """The same with how far it misses what is asked, summed up, so that less is nearer."""
    limit_w = job.state.catalogue.buses[flown.design.bus].max_power_w.nominal
    misses = (
        job.least_level - flown.least_level,
        1.0 - flown.served,
        -flown.spare_m_s / 100.0,
        -flown.heat_margin_k - TRIP_SLACK_K,
        flown.dose_share - 1.0,
        sums.load_w / limit_w - 1.0,
        1.0 - flown.design.depth_of_discharge - DEPTH_SLACK - flown.least_charge,
        _idle_kwh(job, flown.design) / flown.design.battery_kwh - 1.0,
        10.0 if flown.per_flight < 1 else 0.0,
    )
    return replace(flown, shortfall=sum(max(0.0, miss) for miss in misses))
