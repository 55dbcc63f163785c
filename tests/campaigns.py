"""Campaigns for tests: the real catalogue, scenarios with single rules changed, orders that must hold."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from pathlib import Path
from typing import Any

from engine.campaign import advance, apply, new_campaign
from engine.events import Event, EventKind
from engine.model.catalogue import Catalogue
from engine.model.design import Design
from engine.model.orbit import SunSynchronous
from engine.model.scenario import Scenario
from engine.orders import DefineDesign, Launch, Order
from engine.outcomes import Accepted, Rejected
from engine.state import CampaignState
from engine.store.catalogue_text import load_catalogue
from engine.store.scenario_text import load_scenarios

ASSETS = Path(__file__).resolve().parent.parent / "assets"
TERMINATOR = SunSynchronous(altitude_km=650.0)
PATIENT = {"launch_failures": False, "slips": False, "cadence": False, "unlock_all": True}
"""Rules under which every launch leaves and arrives on its date."""


def _texts(folder: str) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in sorted((ASSETS / folder).glob("*.toml"))}


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """The catalogue that ships."""
    folders = ("companies", "happenings")
    apart = {f"{folder}/{name}": text for folder in folders for name, text in _texts(folder).items()}
    return load_catalogue(_texts("catalogue") | apart)


@lru_cache(maxsize=1)
def scenarios() -> dict[str, Scenario]:
    """The scenarios that ship, by id."""
    return load_scenarios(_texts("scenarios"), catalogue())


def preset(name: str = "node-100", **changes: Any) -> Design:
    """A shipped design, with parts of it changed."""
    return catalogue().presets[name].design.model_copy(update=changes)


def begin(
    scenario: str = "two-rockets", seed: int = 1, rules: dict[str, bool] | None = None, **changes: Any
) -> CampaignState:
    """Day one of a shipped scenario, with rules and fields of it changed."""
    base = scenarios()[scenario]
    changed = base.model_copy(update={**changes, "rules": base.rules.model_copy(update=rules or {})})
    return new_campaign(changed, catalogue(), seed)


def done(outcome: Accepted | Rejected) -> CampaignState:
    """The state after an outcome that must hold."""
    assert isinstance(outcome, Accepted), outcome
    return outcome.state


def refused(state: CampaignState, order: Order) -> Rejected:
    """The refusal of an order that must not hold."""
    outcome = apply(state, order)
    assert isinstance(outcome, Rejected), outcome
    return outcome


def ordered(state: CampaignState, *orders: Order) -> CampaignState:
    """The state after orders that must all hold."""
    for order in orders:
        state = done(apply(state, order))
    return state


def passed(state: CampaignState, until: int | dt.date, *stop_on: EventKind) -> CampaignState:
    """The state on a later day."""
    return done(advance(state, until, frozenset(stop_on)))


def happened(state: CampaignState, until: int | dt.date) -> tuple[Event, ...]:
    """What happens on the way to a later day."""
    outcome = advance(state, until)
    assert isinstance(outcome, Accepted), outcome
    return outcome.events


def flight(state: CampaignState, **changes: Any) -> Launch:
    """One flight of the first frozen design on a proven vehicle, in ten days."""
    values: dict[str, Any] = {
        "design": next(iter(state.designs), "node-100"),
        "count": 2,
        "vehicle": "falcon-9",
        "site": "slc-40",
        "orbit": TERMINATOR,
        "date": state.date + dt.timedelta(days=10),
    }
    return Launch(**(values | changes))


def in_orbit(
    state: CampaignState | None = None, design: Design | None = None, days: int = 60, **changes: Any
) -> CampaignState:
    """A campaign whose first batch has been in orbit for some time; without money unless a state is given."""
    start = begin("sandbox") if state is None else state
    start = ordered(start, DefineDesign(design=design or preset()))
    start = ordered(start, flight(start, **changes))
    return passed(start, start.day + 10 + days)
