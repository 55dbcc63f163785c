"""What a fleet costs each month besides operations: ground stations, spectrum, what it leaves behind."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from engine.formulas.disposal import DISPOSAL_YEARS
from engine.kernels.layout import Field, Status
from engine.rules.learning import in_force
from engine.rules.money import book, cents
from engine.state import CampaignState, LedgerKind
from engine.units import JULIAN_YEAR_DAYS

SHELL_KM = 25.0
"""Orbits within one step of this height share a licence."""

_KINDS = {"optical-downlink": "optical", "rf-downlink": "radio"}


def booked(state: CampaignState) -> tuple[CampaignState, int]:
    """Books the upkeep of the month that ends today.

    Returns:
        The campaign, and what recurs of it, in cents.
    """
    if not in_force(state) or not len(state.names):
        return state, 0
    economy = state.catalogue.economy
    years = (state.day - state.books_day) / JULIAN_YEAR_DAYS
    flying = _flying(state)
    sites_cents = cents(economy.site_usd_per_year.nominal * sites_heard(state, flying) * years)
    shells_cents = cents(economy.shell_usd_per_year.nominal * shells_used(state, flying) * years)
    state = book(state, LedgerKind.GROUND_SITES, "", -sites_cents)
    state = book(state, LedgerKind.SPECTRUM, "", -shells_cents)
    old, derelicts, retired = state.capital, derelict_count(state), retired_count(state)
    dead, ended = max(0.0, derelicts - old.derelicts), max(0.0, retired - old.retired)
    state = book(state, LedgerKind.DERELICTS, "", -cents(dead * economy.derelict_usd.nominal))
    state = book(state, LedgerKind.DISPOSAL, "", -cents(ended * economy.disposal_usd.nominal))
    state = replace(state, capital=replace(old, derelicts=derelicts, retired=retired))
    return state, sites_cents + shells_cents


def _flying(state: CampaignState) -> NDArray[np.bool_]:
    """Batches with living satellites that are not on their way down."""
    status = state.fleet.column(Field.STATUS)
    up = (status == Status.COMMISSIONING) | (status == Status.SERVICE)
    return np.asarray(up & (state.fleet.column(Field.ALIVE_COUNT) > 0.0))


def sites_heard(state: CampaignState, flying: NDArray[np.bool_] | None = None) -> int:
    """Ground sites that the fleet needs: those of the kinds its terminals speak to."""
    flying = _flying(state) if flying is None else flying
    designs = tuple(state.designs.values())
    kinds = set()
    for number in np.unique(state.names.design[flying]).tolist():
        for fit in designs[number].links:
            link = state.catalogue.links[fit.link]
            if not link.gateways and link.kind in _KINDS:
                kinds.add(_KINDS[link.kind])
    sites = state.catalogue.ground_sites.values()
    return sum(site.kind in kinds or (site.kind == "both" and bool(kinds)) for site in sites)


def shells_used(state: CampaignState, flying: NDArray[np.bool_] | None = None) -> int:
    """Shells that the fleet needs a licence for."""
    flying = _flying(state) if flying is None else flying
    heights_km = state.fleet.column(Field.ALTITUDE_KM)[flying]
    return len(np.unique(np.round(heights_km / SHELL_KM)))


def retired_count(state: CampaignState) -> float:
    """Satellites on their way down, and those that have come down alive."""
    column = state.fleet.column
    falling = column(Field.STATUS) == Status.DISPOSAL
    return float(np.sum(column(Field.ALIVE_COUNT), where=falling) + np.sum(column(Field.DESCENDED_COUNT)))


def derelict_count(state: CampaignState) -> float:
    """Dead satellites in orbits that they do not leave by themselves within the time the rule allows."""
    column = state.fleet.column
    stays = (column(Field.STATUS) != Status.REENTERED) & (column(Field.DEAD_YEARS) > DISPOSAL_YEARS)
    return float(np.sum(column(Field.LAUNCHED_COUNT) - column(Field.ALIVE_COUNT), where=stays))
