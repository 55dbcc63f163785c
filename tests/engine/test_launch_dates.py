"""When flights leave, how far they slip, and what becomes of them."""

from __future__ import annotations

import datetime as dt
import math
from itertools import pairwise
from statistics import mean

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.campaign import check
from engine.events import EventKind, date_of, day_of
from engine.formulas.launch import success_odds
from engine.model.orbit import Inclined
from engine.orders import DefineDesign, Launch
from engine.rules import draw, launch_dates
from engine.rules.booking import calendar
from engine.rules.launch_quote import launch_quote
from engine.rules.opening import reopening_day
from engine.state import Booking, CampaignState
from tests.campaigns import (
    begin,
    catalogue,
    flight,
    happened,
    ordered,
    passed,
    preset,
    refused,
)


def ready(rules: dict[str, bool] | None = None, seed: int = 1, **changes: object) -> CampaignState:
    """A campaign with money enough and one frozen design."""
    state = begin("two-rockets", seed, rules, **({"cash_usd": 5e9} | changes))
    return ordered(state, DefineDesign(design=preset()))


def reasons(state: CampaignState, order: Launch, severity: str = "stop") -> str:
    return " ".join(fault.reason for fault in check(state, order) if fault.severity == severity)


# --- dates ---------------------------------------------------------------------------------------


def test_new_glenn_waits_for_its_pad() -> None:
    state = ready()
    order = flight(state, vehicle="new-glenn-7x2", site="lc-36a")
    refusal = refused(state, order)
    assert refusal.field == "site"
    assert "closed until about 1 Oct 2027" in refusal.reason
    assert "2027-10-01" in refusal.fix
    ordered(state, order.model_copy(update={"date": dt.date(2027, 10, 1)}))


@pytest.mark.parametrize("seed", range(8))
def test_a_pad_reopens_between_its_dates_and_is_told(seed: int) -> None:
    state = begin(seed=seed)
    site = catalogue().launch_sites["lc-36a"]
    assert site.closure is not None
    day = reopening_day("lc-36a", site, seed)
    assert day_of(site.closure.earliest) <= day <= day_of(site.closure.latest)
    told = [
        one
        for one in happened(state, day + 1)
        if one.kind is EventKind.SITE_REOPENED and one.subject == "lc-36a"
    ]
    assert [event.day for event in told] == [day]


def test_a_booking_slips_when_its_pad_is_late() -> None:
    late = next(
        seed
        for seed in range(50)
        if reopening_day("lc-36a", catalogue().launch_sites["lc-36a"], seed) > day_of(dt.date(2027, 12, 1))
    )
    state = ready({"slips": False, "launch_failures": False}, late)
    state = ordered(state, flight(state, vehicle="new-glenn-7x2", site="lc-36a", date=dt.date(2027, 10, 1)))
    reopened = reopening_day("lc-36a", catalogue().launch_sites["lc-36a"], late)
    events = happened(state, reopened + 1)
    slip = next(event for event in events if event.kind is EventKind.LAUNCH_SLIP)
    assert slip.date == dt.date(2027, 10, 1)
    success = next(event for event in events if event.kind is EventKind.LAUNCH_SUCCESS)
    assert success.day == reopened


def test_vehicles_come_on_sale_on_their_dates() -> None:
    state = ready()
    order = flight(state, vehicle="starship-v4", site="lc-39a")
    refusal = refused(state, order)
    assert refusal.field == "vehicle"
    on_sale = catalogue().vehicles["starship-v4"].available_from
    assert f"{on_sale}" in refusal.fix
    ordered(state, order.model_copy(update={"date": on_sale}))
    events = happened(state, on_sale)
    assert (on_sale, "starship-v4") in {
        (one.date, one.subject) for one in events if one.kind is EventKind.VEHICLE_AVAILABLE
    }


def test_a_vehicle_is_held_to_its_yearly_flights() -> None:
    state = ready()
    first = flight(state, vehicle="starship-v3", site="lc-39a")
    state = ordered(state, first)
    gap = math.ceil(365 / catalogue().vehicles["starship-v3"].flights_per_year.nominal)
    for days in (0, 1, gap - 1):
        near = first.model_copy(update={"date": first.date + dt.timedelta(days=days)})
        refusal = refused(state, near)
        assert refusal.field == "date"
        assert f"{first.date + dt.timedelta(days=gap)}" in refusal.fix
    ordered(state, first.model_copy(update={"date": first.date + dt.timedelta(days=gap)}))


def test_a_series_is_held_to_the_pace_of_its_vehicle() -> None:
    state = ready()
    series = flight(state, vehicle="starship-v3", site="lc-39a", times=3, every_days=10)
    assert refused(state, series).field == "every_days"
    assert refused(state, series.model_copy(update={"times": 1, "flights": 3})).field == "flights"
    ordered(state, series.model_copy(update={"every_days": 31}))


def test_flights_of_two_series_are_never_too_near() -> None:
    state = ready()
    series = flight(state, vehicle="starship-v3", site="lc-39a", times=3, every_days=100)
    state = ordered(state, series)
    between = series.model_copy(update={"date": series.date + dt.timedelta(days=31), "every_days": 95})
    assert "too near" in refused(state, between).reason
    ordered(state, between.model_copy(update={"every_days": 100}))


@given(
    taken=st.lists(st.integers(0, 400), max_size=12, unique=True),
    start=st.integers(0, 400),
    gap=st.integers(0, 60),
)
def test_a_free_day_is_the_first_that_keeps_its_distance(taken: list[int], start: int, gap: int) -> None:
    booked = np.array(sorted(taken), np.int64)
    day = launch_dates.free_day(booked, start, gap)

    def free(candidate: int) -> bool:
        return all(abs(candidate - other) >= gap for other in taken)

    assert day == next(candidate for candidate in range(start, 2000) if free(candidate))
    assert launch_dates.first_clash(np.array([day]), booked, gap) is None


@pytest.mark.parametrize("seed", range(4))
def test_slipped_flights_still_keep_the_pace(seed: int) -> None:
    state = ready({"launch_failures": False}, seed)
    for offset in (0, 40, 80, 120):
        state = ordered(
            state,
            flight(
                state, vehicle="starship-v3", site="lc-39a", date=state.date + dt.timedelta(days=5 + offset)
            ),
        )
    days = [one.day for one in happened(state, state.day + 900) if one.kind is EventKind.LAUNCH_SUCCESS]
    assert len(days) == 4
    assert min(later - earlier for earlier, later in pairwise(days)) >= 31


def test_slips_are_exponential_around_the_operators_mean() -> None:
    slips = [draw.exponential(seed, "L1", "slip", 30.0) for seed in range(4000)]
    assert mean(slips) == pytest.approx(30.0, rel=0.05)
    assert mean(slip > 30.0 for slip in slips) == pytest.approx(math.exp(-1.0), abs=0.03)


def test_draws_do_not_depend_on_each_other() -> None:
    assert draw.uniform(1, "L1", "slip") != draw.uniform(1, "L1", "odds")
    assert draw.uniform(1, "L1", "odds") != draw.uniform(2, "L1", "odds")
    draws = [draw.uniform(seed, "L1", "odds") for seed in range(1000)]
    assert min(draws) > 0.0
    assert max(draws) < 1.0


def test_the_calendar_spreads_a_series_only_as_far_as_asked() -> None:
    state = ordered(begin("sandbox"), DefineDesign(design=preset()))
    state = ordered(
        state, flight(state, times=50_000, every_days=1), flight(state, vehicle="starship-v3", site="lc-39a")
    )
    entries = calendar(state, limit=5)
    assert [entry.id for entry in entries] == ["L1.1", "L2", "L1.2", "L1.3", "L1.4"]
    assert [entry.day for entry in entries] == [
        state.day + 10,
        state.day + 10,
        *range(state.day + 11, state.day + 14),
    ]


# --- fate ----------------------------------------------------------------------------------------


def losing_seed() -> int:
    """A seed under which the first flight of Starship V3 fails and the campaign goes on."""
    state = ready()
    chance = success_odds(
        *(getattr(catalogue().vehicles["starship-v3"], name) for name in ("successes", "failures"))
    )
    assert state.day
    return next(seed for seed in range(100) if draw.uniform(seed, "L1", "odds") >= chance)


def test_a_failure_loses_the_payload_grounds_the_vehicle_and_moves_its_bookings() -> None:
    state = ready({"slips": False}, losing_seed())
    first = flight(state, vehicle="starship-v3", site="lc-39a", count=3)
    second = first.model_copy(update={"date": first.date + dt.timedelta(days=40)})
    state = ordered(state, first, second, flight(state, date=first.date + dt.timedelta(days=41)))
    odds_before = launch_quote(state, second).success_odds
    after = passed(state, day_of(first.date))
    kinds = [event.kind for event in after.log if event.day == after.day]
    assert kinds == [EventKind.LAUNCH_FAILURE, EventKind.VEHICLE_GROUNDED, EventKind.LAUNCH_SLIP]
    assert after.fleet.count == 0
    assert after.totals.satellites_lost_at_launch == 3
    status = after.vehicles["starship-v3"]
    span = catalogue().vehicles["starship-v3"].stand_down_days
    assert span.low is not None
    assert span.high is not None
    assert span.low <= status.grounded_until_day - after.day <= span.high
    moved, kept = after.bookings
    assert moved.day >= status.grounded_until_day
    assert kept.date == first.date + dt.timedelta(days=41)
    record = catalogue().vehicles["starship-v3"]
    assert (
        launch_quote(after, second).success_odds
        == success_odds(record.successes, record.failures + 1)
        < odds_before
    )
    refusal = refused(after, second.model_copy(update={"date": after.date + dt.timedelta(days=1)}))
    assert "stands down" in refusal.reason
    back = [
        one for one in happened(after, status.grounded_until_day) if one.kind is EventKind.VEHICLE_AVAILABLE
    ]
    assert (status.grounded_until_day, "starship-v3") in {(event.day, event.subject) for event in back}


def test_failures_come_as_often_as_the_odds_say() -> None:
    state = ordered(
        begin("sandbox", 4, {"launch_failures": True}), DefineDesign(design=preset("h100-demonstrator"))
    )
    order = flight(state, vehicle="starship-v4", site="lc-39a", count=1, flights=2000)
    state = passed(ordered(state, order), state.day + 11)
    assert state.vehicles["starship-v4"].flown == 2000
    assert state.vehicles["starship-v4"].good == pytest.approx(1000, abs=70)
    assert state.vehicles["starship-v4"].good == state.fleet.count


def test_a_fate_belongs_to_its_flight_and_not_to_its_company() -> None:
    alone = ready({"slips": False, "cadence": False}, 7)
    order = flight(alone, vehicle="starship-v3", site="lc-39a")
    alone_after = passed(ordered(alone, order), alone.day + 11)
    crowd = ordered(alone, order, flight(alone, date=order.date), flight(alone, times=3, every_days=1))
    crowd_after = passed(crowd, alone.day + 11)
    assert alone_after.vehicles["starship-v3"].good == crowd_after.vehicles["starship-v3"].good


def test_a_retired_vehicle_has_no_date() -> None:
    state = ready()
    order = flight(
        state, vehicle="starship-v2", site="starbase", orbit=Inclined(altitude_km=400.0, inclination_deg=30.0)
    )
    assert launch_quote(state, order).earliest is None
    assert "retired" in reasons(state, order)


def test_a_day_number_names_its_date() -> None:
    assert date_of(day_of(dt.date(2030, 2, 28)) + 1) == dt.date(2030, 3, 1)


@given(
    times=st.integers(1, 4),
    flights=st.integers(1, 3),
    share=st.floats(0.0, 1.0),
    late=st.integers(-5, 40),
    ahead=st.integers(-20, 60),
)
def test_dates_of_one_flight_are_counted_as_those_of_a_series(
    times: int, flights: int, share: float, late: int, ahead: int
) -> None:
    date = dt.date(2030, 3, 1)
    order = flight(begin(), date=date, times=times, flights=flights, every_days=7)
    booking = Booking(1, order, round(share * times * flights), day_of(date) + late)
    days = launch_dates.days_left(booking).tolist()
    assert launch_dates.dates_until(booking, day_of(date) + ahead) == sum(
        day <= day_of(date) + ahead for day in days
    )
    if times == 1:
        assert launch_dates.single_day(booking) == days
