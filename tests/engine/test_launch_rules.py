"""Launches: what a vehicle lifts, when it may fly, what it costs to fail, and what the go/no-go list says."""

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
from engine.formulas.disposal import disposal_delta_v_m_s
from engine.formulas.launch import launch_delta_v_m_s, payload_kg, phasing_days, success_odds
from engine.formulas.orbit import sun_synchronous_inclination_deg
from engine.formulas.sun import mean_longitude_deg
from engine.kernels.layout import Field
from engine.model.orbit import Inclined, SunSynchronous
from engine.orders import DefineDesign, Launch
from engine.rules import draw, launch_dates
from engine.rules.booking import calendar
from engine.rules.budgets import budget_of
from engine.rules.launch_quote import best_launch, launch_options, launch_quote
from engine.rules.opening import reopening_day
from engine.state import CampaignState
from tests.campaigns import (
    PATIENT,
    TERMINATOR,
    begin,
    catalogue,
    flight,
    happened,
    ordered,
    passed,
    preset,
    refused,
)

# Payload in tonnes to 400 km 53 deg, 550 km 53 deg, and 650, 800, 1000 km sun-synchronous: table 1.3 of the
# project's fact sheet, with the reference payload, inclination, dry mass and specific impulse it assumes.
PAYLOADS = {
    "New Glenn 7x2": ((45, 51.6, 25, 445), (43, 42, 36, 35, 33)),
    "New Glenn 9x4": ((70, 51.6, 35, 445), (67, 65, 56, 55, 52)),
    "Starship V3, light": ((100, 26, 130, 375), (85, 80, 58, 54, 49)),
    "Starship V3, heavy": ((100, 26, 165, 375), (82, 77, 52, 47, 41)),
    "Falcon 9": ((17.5, 53, 4.5, 348), (16.8, 16.3, 14.0, 13.5, 13.0)),
    "Falcon Heavy": ((63.8, 28.5, 4.5, 348), (59, 58, 51, 49, 48)),
}
ORBITS = (
    (400.0, 53.0),
    (550.0, 53.0),
    (650.0, sun_synchronous_inclination_deg(650.0)),
    (800.0, sun_synchronous_inclination_deg(800.0)),
    (1000.0, sun_synchronous_inclination_deg(1000.0)),
)


@pytest.mark.parametrize("name", PAYLOADS)
def test_payloads_follow_the_published_table(name: str) -> None:
    (ref_t, ref_deg, dry_t, isp_s), expected_t = PAYLOADS[name]
    for (altitude_km, inclination_deg), tonnes in zip(ORBITS, expected_t, strict=True):
        delta_v = launch_delta_v_m_s(altitude_km, inclination_deg, 200.0, ref_deg)
        assert payload_kg(1000.0 * ref_t, 1000.0 * dry_t, isp_s, delta_v) == pytest.approx(
            1000.0 * tonnes, abs=1500.0
        )


@given(altitude_km=st.floats(300, 1900), inclination_deg=st.floats(30, 170), more=st.floats(1, 100))
def test_higher_and_steeper_never_lifts_more(altitude_km: float, inclination_deg: float, more: float) -> None:
    def lifted(altitude: float, inclination: float) -> float:
        return payload_kg(45e3, 25e3, 445.0, launch_delta_v_m_s(altitude, inclination, 200.0, 28.5))

    assert lifted(altitude_km + more, inclination_deg) <= lifted(altitude_km, inclination_deg)
    assert lifted(altitude_km, min(inclination_deg + more, 180.0)) <= lifted(altitude_km, inclination_deg)


@pytest.mark.parametrize(
    ("good", "bad", "odds"), [(0, 0, 0.5), (2, 1, 0.6), (1, 0, 2 / 3), (540, 2, 541 / 544)]
)
def test_odds_are_the_mean_of_a_beta_belief(good: int, bad: int, odds: float) -> None:
    assert success_odds(good, bad) == pytest.approx(odds)


def test_a_ring_is_phased_by_drifting_half_way_round() -> None:
    # 10 km at 650 km is 11 degrees a day: 1.5 x 10/7028 of the 14.74 revolutions a day.
    degrees_a_day = 1.5 * 10.0 / 7028.137 * 14.735 * 360.0
    assert phasing_days(650.0, 1e9, 10.0) == pytest.approx(180.0 / degrees_a_day, rel=1e-3)
    assert phasing_days(650.0, 1, 10.0) == 0.0


def ready(rules: dict[str, bool] | None = None, seed: int = 1, **changes: object) -> CampaignState:
    """A campaign with money enough and one frozen design."""
    state = begin("two-rockets", seed, rules, **({"cash_usd": 5e9} | changes))
    return ordered(state, DefineDesign(design=preset()))


def reasons(state: CampaignState, order: Launch, severity: str = "stop") -> str:
    return " ".join(fault.reason for fault in check(state, order) if fault.severity == severity)


# --- fit -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "vehicle", ["new-glenn-7x2", "new-glenn-9x4", "starship-v3", "starship-v4", "falcon-9", "falcon-heavy"]
)
@pytest.mark.parametrize("design", ["node-100", "ai1-class", "h100-demonstrator"])
def test_as_many_as_the_quote_says_fit_and_not_one_more(vehicle: str, design: str) -> None:
    state = ordered(begin("sandbox"), DefineDesign(design=preset(design)))
    site = next(one for one in catalogue().vehicles[vehicle].sites if one != "starbase")
    order = flight(state, vehicle=vehicle, site=site, count=1)
    most = launch_quote(state, order).fit_count
    assert most >= 1
    full = launch_quote(state, order.model_copy(update={"count": most}))
    assert full.go
    assert full.satellites_kg + full.adapter_kg <= full.payload_kg
    assert full.volume_m3 <= full.volume_limit_m3
    assert most <= full.slots
    over = launch_quote(state, order.model_copy(update={"count": most + 1}))
    assert not over.go
    used_up = {
        "mass": over.satellites_kg + over.adapter_kg > over.payload_kg,
        "volume": over.volume_m3 > over.volume_limit_m3,
        "slots": over.slots < most + 1,
    }
    assert used_up[over.fit_limit]


def test_a_series_must_fit_on_its_highest_shell() -> None:
    state = ordered(begin("sandbox"), DefineDesign(design=preset()))
    low = flight(state, vehicle="starship-v3", site="lc-39a", orbit=SunSynchronous(altitude_km=400.0))
    most = launch_quote(state, low).fit_count
    series = low.model_copy(update={"count": most, "times": 8, "altitude_step_km": 100.0, "shells": 8})
    assert launch_quote(state, low.model_copy(update={"count": most})).go
    assert "1100 km" in refused(state, series).reason


def test_shells_wrap_and_planes_step() -> None:
    state = ordered(begin("sandbox"), DefineDesign(design=preset()))
    orbit = Inclined(altitude_km=500.0, inclination_deg=53.0, raan_deg=350.0)
    order = flight(state, orbit=orbit, times=5, altitude_step_km=20.0, shells=2, plane_step_deg=30.0)
    state = ordered(state, order)
    state = passed(state, state.day + 14)
    heights = state.fleet.column(Field.VIEW_ALTITUDE_KM)
    assert [round(height, 0) for height in heights.tolist()] == [500, 520, 500, 520, 500]
    # Each plane has drifted by J2 since its own launch, 4.5 degrees a day to the west at most.
    nodes = [math.degrees(node) for node in state.fleet.column(Field.RAAN_RAD).tolist()]
    drifted_days = range(4, -1, -1)
    for place, (node, days) in enumerate(zip(nodes, drifted_days, strict=True)):
        behind = (350.0 + 30.0 * place - node) % 360.0
        assert 4.3 * days - 0.1 <= behind <= 4.8 * days + 0.1


def test_a_terminator_orbit_has_its_node_six_hours_from_the_mean_sun() -> None:
    state = ordered(begin("sandbox"), DefineDesign(design=preset()))
    state = ordered(state, flight(state))
    launch_day = state.day + 10
    state = passed(state, launch_day)
    node_deg = math.degrees(state.fleet.column(Field.RAAN_RAD)[0])
    assert (node_deg - mean_longitude_deg(launch_day - 0.5)) % 360.0 == pytest.approx(90.0)


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


# --- quotes --------------------------------------------------------------------------------------


def test_a_quote_of_something_unknown_has_no_numbers_but_says_what() -> None:
    state = ready()
    quote = launch_quote(state, flight(state, vehicle="falcon-8"))
    assert not quote.go
    assert quote.payload_kg == 0.0
    assert quote.earliest is None
    assert quote.faults[0].field == "vehicle"
    assert "falcon-9" in quote.faults[0].fix


def test_a_quote_adds_up() -> None:
    state = ready()
    quote = launch_quote(state, flight(state, count=2, times=3, every_days=20))
    assert quote.series_usd == pytest.approx(3 * (quote.launch_usd + quote.build_usd))
    assert quote.launch_usd == catalogue().vehicles["falcon-9"].price_usd.nominal
    assert quote.usd_per_kg == pytest.approx(quote.launch_usd / quote.satellites_kg)
    assert quote.service_date is not None
    assert quote.service_date >= state.date + dt.timedelta(days=10 + 14)
    # 650 km on the terminator is lit 96.0 % of the year.
    assert quote.lit_fraction == pytest.approx(0.960, abs=0.004)


def test_the_service_date_of_a_quote_is_kept() -> None:
    state = ready(PATIENT)
    order = flight(state)
    quote = launch_quote(state, order)
    events = happened(ordered(state, order), state.day + 90)
    entered = next(event for event in events if event.kind is EventKind.IN_SERVICE)
    assert entered.date == quote.service_date


def test_options_cover_every_vehicle_and_site_and_can_be_ordered_as_they_are() -> None:
    state = ready()
    options = launch_options(state, "node-100", TERMINATOR)
    pairs = {(one.order.vehicle, one.order.site) for one in options}
    assert pairs == {(key, site) for key, vehicle in catalogue().vehicles.items() for site in vehicle.sites}
    goes = [option for option in options if option.quote.go]
    assert goes
    assert list(options[: len(goes)]) == goes
    for option in goes:
        ordered(state, option.order)
    assert launch_options(state, "no-such-design", TERMINATOR) == ()


@pytest.mark.parametrize("scenario", ["first-light", "two-rockets", "sandbox", "december-2025"])
def test_the_first_suggestion_of_a_scenario_can_be_ordered(scenario: str) -> None:
    state = ordered(begin(scenario), DefineDesign(design=preset()))
    option = best_launch(state, "node-100")
    assert option is not None
    state = ordered(state, option.order)
    assert state.bookings[0].date == option.order.date


def test_nothing_is_suggested_to_those_who_cannot_pay() -> None:
    state = ordered(begin(cash_usd=61e6), DefineDesign(design=preset()))
    assert best_launch(state, "node-100") is None


def test_a_retired_vehicle_has_no_date() -> None:
    state = ready()
    order = flight(
        state, vehicle="starship-v2", site="starbase", orbit=Inclined(altitude_km=400.0, inclination_deg=30.0)
    )
    assert launch_quote(state, order).earliest is None
    assert "retired" in reasons(state, order)


def test_the_list_has_lines_that_pass_and_risks_beside_reasons_to_stop() -> None:
    state = ready()
    order = flight(state, vehicle="starship-v3", site="lc-39a")
    assert {fault.field for fault in check(state, order) if fault.severity == "ok"} >= {
        "site",
        "count",
        "date",
    }
    assert "Odds" in reasons(state, order, "risk")
    assert all(fault.fix for fault in check(state, order) if fault.severity != "ok")


def test_an_orbit_too_high_to_come_down_from_is_a_risk() -> None:
    state = ordered(begin("sandbox"), DefineDesign(design=preset(propellant_kg=25.0)))
    carried = budget_of(state, "node-100").delta_v_m_s
    for altitude_km in (400.0, 650.0, 1100.0):
        orbit = Inclined(altitude_km=altitude_km, inclination_deg=53.0)
        lines = [fault for fault in check(state, flight(state, orbit=orbit)) if "way down" in fault.reason]
        enough = carried >= disposal_delta_v_m_s(altitude_km)
        assert [line.severity for line in lines] == ["ok" if enough else "risk"]


def test_a_day_number_names_its_date() -> None:
    assert date_of(day_of(dt.date(2030, 2, 28)) + 1) == dt.date(2030, 3, 1)
