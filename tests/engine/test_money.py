"""Money: whole cents, a line for every change, months that add up, warnings in time, an end."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.campaign import advance, apply, check
from engine.events import EventKind, day_of
from engine.kernels.layout import Field
from engine.orders import AdvanceTo, DefineDesign, SetWorkload
from engine.outcomes import Accepted, Rejected
from engine.rules import finance, market
from engine.rules.budgets import budget_of
from engine.rules.finance import next_month_day, runway_months
from engine.rules.launch_money import flight_cost
from engine.rules.money import book, book_all, cents
from engine.state import CampaignState, LedgerKind, Market
from tests.campaigns import (
    PATIENT,
    begin,
    catalogue,
    flight,
    happened,
    in_orbit,
    ordered,
    passed,
    preset,
    refused,
)

RICH = {"cash_usd": 3e9}


def ready(rules: dict[str, bool] | None = None, **changes: Any) -> CampaignState:
    return ordered(
        begin("two-rockets", 1, PATIENT | (rules or {}), **(RICH | changes)), DefineDesign(design=preset())
    )


def purse(flights: float) -> CampaignState:
    """A campaign whose cash pays for so many flights of `flight`."""
    state = ready()
    first = flight_cost(state, flight(state)).total_cents
    return replace(state, cash_cents=int(first * flights))


def working(**changes: Any) -> CampaignState:
    """A campaign on the first of a month, with two satellites in service since the year before."""
    state = ready(**changes)
    state = ordered(state, flight(state, date=dt.date(2026, 12, 1)))
    return passed(state, dt.date(2027, 2, 1))


def lines(state: CampaignState, kind: LedgerKind) -> list[int]:
    return [line.amount_cents for line in state.ledger if line.kind is kind]


@given(usd=st.floats(-1e12, 1e12))
def test_cents_are_the_nearest(usd: float) -> None:
    assert abs(cents(usd) - 100.0 * usd) <= 0.5 + abs(usd) * 1e-13


@given(
    amounts=st.lists(
        st.tuples(
            st.sampled_from(list(LedgerKind)),
            st.sampled_from(["", "L1", "L2"]),
            st.integers(-(10**12), 10**12),
        )
    )
)
def test_every_change_is_a_line_and_there_is_one_for_each_kind_and_subject(
    amounts: list[tuple[LedgerKind, str, int]],
) -> None:
    state = begin()
    start = state.cash_cents
    for kind, subject, amount in amounts:
        state = book(state, kind, subject, amount)
    assert state.cash_cents - start == sum(amount for _, _, amount in amounts)
    assert state.cash_cents - start == sum(line.amount_cents for line in state.ledger)
    counted = Counter((line.day, line.kind, line.subject) for line in state.ledger)
    assert set(counted.values()) <= {1}


@pytest.mark.parametrize("seed", range(3))
def test_the_ledger_adds_up_over_years(seed: int) -> None:
    state = ordered(begin("two-rockets", seed, cash_usd=2e9), DefineDesign(design=preset()))
    state = ordered(state, flight(state, times=8, every_days=50))
    start = begin("two-rockets", seed, cash_usd=2e9).cash_cents
    for years in (1, 2, 5):
        later = passed(state, state.day + 365 * years)
        assert later.cash_cents == start + sum(line.amount_cents for line in later.ledger)
        assert all(isinstance(line.amount_cents, int) and line.amount_cents for line in later.ledger)
        assert [line.day for line in later.ledger] == sorted(line.day for line in later.ledger)


def test_a_design_costs_its_engineering_once() -> None:
    start = begin(**RICH)
    state = ordered(start, DefineDesign(design=preset()))
    nre = catalogue().buses[preset().bus].nre_usd.nominal
    assert start.cash_cents - state.cash_cents == cents(nre)
    assert lines(state, LedgerKind.ENGINEERING) == [-cents(nre)]


def test_a_flight_is_paid_on_the_day_it_leaves() -> None:
    state = ready()
    booked = ordered(state, flight(state, count=3))
    assert booked.cash_cents == state.cash_cents
    assert passed(booked, booked.day + 9).cash_cents == state.cash_cents
    flown = passed(booked, booked.day + 10)
    assert lines(flown, LedgerKind.LAUNCH) == [-cents(catalogue().vehicles["falcon-9"].price_usd.nominal)]
    assert lines(flown, LedgerKind.BUILD) == [-cents(3 * budget_of(state, "node-100").build_usd)]


def test_a_lost_flight_is_paid_all_the_same() -> None:
    state = ready({"launch_failures": True})
    state = ordered(state, flight(state, vehicle="starship-v4", site="lc-39a", count=1, flights=10))
    flown = passed(state, state.day + 10)
    assert 0 < flown.totals.flights_failed < 10
    assert lines(flown, LedgerKind.LAUNCH) == [
        -10 * cents(catalogue().vehicles["starship-v4"].price_usd.nominal)
    ]


def test_flights_that_cannot_be_paid_are_cancelled_and_told() -> None:
    state = purse(2.7)
    state = ordered(state, flight(state, flights=4))
    flown = passed(state, state.day + 10)
    assert flown.fleet.count == 2
    assert flown.cash_cents >= 0
    told = [event for event in flown.log if event.kind is EventKind.LAUNCH_CANCELLED]
    assert len(told) == 1
    assert "2 flights cancelled" in told[0].text
    assert not flown.bookings


# --- months --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("date", "after"),
    [
        (dt.date(2026, 11, 22), dt.date(2026, 12, 1)),
        (dt.date(2026, 12, 1), dt.date(2027, 1, 1)),
        (dt.date(2028, 2, 29), dt.date(2028, 3, 1)),
    ],
)
def test_months_follow_the_calendar(date: dt.date, after: dt.date) -> None:
    assert next_month_day(day_of(date)) == day_of(after)


def test_a_month_earns_what_was_delivered_at_the_price_of_its_middle() -> None:
    state = working()
    before = float(state.fleet.column(Field.TOTAL_PFLOP_DAYS).sum())
    closed = passed(state, dt.date(2027, 3, 1))
    delivered = float(closed.fleet.column(Field.TOTAL_PFLOP_DAYS).sum()) - before
    workload = catalogue().workloads["text-inference"]
    years = (day_of(dt.date(2027, 2, 15)) - day_of(workload.reference_date)) / 365.25
    price = workload.price_usd_per_pflop_day.nominal * (1 + workload.price_change_per_year.nominal) ** years
    assert delivered > 5000.0
    assert closed.month_revenue_cents == pytest.approx(100 * delivered * price, rel=1e-9, abs=1.0)
    assert closed.totals.sold_pflop_days - state.totals.sold_pflop_days == pytest.approx(delivered)


def test_a_month_costs_its_share_of_build_value_and_ground() -> None:
    state = working()
    closed = passed(state, dt.date(2027, 3, 1))
    economy = catalogue().economy
    yearly = economy.operations_per_year.nominal * budget_of(state, "node-100").build_usd
    yearly += economy.ground_cost_usd_per_year.nominal
    alive = float(closed.fleet.column(Field.ALIVE_COUNT).sum())
    assert closed.month_operations_cents == pytest.approx(100 * yearly * alive * 28 / 365.25, abs=1.0)


def test_a_batch_pays_for_operations_from_its_launch() -> None:
    state = ready()
    state = ordered(state, flight(state, date=dt.date(2026, 12, 22), count=1))
    closed = passed(state, dt.date(2027, 1, 1))
    full = passed(closed, dt.date(2027, 2, 1))
    assert closed.month_operations_cents == pytest.approx(full.month_operations_cents * 10 / 31, abs=1.0)


def test_what_was_computed_before_a_change_of_workload_is_paid_at_the_old_price() -> None:
    state = passed(working(), dt.date(2027, 2, 11))
    early = float(state.fleet.column(Field.MONTH_PFLOP_DAYS).sum())
    state = ordered(state, SetWorkload(mix={"eo-batch": 2.0 / 2.0}))
    assert state.market.delivered_pflop_days == {"text-inference": pytest.approx(early)}
    closed = passed(state, dt.date(2027, 3, 1))
    subjects = {
        line.subject for line in closed.ledger if line.day == closed.day and line.kind is LedgerKind.REVENUE
    }
    assert subjects == {"text-inference", "eo-batch"}
    assert closed.market.delivered_pflop_days == {}


def test_without_money_nothing_is_charged_and_nothing_earned() -> None:
    state = passed(in_orbit(), dt.date(2028, 1, 1))
    assert state.cash_cents == 0
    assert state.ledger == ()
    assert state.month_revenue_cents == 0
    assert state.totals.sold_pflop_days > 0.0
    assert not [event for event in state.log if "$" in event.text]


# --- demand --------------------------------------------------------------------------------------


def test_demand_and_price_move_by_their_yearly_rates() -> None:
    state = begin()
    for workload in catalogue().workloads.values():
        day = day_of(workload.reference_date)
        assert market.demand_pflops(state, workload, day) == workload.demand_pflops.nominal
        assert (
            market.price_usd_per_pflop_day(state, workload, day) == workload.price_usd_per_pflop_day.nominal
        )
        grown = market.demand_pflops(state, workload, day + 365.25) / workload.demand_pflops.nominal
        assert grown == pytest.approx(1 + workload.demand_growth_per_year.nominal)


def saturated() -> CampaignState:
    """A fleet on a workload that wants less than it offers."""
    state = in_orbit(days=60, count=2, flights=60)
    wanted = catalogue().workloads["eo-batch"].demand_pflops.nominal
    assert float(state.fleet.column(Field.DELIVERED_PFLOPS).sum()) > 2.0 * wanted
    return ordered(state, SetWorkload(mix={"eo-batch": 1.0}))


def test_nobody_buys_more_than_is_wanted_and_the_fleet_is_held_to_it() -> None:
    state = saturated()
    first = passed(state, next_month_day(state.day))
    level = first.market.bought_level["eo-batch"]
    assert 0.0 < level < 0.6
    assert np.allclose(first.fleet.column(Field.DEMAND_CAP), level)
    later = passed(first, first.day + 1)
    middle = 0.5 * (first.day + next_month_day(first.day))
    wanted = market.demand_pflops(later, catalogue().workloads["eo-batch"], middle)
    assert float(later.fleet.column(Field.DELIVERED_PFLOPS).sum()) == pytest.approx(wanted, rel=0.01)


def test_demand_that_was_met_is_met_again_and_does_not_swing() -> None:
    state = saturated()
    levels = []
    for _ in range(8):
        state = passed(state, next_month_day(state.day))
        levels.append(state.market.bought_level["eo-batch"])
    steps = np.diff(levels)
    assert (steps > 0.0).all(), "demand grows by a few per cent a month, the fleet does not"
    assert steps.max() < 0.05


def test_new_batches_are_held_to_the_present_demand() -> None:
    state = saturated()
    state = passed(state, next_month_day(state.day))
    state = ordered(state, flight(state, date=state.date, flights=3))
    state = passed(state, state.day + 1)
    assert (state.fleet.column(Field.DEMAND_CAP)[-3:] == 1.0).all(), (
        "a new batch runs text, which is not held"
    )
    state = ordered(state, SetWorkload(mix={"eo-batch": 0.5, "text-inference": 0.5}))
    level = state.market.bought_level["eo-batch"]
    assert np.allclose(state.fleet.column(Field.DEMAND_CAP), 0.5 + 0.5 * level)


@given(
    rates=st.lists(st.tuples(st.floats(0.01, 100.0), st.floats(0.01, 1.0)), min_size=1, max_size=8),
    share=st.floats(0.01, 0.99),
)
def test_a_common_level_delivers_what_is_wanted(rates: list[tuple[float, float]], share: float) -> None:
    pflops, reach = (np.array(column) for column in zip(*rates, strict=True))
    wanted = share * float(np.sum(pflops * reach))
    level = market._filled_to(pflops, reach, wanted)
    assert float(np.sum(pflops * np.minimum(reach, level))) == pytest.approx(wanted, rel=1e-9)


# --- warnings and the end ------------------------------------------------------------------------


def poor(cash_usd: float) -> CampaignState:
    """A fleet that costs more than it earns, on the first of a month."""
    state = working()
    state = ordered(state, SetWorkload(mix={"rich-inference": 1.0}))
    state = replace(
        state, fleet=state.fleet.with_values(Field.CHIP_HEALTH, [0], 0.0), cash_cents=cents(cash_usd)
    )
    return passed(state, dt.date(2027, 3, 1))


def test_a_short_runway_is_told_once() -> None:
    state = poor(150e3)
    months = runway_months(state)
    assert months is not None
    assert months == pytest.approx(state.cash_cents / state.month_operations_cents)
    assert months < finance.RUNWAY_MONTHS
    warnings = [
        event for event in passed(state, dt.date(2027, 5, 1)).log if event.kind is EventKind.CASH_WARNING
    ]
    assert len(warnings) == 1
    assert "months" in warnings[0].text


def test_cash_below_the_next_flight_is_told_in_time() -> None:
    state = working()
    state = ordered(state, flight(state, date=dt.date(2027, 5, 1)))
    state = replace(state, cash_cents=cents(20e6))
    warning = next(
        event for event in happened(state, dt.date(2027, 5, 1)) if event.kind is EventKind.CASH_WARNING
    )
    assert warning.date < dt.date(2027, 5, 1)
    assert warning.text.startswith("L2 costs ")


def test_three_months_below_zero_end_the_campaign() -> None:
    state = poor(-1.0)
    assert state.market.loss_months == 1
    outcome = advance(state, dt.date(2028, 1, 1))
    assert isinstance(outcome, Accepted)
    assert outcome.state.date == dt.date(2027, 5, 1)
    assert outcome.state.ended == "bankrupt"
    assert outcome.events[-1].kind is EventKind.BANKRUPT
    for order in (AdvanceTo(date=dt.date(2028, 1, 1)), DefineDesign(design=preset("ai1-class"))):
        answer = apply(outcome.state, order)
        assert isinstance(answer, Rejected)
        assert "ended" in answer.reason
        assert answer.fix
    assert isinstance(advance(outcome.state, dt.date(2028, 1, 1)), Rejected)


def test_a_month_above_zero_starts_the_count_again() -> None:
    state = poor(-1.0)
    assert passed(replace(state, cash_cents=cents(50e6)), dt.date(2027, 4, 1)).market == Market()


# --- what a booking must show --------------------------------------------------------------------


def test_a_flight_that_cannot_be_paid_is_refused() -> None:
    state = purse(0.9)
    refusal = refused(state, flight(state))
    assert refusal.field == "count"
    assert "The flight costs" in refusal.reason


def test_flights_already_booked_count_as_spent() -> None:
    state = ordered(purse(1.7), flight(purse(1.7)))
    again = flight(state, date=state.date + dt.timedelta(days=30))
    assert "already booked" in refused(state, again).reason
    far = flight(state, date=state.date + dt.timedelta(days=400))
    assert [fault.severity for fault in check(state, far) if fault.field == "count"] == ["risk", "ok"]
    ordered(state, far)


def test_a_series_beyond_the_cash_is_a_risk_and_not_a_stop() -> None:
    state = purse(1.7)
    order = flight(state, times=10, every_days=60)
    risks = [fault for fault in check(state, order) if fault.severity == "risk" and fault.field == "times"]
    assert len(risks) == 1
    ordered(state, order)


def test_amounts_booked_together_are_those_booked_in_turn() -> None:
    state = ready()
    entries = (
        (LedgerKind.REVENUE, "training", 500),
        (LedgerKind.OPERATIONS, "", -300),
        (LedgerKind.SPECTRUM, "", 0),
        (LedgerKind.REVENUE, "training", 7),
    )
    together, in_turn = book_all(state, entries), state
    for kind, subject, amount_cents in entries:
        in_turn = book(in_turn, kind, subject, amount_cents)
    assert together.ledger == in_turn.ledger
    assert together.cash_cents == in_turn.cash_cents == state.cash_cents + 207
    assert [line.amount_cents for line in together.ledger[len(state.ledger) :]] == [507, -300]
    assert book_all(state, entries[2:3]) is state
