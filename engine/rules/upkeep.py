"""What a fleet costs each month besides operations: ground stations, spectrum, what it leaves behind."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from engine.formulas.disposal import DISPOSAL_YEARS
from engine.kernels.layout import Field, Status
from engine.rules.learning import in_force
from engine.rules.money import book_all, cents
from engine.simulate.fleet import places
from engine.state import CampaignState, LedgerKind, changed
from engine.units import JULIAN_YEAR_DAYS

SHELL_KM = 25.0
"""Orbits within one step of this height share a licence."""

_COLUMNS = places(
    Field.STATUS,
    Field.ALIVE_COUNT,
    Field.LAUNCHED_COUNT,
    Field.DESCENDED_COUNT,
    Field.ALTITUDE_KM,
    Field.DEAD_YEARS,
)

_KINDS = {"optical-downlink": "optical", "rf-downlink": "radio"}


def booked(state: CampaignState) -> tuple[CampaignState, int]:
    """Books the upkeep of the month that ends today.

    Returns:
        The campaign, and what recurs of it, in cents.
    """
    if not in_force(state) or not len(state.names):
        return state, 0
    economy, seen = state.catalogue.economy, _seen(state)
    years = (state.day - state.books_day) / JULIAN_YEAR_DAYS
    sites_cents = cents(economy.site_usd_per_year.nominal * _sites(state, seen) * years)
    shells_cents = cents(economy.shell_usd_per_year.nominal * seen.shells * years)
    old, derelicts, retired = state.capital, seen.derelicts, seen.retired
    dead, ended = max(0.0, derelicts - old.derelicts), max(0.0, retired - old.retired)
    entries = (
        (LedgerKind.GROUND_SITES, "", -sites_cents),
        (LedgerKind.SPECTRUM, "", -shells_cents),
        (LedgerKind.DERELICTS, "", -cents(dead * economy.derelict_usd.nominal)),
        (LedgerKind.DISPOSAL, "", -cents(ended * economy.disposal_usd.nominal)),
    )
    state = book_all(state, entries)
    if (derelicts, retired) != (old.derelicts, old.retired):
        state = changed(state, capital=replace(old, derelicts=derelicts, retired=retired))
    return state, sites_cents + shells_cents


@dataclass(frozen=True, slots=True)
class _Seen:
    """What of a fleet costs upkeep.

    Attributes:
        designs: numbers of the designs of which satellites live and are not on their way down.
        shells: shells that these are in.
        derelicts: dead satellites in orbits that they do not leave within the time the rule allows.
        retired: satellites on their way down, and those that have come down alive.
    """

    designs: tuple[int, ...]
    shells: int
    derelicts: float
    retired: float


def _seen(state: CampaignState) -> _Seen:
    status, alive, launched, descended, heights_km, dead_years = state.fleet.table(_COLUMNS)
    flying = (status <= Status.SERVICE) & (status > Status.EMPTY) & (alive > 0.0)
    stays = (status != Status.REENTERED) & (dead_years > DISPOSAL_YEARS)
    return _Seen(
        designs=tuple(sorted(set(state.names.design[flying].tolist()))),
        shells=len(set(np.round(heights_km[flying] / SHELL_KM).tolist())),
        derelicts=float((launched - alive)[stays].sum()),
        retired=float(alive[status == Status.DISPOSAL].sum() + descended.sum()),
    )


def _sites(state: CampaignState, seen: _Seen) -> int:
    """Ground sites that a fleet needs: those of the kinds its terminals speak to."""
    designs = tuple(state.designs.values())
    fits = {fit.link for number in seen.designs for fit in designs[number].links}
    links = [state.catalogue.links[fit] for fit in fits]
    kinds = {_KINDS[link.kind] for link in links if not link.gateways and link.kind in _KINDS}
    sites = state.catalogue.ground_sites.values()
    return sum(site.kind in kinds or (site.kind == "both" and bool(kinds)) for site in sites)


def sites_heard(state: CampaignState) -> int:
    """Ground sites that the fleet needs today."""
    return _sites(state, _seen(state)) if state.fleet.count else 0


def shells_used(state: CampaignState) -> int:
    """Shells that the fleet needs a licence for today."""
    return _seen(state).shells if state.fleet.count else 0
