"""Dates and spans as they are typed: `2031-06-30`, `+30d`, `+5y`, `1w`."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator

from engine.errors import InputError
from engine.store.schema import FIRST_DATE, LAST_DATE

__all__ = ["marks", "parse_span", "parse_when", "plus"]

_SPAN = re.compile(r"\+?(\d{1,5})([dwmy])")
_MAX_MARKS = 200_000
Span = tuple[int, str]
"""How many of what: `d` days, `w` weeks, `m` months, `y` years."""


def parse_span(text: str, option: str) -> Span:
    """A span such as `30d`.

    Raises:
        InputError: it is none, or is nought.
    """
    found = _SPAN.fullmatch(text.strip())
    if found is None or int(found[1]) == 0:
        raise InputError(f'"{text[:40]}" is no span of time', option, "write 30d, 8w, 6m or 5y")
    return int(found[1]), found[2]


def parse_when(text: str, anchor: dt.date, option: str) -> dt.date:
    """A date, or a span counted from an anchor.

    Raises:
        InputError: it is neither, or lies where no campaign can be.
    """
    if text.strip().startswith("+"):
        date = plus(anchor, parse_span(text, option))
    else:
        try:
            date = dt.date.fromisoformat(text.strip())
        except ValueError:
            mend = "write a date such as 2031-06-30, or +30d, +8w, +6m, +5y"
            raise InputError(f'"{text[:40]}" is no date', option, mend) from None
    if not FIRST_DATE <= date <= LAST_DATE:
        raise InputError(f"{date} is out of reach", option, f"choose a date up to {LAST_DATE}")
    return date


def plus(date: dt.date, span: Span, times: int = 1) -> dt.date:
    """The date a span later; months and years keep the day of the month where they can."""
    number, unit = span[0] * times, span[1]
    if unit in "dw":
        days = number * (7 if unit == "w" else 1)
        return date + dt.timedelta(days=min(days, (dt.date.max - date).days))
    months = date.year * 12 + date.month - 1 + number * (12 if unit == "y" else 1)
    year, month = min(months // 12, dt.MAXYEAR), months % 12 + 1
    return date.replace(year=year, month=month, day=min(date.day, calendar.monthrange(year, month)[1]))


def marks(start: dt.date, end: dt.date, span: Span) -> Iterator[dt.date]:
    """The dates a span apart after a start, and the end."""
    for times in range(1, _MAX_MARKS):
        date = plus(start, span, times)
        if date >= end:
            break
        yield date
    yield end
