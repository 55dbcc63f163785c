"""Time: cutting it anywhere changes nothing, stopping for an event is exact, the digest sees everything."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.campaign import advance
from engine.events import EventKind
from engine.fingerprint import digest
from engine.kernels.layout import Field
from engine.model.orbit import Inclined
from engine.orders import DefineDesign, SetLoadPolicy, StandingOrder
from engine.outcomes import Accepted
from engine.simulate.fleet import Fleet
from engine.state import (
    CampaignState,
    Goal,
    LedgerKind,
    LedgerLine,
    Luck,
    Names,
    Ramp,
    Rival,
    Shell,
    SiteStatus,
    Standing,
)
from tests.campaigns import begin, flight, in_orbit, ordered, passed, preset

DAYS = 900


def busy(seed: int) -> CampaignState:
    """A campaign with slips, failures, stand-downs, several vehicles and money, from a day in mid-month."""
    state = begin("two-rockets", seed, cash_usd=4e9)
    state = ordered(state, DefineDesign(design=preset()), DefineDesign(design=preset("h100-demonstrator")))
    day = state.date
    return ordered(
        state,
        flight(state, date=day + dt.timedelta(days=3), times=6, every_days=40),
        flight(
            state,
            vehicle="starship-v3",
            site="lc-39a",
            count=4,
            date=day + dt.timedelta(days=9),
            times=4,
            every_days=90,
        ),
        flight(state, vehicle="new-glenn-7x2", site="lc-36a", count=4, date=dt.date(2027, 10, 1)),
        flight(
            state,
            design="h100-demonstrator",
            vehicle="falcon-9",
            site="slc-4e",
            count=3,
            orbit=Inclined(altitude_km=420.0, inclination_deg=70.0),
            date=day + dt.timedelta(days=17),
            spread="cluster",
        ),
    )


@settings(max_examples=12)
@given(seed=st.integers(0, 5), cuts=st.lists(st.integers(1, DAYS - 1), max_size=12, unique=True))
def test_an_advance_may_be_cut_anywhere(seed: int, cuts: list[int]) -> None:
    start = busy(seed)
    whole = advance(start, start.day + DAYS)
    assert isinstance(whole, Accepted)
    state, told = start, []
    for cut in [*sorted(cuts), DAYS]:
        outcome = advance(state, start.day + cut)
        assert isinstance(outcome, Accepted)
        state = outcome.state
        told += outcome.events
    assert tuple(told) == whole.events
    assert state.log == whole.state.log
    assert state.ledger == whole.state.ledger
    assert digest(state) == digest(whole.state)


def test_a_busy_campaign_has_everything_that_cuts_could_upset() -> None:
    kinds = set()
    for seed in range(6):
        outcome = advance(busy(seed), busy(seed).day + DAYS)
        assert isinstance(outcome, Accepted)
        kinds |= {event.kind for event in outcome.events}
    assert kinds >= {
        EventKind.LAUNCH_SUCCESS,
        EventKind.LAUNCH_FAILURE,
        EventKind.LAUNCH_SLIP,
        EventKind.VEHICLE_GROUNDED,
        EventKind.VEHICLE_AVAILABLE,
        EventKind.SITE_REOPENED,
        EventKind.IN_SERVICE,
        EventKind.ECLIPSE_BEGINS,
        EventKind.SATELLITE_LOST,
        EventKind.MONTH_CLOSED,
        EventKind.MILESTONE,
    }


def test_every_single_day_adds_up_to_a_year() -> None:
    start = busy(3)
    state = start
    for _ in range(365):
        state = passed(state, state.day + 1)
    assert digest(state) == digest(passed(start, start.day + 365))


@pytest.mark.parametrize(
    "kind",
    [
        EventKind.LAUNCH_SUCCESS,
        EventKind.LAUNCH_SLIP,
        EventKind.IN_SERVICE,
        EventKind.ECLIPSE_BEGINS,
        EventKind.SATELLITE_LOST,
        EventKind.MONTH_CLOSED,
        EventKind.MILESTONE,
    ],
)
def test_stopping_for_an_event_gives_the_first_state_that_knows_of_it(kind: EventKind) -> None:
    start = busy(1)
    whole = advance(start, start.day + DAYS)
    stopped = advance(start, start.day + DAYS, {kind})
    assert isinstance(whole, Accepted)
    assert isinstance(stopped, Accepted)
    state = stopped.state
    assert state.day < start.day + DAYS
    assert kind in {event.kind for event in stopped.events}
    assert stopped.events == whole.events[: len(stopped.events)]
    assert kind not in {event.kind for event in passed(start, state.day - 1).log if event.day >= start.day}
    assert digest(state) == digest(passed(start, state.day))


def test_going_on_after_stops_ends_where_an_advance_without_stops_ends() -> None:
    start = busy(2)
    state, stops = start, 0
    while state.day < start.day + DAYS:
        outcome = advance(state, start.day + DAYS, {EventKind.SATELLITE_LOST, EventKind.LAUNCH_SUCCESS})
        assert isinstance(outcome, Accepted)
        state, stops = outcome.state, stops + 1
    assert stops > 8
    assert digest(state) == digest(passed(start, start.day + DAYS))


# --- the digest ----------------------------------------------------------------------------------


def grown(values: Any) -> Any:
    return {**values, next(iter(values)): replace(next(iter(values.values())), announced=None)}


KEPT = StandingOrder(id="kept", when="every month", order=SetLoadPolicy(policy="steady"))

MUTATIONS: dict[str, Callable[[CampaignState], Any]] = {
    "scenario": lambda state: state.scenario.model_copy(update={"goal": "another"}),
    "catalogue": lambda state: state.catalogue.model_copy(update={"fingerprint": "0"}),
    "seed": lambda state: state.seed + 1,
    "day": lambda state: state.day + 1,
    "cash_cents": lambda state: state.cash_cents + 1,
    "designs": lambda state: {"node-100": preset(shield_mm=2.5)},
    "bookings": lambda state: (
        replace(state.bookings[0], slip_drawn=not state.bookings[0].slip_drawn),
        *state.bookings[1:],
    ),
    "vehicles": lambda state: grown(state.vehicles),
    "sites": lambda state: {**state.sites, "slc-40": SiteStatus(1, 2)},
    "fleet": lambda state: state.fleet.with_values(Field.HAZARD, [0], 0.123),
    "names": lambda state: Names(state.names.launch, state.names.flight + 1, state.names.design),
    "next_launch": lambda state: state.next_launch + 1,
    "ledger": lambda state: (*state.ledger, LedgerLine(state.day, LedgerKind.BUILD, "", 1)),
    "books_day": lambda state: state.books_day + 1,
    "month_operations_cents": lambda state: state.month_operations_cents + 1,
    "month_revenue_cents": lambda state: state.month_revenue_cents + 1,
    "market": lambda state: replace(state.market, bought_level={"text-inference": 0.5}),
    "totals": lambda state: replace(state.totals, lifted_kg=state.totals.lifted_kg + 1e-9),
    "milestones": lambda state: (*state.milestones, "another"),
    "log": lambda state: state.log[1:],
    "ended": lambda state: "bankrupt",
    "goals": lambda state: {**state.goals, "another": Goal(0.5)},
    "finished_day": lambda state: state.day,
    "happened": lambda state: replace(state.happened, looked_day=state.day),
    "standing": lambda state: (Standing(KEPT, state.day, state.day + 9),),
    "ground": lambda state: replace(state.ground, orbit_gw=state.ground.orbit_gw + 1.0),
    "capital": lambda state: replace(state.capital, raised=state.capital.raised + 1),
    "customers": lambda state: replace(state.customers, next_number=state.customers.next_number + 1),
    "ramps": lambda state: (Ramp("another", "falcon-9", state.day, 200.0, polar=False),),
    "others": lambda state: replace(state.others, shells=(Shell(13, 1.0, 0.0),)),
    "rivals": lambda state: (Rival("spacex", begin("sandbox")),),
    "luck": lambda state: Luck(sun_strengths=(0.5,)),
}


def test_every_field_of_the_state_has_a_mutation() -> None:
    assert set(MUTATIONS) == {field.name for field in fields(CampaignState)}


@pytest.mark.parametrize("name", MUTATIONS)
def test_the_digest_sees_every_field(name: str) -> None:
    state = passed(busy(1), busy(1).day + 150)
    assert state.fleet.count
    assert state.bookings
    changed = replace(state, **{name: MUTATIONS[name](state)})
    assert digest(changed) != digest(state)


# a place in the table of designs says nothing of a batch; what stands there does
@pytest.mark.parametrize(
    "field", [field for field in Field if field != Field.DESIGN_ROW], ids=lambda field: field.name
)
def test_the_digest_sees_every_number_of_a_batch(field: Field) -> None:
    state = in_orbit(days=3)
    value = float(state.fleet.column(field)[0])
    nudged = state.fleet.with_values(field, [0], np.nextafter(value, np.inf))
    assert digest(replace(state, fleet=nudged)) != digest(state)


def test_the_digest_does_not_see_padding() -> None:
    state = in_orbit(days=3)
    again = Fleet.from_bytes(state.fleet.to_bytes())
    assert digest(replace(state, fleet=again)) == digest(state)


def test_the_order_of_designs_is_part_of_the_digest() -> None:
    one, two = DefineDesign(design=preset()), DefineDesign(design=preset("h100-demonstrator"))
    start = begin("sandbox")
    assert digest(ordered(start, one, two)) != digest(ordered(start, two, one))
