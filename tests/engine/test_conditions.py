"""Conditions: what they mean, held against plain arithmetic, and how each mistake is told."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import engine
from engine.analysis.seeking import first_day
from engine.conditions.grammar import parse_condition
from engine.conditions.quantities import QUANTITIES
from engine.errors import InputError
from engine.orders import AdvanceTo, Dispose, Selection
from tests.campaigns import begin, in_orbit, passed

STATE = begin("two-rockets", cash_usd=60e6)


def holds(text: str) -> bool:
    return parse_condition(text).holds(STATE)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cash == 60 M$", True),
        ("cash < 60M$", False),
        ("cash >= 0.06 B$", True),
        ("60e6 USD <= cash", True),
        ("cash < 50 M$ or delivered >= 10 PFLOP/s", False),
        ("cash > 50 M$ and delivered < 10 TFLOP/s", True),
        ("not cash < 50 M$ and satellites = 0", True),
        ("not (cash > 50 M$ and satellites = 0)", False),
        ("cash > 50 M$ OR satellites > 3 AND satellites > 5", True),
        ("(cash > 50 M$ or satellites > 3) and satellites > 5", False),
        ("cash - 20 M$ > 2 * 15 M$", True),
        ("(cash + 20 M$) / 4 == 20 M$", True),
        ("cash / 120 M$ == 50 %", True),
        ("-cash < -59 M$", True),
        ("date >= 2020-01-01 and date ≤ 2100-01-01", True),
        ("heat_margin < 5 K", False),
        ("heat_margin >= 5 K", False),
        ("heat_margin != 5 K", True),
        ("delivered / installed < 90 %", False),
        ("runway > 600 months", True),
        ("cash_usd == 60 M$ and delivered_pflops == 0 PFLOP/s", True),
    ],
)
def test_what_a_condition_means(text: str, expected: bool) -> None:
    assert holds(text) is expected


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("", 1, "nothing stands where a value belongs"),
        ("cash", 5, "a comparison is missing"),
        ("cash < ", 7, "nothing stands where a value belongs"),
        ("cahs < 5 M$", 1, 'did you mean "cash"?'),
        ("cash < 5 m$", 10, 'did you mean "M$"?'),
        ("cash < 50", 6, "money and a plain number do not go together; give both sides a unit of money"),
        ("cash < 50 MW", 6, "money and power do not go together"),
        ("cash + 1 K > 5 M$", 6, "money and temperature do not go together"),
        ("cash * cash > 5 M$", 6, "money * money is no quantity known here"),
        ("date > 50", 6, "compare date with a date such as 2031-06-30"),
        ("date > 2031-02-30", 8, "2031-02-30 is no date"),
        ("(cash < 5 M$", 13, "a bracket is not closed"),
        ("cash < 5 M$)", 12, '")" is not expected here'),
        ("cash < 5 M$ satellites > 3", 13, 'join comparisons with "and" or "or"'),
        ("cash < 5 M$ and", 16, "nothing stands where a value belongs"),
        ("cash < and", 8, '"and" stands where a value belongs'),
        ("cash < #5", 8, '"#" has no meaning'),
        ("1 < 2 < 3", 7, '"<" is not expected here'),
        ("(" * 30 + "cash < 5 M$" + ")" * 30, 22, "brackets nest too deeply"),
        ("__import__('os').system('x')", 1, '"_" has no meaning'),
    ],
)
def test_a_mistake_is_told_with_its_place(text: str, place: int, words: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_condition(text, "--until")
    assert f"--until, character {place}: " in str(caught.value)
    assert words in str(caught.value)


def test_a_very_long_text_is_refused_at_once() -> None:
    with pytest.raises(InputError, match="use at most 500"):
        parse_condition("cash < 5 M$ or " * 100)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="cash<>=()+-*/ 0159.M$%delivrd\n_#'andor", max_size=60))
def test_any_text_is_a_condition_or_one_line_of_fault(text: str) -> None:
    fault = ""
    try:
        condition = parse_condition(text)
    except InputError as error:
        fault = str(error)
    if fault:
        assert re.match(r"condition(, character \d+)?: [^\n]+; [^\n]+$", fault)
    else:
        assert condition.holds(STATE) in (True, False)
        assert set(condition.names) <= set(QUANTITIES)


def test_names_are_told_once_in_order() -> None:
    assert parse_condition("cash > 1 $ or satellites > 3 and cash < 9 $").names == ("cash", "satellites")


def test_every_quantity_is_what_reports_say() -> None:
    state = in_orbit(days=90)
    fleet, told = engine.fleet_report(state), engine.report(state)
    expected = {
        "cash": state.cash_usd,
        "delivered": fleet.delivered_pflops,
        "installed": fleet.installed_pflops,
        "computing": 1e3 * fleet.it_power_kw,
        "load": 1e3 * fleet.load_power_kw,
        "array": 1e3 * fleet.array_power_kw,
        "heat_margin": fleet.worst_junction_margin_k,
        "charge": fleet.worst_soc_min,
        "lit": fleet.lit_fraction,
        "traffic": fleet.network_gbps,
        "satellites": fleet.satellites_alive,
        "launched": fleet.satellites_launched,
        "batches": fleet.batches,
        "work": told["totals"]["delivered_pflop_days"],
        "generated": told["totals"]["energy_generated_kwh"],
        "used": told["totals"]["energy_used_kwh"],
        "level": fleet.delivered_pflops / fleet.installed_pflops,
        "flights": 1.0,
        "failures": 0.0,
        "booked": 0.0,
    }
    for name, value in expected.items():
        assert QUANTITIES[name].read(state) == pytest.approx(value), name
    assert {one.name for one in engine.quantities()} >= set(expected)


def test_the_day_found_is_the_first_one() -> None:
    state = in_orbit(days=0)
    goal = parse_condition("work >= 20 PFLOP-days")
    day = first_day(state, goal, state.day + 400)
    assert day is not None
    assert goal.holds(passed(state, day))
    assert not goal.holds(passed(state, day - 1))
    assert first_day(passed(state, day), goal, day + 10) == day


def test_what_never_comes_is_not_found() -> None:
    state = in_orbit()
    assert first_day(state, parse_condition("satellites > 1000"), state.day + 40) is None
    assert (
        first_day(state, parse_condition("satellites > 1000"), state.day + 40, cancelled=lambda: True) is None
    )


def test_orders_that_wait_are_given_on_the_way() -> None:
    state = in_orbit()
    orders = (AdvanceTo(date=state.date + dt.timedelta(days=20)), Dispose(select=Selection()))
    goal = parse_condition("delivered == 0 PFLOP/s")
    assert first_day(state, goal, state.day + 40) is None
    assert first_day(state, goal, state.day + 40, orders) in (state.day + 20, state.day + 21)
