"""`odc run --outlook` and `odc brief`: what can be foreseen."""

from __future__ import annotations

from tests.cli.conftest import Odc


def test_a_run_tells_what_it_would_meet_and_does_not_play_on(odc: Odc) -> None:
    told = odc("run", "first-watts", "--until", "2033-06-01", "--outlook", "--json").json
    assert (told["date"], told["until"], told["go"]) == ("2028-06-01", "2033-06-01", True)
    assert {"life", "power", "cash"} <= {line["field"] for line in told["lines"]}
    out = odc("run", "first-watts", "--until", "2033-06-01", "--outlook").out
    assert "Foreseen from 2028-06-01 to 2033-06-01" in out
    assert "⚠ risk   life: L1 reaches the end of its design life" in out


def test_a_brief_tells_of_the_coming_year(odc: Odc) -> None:
    assert "Ahead, within a year" in odc("brief", "first-watts").out
    assert isinstance(odc("brief", "first-watts", "--json").json["ahead"], list)
