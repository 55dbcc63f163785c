"""Ghost orders: what a comparison shows is what really happens, and nothing else is touched."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np

import engine
from engine.analysis.ghost import Comparison, Horizon, compare, horizons_of
from engine.orders import AdvanceTo, DefineDesign, Dispose, Selection, SetLoadPolicy
from engine.playback import Refusal
from tests.campaigns import begin, in_orbit, ordered, passed, preset

POLICY = SetLoadPolicy(policy="follow-the-sun")


def compared(*arguments: object, **options: object) -> Comparison:
    found = compare(*arguments, **options)  # type: ignore[arg-type]
    assert isinstance(found, Comparison), found
    return found


def test_the_looks_are_the_days_that_really_come() -> None:
    state = in_orbit()
    before = engine.digest(state)
    found = compared(state, (POLICY,))
    assert engine.digest(state) == before
    for horizon, without, with_orders in zip(found.horizons, found.without, found.with_orders, strict=True):
        for start, look in ((state, without), (ordered(state, POLICY), with_orders)):
            then = passed(start, horizon.day)
            fleet = engine.fleet_report(then)
            assert look.delivered_pflops == fleet.delivered_pflops
            assert np.isclose(look.computing_w, 1e3 * fleet.it_power_kw)
            assert look.satellites == fleet.satellites_alive
            assert look.cash_usd == then.cash_usd
            assert look.binding == fleet.binding
            if look.heat_margin_k is not None:
                assert look.heat_margin_k == fleet.worst_junction_margin_k


def test_the_season_is_the_darkest_time_of_the_year() -> None:
    state = in_orbit()
    season = next(one for one in horizons_of(state) if one.name == "season")
    shade = {
        day: engine.batch_reports(passed(state, state.day + day))[0].eclipse_fraction
        for day in range(5, 365, 15)
    }
    chosen = engine.batch_reports(passed(state, season.day))[0].eclipse_fraction
    assert chosen >= max(shade.values()) - 0.005
    assert season.label == "eclipse season"


def test_without_a_fleet_or_season_half_a_year_stands_for_it() -> None:
    season = horizons_of(begin("sandbox"))[1]
    assert (season.name, season.label) == ("season", "half a year")


def test_no_horizon_lies_beyond_the_last_day() -> None:
    state = begin("sandbox", start_date=dt.date(2097, 1, 1))
    assert [one.name for one in horizons_of(state)] == ["orbit", "season"]


def test_orders_after_an_advance_come_on_their_day() -> None:
    state = in_orbit()
    late = AdvanceTo(date=state.date + dt.timedelta(days=40))
    days = (Horizon("a", "a", state.day + 30), Horizon("b", "b", state.day + 90))
    found = compared(state, (late, Dispose(select=Selection())), days)
    assert found.with_orders[0] == found.without[0]
    assert found.with_orders[1].delivered_pflops == 0.0 < found.without[1].delivered_pflops


def test_a_refused_order_is_named() -> None:
    state = in_orbit()
    found = compare(state, (POLICY, Dispose(select=Selection(batches=("L9",)))))
    assert isinstance(found, Refusal)
    assert (found.number, found.kind) == (2, "dispose")
    assert "L9" in found.answer.reason


def test_threads_and_an_earlier_baseline_change_nothing() -> None:
    state = in_orbit()
    plain = compared(state, (POLICY,))
    with ThreadPoolExecutor(2) as threads:
        assert compared(state, (POLICY,), executor=threads) == plain
    assert compared(state, (POLICY,), without=plain.without) == plain


def test_it_gives_up_when_nobody_waits() -> None:
    asked = []

    def gone() -> bool:
        asked.append(1)
        return len(asked) > 2

    assert compare(in_orbit(), (POLICY,), cancelled=gone) is None
    assert len(asked) == 3


def test_a_campaign_that_is_over_stays_where_it_is_and_says_so() -> None:
    state = replace(in_orbit(), ended="bankrupt")
    found = compared(state, (), (Horizon("x", "x", state.day + 30),))
    assert (found.without[0].day, found.without[0].ended) == (state.day, "bankrupt")


def test_what_is_spent_shows_in_cash() -> None:
    state = begin("two-rockets")
    found = compared(state, (DefineDesign(design=preset()),), horizons_of(state)[:1])
    spent = found.without[0].cash_usd - found.with_orders[0].cash_usd
    assert spent == state.cash_usd - ordered(state, DefineDesign(design=preset())).cash_usd > 0.0
