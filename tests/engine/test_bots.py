"""Policies: pure, within the rules, and ranked as good sense would rank them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from engine.analysis.bots import BOTS, BotRun, last_day, play, played
from engine.campaign import check
from engine.events import day_of
from engine.fingerprint import digest
from engine.orders import DefineDesign, RaiseCapital
from engine.policies.advisor import advisor
from engine.policies.choices import affordable_count, free_usd, plans
from engine.policies.earnings import best_mix
from engine.policies.goals import planned_w, wanted_w
from engine.policies.roadmap import roadmap
from engine.policies.simple import do_nothing, greedy
from engine.rules.rivals import rival_seed
from engine.state import CampaignState
from tests import bots
from tests.campaigns import begin, catalogue, in_orbit, ordered, passed, preset, scenarios

SEEDS = range(20)


def early(scenario: str, bot: str, seed: int = 1) -> BotRun:
    """Three years of a bot."""
    return bots.run(scenario, bot, seed, until=day_of(dt.date(2029, 12, 1)))


# --- policies --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", BOTS)
def test_a_policy_changes_nothing_and_says_the_same_twice(name: str) -> None:
    state = passed(begin("gigawatt-2045"), dt.date(2027, 1, 1))
    before = digest(state)
    assert BOTS[name](state) == BOTS[name](state)
    assert digest(state) == before


def test_whoever_does_nothing_keeps_the_money_and_has_no_satellite() -> None:
    run = early("gigawatt-2045", "do-nothing")
    assert (run.cash_usd, run.satellites, run.orders, run.survived) == (4e9, 0, 0, True)


def test_the_greedy_player_spends_nearly_all_and_orders_what_leaves_first() -> None:
    run = early("gigawatt-2045", "greedy")
    assert run.flights > 5
    assert run.cash_usd < 0.6 * 4e9
    state = ordered(begin("gigawatt-2045"), DefineDesign(design=preset()))
    (order,) = greedy(state)
    assert order.type == "launch"
    assert order.date == min(
        plan.option.order.date for plan in plans(state, preset()) if plan.option.order.vehicle == "falcon-9"
    )


def test_the_advisor_begins_with_the_cheapest_watt_and_a_raise_is_taken_once_it_is_unlocked() -> None:
    state = begin("race")
    (order,) = advisor(state)
    assert isinstance(order, DefineDesign)
    chosen = min(
        (plan for one in catalogue().presets.values() for plan in plans(state, one.design)),
        key=lambda plan: plan.usd_per_w_year,
    )
    assert order.design == chosen.design
    proven = replace(state, capital=replace(state.capital, record_w=11e6))
    assert RaiseCapital() in advisor(proven)
    assert not any(line.severity == "stop" for line in check(proven, RaiseCapital()))


def test_a_plan_costs_more_where_launches_fail() -> None:
    state = begin("gigawatt-2045")
    ways = {plan.option.order.vehicle: plan for plan in plans(state, preset())}
    sure, young = ways["falcon-9"], ways["starship-v3"]
    for plan in (sure, young):
        quote = plan.option.quote
        paid = (quote.launch_usd + quote.build_usd) / plan.option.order.count
        assert plan.satellite_usd == pytest.approx(paid / quote.success_odds)
    assert young.option.quote.success_odds < sure.option.quote.success_odds


def test_money_bounds_what_a_flight_carries() -> None:
    state = begin("gigawatt-2045")
    option = next(plan.option for plan in plans(state, preset()))
    each = option.quote.build_usd / option.order.count
    assert affordable_count(option, option.quote.launch_usd + 1.5 * each) == 1
    assert affordable_count(option, option.quote.launch_usd + 0.5 * each) == 0
    assert affordable_count(option, 1e12) == option.order.count
    assert free_usd(begin("sandbox")) == float("inf")


def test_dear_work_is_sold_first_and_no_more_of_it_than_is_wanted() -> None:
    few = in_orbit()
    assert best_mix(few) == {"eo-batch": 1.0}
    whole = best_mix(in_orbit(count=8, vehicle="starship-v3", site="lc-39a"))
    assert sum(whole.values()) == pytest.approx(1.0)


def test_goals_are_due_in_their_window_or_when_they_are_cheap() -> None:
    state = begin("gigawatt-2045")
    assert planned_w(state) == 0.0
    # of 4 B$ a tenth may go into what is not due: 10 MW at 10 $/W, but not 100 MW
    assert wanted_w(state, usd_per_w=10.0, w_per_year=1e8) == pytest.approx(1.15 * 10e6)
    assert wanted_w(state, usd_per_w=1e4, w_per_year=1e8) == 0.0
    late = replace(state, day=day_of(dt.date(2043, 1, 1)))
    assert wanted_w(late, usd_per_w=1e4, w_per_year=1e8) == pytest.approx(1.15e9)


def test_companies_without_a_roadmap_order_nothing() -> None:
    assert roadmap(begin("race", company="independent")) == ()
    assert do_nothing(begin("race")) == ()


def test_a_roadmap_freezes_its_satellite_on_its_day_and_not_before() -> None:
    plan = catalogue().companies["spacex"].roadmap
    assert plan is not None
    first = plan.intents[0]
    for seed in range(5):
        state = begin("race", rival_seed(seed, "spacex"), company="spacex")
        before = replace(state, day=day_of(first.earliest) - 1)
        after = replace(state, day=day_of(first.latest) + 1)
        assert roadmap(before) == ()
        assert roadmap(after) == (DefineDesign(design=state.catalogue.presets[first.preset].design),)


# --- runs ------------------------------------------------------------------------------------------


def test_a_run_is_the_same_whenever_it_is_played() -> None:
    until = day_of(dt.date(2028, 6, 1))
    first, _ = played(begin("gigawatt-2045"), greedy, "greedy", until)
    again, _ = played(begin("gigawatt-2045"), greedy, "greedy", until)
    assert digest(first) == digest(again)


def test_a_scenario_is_played_to_its_end_or_ten_years_on() -> None:
    assert last_day(scenarios()["race"]) == day_of(dt.date(2045, 12, 31))
    assert last_day(scenarios()["sandbox"]) == day_of(dt.date(2036, 11, 22))


def test_whatever_a_policy_says_the_run_goes_on() -> None:
    def stubborn(_state: CampaignState) -> tuple[DefineDesign, ...]:
        return (DefineDesign(design=preset()),)

    run = play(
        scenarios()["sandbox"], catalogue(), "stubborn", until=day_of(dt.date(2027, 6, 1)), policy=stubborn
    )
    assert (run.orders, run.refused) == (1, 6)


# --- the ranking -----------------------------------------------------------------------------------


@pytest.mark.seeds
@pytest.mark.parametrize("scenario", bots.CONTESTS)
def test_doing_nothing_is_worse_than_greed_and_greed_is_worse_than_advice(scenario: str) -> None:
    means = [bots.mean_score(scenario, bot, SEEDS) for bot in bots.RANKING]
    assert means == sorted(means), means
    assert means[0] + 0.02 < means[1], means
    assert means[1] + 0.02 < means[2], means
    alive = {bot: bots.survivors(scenario, bot, SEEDS) for bot in bots.RANKING}
    assert alive["advisor"] >= 15, alive


@pytest.mark.seeds
def test_neither_company_wins_every_race_against_an_equal() -> None:
    ahead = 0
    for seed in SEEDS:
        ours = bots.run("race", "advisor", seed, "blue-origin")
        theirs = bots.run("race", "advisor", seed, "spacex")
        ahead += (ours.score, ours.best_w) > (theirs.score, theirs.best_w)
    assert 1 <= ahead <= len(SEEDS) - 1, ahead


@pytest.mark.seeds
@pytest.mark.parametrize("scenario", sorted(scenarios()))
def test_every_scenario_runs_its_whole_length_with_different_ends(scenario: str) -> None:
    runs = [bots.run(scenario, "greedy", seed) for seed in SEEDS]
    for one in runs:
        assert one.date == one.until or one.ended == "bankrupt"
        assert 0.0 <= one.score <= 1.0
        assert one.best_w >= 0.0
    ends = {(one.cash_usd, one.work_pflop_days) for one in runs}
    assert len(ends) > 10, ends
