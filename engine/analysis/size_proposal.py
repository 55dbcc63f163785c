"""A found satellite as a proposal: closely verified, with its checks and its trade of mass against margin."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.analysis.first_sizes import propelled
from engine.analysis.life_flights import DEPTH_SLACK, TRIP_SLACK_K, Flown, Job, fly
from engine.model.design import Design
from engine.outcomes import Fault
from engine.rules.design import budget, design_faults
from engine.rules.words import counted, figures, percent, tonnes
from engine.units import JULIAN_YEAR_DAYS

__all__ = ["SIZES", "VERIFY_DAYS", "Sizing", "TradePoint", "keeping", "proposal"]

MARGINS = (0.8, 0.9, 1.0, 1.1, 1.25, 1.5)
"""Sizes of array, battery and radiator on the trade curve, as multiples of the proposal's."""

VERIFY_DAYS = 4
"""So often the last flight is looked at."""

MEND = 1.01
MOST_MENDS = 12
"""What a closer look finds amiss is mended by so much at a time."""

SIZES = ("array_area_m2", "battery_kwh", "radiator_area_m2")
"""What the search sizes, besides compute."""


@dataclass(frozen=True, slots=True)
class TradePoint:
    """One point of the trade of mass against margin.

    Attributes:
        scale: array, battery and radiator as multiples of the proposal's.
        mass_kg: of one satellite.
        per_flight: how many a flight carries.
        least_level: lowest level of its life, of what the policy asks.
        end_level: mean level over the orbit on its last day.
        heat_margin_k: least distance of the chips from where they slow down.
        least_charge: lowest charge of the battery.
        usd_per_pflop_day: what a PFLOP-day costs.
        holds: whether it does all that is asked.
    """

    scale: float
    mass_kg: float
    per_flight: int
    least_level: float
    end_level: float
    heat_margin_k: float
    least_charge: float
    usd_per_pflop_day: float
    holds: bool


@dataclass(frozen=True, slots=True)
class Sizing:
    """A proposal, and why it is one.

    Attributes:
        design: the satellite.
        flown: its life, looked at every few days.
        mass_kg: of one at lift-off.
        usd_per_pflop_day: built and lifted, for each PFLOP-day of its life.
        usd_per_w_year: the same for each watt into its chips and year.
        checks: what it was held to, with numbers; `risk` lines are what the design bureau would say too.
        curve: the trade of mass against margin, lightest first.
        tried: designs that were flown.
    """

    design: Design
    flown: Flown
    mass_kg: float
    usd_per_pflop_day: float
    usd_per_w_year: float
    checks: tuple[Fault, ...]
    curve: tuple[TradePoint, ...]
    tried: int


def proposal(job: Job, best: Flown, tried: int) -> Sizing:
    """The proposal that the cheapest design found is made into, after `tried` candidates."""
    flown = _verified(job, best)
    design = flown.design
    mass_kg = job.budget(design).wet_mass_kg
    return Sizing(
        design=design,
        flown=flown,
        mass_kg=mass_kg,
        usd_per_pflop_day=flown.usd_per_pflop_day,
        usd_per_w_year=flown.usd / (flown.power_w * job.life_years),
        checks=(*_checks(job, flown), *design_faults(design, job.state.catalogue, job.orbit.altitude_km)),
        curve=_curve(job, best),
        tried=tried,
    )


def _verified(job: Job, best: Flown) -> Flown:
    """The proposal flown once more and looked at closely; made a little larger where it misses something."""
    design = _named(job, best.design)
    flown = fly(job, [design], VERIFY_DAYS)[0]
    for _ in range(MOST_MENDS):
        if flown.shortfall <= 0.0:
            break
        sizes = {name: _rounded_up(MEND * getattr(design, name)) for name in SIZES}
        design = propelled(job, design.model_copy(update=sizes), keeping(job, best))
        flown = fly(job, [design], VERIFY_DAYS)[0]
    return flown


def _named(job: Job, design: Design) -> Design:
    """The design under an id that no design of the campaign has, its sizes rounded up a little."""
    rounded = {name: _rounded_up(getattr(design, name)) for name in (*SIZES, "propellant_kg")}
    taken, stem, number = job.state.designs, f"sized-{design.accelerator}", 1
    while (free := stem if number == 1 else f"{stem}-{number}") in taken:
        number += 1
    return design.model_copy(update={**rounded, "id": free})


def _rounded_up(value: float) -> float:
    """To four significant figures, never down, so that nothing that held is lost."""
    rounded = float(f"{value:.3e}")
    step = 10.0 ** (int(f"{value:.3e}".partition("e")[2]) - 3) if value > 0.0 else 0.0
    return rounded if rounded >= value else float(f"{rounded + step:.4e}")


def _checks(job: Job, flown: Flown) -> Iterator[Fault]:
    vehicle = job.state.catalogue.vehicles[job.vehicle].name
    mass = job.budget(flown.design).wet_mass_kg
    depth = flown.design.depth_of_discharge
    days = round(job.life_years * JULIAN_YEAR_DAYS)
    lines = (
        (
            flown.least_level >= job.least_level,
            "array_area_m2",
            f"Carries {percent(flown.least_level)} of full compute or more on each of {days:,} days.",
        ),
        (
            flown.served >= 1.0,
            "battery_kwh",
            f"The bus is never short of power; the charge never falls below {percent(flown.least_charge)}.",
        ),
        (
            flown.least_charge >= 1.0 - depth - DEPTH_SLACK,
            "depth_of_discharge",
            f"Uses {percent(1.0 - flown.least_charge)} of the battery at most, of {percent(depth)} allowed.",
        ),
        (
            flown.heat_margin_k >= -TRIP_SLACK_K,
            "radiator_area_m2",
            f"Chips stay {figures(max(0.0, flown.heat_margin_k))} K below where they slow down.",
        ),
        (
            flown.spare_m_s >= 0.0,
            "propellant_kg",
            f"{figures(flown.spare_m_s)} m/s are left beyond the way down.",
        ),
        (
            flown.dose_share <= 1.0,
            "shield_mm",
            f"The chips take {percent(flown.dose_share)} of the dose they stand.",
        ),
        (
            flown.per_flight >= 1,
            "mass",
            f"{vehicle} carries {counted(flown.per_flight, 'satellite')} of {tonnes(mass)}.",
        ),
    )
    for holds, field, reason in lines:
        yield Fault("ok" if holds else "stop", field, reason)


def _curve(job: Job, best: Flown) -> tuple[TradePoint, ...]:
    designs = []
    for scale in MARGINS:
        sizes = {name: scale * getattr(best.design, name) for name in SIZES}
        designs.append(propelled(job, best.design.model_copy(update=sizes), keeping(job, best)))
    points = []
    for scale, flown in zip(MARGINS, fly(job, designs), strict=True):
        points.append(
            TradePoint(
                scale=scale,
                mass_kg=job.budget(flown.design).wet_mass_kg,
                per_flight=flown.per_flight,
                least_level=flown.least_level,
                end_level=flown.end_level,
                heat_margin_k=flown.heat_margin_k,
                least_charge=flown.least_charge,
                usd_per_pflop_day=flown.usd_per_pflop_day,
                holds=flown.shortfall <= 0.0,
            )
        )
    return tuple(points)


def keeping(job: Job, flown: Flown) -> float:
    """How many times what the budgets expect holding the orbit took."""
    expected = budget(flown.design, job.state.catalogue, job.orbit.altitude_km).keeping_m_s
    return flown.used_m_s / expected if expected > 0.0 else 1.0
