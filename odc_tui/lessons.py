"""The lessons on the shelf: reading one, and finding the page again in a campaign that was left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields

from engine.errors import InputError
from odc_tui.guide import Lesson, LessonRun, parse_lesson

__all__ = ["Bookmark", "bookmark", "left_in", "read"]

ReadAsset = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Bookmark:
    """Where a lesson was left: its id, the step, and the slug of the campaign it is taken in."""

    lesson: str
    index: int
    campaign: str

    @classmethod
    def read(cls, words: Sequence[str]) -> Bookmark | None:
        """From its three words; None from any others."""
        if len(words) != len(fields(cls)) or not words[1].isdecimal():
            return None
        return cls(words[0], int(words[1]), words[2])

    @property
    def words(self) -> tuple[str, ...]:
        """As the settings keep it."""
        return self.lesson, str(self.index), self.campaign


def read(name: str, read_asset: ReadAsset) -> Lesson:
    """The lesson with an id.

    Raises:
        OSError: there is none.
        InputError: it cannot be used.
    """
    return parse_lesson(read_asset(f"lessons/{name}.toml"), f"{name}.toml")


def left_in(campaign: str, kept: Sequence[str], read_asset: ReadAsset) -> LessonRun | None:
    """The lesson that was under way in a campaign; a lesson that is no more is no reason not to play.

    Args:
        campaign: its slug.
        kept: the bookmark as the settings keep it.
        read_asset: gives the text of a shipped file.
    """
    mark = Bookmark.read(kept)
    if mark is None or mark.campaign != campaign:
        return None
    try:
        return LessonRun(read(mark.lesson, read_asset), mark.index)
    except (OSError, InputError):
        return None


def bookmark(run: LessonRun | None, campaign: str, kept: Sequence[str]) -> tuple[str, ...]:
    """The bookmark to keep now, in place of the one kept: that of another campaign stays where it is."""
    if run is not None:
        return Bookmark(run.lesson.id, run.index, campaign).words
    mark = Bookmark.read(kept)
    return tuple(kept) if mark is not None and mark.campaign != campaign else ()
