"""`odc run --until` with a condition: the first day it holds, and plain words if it never does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import engine
from tests.cli.conftest import Odc


def test_it_stops_on_the_first_day_that_holds(odc: Odc) -> None:
    told = odc("run", "first-watts", "--until", "work >= 100 PFLOP-days", "--json").json
    assert told["totals"]["delivered_pflop_days"] >= 100.0
    day = int(told["date"][-2:])
    assert day > 1
    before = odc("run", "first-watts", "--until", f"{told['date'][:-2]}{day - 1:02d}", "--json").json
    assert before["totals"]["delivered_pflop_days"] < 100.0


def test_it_goes_on_beyond_the_last_order(odc: Odc) -> None:
    told = odc("run", "first-watts", "--until", "launched == 1 and satellites == 0", "--json").json
    assert told["date"] > "2028-06-01"
    assert told["fleet"]["satellites_alive"] == 0


def test_what_never_holds_is_a_no(odc: Odc) -> None:
    answer = odc("run", "first-watts", "--until", "satellites > 1000")
    assert answer.code == 1
    assert answer.out == ""
    assert '"satellites > 1000" does not hold from 2026-11-22 to 2048-06-01' in answer.err


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("cash < 50", "--until, character 6: money and a plain number"),
        ("delivred > 1 PFLOP/s", 'did you mean "delivered"?'),
    ],
)
def test_a_wrong_condition_is_one_line(text: str, words: str, odc: Odc) -> None:
    answer = odc("run", "first-watts", "--until", text)
    assert answer.code == 2
    assert words in answer.err
    assert answer.err.count("\n") == 1


def test_the_guide_lists_every_quantity() -> None:
    """Each with its unit and its meaning, in the order of the engine."""
    text = (Path(__file__).resolve().parents[2] / "docs" / "campaign-file.md").read_text("utf-8")
    told = re.findall(
        r"^\| `(\w+)` \| ([^|]*) \| ([^|]*) \|$", text.partition("## Conditions")[2], re.MULTILINE
    )
    units = {"date": "date", "": "number"}
    assert told == [(one.name, one.unit or units[one.dimension], one.text) for one in engine.quantities()]
