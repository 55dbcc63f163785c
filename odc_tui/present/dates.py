"""Dates and times of day without a doubt about their order, the same in every locale."""

from __future__ import annotations

import datetime as dt

__all__ = ["clock", "day_month_year", "month_year", "shorten", "weekday_date"]

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def month_year(date: dt.date) -> str:
    """`Jun 2029`."""
    return f"{_MONTHS[date.month - 1]} {date.year}"


def day_month_year(date: dt.date) -> str:
    """`13 Jun 2029`."""
    return f"{date.day} {month_year(date)}"


def weekday_date(date: dt.date) -> str:
    """`Wed 13 Jun 2029`."""
    return f"{_WEEKDAYS[date.weekday()]} {day_month_year(date)}"


def clock(seconds: float) -> str:
    """The time of day from seconds since midnight: `06:12`."""
    minutes = int(seconds // 60) % 1440
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def shorten(text: str, width: int) -> str:
    """The text, or its beginning and an ellipsis, in at most `width` characters."""
    if len(text) <= width:
        return text
    return text[: max(0, width - 1)].rstrip() + "…" if width > 0 else ""
