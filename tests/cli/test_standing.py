"""`odc standing`: what stands, and a year of it tried."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Odc

CAMPAIGN = """\
format = 1
[campaign]
name = "Growing"
scenario = "sandbox"
[[orders]]
type = "design"
preset = "node-100"
[[orders]]
type = "standing"
id = "grow"
when = "every quarter while satellites < 40"
limit = 9
[orders.order]
type = "launch"
design = "node-100"
count = 3
vehicle = "falcon-9"
site = "slc-40"
orbit = { type = "sun-synchronous", altitude_km = 650 }
date = "+30 days"
[[orders]]
type = "advance"
date = 2027-08-15
"""
MORE = """\
[[orders]]
type = "standing"
id = "spare"
when = "if charge < 90 %"
order = { type = "load-policy", policy = "follow-the-sun" }
"""


@pytest.fixture
def campaign(tmp_path: Path) -> Path:
    path = tmp_path / "growing.toml"
    path.write_text(CAMPAIGN, "utf-8")
    return path


def test_it_lists_what_stands(odc: Odc, campaign: Path) -> None:
    told = odc("standing", campaign, "--json").json
    (one,) = told["standing"]
    assert (one["id"], one["given"], one["limit"], one["next_look"]) == ("grow", 3, 9, "2027-10-01")
    assert told["dry_run"] is None
    out = odc("standing", campaign).out
    assert "3 of 9" in out
    assert "3 × node-100 on falcon-9 to 650 km, +30 days" in out


def test_the_next_year_with_an_order_that_is_only_tried(odc: Odc, campaign: Path, tmp_path: Path) -> None:
    orders = tmp_path / "more.toml"
    orders.write_text(MORE, "utf-8")
    told = odc("standing", campaign, "--with", orders, "--json").json
    assert [one["id"] for one in told["standing"]] == ["grow"]
    assert [(one["id"], one["looks"], one["given"]) for one in told["dry_run"]["hits"]] == [
        ("grow", 4, 4),
        ("spare", 12, 1),
    ]
    assert "Dry run, 2027-08-15 to 2028-08-15" in odc("standing", campaign, "--dry-run", "next").out


def test_the_last_year_with_what_stands_today(odc: Odc, campaign: Path) -> None:
    told = odc("standing", campaign, "--dry-run", "last", "--json").json
    assert told["dry_run"]["first_day"] == "2026-11-22"
    assert told["dry_run"]["hits"][0]["given_days"] == ["2027-01-01", "2027-04-01", "2027-07-01"]


def test_other_orders_cannot_be_tried_here(odc: Odc, campaign: Path, tmp_path: Path) -> None:
    orders = tmp_path / "more.toml"
    orders.write_text('[[orders]]\ntype = "cancel"\nlaunch = "L1"\n', "utf-8")
    answer = odc("standing", campaign, "--with", orders)
    assert answer.code == 2
    assert 'write type = "standing"' in answer.err
