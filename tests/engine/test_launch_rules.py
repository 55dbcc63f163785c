"""Launches: what a vehicle lifts, when it may fly, what it costs to fail, and what the go/no-go list says."""

from __future__ import annotations

import datetime as dt
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.campaign import check
from engine.events import EventKind
from engine.formulas.disposal import DISPOSAL_YEARS, disposal_delta_v_m_s
from engine.formulas.launch import launch_delta_v_m_s, payload_kg, phasing_days, success_odds
from engine.formulas.orbit import sun_synchronous_inclination_deg
from engine.formulas.sun import mean_longitude_deg
from engine.kernels.layout import Field
from engine.model.orbit import Inclined, SunSynchronous
from engine.orders import DefineDesign, Launch
from engine.rules.budgets import budget_of
from engine.rules.launch_quote import best_launch, launch_options, launch_quote
from engine.rules.surroundings import craft_dead_years
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
        falls = craft_dead_years(budget_of(state, "node-100"), altitude_km) <= DISPOSAL_YEARS
        enough = carried >= disposal_delta_v_m_s(altitude_km) or falls
        assert [line.severity for line in lines] == ["ok" if enough else "risk"]


def test_an_orbit_that_decays_in_time_asks_for_no_propellant() -> None:
    state = ordered(begin("sandbox"), DefineDesign(design=preset(propellant_kg=2.0)))
    low, high = (
        next(one for one in check(state, flight(state, orbit=orbit)) if "way down" in one.reason)
        for orbit in (SunSynchronous(altitude_km=400.0), SunSynchronous(altitude_km=1000.0))
    )
    assert (low.severity, high.severity) == ("ok", "risk")
    assert "years of waiting" in low.reason
