"""The first day of a campaign."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from engine.events import day_of
from engine.model.catalogue import Catalogue, LaunchSite
from engine.model.scenario import Scenario
from engine.rules import draw
from engine.rules.companies import catalogue_for
from engine.rules.ground import opening_ground
from engine.rules.money import cents
from engine.rules.ramps import drawn_ramps
from engine.rules.rivals import rival_seed
from engine.simulate.fleet import Fleet
from engine.state import CampaignState, Market, Names, Rival, SiteStatus, Totals, VehicleStatus, changed

if TYPE_CHECKING:
    from engine.model.company import Company, Roadmap


def new_campaign(scenario: Scenario, catalogue: Catalogue, seed: int = 0) -> CampaignState:
    """Day one of a campaign: the scenario's money, no design, no satellite, and rivals who have none either.

    Args:
        scenario: where it starts and which rules bite.
        catalogue: everything that can be referred to.
        seed: decides every draw of the campaign; any integer from 0 to 2**63 - 1.
    """
    state = _first_day(scenario, catalogue, seed)
    if not scenario.rules.rivals:
        return state
    state = changed(state, ramps=drawn_ramps(catalogue, seed))
    return changed(state, rivals=_rivals(state, catalogue))


def _rivals(state: CampaignState, catalogue: Catalogue) -> tuple[Rival, ...]:
    """The companies that the engine runs: those with a roadmap, but the player's own."""
    found = []
    for company in catalogue.companies.values():
        if company.roadmap is not None and company.id != state.scenario.company:
            scenario = _seen_from(state.scenario, company, company.roadmap)
            own = _first_day(scenario, catalogue, rival_seed(state.seed, company.id))
            found.append(Rival(company.id, replace(own, sites=state.sites, ramps=state.ramps)))
    return tuple(found)


def _seen_from(scenario: Scenario, company: Company, plan: Roadmap) -> Scenario:
    """The scenario as a rival plays it: its own money, nothing to reach, and no rivals within it."""
    changes = {
        "company": company.id,
        "cash_usd": plan.budget_usd.nominal,
        "rules": scenario.rules.model_copy(update={"rivals": False, "happenings": False}),
        "objectives": (),
        "end_date": None,
    }
    return scenario.model_copy(update=changes)


def _first_day(scenario: Scenario, catalogue: Catalogue, seed: int) -> CampaignState:
    day = day_of(scenario.start_date)
    catalogue = catalogue_for(scenario, catalogue)
    state = CampaignState(
        scenario=scenario,
        catalogue=catalogue,
        seed=seed,
        day=day,
        cash_cents=cents(scenario.cash_usd),
        designs={},
        bookings=(),
        vehicles={
            vehicle_id: VehicleStatus(
                announced=scenario.rules.unlock_all or day_of(vehicle.available_from) <= day
            )
            for vehicle_id, vehicle in catalogue.vehicles.items()
        },
        sites=_closed_sites(scenario, catalogue, seed),
        fleet=Fleet.empty(),
        names=Names.empty(),
        next_launch=1,
        ledger=(),
        books_day=day,
        month_operations_cents=0,
        month_revenue_cents=0,
        market=Market(),
        totals=Totals(),
        milestones=(),
        log=(),
    )
    return changed(state, ground=opening_ground(state))


def _closed_sites(scenario: Scenario, catalogue: Catalogue, seed: int) -> dict[str, SiteStatus]:
    """Outages that have not ended on the first day, each with the day it will really end."""
    if not scenario.rules.cadence:
        return {}
    statuses = {}
    for site_id, site in catalogue.launch_sites.items():
        if site.closure is not None:
            status = SiteStatus(day_of(site.closure.since), reopening_day(site_id, site, seed))
            if status.reopen_day > day_of(scenario.start_date):
                statuses[site_id] = status
    return statuses


def reopening_day(site_id: str, site: LaunchSite, seed: int) -> int:
    """The day a closed site really opens again, drawn between its dates and likeliest on the expected one."""
    if site.closure is None:
        return 0
    dates = (site.closure.earliest, site.closure.expected, site.closure.latest)
    low, peak, high = (float(day_of(date)) for date in dates)
    return round(draw.triangular(seed, site_id, "reopening", low, peak, high))
