"""`odc promises`: the six lines in words and as data."""

from __future__ import annotations

from tests.cli.conftest import Odc


def test_it_tells_promise_verdict_and_figures(odc: Odc) -> None:
    told = odc("promises", "first-watts", "--json").json
    assert told["date"] == "2028-06-01"
    answer = odc("promises", "first-watts")
    assert answer.code == 0
    for one in told["promises"]:
        assert f"{one['promise']}: {one['verdict']}" in answer.out
        assert all(figure["figure"] in answer.out for figure in one["figures"])


def test_a_figure_of_it_can_be_asked_why(odc: Odc) -> None:
    told = odc("promises", "first-watts", "--json").json
    net = next(one for one in told["promises"] if one["id"] == "grid")
    again = odc("explain", "--campaign", "first-watts", "--figure", "grid-spared", "--json").json
    assert again["value"] == net["value"]


def test_an_earlier_day_can_be_looked_at(odc: Odc) -> None:
    told = odc("promises", "first-watts", "--until", "2027-01-01", "--json").json
    assert {one["verdict"] for one in told["promises"]} == {"too early", "no rival"}


def test_the_final_report_has_them_too(odc: Odc) -> None:
    told = odc("promises", "first-watts", "--json").json
    assert odc("report", "first-watts", "--json").json["scoreboard"] == told["promises"]
    page = odc("report", "first-watts").out
    assert "## What was promised" in page
    assert all(one["because"] in page for one in told["promises"])
