"""`odc diff`: where two campaigns part, and their figures side by side."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Odc
from tests.store.files import WRITTEN

FOLLOW = '[[orders]]\ntype = "load-policy"\npolicy = "follow-the-sun"\n'
END = "2028-03-01"


@pytest.fixture
def first(tmp_path: Path) -> Path:
    path = tmp_path / "a.toml"
    path.write_text(WRITTEN)
    return path


@pytest.fixture
def second(tmp_path: Path) -> Path:
    return tmp_path / "b.toml"


def test_a_campaign_and_itself_never_part(odc: Odc, first: Path, second: Path) -> None:
    second.write_text("# Laid out otherwise.\n" + WRITTEN)
    told = odc("diff", first, second, "--json").json
    assert (told["first_order"], told["parted"], told["seen"]) == (None, None, None)
    assert all(set(series["difference"]) == {0.0} for series in told["series"].values())
    assert "They never part." in odc("diff", first, second).out


def test_orders_alone_go_on_where_the_campaign_leads(odc: Odc, first: Path, second: Path) -> None:
    second.write_text(FOLLOW)
    told = odc("diff", first, second, "--json").json
    assert told["first_order"]["a"] is None
    order = told["first_order"]["b"]
    assert (order["type"], order["date"], order["line"]) == ("load-policy", END, 1)
    assert told["parted"] == END
    assert told["seen"]["date"] > END
    assert told["dates"][0] == "2029-03-01"
    assert told["dates"][-1] == "2033-03-01"


def test_rows_are_what_each_campaign_says_alone(odc: Odc, first: Path, second: Path) -> None:
    second.write_text(WRITTEN + "\n" + FOLLOW)
    told = odc("diff", first, second, "--until", "2028-08-01", "--every", "2m", "--json").json
    assert told["dates"] == ["2028-05-01", "2028-07-01", "2028-08-01"]
    for at, date in enumerate(told["dates"]):
        for side, path in (("a", first), ("b", second)):
            alone = odc("run", path, "--until", date, "--json").json
            assert told["series"]["cash"][side][at] == alone["cash_usd"]
            assert told["series"]["delivered"][side][at] == pytest.approx(alone["fleet"]["delivered_pflops"])
            assert told["series"]["work"][side][at] == pytest.approx(alone["totals"]["delivered_pflop_days"])


def test_a_day_before_it_shows_both_are_equal(odc: Odc, first: Path, second: Path) -> None:
    second.write_text(FOLLOW)
    seen = odc("diff", first, second, "--json").json["seen"]
    told = odc("diff", first, second, "--until", seen["date"], "--every", "1d", "--json").json
    difference = told["series"][seen["quantity"]]["difference"]
    assert difference[-1] != 0.0
    assert not any(difference[:-1])
    assert f"It shows first in {seen['quantity']}, on {seen['date']}." in odc("diff", first, second).out


def test_another_seed_parts_on_the_first_day(odc: Odc, first: Path, second: Path) -> None:
    text = WRITTEN.replace("seed = ", "seed = 1")
    assert text != WRITTEN
    second.write_text(text)
    told = odc("diff", first, second, "--json").json
    assert (told["first_order"], told["parted"]) == (None, "2026-11-22")


def test_the_same_order_on_another_day_is_another_order(odc: Odc, first: Path, second: Path) -> None:
    for path, date in ((first, "2028-04-01"), (second, "2028-05-01")):
        path.write_text(f'{WRITTEN}\n[[orders]]\ntype = "advance"\ndate = {date}\n\n{FOLLOW}')
    found = odc("diff", first, second, "--json").json
    assert found["first_order"]["a"]["date"] == "2028-04-01"
    assert found["first_order"]["b"]["date"] == "2028-05-01"
    assert found["parted"] == "2028-04-01"


def test_a_refused_campaign_is_one_line(odc: Odc, first: Path, second: Path) -> None:
    second.write_text('[[orders]]\ntype = "cancel"\nlaunch = "L7"\n')
    answer = odc("diff", first, second)
    assert answer.code == 1
    assert answer.err.startswith("odc: a.toml + b.toml:1: orders[")
    assert answer.err.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--series", "cahs"), 'did you mean "cash"?'),
        (("--series", ""), "is no quantity"),
        (("--every", "often"), "is no span of time"),
        (("--until", "2020-01-01"), "choose"),
    ],
)
def test_wrong_usage_is_one_line(arguments: tuple[str, ...], words: str, odc: Odc, first: Path) -> None:
    answer = odc("diff", first, "first-watts", *arguments)
    assert answer.code == 2
    assert words in answer.err
    assert answer.err.count("\n") == 1
