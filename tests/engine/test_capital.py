"""Prices that learn, cover, raises and loans: each against numbers worked out by hand."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.analysis.accounts import books
from engine.campaign import apply
from engine.conditions.quantities import QUANTITIES
from engine.events import EventKind, day_of
from engine.fingerprint import digest
from engine.formulas.capital import book_value_usd, capital_rate_per_year, insurance_premium_usd
from engine.formulas.cost import industry_lifted_t, learning_factor, wright_price_usd_per_kg
from engine.kernels.layout import Field
from engine.model.scenario import Raise
from engine.orders import Borrow, DefineDesign, Dispose, Insure, RaiseCapital, Repay, Selection
from engine.outcomes import Accepted
from engine.rules import capital, debt, learning, upkeep
from engine.rules.launch_money import flight_cost
from engine.state import CampaignState, LedgerKind
from odc_tui.present.books import funding_lines
from tests.campaigns import (
    PATIENT,
    begin,
    catalogue,
    flight,
    happened,
    ordered,
    passed,
    preset,
    refused,
)

RAISES = (Raise(id="a", amount_usd=2e9, at_power_w=1e5), Raise(id="b", amount_usd=9e9, at_power_w=1e8))


def company(rules: dict[str, bool] | None = None, **changes: Any) -> CampaignState:
    """Day one under the rules of the economy, with a design frozen."""
    fields = {"cash_usd": 3e9, "raises": RAISES} | changes
    start = begin("two-rockets", 1, PATIENT | {"economy": True} | (rules or {}), **fields)
    return ordered(start, DefineDesign(design=preset()))


def working(count: int = 3, **changes: Any) -> CampaignState:
    """A company on the first of a month with satellites in service."""
    state = company(**changes)
    state = ordered(state, flight(state, count=count, date=dt.date(2026, 12, 1)))
    return passed(state, dt.date(2027, 2, 1))


def lines(state: CampaignState, kind: LedgerKind) -> list[int]:
    return [line.amount_cents for line in state.ledger if line.kind is kind]


# --- learning ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "made", "rate", "left"),
    [(100, 0, 0.2, 1.0), (100, 100, 0.2, 0.8), (50, 350, 0.12, 0.88**3), (12_000, 84_000, 0.2, 0.512)],
)
def test_each_doubling_takes_the_learning_rate_off(
    before: float, made: float, rate: float, left: float
) -> None:
    assert learning_factor(before, made, rate) == pytest.approx(left, rel=1e-12)
    assert wright_price_usd_per_kg(1500.0, before, before + made, rate) == pytest.approx(1500.0 * left)


@given(before=st.floats(1, 1e6), made=st.floats(0, 1e8), more=st.floats(0, 1e8), rate=st.floats(0, 0.9))
def test_learning_only_ever_makes_cheaper(before: float, made: float, more: float, rate: float) -> None:
    assert learning_factor(before, made + more, rate) <= learning_factor(before, made, rate) <= 1.0


def test_the_industry_lifts_what_its_yearly_rate_adds_up_to() -> None:
    steps = 20_000
    added = sum(2500.0 * 1.25 ** ((k + 0.5) * 9.0 / steps) * 9.0 / steps for k in range(steps))
    assert industry_lifted_t(8000.0, 2500.0, 0.25, 9.0) == pytest.approx(8000.0 + added, rel=1e-6)
    assert industry_lifted_t(8000.0, 2500.0, 0.0, 4.0) == 18_000.0


def test_launches_stay_at_their_quote_until_reuse_is_routine_and_then_fall() -> None:
    prices = [
        learning.launch_price_on_usd(catalogue(), "starship-v4", day_of(dt.date(year, 11, 1)))
        for year in (2026, 2027, 2030, 2035, 2045)
    ]
    quoted = catalogue().vehicles["starship-v4"].price_usd.nominal
    assert prices[:2] == [quoted, quoted]
    assert prices == sorted(prices, reverse=True)
    # 12,000 t at the gate and 80,300 t after nine years: 2.74 doublings at 0.8 each.
    assert prices[3] == pytest.approx(quoted * 0.8 ** math.log2(80_300 / 12_000), rel=1e-3)
    floor = catalogue().economy.launch_floor_usd_per_kg.nominal
    payload = catalogue().vehicles["starship-v4"].payload_ref_kg.nominal
    far = learning.launch_price_on_usd(catalogue(), "starship-v4", day_of(dt.date(2090, 1, 1)), 1e12)
    assert far == floor * payload
    assert learning.launch_price_on_usd(catalogue(), "falcon-9", day_of(dt.date(2045, 1, 1))) == 74e6


def test_what_a_campaign_lifts_itself_counts_as_well() -> None:
    state = company(start_date=dt.date(2032, 1, 1))
    lifted = replace(state, totals=replace(state.totals, lifted_kg=50e6))
    before, after = (learning.launch_price_usd(one, "starship-v4") for one in (state, lifted))
    assert after < 0.8 * before
    assert learning.launch_price_usd(replace(lifted, capital=state.capital), "falcon-9") == 74e6


def test_satellites_of_a_line_become_cheaper_and_chips_do_not() -> None:
    state = company()
    state = ordered(state, flight(state, count=24, vehicle="starship-v4", site="lc-39a"))
    first = flight_cost(state, flight(state, count=1)).build_cents
    state = passed(state, state.day + 10)
    assert state.capital.built == {"node-100": 24}
    chips = 66 * 50_000 * 100
    assert flight_cost(state, flight(state, count=1)).build_cents == pytest.approx(
        chips + (first - chips) * 0.88, abs=1
    )


def test_a_second_design_on_a_bus_costs_a_part_of_its_engineering() -> None:
    state = company()
    state = ordered(state, DefineDesign(design=preset(id="node-2", battery_kwh=300.0)))
    assert lines(state, LedgerKind.ENGINEERING) == [-45_000_000_00, -13_500_000_00]


def test_without_the_economy_prices_stay_and_nothing_of_it_is_kept() -> None:
    state = ordered(begin("two-rockets", 1, PATIENT, cash_usd=3e9), DefineDesign(design=preset()))
    state = passed(ordered(state, flight(state, insured=True)), dt.date(2028, 1, 1))
    assert state.capital == type(state.capital)()
    assert {line.kind for line in state.ledger} == {
        LedgerKind.ENGINEERING, LedgerKind.LAUNCH, LedgerKind.BUILD, LedgerKind.REVENUE, LedgerKind.OPERATIONS
    }  # fmt: skip
    for order in (RaiseCapital(), Borrow(amount_usd=1e6), Repay(), Insure(cover=True)):
        assert "economy" in refused(state, order).fix


# --- insurance -----------------------------------------------------------------------------------


@given(value=st.floats(0, 1e12), odds=st.floats(0, 1), loading=st.floats(0, 3))
def test_cover_is_never_cheaper_than_the_risk(value: float, odds: float, loading: float) -> None:
    premium = insurance_premium_usd(value, odds, loading)
    assert premium >= (1.0 - odds) * value * (1.0 - 1e-12)
    assert insurance_premium_usd(value, 1.0, loading) == 0.0


def test_a_premium_is_a_quarter_more_than_the_expected_loss() -> None:
    state = company({"launch_failures": True})
    order = flight(state, insured=True, vehicle="starship-v3", site="lc-39a", count=2)
    cost = flight_cost(state, order)
    assert cost.insurance_cents == pytest.approx(1.25 * (1 - 2 / 3) * cost.value_cents, abs=1)
    assert flight_cost(state, order.model_copy(update={"insured": None})).insurance_cents == 0
    insured = ordered(state, Insure(cover=True))
    assert flight_cost(insured, order.model_copy(update={"insured": None})) == cost
    assert flight_cost(insured, order.model_copy(update={"insured": False})).insurance_cents == 0
    assert "already" in refused(insured, Insure(cover=True)).reason


def test_insurers_pay_for_what_is_lost_and_for_nothing_else() -> None:
    state = company({"launch_failures": True}, cash_usd=30e9)
    order = flight(state, vehicle="starship-v4", site="lc-39a", count=1, flights=10, insured=True)
    cost = flight_cost(state, order, 10)
    flown = passed(ordered(state, order), state.day + 10)
    lost = flown.totals.flights_failed
    assert 0 < lost < 10
    assert lines(flown, LedgerKind.PAYOUT) == [cost.value_cents * lost // 10]
    assert lines(flown, LedgerKind.INSURANCE) == [-cost.insurance_cents]
    assert len(flown.capital.paid_cents) == flown.fleet.count == 10 - lost
    assert flown.capital.built["node-100"] == 10


# --- raises --------------------------------------------------------------------------------------


def test_a_raise_waits_for_its_record_and_comes_once() -> None:
    refusal = refused(company(), RaiseCapital())
    assert "0.100 MW" in refusal.reason
    assert refusal.fix == "Have 0.100 MW at work first."
    state = working()
    assert capital.record_w(state) > 0.1e6
    richer = ordered(state, RaiseCapital())
    assert richer.cash_cents - state.cash_cents == 2_000_000_000_00
    assert "100 MW" in refused(richer, RaiseCapital()).reason
    every = replace(richer, capital=replace(richer.capital, raised=2))
    assert capital.next_raise(every) is None
    assert "has been raised" in refused(every, RaiseCapital()).reason


def test_a_raise_takes_from_the_founders_by_a_value_that_follows_the_record() -> None:
    state = working()
    record_mw = capital.record_w(state) / 1e6
    hoped_usd = 9e9 * record_mw**0.35
    owned_usd = state.cash_cents / 100 + float(debt.book_values_usd(state).sum())
    assert owned_usd < hoped_usd
    assert capital.valuation_usd(state) == pytest.approx(hoped_usd)
    richer = ordered(state, RaiseCapital())
    share = hoped_usd / (hoped_usd + 2e9)
    assert richer.capital.founders_share == pytest.approx(share)
    assert f"{100.0 * share:.1f} %" in richer.log[-1].text
    # a record ten times as large: 0.35 decades more of value, and less sold for the same money
    grown = replace(state, capital=replace(state.capital, record_w=10.0 * state.capital.record_w))
    assert capital.valuation_usd(grown) == pytest.approx(hoped_usd * 10.0**0.35)
    assert ordered(grown, RaiseCapital()).capital.founders_share > share
    # the second raise comes on top of the first, and a full purse is never valued below itself
    proven = replace(richer, cash_cents=60_000_000_000_00, capital=replace(richer.capital, record_w=1e8))
    assert capital.valuation_usd(proven) == pytest.approx(60e9 + float(debt.book_values_usd(proven).sum()))
    after = ordered(proven, RaiseCapital()).capital.founders_share
    assert after == pytest.approx(
        share * capital.valuation_usd(proven) / (capital.valuation_usd(proven) + 9e9)
    )


def test_founders_stand_in_the_books() -> None:
    state = working()
    kept = books(state)
    assert kept.founders_share == 1.0
    assert kept.share_after_raise == pytest.approx(kept.valuation_usd / (kept.valuation_usd + 2e9))
    words = " ".join(funding_lines(kept))
    assert f"would leave {100.0 * kept.share_after_raise:.1f} %" in words
    sold = replace(state, capital=replace(state.capital, raised=2, founders_share=0.4))
    assert "Founders hold 40.0 % of the company." in funding_lines(books(sold))
    assert QUANTITIES["founders"].read(sold) == 0.4
    nobody = company(raises=())
    assert not any("Founders" in line for line in funding_lines(books(nobody)))


def test_a_record_is_not_forgotten() -> None:
    state = working()
    gone = replace(state, fleet=state.fleet.with_values(Field.ALIVE_COUNT, [0], 0.0))
    assert capital.record_w(gone) == state.capital.record_w > 0.0


# --- loans ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("years", "rate"), [(0, 0.15), (5, 0.1265), (10, 0.103), (25, 0.103)])
def test_the_cost_of_capital_falls_with_the_record(years: float, rate: float) -> None:
    assert capital_rate_per_year(0.15, 0.103, years, 10.0) == pytest.approx(rate)


def test_a_year_at_a_twentieth_of_the_proof_is_a_twentieth_of_a_year() -> None:
    state = working()
    later = passed(state, dt.date(2028, 2, 1))
    power = capital.record_w(later)
    gained = later.capital.proven_years - state.capital.proven_years
    assert gained == pytest.approx(power / 10e6, rel=0.1)


def test_lenders_advance_half_of_what_flies_is_worth() -> None:
    assert "0 $" in refused(company(), Borrow(amount_usd=1e6)).reason
    state = working()
    paid = state.capital.paid_cents[0]
    age = (state.date - dt.date(2026, 12, 1)).days
    alive = float(state.fleet.column(Field.ALIVE_COUNT)[0]) / 3.0
    worth = book_value_usd(paid / 100, age, 5.0, alive)
    assert debt.book_values_usd(state) == pytest.approx([worth])
    assert debt.limit_cents(state) == pytest.approx(50 * worth, abs=1)
    assert "Ask for" in refused(state, Borrow(amount_usd=0.51 * worth)).fix
    ordered(state, Borrow(amount_usd=0.49 * worth))


def test_a_loan_costs_its_fee_and_its_interest_and_is_repaid_when_due() -> None:
    state = working()
    rate = debt.rate_per_year(state)
    lent = ordered(state, Borrow(amount_usd=10e6, years=1))
    (loan,) = lent.capital.loans
    assert loan.id == "D1"
    assert lent.cash_cents - state.cash_cents == 985_000_000
    march = passed(lent, dt.date(2027, 3, 1))
    assert lines(march, LedgerKind.INTEREST) == [-round(1e9 * rate * 28 / 365.25)]
    end = passed(march, dt.date(2028, 2, 1))
    assert end.capital.loans == ()
    assert lines(end, LedgerKind.REPAYMENT) == [-1_000_000_000]
    assert -sum(lines(end, LedgerKind.INTEREST)) == pytest.approx(1e9 * rate * 365 / 365.25, abs=12)


def test_a_loan_that_cannot_be_repaid_is_told_in_time() -> None:
    state = ordered(working(), Borrow(amount_usd=10e6, years=1))
    poor = replace(passed(state, dt.date(2027, 9, 15)), cash_cents=500_000_000)
    told = [one for one in happened(poor, dt.date(2028, 2, 1)) if one.kind is EventKind.CASH_WARNING]
    assert told[0].text.startswith("D1 is due on 1 Feb 2028: 10.0 M$")
    assert told[0].date < dt.date(2028, 1, 1)


def test_repaying_early_pays_interest_to_the_day_and_the_dearest_first() -> None:
    state = ordered(working(), Borrow(amount_usd=2e6), Borrow(amount_usd=3e6))
    dear = replace(state.capital.loans[1], interest_per_year=0.2)
    state = replace(state, capital=replace(state.capital, loans=(state.capital.loans[0], dear)))
    state = passed(state, dt.date(2027, 2, 11))
    part = ordered(state, Repay(amount_usd=4e6))
    assert [(loan.id, loan.principal_cents) for loan in part.capital.loans] == [("D1", 100_000_000)]
    rate = state.capital.loans[0].interest_per_year
    assert lines(part, LedgerKind.INTEREST) == [
        -round(3e8 * 0.2 * 10 / 365.25), -round(1e8 * rate * 10 / 365.25)
    ]  # fmt: skip
    assert ordered(part, Repay(loan="D1")).capital.loans == ()
    assert "no debt" in refused(working(), Repay()).reason
    assert "D1" in refused(part, Repay(loan="D7")).fix
    assert "is in hand" in refused(replace(part, cash_cents=5), Repay()).reason


def test_debt_above_its_limit_costs_more_until_it_is_mended() -> None:
    state = ordered(working(), Borrow(amount_usd=20e6))
    lost = replace(state, fleet=state.fleet.with_values(Field.ALIVE_COUNT, [0], 1.0))
    told = [event for event in happened(lost, dt.date(2027, 5, 1)) if event.kind is EventKind.COVENANT]
    assert len(told) == 1
    broken = passed(lost, dt.date(2027, 5, 1))
    assert broken.capital.breach_months == 3
    assert lines(broken, LedgerKind.COVENANT)[0] == -round(2e9 * 0.03 * 28 / 365.25)
    assert "Repay" in refused(broken, Borrow(amount_usd=1e6)).fix
    mended = passed(ordered(broken, Repay()), dt.date(2027, 6, 1))
    assert mended.capital.breach_months == 0
    assert lines(mended, LedgerKind.COVENANT) == lines(broken, LedgerKind.COVENANT)


# --- upkeep --------------------------------------------------------------------------------------


def test_ground_sites_and_spectrum_are_paid_for_what_flies() -> None:
    state = working()
    sites = catalogue().ground_sites
    assert upkeep.sites_heard(state) == len(sites), "node-100 speaks by light and by radio"
    assert upkeep.shells_used(state) == 1
    closed = passed(state, dt.date(2027, 3, 1))
    years = 28 / 365.25
    assert lines(closed, LedgerKind.GROUND_SITES)[-1] == -round(len(sites) * 4e7 * years)
    assert lines(closed, LedgerKind.SPECTRUM)[-1] == -round(5e7 * years)
    booked = -sum(line.amount_cents for line in closed.ledger
                  if line.day == closed.day and line.amount_cents < 0)  # fmt: skip
    assert closed.month_operations_cents == booked


def test_disposal_and_derelicts_are_charged_once() -> None:
    state = ordered(working(), Dispose(select=Selection()))
    month = passed(state, dt.date(2027, 3, 1))
    assert lines(month, LedgerKind.DISPOSAL) == [-3 * 20_000_00]
    assert lines(passed(month, dt.date(2027, 9, 1)), LedgerKind.DISPOSAL) == [-3 * 20_000_00]
    high = company()
    orbit = flight(high).orbit.model_copy(update={"altitude_km": 1200.0})
    high = passed(ordered(high, flight(high, count=2, orbit=orbit)), dt.date(2027, 2, 1))
    lost = replace(high, fleet=high.fleet.with_values(Field.ALIVE_COUNT, [0], 1.0))
    month = passed(lost, dt.date(2027, 4, 1))
    assert lines(month, LedgerKind.DERELICTS) == [-1 * 150_000_00]


def test_whatever_is_booked_adds_up_and_days_may_be_cut_anywhere() -> None:
    start = company({"launch_failures": True, "slips": True})
    state = ordered(start, Insure(cover=True), flight(start, times=3, every_days=40, count=3))
    state = passed(state, dt.date(2027, 6, 10))
    state = ordered(state, Borrow(amount_usd=15e6, years=1))
    whole = passed(state, dt.date(2028, 9, 1))
    assert whole.cash_cents - start.cash_cents == sum(
        line.amount_cents for line in whole.ledger[len(start.ledger) :]
    )
    assert digest(passed(passed(state, dt.date(2027, 12, 31)), dt.date(2028, 9, 1))) == digest(whole)


def test_an_ai1_class_satellite_of_2026_earns_less_in_its_life_than_it_costs() -> None:
    """Text at today's quotes, a fifth less each year: what the whole exercise has to beat."""
    state = ordered(
        begin("two-rockets", 1, PATIENT | {"economy": True}, cash_usd=3e9),
        DefineDesign(design=preset("ai1-class")),
    )
    state = ordered(state, flight(state, count=10, vehicle="starship-v3", site="lc-39a"))
    outcome = apply(state, RaiseCapital())
    assert not isinstance(outcome, Accepted)
    end = passed(state, dt.date(2032, 1, 1))
    earned = sum(lines(end, LedgerKind.REVENUE))
    spent = -sum(lines(end, LedgerKind.LAUNCH)) - sum(lines(end, LedgerKind.BUILD))
    assert 0.1 * spent < earned < 0.5 * spent
    assert np.isfinite(end.fleet.blocks).all()
