"""`odc fork` and `odc diff` of several: branches of a campaign, each a file, in one table."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.conftest import Odc
from tests.store.files import WRITTEN

FOLLOW = '\n[[orders]]\ntype = "load-policy"\npolicy = "follow-the-sun"\n'
RIDE = '\n[[orders]]\ntype = "load-policy"\npolicy = "ride-through"\n'


@pytest.fixture
def first(tmp_path: Path) -> Path:
    path = tmp_path / "a.toml"
    path.write_text(WRITTEN)
    return path


def test_a_branch_stands_where_it_was_cut_and_keeps_no_later_order(odc: Odc, first: Path) -> None:
    out = first.with_name("b.toml")
    answer = odc("fork", first, "--at", "2027-09-01", "--out", out)
    assert answer.code == 0
    assert "stands at 2027-09-01" in answer.out
    assert "left out" not in answer.out
    early = odc("fork", first, "--at", "2027-03-15", "--out", first.with_name("c.toml"))
    assert "1 later order left out" in early.out
    text = out.read_text("utf-8")
    assert 'name = "By hand, from 2027-09-01"' in text
    assert "# A larger battery." in text
    assert "stop" not in text
    whole = odc("run", first, "--until", "2027-09-01", "--json").json
    branch = odc("run", out, "--json").json
    assert (branch["date"], branch["digest"]) == (whole["date"], whole["digest"])


def test_orders_of_the_very_day_are_kept_and_another_file_is_not_overwritten(odc: Odc, first: Path) -> None:
    out = first.with_name("b.toml")
    assert odc("fork", first, "--at", "2027-06-01", "--out", out, "--name", "Other").code == 0
    assert 'type = "load-policy"' in out.read_text("utf-8")
    assert odc("fork", first, "--at", "2027-07-01", "--out", out).code == 2
    assert odc("fork", first, "--at", "2027-07-01", "--out", out, "--force").code == 0
    assert odc("fork", first, "--at", "2020-01-01", "--out", out, "--force").code == 2


def test_several_futures_stand_in_one_table(odc: Odc, first: Path) -> None:
    paths = [first]
    for name, order in (("sun", FOLLOW), ("ride", RIDE), ("same", "")):
        out = first.with_name(f"{name}.toml")
        odc("fork", first, "--at", "2027-06-15", "--out", out)
        out.write_text(out.read_text("utf-8") + order)
        paths.append(out)
    told = odc("diff", *paths, "--until", "2027-09-15", "--every", "1m", "--json").json
    assert told["campaigns"] == [path.name for path in paths]
    assert [one["parted"] for one in told["partings"]] == ["2027-06-15", "2027-06-15", None]
    assert [one["first_order"] and one["first_order"]["b"]["type"] for one in told["partings"]] == [
        "load-policy",
        "load-policy",
        None,
    ]
    values = told["series"]["work"]["values"]
    assert values[0] == values[3] != values[1]
    for path, row in zip(paths[1:], values[1:], strict=True):
        pair = odc("diff", first, path, "--until", "2027-09-15", "--every", "1m", "--json").json
        same = dict(zip(pair["dates"], pair["series"]["work"]["b"], strict=True))
        assert all(same.get(date, value) == value for date, value in zip(told["dates"], row, strict=True))
    out = odc("diff", *paths, "--until", "2027-09-15").out
    assert "a.toml and ride.toml:" in out
    assert "They never part." in out
    assert re.search(r"^2027-09-15 .* \([+−]\S+ \S+\) .* the same$", out, re.MULTILINE)
