"""`odc preview`: orders tried on a campaign, told in words and as data, refused with their place."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Odc

FOLLOW = '[[orders]]\ntype = "load-policy"\npolicy = "follow-the-sun"\n'
AT = ("--until", "2028-03-01")


@pytest.fixture
def orders(tmp_path: Path) -> Path:
    path = tmp_path / "orders.toml"
    path.write_text(FOLLOW)
    return path


def test_it_tells_what_orders_would_do(odc: Odc, orders: Path) -> None:
    answer = odc("preview", "first-watts", orders, *AT)
    assert answer.code == 0, answer.err
    assert answer.out.startswith("1 order on 2028-03-01: it holds.")
    for words in ("next orbit, 2028-03-02", "eclipse season, ", "5 years, ", "hottest chip, spare", "cash"):
        assert words in answer.out


def test_the_object_is_the_difference_of_two_runs(odc: Odc, orders: Path, tmp_path: Path) -> None:
    told = odc("preview", "first-watts", orders, *AT, "--json").json
    assert [one["horizon"] for one in told["horizons"]] == ["orbit", "season", "years"]
    season = told["horizons"][1]
    for side, extra in (("without", ""), ("with", FOLLOW)):
        start = odc("run", "first-watts", *AT, "--save", tmp_path / f"{side}.toml", "--json")
        assert start.code == 0, start.err
        text = (tmp_path / f"{side}.toml").read_text() + "\n" + extra
        played = odc("run", "-", "--until", season["date"], "--json", stdin=text.encode())
        assert played.code == 0, played.err
        assert season[side]["delivered_pflops"] == pytest.approx(played.json["fleet"]["delivered_pflops"])
    change = season["with"]["delivered_pflops"] - season["without"]["delivered_pflops"]
    assert season["change"]["delivered_pflops"] == pytest.approx(change)
    assert change < 0.0


def test_a_refused_order_has_its_line(odc: Odc, orders: Path) -> None:
    orders.write_text(FOLLOW + '\n[[orders]]\ntype = "cancel"\nlaunch = "L7"\n')
    answer = odc("preview", "first-watts", orders)
    assert answer.code == 1
    assert answer.err.startswith("odc: orders.toml:5: orders[2]")
    assert answer.err.count("\n") == 1


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", "orders.toml: holds no order"),
        (
            FOLLOW.replace("policy =", "polcy ="),
            "orders.toml:3: orders[1].polcy: is no key of this table; did you",
        ),
        ("[[orders\n", "orders.toml:"),
    ],
)
def test_a_wrong_file_is_one_line(text: str, place: str, odc: Odc, orders: Path) -> None:
    orders.write_text(text)
    answer = odc("preview", "first-watts", orders)
    assert answer.code == 2
    assert place in answer.err
    assert answer.err.count("\n") == 1


def test_orders_can_be_piped_but_not_both_files(odc: Odc) -> None:
    assert odc("preview", "first-watts", "-", *AT, stdin=FOLLOW.encode()).code == 0
    assert odc("preview", "-", "-", stdin=FOLLOW.encode()).code == 2
