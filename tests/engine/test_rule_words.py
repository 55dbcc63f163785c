"""How the rules say numbers, dates and lists."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.events import EPOCH
from engine.rules.words import (
    counted,
    day_text,
    did_you_mean,
    figures,
    money,
    percent,
    power,
    tonnes,
    within,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (1.0, "1.00"),
        (71.34, "71.3"),
        (999.4, "999"),
        (999.6, "1,000"),
        (123_456.0, "123,000"),
        (0.052, "0.0520"),
        (-4.5, "-4.50"),
    ],
)
def test_numbers_have_three_figures(value: float, text: str) -> None:
    assert figures(value) == text


@given(value=st.floats(1e-3, 1e15))
def test_what_is_said_is_within_half_a_per_cent(value: float) -> None:
    assert float(figures(value).replace(",", "")) == pytest.approx(value, rel=0.0051)


@pytest.mark.parametrize(
    ("usd", "text"),
    [
        (0.0, "0 $"),
        (12.3, "12 $"),
        (1500.0, "1.50 k$"),
        (412.6e6, "413 M$"),
        (-3.2e6, "−3.20 M$"),
        (999.96e6, "1.00 B$"),
        (1.3e9, "1.30 B$"),
        (2e12, "2.00 T$"),
    ],
)
def test_money_takes_the_largest_unit_that_fits(usd: float, text: str) -> None:
    assert money(usd) == text


def test_dates_masses_shares_and_counts_read_as_people_write_them() -> None:
    assert day_text(0) == f"1 Jan {EPOCH.year}"
    assert (tonnes(33_600.0), tonnes(575.0)) == ("33.6 t", "575 kg")
    assert (percent(1.7984), percent(1.0), percent(12.346)) == ("180 %", "100.0 %", "1,230 %")
    assert (percent(0.714), percent(0.9954), percent(0.004)) == ("71 %", "99.5 %", "0.4 %")
    assert (counted(1, "flight"), counted(12_000, "satellite"), counted(2, "batch")) == (
        "1 flight",
        "12,000 satellites",
        "2 batches",
    )


def test_a_wrong_id_is_answered_with_the_nearest_or_with_what_there_is() -> None:
    ids = [f"L{number}" for number in range(1, 20)]
    assert "node-100" in did_you_mean("node-10", ["node-100", "ai1-class"], "")
    assert did_you_mean("xyz", ids, "") == "Known: L1, L2, L3, L4, L5, L6 and 13 more."
    assert did_you_mean("xyz", [], "Nothing is booked.") == "Nothing is booked."


@pytest.mark.parametrize(
    ("watts", "text"),
    [(0.0, "0 W"), (950.0, "950 W"), (6.59e6, "6.59 MW"), (999.7e6, "1.00 GW"), (8.58e9, "8.58 GW")],
)
def test_power_comes_in_the_largest_unit_that_fits(watts: float, text: str) -> None:
    assert power(watts) == text


def test_a_headline_within_a_sentence_keeps_its_names() -> None:
    assert within("Hurricane at the Cape") == "hurricane at the Cape"
    assert within("") == ""
