"""Mends of a launch order: the change that clears a line of its go/no-go list."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import engine
from engine.events import day_of
from odc_tui.present import dates
from odc_tui.present.launch_orders import site_name

if TYPE_CHECKING:
    from engine.model.report import LaunchQuote
    from engine.outcomes import Fault
    from engine.state import CampaignState
    from odc_tui.present.launch_orders import Flight

__all__ = ["mend", "offer"]

SEARCH_DAYS = 400


def offer(state: CampaignState, flight: Flight, quote: LaunchQuote, fault: Fault) -> str:
    """What enter on a line does, as `move to 1 Oct 2027`; empty if nothing.

    Args:
        state: the campaign.
        flight: the form.
        quote: what the engine says to it.
        fault: one line of its list.
    """
    if fault.severity != "stop":
        return ""
    if fault.field.startswith("orbit") or fault.field == "site":
        other = _other_site(state, flight)
        if other is not None:
            return f"launch from {site_name(state, other)}"
    if fault.field in {"date", "site", "vehicle"}:
        return _date_offer(flight, quote)
    if fault.field == "count":
        fits = quote.fit_count
        if fits < 1:
            return ""
        return f"carry {fits:,}" if flight.count > fits else "carry as many as can be paid"
    return _SERIES.get(fault.field, "")


_SERIES = {
    "every_days": "leave more days between the flights",
    "flights": "one flight a date",
    "plane_step_deg": "keep all flights in one plane",
    "altitude_step_km": "keep all flights at one altitude",
}


def _date_offer(flight: Flight, quote: LaunchQuote) -> str:
    if quote.earliest is None:
        return ""
    if day_of(quote.earliest) > flight.day:
        return f"move to {dates.day_month_year(quote.earliest)}"
    return "move to the next free day"


def mend(state: CampaignState, flight: Flight, fault: Fault) -> Flight | None:
    """The flight with the least change that clears a line, or None if none is known.

    Args:
        state: the campaign.
        flight: the form.
        fault: a line of its list.
    """
    for tried in _candidates(state, flight, fault):
        if not _stands(state, tried, fault):
            return tried
    return None


def _stands(state: CampaignState, flight: Flight, fault: Fault) -> bool:
    """Whether the line, or another about the same field, still stops the flight."""
    found = engine.check(state, flight.order)
    return any(other.severity == "stop" and other.field == fault.field for other in found)


def _candidates(state: CampaignState, flight: Flight, fault: Fault) -> Iterator[Flight]:
    if fault.field.startswith("orbit") or fault.field == "site":
        other = _other_site(state, flight)
        if other is not None:
            yield replace(flight, site=other)
    if fault.field in {"date", "site", "vehicle"}:
        yield from _dates(state, flight)
    elif fault.field == "count":
        yield from _counts(state, flight)
    elif fault.field == "every_days":
        rate = state.catalogue.vehicles[flight.vehicle].flights_per_year.nominal
        yield replace(flight, every_days=max(1, math.ceil(365 / rate)))
    elif fault.field == "flights":
        yield replace(flight, flights=1)
    elif fault.field == "plane_step_deg":
        yield replace(flight, plane_step_deg=0.0)
    elif fault.field == "altitude_step_km":
        yield replace(flight, altitude_step_km=0.0)


def _dates(state: CampaignState, flight: Flight) -> Iterator[Flight]:
    earliest = engine.launch_quote(state, flight.order).earliest
    if earliest is None:
        return
    first = max(flight.day, day_of(earliest))
    for day in range(first, first + SEARCH_DAYS):
        yield replace(flight, day=day)


def _counts(state: CampaignState, flight: Flight) -> Iterator[Flight]:
    """As many as fit, then fewer by halving the doubt, for what can be paid."""
    fits = engine.launch_quote(state, flight.order).fit_count
    most = min(flight.count, fits)
    if most < 1:
        return
    low, high = 0, most + 1
    while high - low > 1:
        middle = (low + high) // 2
        count_stops = any(
            fault.severity == "stop" and fault.field == "count"
            for fault in engine.check(state, replace(flight, count=middle).order)
        )
        low, high = (low, middle) if count_stops else (middle, high)
    if low >= 1:
        yield replace(flight, count=low)


def _other_site(state: CampaignState, flight: Flight) -> str | None:
    """Another site of the same vehicle that reaches the orbit."""
    for site in state.catalogue.vehicles[flight.vehicle].sites:
        if site == flight.site or site not in state.catalogue.launch_sites:
            continue
        found = engine.check(state, replace(flight, site=site).order)
        if not any(
            f.severity == "stop" and (f.field.startswith("orbit") or f.field == "site") for f in found
        ):
            return site
    return None
