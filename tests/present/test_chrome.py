"""Header, tabs and footer fit any width and say what matters first."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odc_tui.present.chrome import HeaderFacts, footer_line, header_line, plain, tab_line

FACTS = HeaderFacts(
    name="First Light",
    date=dt.date(2029, 6, 13),
    seconds=6 * 3600 + 12 * 60,
    running=True,
    speed="1 day/s",
    cash_usd=412.6e6,
    cash_trend=1,
    saved="saved 12:03",
)
ROOMS = [("mission", "Mission"), ("design", "Design"), ("launch", "Launch"), ("swarm", "Swarm")]


def test_the_header_has_all_six_fields() -> None:
    line = plain(header_line(FACTS, 120))
    for field in (
        "First Light",
        "Wed 13 Jun 2029",
        "06:12 UTC",
        "1 day/s",
        "413 M$ ▲",
        "saved 12:03",
        "? help",
    ):
        assert field in line


def test_at_80_columns_date_time_cash_and_help_are_still_whole() -> None:
    line = plain(header_line(FACTS, 80))
    for field in ("13 Jun 2029", "06:12", "▶ 1 day/s", "413 M$", "? help"):
        assert field in line


@given(st.integers(0, 200), st.text(alphabet="abc xyz", max_size=64))
def test_the_header_is_exactly_as_wide_as_asked(width: int, name: str) -> None:
    assert len(plain(header_line(replace(FACTS, name=name), width))) == width


def test_paused_is_a_word_and_not_only_a_colour() -> None:
    assert "paused" in plain(header_line(replace(FACTS, running=False), 120))


def test_ascii_mode_has_nothing_but_ascii() -> None:
    for running in (True, False):
        for trouble in (True, False):
            facts = replace(FACTS, running=running, trouble=trouble, ascii_only=True)
            assert plain(header_line(facts, 120)).isascii()


def test_trouble_with_saving_keeps_its_words_at_80_columns() -> None:
    facts = replace(FACTS, saved="not saved: the disk is full", trouble=True, name="A name of many words")
    assert "not saved: the disk is full" in plain(header_line(facts, 80))


def test_without_money_there_is_no_cash() -> None:
    assert "$" not in plain(header_line(replace(FACTS, cash_usd=None), 120))


@pytest.mark.parametrize("width", [0, 1, 10, 80, 120])
def test_the_tab_strip_fills_its_width(width: int) -> None:
    assert len(plain(tab_line(ROOMS, "launch", width))) == width


def test_tabs_are_numbered_and_only_the_current_one_is_inverted() -> None:
    pieces = tab_line(ROOMS, "launch", 80)
    assert "1 Mission" in plain(pieces)
    assert "4 Swarm" in plain(pieces)
    assert [text.strip() for text, style in pieces if " on " in style] == ["3 Launch"]


@given(st.integers(0, 120))
def test_the_footer_never_overflows_and_keeps_the_order(width: int) -> None:
    keys = [
        ("space", "run/pause", True),
        (".", "one day", False),
        ("+/-", "speed", True),
        ("q", "quit", True),
    ]
    shown = footer_line(keys, width)
    assert len("".join(plain(entry) for entry in shown).rstrip()) <= width
    labels = [plain(entry).split()[0] for entry in shown]
    assert labels == [key for key, _, _ in keys if key in labels]
