"""Other companies beside the player: the same laws of time, one world for all, strengths as mechanics."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import lru_cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.analysis.forecasting import redrawn
from engine.campaign import advance, apply, check
from engine.events import Event, EventKind, Severity, day_of
from engine.fingerprint import digest
from engine.kernels.layout import Field
from engine.orders import DefineDesign
from engine.outcomes import Accepted, Rejected
from engine.rules import launch_dates, ramps, rivals, traffic
from engine.rules.launch_money import flight_cost
from engine.rules.odds import odds
from engine.state import CampaignState, Ramp, Shell, SiteStatus
from engine.store.checkpoint import Origin, decode, encode, read_head
from tests.campaigns import TERMINATOR, begin, catalogue, flight, in_orbit, ordered, passed, preset

START = dt.date(2030, 1, 1)
DAYS = 500
ORIGIN = Origin(orders=0, hash="h", rules="r", catalogue="c", scenario="s")


def racing(seed: int = 1, company: str = "independent", **changes: Any) -> CampaignState:
    """A race that begins when rivals are about to fly, with nothing else in force."""
    rules = {"rivals": True, "economy": False, "ground": False, "happenings": False}
    return begin("race", seed, rules, company=company, start_date=START, **changes)


@lru_cache(maxsize=4)
def run(seed: int = 1) -> CampaignState:
    """A race after some 500 days, in mid-month."""
    return passed(racing(seed), day_of(START) + DAYS)


# --- time ------------------------------------------------------------------------------------------


@settings(max_examples=3, deadline=None)
@given(cuts=st.lists(st.integers(1, DAYS - 1), min_size=1, max_size=9, unique=True))
def test_an_advance_with_rivals_may_be_cut_anywhere(cuts: list[int]) -> None:
    state, told = racing(), []
    for cut in [*sorted(cuts), DAYS]:
        outcome = advance(state, day_of(START) + cut)
        assert isinstance(outcome, Accepted)
        state = outcome.state
        told += outcome.events
    assert digest(state) == digest(run())
    assert any(event.kind is EventKind.RIVAL for event in told)


def test_rivals_fly_and_each_month_begins_on_the_same_day_for_all() -> None:
    state = run()
    assert [rival.company for rival in state.rivals] == ["blue-origin", "spacex"]
    assert {rival.state.date for rival in state.rivals} == {state.date.replace(day=1)}
    assert all(rival.state.totals.flights for rival in state.rivals)
    assert any(rival.state.fleet.count for rival in state.rivals)
    assert all(not rival.state.rivals for rival in state.rivals)


def test_what_one_rival_ordered_went_through_the_rules() -> None:
    for rival in run().rivals:
        state = rival.state
        spent = sum(line.amount_cents for line in state.ledger)
        began = round(100 * state.scenario.cash_usd)
        assert state.cash_cents == began + spent
        assert state.totals.flights == sum(one.flown for one in state.vehicles.values())


def test_rivals_come_back_from_a_checkpoint_to_the_last_bit() -> None:
    state, first = run(), racing()
    data = encode(state, ORIGIN)
    head, at = read_head(data)
    again = decode(head, data[at:], first.scenario, first.catalogue, first.rivals)
    assert digest(again) == digest(state)
    later = state.day + 40
    assert digest(passed(again, later)) == digest(passed(state, later))


def test_other_seeds_are_other_races() -> None:
    assert len({rivals.rival_seed(seed, company) for seed in range(9) for company in ("a", "b")}) == 18
    assert racing(1).ramps != racing(2).ramps


def test_without_the_rule_nobody_else_is_there() -> None:
    state = begin("race", rules={"rivals": False})
    assert (state.rivals, state.ramps) == ((), ())


# --- one world -------------------------------------------------------------------------------------


def test_the_future_of_vehicles_and_pads_is_one_for_all() -> None:
    state = racing()
    for rival in state.rivals:
        assert rival.state.ramps == state.ramps
        assert rival.state.sites == state.sites
    days = [ramp.day for ramp in state.ramps]
    assert days == sorted(days)
    steps = {step.id: step for one in catalogue().companies.values() for step in one.steps}
    for ramp in state.ramps:
        step = steps[ramp.id]
        assert day_of(step.earliest) <= ramp.day <= day_of(step.latest)


def test_the_pace_of_a_vehicle_grows_on_the_day_of_its_step() -> None:
    state = replace(racing(), ramps=(Ramp("x", "starship-v3", day_of(START) + 10, 50.0, polar=False),))
    assert ramps.flights_per_year(state, "starship-v3") == 12.0
    assert launch_dates.gap_days(state, "starship-v3") == 31
    later = replace(state, day=state.day + 10)
    assert ramps.flights_per_year(later, "starship-v3") == 50.0
    assert launch_dates.gap_days(later, "starship-v3") == 8


def test_a_young_vehicle_has_to_show_that_it_can_fly_over_the_poles() -> None:
    state = ordered(racing(), DefineDesign(design=preset()))
    state = replace(state, ramps=(Ramp("starship-polar", "starship-v3", state.day + 30, 0.0, polar=True),))
    order = flight(
        state,
        vehicle="starship-v3",
        site="lc-39a",
        orbit=TERMINATOR,
        count=1,
        date=START + dt.timedelta(days=300),
    )
    assert any("has not flown to 98°" in fault.reason for fault in check(state, order))
    later = replace(state, day=state.day + 30)
    assert not any("has not flown" in fault.reason for fault in check(later, order))


def test_flights_of_others_take_their_place_on_the_calendar() -> None:
    state = ordered(racing(), DefineDesign(design=preset()))
    free = launch_dates.earliest_day(state, "falcon-9", "slc-40", state.day + 20)
    taken = replace(state, others=replace(state.others, booked={"falcon-9": (free,)}))
    moved = launch_dates.earliest_day(taken, "falcon-9", "slc-40", state.day + 20)
    assert moved == free + launch_dates.gap_days(state, "falcon-9")


def test_the_record_of_a_vehicle_is_everybodys() -> None:
    state = racing()
    others = replace(state.others, good={"starship-v3": 8}, failed={"starship-v3": 2})
    # one success before the race, as the catalogue has it, and mended failures count two fifths each:
    # (1 + 8 + 1) / (1 + 8 + 0.8 + 2)
    assert odds(replace(state, others=others), "starship-v3") == pytest.approx(10 / 11.8)


def test_a_failure_of_others_grounds_the_vehicle_for_all() -> None:
    state = ordered(racing(), DefineDesign(design=preset()))
    until = state.day + 100
    state = replace(state, others=replace(state.others, grounded_until={"falcon-9": until}))
    assert launch_dates.earliest_day(state, "falcon-9", "slc-40") >= until
    assert isinstance(apply(state, flight(state)), Rejected)


def test_satellites_of_others_in_a_shell_make_more_manoeuvres() -> None:
    state = in_orbit()
    number = int(traffic.shell_numbers(state)[0])
    alone = traffic.manoeuvres_per_year(traffic.refreshed(state))[0]
    crowd = replace(state, others=replace(state.others, shells=(Shell(number, 5000.0, 50.0),)))
    assert traffic.manoeuvres_per_year(traffic.refreshed(crowd))[0] > 1.05 * alone


def test_what_others_see_adds_up() -> None:
    state = run()
    others = state.others
    rivals_now = [rival.state for rival in state.rivals]
    assert others.lifted_kg == sum(one.totals.lifted_kg for one in rivals_now)
    delivered = sum(float(one.fleet.column(Field.DELIVERED_PFLOPS).sum()) for one in rivals_now)
    assert sum(others.delivered_pflops.values()) == pytest.approx(delivered)
    living = sum(float(one.fleet.column(Field.ALIVE_COUNT).sum()) for one in rivals_now)
    assert sum(shell.steered for shell in others.shells) == pytest.approx(living)


def test_a_forecast_draws_rivals_and_the_future_of_vehicles_anew_but_keeps_the_past() -> None:
    state = run()
    past = [ramp for ramp in state.ramps if ramp.day <= state.day]
    assert past
    first, second = redrawn(state, 1), redrawn(state, 2)
    for drawn in (first, second):
        assert [ramp for ramp in drawn.ramps if ramp.day <= state.day] == past
        for before, after in zip(state.rivals, drawn.rivals, strict=True):
            assert after.state.ramps == drawn.ramps
            assert after.state.seed != before.state.seed
            assert after.state.cash_cents == before.state.cash_cents
    assert first.ramps != second.ramps
    later = state.day + 200
    assert digest(passed(first, later)) != digest(passed(second, later))


def test_a_pad_that_closes_for_the_player_closes_for_rivals() -> None:
    state = run()
    closed = replace(state, sites={**state.sites, "slc-4e": SiteStatus(state.day, state.day + 900)})
    later = passed(closed, state.day + 40)
    assert all("slc-4e" in rival.state.sites for rival in later.rivals)


# --- companies -------------------------------------------------------------------------------------


def test_a_company_flies_its_own_vehicles_at_cost_and_others_at_the_price() -> None:
    shipped = catalogue()
    mine, theirs = racing(company="spacex"), racing(company="independent")
    cost = shipped.companies["spacex"].vehicles["falcon-9"].cost_usd.nominal
    for state, usd in ((mine, cost), (theirs, shipped.vehicles["falcon-9"].price_usd.nominal)):
        ready = ordered(state, DefineDesign(design=preset()))
        assert flight_cost(ready, flight(ready)).launch_cents == round(100 * usd)
    assert mine.catalogue.vehicles["new-glenn-7x2"] == shipped.vehicles["new-glenn-7x2"]
    assert theirs.catalogue.buses == shipped.buses


def test_whoever_leads_a_company_does_not_race_against_it() -> None:
    assert [one.company for one in racing(company="spacex").rivals] == ["blue-origin"]
    assert [one.company for one in racing(company="blue-origin").rivals] == ["spacex"]


def test_nobody_launches_more_satellites_than_the_filing_has() -> None:
    state = ordered(racing(company="blue-origin"), DefineDesign(design=preset()))
    limit = catalogue().companies["blue-origin"].filing
    assert limit is not None
    sent = replace(state.totals, satellites_launched=limit.satellites - 1)
    state = replace(state, totals=sent)
    assert isinstance(apply(state, flight(state, count=1)), Accepted)
    answer = apply(state, flight(state, count=2))
    assert isinstance(answer, Rejected)
    assert "51,600 satellites" in answer.reason
    assert answer.fix == "Launch 1 at most."


def test_the_standing_puts_the_most_power_first() -> None:
    rows = rivals.race_standing(run())
    assert [row.computing_w for row in rows] == sorted((row.computing_w for row in rows), reverse=True)
    assert {row.name for row in rows} == {"Independent", "Blue Origin", "SpaceX"}
    assert [row.rival for row in rows if row.company == "independent"] == [False]


# --- news ------------------------------------------------------------------------------------------


def test_news_of_others_read_like_news() -> None:
    """No ids of their books, no sentence twice."""
    rival = run().rivals[1]
    state = rival.state
    events = [
        Event(state.day, EventKind.DESIGN_READY, Severity.NOTICE, "X is frozen.", next(iter(state.designs))),
        Event(state.day, EventKind.LAUNCH_FAILURE, Severity.ALARM, "L7.2: Y did not reach orbit.", "L7"),
        Event(state.day, EventKind.BANKRUPT, Severity.ALARM, "Cash is low. The campaign ends."),
    ]
    _, told = rivals._told(rival, events)
    ready, lost, ended = (event.text for event in told[:3])
    assert ready == f"SpaceX has a new satellite ready for launch: {next(iter(state.designs.values())).name}."
    assert lost == "SpaceX loses a launch: Y did not reach orbit."
    assert ended == "SpaceX has run out of money and leaves the race."
    flown = replace(state, totals=replace(state.totals, satellites_launched=1))
    fresh = replace(rival, state=flown, told=())
    firsts = [event.text for event in rivals._told(fresh, [])[1]]
    assert "SpaceX has put its first data-centre satellite into orbit." in firsts
