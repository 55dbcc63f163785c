"""Branches in words: days, where campaigns part, tables of two and of several, bands of two on one scale."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from engine.analysis.branches import Futures, Parting, Seen
from engine.analysis.forecasting import Band, Forecast
from engine.events import date_of, day_of
from odc_tui.present.branches import branch_days, branch_pieces, luck_words, twin_pieces
from odc_tui.present.chrome import plain
from tests.ui.flying import flying_state

TODAY = day_of(dt.date(2027, 9, 1))
LATER = (day_of(dt.date(2028, 9, 1)), day_of(dt.date(2029, 9, 1)))


def test_branches_are_looked_at_yearly_from_where_they_part() -> None:
    days = branch_days(TODAY, day_of(dt.date(2029, 3, 1)))
    assert [date_of(day) for day in days] == [dt.date(year, 9, 1) for year in range(2028, 2035)]


def test_a_difference_has_its_sign_and_what_is_equal_says_so() -> None:
    figures = ({"cash": (1e6, 2e6)}, {"cash": (1e6, 5e6)})
    parting = Parting(None, TODAY, Seen(TODAY + 30, "cash"))
    told = plain(branch_pieces(Futures((parting,), LATER, figures), ("this campaign", "another")))
    assert "They part on 1 Sep 2027, and it shows first in cash, on 1 Oct 2027." in told
    first, second = (line for line in told.splitlines() if " Sep 20" in line and "M$" in line)
    assert first.endswith("none")
    assert second.endswith("+3.00 M$")


def test_campaigns_that_never_part_are_told_so() -> None:
    same = ({"cash": (1e6, 2e6)}, {"cash": (1e6, 2e6)})
    assert "never part" in plain(
        branch_pieces(Futures((Parting(None, None, None),), LATER, same), ("a", "b"))
    )


def test_of_several_campaigns_each_parts_from_the_first_and_shows_its_difference() -> None:
    figures = ({"cash": (1e6, 2e6)}, {"cash": (1e6, 5e6)}, {"cash": (3e6, 1.5e6)})
    partings = (Parting(None, TODAY, Seen(TODAY + 30, "cash")), Parting(None, TODAY + 60, None))
    names = ("this campaign", "another, from 2027-03-01", "a third")
    told = plain(branch_pieces(Futures(partings, LATER, figures), names))
    assert "another, from 2027-03-01 and this campaign part on 1 Sep 2027, and it shows first in cash" in told
    assert "a third and this campaign part on 31 Oct 2027; none of the figures below differs." in told
    first, second = (line.split() for line in told.splitlines() if " Sep 20" in line and "M$" in line)
    assert first[-4:] == ["M$", "none", "+2.00", "M$"]
    assert second[-4:] == ["+3.00", "M$", "−500", "k$"]
    assert all(len(line) <= 76 for line in told.splitlines() if "M$" in line)


def band(*values: float) -> Forecast:
    """A forecast of cash on one day."""
    return Forecast(LATER[:1], 40, {"cash": Band(*((value,) for value in values))}, 0, 0)


@pytest.mark.parametrize("width", [74, 114])
def test_bands_of_two_stand_on_one_scale(width: int) -> None:
    told = plain(twin_pieces(band(0.0, 1e6, 2e6), band(6e6, 8e6, 1e7), "a branch", "cash", width))
    head, this, other, *_ = told.splitlines()
    assert "P50" in head
    assert this.startswith("Sep 2028  this campaign")
    assert "a branch" in other
    assert this.index("┤") < other.index("├")
    assert this[this.index("├") :].rstrip().endswith("┤")
    assert max(len(this), len(other)) <= width


def test_what_ends_in_either_is_told_with_its_name() -> None:
    gone = replace(band(1.0, 1.0, 1.0), ended=3)
    told = plain(twin_pieces(gone, band(1.0, 1.0, 1.0), "a branch", "cash", 74))
    assert "This campaign is over by the end in 3 of 40" in told
    assert "A branch is over" not in told


def test_the_same_seed_is_the_same_luck() -> None:
    state = flying_state()
    assert luck_words(state, state, "B") == "Each future has the same luck on both sides."
    assert "another seed" in luck_words(state, replace(state, seed=state.seed + 1), "B")
    assert "begins on 22 Aug 2027" in luck_words(state, replace(state, day=state.day - 10), "B")
