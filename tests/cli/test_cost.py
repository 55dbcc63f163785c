"""`odc cost`: both sides within one boundary, foreseen or of a campaign."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Odc


def test_without_a_campaign_it_tells_what_is_foreseen(odc: Odc) -> None:
    told = odc("cost", "--json").json
    assert (told["boundary"], told["prices"], told["method"]) == ("tco", "foreseen", "capital recovery")
    answer = odc("cost")
    assert answer.code == 0
    assert "Cost boundary: total cost of ownership" in answer.out
    for region in told["regions"]:
        assert region["name"] in answer.out


@pytest.mark.parametrize("boundary", ["energy", "facility", "tco"])
def test_each_boundary_is_named_and_differs(odc: Odc, boundary: str) -> None:
    told = odc("cost", "--boundary", boundary, "--json").json
    assert told["boundary"] == boundary
    assert (told["orbit"]["chip_usd_per_w"] > 0.0) == (boundary == "tco")


def test_a_campaign_is_told_with_its_own_costs(odc: Odc) -> None:
    """One small satellite on a large rocket: thousands of times the ground, and no launch price helps."""
    told = odc("cost", "first-watts", "--json").json
    assert told["prices"] == "ledger"
    assert told["launched"][0]["year"] == 2027
    assert told["orbit_usd_per_w_year"] > 1000.0 * told["regions"][0]["usd_per_w_year"]
    words = odc("cost", "first-watts").out
    assert "First watts, 2028-06-01: what its ledger holds" in words
    assert "none is low enough" in words


def test_a_boundary_that_does_not_exist_is_refused(odc: Odc) -> None:
    answer = odc("cost", "--boundary", "chips")
    assert answer.code == 2
    assert "energy" in answer.err


def test_where_the_ground_is_a_rival_it_is_told_too(odc: Odc) -> None:
    text = b'format = 1\n[campaign]\nname = "New"\nscenario = "beat-the-ground"\nstop = 2028-01-01\n'
    told = odc("cost", "-", "--json", stdin=text).json
    assert {one["region"] for one in told["ground"]["regions"]} == {one["region"] for one in told["regions"]}
    words = odc("cost", "-", stdin=text).out
    assert "the ground for the same work" in words
    assert odc("cost", "--json").json["ground"] is None
