"""The campaigns that ship play without a refusal and hold what their names promise."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Odc

EXAMPLES = ["first-watts", "suncatcher-81", "ai1-10000", pytest.param("million", marks=pytest.mark.slow)]

SHORTER = {"million": "2035-05-01"}
"""Examples of which less than the whole is enough: this one flies its last satellites in February."""


def run(odc: Odc, *arguments: object) -> Any:
    answer = odc("run", *arguments, "--json")
    assert (answer.code, answer.err) == (0, "")
    return answer.json


def test_every_example_is_tested_here(root: Path) -> None:
    names = {path.stem for path in (root / "saves" / "examples").glob("*.toml")}
    assert names == {str(getattr(one, "values", [one])[0]) for one in EXAMPLES}


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_energy_of_an_example_adds_up_and_halves_and_reports_change_nothing(
    name: str, odc: Odc, tmp_path: Path
) -> None:
    until = ("--until", SHORTER[name]) if name in SHORTER else ()
    plain = run(odc, name, *until)
    add_up(plain)
    half = tmp_path / "half.toml"
    run(odc, name, "--until", middle(plain), "--save", half)
    whole = run(odc, half, "--until", plain["date"], "--every", "40d")
    assert len(whole["series"]) > 1
    assert whole["digest"] == plain["digest"]
    assert whole["events"] == plain["events"]


def add_up(told: Any) -> None:
    """What was generated has gone somewhere, and there is a fleet that used some of it."""
    totals = told["totals"]
    outgo = sum(totals[f"energy_{part}_kwh"] for part in ("used", "lost", "curtailed", "stored"))
    assert totals["energy_generated_kwh"] == pytest.approx(outgo, rel=1e-9)
    assert totals["energy_used_kwh"] > 0
    assert told["fleet"]["satellites_alive"] > 0


def middle(told: Any) -> str:
    """A date half-way between the first event and the end."""
    first, last = (dt.date.fromisoformat(date) for date in (told["events"][0]["date"], told["date"]))
    return (first + (last - first) / 2).isoformat()


def test_first_watts_is_one_satellite(odc: Odc) -> None:
    told = run(odc, "first-watts")
    assert (told["fleet"]["satellites_launched"], told["fleet"]["batches"]) == (1, 1)
    assert {event["kind"] for event in told["events"]} >= {"launch-success", "in-service", "milestone"}


def test_suncatcher_is_a_cluster_of_eighty_one_along_the_terminator(odc: Odc) -> None:
    told = run(odc, "suncatcher-81")
    (batch,) = told["batches"]
    assert batch["launched_count"] == 81
    assert batch["altitude_km"] == pytest.approx(650, abs=5)
    assert batch["inclination_deg"] == pytest.approx(97.99, abs=0.05)


def test_ten_thousand_are_ten_thousand_over_ten_years(odc: Odc) -> None:
    told = run(odc, "ai1-10000", "--every", "10y")
    assert told["fleet"]["satellites_launched"] == 10_000
    assert (told["series"][0]["date"], len(told["series"])) == ("2036-11-22", 1)
    assert told["fleet"]["satellites_alive"] > 9_000


@pytest.mark.slow
def test_a_million_are_a_million_within_weeks_in_a_short_file(odc: Odc, root: Path) -> None:
    told = run(odc, "million", "--until", "2035-03-01")
    assert told["fleet"]["satellites_launched"] == 1_000_000
    assert 10_000 <= told["fleet"]["batches"] <= 20_000
    assert len((root / "saves" / "examples" / "million.toml").read_text().splitlines()) < 60


def test_two_processes_print_the_same_digest(root: Path, player_folders: Path) -> None:
    command = [sys.executable, "-m", "odc_tui", "run", "suncatcher-81", "--json"]
    outputs = {subprocess.run(command, cwd=root, capture_output=True, check=True).stdout for _ in range(2)}
    assert len(outputs) == 1
