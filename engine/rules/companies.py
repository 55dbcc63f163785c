"""What a company has that others have not: its own parts at cost, and a filing that bounds it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from engine.model.same import Same
from engine.outcomes import Fault
from engine.rules.words import counted
from engine.state import CampaignState

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from engine.model.catalogue import Catalogue
    from engine.model.company import Company
    from engine.model.scenario import Scenario
    from engine.orders import Launch

_KEPT = 16


def company_of(state: CampaignState) -> Company | None:
    """The company whose campaign this is; None where that plays no part."""
    return state.catalogue.companies.get(state.scenario.company or "")


def catalogue_for(scenario: Scenario, catalogue: Catalogue) -> Catalogue:
    """The catalogue as the company of a scenario sees it: its own parts at what they cost it."""
    company = catalogue.companies.get(scenario.company or "")
    return catalogue if company is None else _own(company.id, Same(catalogue))


@lru_cache(maxsize=_KEPT)
def _own(company_id: str, same: Same[Catalogue]) -> Catalogue:
    catalogue = same.thing
    company = catalogue.companies[company_id]
    vehicles = {vehicle_id: {"price_usd": own.cost_usd} for vehicle_id, own in company.vehicles.items()}
    buses = {bus_id: dict(own) for bus_id, own in company.buses.items()}
    links = {link_id: dict(own) for link_id, own in company.links.items()}
    changed = {
        "vehicles": _with(catalogue.vehicles, vehicles),
        "buses": _with(catalogue.buses, buses),
        "links": _with(catalogue.links, links),
        "workloads": _with(catalogue.workloads, _in_house(catalogue, company)),
        "fingerprint": f"{catalogue.fingerprint} {company_id}",
    }
    return catalogue.model_copy(update=changed)


def _in_house(catalogue: Catalogue, company: Company) -> dict[str, dict[str, Any]]:
    """Demand for its kinds of work, with what its own group wants besides."""
    changes = {}
    for workload_id, own in company.in_house.items():
        market, more = catalogue.workloads[workload_id].demand_pflops, own.demand_pflops.nominal
        whole = market.nominal + more
        high = None if market.high is None else max(market.high, whole)
        changes[workload_id] = {"demand_pflops": market.model_copy(update={"nominal": whole, "high": high})}
    return changes


def _with(table: Mapping[str, Any], changes: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    return {key: entry.model_copy(update=changes.get(key, {})) for key, entry in table.items()}


def filing_faults(state: CampaignState, order: Launch) -> Iterator[Fault]:
    """Whether the company has asked for so many satellites."""
    company = company_of(state)
    if company is None or company.filing is None:
        return
    waiting = sum(booking.left * booking.order.count for booking in state.bookings)
    sent = state.totals.satellites_launched + waiting
    asked = order.count * order.times * order.flights
    limit = company.filing.satellites
    if sent + asked > limit:
        yield Fault(
            "stop",
            "count",
            f"{company.name} has filed for {counted(limit, 'satellite')}; {sent:,} are launched or booked.",
            f"Launch {max(0, limit - sent):,} at most.",
        )
