"""One orbit of power, charge and temperatures: three panes of textual-plot over a band of sun and shade."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.reactive import var
from textual.widget import Widget

from odc_tui.widgets.lane_plot import LanePlot
from odc_tui.widgets.orbit_series import LANES, OrbitSeries
from odc_tui.widgets.orbit_strip import (
    LEFT_CELLS,
    RIGHT_CELLS,
    LaneAxis,
    LaneNow,
    OrbitBand,
    OrbitStrip,
)

__all__ = ["OrbitPlot", "OrbitSeries"]

_SMALLEST_WIDTH = 60
_SMALLEST_HEIGHT = 7


class OrbitPlot(Widget):
    """One orbit: three lanes with axes and present values, or a few sparklines where there is little room.

    From 60 x 7 cells on, textual-plot draws the lanes; below, and in ASCII, an `OrbitStrip` does.
    """

    DEFAULT_CSS = """
    OrbitPlot {
        height: 1fr;
        width: 1fr;
        layout: vertical;
        & LaneAxis { height: 1fr; }
        & LaneNow { height: 1fr; }
        & > OrbitBand { height: 1; }
        & > OrbitStrip { height: 1fr; display: none; }
        &.-compact > .lane { display: none; }
        &.-compact > OrbitBand { display: none; }
        &.-compact > OrbitStrip { display: block; }
    }
    """

    ascii_only: var[bool | None] = var(None)

    def __init__(
        self,
        series: OrbitSeries | None = None,
        *,
        name: str | None = None,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._series = series

    def compose(self) -> ComposeResult:
        """Lanes with axis and readings, the band, and the small variant in waiting."""
        for lane in LANES:
            with Horizontal(classes="lane"):
                axis, now = LaneAxis(lane), LaneNow(lane)
                axis.styles.width, now.styles.width = LEFT_CELLS, RIGHT_CELLS
                yield axis
                yield LanePlot(lane)
                yield now
        yield OrbitBand()
        yield OrbitStrip()

    @property
    def series(self) -> OrbitSeries | None:
        """The orbit on show."""
        return self._series

    @property
    def compact(self) -> bool:
        """Whether the small variant is on show."""
        return self.has_class("-compact")

    def on_mount(self) -> None:
        """Show what was given at the start."""
        if self._series is not None:
            self.show(self._series)

    def on_resize(self, event: events.Resize) -> None:
        """Choose the variant that fits, and give spare lines to power first, then to heat."""
        self._choose(event.size.width, event.size.height)
        lines, spare = divmod(max(0, event.size.height - 1), len(LANES))
        for lane, first in zip(self.query(".lane"), (spare > 0, False, spare > 1), strict=True):
            lane.styles.height = lines + first

    def watch_ascii_only(self) -> None:
        """Textual-plot has no ASCII lines: the small variant has."""
        self._choose(*self.size)

    def _choose(self, width: int, height: int) -> None:
        plain = (
            self.ascii_only if self.ascii_only is not None else bool(getattr(self.app, "ascii_only", False))
        )
        small = plain or width < _SMALLEST_WIDTH or height < _SMALLEST_HEIGHT
        self.set_class(small, "-compact")
        for strip in self.query(OrbitStrip):
            strip.ascii_only = self.ascii_only
        if self._series is not None and self.is_mounted:
            self.show(self._series)

    def show(self, series: OrbitSeries) -> None:
        """Show an orbit; hidden parts are told too, so that a resize needs no new data."""
        self._series = series
        for part in self.query(LanePlot):
            if not self.compact:
                part.show(series)
        for widget in (
            *self.query(LaneAxis),
            *self.query(LaneNow),
            *self.query(OrbitBand),
            *self.query(OrbitStrip),
        ):
            widget.show(series)
