"""A grid of character cells: numpy code points and style numbers in, Textual strips out.

Every line-rendered widget draws on one of these. Text is laid down cell by cell and never read as markup;
control characters and characters without width are dropped, so nothing a player types can reach the terminal
as a command.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial
from itertools import repeat
from unicodedata import category, normalize

import numpy as np
from numpy.typing import NDArray
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

BLANK = 0x20
_LAST_ASCII = 0x7E
_ASCII_FOR = {"−": "-", "–": "-", "·": "-", "…": "~", "×": "x", "°": "d", "’": "'", "▲": "^", "▼": "v"}
_new_segment: Callable[[Iterable[object]], Segment] = partial(tuple.__new__, Segment)
_CONTINUED = 0  # the right half of a double-width character

Codes = NDArray[np.uint32]
StyleNumbers = NDArray[np.int16]


@lru_cache(maxsize=2048)
def printable(text: str) -> str:
    """The text without control, format, surrogate and zero-width characters; line breaks become spaces."""
    spaced = text.replace("\n", " ").replace("\t", " ")
    return "".join(c for c in spaced if category(c)[0] != "C" and cell_len(c) > 0)


def text_cells(text: str) -> int:
    """How many cells `put` needs for this text."""
    return cell_len(printable(text))


def shorten(text: str, width: int, ascii_only: bool = False) -> str:
    """Cut the text to at most `width` cells, with an ellipsis where something was cut."""
    clean = printable(text)
    if cell_len(clean) <= width:
        return clean
    mark = "~" if ascii_only else "…"
    kept = ""
    for character in clean:
        if cell_len(kept + character) > width - 1:
            break
        kept += character
    return kept.rstrip() + mark if width > 0 else ""


class CellGrid:
    """Characters and styles of a rectangle of cells.

    Attributes:
        codes: uint32 (height, width), the code point of each cell.
        styles: int16 (height, width), the style number of each cell.
    """

    def __init__(self, width: int, height: int, style: int = 0) -> None:
        self.width = max(0, width)
        self.height = max(0, height)
        self.codes: Codes = np.full((self.height, self.width), BLANK, dtype=np.uint32)
        self.styles: StyleNumbers = np.full((self.height, self.width), style, dtype=np.int16)

    def put(self, row: int, column: int, text: str, style: int, max_cells: int | None = None) -> int:
        """Write text from a cell rightward, clipped to the grid.

        Args:
            row: the line; nothing happens outside the grid.
            column: first cell, may be negative.
            text: plain text, never markup.
            style: style number.
            max_cells: cut with an ellipsis beyond this many cells.

        Returns:
            The column after the last character.
        """
        clean = printable(text) if max_cells is None else shorten(text, max_cells)
        if cell_len(clean) == len(clean):  # one cell a character, as nearly always: all at once
            self._put_narrow(row, column, clean, style)
            return column + len(clean)
        for character in clean:
            cells = cell_len(character)
            self._put_one(row, column, ord(character), cells, style)
            column += cells
        return column

    def put_right(self, row: int, end: int, text: str, style: int) -> int:
        """Write text so that it ends before column `end`; returns its first column."""
        start = end - text_cells(text)
        self.put(row, start, text, style)
        return start

    def _put_narrow(self, row: int, column: int, text: str, style: int) -> None:
        start, end = max(0, column), min(self.width, column + len(text))
        if 0 <= row < self.height and start < end:
            shown = text[start - column : end - column].encode("utf-32-le")
            self.codes[row, start:end] = np.frombuffer(shown, dtype="<u4")
            self.styles[row, start:end] = style

    def _put_one(self, row: int, column: int, code: int, cells: int, style: int) -> None:
        if not 0 <= row < self.height or column < 0 or column + cells > self.width:
            return
        self.codes[row, column : column + cells] = _CONTINUED
        self.codes[row, column] = code
        self.styles[row, column : column + cells] = style

    def strips(self, table: Sequence[Style], ascii_only: bool = False) -> list[Strip]:
        """Render each line to a strip, with equal neighbouring styles in one segment.

        Args:
            table: the style of each style number.
            ascii_only: put the nearest ASCII character for any other, `?` if there is none.

        Returns:
            One strip a line, each exactly `width` cells long.
        """
        if self.width == 0 or self.height == 0:
            return [Strip([], 0) for _ in range(self.height)]
        if ascii_only:
            self._to_ascii()
        text = self.codes.astype("<u4").tobytes().decode("utf-32-le")
        if not self.codes.all():
            return self._strips_with_wide(text, table)
        return [Strip(segments, self.width) for segments in self._runs(text, table)]

    def _to_ascii(self) -> None:
        # The one character that stands in for a double-width one leaves its right half blank.
        self.codes[self.codes == _CONTINUED] = BLANK
        for code in np.unique(self.codes[self.codes > _LAST_ASCII]).tolist():
            bare = normalize("NFKD", _ASCII_FOR.get(chr(code), chr(code)))[:1]
            self.codes[self.codes == code] = ord(bare) if bare and ord(bare) <= _LAST_ASCII else ord("?")

    def _strips_with_wide(self, text: str, table: Sequence[Style]) -> list[Strip]:
        mended = [
            [Segment(segment.text.replace("\0", ""), segment.style) for segment in segments]
            for segments in self._runs(text, table)
        ]
        return [Strip(segments, self.width) for segments in mended]

    def _runs(self, text: str, table: Sequence[Style]) -> list[list[Segment]]:
        flat = self.styles.ravel()
        new_run = np.empty(flat.size, dtype=bool)
        new_run[1:] = flat[1:] != flat[:-1]
        new_run[:: self.width] = True
        starts = np.flatnonzero(new_run)
        numbers = flat[starts].tolist()
        runs_per_row = np.add.reduceat(new_run, np.arange(0, flat.size, self.width), dtype=np.intp)
        edges = [*starts.tolist(), flat.size]
        spans = map(slice, edges[:-1], edges[1:])
        inks = map(table.__getitem__, numbers)
        # A frame of the map is a few thousand segments: building them without a Python-level call each halves
        # it.
        segments = list(map(_new_segment, zip(map(text.__getitem__, spans), inks, repeat(None))))
        row_ends = np.cumsum(runs_per_row).tolist()
        return [segments[a:b] for a, b in zip([0, *row_ends[:-1]], row_ends, strict=True)]
