"""The go/no-go list of a launch order: every line that passes, every risk, every reason to stop."""

from __future__ import annotations

from collections.abc import Iterator

from engine.events import date_of, day_of
from engine.formulas.disposal import DISPOSAL_YEARS, disposal_delta_v_m_s
from engine.model.budget import DesignBudget
from engine.model.orbit import SunSynchronous
from engine.orders import Launch
from engine.outcomes import Fault
from engine.rules import launch_dates, launch_fit
from engine.rules.budgets import budget_of
from engine.rules.companies import filing_faults
from engine.rules.launch_fit import HIGHEST_KM, LOWEST_KM, Fit
from engine.rules.launch_money import COMMITTED_DAYS, committed_cents, flight_cost, is_insured
from engine.rules.learning import in_force
from engine.rules.odds import odds
from engine.rules.ramps import flights_per_year, polar_faults
from engine.rules.surroundings import craft_dead_years
from engine.rules.words import counted, day_text, did_you_mean, figures, money, percent, tonnes
from engine.state import CENTS, CampaignState

GOOD_ODDS = 0.95

MOST_BATCHES = 100_000
"""Flights a campaign can hold: each is a batch of a kilobyte, and all are carried through every day."""


def launch_faults(state: CampaignState, order: Launch) -> tuple[Fault, ...]:
    """All lines of the go/no-go list, `stop` lines first."""
    unknown = tuple(_unknown(state, order))
    if unknown:
        return unknown
    craft = budget_of(state, order.design)
    fit = launch_fit.fit(
        state.catalogue.vehicles[order.vehicle],
        craft.wet_mass_kg,
        craft.stowed_volume_m3,
        order.orbit,
        launch_fit.hardest_altitude_km(order),
    )
    lines = [
        *_way_faults(state, order, fit),
        *polar_faults(state, order, fit.inclination_deg),
        *filing_faults(state, order),
        *_manifest_faults(state, order, fit),
        *_series_faults(state, order),
        *_date_faults(state, order),
        *_money_faults(state, order),
        *_odds_faults(state, order),
        *_end_faults(craft, fit),
    ]
    rank = {"stop": 0, "risk": 1, "ok": 2}
    return tuple(sorted(lines, key=lambda line: rank[line.severity]))


def _unknown(state: CampaignState, order: Launch) -> Iterator[Fault]:
    known = (
        ("design", order.design, state.designs, "Freeze a design first, from a preset or your own."),
        ("vehicle", order.vehicle, state.catalogue.vehicles, "The catalogue has no vehicles."),
        ("site", order.site, state.catalogue.launch_sites, "The catalogue has no launch sites."),
    )
    for field, wrong, ids, nothing in known:
        if wrong not in ids:
            yield Fault("stop", field, f"There is no {field} {wrong}.", did_you_mean(wrong, ids, nothing))


def _way_faults(state: CampaignState, order: Launch, fit: Fit) -> Iterator[Fault]:
    vehicle = state.catalogue.vehicles[order.vehicle]
    site = state.catalogue.launch_sites[order.site]
    if order.site not in vehicle.sites:
        sites = " or ".join(vehicle.sites)
        yield Fault("stop", "site", f"{vehicle.name} does not fly from {site.name}.", f"Use {sites}.")
    elif not launch_fit.reaches(site, fit.inclination_deg):
        reason = (
            f"{site.name} reaches {launch_fit.corridors_text(site)}, not {figures(fit.inclination_deg)}°."
        )
        yield Fault(
            "stop", _inclination_field(order), reason, _other_sites(state, order, fit.inclination_deg)
        )
    else:
        reason = f"{site.name} reaches {figures(fit.inclination_deg)}° inclination."
        yield Fault("ok", "site", reason)


def _inclination_field(order: Launch) -> str:
    return "orbit" if isinstance(order.orbit, SunSynchronous) else "orbit.inclination_deg"


def _other_sites(state: CampaignState, order: Launch, inclination: float) -> str:
    sites = state.catalogue.launch_sites
    own = state.catalogue.vehicles[order.vehicle].sites
    mine = [site for site in own if site in sites and launch_fit.reaches(sites[site], inclination)]
    if mine:
        return f"Launch from {' or '.join(mine)}."
    others = [
        f"{vehicle_id} from {site_id}"
        for vehicle_id, vehicle in state.catalogue.vehicles.items()
        for site_id in vehicle.sites
        if site_id in sites and launch_fit.reaches(sites[site_id], inclination)
    ]
    return f"Use {others[0]}, or another inclination." if others else "Choose another inclination."


def _manifest_faults(state: CampaignState, order: Launch, fit: Fit) -> Iterator[Fault]:
    name = state.catalogue.vehicles[order.vehicle].name
    where = f"{fit.altitude_km:g} km, {figures(fit.inclination_deg)}°"
    loaded, volume = fit.loaded_kg(order.count), fit.satellite_m3 * order.count
    lines = (
        (order.count > fit.mass_count,
         f"{tonnes(loaded)} with adapters, and {name} lifts {tonnes(fit.payload_kg)} to {where}."),
        (order.count > fit.volume_count,
         f"{figures(volume)} m³ stowed, and the fairing holds {figures(fit.volume_m3)} m³."),
        (order.count > fit.slots,
         f"{counted(order.count, 'satellite')}, and the dispenser has {fit.slots:,} places."),
    )  # fmt: skip
    for too_much, reason in lines:
        if too_much:
            yield Fault("stop", "count", reason, _fewer(fit))
    if order.count <= fit.count:
        spare = fit.count - order.count
        yield Fault(
            "ok",
            "count",
            f"{tonnes(loaded)} of {tonnes(fit.payload_kg)}, "
            f"{figures(volume)} of {figures(fit.volume_m3)} m³; {spare:,} more would fit.",
        )


def _fewer(fit: Fit) -> str:
    if fit.count >= 1:
        return f"Carry {fit.count:,} or fewer, or use a larger vehicle."
    return "Not even one fits: use a larger vehicle, a lower orbit or a lighter design."


def _series_faults(state: CampaignState, order: Launch) -> Iterator[Fault]:
    batches = len(state.names) + sum(booking.left for booking in state.bookings)
    if batches + order.times * order.flights > MOST_BATCHES:
        yield Fault(
            "stop",
            "times",
            f"{batches:,} flights are flown or booked, and a campaign holds {MOST_BATCHES:,}.",
            "Use fewer flights with more satellites each.",
        )
    top_km, low_km = launch_fit.hardest_altitude_km(order), order.orbit.altitude_km
    last_km = launch_fit.shell_altitude_km(order, min(order.shells, order.times * order.flights) - 1)
    if top_km > HIGHEST_KM or min(low_km, last_km) < LOWEST_KM:
        yield Fault(
            "stop",
            "altitude_step_km",
            f"The series would reach {last_km:g} km; orbits lie between {LOWEST_KM:g} and {HIGHEST_KM:g} km.",
            "Use a smaller step or fewer shells.",
        )
    if order.plane_step_deg and isinstance(order.orbit, SunSynchronous):
        yield Fault(
            "stop",
            "plane_step_deg",
            "A sun-synchronous orbit has its plane fixed by its local time.",
            "Set plane_step_deg to 0, or use an inclined orbit.",
        )


def _date_faults(state: CampaignState, order: Launch) -> Iterator[Fault]:
    day = day_of(order.date)
    if day < state.day:
        today = day_text(state.day)
        yield Fault(
            "stop",
            "date",
            f"{day_text(day)} has passed: today is {today}.",
            f"Date it {state.date} or later.",
        )
        return
    vehicle = state.catalogue.vehicles[order.vehicle]
    retired = vehicle.retired_from
    if retired and retired <= order.date and not state.scenario.rules.unlock_all:
        reason = f"{vehicle.name} has flown its last: it was retired on {day_text(day_of(retired))}."
        yield Fault("stop", "vehicle", reason, "Choose another vehicle.")
        return
    earliest = date_of(launch_dates.earliest_day(state, order.vehicle, order.site))
    holds = [
        hold for hold in launch_dates.known_holds(state, order.vehicle, order.site) if hold.until_day > day
    ]
    for hold in holds:
        fix = f"Date the launch {earliest} or later, or choose another {hold.field}."
        yield Fault("stop", hold.field, f"{hold.reason}.", fix)
    pace = tuple(_pace_faults(state, order))
    yield from pace
    if not holds and not pace:
        yield Fault("ok", "date", f"{vehicle.name} can fly on {day_text(day)}.")


def _pace_faults(state: CampaignState, order: Launch) -> Iterator[Fault]:
    gap = launch_dates.gap_days(state, order.vehicle)
    if gap == 0:
        return
    vehicle = state.catalogue.vehicles[order.vehicle]
    rate = flights_per_year(state, order.vehicle)
    pace = f"{vehicle.name} flies {figures(rate)} times a year"
    at_once = max(1, int(rate / launch_dates.YEAR_DAYS))
    if order.flights > at_once:
        fix = f"Use times and every_days = {gap} instead, with flights = {at_once}."
        yield Fault("stop", "flights", f"{pace}, not {order.flights:,} times on one day.", fix)
    if order.times > 1 and order.every_days < gap:
        yield Fault("stop", "every_days", f"{pace}: {gap} days apart.", f"Set every_days to {gap} or more.")
    taken = launch_dates.booked_days(state, order.vehicle)
    clash = launch_dates.first_clash(launch_dates.series_days(order), taken, gap)
    if clash is not None:
        free = date_of(launch_dates.free_day(taken, max(day_of(order.date), state.day), gap))
        yield Fault(
            "stop", "date", f"{pace}, and {day_text(clash)} is too near another flight.", f"Date it {free}."
        )


def _money_faults(state: CampaignState, order: Launch) -> Iterator[Fault]:
    if not state.scenario.rules.money:
        return
    first = flight_cost(state, order).total_cents
    series = flight_cost(state, order, order.times * order.flights).total_cents
    spoken = committed_cents(state, state.day + COMMITTED_DAYS)
    free = state.cash_cents - spoken
    if first > free:
        booked = f" after {money(spoken / CENTS)} of flights already booked" if spoken else ""
        soon = day_of(order.date) <= state.day + COMMITTED_DAYS
        yield Fault(
            "stop" if soon else "risk",
            "count",
            f"The flight costs {money(first / CENTS)}, and {money(free / CENTS)} is free{booked}.",
            "Carry fewer satellites, use a cheaper vehicle, or earn first.",
        )
    elif series > free:
        yield Fault(
            "risk",
            "times",
            f"The series costs {money(series / CENTS)}, and {money(free / CENTS)} is free.",
            "It must earn as it grows: flights that cannot be paid on their day are cancelled.",
        )
    else:
        yield Fault("ok", "count", f"{money(series / CENTS)} of {money(free / CENTS)} free.")


def _end_faults(craft: DesignBudget, fit: Fit) -> Iterator[Fault]:
    """Whether the satellites can be brought down again from where they go, alive or dead."""
    need = disposal_delta_v_m_s(fit.altitude_km)
    years = craft_dead_years(craft, fit.altitude_km)
    reason = f"Propellant for {figures(craft.delta_v_m_s)} m/s; the way down from {fit.altitude_km:g} km"
    if craft.delta_v_m_s >= need:
        yield Fault("ok", "design", f"{reason} takes {figures(need)} m/s.")
    elif years <= DISPOSAL_YEARS:
        waiting = f"or {figures(years)} years of waiting"
        yield Fault("ok", "design", f"{reason} takes {figures(need)} m/s, {waiting}.")
    else:
        fix = "Carry more propellant in the next design, or fly lower."
        yield Fault("risk", "design", f"{reason} needs {figures(need)} m/s.", fix)
    reason = f"One that dies there comes down by itself in {figures(years)} years"
    if years <= DISPOSAL_YEARS:
        yield Fault("ok", "orbit", f"{reason}; the rule allows {DISPOSAL_YEARS:g}.")
    else:
        fix = "Fly lower, or count every failure as an obligation that is not met."
        yield Fault("risk", "orbit", f"{reason}, and the rule allows {DISPOSAL_YEARS:g}.", fix)


def _odds_faults(state: CampaignState, order: Launch) -> Iterator[Fault]:
    if not state.scenario.rules.launch_failures:
        yield Fault("ok", "vehicle", "No launch fails under the rules of this scenario.")
        return
    chance = odds(state, order.vehicle)
    vehicle, status = state.catalogue.vehicles[order.vehicle], state.vehicles[order.vehicle]
    good = vehicle.successes + status.good + state.others.good.get(order.vehicle, 0)
    flown = good + vehicle.failures + status.failed + state.others.failed.get(order.vehicle, 0)
    record = f"Odds {percent(chance)}: {good:,} of {counted(flown, 'flight')} succeeded."
    if chance >= GOOD_ODDS:
        yield Fault("ok", "vehicle", record)
    else:
        yield Fault("risk", "vehicle", record, "Split the satellites over flights, or use a proven vehicle.")
    yield from _cover_faults(state, order)


def _cover_faults(state: CampaignState, order: Launch) -> Iterator[Fault]:
    """Who bears the risk of the flight, and what the other choice would cost."""
    if not in_force(state) or odds(state, order.vehicle) >= 1.0:
        return
    cost = flight_cost(state, order.model_copy(update={"insured": True}))
    premium, value = money(cost.insurance_cents / CENTS), money(cost.value_cents / CENTS)
    if is_insured(state, order):
        yield Fault("ok", "insured", f"Insured for {value}, at {premium} a flight.")
    else:
        yield Fault("ok", "insured", f"Not insured: {value} a flight at stake. Cover would cost {premium}.")
