"""`odc size`: a proposal as words, as data, and as an order that a campaign takes."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Odc

ASKED = ("--altitude", "600", "--inclination", "45", "--workload", "text-inference", "--vehicle", "falcon-9")


def test_the_order_it_writes_can_be_given(odc: Odc, tmp_path: Path) -> None:
    out = tmp_path / "design.toml"
    quick = ("--accelerator", "gb300-nvl72", "--life", "0.2")
    told = odc("size", *ASKED, *quick, "--out", out, "--json").json
    assert told["design"]["accelerator"] == "gb300-nvl72"
    assert {line["severity"] for line in told["checks"]} <= {"ok", "risk"}
    assert [point["scale"] for point in told["curve"]] == [0.8, 0.9, 1.0, 1.1, 1.25, 1.5]
    text = out.read_text("utf-8")
    campaign = tmp_path / "campaign.toml"
    campaign.write_text(f'format = 1\n[campaign]\nname = "Sized"\nscenario = "sandbox"\n{text}', "utf-8")
    assert odc("check", campaign).code == 0
    assert odc("size", *ASKED, *quick, "--out", out).code == 2


def test_what_is_not_known_is_told_in_a_line(odc: Odc) -> None:
    answer = odc("size", *ASKED, "--accelerator", "h1000")
    assert answer.code == 1
    assert answer.err.count("\n") == 1
    assert "h100" in answer.err
    assert odc("size", *ASKED, "--ltan", "18").code == 2
