"""The rival on the ground: off unless asked for, in balance without orbit, answering what orbit adds."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import lru_cache

import pytest

from engine.analysis.levelised import ground_report
from engine.events import day_of
from engine.fingerprint import digest
from engine.kernels.layout import Field
from engine.model.scenario import Difficulty
from engine.rules import ground
from engine.rules.finance import close_month
from engine.rules.market import workload_ids
from engine.state import CampaignState, Ground, GroundBuild
from tests.campaigns import PATIENT, begin, catalogue, in_orbit, passed

RULES = {"ground": True}


@lru_cache(maxsize=1)
def opened() -> CampaignState:
    """A campaign that never launches, beside a ground that builds."""
    return begin("sandbox", 3, RULES)


def reached(state: CampaignState, year: int) -> CampaignState:
    return passed(state, dt.date(year, 1, 1))


def supplied_gw(state: CampaignState) -> float:
    return sum(state.ground.built_gw.values()) + state.ground.orbit_gw


def test_without_the_rule_there_is_no_ground() -> None:
    state = reached(begin("sandbox"), 2028)
    assert state.ground == Ground()
    assert ground.ground_price_factor(state, "text-inference") == 1.0


def test_it_opens_in_balance_with_sites_under_way() -> None:
    state = opened()
    assert sum(state.ground.built_gw.values()) == pytest.approx(state.ground.wanted_gw)
    assert set(state.ground.built_gw) == set(catalogue().regions)
    assert all(build.day > state.day and build.gw > 0.0 for build in state.ground.builds)


def test_without_orbit_it_keeps_up_with_demand() -> None:
    """Within a tenth for twenty years, by queues and building times alone; demand itself grows sixfold."""
    state, first = opened(), opened().ground.wanted_gw
    for year in range(2028, 2047, 3):
        state = reached(state, year)
        assert supplied_gw(state) == pytest.approx(state.ground.wanted_gw, rel=0.1)
    assert state.ground.wanted_gw > 6.0 * first


def test_cheap_regions_are_built_in_and_the_dearest_is_left() -> None:
    state = reached(opened(), 2040)
    now, then = state.ground.built_gw, opened().ground.built_gw
    assert now["texas"] > 2.0 * then["texas"]
    assert now["hurried"] == then["hurried"]


def test_scarcity_brings_the_dearest_in() -> None:
    """With a third of what is wanted, price passes what hurry costs, and hurry is ordered first to arrive."""
    state = reached(opened(), 2030)
    less = {name: gw / 3.0 for name, gw in state.ground.built_gw.items()}
    short = passed(replace(state, ground=Ground(less)), dt.date(2030, 4, 1))
    assert short.ground.price_factor > 1.4
    assert any(build.region == "hurried" for build in short.ground.builds)


def test_a_crowded_queue_is_a_longer_one() -> None:
    state = opened()
    crowd = Ground(builds=(GroundBuild("texas", state.day + 1, 50.0),))
    idle, busy = replace(state, ground=Ground()), replace(state, ground=crowd)
    assert ground.wait_days(busy, "texas") > 10.0 * ground.wait_days(idle, "texas")
    assert ground.wait_days(busy, "nordics") == ground.wait_days(idle, "nordics")


def test_the_slider_of_difficulty_sets_how_fast_it_builds() -> None:
    idle = begin("sandbox", 3, RULES, difficulty=Difficulty(ground_rival=0.0))
    later = reached(idle, 2034)
    assert later.ground.price_factor > 1.4
    assert later.ground.price_factor > reached(opened(), 2034).ground.price_factor


def test_what_is_ordered_arrives_once_and_nothing_is_lost() -> None:
    """A year on, all that was built or ordered is there, and what is there was wanted."""
    before, after = opened().ground, reached(opened(), 2028).ground
    due = sum(one.gw for one in before.builds if one.day <= reached(opened(), 2028).day)
    assert sum(after.built_gw.values()) == pytest.approx(sum(before.built_gw.values()) + due)


def test_cut_in_two_it_is_the_same_ground() -> None:
    whole = passed(opened(), dt.date(2029, 5, 7))
    halves = passed(passed(opened(), dt.date(2028, 3, 31)), dt.date(2029, 5, 7))
    assert digest(whole) == digest(halves)


@lru_cache(maxsize=1)
def launched() -> CampaignState:
    """Two satellites at work on the first day of a quarter."""
    state = in_orbit(begin("sandbox", 3, RULES))
    return replace(state, day=day_of(dt.date(2028, 1, 1)))


def swarm(gw: float, workload: str) -> CampaignState:
    """A fleet that delivers what so many gigawatts do, of one workload, by decree; then a quarter begins."""
    state = launched()
    pflops = 1e9 * gw / ground.chip_w_per_pflops(state.catalogue, state.day)
    fleet = state.fleet.with_values(Field.DELIVERED_PFLOPS, [0], [pflops])
    for slot, name in enumerate(workload_ids(state.catalogue)):
        fleet = fleet.with_values(Field(Field.MIX_0 + slot), [0], [1.0 if name == workload else 0.0])
    return ground.quarterly(replace(state, fleet=fleet))[0]


def ordered_gw(state: CampaignState) -> float:
    return sum(build.gw for build in state.ground.builds)


def test_supply_from_orbit_lowers_the_price_and_stays_the_builders_hands() -> None:
    few, many = swarm(0.0, "text-inference"), swarm(5.0, "text-inference")
    assert many.ground.orbit_gw == pytest.approx(5.0)
    assert many.ground.price_factor < few.ground.price_factor
    assert ordered_gw(many) < ordered_gw(few)
    factor = ground.ground_price_factor(many, "text-inference")
    assert factor == many.ground.price_factor < 1.0


def test_what_only_orbit_can_do_is_none_of_its_business() -> None:
    state = swarm(5.0, "eo-batch")
    assert state.ground.orbit_gw == 0.0
    crowded = replace(state, ground=replace(state.ground, price_factor=0.5))
    assert ground.ground_price_factor(crowded, "eo-batch") == 1.0
    assert ground.ground_price_factor(crowded, "training") == 0.5


def test_the_books_follow_the_price() -> None:
    """The same month at half the price brings half the revenue, to the cent or one beside it."""
    state = in_orbit(begin("two-rockets", 3, RULES | PATIENT), days=70)
    full, _ = close_month(state)
    half, _ = close_month(replace(state, ground=replace(state.ground, price_factor=0.5)))
    factor = state.ground.price_factor
    assert full.month_revenue_cents > 0
    assert half.month_revenue_cents == pytest.approx(0.5 / factor * full.month_revenue_cents, abs=1)


def test_a_turn_of_the_market_is_news_once() -> None:
    """A swarm of a third of the market makes compute plentiful; in the next quarter nobody repeats it."""
    state = swarm(4.0, "text-inference")
    again, told = ground.quarterly(replace(state, ground=replace(state.ground, price_factor=1.0)))
    assert [event.subject for event in told] == ["ground"]
    assert told[0].text.startswith("Compute is plentiful: ")
    assert ground.quarterly(again)[1] == []


def test_what_is_told_of_the_ground_adds_up() -> None:
    state = reached(opened(), 2029)
    told = ground_report(state)
    assert [one.region for one in told.regions] == list(catalogue().regions)
    assert sum(one.built_gw for one in told.regions) == pytest.approx(sum(state.ground.built_gw.values()))
    assert sum(one.coming_gw for one in told.regions) == pytest.approx(ordered_gw(state))
    assert told.price_factor == state.ground.price_factor
    texas = next(one for one in told.regions if one.region == "texas")
    assert texas.wait_days == ground.wait_days(state, "texas")
    assert ground_report(begin("sandbox")) is None
