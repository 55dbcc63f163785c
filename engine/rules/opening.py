"""The first day of a campaign."""

from __future__ import annotations

from dataclasses import replace

from engine.events import day_of
from engine.model.catalogue import Catalogue, LaunchSite
from engine.model.scenario import Scenario
from engine.rules import draw
from engine.rules.ground import opening_ground
from engine.rules.money import cents
from engine.simulate.fleet import Fleet
from engine.state import CampaignState, Market, Names, SiteStatus, Totals, VehicleStatus


def new_campaign(scenario: Scenario, catalogue: Catalogue, seed: int = 0) -> CampaignState:
    """Day one of a campaign: the scenario's money, no design, no satellite.

    Args:
        scenario: where it starts and which rules bite.
        catalogue: everything that can be referred to.
        seed: decides every draw of the campaign; any integer from 0 to 2**63 - 1.
    """
    day = day_of(scenario.start_date)
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
    return replace(state, ground=opening_ground(state))


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
