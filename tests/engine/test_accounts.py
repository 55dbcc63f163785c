"""The books: statements that add up to the cent, a balance that closes, periods that follow the calendar."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from itertools import pairwise

import pytest

import engine
from engine.analysis.accounts import INCOME, INVESTING, Statement
from engine.events import date_of
from engine.kernels.layout import Field
from engine.orders import Borrow, DefineDesign, Dispose, Insure, RaiseCapital, Repay, Selection
from engine.state import FINANCING, CampaignState, LedgerKind
from tests.campaigns import begin, flight, ordered, passed, preset
from tests.engine.test_capital import company, working


@pytest.fixture(scope="module")
def eventful() -> CampaignState:
    """Three years with losses, cover, a raise, loans, a second design and an end."""
    state = company({"launch_failures": True, "slips": True}, cash_usd=5e9)
    state = ordered(state, Insure(cover=True))
    state = ordered(
        state,
        flight(state, times=4, every_days=30, count=3),
        flight(state, vehicle="starship-v3", site="lc-39a", count=1, flights=6),
    )
    state = passed(state, dt.date(2027, 5, 20))
    state = ordered(state, RaiseCapital(), Borrow(amount_usd=12e6, years=2), Borrow(amount_usd=9e6, years=1))
    state = passed(state, dt.date(2027, 11, 3))
    state = ordered(state, Repay(amount_usd=3.3e6), DefineDesign(design=preset("h100-demonstrator")))
    state = passed(state, dt.date(2029, 2, 15))
    return passed(ordered(state, Dispose(select=Selection(batches=("L1.1",)))), dt.date(2029, 7, 7))


def whole(statements: tuple[Statement, ...], name: str) -> int:
    return sum(one.income_cents[name] for one in statements)


def test_statements_add_up_to_the_ledger_and_cash_runs_through(eventful: CampaignState) -> None:
    kept = engine.books(eventful)
    for statements in (kept.years, kept.quarters):
        assert statements[-1].closing_cents == eventful.cash_cents
        assert statements[0].opening_cents == 5_000_000_000_00
        for one, after in pairwise(statements):
            assert (one.closing_cents, one.last_day) == (after.opening_cents, after.first_day)
        for one in statements:
            assert one.closing_cents - one.opening_cents == sum(one.cash_cents.values())
        for name, kinds in INCOME.items():
            booked = sum(line.amount_cents for line in eventful.ledger if line.kind in kinds)
            assert whole(statements, name) == booked, name
        assert whole(statements, "other") == 0
    assert sum(one.net_cents for one in kept.years) == sum(one.net_cents for one in kept.quarters)


def test_the_balance_closes_to_the_cent(eventful: CampaignState) -> None:
    for state in (eventful, working(), company()):
        one = engine.books(state).balance
        assert one.cash_cents + one.satellites_cents == one.debt_cents + one.equity_cents
        assert one.satellites_cents >= 0
    assert engine.books(eventful).balance.written_off_cents > 0, "a batch was brought down early"


def test_every_kind_of_line_has_its_place() -> None:
    listed = [kind for kinds in (*INCOME.values(), INVESTING, FINANCING) for kind in kinds]
    assert len(listed) == len(set(listed))
    assert set(listed) <= set(LedgerKind)


def test_what_was_lost_at_launch_is_not_worn_down(eventful: CampaignState) -> None:
    kept = engine.books(eventful)
    spent = -sum(line.amount_cents for line in eventful.ledger if line.kind in INVESTING)
    flying = sum(eventful.capital.paid_cents)
    assert whole(kept.years, "lost at launch") == flying - spent < 0
    assert -flying < whole(kept.years, "depreciation") < 0


def test_a_batch_is_worn_down_in_a_straight_line() -> None:
    state = working()
    kept = engine.books(passed(state, dt.date(2031, 12, 2)))
    paid, life = state.capital.paid_cents[0], 5 * 365.25
    launched = dt.date(2026, 12, 1)
    year = next(one for one in kept.years if one.name == "2028")
    assert year.income_cents["depreciation"] == pytest.approx(-paid * 366 / life, abs=2)
    assert whole(kept.years, "depreciation") == -paid
    assert sum(paid for paid in state.capital.paid_cents) == paid
    assert (date_of(int(state.fleet.column(Field.LAUNCH_DAY)[0]))) == launched


def test_periods_follow_the_calendar() -> None:
    kept = engine.books(passed(company(), dt.date(2028, 2, 2)))
    assert [one.name for one in kept.years] == ["2026", "2027", "2028"]
    names = ["2026 Q4", "2027 Q1", "2027 Q2", "2027 Q3", "2027 Q4", "2028 Q1"]
    assert [one.name for one in kept.quarters] == names
    assert date_of(kept.quarters[1].last_day) == dt.date(2027, 4, 1)
    assert date_of(kept.quarters[-1].last_day) == dt.date(2028, 2, 2)


def test_the_first_day_has_books_too() -> None:
    kept = engine.books(company())
    assert [one.name for one in kept.years] == ["2026"]
    assert kept.years[0].income_cents["engineering"] == -45_000_000_00
    assert kept.runway_months is None
    assert kept.next_raise_usd == 2e9


def test_without_the_economy_satellites_are_paid_and_forgotten() -> None:
    state = ordered(begin(cash_usd=3e9), DefineDesign(design=preset()))
    state = passed(ordered(state, flight(state)), dt.date(2028, 1, 1))
    kept = engine.books(state)
    spent = sum(line.amount_cents for line in state.ledger if line.kind in INVESTING)
    assert spent < 0
    assert whole(kept.years, "lost at launch") == spent
    assert kept.balance.satellites_cents == 0
    assert kept.balance.cash_cents == kept.balance.equity_cents


def test_the_same_as_plain_values(eventful: CampaignState) -> None:
    found = json.loads(json.dumps(engine.books(eventful).as_json(), allow_nan=False))
    assert found["balance"]["cash_usd"] == pytest.approx(eventful.cash_usd)
    assert found["years"][0]["from"] == "2026-11-22"
    assert set(found["offer_chances"]) == {"take-or-pay", "study"}
    assert found["loans"] == []


def test_books_only_read(eventful: CampaignState) -> None:
    before = engine.digest(eventful)
    engine.books(eventful)
    assert engine.digest(replace(eventful)) == before
