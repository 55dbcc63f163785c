"""Where a lesson was left, and how it is found again."""

from __future__ import annotations

import pytest

from odc_tui.guide import LessonRun
from odc_tui.lessons import Bookmark, bookmark, left_in, read
from odc_tui.paths import assets_dir


def shelf(name: str) -> str:
    return (assets_dir() / name).read_text("utf-8")


def run(index: int = 0) -> LessonRun:
    return LessonRun(read("first-flight", shelf), index)


def test_a_lesson_goes_on_where_it_was_left() -> None:
    kept = bookmark(run(3), "first-light", ())
    found = left_in("first-light", kept, shelf)
    assert found is not None
    assert (found.lesson.id, found.index) == ("first-flight", 3)
    assert left_in("first-light-2", kept, shelf) is None


@pytest.mark.parametrize("kept", ["", "first-flight", "first-flight x first-light", "gone 2 first-light"])
def test_a_bookmark_of_no_use_is_no_lesson(kept: str) -> None:
    assert left_in("first-light", kept.split(), shelf) is None


def test_a_bookmark_beyond_the_last_page_opens_the_last_word() -> None:
    found = left_in("first-light", ("first-flight", "99", "first-light"), shelf)
    assert found is not None
    assert found.step is None
    assert not found.finished


def test_leaving_a_lesson_takes_its_own_bookmark_out_and_no_other() -> None:
    mine, theirs = ("first-flight", "3", "first-light"), ("first-flight", "1", "another")
    assert bookmark(None, "first-light", mine) == ()
    assert bookmark(None, "first-light", theirs) == theirs
    assert Bookmark.read(theirs) == Bookmark("first-flight", 1, "another")
