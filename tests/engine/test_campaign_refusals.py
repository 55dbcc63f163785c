"""What the rules refuse: each with the part at fault, the reason with its number, and a mend that works."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest

from engine.campaign import apply, check
from engine.fingerprint import digest
from engine.kernels.layout import Field
from engine.model.orbit import Inclined, SunSynchronous
from engine.orders import (
    AdvanceTo,
    CancelFlights,
    DefineDesign,
    Dispose,
    Launch,
    Order,
    Selection,
    SetLoadPolicy,
    SetWorkload,
    StationKeep,
)
from engine.state import CampaignState
from tests.campaigns import begin, flight, in_orbit, ordered, preset, refused


@dataclass(frozen=True)
class Case:
    """An order that must be refused in a situation, and what the refusal must say."""

    name: str
    state: Callable[[], CampaignState]
    order: Callable[[CampaignState], Order]
    field: str
    reason: str
    fix: str


def designed() -> CampaignState:
    return ordered(begin("sandbox"), DefineDesign(design=preset()))


def strict() -> CampaignState:
    return ordered(begin("two-rockets"), DefineDesign(design=preset()))


def flying() -> CampaignState:
    return in_orbit(days=40, count=2)


def dry() -> CampaignState:
    state = flying()
    return replace(state, fleet=state.fleet.with_values(Field.PROPELLANT_KG, [0], 0.0))


def falling() -> CampaignState:
    return ordered(flying(), Dispose(select=Selection()))


def launch(**changes: Any) -> Callable[[CampaignState], Launch]:
    return lambda state: flight(state, **changes)


def design(**changes: Any) -> Callable[[CampaignState], DefineDesign]:
    return lambda state: DefineDesign(design=preset(**changes))


def policy(**select: Any) -> Callable[[CampaignState], SetLoadPolicy]:
    return lambda state: SetLoadPolicy(select=Selection(**select), policy="steady")


CASES = (
    Case("design again", designed, design(), "design.id", "node-100 is frozen already", "Launch it"),
    Case(
        "design under a taken id",
        designed,
        design(shield_mm=3.0),
        "design.id",
        "node-100 is frozen and differs",
        "node-100-2",
    ),
    Case("design of unknown parts", begin, design(bus="no-bus"), "bus", "no-bus", "Known: "),
    Case(
        "design too early",
        lambda: begin(start_date=dt.date(2021, 1, 1)),
        design(name="h100-demonstrator"),
        "design.accelerator",
        "not sold before",
        "Wait until then",
    ),
    Case(
        "design too dear",
        lambda: begin(cash_usd=1e6),
        design(),
        "design.bus",
        "1.00 M$ is in hand",
        "earn first",
    ),
    Case(
        "unknown design",
        designed,
        launch(design="node-10"),
        "design",
        "There is no design node-10.",
        "Did you mean node-100?",
    ),
    Case("no design yet", begin, launch(), "design", "There is no design node-100.", "Freeze a design first"),
    Case(
        "unknown vehicle",
        designed,
        launch(vehicle="falcon9"),
        "vehicle",
        "There is no vehicle falcon9.",
        "falcon-9",
    ),
    Case("unknown site", designed, launch(site="slc-41"), "site", "There is no site slc-41.", "slc-40"),
    Case(
        "vehicle from a strange site",
        designed,
        launch(site="lc-36a"),
        "site",
        "Falcon 9 does not fly from",
        "Use slc-40 or",
    ),
    Case(
        "sun-synchronous from Starbase",
        designed,
        launch(vehicle="starship-v3", site="starbase"),
        "orbit",
        "reaches 26-33°, not 98.0°",
        "Launch from lc-39a",
    ),
    Case(
        "inclination nobody reaches",
        designed,
        launch(orbit=Inclined(altitude_km=500.0, inclination_deg=3.0)),
        "orbit.inclination_deg",
        "not 3.00°",
        "another inclination",
    ),
    Case("too heavy", designed, launch(count=9), "count", "with adapters, and Falcon 9 lifts", "or fewer"),
    Case(
        "not even one",
        designed,
        launch(orbit=SunSynchronous(altitude_km=2000.0), vehicle="starship-v2", site="starbase"),
        "orbit",
        "not",
        "Use ",
    ),
    Case("too many for the dispenser", designed, launch(count=10_000), "count", "with adapters", "or fewer"),
    Case(
        "date before today",
        designed,
        launch(date=dt.date(2026, 1, 1)),
        "date",
        "1 Jan 2026 has passed",
        "Date it 2026-11-22 or later",
    ),
    Case(
        "vehicle not yet for sale",
        strict,
        launch(vehicle="starship-v4", site="lc-39a", count=1),
        "vehicle",
        "not for sale before 1 Jul 2028",
        "2028-07-01",
    ),
    Case(
        "site under repair",
        strict,
        launch(vehicle="new-glenn-7x2", site="lc-36a", count=1),
        "site",
        "closed until about 1 Oct 2027",
        "2027-10-01",
    ),
    Case(
        "pace of a series",
        strict,
        launch(vehicle="starship-v3", site="lc-39a", times=2, every_days=1, count=1),
        "every_days",
        "31 days apart",
        "Set every_days to 31",
    ),
    Case(
        "many flights on one day",
        strict,
        launch(flights=3, count=1),
        "flights",
        "not 3 times on one day",
        "times and every_days",
    ),
    Case(
        "series above the highest orbit",
        designed,
        launch(
            count=1,
            times=20,
            altitude_step_km=100.0,
            shells=20,
            orbit=Inclined(altitude_km=500.0, inclination_deg=53.0),
        ),
        "altitude_step_km",
        "2400 km",
        "smaller step",
    ),
    Case(
        "more flights than a campaign holds",
        designed,
        launch(count=1, times=100_000, flights=2),
        "times",
        "a campaign holds 100,000",
        "fewer flights",
    ),
    Case(
        "planes of a sun-synchronous series",
        designed,
        launch(times=2, plane_step_deg=10.0),
        "plane_step_deg",
        "fixed by its local time",
        "inclined orbit",
    ),
    Case(
        "flight beyond the purse",
        lambda: replace(strict(), cash_cents=5_000_000_000),
        launch(),
        "count",
        "50.0 M$ is free",
        "earn first",
    ),
    Case(
        "cancel of nothing",
        designed,
        lambda _: CancelFlights(launch="L1"),
        "launch",
        "There is no booked launch L1.",
        "Nothing is booked.",
    ),
    Case(
        "cancel of a flight that left",
        flying,
        lambda _: CancelFlights(launch="L1"),
        "launch",
        "L1 has flown.",
        "Nothing is booked.",
    ),
    Case(
        "policy for nobody", designed, policy(), "select", "No batch is in orbit.", "Launch satellites first."
    ),
    Case(
        "policy for an unknown batch",
        flying,
        policy(batches=("L7",)),
        "select.batches",
        "There is no batch L7.",
        "L1",
    ),
    Case(
        "policy for what is no id",
        flying,
        policy(batches=("L1.0", "x", "L01", "L")),
        "select.batches",
        "There is no batch L1.0.",
        "L1",
    ),
    Case(
        "policy for an unknown design",
        flying,
        policy(design="node-200"),
        "select.design",
        "There is no design node-200.",
        "node-100",
    ),
    Case(
        "policy for an empty shell",
        flying,
        policy(orbit_altitude_km=1200.0),
        "select.orbit_altitude_km",
        "within 25 km of 1200 km",
        "650 km",
    ),
    Case(
        "unknown workload",
        flying,
        lambda _: SetWorkload(mix={"text": 1.0}),
        "mix",
        "There is no workload text.",
        "text-inference",
    ),
    Case(
        "no share at all",
        flying,
        lambda _: SetWorkload(mix={"text-inference": 0.0}),
        "mix",
        "All shares are zero.",
        "at least one",
    ),
    Case(
        "station-keeping without propellant",
        dry,
        lambda _: StationKeep(keep=True),
        "select",
        "L1: no propellant is left.",
        "next design",
    ),
    Case(
        "disposal without propellant",
        dry,
        lambda _: Dispose(select=Selection()),
        "select",
        "the way down needs 19",
        "let the air",
    ),
    Case(
        "disposal twice",
        falling,
        lambda _: Dispose(select=Selection()),
        "select",
        "on the way down already",
        "Wait",
    ),
    Case(
        "advance to today",
        begin,
        lambda state: AdvanceTo(date=state.date),
        "date",
        "It is already 2026-11-22.",
        "2026-11-23",
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name.replace(" ", "-"))
def test_a_refusal_names_field_reason_and_fix(case: Case) -> None:
    state = case.state()
    answer = refused(state, case.order(state))
    assert (answer.field, case.reason in answer.reason, case.fix in answer.fix) == (case.field, True, True), (
        answer
    )
    assert answer.reason.endswith(".")
    assert answer.fix.endswith((".", "?"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name.replace(" ", "-"))
def test_every_stop_of_a_refused_order_has_a_mend(case: Case) -> None:
    state = case.state()
    stops = [fault for fault in check(state, case.order(state)) if fault.severity == "stop"]
    assert stops
    assert all(fault.reason and fault.fix for fault in stops)


def test_refusals_change_nothing() -> None:
    state = strict()
    before = digest(state)
    for case in CASES:
        apply(state, case.order(state))
    assert digest(state) == before
