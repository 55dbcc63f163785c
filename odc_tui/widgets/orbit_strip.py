"""The line parts of the orbit plot: the band of sun and shade, labels beside the lanes, the small variant."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from textual.strip import Strip

from odc_tui.widgets.cells import CellGrid
from odc_tui.widgets.orbit_series import LANES, Lane, OrbitSeries, Trace
from odc_tui.widgets.panel_widget import INK, PanelWidget
from odc_tui.widgets.sparkline import ascii_spark, spark
from odc_tui.widgets.sun_band import SunBand

LEFT_CELLS = 13
"""Cells left of the plot: lane and axis."""
RIGHT_CELLS = 18
"""Cells right of the plot: each line's name and value now."""
_LENGTH_CELLS = 18


class SeriesWidget(PanelWidget):
    """A line-rendered widget that shows an `OrbitSeries`."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._series: OrbitSeries | None = None

    def show(self, series: OrbitSeries) -> None:
        """Show an orbit; while the widget is hidden it is only remembered."""
        self._series = series
        self._strips = None
        if self.display:
            self.refresh()

    def build_strips(self, width: int, height: int) -> list[Strip]:
        """Draw the orbit, if there is one."""
        grid = CellGrid(width, height, INK["text"])
        if self._series is not None:
            self.draw(grid, self._series)
        return grid.strips(self.ink_table(), self.plain)

    def draw(self, grid: CellGrid, series: OrbitSeries) -> None:
        """Draw an orbit onto a grid."""
        raise RuntimeError(
            f"{type(self).__name__} does not draw an orbit of {series.period_minutes} min on {grid}"
        )


class LaneAxis(SeriesWidget):
    """Title and axis limits of a lane, at its left."""

    def __init__(self, lane: Lane) -> None:
        super().__init__()
        self._lane = lane

    def show(self, series: OrbitSeries) -> None:
        """Show an orbit; the present does not matter to the axis."""
        if self._series is None or not series.same_orbit(self._series):
            super().show(series)

    def draw(self, grid: CellGrid, series: OrbitSeries) -> None:
        """Title above, unit below, limits at the top and bottom of the axis."""
        low, high = self._lane.limits(series)
        end = grid.width - 1
        rule = "|" if self.plain else "│"
        for row in range(grid.height):
            grid.put(row, end, rule, INK["groove"])
        grid.put(0, 0, self._lane.title, INK["strong"])
        top, unit = self._lane.figure(high, series)
        grid.put_right(0, end, top, INK["quiet"])
        if grid.height > 1:
            grid.put(1, 0, unit, INK["quiet"])
            grid.put_right(grid.height - 1, end, self._lane.figure(low, series)[0], INK["quiet"])


class LaneNow(SeriesWidget):
    """Names and present values of a lane's lines, at its right: legend and reading in one."""

    def __init__(self, lane: Lane) -> None:
        super().__init__()
        self._lane = lane

    def draw(self, grid: CellGrid, series: OrbitSeries) -> None:
        """One line of text a line of the plot."""
        for row, trace in enumerate(self._lane.traces):
            put_reading(grid, row, 1, grid.width, self._lane, trace, series, self.plain)


def put_reading(
    grid: CellGrid,
    row: int,
    start: int,
    end: int,
    lane: Lane,
    trace: Trace,
    series: OrbitSeries,
    ascii_only: bool,
) -> None:
    """Write a sample of the line, its name and, if there is a now, its value now."""
    sample = ("::" if trace.dotted else "--") if ascii_only else ("⠂⠂" if trace.dotted else "⠒⠒")
    column = grid.put(row, start, sample, INK[trace.ink])
    grid.put(row, column + 1, trace.label, INK["quiet"])
    if series.now_minute is not None:
        grid.put_right(
            row, end, " ".join(lane.figure(series.at(trace.name, series.now_minute), series)), INK["strong"]
        )


class OrbitBand(SeriesWidget):
    """One line: where the orbit runs through sun and shade, how long, and where it is now."""

    def __init__(self, *, left: int = LEFT_CELLS, right: int = RIGHT_CELLS) -> None:
        super().__init__()
        self.left, self.right = left, right

    def draw(self, grid: CellGrid, series: OrbitSeries) -> None:
        """Phases as a labelled band, the present as a diamond."""
        width = max(1, grid.width - self.left - self.right)
        band = SunBand(series, width, self.plain)
        band.put(grid, 0, self.left)
        if self.left >= 6:
            grid.put(0, 0, "ORBIT", INK["strong"])
        if self.right >= 10:
            put_length(grid, 0, grid.width - self.right + 4, band)


def put_length(grid: CellGrid, row: int, start: int, band: SunBand) -> None:
    """Write the length that the band itself does not tell, at the right of it."""
    name, minutes = band.length()
    grid.put(row, start, name, INK["quiet"])
    grid.put_right(row, grid.width, minutes, INK["strong"])


class OrbitStrip(SeriesWidget):
    """The orbit in a few lines: a braille sparkline a series, then the band of sun and shade.

    Lines go out in this order: band, array, charge, radiator, load, chips; what finds none is left out.
    """

    DEFAULT_CSS = "OrbitStrip { height: 6; width: 1fr; }"
    _ORDER = ("array_w", "charge_fraction", "radiator_k", "load_w", "junction_k")

    def draw(self, grid: CellGrid, series: OrbitSeries) -> None:
        """One line a series, then the band."""
        wanted = self._ORDER[: max(0, grid.height - 1)] if grid.height > 1 else ()
        shown = [(lane, trace) for lane in LANES for trace in lane.traces if trace.name in wanted]
        reading = min(22, grid.width // 2)
        width = grid.width - reading - 1
        for row, (lane, trace) in enumerate(shown):
            put_reading(grid, row, width + 1, grid.width, lane, trace, series, self.plain)
            self._put_line(grid, row, width, lane, trace, series)
        row, band = min(len(shown), grid.height - 1), SunBand(series, max(1, width), self.plain)
        band.put(grid, row, 0)
        if reading >= _LENGTH_CELLS:
            put_length(grid, row, width + 4, band)

    def _put_line(
        self, grid: CellGrid, row: int, width: int, lane: Lane, trace: Trace, series: OrbitSeries
    ) -> None:
        if width < 1:
            return
        values = getattr(series, trace.name)
        bounds = (
            float(series.minutes[0]),
            float(series.minutes[-1]),
            *_close_limits(values, lane.limits(series)),
        )
        if self.plain:
            grid.put(row, 0, ascii_spark(series.minutes, values, width, bounds), INK[trace.ink])
            return
        canvas = spark(series.minutes, values, width, 1, bounds, trace.dotted)
        canvas.styles[:] = INK[trace.ink]
        canvas.paint(grid, row, 0)


def _close_limits(values: NDArray[np.floating], lane: tuple[float, float]) -> tuple[float, float]:
    """Limits for a single line of text: its own range, unless that is next to nothing on the lane's axis."""
    known = values[np.isfinite(values)]
    if not known.size or np.ptp(known) < 0.05 * (lane[1] - lane[0]):
        return lane
    return float(known.min()), float(known.max())
