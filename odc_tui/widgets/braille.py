"""Dots on a terminal: boolean dot grids, vectorised lines, and their braille or ASCII characters.

A cell holds 2 x 4 dots. A dot grid is a boolean array of shape (4 * height, 2 * width), row 0 on top. Lines
and points take dot coordinates as floats: x rightward, y downward, the dot in row r and column c covers [c,
c+1) x [r, r+1).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from odc_tui.widgets.cells import BLANK, CellGrid

DOTS_ACROSS = 2
DOTS_DOWN = 4
BRAILLE_BASE = 0x2800

Dots = NDArray[np.bool_]
Patterns = NDArray[np.uint8]
Floats = NDArray[np.floating]

# Bit of each dot by row and column in its cell, as the Unicode chart U+2800 orders them.
_BITS = ((0, 3), (1, 4), (2, 5), (6, 7))


def blank_dots(width: int, height: int) -> Dots:
    """A dot grid with no dot set, for width x height cells."""
    return np.zeros((max(0, height) * DOTS_DOWN, max(0, width) * DOTS_ACROSS), dtype=np.bool_)


def encode(dots: Dots) -> Patterns:
    """Pack a dot grid into braille patterns.

    Args:
        dots: bool (4 * height, 2 * width).

    Returns:
        uint8 (height, width); add `BRAILLE_BASE` for the code point.
    """
    # Each cell's row as one little-endian number: left dot in bit 0, right dot in bit 8.
    pairs = np.ascontiguousarray(dots).view(np.dtype("<u2"))
    joined = (
        pairs[0::DOTS_DOWN] | pairs[1::DOTS_DOWN] << 1 | pairs[2::DOTS_DOWN] << 2 | pairs[3::DOTS_DOWN] << 6
    )
    patterns = joined & 0x47 | joined >> 5 & 0x38 | joined >> 7 & 0x80
    return patterns.astype(np.uint8)


def decode(patterns: Patterns) -> Dots:
    """The dot grid of braille patterns; the inverse of `encode`.

    Args:
        patterns: uint8 (height, width).

    Returns:
        bool (4 * height, 2 * width).
    """
    height, width = patterns.shape
    dots = blank_dots(width, height)
    for row, bits in enumerate(_BITS):
        for column, bit in enumerate(bits):
            dots[row::DOTS_DOWN, column::DOTS_ACROSS] = patterns >> bit & 1
    return dots


def draw_points(dots: Dots, x: Floats, y: Floats) -> None:
    """Set one dot a point; points outside the grid or not finite are left out."""
    if x.size == 0 or dots.size == 0:
        return
    keep = (x >= 0) & (x < dots.shape[1]) & (y >= 0) & (y < dots.shape[0])
    dots[y[keep].astype(np.intp), x[keep].astype(np.intp)] = True


def draw_segments(dots: Dots, start: Floats, end: Floats, dash: tuple[int, int] | None = None) -> None:
    """Draw straight lines, all at once.

    Args:
        dots: the grid to draw on.
        start: (n, 2) x and y of each first end.
        end: (n, 2) x and y of each second end.
        dash: (on, off) in dots along the whole run of lines, or None for solid.
    """
    finite = np.isfinite(start).all(axis=1) & np.isfinite(end).all(axis=1)
    start, end = start[finite], end[finite]
    if start.size == 0 or dots.size == 0:
        return
    # A line far outside the grid would cost memory and show nothing: cap its steps.
    span = np.minimum(np.abs(end - start).max(axis=1), 4.0 * sum(dots.shape))
    steps = np.ceil(span).astype(np.intp) + 1
    line = np.repeat(np.arange(steps.size), steps)
    first = np.cumsum(steps) - steps
    along = np.arange(line.size) - first[line]
    share = along / np.maximum(steps - 1, 1)[line]
    points = start[line] + share[:, None] * (end - start)[line]
    if dash is not None:
        # The last dot of a line is the first of the next: count it once, so that dashes run on evenly.
        points = points[(np.arange(line.size) - line) % sum(dash) < dash[0]]
    draw_points(dots, points[:, 0], points[:, 1])


def draw_polyline(dots: Dots, x: Floats, y: Floats, dash: tuple[int, int] | None = None) -> None:
    """Draw one line through all points in order (see `draw_segments`)."""
    points = np.column_stack((x, y))
    draw_segments(dots, points[:-1], points[1:], dash)


@dataclass(frozen=True)
class Ink:
    """One drawn layer: its dots, its style number, and whether it blanks what lies under it in its cells."""

    dots: Dots
    style: int
    covers: bool = False


class BrailleCanvas:
    """Dot layers stacked from the bottom up; the topmost layer in a cell gives the cell its style.

    Attributes:
        patterns: uint8 (height, width), the dots of each cell.
        styles: int16 (height, width), the style number of each cell; `ground` where no dot is set.
    """

    def __init__(self, width: int, height: int, ground: int = 0) -> None:
        self.patterns: Patterns = np.zeros((max(0, height), max(0, width)), dtype=np.uint8)
        self.styles = np.full(self.patterns.shape, ground, dtype=np.int16)

    def lay(self, ink: Ink) -> None:
        """Lay a layer of dots over everything so far."""
        self.lay_patterns(encode(ink.dots), ink.style, ink.covers)

    def lay_patterns(self, patterns: Patterns, style: int | NDArray[np.int16], covers: bool = False) -> None:
        """Lay cells of dots over everything so far.

        Args:
            patterns: uint8 (height, width), 0 where the layer has nothing.
            style: one style number, or one a cell (height, width).
            covers: blank the lower layers in the cells touched, instead of joining the dots.
        """
        touched = patterns != 0
        if covers:
            np.copyto(self.patterns, patterns, where=touched)
        else:
            self.patterns |= patterns
        np.copyto(self.styles, np.asarray(style, dtype=np.int16), where=touched)

    def codes(self, ascii_only: bool = False) -> NDArray[np.uint32]:
        """The code point of each cell: braille, or the ASCII character of nearest shape."""
        return pattern_codes(self.patterns, ascii_only)

    def paint(self, grid: CellGrid, row: int = 0, column: int = 0, ascii_only: bool = False) -> None:
        """Copy the canvas into a cell grid at a place; it must fit."""
        height, width = self.patterns.shape
        grid.codes[row : row + height, column : column + width] = self.codes(ascii_only)
        grid.styles[row : row + height, column : column + width] = self.styles


def pattern_codes(patterns: Patterns, ascii_only: bool = False) -> NDArray[np.uint32]:
    """Code points of braille patterns, with spaces for empty ones.

    Args:
        patterns: uint8 array of any shape.
        ascii_only: choose the ASCII character of nearest shape instead.

    Returns:
        uint32 array of the same shape.
    """
    return (_ASCII_CODES if ascii_only else _BRAILLE_CODES)[patterns]


def _ascii_shape(pattern: int) -> str:
    """The ASCII character that looks most like a dot pattern: by height of its dots, slope and fullness."""
    rows = [[pattern >> bit & 1 for bit in row] for row in _BITS]
    count = sum(map(sum, rows))
    if count == 0:
        return " "
    if count >= 7:
        return "#"
    filled = [row for row, cells in enumerate(rows) if any(cells)]
    left = [row for row in filled if rows[row][0]]
    right = [row for row in filled if rows[row][1]]
    if len(filled) == 1:
        return ("'", "-", "-", ".")[filled[0]] if count == 2 else ("'", "'", ".", ".")[filled[0]]
    if len(filled) >= 3 and not (left and right):
        return "|"
    if left and right and max(left) < min(right):
        return "\\"
    if left and right and max(right) < min(left):
        return "/"
    return "%" if count >= 5 else ("|" if len(filled) >= 3 else ":")


_BRAILLE_CODES = np.arange(BRAILLE_BASE, BRAILLE_BASE + 256, dtype=np.uint32)
_BRAILLE_CODES[0] = BLANK
_ASCII_CODES = np.array([ord(_ascii_shape(pattern)) for pattern in range(256)], dtype=np.uint32)
