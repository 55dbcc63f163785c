"""`odc books`: the tables on screen, the same as data, and codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from odc_tui.cli import main

CAMPAIGN = """
format = 1
[campaign]
name = "Books"
scenario = "race"
seed = 3
[[orders]]
type = "design"
preset = "node-100"
[[orders]]
type = "insure"
cover = true
[[orders]]
type = "launch"
design = "node-100"
count = 3
vehicle = "falcon-9"
site = "slc-4e"
orbit = { type = "sun-synchronous", altitude_km = 550 }
date = 2027-01-10
[[orders]]
type = "advance"
date = 2027-05-01
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "books.toml"
    path.write_text(CAMPAIGN, "utf-8")
    return path


def test_books_show_income_cash_and_balance(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["books", str(file), "--by", "quarter"]) == 0
    out = capsys.readouterr().out
    for word in (
        "2026 Q4",
        "2027 Q1",
        "sales",
        "insurance",
        "depreciation",
        "net income",
        "put in by owners",
    ):
        assert word in out
    assert "Investors offer 8.00 B$ at 10.0 MW" in out
    assert max(len(line) for line in out.splitlines()) <= 110


def test_books_as_data_add_up(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["books", str(file), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    balance = found["balance"]
    assert balance["cash_usd"] + balance["satellites_usd"] == pytest.approx(
        balance["debt_usd"] + balance["equity_usd"]
    )
    assert [year["name"] for year in found["years"]] == ["2026", "2027"]
    assert found["years"][-1]["closing_usd"] == balance["cash_usd"]


def test_books_of_a_scenario_without_money_say_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "free.toml"
    path.write_text('format = 1\n[campaign]\nname = "x"\nscenario = "sandbox"\n', "utf-8")
    assert main(["books", str(path)]) == 0
    assert "Nothing costs money" in capsys.readouterr().out
