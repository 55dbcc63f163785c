"""What a launch would mean before it is ordered: numbers, go/no-go list, and the choices side by side."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from functools import lru_cache

from engine.events import date_of, day_of
from engine.formulas import eclipse, sun
from engine.formulas.books import launch_price_usd_per_kg
from engine.formulas.drag import decay_lifetime_years
from engine.formulas.orbit import node_rate_deg_day
from engine.model.budget import DesignBudget
from engine.model.orbit import Orbit, SunSynchronous
from engine.model.report import LaunchOption, LaunchQuote
from engine.orders import Launch
from engine.outcomes import Fault
from engine.rules import launch_dates, launch_fit
from engine.rules.budgets import budget_of
from engine.rules.delivery import raan_deg, service_day
from engine.rules.design import drag_area_m2
from engine.rules.launch_check import launch_faults
from engine.rules.launch_money import COMMITTED_DAYS, committed_cents, flight_cost
from engine.rules.odds import odds
from engine.state import CENTS, CampaignState
from engine.units import DRAG_COEFFICIENT

SAMPLE_DAYS = 10
YEAR_DAYS = 365
MODERATE_SUN_SFU = 140.0

RESERVE = 0.8
"""A suggested launch spends at most this share of the cash that is free."""

LEAD_DAYS = 14
"""A suggested launch leaves the player so many days at least."""

PATIENCE_DAYS = 120
"""A cheaper suggested launch may leave so much later than the earliest one."""


@dataclass(frozen=True, slots=True)
class OrbitYear:
    """A year in an orbit: the share of it in sunlight, and how long a craft left alone stays up."""

    lit_fraction: float
    lifetime_years: float


def launch_quote(state: CampaignState, order: Launch) -> LaunchQuote:
    """Fit, price, odds, dates and the go/no-go list of a launch order; money is for one flight.

    If the order names something unknown, the numbers are zero and the list says what.
    """
    faults = launch_faults(state, order)
    if not _known(state, order):
        return _blank(order, faults)
    vehicle, status = state.catalogue.vehicles[order.vehicle], state.vehicles[order.vehicle]
    craft = budget_of(state, order.design)
    fit = launch_fit.fit(vehicle, craft.wet_mass_kg, craft.stowed_volume_m3, order.orbit)
    cost = flight_cost(state, order)
    series = flight_cost(state, order, order.times * order.flights)
    satellites_kg = craft.wet_mass_kg * order.count
    day = max(day_of(order.date), state.day)
    year = orbit_year(order.orbit, date_of(day).year, craft)
    return LaunchQuote(
        vehicle=order.vehicle,
        site=order.site,
        inclination_deg=fit.inclination_deg,
        payload_kg=fit.payload_kg,
        adapter_kg=fit.adapter_kg(order.count),
        satellites_kg=satellites_kg,
        volume_m3=craft.stowed_volume_m3 * order.count,
        volume_limit_m3=fit.volume_m3,
        slots=fit.slots,
        fit_count=fit.count,
        fit_limit=fit.limit,
        success_odds=odds(state, order.vehicle),
        flights_flown=vehicle.successes + vehicle.failures + status.flown,
        launch_usd=cost.launch_cents / CENTS,
        build_usd=cost.build_cents / CENTS,
        series_usd=series.total_cents / CENTS,
        usd_per_kg=launch_price_usd_per_kg(cost.launch_cents / CENTS, satellites_kg),
        delta_v_m_s=fit.delta_v_m_s,
        lit_fraction=year.lit_fraction,
        lifetime_years=year.lifetime_years,
        earliest=_earliest(state, order),
        service_date=date_of(service_day(state.catalogue, order, day)),
        faults=faults,
        insurance_usd=cost.insurance_cents / CENTS,
    )


def _earliest(state: CampaignState, order: Launch) -> dt.date | None:
    """The first date that could be booked; None if the vehicle has retired by then."""
    date = date_of(launch_dates.earliest_day(state, order.vehicle, order.site))
    retired = state.catalogue.vehicles[order.vehicle].retired_from
    gone = retired is not None and retired <= date and not state.scenario.rules.unlock_all
    return None if gone else date


def _known(state: CampaignState, order: Launch) -> bool:
    return (
        order.design in state.designs
        and order.vehicle in state.catalogue.vehicles
        and order.site in state.catalogue.launch_sites
    )


def _blank(order: Launch, faults: tuple[Fault, ...]) -> LaunchQuote:
    return LaunchQuote(
        vehicle=order.vehicle,
        site=order.site,
        inclination_deg=launch_fit.inclination_deg(order.orbit),
        payload_kg=0.0,
        adapter_kg=0.0,
        satellites_kg=0.0,
        volume_m3=0.0,
        volume_limit_m3=0.0,
        slots=0,
        fit_count=0,
        fit_limit="",
        success_odds=0.0,
        flights_flown=0,
        launch_usd=0.0,
        build_usd=0.0,
        series_usd=0.0,
        usd_per_kg=0.0,
        delta_v_m_s=0.0,
        lit_fraction=0.0,
        lifetime_years=0.0,
        earliest=None,
        service_date=None,
        faults=faults,
    )


@lru_cache(maxsize=256)
def orbit_year(orbit: Orbit, year: int, craft: DesignBudget) -> OrbitYear:
    """A calendar year in an orbit entered on its first day: share in sunlight, and life of a craft let go."""
    betas = _betas_deg(orbit, day_of(dt.date(year, 1, 1)))
    lit = 1.0 - sum(eclipse.eclipse_fraction(orbit.altitude_km, beta) for beta in betas) / len(betas)
    area_m2 = sum(drag_area_m2(craft, beta) for beta in betas) / len(betas)
    ballistic_kg_m2 = craft.wet_mass_kg / (DRAG_COEFFICIENT * area_m2)
    return OrbitYear(lit, decay_lifetime_years(orbit.altitude_km, ballistic_kg_m2, MODERATE_SUN_SFU))


def _betas_deg(orbit: Orbit, day: int) -> tuple[float, ...]:
    inclination_deg = launch_fit.inclination_deg(orbit)
    inclination = math.radians(inclination_deg)
    start_deg = raan_deg(orbit, day)
    drift_deg_day = node_rate_deg_day(orbit.altitude_km, inclination_deg)
    betas = []
    for after in range(0, YEAR_DAYS, SAMPLE_DAYS):
        days = day + after - 0.5
        sine = eclipse.sin_beta(
            sun.sun_x(days),
            sun.sun_y(days),
            sun.sun_z(days),
            math.cos(inclination),
            math.sin(inclination),
            math.radians(start_deg + drift_deg_day * after),
        )
        betas.append(math.degrees(math.asin(max(-1.0, min(1.0, sine)))))
    return tuple(betas)


def launch_options(
    state: CampaignState, design_id: str, orbit: Orbit, count: int | None = None
) -> tuple[LaunchOption, ...]:
    """Every vehicle from every site it uses, on its earliest date, for the launch desk.

    Args:
        state: the campaign.
        design_id: a design frozen in it; without one there are no options.
        orbit: where to.
        count: satellites a flight; as many as fit if left out.

    Returns:
        Options that are go before those that are not, then by date, then by price per satellite.
    """
    if design_id not in state.designs:
        return ()
    options = [
        _option(state, design_id, orbit, vehicle_id, site_id, count)
        for vehicle_id, vehicle in state.catalogue.vehicles.items()
        for site_id in vehicle.sites
        if site_id in state.catalogue.launch_sites
    ]
    return tuple(sorted(options, key=_rank))


def _rank(option: LaunchOption) -> tuple[bool, int, float]:
    return (not option.quote.go, day_of(option.order.date), _usd_per_satellite(option))


def _usd_per_satellite(option: LaunchOption) -> float:
    """What a satellite in orbit costs, failures included."""
    quote = option.quote
    return (quote.launch_usd + quote.build_usd) / option.order.count / max(quote.success_odds, 1e-6)


def _option(
    state: CampaignState, design_id: str, orbit: Orbit, vehicle_id: str, site_id: str, count: int | None
) -> LaunchOption:
    craft = budget_of(state, design_id)
    vehicle = state.catalogue.vehicles[vehicle_id]
    most = launch_fit.fit(vehicle, craft.wet_mass_kg, craft.stowed_volume_m3, orbit).count
    day = launch_dates.earliest_day(state, vehicle_id, site_id, state.day + LEAD_DAYS)
    order = Launch(
        design=design_id,
        count=max(1, min(most, 10_000)) if count is None else count,
        vehicle=vehicle_id,
        site=site_id,
        orbit=orbit,
        date=date_of(day),
    )
    return LaunchOption(order, launch_quote(state, order))


def best_launch(state: CampaignState, design_id: str, orbit: Orbit | None = None) -> LaunchOption | None:
    """A sensible first choice: what gets a design up soon, surely and cheaply, with money left.

    Args:
        state: the campaign.
        design_id: a design frozen in it.
        orbit: where to; the terminator orbit at 650 km if left out.

    Returns:
        The option, or None if nothing can be ordered today.
    """
    target = SunSynchronous(altitude_km=650.0) if orbit is None else orbit
    options = [_affordable(state, option) for option in launch_options(state, design_id, target)]
    ready = [option for option in options if option is not None and option.quote.go]
    if not ready:
        return None
    soon = min(day_of(option.order.date) for option in ready) + PATIENCE_DAYS
    return min((one for one in ready if day_of(one.order.date) <= soon), key=_usd_per_satellite)


def _affordable(state: CampaignState, option: LaunchOption) -> LaunchOption | None:
    """The option with no more satellites than the cash that is free can carry, or None."""
    if not state.scenario.rules.money or option.quote.fit_count < 1:
        return option
    free_usd = RESERVE * (state.cash_cents - committed_cents(state, state.day + COMMITTED_DAYS)) / CENTS
    each_usd = option.quote.build_usd / option.order.count
    count = min(option.order.count, math.floor((free_usd - option.quote.launch_usd) / each_usd))
    if count < 1:
        return None
    order = option.order.model_copy(update={"count": count})
    return LaunchOption(order, launch_quote(state, order))
