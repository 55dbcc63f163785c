"""What a table of lines is told: its columns, its cells, and where its rows come from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

__all__ = ["Cell", "Column", "NoRows", "Place", "Rows", "fit_columns", "scroll_thumb"]

Place = tuple[int, int, int]
"""Number of a column, its first cell, its width."""

_GAP = 1
_MARK_CELLS = 2


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        title: heading, plain text.
        width: cells across; 0 takes the rest of the line, for the last column.
        right: numbers end on the right.
        rank: columns with the highest rank go first where space is short; 0 always stays.
        mark: shown behind the title, as the arrow of the sorted column.
    """

    title: str
    width: int
    right: bool = False
    rank: int = 0
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one place.

    Attributes:
        text: plain text, never markup.
        style: `text`, `strong`, `quiet`, `ok`, `warn`, `risk`, `groove` or a role's name.
    """

    text: str
    style: str = "text"


class Rows(Protocol):
    """Where a table gets its lines from; called only for lines on the screen."""

    def __len__(self) -> int:
        """How many lines there are."""
        ...

    def cells(self, row: int) -> Sequence[Cell]:
        """One cell a column, or a single cell that runs across the whole line."""
        ...


class NoRows:
    """A table without lines."""

    def __len__(self) -> int:
        return 0

    def cells(self, row: int) -> Sequence[Cell]:
        """There is no line to ask for."""
        raise IndexError(f"an empty table has no row {row}")


def fit_columns(columns: Sequence[Column], width: int) -> list[Place]:
    """The columns that fit, behind the mark of the cursor; those of the highest rank go first.

    Args:
        columns: all of them, left to right.
        width: cells of a line.
    """
    kept = list(range(len(columns)))
    while kept and _MARK_CELLS + sum(columns[number].width + _GAP for number in kept) > width:
        least = max(reversed(kept), key=lambda number: columns[number].rank)
        if columns[least].rank == 0:
            break
        kept.remove(least)
    places, left = [], _MARK_CELLS
    for number in kept:
        cells = columns[number].width or max(0, width - left - _GAP)
        places.append((number, left, cells))
        left += cells + _GAP
    return places


def scroll_thumb(total: int, shown: int, top: int) -> range | None:
    """Which lines of a scroll bar are thick; None where everything is in sight.

    Args:
        total: rows in all.
        shown: rows in sight.
        top: the first row in sight.
    """
    if total <= shown or shown < 2:
        return None
    size = max(1, shown * shown // total)
    start = (shown - size) * top // max(1, total - shown)
    return range(start, start + size)
