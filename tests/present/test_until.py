"""What the dialog for waiting says: while one types, when something is wrong, and when the day is known."""

from __future__ import annotations

import datetime as dt

import engine
from engine.events import day_of
from odc_tui.present import until


def words(pieces: list[tuple[str, str]]) -> str:
    return "".join(text for text, _ in pieces)


def test_a_text_half_written_is_no_mistake_yet() -> None:
    typing, done = until.verdict_of("cash <"), until.verdict_of("cash <", done=True)
    assert "✖" not in words(typing)
    assert words(done).startswith("✖ Character 7: nothing stands where a value belongs; ")
    assert words(until.verdict_of("")) == "Write what to wait for."
    assert words(until.verdict_of(until.EXAMPLE)).startswith("✔")


def test_the_day_is_named_with_how_far_it_is() -> None:
    today = day_of(dt.date(2030, 1, 1))
    assert "First on 11 Jan 2030, in 10 days." in words(until.found_pieces(today, today + 10, today + 99))
    assert "in 1 day." in words(until.found_pieces(today, today + 1, today + 99))
    assert "any day up to 10 Apr 2030" in words(until.found_pieces(today, None, today + 99))


def test_every_name_is_offered() -> None:
    text = until.names_text(engine.quantities())
    assert all(one.name in text for one in engine.quantities())
