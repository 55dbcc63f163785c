"""The finance room in words: the engine's own figures, marks beside colours, deals with a verdict."""

from __future__ import annotations

from dataclasses import replace

import pytest

import engine
from engine.analysis.levelised import Boundary
from engine.orders import Borrow, Repay, SignContract
from odc_tui.present import finance, numbers
from odc_tui.present.books import runway_words
from odc_tui.present.chrome import plain
from odc_tui.present.deals import Deal, DealKind, deals, verdict_pieces
from odc_tui.present.objectives import goal_words
from odc_tui.present.promises import SIGNS
from tests.campaigns import ordered
from tests.ui.flying import flying_state
from tests.ui.racing import racing_state


@pytest.fixture(scope="module")
def view() -> finance.FinanceView:
    return finance.finance_view(racing_state(), "tco", 56)


def test_the_month_stands_beside_the_years_and_every_line_fits(view: finance.FinanceView) -> None:
    lines = plain(view.money).splitlines()
    assert lines[2].split() == ["income", "Mar", "2027", "2026", "2027"]
    assert max(map(len, lines[2:])) <= 56
    month = engine.books(racing_state()).month
    assert month is not None
    booked = sum(line.amount_cents for line in racing_state().ledger if month.first_day < line.day)
    assert month.closing_cents - month.opening_cents == booked
    net = next(line for line in lines if line.startswith("net income"))
    assert numbers.money(month.net_cents / 100.0) in net


def test_the_ledger_is_told_newest_first_with_signs(view: finance.FinanceView) -> None:
    lines, ledger = plain(view.ledger).splitlines(), racing_state().ledger
    assert len(lines) == len(ledger)
    assert numbers.money(abs(ledger[-1].amount_usd)) in lines[0]
    for line, booked in zip(lines, reversed(ledger), strict=True):
        assert ("+" in line) == (booked.amount_cents >= 0)


@pytest.mark.parametrize("boundary", finance.BOUNDARIES)
def test_the_cost_of_a_watt_names_its_boundary(boundary: Boundary) -> None:
    report = engine.levelised_cost(racing_state(), boundary)
    shown = finance.finance_view(racing_state(), boundary)
    assert f"{finance.BOUNDARIES[boundary]} cost" in shown.cost_title
    assert report.boundary_text in plain(shown.cost_key)
    orbit = next(curve for curve in shown.curves if curve.letter == "O")
    assert orbit.points[0] == (report.path[0].year, report.orbit_usd_per_w_year)
    assert {curve.letter for curve in shown.curves} >= {"a", "b", "c", "O", "x"}


def test_every_promise_has_a_mark_and_a_word(view: finance.FinanceView) -> None:
    lines = plain(view.promises).splitlines()
    for line, told in zip(engine.scoreboard(racing_state()), lines, strict=False):
        assert told.startswith(f"{SIGNS[line.verdict]} {line.verdict}")
        assert line.id in told


def test_race_and_goal_stand_together(view: finance.FinanceView) -> None:
    text = plain(view.race)
    for one in engine.race_standing(racing_state()):
        assert one.name in text
        assert numbers.power(one.computing_w) in text
    for asked in racing_state().scenario.objectives:
        assert asked.text in text
    assert goal_words(racing_state()).startswith("1 of 6 objectives met")


def test_a_scenario_without_money_says_so() -> None:
    shown = finance.finance_view(flying_state())
    assert "Nothing costs money" in plain(shown.money)
    assert "no investors" in plain(shown.deals)
    assert shown.race_title == "Goal"
    assert plain(shown.race).strip() == flying_state().scenario.goal


def test_loans_are_parts_of_what_lenders_advance_and_can_be_taken() -> None:
    state = racing_state()
    offered = deals(state, DealKind.BORROW, 7)
    limit = engine.books(state).debt_limit_cents / 100.0
    first = offered[0].order
    assert isinstance(first, Borrow)
    assert limit - 1e6 < first.amount_usd <= limit
    assert first.years == 7
    pieces, possible = verdict_pieces(state, offered[0])
    assert possible
    assert f"Cash {numbers.money(state.cash_usd)} → " in plain(pieces)


def test_what_the_rules_refuse_is_told_with_its_mend() -> None:
    state = racing_state()
    pieces, possible = verdict_pieces(state, deals(state, DealKind.RAISE)[0])
    assert not possible
    assert plain(pieces).startswith("✖ ")
    assert "Have 10.0 MW at work first." in plain(pieces)


def test_debt_can_be_paid_back_by_loan_or_at_once() -> None:
    assert deals(racing_state(), DealKind.REPAY) == ()
    state = ordered(racing_state(), Borrow(amount_usd=2e7), Borrow(amount_usd=1e7))
    offered = deals(state, DealKind.REPAY)
    assert [one.order for one in offered] == [
        Repay(),
        Repay(loan="D1"),
        Repay(amount_usd=1e7, loan="D1"),
        Repay(loan="D2"),
        Repay(amount_usd=5e6, loan="D2"),
    ]
    for one in offered:
        assert verdict_pieces(state, one)[1], one.label


def test_offers_come_with_their_sentence() -> None:
    offered = deals(racing_state(), DealKind.CONTRACT)
    assert [one.order for one in offered] == [SignContract(offer="O1")]
    assert isinstance(offered[0], Deal)
    assert "government study" in offered[0].text


@pytest.mark.parametrize(
    ("months", "said"),
    [
        (None, "Cash is not shrinking."),
        (14.04, "Cash lasts 14.0 months."),
        (17_700.0, "Cash lasts more than a century."),
    ],
)
def test_how_long_money_lasts(months: float | None, said: str) -> None:
    assert runway_words(replace(engine.books(racing_state()), runway_months=months)) == said
