"""`odc validate`: the list, one case in full, as data, and how it fails."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from odc_tui import paths
from tests.cli.conftest import Odc

KEYS = [
    "id", "title", "formula", "inputs", "published", "ours", "unit", "difference", "tolerance", "verdict",
    "source", "why",
]  # fmt: skip


def test_the_list_names_every_case_and_every_reason(odc: Odc) -> None:
    answer = odc("validate")
    assert (answer.code, answer.err) == (0, "")
    rows = odc("validate", "--json").json
    assert all(f" {row['id']} " in answer.out for row in rows)
    assert f"{len(rows)} published cases" in answer.out
    folded = " ".join(answer.out.split())
    assert all(row["why"] in folded for row in rows if row["verdict"] == "explained")


def test_as_data_every_case_can_be_judged_again(odc: Odc) -> None:
    rows = odc("validate", "--json").json
    assert len(rows) >= 30
    for row in rows:
        assert list(row) == KEYS
        assert row["difference"] == pytest.approx(row["ours"] - row["published"])
        assert abs(row["difference"]) <= row["tolerance"]
        assert row["source"]


def test_one_case_tells_where_it_is_from_and_how_to_get_it(odc: Odc) -> None:
    answer = odc("validate", "suncatcher-v2-later")
    assert answer.code == 0
    for words in ("810 USD/kW/year", "table 1", "arXiv:2511.19468", "suncatcher-class", "agrees"):
        assert words in answer.out
    told = " ".join(answer.out.split())
    line = told.partition("work it out odc ")[2].partition(" as a design")[0]
    again = odc(*line.split())
    assert again.out.startswith("launched_power_price: c_L = 821.429 USD/kW/year")


def test_an_unknown_case_is_refused_with_a_suggestion(odc: Odc) -> None:
    answer = odc("validate", "lit-655")
    assert (answer.code, answer.out) == (2, "")
    assert "did you mean lit-650?" in answer.err


def test_a_case_outside_its_tolerance_ends_in_one(
    odc: Odc, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "assets"
    shutil.copytree(paths.assets_dir(), folder)
    monkeypatch.setattr(paths, "assets_dir", lambda: folder)
    file = folder / "validation" / "cases.toml"
    text = file.read_text("utf-8")
    assert "published = 14700\n" in text
    file.write_text(text.replace("published = 14700\n", "published = 14000\n"), "utf-8")
    answer = odc("validate")
    assert answer.code == 1
    assert answer.err == "odc: outside tolerance: suncatcher-v2-today\n"
    assert "✖  suncatcher-v2-today" in answer.out
    assert odc("validate", "lit-650").code == 0
