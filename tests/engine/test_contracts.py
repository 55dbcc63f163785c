"""Customers: offers by chances that are shown, contracts served before the market, penalties, and studies."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from engine.events import EventKind
from engine.formulas.market import reserved_price_usd_per_pflop_day, service_shortfall_usd
from engine.orders import SetWorkload, SignContract
from engine.rules import contracts, offers
from engine.state import CampaignState, Contract, Customers, LedgerKind
from tests.campaigns import begin, happened, ordered, passed, refused
from tests.engine.test_capital import company, lines, working

TEXT, EDGE = "text-inference", "eo-batch"


def deal(state: CampaignState, **changes: object) -> Contract:
    """An offer of a tenth of what the fleet delivers, for a year."""
    offer = Contract(
        number=7,
        kind=offers.TAKE_OR_PAY,
        workload=TEXT,
        pflops=100.0,
        price_usd_per_pflop_day=30.0,
        service_level=0.95,
        fee_cents=0,
        work_pflop_days=0.0,
        term_days=365,
        until_day=state.day + 60,
    )
    return replace(offer, **changes)  # type: ignore[arg-type]


def signed(**changes: object) -> CampaignState:
    """A company at work that has signed one offer today."""
    state = working()
    state = replace(state, customers=Customers((deal(state, **changes),), (), 8))
    return ordered(state, SignContract(offer="O7"))


# --- offers --------------------------------------------------------------------------------------


def test_offers_come_as_often_as_their_chances_say() -> None:
    months, drawn = 0, dict.fromkeys((offers.TAKE_OR_PAY, offers.STUDY), 0)
    for seed in range(150):
        state = replace(company(start_date=dt.date(2027, 1, 1)), seed=seed)
        for month in range(1, 13):
            there = replace(state, day=state.day + 31 * month)
            months += 1
            for offer in offers.monthly(replace(there, customers=Customers()))[0].customers.offers:
                drawn[offer.kind] += 1
    for kind, chance in offers.chances(company()).items():
        spread = (chance * (1 - chance) / months) ** 0.5
        assert abs(drawn[kind] / months - chance) < 4 * spread, kind


def test_trust_brings_offers_and_ends_studies() -> None:
    state = company()
    known = replace(state, capital=replace(state.capital, record_w=5e6))
    proven = replace(state, capital=replace(state.capital, record_w=2e7))
    rates = [offers.chances(one)[offers.TAKE_OR_PAY] for one in (state, known, proven)]
    assert rates == sorted(rates)
    assert len(set(rates)) == 3
    assert offers.chances(state)[offers.STUDY] > 0.0 == offers.chances(proven)[offers.STUDY]
    assert set(offers.chances(begin()).values()) == {0.0}


def test_an_offer_is_one_that_a_customer_could_make() -> None:
    state = working()
    for number in range(1, 80):
        offer = offers._take_or_pay(state, number)
        assert offer.pflops > 0.0
        assert 0.0 < offer.price_usd_per_pflop_day < 600.0
        assert offer.term_days in (365, 730, 1095)
        assert offers.words(offer).startswith(f"O{number}: ")
        study = offers._study(state, number)
        assert 5e8 <= study.fee_cents <= 1e10
        assert study.workload == EDGE


def test_offers_lapse() -> None:
    state = working()
    state = replace(state, customers=Customers((deal(state),), (), 8))
    assert "O7" in [one.id for one in passed(state, dt.date(2027, 4, 1)).customers.offers]
    late = passed(state, dt.date(2027, 5, 1))
    assert "O7" not in [one.id for one in late.customers.offers]
    assert "open offer" in refused(late, SignContract(offer="O7")).reason


def test_a_reserved_price_is_the_mean_of_the_one_foreseen() -> None:
    steps = 50_000
    mean = sum(25.0 * 0.8 ** (3.0 * (k + 0.5) / steps) for k in range(steps)) / steps
    assert reserved_price_usd_per_pflop_day(25.0, -0.2, 3.0, 0.9) == pytest.approx(0.9 * mean, rel=1e-6)
    assert reserved_price_usd_per_pflop_day(25.0, 0.0, 3.0, 1.0) == 25.0


# --- take or pay ---------------------------------------------------------------------------------


def test_a_contract_is_served_first_and_the_rest_goes_to_the_market() -> None:
    state = signed()
    closed = passed(state, dt.date(2027, 3, 1))
    assert lines(closed, LedgerKind.CONTRACT) == [100 * 28 * 30 * 100]
    assert lines(closed, LedgerKind.PENALTY) == []
    without = passed(working(), dt.date(2027, 3, 1))
    sold, alone = (one.totals.sold_pflop_days - state.totals.sold_pflop_days for one in (closed, without))
    assert sold == pytest.approx(alone)
    share = (alone - 2800.0) / alone
    assert lines(closed, LedgerKind.REVENUE)[-1] == pytest.approx(
        share * lines(without, LedgerKind.REVENUE)[-1], abs=1
    )
    assert closed.month_revenue_cents == lines(closed, LedgerKind.REVENUE)[-1] + 8_400_000


def test_a_contract_runs_for_its_term_to_the_day() -> None:
    state = passed(signed(term_days=45), dt.date(2027, 6, 1))
    assert sum(lines(state, LedgerKind.CONTRACT)) == 100 * 45 * 30 * 100
    assert state.customers.contracts == ()


def test_what_is_missing_costs_a_penalty_and_then_the_customer() -> None:
    assert service_shortfall_usd(1000.0, 900.0, 0.95, 30.0) == pytest.approx(1500.0)
    assert service_shortfall_usd(1000.0, 951.0, 0.95, 30.0) == 0.0
    state = ordered(signed(), SetWorkload(mix={EDGE: 1.0}))
    closed = passed(state, dt.date(2027, 3, 1))
    assert lines(closed, LedgerKind.CONTRACT) == []
    assert lines(closed, LedgerKind.PENALTY) == [-round(0.95 * 100 * 28 * 30 * 100)]
    told = [event for event in happened(state, dt.date(2028, 3, 1)) if event.kind is EventKind.CONTRACT]
    assert ["penalty" in told[0].text, "leaves" in told[-1].text, len(told)] == [True, True, 2]
    assert len(lines(passed(state, dt.date(2028, 3, 1)), LedgerKind.PENALTY)) == contracts.PATIENT_MONTHS


def test_two_contracts_never_sell_the_same_work() -> None:
    state = working()
    both = (deal(state, pflops=400.0), deal(state, number=8, pflops=1e6))
    state = replace(state, customers=Customers(both, (), 9))
    state = ordered(state, SignContract(offer="O7"), SignContract(offer="O8"))
    closed = passed(state, dt.date(2027, 3, 1))
    paid = sum(lines(closed, LedgerKind.CONTRACT)) / 100 / 30
    assert paid == pytest.approx(closed.totals.sold_pflop_days - state.totals.sold_pflop_days)
    assert not [line for line in closed.ledger if line.day == closed.day and line.kind is LedgerKind.REVENUE]
    assert (
        "spoken for"
        in contracts.contract_faults(
            replace(closed, customers=replace(closed.customers, offers=(deal(closed, number=9),))),
            SignContract(offer="O9"),
        )[0].reason
    )


# --- studies -------------------------------------------------------------------------------------


def study() -> CampaignState:
    return signed(kind=offers.STUDY, workload=EDGE, fee_cents=2_500_000_001, work_pflop_days=5000.0)


def test_a_study_pays_half_at_once_and_half_when_its_work_is_done() -> None:
    state = study()
    assert lines(state, LedgerKind.STUDY) == [1_250_000_000]
    done = passed(ordered(state, SetWorkload(mix={EDGE: 1.0})), dt.date(2027, 9, 1))
    assert lines(done, LedgerKind.STUDY) == [1_250_000_000, 1_250_000_001]
    assert done.customers.contracts == ()


def test_a_study_that_runs_out_pays_no_second_half() -> None:
    told = happened(study(), dt.date(2028, 3, 1))
    assert "not paid" in [event.text for event in told if event.kind is EventKind.CONTRACT][-1]
    assert lines(passed(study(), dt.date(2028, 3, 1)), LedgerKind.STUDY) == [1_250_000_000]


def test_without_the_economy_there_are_no_customers_to_sign() -> None:
    state = begin()
    assert "economy" in refused(state, SignContract(offer="O1")).fix
    assert passed(state, dt.date(2028, 1, 1)).customers == Customers()
