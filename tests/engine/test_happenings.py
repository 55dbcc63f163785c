"""Happenings: odds that come out as told, luck that no order moves, effects that end, words that fit."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.conditions.grammar import parse_condition
from engine.errors import CatalogueError
from engine.events import Event, EventKind, day_of
from engine.fingerprint import digest
from engine.kernels.layout import Field
from engine.model.happening import CloseSite, Factor, GroundVehicle, Happening, Span, Window
from engine.model.quantity import Quantity
from engine.model.scenario import Difficulty
from engine.orders import DefineDesign
from engine.rules import draw
from engine.rules.finance import next_month_day
from engine.rules.happening_words import effect_words
from engine.rules.happenings import condition_of, look, odds
from engine.rules.launch_dates import known_holds
from engine.rules.launch_money import flight_cost
from engine.rules.levers import lever
from engine.rules.market import demand_pflops, price_usd_per_pflop_day
from engine.state import CampaignState
from engine.store.catalogue_text import load_catalogue
from engine.store.happening_text import load_happenings
from tests.campaigns import ASSETS, begin, catalogue, flight, happened, in_orbit, ordered, passed, preset

RULES = {"happenings": True}
CERTAIN = Quantity(nominal=0.999999, unit="1/year", source=("estimate",), date="2026-11", confidence="low")


def one(**changes: Any) -> Happening:
    """A happening that comes in the first months, unless changed."""
    values = {
        "id": "test",
        "name": "A test",
        "text": "Something happens.",
        "cause": "It was to be.",
        "odds_per_year": CERTAIN,
        "pause_months": 1200.0,
    }
    return Happening(**(values | changes))


def exactly(value: float) -> Span:
    return Span(low=value, nominal=value, high=value)


def with_only(*happenings: Happening, scenario: str = "two-rockets", **changes: Any) -> CampaignState:
    """A campaign in which nothing else can happen; chance of launches is off."""
    figures = catalogue().model_copy(update={"happenings": {row.id: row for row in happenings}})
    rules = {**RULES, "launch_failures": False, "slips": False, **changes.pop("rules", {})}
    state = begin(scenario, rules=rules, **changes)
    return replace(state, catalogue=figures)


def told(events: tuple[Event, ...]) -> list[Event]:
    return [event for event in events if event.kind is EventKind.HAPPENING]


def looked(state: CampaignState, until: dt.date) -> list[Event]:
    """What happens on the way to a date, without anything else that takes time."""
    events: list[Event] = []
    while state.date < until:
        nearest = [one.day for one in state.happened.coming]
        state, fresh = look(replace(state, day=min([next_month_day(state.day), *nearest])))
        events += fresh
    return told(tuple(events))


def until_it_happens(state: CampaignState) -> CampaignState:
    return passed(state, dt.date(2030, 1, 1), EventKind.HAPPENING)


# --- chance ---------------------------------------------------------------------------------------


def test_things_happen_as_often_as_the_odds_say() -> None:
    rate, years, seeds = 0.3, 10, 60
    often = one(odds_per_year=CERTAIN.model_copy(update={"nominal": rate}), pause_months=0.0)
    count = sum(len(looked(with_only(often, seed=seed), dt.date(2036, 12, 1))) for seed in range(seeds))
    monthly = 1.0 - (1.0 - rate) ** (1.0 / 12.0)
    expected = 12 * years * seeds * monthly
    assert abs(count - expected) < 4.0 * math.sqrt(expected)


@given(low=st.floats(-1e5, 1e5), rise=st.floats(0.1, 1e4), fall=st.floats(0.1, 1e4), u=st.floats(0.0, 1.0))
def test_the_share_of_a_triangular_draw_is_the_area_below(
    low: float, rise: float, fall: float, u: float
) -> None:
    peak, high = low + rise, low + rise + fall
    value = low + u * (high - low)
    x = np.linspace(low, high, 20_001)
    height = np.interp(x, [low, peak, high], [0.0, 2.0 / (high - low), 0.0])
    area = float(np.trapezoid(np.where(x <= value, height, 0.0), x))
    assert draw.triangular_share(value, low, peak, high) == pytest.approx(area, abs=2e-3)


WINDOW = Window(
    odds=0.7,
    earliest=dt.date(2028, 1, 1),
    expected=dt.date(2029, 1, 1),
    latest=dt.date(2032, 1, 1),
    source=("estimate",),
    date="2026-11",
    confidence="low",
)


def test_what_is_dated_comes_once_within_its_window_as_often_as_told() -> None:
    dated = one(odds_per_year=None, window=WINDOW, pause_months=0.0)
    days = []
    for seed in range(120):
        events = looked(with_only(dated, seed=seed), dt.date(2034, 1, 1))
        assert len(events) <= 1
        days += [event.day for event in events]
    assert min(days) >= day_of(WINDOW.earliest)
    assert max(days) <= day_of(WINDOW.latest)
    assert abs(len(days) - 0.7 * 120) < 4.0 * math.sqrt(120 * 0.7 * 0.3)
    mean = sum(map(day_of, (WINDOW.earliest, WINDOW.expected, WINDOW.latest))) / 3.0
    assert np.mean(days) == pytest.approx(mean, abs=90)


def test_the_odds_of_what_is_dated_add_up_over_its_years() -> None:
    dated = one(odds_per_year=None, window=WINDOW)
    start = with_only(dated, scenario="sandbox", seed=3)
    stays = 1.0
    for year in range(2027, 2033):
        at = replace(start, day=day_of(dt.date(year, 1, 1)))
        rows = odds(at)
        stays *= 1.0 - (rows[0].odds_per_year if rows else 0.0)
    assert 1.0 - stays == pytest.approx(0.7, abs=0.002)


def test_no_order_moves_what_happens() -> None:
    plain = begin("two-rockets", rules=RULES, seed=5)
    busy = ordered(plain, DefineDesign(design=preset()))
    busy = ordered(busy, flight(busy), flight(busy, date=dt.date(2027, 3, 1)))
    end = dt.date(2031, 1, 1)
    assert [(one.day, one.subject) for one in told(happened(busy, end)) if "over" not in one.text] == [
        (one.day, one.subject) for one in told(happened(plain, end)) if "over" not in one.text
    ]


@settings(max_examples=6, deadline=None)
@given(seed=st.integers(0, 999), cuts=st.lists(st.integers(1, 400), max_size=5))
def test_cuts_of_time_change_nothing(seed: int, cuts: list[int]) -> None:
    start = begin("two-rockets", rules=RULES, seed=seed)
    state, whole = start, passed(start, start.day + 401)
    for cut in sorted(set(cuts)):
        state = passed(state, start.day + cut)
    assert digest(passed(state, start.day + 401)) == digest(whole)


def test_the_slider_and_the_condition_hold_things_back() -> None:
    never = with_only(one(), difficulty=Difficulty(happenings=0.0))
    assert odds(never) == ()
    assert told(happened(never, dt.date(2029, 1, 1))) == []
    waits = with_only(one(when="date >= 2028-06-01"))
    (row,) = odds(waits)
    assert not row.possible
    assert told(happened(waits, dt.date(2029, 1, 1)))[0].date >= dt.date(2028, 6, 1)


def test_without_the_rule_nothing_happens() -> None:
    state = begin("two-rockets")
    assert odds(state) == ()
    assert told(happened(state, dt.date(2030, 1, 1))) == []


# --- effects --------------------------------------------------------------------------------------


def test_a_site_closes_moves_its_flights_and_opens_again() -> None:
    close = CloseSite(sites=("slc-40",), months=Span(low=5.0, nominal=6.0, high=9.0))
    start = ordered(with_only(one(effects=(close,))), DefineDesign(design=preset()))
    start = ordered(start, flight(start, date=dt.date(2027, 4, 20)))
    state = until_it_happens(start)
    status = state.sites["slc-40"]
    (hold,) = [hold for hold in known_holds(state, "falcon-9", "slc-40") if hold.field == "site"]
    assert "A test" in hold.reason
    assert 5 * 30 <= status.reopen_day - status.closed_day <= 9 * 31
    events = happened(state, status.reopen_day + 40)
    slips = [event for event in events if event.kind is EventKind.LAUNCH_SLIP]
    assert any("(a test)" in event.text for event in slips)
    assert "slc-40" in {event.subject for event in events if event.kind is EventKind.SITE_REOPENED}


def test_a_closed_site_cannot_be_closed_again() -> None:
    close = CloseSite(sites=("lc-36a",), months=exactly(6.0))
    state = with_only(one(effects=(close,)))
    (row,) = odds(state)
    assert not row.possible
    assert told(happened(state, dt.date(2027, 3, 1))) == []


def test_a_vehicle_stands_down_and_its_flights_move() -> None:
    ground = GroundVehicle(vehicles=("falcon-9", "new-glenn-9x4"), days=exactly(60.0))
    start = ordered(with_only(one(effects=(ground,))), DefineDesign(design=preset()))
    start = ordered(start, flight(start, date=start.date + dt.timedelta(days=85)))
    state = until_it_happens(start)
    grounded = state.vehicles["falcon-9"].grounded_until_day
    assert grounded >= state.day + 59
    assert state.vehicles["new-glenn-9x4"].grounded_until_day == 0
    assert all(booking.day >= grounded for booking in state.bookings)
    texts = [event.text for event in happened(state, grounded + 5)]
    assert "Falcon 9 may fly again." in texts


@pytest.mark.parametrize("factor", [0.5, 1.5])
def test_a_factor_moves_its_figure_for_its_months_and_no_other(factor: float) -> None:
    pulls = tuple(
        Factor(on=on, factor=exactly(factor), months=exactly(6.0))
        for on in ("launch_price", "chip_price", "demand", "market_price")
    )
    start = ordered(with_only(one(effects=pulls)), DefineDesign(design=preset()))
    order = flight(start, count=1)
    plain = flight_cost(start, order)
    state = until_it_happens(start)
    moved = flight_cost(state, order)
    assert moved.launch_cents == pytest.approx(factor * plain.launch_cents, abs=1)
    assert abs(moved.build_cents - plain.build_cents) > 1.0
    assert abs(moved.build_cents / plain.build_cents - 1.0) < abs(factor - 1.0)
    workload = state.catalogue.workloads["text-inference"]
    calm = replace(state, happened=start.happened)
    for read in (demand_pflops, price_usd_per_pflop_day):
        assert read(state, workload, state.day) == pytest.approx(factor * read(calm, workload, state.day))
    later = passed(state, state.day + 260)
    assert later.happened.pulls == ()
    assert lever(later, "launch_price") == 1.0
    assert lever(later, "chip_price") == 1.0
    ends = [event.text for event in later.log if event.text.startswith("A test: the effect has passed.")]
    assert len(ends) == 4


def test_a_factor_of_one_vehicle_leaves_the_others_alone() -> None:
    pull = Factor(on="launch_price", of=("falcon-9",), factor=exactly(2.0), months=exactly(3.0))
    state = until_it_happens(with_only(one(effects=(pull,))))
    assert lever(state, "launch_price", "falcon-9") == 2.0
    assert lever(state, "launch_price", "falcon-heavy") == 1.0


def test_fragments_are_steered_clear_of_in_their_shell_alone() -> None:
    cloud = Factor(on="debris", factor=exactly(3.0), months=exactly(12.0), from_km=600.0, to_km=700.0)
    paces = []
    for rows in ((one(effects=(cloud,)),), ()):
        start = with_only(*rows, rules={"unlock_all": True, "cadence": False, "money": False})
        inside = in_orbit(start, days=300)
        paces.append(float(inside.fleet.column(Field.AVOIDANCE_M_S_PER_DAY)[0]))
    assert paces[0] == pytest.approx(3.0 * paces[1], rel=0.02)
    far = Factor(on="debris", factor=exactly(3.0), months=exactly(12.0), from_km=900.0, to_km=950.0)
    start = with_only(one(effects=(far,)), rules={"unlock_all": True, "cadence": False, "money": False})
    calm = in_orbit(start, days=300)
    assert float(calm.fleet.column(Field.AVOIDANCE_M_S_PER_DAY)[0]) == pytest.approx(paces[1], rel=0.01)


# --- what ships -----------------------------------------------------------------------------------


@pytest.mark.parametrize("happening", catalogue().happenings.values(), ids=lambda row: row.id)
def test_each_happening_reads_well_and_can_be_judged(happening: Happening) -> None:
    for text in (happening.text, happening.cause):
        assert text.endswith(".")
        assert text.isprintable()
        assert len(text) <= 160
    if happening.when:
        assert condition_of(happening).text == parse_condition(happening.when).text
    assert happening.provenance.source
    for effect in happening.effects:
        if isinstance(effect, Factor):
            better = effect.factor.nominal > 1.0
            costs = effect.on in (
                "launch_price",
                "build_price",
                "chip_price",
                "debris",
                "delays",
                "ground_rival",
            )
            if len(happening.effects) == 1:
                assert happening.good is (better is not costs)


def test_a_campaign_sees_a_few_a_year_and_each_is_told_with_its_cause() -> None:
    state = begin("two-rockets", rules=RULES, seed=11)
    events = told(happened(state, dt.date(2036, 11, 22)))
    struck = [event for event in events if "Why: " in event.text]
    assert 15 <= len(struck) <= 60
    assert len({event.subject for event in struck}) >= 8
    for event in struck:
        assert event.text.endswith(catalogue().happenings[event.subject].cause)


def test_odds_are_told_beforehand_with_their_source() -> None:
    rows = odds(begin("race", rules={"rivals": False}))
    assert [row.odds_per_year for row in rows] == sorted((row.odds_per_year for row in rows), reverse=True)
    falcon = next(row for row in rows if row.id == "stand-down-falcon")
    assert falcon.odds_per_year == pytest.approx(0.5)
    assert falcon.effects == ("Falcon 9 and Falcon Heavy stand down for 4 to 40 days, most likely 14.",)
    known = set(catalogue().sources)
    assert all(row.source and set(row.source) <= known for row in rows)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("x = 1", "is not a table"),
        ('[a]\nname = "A"\ntext = "B."\ncause = "C."', "either odds_per_year or a window"),
        ('[a]\nname = "A"\ntext = "B."\ncause = "C."\nluck = 1', "luck"),
    ],
)
def test_a_wrong_happening_is_named(text: str, words: str) -> None:
    with pytest.raises(CatalogueError, match=words):
        load_happenings({"happenings/x.toml": text})


def test_a_happening_that_names_what_is_not_there_is_refused() -> None:
    texts = {path.name: path.read_text("utf-8") for path in sorted((ASSETS / "catalogue").glob("*.toml"))}
    wrong = (ASSETS / "happenings" / "launch.toml").read_text("utf-8").replace('"slc-40"', '"slc-4"')
    with pytest.raises(CatalogueError, match="Did you mean slc-4"):
        load_catalogue({**texts, "happenings/launch.toml": wrong})


@pytest.mark.parametrize("name", sorted(catalogue().happenings))
def test_what_happens_is_told_without_saying_anything_twice(name: str) -> None:
    """The headline does not come again, and the text leaves figures to the effects."""
    happening = catalogue().happenings[name]
    assert happening.name.lower() not in happening.text.lower()
    said = {sentence.strip().lower() for sentence in happening.text.rstrip(".").split(". ")}
    for effect in happening.effects:
        words = effect_words(catalogue(), effect)
        assert words.rstrip(".").lower() not in said
        for verb in ("stand down", "stands down", "steer clear", "builds faster", "builds more slowly"):
            assert not (verb in words and verb in happening.text)


def test_a_stand_down_names_its_cause_and_not_itself() -> None:
    cause = catalogue().happenings["stand-down-falcon"]
    state = until_it_happens(with_only(cause.model_copy(update={"odds_per_year": CERTAIN})))
    grounded = [event.text for event in state.log if event.kind is EventKind.VEHICLE_GROUNDED]
    assert grounded
    assert all(text.count("stands down") == 1 for text in grounded)
    assert all(text.endswith(": stage failure on Falcon 9.") for text in grounded)
