"""Standing orders: rhythm, conditions, the rules they go by, and that cutting time changes nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.analysis.rehearsal import DryRun, dry_run
from engine.campaign import advance, apply, check
from engine.conditions.rhythm import parse_when
from engine.errors import InputError, SaveError
from engine.events import EventKind, date_of, day_of
from engine.fingerprint import digest
from engine.orders import (
    AdvanceTo,
    CancelFlights,
    DefineDesign,
    DropStanding,
    LaunchAhead,
    SetLoadPolicy,
    StandingOrder,
)
from engine.outcomes import Accepted, Rejected
from engine.state import CampaignState, Standing
from engine.store.codec import dump_campaign, load_campaign
from tests.campaigns import PATIENT, TERMINATOR, begin, happened, in_orbit, ordered, passed, preset, refused

SUNNY = SetLoadPolicy(policy="follow-the-sun")


def standing(when: str, order: Any = SUNNY, name: str = "mine", **changes: Any) -> StandingOrder:
    return StandingOrder(id=name, when=when, order=order, **changes)


def ahead(**changes: Any) -> LaunchAhead:
    values: dict[str, Any] = {
        "design": "node-100",
        "count": 2,
        "vehicle": "falcon-9",
        "site": "slc-40",
        "orbit": TERMINATOR,
        "date": "+30 days",
    }
    return LaunchAhead(**(values | changes))


def given_days(state: CampaignState, until: dt.date, kind: EventKind = EventKind.STANDING_GIVEN) -> list[str]:
    return [event.date.isoformat() for event in happened(state, until) if event.kind is kind]


def only(state: CampaignState) -> Standing:
    (one,) = state.standing
    return one


# --- rhythm --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "looks"),
    [
        ("every 10 days", ["2026-12-01", "2026-12-11", "2026-12-21"]),
        ("every 2 weeks", ["2026-12-05", "2026-12-19", "2027-01-02"]),
        ("every month", ["2026-12-01", "2027-01-01", "2027-02-01"]),
        ("every 2 months", ["2026-12-01", "2027-02-01", "2027-04-01"]),
        ("every quarter", ["2027-01-01", "2027-04-01", "2027-07-01"]),
        ("every year", ["2027-01-01", "2028-01-01", "2029-01-01"]),
        ("while cash > 0 $", ["2026-12-01", "2027-01-01", "2027-02-01"]),
        ("EVERY Quarter If cash > 0 $", ["2027-01-01", "2027-04-01", "2027-07-01"]),
    ],
)
def test_a_rhythm_says_the_days_of_its_looks(when: str, looks: list[str]) -> None:
    rhythm = parse_when(when)
    day = rhythm.first_day(day_of(dt.date(2026, 11, 21)))
    found = [day]
    for _ in looks[1:]:
        day = rhythm.next_day(day)
        found.append(day)
    assert [date_of(day).isoformat() for day in found] == looks


def test_a_rhythm_never_begins_on_the_day_it_is_laid_down() -> None:
    new_year = day_of(dt.date(2027, 1, 1))
    assert date_of(parse_when("every year").first_day(new_year)) == dt.date(2028, 1, 1)
    assert date_of(parse_when("every month").first_day(new_year)) == dt.date(2027, 2, 1)


@pytest.mark.parametrize(
    ("when", "place"),
    [
        ("", "when"),
        ("every", "when, character 6"),
        ("every 3 fortnights", "when, character 9"),
        ("every 0 days", "when, character 7"),
        ("every month until cash > 1 $", "when, character 13"),
        ("cash > 1 $", "when, character 1"),
        ("every month while csh > 1 $", "when, character 19"),
        ("if cash > 3 K", "when, character 9"),
    ],
)
def test_what_is_no_rhythm_is_blamed_at_its_place(when: str, place: str) -> None:
    with pytest.raises(InputError) as blamed:
        parse_when(when)
    assert blamed.value.where == place
    assert blamed.value.mend


# --- giving --------------------------------------------------------------------------------------


def test_every_gives_in_its_rhythm_until_its_limit_and_then_rests() -> None:
    state = ordered(in_orbit(), standing("every quarter", limit=3))
    assert given_days(state, dt.date(2028, 6, 1)) == ["2027-04-01", "2027-07-01", "2027-10-01"]
    after = passed(state, dt.date(2028, 6, 1))
    assert (only(after).given, only(after).looks, only(after).done) == (3, 3, True)


def test_while_gives_at_each_look_and_if_only_as_it_comes_to_hold() -> None:
    season = "charge < 99 %"  # sinks in the eclipse season of the terminator orbit alone
    start = in_orbit()
    same = SetLoadPolicy(policy="steady")
    often = given_days(ordered(start, standing(f"every week while {season}", same)), dt.date(2029, 1, 31))
    once = given_days(ordered(start, standing(f"every week if {season}", same)), dt.date(2029, 1, 31))
    days = [day_of(dt.date.fromisoformat(day)) for day in often]
    begins = [one for before, one in zip([0, *days], days, strict=False) if one - before > 7]
    assert [date_of(day).isoformat() for day in begins] == once
    assert len(often) > 5 * len(once) > 5


def test_a_cooldown_keeps_two_times_apart() -> None:
    state = ordered(in_orbit(), standing("every 10 days", cooldown_days=35))
    days = [day_of(dt.date.fromisoformat(day)) for day in given_days(state, dt.date(2028, 1, 1))]
    assert {later - day for day, later in pairwise(days)} == {40}


def test_it_changes_what_an_order_by_hand_would() -> None:
    start = in_orbit()
    by_itself = passed(ordered(start, standing("every month", limit=1)), dt.date(2027, 4, 1))
    by_hand = ordered(passed(start, dt.date(2027, 3, 1)), SUNNY)
    by_hand = passed(by_hand, dt.date(2027, 4, 1))
    assert by_itself.fleet.to_bytes() == by_hand.fleet.to_bytes()


def test_a_launch_leaves_on_the_first_free_date_of_all_its_series() -> None:
    start = ordered(begin("two-rockets", cash_usd=9e9), DefineDesign(design=preset()))
    order = standing("every month", ahead(count=1, times=3, every_days=30), limit=2)
    state = passed(ordered(start, order), dt.date(2027, 1, 1))
    first, second = state.bookings
    gap = 365 // state.catalogue.vehicles["falcon-9"].flights_per_year.nominal + 1
    days = sorted(
        day_of(booking.order.date) + 30 * place
        for booking in (first, second)
        for place in range(booking.order.times)
    )
    assert first.order.date == dt.date(2026, 12, 31)
    assert min(later - day for day, later in pairwise(days)) >= gap


def test_what_it_books_for_tomorrow_flies_however_days_are_cut() -> None:
    start = ordered(begin("sandbox", rules=PATIENT), DefineDesign(design=preset()))
    start = ordered(start, standing("every month", ahead(date="+1 day"), limit=2))
    whole = passed(start, dt.date(2027, 1, 9))
    state = start
    while state.date < dt.date(2027, 1, 9):
        state = passed(state, state.day + 1)
    assert digest(state) == digest(whole)
    assert whole.totals.flights == 2


# --- refusals ------------------------------------------------------------------------------------


def test_a_refusal_is_told_once_and_counted_always() -> None:
    state = ordered(in_orbit(), standing("every month", CancelFlights(launch="L7")))
    told = given_days(state, dt.date(2028, 3, 2), EventKind.STANDING_REFUSED)
    after = passed(state, dt.date(2028, 3, 2))
    assert len(told) == 1
    assert (only(after).refusals, only(after).given) == (14, 0)
    assert only(after).reason == "There is no booked launch L7."


def test_a_refusal_is_told_again_once_the_order_was_given_in_between() -> None:
    start = ordered(begin("sandbox", rules=PATIENT), DefineDesign(design=preset()))
    state = ordered(start, standing("every month", CancelFlights(launch="L1")))
    state = passed(state, dt.date(2027, 1, 1))
    state = ordered(state, standing("every 45 days", ahead(date="+200 days"), "book", limit=1))
    kinds = [
        event.kind
        for event in happened(state, dt.date(2027, 8, 1))
        if event.subject == "mine" and event.kind.startswith("standing")
    ]
    assert kinds == [EventKind.STANDING_GIVEN, EventKind.STANDING_REFUSED]


def test_an_if_that_was_refused_stays_ready() -> None:
    start = begin("sandbox", rules=PATIENT)
    state = ordered(start, standing("if cash < 1 B$", ahead()))
    state = passed(state, dt.date(2027, 1, 15))
    assert only(state).refusals == 2
    state = passed(ordered(state, DefineDesign(design=preset())), dt.date(2027, 6, 1))
    assert (only(state).given, state.totals.flights) == (1, 1)


@pytest.mark.parametrize(
    ("order", "field"),
    [
        (standing("sometimes"), "when"),
        (standing("every month while heat > 3 K"), "when"),
        (DropStanding(id="other"), "id"),
    ],
)
def test_what_cannot_stand_is_refused_with_a_mend(order: Any, field: str) -> None:
    answer = refused(in_orbit(), order)
    assert answer.field == field
    assert answer.reason.endswith(".")
    assert answer.fix


def test_an_id_stands_once_until_it_is_dropped() -> None:
    state = ordered(in_orbit(), standing("every month"))
    assert refused(state, standing("every year")).field == "id"
    state = ordered(state, DropStanding(id="mine"), standing("every year"))
    assert only(state).order.when == "every year"


def test_what_would_be_refused_today_is_a_risk_and_no_bar() -> None:
    lines = check(begin("two-rockets"), standing("every month", ahead(design="none")))
    assert [line.field for line in lines if line.severity == "risk"] == ["order.design"]
    assert not [line for line in lines if line.severity == "stop"]


# --- time ----------------------------------------------------------------------------------------


def busy() -> CampaignState:
    state = ordered(begin("two-rockets", 4, cash_usd=2e9), DefineDesign(design=preset()))
    return ordered(
        state,
        standing("every quarter while cash > 300 M$ and booked < 3", ahead(times=2, every_days=50), "grow"),
        standing("every 9 days if charge < 90 %", SUNNY, "spare"),
        standing("if satellites > 5", SetLoadPolicy(policy="ride-through"), "later", cooldown_days=200),
        standing("while date > 2027-06-01", CancelFlights(launch="L9"), "never"),
    )


@settings(max_examples=8)
@given(cuts=st.lists(st.integers(1, 699), max_size=10, unique=True))
def test_an_advance_may_be_cut_anywhere(cuts: list[int]) -> None:
    start = busy()
    whole = advance(start, start.day + 700)
    assert isinstance(whole, Accepted)
    state, told = start, []
    for cut in [*sorted(cuts), 700]:
        outcome = advance(state, start.day + cut)
        assert isinstance(outcome, Accepted)
        state = outcome.state
        told += outcome.events
    assert tuple(told) == whole.events
    assert digest(state) == digest(whole.state)


def test_the_busy_campaign_gives_and_refuses() -> None:
    after = passed(busy(), busy().day + 700)
    assert {one.id: one.given > 0 for one in after.standing} == {
        "grow": True,
        "spare": True,
        "later": True,
        "never": False,
    }


# --- dry runs ------------------------------------------------------------------------------------


def test_a_dry_run_counts_what_then_happens_and_keeps_nothing() -> None:
    state = passed(busy(), busy().day + 200)
    before = digest(state)
    found = dry_run(state, state.day + 365)
    assert isinstance(found, DryRun)
    assert digest(state) == before
    after = passed(state, state.day + 365)
    for hits, then, now in zip(found.hits, after.standing, state.standing, strict=True):
        assert (hits.looks, hits.met) == (then.looks - now.looks, then.met - now.met)
        assert (hits.given, hits.refusals) == (then.given - now.given, then.refusals - now.refusals)
        assert len(hits.given_days) == hits.given
    assert found.cash_usd == after.cash_usd
    alone = replace(state, standing=())
    assert found.cash_without_usd == passed(alone, state.day + 365).cash_usd != found.cash_usd


def test_a_dry_run_tries_orders_that_do_not_stand_yet_and_those_that_wait() -> None:
    state = in_orbit()
    waiting = (AdvanceTo(date=dt.date(2027, 5, 10)), DropStanding(id="mine"))
    found = dry_run(state, state.day + 365, (standing("every month"),), waiting)
    assert isinstance(found, DryRun)
    (hits,) = found.hits
    assert [date_of(day) for day in hits.given_days] == [dt.date(2027, month, 1) for month in (2, 3, 4, 5)]
    assert (hits.looks, hits.given, hits.done) == (4, 4, False)
    assert isinstance(dry_run(state, state.day + 9, (standing("nonsense"),)), Rejected)
    assert dry_run(state, state.day + 9, cancelled=lambda: True) is None


def test_a_hundred_is_the_most() -> None:
    state = begin("sandbox")
    one = Standing(standing("every month"), state.day, state.day + 1)
    full = replace(state, standing=(one,) * 100)
    assert isinstance(apply(full, standing("every month", name="more")), Rejected)


# --- text ----------------------------------------------------------------------------------------


FILE = """\
format = 1
[campaign]
name = "Standing"
scenario = "sandbox"
[[orders]]
type = "standing"
id = "grow"
when = "every month"
[orders.order]
type = "launch"
design = "node-100"
count = 2
vehicle = "falcon-9"
site = "slc-40"
orbit = { type = "sun-synchronous", altitude_km = 650 }
date = "+30 days"
"""


def test_it_comes_back_from_its_text() -> None:
    (order,) = load_campaign(FILE).orders
    assert order == standing("every month", ahead(), "grow")
    assert load_campaign(dump_campaign(replace(load_campaign(FILE), written=()))).orders == (order,)


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("count", "cuont", 12, 'orders[1].order.cuont: is no key of this table; did you mean "count"?'),
        ('"+30 days"', '"30 days"', 16, 'write days from when it is given, as "+90 days"'),
        ('"+30 days"', "2027-01-01", 16, "orders[1].order.date: is 2027-01-01; use text in quotes"),
        ('"launch"', '"advance"', 10, 'orders[1].order.type: is "advance", not a choice here'),
    ],
)
def test_what_is_wrong_inside_is_blamed_at_its_line(old: str, new: str, line: int, said: str) -> None:
    with pytest.raises(SaveError) as blamed:
        load_campaign(FILE.replace(old, new), "grow.toml")
    assert str(blamed.value).startswith(f"grow.toml:{line}: orders[1].order")
    assert said in str(blamed.value)
