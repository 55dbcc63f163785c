"""One frame of the swarm map, without any widget: a scene and a frame in, styled cells out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from odc_tui.widgets.braille import BrailleCanvas, Ink, blank_dots, draw_polyline
from odc_tui.widgets.cells import BLANK, CellGrid, text_cells
from odc_tui.widgets.geo import MapProjection, terminator_lat_deg
from odc_tui.widgets.map_frame import MapFrame
from odc_tui.widgets.map_scene import MapScene, draw_round, ground_levels, unwrapped
from odc_tui.widgets.map_styles import COLOURS, GROUND_LEVELS, GROUNDS, ink_codes, style_number
from odc_tui.widgets.map_swarm import lay_swarm, put_focus

_SUN, _SITE = "☼", "⌂"
_ASCII_SUN, _ASCII_SITE = "O", "^"


@dataclass(frozen=True)
class MapOptions:
    """What to draw besides the Earth and the swarm.

    Attributes:
        graticule: dotted lines every 30 degrees, the equator a little denser.
        labels: names beside the ground sites where there is room.
        ascii_only: ASCII characters instead of braille and symbols.
        hatch_night: sparse dots on the night side, for terminals without colour.
    """

    graticule: bool = False
    labels: bool = True
    ascii_only: bool = False
    hatch_night: bool = False


def compose(scene: MapScene, frame: MapFrame, width: int, height: int, options: MapOptions) -> CellGrid:
    """Draw one frame.

    Args:
        scene: the Earth at this size.
        frame: what is on it.
        width: cells of the whole widget.
        height: lines of the whole widget.
        options: what to draw besides.

    Returns:
        The widget's cells, with style numbers of `style_number`.
    """
    projection = scene.projection
    grounds = ground_levels(scene, frame.sun_lat_deg, frame.sun_lon_deg)
    day = grounds % GROUND_LEVELS >= 2
    canvas = BrailleCanvas(projection.width, projection.height)
    _lay_earth(canvas, scene, frame, day, options)
    _lay_track(canvas, projection, frame)
    lay_swarm(canvas, projection, frame)
    grid = CellGrid(width, height, style_number("graticule"))
    grid.codes[projection.area] = ink_codes(canvas, options.ascii_only)
    grid.styles[projection.area] = canvas.styles
    _put_marks(grid, projection, frame, options)
    put_focus(grid, projection, frame, options.ascii_only)
    _set_grounds(grid, projection, grounds)
    return grid


def _lay_earth(
    canvas: BrailleCanvas, scene: MapScene, frame: MapFrame, day: NDArray[np.bool_], options: MapOptions
) -> None:
    if options.graticule:
        canvas.lay_patterns(scene.graticule, COLOURS.index("graticule"))
    if options.hatch_night:
        hatch = np.zeros_like(scene.coast)
        hatch[::2, ::2] = 0x02
        hatch[1::2, 1::2] = 0x02
        hatch[day] = 0
        canvas.lay_patterns(hatch, COLOURS.index("graticule"))
    projection = scene.projection
    dots = blank_dots(projection.width, projection.height)
    x = np.arange(projection.dots_across) + 0.5
    lon_deg = projection.first_lon_deg + x * (360.0 / projection.dots_across)
    lat_deg = terminator_lat_deg(lon_deg, frame.sun_lat_deg, frame.sun_lon_deg)
    draw_polyline(dots, x, (90.0 - lat_deg) * (projection.dots_down / 180.0), dash=(1, 2))
    canvas.lay(Ink(dots, COLOURS.index("terminator")))
    coast = np.where(day, COLOURS.index("coast-day"), COLOURS.index("coast-night")).astype(np.int16)
    canvas.lay_patterns(scene.coast, coast)


def _lay_track(canvas: BrailleCanvas, projection: MapProjection, frame: MapFrame) -> None:
    if frame.track_lat_deg.size < 2:
        return
    places = np.column_stack((frame.track_lon_deg, frame.track_lat_deg)).astype(np.float64)
    start, end = places[:-1], places[1:].copy()
    end[:, 0] = start[:, 0] + (end[:, 0] - start[:, 0] + 180.0) % 360.0 - 180.0
    x0, y0, x1, y1 = unwrapped(projection, start, end)
    dots = blank_dots(projection.width, projection.height)
    draw_round(dots, projection, np.column_stack((x0, y0)), np.column_stack((x1, y1)), dash=(2, 2))
    canvas.lay(Ink(dots, COLOURS.index("track"), covers=True))


def _put_marks(grid: CellGrid, projection: MapProjection, frame: MapFrame, options: MapOptions) -> None:
    """The Sun and the ground sites, then as many site names as find room beside them.

    Names keep clear of marks and of each other only: would they give way to satellites, they would flicker.
    """
    row, column = projection.cell(frame.sun_lat_deg, frame.sun_lon_deg)
    sun = _ASCII_SUN if options.ascii_only else _SUN
    grid.put(projection.top + row, projection.left + column, sun, COLOURS.index("sun"))
    taken = np.zeros((projection.height, projection.width), dtype=np.bool_)
    places = [projection.cell(site.lat_deg, site.lon_deg) for site in frame.sites]
    mark = _ASCII_SITE if options.ascii_only else _SITE
    for row, column in places:
        grid.put(projection.top + row, projection.left + column, mark, COLOURS.index("site"))
        taken[row, column] = True
    if options.labels:
        for site, place in zip(frame.sites, places, strict=True):
            _put_label(grid, projection, site.name, place, taken)


def _put_label(
    grid: CellGrid, projection: MapProjection, name: str, place: tuple[int, int], taken: NDArray[np.bool_]
) -> None:
    row, column = place
    cells = text_cells(name)
    for first in (column + 2, column - cells - 1):
        fits = cells > 0 and first >= 0 and first + cells <= projection.width
        if fits and not taken[row, max(0, first - 1) : first + cells + 1].any():
            start = projection.left + first - (first > 0)
            grid.put(projection.top + row, start, f" {name} "[first == 0 :], COLOURS.index("label"))
            taken[row, max(0, first - 1) : first + cells + 1] = True
            return


def _set_grounds(grid: CellGrid, projection: MapProjection, grounds: NDArray[np.int16]) -> None:
    """Turn colours into style numbers with their ground; a blank takes its neighbour's, for longer runs."""
    area = projection.area
    colours, codes = grid.styles[area], grid.codes[area]
    columns = np.arange(projection.width, dtype=np.int32)
    inked = np.maximum.accumulate(np.where(codes != BLANK, columns, np.int32(0)), axis=1)
    inked += (np.arange(projection.height, dtype=np.int32) * projection.width)[:, None]
    grid.styles[area] = colours.ravel()[inked] * GROUNDS + grounds
