"""The list before a long advance: what comes as planned is foreseen, what chance will bring is not told."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from engine.analysis.foresight import outlook
from engine.events import EventKind
from engine.fingerprint import digest
from engine.kernels.layout import Field
from engine.orders import CancelFlights, DefineDesign, Launch, StandingOrder
from engine.outcomes import Fault
from engine.rules.words import day_text
from engine.state import CampaignState
from tests.campaigns import PATIENT, TERMINATOR, begin, flight, happened, in_orbit, ordered, passed, preset

CALM = {"launch_failures": False, "slips": False}


def foreseen(state: CampaignState, days: int, **asked: Any) -> list[Fault]:
    lines = outlook(state, state.day + days, **asked)
    assert lines is not None
    return list(lines)


def about(lines: list[Fault], field: str) -> list[Fault]:
    return [line for line in lines if line.field == field and line.severity != "ok"]


def spending() -> CampaignState:
    """A series of flights that cannot all be paid, and running costs without end."""
    state = ordered(begin("two-rockets", 1, cash_usd=5e8, rules=CALM), DefineDesign(design=preset()))
    return ordered(state, flight(state, times=8, every_days=60))


def test_flights_that_cannot_be_paid_are_foreseen_with_their_day() -> None:
    state = spending()
    told = [event for event in happened(state, state.day + 700) if event.kind is EventKind.LAUNCH_CANCELLED]
    lines = about(foreseen(state, 700), "launch")
    assert len(lines) == len(told) > 0
    assert [line.reason.partition(":")[0] for line in lines] == [day_text(event.day) for event in told]
    assert lines[0].fix


def test_an_end_by_bankruptcy_is_a_no_go_that_can_be_overruled() -> None:
    state = in_orbit(begin("two-rockets", 1, cash_usd=2e8, rules=CALM), preset(array_area_m2=120.0))
    state = replace(state, cash_cents=-(10**11))
    lines = foreseen(state, 500)
    assert [line.field for line in lines if line.severity == "stop"] == ["cash"]
    assert lines[0].severity == "stop"
    assert passed(state, state.day + 500).ended == "bankrupt"


def test_a_standing_order_that_will_be_refused_is_foreseen() -> None:
    order = StandingOrder(id="never", when="every month", order=CancelFlights(launch="L9"))
    (line,) = about(foreseen(ordered(in_orbit(), order), 200), "standing")
    assert "never is refused" in line.reason


def test_the_eclipse_season_is_foreseen_where_it_costs_compute() -> None:
    good = foreseen(in_orbit(), 365)
    assert not about(good, "power")
    assert any(line.severity == "ok" and line.field == "power" for line in good)
    short = in_orbit(begin("sandbox", rules=PATIENT), preset(battery_kwh=60.0))
    (line,) = about(foreseen(short, 365), "power")
    assert "Compute falls to" in line.reason
    after = [passed(short, short.day + days) for days in range(15, 365, 15)]
    darkest = min(after, key=lambda state: float(state.fleet.column(Field.DELIVERED_PFLOPS).sum()))
    assert f"{darkest.date:%b %Y}" in line.reason


def test_empty_tanks_and_the_end_of_life_are_foreseen_together() -> None:
    low = TERMINATOR.model_copy(update={"altitude_km": 480.0})
    state = in_orbit(begin("sandbox", rules=PATIENT), preset(propellant_kg=10.0, life_years=1.5), orbit=low)
    lines = foreseen(state, 900)
    kinds = {event.kind: event.date for event in happened(state, state.day + 900)}
    assert EventKind.PROPELLANT_OUT in kinds
    assert {line.field for line in lines if line.severity == "risk"} >= {"propellant", "life"}
    day = kinds[EventKind.PROPELLANT_OUT]
    assert any(f"{day:%b %Y}" in line.reason for line in about(lines, "propellant"))


def test_luck_is_not_told_and_nothing_is_kept() -> None:
    state = ordered(begin("two-rockets", 3, cash_usd=3e9), DefineDesign(design=preset()))
    state = ordered(state, flight(state, vehicle="starship-v3", site="lc-39a", times=4, every_days=60))
    before = digest(state)
    lines = [foreseen(replace(state, seed=seed), 400) for seed in range(4)]
    assert digest(state) == before
    assert all(one == lines[0] for one in lines)
    fates = {passed(replace(state, seed=seed), state.day + 400).totals.flights_failed for seed in range(8)}
    assert len(fates) > 1


def test_orders_that_wait_count_and_a_long_list_can_be_given_up() -> None:
    state = in_orbit()
    late = Launch(**(flight(state).model_dump() | {"date": dt.date(2026, 12, 1)}))
    assert any(line.field == "orders[1]" for line in foreseen(state, 30, orders=(late,)))
    assert outlook(state, state.day + 30, cancelled=lambda: True) is None
    assert outlook(state, state.day) == ()


@pytest.mark.parametrize("days", [1, 14, 15, 16])
def test_short_advances_are_looked_at_too(days: int) -> None:
    assert foreseen(in_orbit(), days)
