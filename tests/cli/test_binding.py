"""`odc binding`: what holds compute down and what a step would bring."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Odc


@pytest.mark.parametrize(
    ("whom", "scope"),
    [((), "campaign"), (("--batch", "L1"), "batch L1"), (("--shell", "525"), "shell at 525 km")],
)
def test_it_tells_what_binds_and_the_cheapest_step(odc: Odc, whom: tuple[str, ...], scope: str) -> None:
    told = odc("binding", "first-watts", *whom, "--json").json
    assert (told["scope"], told["binding"], told["best"]) == (scope, "battery", "higher")
    best = next(one for one in told["steps"] if one["key"] == "higher")
    assert best["gain_pflops"] > 0.0
    assert best["pflops_per_musd"] == pytest.approx(1e6 * best["gain_pflops"] / best["extra_usd"])
    out = odc("binding", "first-watts", *whom).out
    assert "▮ battery binds" in out
    assert "Cheapest step, in the next design or flight: altitude 525 → 575 km." in out


def test_the_moment_is_told(odc: Odc) -> None:
    assert "at the end of life (2031-05-" in odc("binding", "first-watts", "--when", "eol").out


def test_what_does_not_fly_has_no_price(odc: Odc) -> None:
    assert odc("binding", "first-watts", "--until", "2027-01-01").code == 1
    answer = odc("binding", "first-watts", "--batch", "L7")
    assert answer.code == 2
    assert "there is no batch L7" in answer.err
