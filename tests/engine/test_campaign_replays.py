"""Whole campaigns come out as they did: integers exactly, values to six figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import replays


@pytest.mark.parametrize("campaign", replays.campaigns(), ids=lambda path: path.stem)
def test_a_campaign_comes_out_as_it_did(campaign: Path) -> None:
    now, then = replays.played(campaign), replays.kept(campaign)
    assert [row["date"] for row in now] == [row["date"] for row in then]
    for row, expected in zip(now, then, strict=True):
        assert row == expected, f"{row['date']}; if this was meant: python -m tests.replays"


def test_the_replays_hold_what_they_are_kept_for() -> None:
    last = {path.stem: replays.kept(path)[-1] for path in replays.campaigns()}
    assert last["grounded"]["flights_failed"] >= 1
    assert last["two-rockets"]["batches"] >= 3
    assert all(row["events"] > 40 for row in last.values())
