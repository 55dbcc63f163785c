"""The campaigns that ship play without a refusal and hold what their names promise."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Odc

EXAMPLES = ["first-watts", "suncatcher-81", "ai1-10000", pytest.param("million", marks=pytest.mark.slow)]


def run(odc: Odc, *arguments: object) -> Any:
    answer = odc("run", *arguments, "--json")
    assert (answer.code, answer.err) == (0, "")
    return answer.json


def test_every_example_is_tested_here(root: Path) -> None:
    names = {path.stem for path in (root / "saves" / "examples").glob("*.toml")}
    assert names == {str(getattr(one, "values", [one])[0]) for one in EXAMPLES}


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_plays_and_its_energy_adds_up(name: str, odc: Odc) -> None:
    told = run(odc, name)
    totals = told["totals"]
    outgo = sum(totals[f"energy_{part}_kwh"] for part in ("used", "lost", "curtailed", "stored"))
    assert totals["energy_generated_kwh"] == pytest.approx(outgo, rel=1e-9)
    assert totals["energy_used_kwh"] > 0
    assert told["fleet"]["satellites_alive"] > 0


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_comes_out_the_same_in_halves_and_with_reports(
    name: str, odc: Odc, tmp_path: Path
) -> None:
    half = tmp_path / "half.toml"
    plain = run(odc, name, "--every", "1y")
    middle = plain["series"][len(plain["series"]) // 2]["date"]
    run(odc, name, "--until", middle, "--save", half)
    whole = run(odc, half, "--until", plain["date"], "--every", "40d")
    assert whole["digest"] == plain["digest"]
    assert whole["events"] == plain["events"]


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
