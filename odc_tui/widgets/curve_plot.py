"""Curves by year on a logarithmic scale, in braille or ASCII; each bears a letter, not colour alone."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from textual.strip import Strip

from odc_tui.present.numbers import figures
from odc_tui.widgets.braille import DOTS_ACROSS, DOTS_DOWN, BrailleCanvas, Ink, blank_dots, draw_polyline
from odc_tui.widgets.cells import CellGrid
from odc_tui.widgets.panel_widget import INK, PanelWidget

__all__ = ["Curve", "CurvePlot"]

_LEFT = 6
"""Cells of the value axis."""


@dataclass(frozen=True, slots=True)
class Curve:
    """One curve.

    Attributes:
        letter: written on it, and before its name in the key.
        ink: colour role.
        points: years and values above 0; a single value runs level across the plot.
        marks: letters at its points in place of a line.
    """

    letter: str
    ink: str
    points: tuple[tuple[float, float], ...]
    marks: bool = False


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where the axes lie."""

    first: float
    last: float
    low: float
    high: float

    @classmethod
    def around(cls, curves: Sequence[Curve]) -> _Frame | None:
        """Axes that hold every point, with a little air; None if there is nothing to hold."""
        years = [year for curve in curves for year, _ in curve.points if len(curve.points) > 1]
        values = [math.log10(value) for curve in curves for _, value in curve.points if value > 0.0]
        if not values or not years or max(years) <= min(years):
            return None
        low, high = min(values), max(values)
        air = max(0.03, 0.05 * (high - low))
        return cls(min(years), max(years), low - air, high + air)

    def places(self, curve: Curve, width: int, height: int) -> tuple[list[float], list[float]]:
        """The points of a curve as shares of the plot times its size, from left and from the top."""
        points = curve.points
        if len(points) == 1 and not curve.marks:
            points = ((self.first, points[0][1]), (self.last, points[0][1]))
        across = [(year - self.first) / (self.last - self.first) * (width - 1) for year, _ in points]
        down = [(self.high - math.log10(v)) / (self.high - self.low) * (height - 1) for _, v in points]
        return across, down


class CurvePlot(PanelWidget):
    """Shows curves; the last ones lie on top."""

    DEFAULT_CSS = "CurvePlot { height: 1fr; width: 1fr; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._curves: tuple[Curve, ...] = ()

    def show(self, curves: Sequence[Curve]) -> None:
        """Show curves, if they are others."""
        if tuple(curves) != self._curves:
            self._curves = tuple(curves)
            self.redraw()

    def build_strips(self, width: int, height: int) -> list[Strip]:
        """Axes, curves, letters."""
        grid = CellGrid(width, height, INK["text"])
        frame = _Frame.around(self._curves)
        if frame is not None and width > _LEFT + 8 and height > 3:
            self._draw_axes(grid, frame)
            self._draw_curves(grid, frame, width - _LEFT, height - 1)
        return grid.strips(self.ink_table(), self.plain)

    def _draw_axes(self, grid: CellGrid, frame: _Frame) -> None:
        bottom, rule = grid.height - 1, "|" if self.plain else "│"
        for row in range(bottom):
            grid.put(row, _LEFT - 1, rule, INK["groove"])
        for row, level in ((0, frame.high), (bottom // 2, 0.0), (bottom - 1, frame.low)):
            share = row / max(1, bottom - 1)
            value = 10.0 ** (level or frame.high + share * (frame.low - frame.high))
            grid.put_right(row, _LEFT - 1, figures(value, 2), INK["quiet"])
        grid.put(bottom, _LEFT, f"{math.floor(frame.first)}", INK["quiet"])
        middle = (frame.first + frame.last) / 2.0
        grid.put(bottom, _LEFT + (grid.width - _LEFT) // 2 - 2, f"{middle:.0f}", INK["quiet"])
        grid.put_right(bottom, grid.width, f"{frame.last:.0f}", INK["quiet"])

    def _draw_curves(self, grid: CellGrid, frame: _Frame, width: int, height: int) -> None:
        canvas = BrailleCanvas(width, height, INK["text"])
        for curve in self._curves:
            if not curve.marks:
                dots = blank_dots(width, height)
                across, down = frame.places(curve, width * DOTS_ACROSS, height * DOTS_DOWN)
                dash = (2, 2) if len(curve.points) == 1 else None
                draw_polyline(dots, np.array(across) + 0.5, np.array(down) + 0.5, dash)
                canvas.lay(Ink(dots, INK[curve.ink]))
        canvas.paint(grid, 0, _LEFT, self.plain)
        for number, curve in enumerate(self._curves):
            across, down = frame.places(curve, width, height)
            places = list(zip(across, down, strict=True))
            if not curve.marks:  # a letter on the line, each a little further on, so that none hides another
                column = min(width - 1, width * (2 * number + 3) // 16)
                places = [(column, float(np.interp(column, across, down)))]
            for x, y in places:
                grid.put(round(y), _LEFT + round(x), curve.letter, INK["strong"])
