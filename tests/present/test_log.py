"""The log: what the filter lets through, and where a line leads."""

from __future__ import annotations

import datetime as dt

import pytest

from engine.events import Event, EventKind, Severity, day_of
from odc_tui.present.log import GLYPHS, log_row, log_rows, parse_filter

DAY = day_of(dt.date(2029, 5, 6))


def event(kind: EventKind, severity: Severity, text: str, subject: str = "", day: int = DAY) -> Event:
    return Event(day, kind, severity, text, subject)


BOOKED = event(EventKind.LAUNCH_BOOKED, Severity.INFO, "Starship V3 booked.", "L2", DAY - 3)
SEASON = event(EventKind.ECLIPSE_BEGINS, Severity.NOTICE, "Eclipse season begins for L1.", "L1", DAY - 2)
WORN = event(EventKind.BATTERY_WORN, Severity.WARNING, "Batteries of L1 hold 79 %.", "L1", DAY - 1)
LOST = event(EventKind.LAUNCH_FAILURE, Severity.ALARM, "Starship V3 was lost.", "L2")
EVENTS = (BOOKED, SEASON, WORN, LOST)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("", (LOST, WORN, SEASON, BOOKED)),
        ("   ", (LOST, WORN, SEASON, BOOKED)),
        ("notice", (LOST, WORN, SEASON)),
        ("Warnings", (LOST, WORN)),
        ("alarm notice", (LOST,)),
        ("starship", (LOST, BOOKED)),
        ("starship alarm", (LOST,)),
        ("starship -booked", (LOST,)),
        ("l1", (WORN, SEASON)),
        ("eclipse-begins", (SEASON,)),
        ("starship eclipse", ()),
        ("-", (LOST, WORN, SEASON, BOOKED)),
        ("[/b] \\", ()),
    ],
)
def test_filter_shows_exactly(typed: str, shown: tuple[Event, ...]) -> None:
    assert log_rows(EVENTS, typed) == tuple(log_row(one) for one in shown)


def test_newest_lines_survive_the_limit() -> None:
    assert log_rows(EVENTS, limit=2) == (log_row(LOST), log_row(WORN))


def test_every_severity_has_its_own_glyph() -> None:
    assert set(GLYPHS) == set(Severity)
    assert len(set(GLYPHS.values())) == len(Severity)


@pytest.mark.parametrize(
    ("what", "room"), [(BOOKED, "launch"), (SEASON, "swarm"), (WORN, "swarm"), (LOST, "launch")]
)
def test_a_line_leads_to_its_cause(what: Event, room: str) -> None:
    row = log_row(what)
    assert (row.leads_to, row.subject) == (room, what.subject)


def test_a_line_is_dated_and_says_what_the_event_says() -> None:
    row = log_row(LOST)
    assert (row.date, row.text) == ("06 May 2029", LOST.text)


def test_the_loudest_severity_word_wins() -> None:
    assert parse_filter("alarm info").at_least is Severity.ALARM
