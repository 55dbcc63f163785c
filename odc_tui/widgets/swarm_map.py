"""The swarm over the Earth: coast, day and night, a dot a satellite, the batch in focus, its way ahead."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from rich.style import Style
from textual import events
from textual.color import Color
from textual.message import Message
from textual.reactive import var
from textual.strip import Strip

from odc_tui.widgets.coastline import Coastline
from odc_tui.widgets.geo import fit_map
from odc_tui.widgets.inks import theme_colour
from odc_tui.widgets.map_frame import MapFrame, MapSite
from odc_tui.widgets.map_layers import MapOptions, compose
from odc_tui.widgets.map_scene import MapScene, build_scene
from odc_tui.widgets.map_styles import COLOURS, GROUND_LEVELS, MARGIN
from odc_tui.widgets.strip_widget import StripWidget

__all__ = ["MapFrame", "MapSite", "SwarmMap", "nearest_satellite"]

_LABELS_FROM_CELLS = 70
_SAME_AS = {"satellite-many": "satellite"}
_BOLD = frozenset({"satellite-many", "focus", "focus-shade", "site", "sun"})


class SwarmMap(StripWidget):
    """A world map drawn from `MapFrame`s.

    | reactive | meaning |
    | :- | :- |
    | `center_lon_deg` | longitude in the middle of the map |
    | `graticule` | dotted lines every 30 degrees |
    | `labels` | names of ground sites, on maps at least 70 cells wide |
    """

    DEFAULT_CSS = """
    SwarmMap {
        width: 1fr;
        height: 1fr;
    }
    """

    center_lon_deg: var[float] = var(0.0)
    graticule: var[bool] = var(False)
    labels: var[bool] = var(True)

    @dataclass
    class SatellitePicked(Message):
        """A click on the map, and the satellite nearest to it.

        Attributes:
            map: the widget.
            index: the satellite's index in the frame.
            lat_deg: latitude under that satellite.
            lon_deg: its longitude.
        """

        map: SwarmMap
        index: int
        lat_deg: float
        lon_deg: float

        @property
        def control(self) -> SwarmMap:
            """The widget, for `@on` selectors."""
            return self.map

    def __init__(
        self,
        coastline: Coastline,
        *,
        frame: MapFrame | None = None,
        name: str | None = None,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._coastline = coastline
        self._frame = frame or MapFrame(0.0, 0.0)
        self._scene: MapScene | None = None
        self._table: list[Style] | None = None
        self._table_base = Style()

    @property
    def frame(self) -> MapFrame:
        """The frame on show."""
        return self._frame

    def show(self, frame: MapFrame) -> None:
        """Show a frame; it is drawn at the next repaint, so frames that come too fast cost nothing."""
        self._frame = frame
        self.redraw()

    def build_strips(self, width: int, height: int) -> list[Strip]:
        """Draw the current frame."""
        projection = fit_map(width, height, self.center_lon_deg)
        if self._scene is None or self._scene.projection != projection:
            self._scene = build_scene(self._coastline, projection)
        options = MapOptions(
            graticule=self.graticule,
            labels=self.labels and width >= _LABELS_FROM_CELLS,
            ascii_only=self.plain,
            hatch_night=self.app.no_color,
        )
        grid = compose(self._scene, self._frame, width, height, options)
        return grid.strips(self._styles(), self.plain)

    def _styles(self) -> list[Style]:
        """Every colour on every ground, in the order of `map_layers.style_number`."""
        base = self.rich_style
        if self._table is None or self._table_base != base:
            self._table_base = base
            grounds = [ground.rich_color for ground in self._ground_colours()]
            margin = base.bgcolor
            self._table = []
            for colour in COLOURS:
                shown = theme_colour(self.app, f"map-{_SAME_AS.get(colour, colour)}")
                ink = Style(color=shown.rich_color, bold=True if colour in _BOLD else None)
                self._table += [ink + Style(bgcolor=ground) for ground in grounds]
                self._table.append(ink + Style(bgcolor=margin))
        return self._table

    def _ground_colours(self) -> list[Color]:
        """Sea then land, each from night to day in even steps."""
        colours: list[Color] = []
        for kind in ("sea", "land"):
            night, day = (theme_colour(self.app, f"map-{kind}-{time}") for time in ("night", "day"))
            colours += [night.blend(day, level / (GROUND_LEVELS - 1)) for level in range(GROUND_LEVELS)]
        return colours[:MARGIN]

    def notify_style_update(self) -> None:
        """New colours, new style table."""
        super().notify_style_update()
        self._table = None

    def watch_center_lon_deg(self) -> None:
        """A turned map."""
        self.redraw()

    def watch_graticule(self) -> None:
        """Lines on or off."""
        self.redraw()

    def watch_labels(self) -> None:
        """Names on or off."""
        self.redraw()

    def on_click(self, event: events.Click) -> None:
        """Tell which satellite is nearest to the click."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        place = fit_map(*self.size, self.center_lon_deg).place(offset.x, offset.y)
        if place is None:
            return
        index = nearest_satellite(self._frame, *place)
        if index is not None:
            lat_deg, lon_deg = float(self._frame.sat_lat_deg[index]), float(self._frame.sat_lon_deg[index])
            self.post_message(self.SatellitePicked(self, index, lat_deg, lon_deg))


def nearest_satellite(frame: MapFrame, lat_deg: float, lon_deg: float) -> int | None:
    """The satellite whose dot lies nearest to a place on the map.

    Distance is measured as the eye sees it, in degrees on the flat map, round the date line. Of equals, one
    in focus wins, then the first.

    Args:
        frame: the satellites.
        lat_deg: latitude of the place.
        lon_deg: longitude of the place.

    Returns:
        Its index, or None if the frame has no satellite with a finite place.
    """
    if frame.satellites == 0:
        return None
    across = (frame.sat_lon_deg - lon_deg + 180.0) % 360.0 - 180.0
    distance = across**2 + (frame.sat_lat_deg - lat_deg) ** 2
    distance = np.where(np.isfinite(distance), distance, np.inf)
    focus = frame.focus_indices()
    best = int(np.argmin(distance))
    if focus.size:
        best_in_focus = int(focus[np.argmin(distance[focus])])
        if distance[best_in_focus] <= distance[best]:
            best = best_in_focus
    return best if np.isfinite(distance[best]) else None
