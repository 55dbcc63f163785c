"""Dates and spans as they are typed."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import InputError
from odc_tui.commands.spans import marks, parse_span, parse_when, plus

DATES = st.dates(dt.date(2026, 1, 1), dt.date(2090, 1, 1))
SPANS = st.tuples(st.integers(1, 400), st.sampled_from("dwmy"))


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2031-06-30", dt.date(2031, 6, 30)),
        ("+30d", dt.date(2028, 3, 30)),
        ("+2w", dt.date(2028, 3, 14)),
        ("+1m", dt.date(2028, 3, 29)),
        ("+12m", dt.date(2029, 2, 28)),
        ("+1y", dt.date(2029, 2, 28)),
        ("+4y", dt.date(2032, 2, 29)),
    ],
)
def test_what_is_typed_is_a_date(text: str, date: dt.date) -> None:
    assert parse_when(text, dt.date(2028, 2, 29), "--until") == date


@pytest.mark.parametrize(
    "text", ["", "soon", "30d", "+d", "+-3d", "+3x", "2031-6-30", "31.12.2031", "+0d", "+99999y"]
)
def test_what_is_no_date_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_when(text, dt.date(2028, 1, 1), "--until")
    assert caught.value.where == "--until"
    assert caught.value.mend


def test_a_span_may_have_its_plus() -> None:
    assert parse_span("30d", "--every") == parse_span("+30d", "--every") == (30, "d")


@given(DATES, SPANS)
def test_a_span_later_is_later_by_about_as_much(date: dt.date, span: tuple[int, str]) -> None:
    later = plus(date, span)
    days = {"d": 1.0, "w": 7.0, "m": 30.4369, "y": 365.2425}[span[1]] * span[0]
    assert (later - date).days == pytest.approx(days, abs=3)


@given(DATES, st.integers(0, 4000), st.tuples(st.integers(1, 60), st.sampled_from("dwmy")))
def test_marks_rise_to_the_end_and_meet_it_once(start: dt.date, days: int, span: tuple[int, str]) -> None:
    end = start + dt.timedelta(days=days)
    dates = list(marks(start, end, span))
    assert dates == sorted(set(dates))
    assert dates[-1] == end
    assert dates[:-1] == [plus(start, span, times) for times in range(1, len(dates))]


def test_month_marks_return_to_the_day_they_began_on() -> None:
    dates = marks(dt.date(2027, 1, 31), dt.date(2027, 5, 31), (1, "m"))
    assert [date.day for date in dates] == [28, 31, 30, 31]
