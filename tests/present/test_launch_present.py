"""What the launch desk says: the form and its order, mends, the table of ways, the look ahead."""

from __future__ import annotations

from dataclasses import replace

import pytest

import engine
from engine.events import date_of, day_of
from engine.model.orbit import Inclined, SunSynchronous
from engine.orders import ORDER, DefineDesign, Launch
from engine.outcomes import Accepted, Fault
from engine.state import CampaignState
from odc_tui.gamedata import load_game_data
from odc_tui.present import launch as present
from odc_tui.present import launch_mends
from odc_tui.present.chrome import plain
from odc_tui.present.forms import ChoiceRow, DateRow, NumberRow
from odc_tui.present.launch_orbits import ORBITS, OWN, orbit_words
from odc_tui.present.launch_orders import Flight, changed, orbit_key, rows
from odc_tui.present.launch_outlook import can_look, look_ahead


def campaign(scenario: str = "first-light", preset: str = "node-100") -> CampaignState:
    data = load_game_data()
    state = engine.new_campaign(data.scenarios[scenario], data.catalogue, 7)
    outcome = engine.apply(state, DefineDesign(design=data.catalogue.presets[preset].design))
    assert isinstance(outcome, Accepted)
    return outcome.state


@pytest.fixture(scope="module")
def state() -> CampaignState:
    return campaign()


@pytest.fixture
def flight(state: CampaignState) -> Flight:
    best = engine.best_launch(state, "node-100")
    assert best is not None
    return Flight.of(best.order)


# --- the form and its order ------------------------------------------------------------------------


def test_a_suggestion_comes_back_as_the_same_order(state: CampaignState) -> None:
    for orbit in (SunSynchronous(altitude_km=600.0), Inclined(altitude_km=550.0, inclination_deg=53.0)):
        for option in engine.launch_options(state, "node-100", orbit):
            assert Flight.of(option.order).order == option.order


def test_a_series_is_in_the_order_only_when_there_is_one(flight: Flight) -> None:
    alone = replace(flight, every_days=40, altitude_step_km=10.0, shells=3)
    assert alone.order == flight.order
    series = replace(alone, times=6)
    assert (series.order.every_days, series.order.altitude_step_km, series.order.shells) == (40, 10.0, 3)


def test_planes_step_only_where_planes_can(flight: Flight) -> None:
    series = replace(flight, times=6, plane_step_deg=30.0)
    assert series.order.plane_step_deg == 0.0
    assert replace(series, kind="inclined").order.plane_step_deg == 30.0


def test_the_form_shows_the_flight_and_setting_what_it_shows_changes_nothing(
    state: CampaignState, flight: Flight
) -> None:
    options = engine.launch_options(state, "node-100", flight.orbit)
    for row in rows(flight, state, options, True, 12):
        if isinstance(row, NumberRow | ChoiceRow | DateRow):
            assert changed(flight, row.key, row.value) == flight, row.key


def test_the_ends_of_every_scale_make_an_order(state: CampaignState, flight: Flight) -> None:
    for start in (flight, replace(flight, kind="inclined", times=3)):
        for row in rows(start, state, (), True, 12):
            if isinstance(row, NumberRow):
                for value in (row.minimum, row.maximum, row.most):
                    assert isinstance(ORDER.validate_python(changed(start, row.key, value).order), Launch)


@pytest.mark.parametrize("key", ORBITS)
def test_an_orbit_chosen_from_the_list_is_found_again(flight: Flight, key: str) -> None:
    there = changed(flight, "preset", key)
    assert there.orbit == ORBITS[key][2]
    assert orbit_key(there) == key
    assert orbit_key(replace(there, altitude_km=there.altitude_km + 10)) == OWN


def test_the_node_is_kept_out_of_the_question_which_orbit_it_is(flight: Flight) -> None:
    there = replace(changed(flight, "preset", "inclined-53"), raan_deg=77.0)
    assert orbit_key(there) == "inclined-53"


def test_the_high_dawn_dusk_orbit_has_no_shade(state: CampaignState, flight: Flight) -> None:
    high = changed(flight, "preset", "dawn-dusk-1400")
    assert engine.launch_quote(state, high.order).lit_fraction == pytest.approx(1.0, abs=0.005)


def test_orbits_in_words() -> None:
    assert orbit_words(SunSynchronous(altitude_km=650.0, ltan_h=17.5)) == "650 km sun-synchronous, LTAN 17:30"
    assert orbit_words(Inclined(altitude_km=550.0, inclination_deg=53.0)) == "550 km at 53°, node 0°"


# --- mends -------------------------------------------------------------------------------------------


def stops(state: CampaignState, flight: Flight) -> list[Fault]:
    return [fault for fault in engine.check(state, flight.order) if fault.severity == "stop"]


def mended(state: CampaignState, flight: Flight) -> Flight:
    """The flight after every stop has been mended in turn."""
    for _ in range(6):
        faults = stops(state, flight)
        if not faults:
            return flight
        quote = engine.launch_quote(state, flight.order)
        assert launch_mends.offer(state, flight, quote, faults[0]), faults[0]
        better = launch_mends.mend(state, flight, faults[0])
        assert better is not None, faults[0]
        flight = better
    raise AssertionError(f"still stopped: {stops(state, flight)}")


def test_too_many_are_reduced_to_what_fits(state: CampaignState, flight: Flight) -> None:
    fits = engine.launch_quote(state, flight.order).fit_count
    assert mended(state, replace(flight, count=fits + 30)).count == fits


def test_a_site_that_does_not_reach_gives_way_to_one_that_does(state: CampaignState, flight: Flight) -> None:
    wrong = replace(flight, vehicle="starship-v3", site="starbase")
    assert stops(state, wrong)
    assert mended(state, wrong).site in {"lc-39a", "slc-37"}


def test_a_closed_pad_moves_the_date_to_its_opening(state: CampaignState, flight: Flight) -> None:
    early = replace(flight, vehicle="new-glenn-7x2", site="lc-36a", count=1)
    late = mended(state, early)
    earliest = engine.launch_quote(state, early.order).earliest
    assert earliest is not None
    assert day_of(earliest) > early.day
    assert late.day == day_of(earliest)


def test_too_near_another_flight_moves_on_to_the_next_free_day(state: CampaignState, flight: Flight) -> None:
    booked = engine.apply(state, flight.order)
    assert isinstance(booked, Accepted)
    again = replace(flight, count=1)
    assert stops(booked.state, again)
    later = mended(booked.state, again)
    assert later.day > flight.day
    assert stops(booked.state, replace(later, day=later.day - 1))


def test_what_cannot_be_paid_is_reduced_to_what_can(state: CampaignState, flight: Flight) -> None:
    poor = replace(state, cash_cents=15_000_000_000)
    fewer = mended(poor, flight)
    assert 1 <= fewer.count < flight.count
    assert stops(poor, replace(fewer, count=fewer.count + 1))


def test_a_series_too_quick_for_its_vehicle_is_slowed(state: CampaignState, flight: Flight) -> None:
    quick = replace(flight, count=1, times=3, every_days=2, flights=1)
    assert mended(state, quick).every_days > 2
    crowd = replace(flight, count=1, times=1, flights=4)
    assert mended(state, crowd).flights == 1


def test_nothing_is_offered_where_nothing_helps(state: CampaignState, flight: Flight) -> None:
    tiny = replace(flight, vehicle="starship-v2", site="starbase")
    quote = engine.launch_quote(state, tiny.order)
    count = next(fault for fault in stops(state, tiny) if fault.field == "count")
    assert launch_mends.offer(state, tiny, quote, count) == ""
    assert launch_mends.mend(state, tiny, count) is None


def test_what_passed_is_not_mended(state: CampaignState, flight: Flight) -> None:
    quote = engine.launch_quote(state, flight.order)
    assert [launch_mends.offer(state, flight, quote, fault) for fault in quote.faults] == [""] * len(
        quote.faults
    )


# --- what is shown -----------------------------------------------------------------------------------


def test_every_way_has_a_mark_and_a_word(state: CampaignState) -> None:
    options = engine.launch_options(state, "node-100", SunSynchronous(altitude_km=650.0))
    marks = {present.way_cells(state, option)[0][0] for option in options}
    assert {"✔ go", "○ later", "✖ no"} <= marks
    for option in options:
        assert option.quote.go or present.why(option.quote)


@pytest.mark.parametrize("width", [30, 33, 60])
def test_the_manifest_says_what_limits_and_fits_its_panel(
    state: CampaignState, flight: Flight, width: int
) -> None:
    for count, says in ((12, "Full by mass"), (10, "2 more fit by mass"), (14, "2 too many by mass")):
        other = replace(flight, count=count)
        text = plain(present.manifest_pieces(engine.launch_quote(state, other.order), other, width))
        assert says in text
        assert max(map(len, text.split("\n"))) <= width


def test_cash_after_counts_what_is_booked_already(state: CampaignState, flight: Flight) -> None:
    booked = engine.apply(state, flight.order)
    assert isinstance(booked, Accepted)
    quote = engine.launch_quote(state, flight.order)
    assert engine.committed_usd(booked.state) == pytest.approx(quote.launch_usd + quote.build_usd)
    text = plain(present.cost_pieces(booked.state, quote, flight))
    assert "−32.6 M$" in text


def test_the_last_look_names_the_essentials(state: CampaignState, flight: Flight) -> None:
    text = plain(present.book_pieces(state, flight, engine.launch_quote(state, flight.order)))
    for words in (
        "12 × Node-100",
        "Starship V3",
        "LC-39A",
        "6 Dec 2026",
        "194 M$",
        "Nothing stands against it",
    ):
        assert words in text


def test_the_calendar_line_of_a_flight(state: CampaignState, flight: Flight) -> None:
    booked = engine.apply(state, flight.order)
    assert isinstance(booked, Accepted)
    (entry,) = engine.calendar(booked.state)
    words = [text for text, _ in present.calendar_cells(booked.state, entry)]
    assert words == ["6 Dec 2026", "in 14 days", "L1", "Starship V3", "12 × Node-100", "650 km"]


# --- the look ahead ----------------------------------------------------------------------------------


def test_the_look_ahead_is_the_engine_run_ahead(state: CampaignState, flight: Flight) -> None:
    service = engine.launch_quote(state, flight.order).service_date
    assert service is not None
    month, year = look_ahead(state, flight.order, day_of(service))
    booked = engine.apply(state, flight.order)
    assert isinstance(booked, Accepted)
    ahead = engine.advance(booked.state, day_of(service) + 30)
    assert isinstance(ahead, Accepted)
    # First light knows neither failures nor slips; wear is drawn from another seed, a month of it is little.
    assert month.cash_usd == pytest.approx(ahead.state.cash_usd, rel=0.02)
    assert month.gain_pflops == pytest.approx(engine.fleet_report(ahead.state).delivered_pflops, rel=0.05)
    assert year.cash_usd > month.cash_usd


def test_the_look_ahead_gives_no_failure_away() -> None:
    state = campaign("two-rockets")
    gains = set()
    for seed in range(6):
        again = replace(state, seed=seed)
        best = engine.best_launch(again, "node-100")
        assert best is not None
        assert best.quote.service_date is not None
        assert best.quote.success_odds < 1.0
        looks = look_ahead(again, best.order, day_of(best.quote.service_date))
        gains.add(looks[0].gain_pflops > 0.0)
    assert gains == {True}


def test_the_look_ahead_leaves_out_what_befalls_from_outside() -> None:
    state = campaign("two-rockets")
    best = engine.best_launch(state, "node-100")
    assert best is not None
    assert best.quote.service_date is not None
    for seed in range(3):
        looks = []
        for befalls in (True, False):
            rules = state.scenario.rules.model_copy(update={"happenings": befalls})
            scenario = state.scenario.model_copy(update={"rules": rules})
            world = replace(state, scenario=scenario, seed=seed)
            looks.append(look_ahead(world, best.order, day_of(best.quote.service_date)))
        assert looks[0] == looks[1] != ()


def test_a_flight_that_is_refused_is_not_run_ahead(state: CampaignState, flight: Flight) -> None:
    assert look_ahead(state, replace(flight, count=500).order, flight.day + 30) == ()


def test_a_long_series_is_not_run_ahead(state: CampaignState, flight: Flight) -> None:
    assert can_look(state, flight.order)
    assert not can_look(state, replace(flight, times=500).order)


def test_the_suggested_preset_is_named_while_nothing_is_frozen() -> None:
    data = load_game_data()
    text = plain(
        present.nothing_frozen(engine.new_campaign(data.scenarios["first-light"], data.catalogue, 1))
    )
    assert "Node-100" in text
    assert "45.0 M$" in text


def test_dates_are_days_of_the_engine(flight: Flight) -> None:
    assert flight.order.date == date_of(flight.day)
