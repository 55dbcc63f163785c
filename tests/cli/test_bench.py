"""`odc bench` measures what it says, and tells it as text and as JSON; how fast anything is is no test."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from odc_tui.bench import campaigns, day_step, peers, planning
from odc_tui.bench.rows import Row, median_s, missing
from odc_tui.commands import bench
from odc_tui.grammar import program
from tests.cli.conftest import Odc


def known() -> Iterator[Row]:
    yield Row("quick", 3.0, "s", 4.0, note="on one core")
    yield Row("slow", 5.0, "s", 4.0)
    yield Row("strong", 12345.6, "times", 10_000.0, at_least=True)
    yield Row("told", 0.123456, "ms")
    yield missing("absent", "times", "Basilisk", 30_000.0)


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "SECTIONS", {"start": (known,), "views": (lambda: iter(()),)})


def test_json_has_a_value_a_target_and_a_verdict_a_row(odc: Odc, measured: None) -> None:
    answer = odc("bench", "start", "--json")
    assert answer.code == 0
    assert answer.json["machine"]["cores"] == os.cpu_count()
    rows = answer.json["results"]
    assert rows[0] == {
        "name": "quick",
        "value": 3.0,
        "unit": "s",
        "target": 4.0,
        "at_least": False,
        "passed": True,
        "note": "on one core",
    }
    assert [row["passed"] for row in rows] == [True, False, True, None, None]
    assert rows[-1]["value"] is None
    assert rows[-1]["note"] == "Basilisk is not installed"


def test_text_says_value_bound_and_verdict(odc: Odc, measured: None) -> None:
    lines = odc("bench").out.splitlines()
    assert f"{os.cpu_count()} cores" in lines[0]
    words = [" ".join(line.split()) for line in lines[1:]]
    assert words == [
        "quick 3 s at most 4, met, on one core",
        "slow 5 s at most 4, missed",
        "strong 12,346 times at least 10,000, met",
        "told 0.123 ms",
        "absent - at least 30,000, Basilisk is not installed",
    ]


def test_the_sections_of_the_grammar_are_those_there_are(odc: Odc) -> None:
    assert tuple(bench.SECTIONS) == program.BENCH_SECTIONS
    answer = odc("bench", "everything")
    assert answer.code == 2
    assert "there is no section everything; use start, day-step" in answer.err


def test_what_is_not_installed_is_told_and_what_is_is_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    for size in ("BATCHES", "YEAR"):
        monkeypatch.setattr(peers, size, 40)
    monkeypatch.setattr(peers, "find_spec", lambda _name: None)
    assert [row.note for row in peers.rows()] == ["sgp4 is not installed", "Basilisk is not installed"]
    monkeypatch.setattr(peers, "find_spec", lambda _name: object())
    monkeypatch.setattr(peers, "_sgp4_days", lambda: None)
    monkeypatch.setattr(peers, "_basilisk_days", lambda: None)
    assert [row.unit for row in peers.rows() if row.value is not None] == ["times", "times"]


def test_small_fleets_go_through_every_measure_of_the_day_step(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = {"BATCHES": 40, "YEAR": 3, "TWIN_DAYS": 2, "COUNTS": (10, 50), "MILLION_BATCHES": 50}
    for name, size in sizes.items():
        monkeypatch.setattr(day_step, name, size)
    rows = [*day_step.speeds(), *day_step.million(), *day_step.growth()]
    assert len({row.name for row in rows}) == len(rows) == 9
    assert all(row.value is not None and row.value > 0.0 for row in rows)


def test_the_campaign_to_measure_with_has_its_batches_in_service() -> None:
    state = campaigns.fifty_batches()
    assert state.fleet.count == campaigns.BATCHES
    assert sum(event.kind.value == "in-service" for event in state.log) == campaigns.BATCHES


def test_an_order_is_tried_from_both_sides_and_the_future_is_drawn() -> None:
    rows = [*planning.rows(years=1, runs=1), *planning.forecasts(draws=2, spans=((1, 10.0),))]
    assert len(rows) == 4
    assert all(row.value is not None and row.value > 0.0 for row in rows)


def test_the_median_leaves_out_the_first_run_and_stops_early_when_runs_are_long() -> None:
    calls: list[float] = []
    clock = iter([0.0, 1.0, 1.0, 1.5, 1.5, 4.5, 9.0])

    def work() -> None:
        calls.append(0.0)

    assert median_s(work, 9, lambda: next(clock)) == 1.0
    assert len(calls) == 4
