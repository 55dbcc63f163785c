"""`odc bots` and the race on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Odc


def test_bots_play_a_scenario_and_are_told_as_a_table_and_as_data(odc: Odc) -> None:
    told = odc("bots", "december-2025", "--seeds", 2, "--bots", "do-nothing,greedy", "--json").json
    assert set(told["bots"]) == {"do-nothing", "greedy"}
    assert [(run["bot"], run["seed"]) for run in told["runs"]] == [
        ("do-nothing", 0),
        ("do-nothing", 1),
        ("greedy", 0),
        ("greedy", 1),
    ]
    assert told["bots"]["do-nothing"]["cash_usd_median"] == 1.5e9
    assert told["bots"]["greedy"]["score"] > told["bots"]["do-nothing"]["score"]
    lines = odc("bots", "december-2025", "--seeds", 1, "--bots", "do-nothing").out.splitlines()
    assert lines[0].endswith("1 seed to 2028-11-22.")
    assert lines[2].split()[0] == "do-nothing"
    assert "1 of 1" in lines[2]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("bots", "rice"), "race"),
        (("bots", "race", "--bots", "gredy"), "greedy"),
        (("bots", "race", "--seeds", "0"), "from 1 to 1000"),
        (("new", "race", "--company", "spacexx", "-o", "-"), "spacex"),
    ],
)
def test_a_slip_is_told_with_its_mend(arguments: tuple[str, ...], words: str, odc: Odc) -> None:
    answer = odc(*arguments)
    assert answer.code == 2
    assert words in answer.err


def test_a_company_is_led_from_the_first_day_and_the_race_is_reported(odc: Odc, tmp_path: Path) -> None:
    file = tmp_path / "race.toml"
    odc("new", "race", "--company", "blue-origin", "--seed", 3, "-o", file)
    assert 'company = "blue-origin"' in file.read_text(encoding="utf-8")
    told = odc("run", file, "--until", "2027-03-01", "--json").json
    assert {(row["company"], row["rival"]) for row in told["race"]} == {
        ("blue-origin", False),
        ("spacex", True),
    }
    text = odc("run", file, "--until", "2027-03-01").out
    assert "Blue Origin (you)" in text
    assert "The race, by power at work:" in text
