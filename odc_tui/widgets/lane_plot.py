"""One pane of the orbit plot, drawn by textual-plot."""

from __future__ import annotations

from contextlib import ExitStack

import numpy as np
from numpy.typing import NDArray
from textual import events
from textual.app import ComposeResult, RenderResult
from textual.containers import Container, Grid
from textual.reactive import reactive
from textual.strip import Strip
from textual_hires_canvas import Canvas
from textual_plot import HiResMode, PlotWidget
from textual_plot.plot_widget import Legend

from odc_tui.widgets.braille import DOTS_ACROSS, DOTS_DOWN, BrailleCanvas, Patterns, decode
from odc_tui.widgets.inks import theme_colour
from odc_tui.widgets.orbit_series import Lane, OrbitSeries
from odc_tui.widgets.sparkline import spark
from odc_tui.widgets.sun_band import minute_cell


class FilledCanvas(Canvas):
    """A canvas whose lines always carry a style: Textual's filter for NO_COLOR cannot take one without."""

    def render_line(self, y: int) -> Strip:
        """A line of the canvas; beyond it, a blank one in the widget's own style."""
        if y < self._canvas_size.height and self._canvas_size.area:
            return super().render_line(y)
        return Strip.blank(self.size.width, self.rich_style)


class BarePlot(PlotWidget, can_focus=False):
    """A plot without margins, ticks, legend, zoom or focus."""

    margin_top = reactive(0)
    margin_bottom = reactive(0)
    margin_left = reactive(0)

    def __init__(self) -> None:
        super().__init__(allow_pan_and_zoom=False)
        self.set_xticks([])
        self.set_yticks([])

    def render(self) -> RenderResult:
        """Draw with one refresh a canvas instead of one a cell."""
        with ExitStack() as stack:
            for canvas in self.query(Canvas):
                stack.enter_context(canvas.batch_refresh())
            return super().render()

    def compose(self) -> ComposeResult:
        """The same parts as any plot, on canvases of our own."""
        with Grid():
            for part in ("margin-top", "margin-left", "plot", "margin-bottom"):
                yield FilledCanvas(1, 1, id=part)
        yield Legend(id="legend")


class LanePlot(Container):
    """The plot of one lane. Textual-plot draws a frame round its canvas; here that lies just out of view."""

    DEFAULT_CSS = """
    LanePlot {
        overflow: hidden;
        height: 1fr;
        width: 1fr;
        & > PlotWidget { offset: -1 -1; }
    }
    """

    def __init__(self, lane: Lane) -> None:
        super().__init__()
        self._lane = lane
        self._series: OrbitSeries | None = None
        self._drawn: tuple[OrbitSeries, int, int, int] | None = None

    def compose(self) -> ComposeResult:
        """The plot."""
        yield BarePlot()

    def show(self, series: OrbitSeries) -> None:
        """Show an orbit; redrawn only if the series or the cell of the present changed."""
        self._series = series
        self._draw()

    def on_resize(self, event: events.Resize) -> None:
        """Let the plot stand out by its frame on every side, and draw it anew."""
        plot = self.query_one(PlotWidget)
        plot.styles.width = event.size.width + 2
        plot.styles.height = event.size.height + 2
        self._draw()

    def notify_style_update(self) -> None:
        """The theme changed: the colours in the plot are plain strings, so draw it anew."""
        super().notify_style_update()
        self._drawn = None
        self.call_later(self._draw)

    def _draw(self) -> None:
        series, (width, height) = self._series, self.size
        plot = self.query_one(PlotWidget) if self.is_mounted else None
        if plot is None or not plot.is_mounted or series is None or width < 2 or height < 1:
            return
        now = -1 if series.now_minute is None else minute_cell(series, series.now_minute, width)
        if self._drawn and self._drawn[1:] == (width, height, now) and series.same_orbit(self._drawn[0]):
            return
        self._drawn = (series, width, height, now)
        plot.clear()
        plot.set_xlimits(float(series.minutes[0]), float(series.minutes[-1]))
        low, high = self._lane.limits(series)
        # Half a dot of air, so that a line along an axis limit keeps its full stroke.
        air = (high - low) / (8.0 * height)
        plot.set_ylimits(low - air, high + air)
        self._draw_grounds(plot, series, now, (low - air, high + air))
        self._draw_traces(plot, series, (low - air, high + air))

    def _colour(self, name: str) -> str:
        return theme_colour(self.app, f"role-{name}").hex6

    def _shade(self) -> str:
        return theme_colour(self.app, "role-shade").hex6

    def _draw_grounds(
        self, plot: PlotWidget, series: OrbitSeries, now: int, limits: tuple[float, float]
    ) -> None:
        """Shade as a darker ground, the present as a thin line: one mark in the middle of each cell."""
        height = self.size.height
        minutes = self._cell_minutes(series)
        levels = limits[0] + (np.arange(height) + 0.5) / height * (limits[1] - limits[0])
        shaded = series.shaded(minutes)
        if shaded.any():
            x, y = np.meshgrid(minutes[shaded], levels)
            plot.scatter(x.ravel(), y.ravel(), marker=" ", marker_style=f"on {self._shade()}")
        if now >= 0:
            ground = f" on {self._shade()}" if shaded[now] else ""
            x = np.full(height, minutes[now])
            plot.scatter(x, levels, marker="┊", marker_style=self._colour("quiet") + ground)

    def _draw_traces(self, plot: PlotWidget, series: OrbitSeries, limits: tuple[float, float]) -> None:
        """Draw every line as dots, one call a colour and ground.

        Textual-plot gives a cell to whoever draws in it last, so lines that share cells would cut each other
        up. All dots are joined here, and each cell drawn once, in its first line's colour.
        """
        width, height = self.size
        bounds = (float(series.minutes[0]), float(series.minutes[-1]), *limits)
        canvas = BrailleCanvas(width, height, ground=-1)
        for number in reversed(range(len(self._lane.traces))):
            trace = self._lane.traces[number]
            line = spark(series.minutes, getattr(series, trace.name), width, height, bounds, trace.dotted)
            canvas.lay_patterns(line.patterns, number)
        shaded = series.shaded(self._cell_minutes(series))
        for number, trace in enumerate(self._lane.traces):
            for ground in (False, True):
                cells = (canvas.styles == number) & (shaded == ground)
                if cells.any():
                    x, y = self._dot_places(canvas.patterns, cells, bounds)
                    style = self._colour(trace.ink) + (f" on {self._shade()}" if ground else "")
                    plot.scatter(x, y, marker_style=style, hires_mode=HiResMode.BRAILLE)

    def _cell_minutes(self, series: OrbitSeries) -> NDArray[np.floating]:
        """The minute in the middle of each cell of the plot."""
        width = self.size.width
        step = series.period_minutes / width
        minutes: NDArray[np.floating] = series.minutes[0] + (np.arange(width) + 0.5) * step
        return minutes

    def _dot_places(
        self, patterns: Patterns, cells: NDArray[np.bool_], bounds: tuple[float, float, float, float]
    ) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
        """Minute and value in the middle of each dot of the chosen cells."""
        rows, columns = np.nonzero(decode(np.where(cells, patterns, 0)))
        left, right, bottom, top = bounds
        width, height = self.size
        x = left + (columns + 0.5) / (DOTS_ACROSS * width) * (right - left)
        return x, top - (rows + 0.5) / (DOTS_DOWN * height) * (top - bottom)
