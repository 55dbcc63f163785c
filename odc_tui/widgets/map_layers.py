"""Drawing of the swarm map, without any widget: frames and projections in, styled cells out.

A style number is `colour * GROUNDS + ground`: what the character shows, and what lies behind it. Grounds run
from deep night to full day, over sea and over land, so that the curve of the day is seen even where no line
is drawn.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from odc_tui.widgets.braille import (
    DOTS_ACROSS,
    DOTS_DOWN,
    BrailleCanvas,
    Floats,
    Ink,
    Patterns,
    blank_dots,
    draw_polyline,
    draw_segments,
    encode,
)
from odc_tui.widgets.cells import CellGrid, text_cells
from odc_tui.widgets.coastline import Coastline, land_mask
from odc_tui.widgets.geo import MapProjection, sun_height_sine, terminator_lat_deg
from odc_tui.widgets.map_frame import MapFrame

COLOURS = (
    "coast-night",
    "coast-day",
    "graticule",
    "terminator",
    "track",
    "satellite-shade",
    "satellite",
    "satellite-many",
    "focus-shade",
    "focus",
    "site",
    "label",
    "sun",
)
"""What a character can show; the names are the component classes `swarm-map--NAME`."""

GROUND_LEVELS = 5
GROUNDS = 2 * GROUND_LEVELS + 1
"""Sea from night to day, land from night to day, and the margin beside the map."""
MARGIN = GROUNDS - 1

# Sine of the Sun's height where one ground level gives way to the next: end of nautical twilight, horizon,
# 15, 40 deg.
_LEVEL_EDGES = np.array([-0.208, 0.0, 0.26, 0.64])

_SUN, _SITE = "☼", "⌂"
_ASCII_SUN, _ASCII_SITE = "O", "^"
_ASCII_MARKS = {
    "track": "~",
    "satellite-shade": "+",
    "satellite": "*",
    "satellite-many": "#",
    "focus-shade": "o",
    "focus": "@",
}
_SMALLEST_ISLAND_DOTS = 1.5
_FEW_IN_FOCUS = 400
_CROWDED_SHARE = 0.30
# From here on single precision: still good to a thousandth of a dot, and half the memory to walk through.
_HALVE_PRECISION_FROM = 50_000


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


@dataclass(frozen=True, eq=False)
class MapScene:
    """What stays the same until the widget is resized or turned.

    Attributes:
        projection: the map's place in the widget.
        coast: patterns of the coastline.
        graticule: patterns of the lines every 30 degrees.
        land: bool, cells that are mostly land.
    """

    projection: MapProjection
    coast: Patterns
    graticule: Patterns
    land: NDArray[np.bool_]


def style_number(colour: str, ground: int = MARGIN) -> int:
    """The style number of a colour on a ground."""
    return COLOURS.index(colour) * GROUNDS + ground


def build_scene(coastline: Coastline, projection: MapProjection) -> MapScene:
    """Rasterise the coast, the graticule and the land for one map size."""
    coast = blank_dots(projection.width, projection.height)
    dot_deg = 360.0 / projection.dots_across
    shown = coastline.coarser_than(_SMALLEST_ISLAND_DOTS * dot_deg)
    x0, y0, x1, y1 = _unwrapped(projection, shown.start, shown.end)
    _draw_round(coast, projection, np.column_stack((x0, y0)), np.column_stack((x1, y1)))
    lat_deg = 90.0 - (np.arange(projection.dots_down) + 0.5) * (180.0 / projection.dots_down)
    first_lon_deg = projection.first_lon_deg + dot_deg / 2
    dots = land_mask(coastline, lat_deg, first_lon_deg, projection.dots_across)
    share = dots.reshape(projection.height, DOTS_DOWN, projection.width, DOTS_ACROSS).mean(axis=(1, 3))
    return MapScene(projection, encode(coast), encode(_graticule_dots(projection)), share >= 0.5)


def _graticule_dots(projection: MapProjection) -> NDArray[np.bool_]:
    dots = blank_dots(projection.width, projection.height)
    lons, lats = np.arange(-180.0, 180.0, 30.0), np.arange(-60.0, 61.0, 30.0)
    columns, _ = projection.dots(np.zeros(lons.size), lons)
    _, rows = projection.dots(lats, np.zeros(lats.size))
    dots[::4, columns.astype(np.intp)] = True
    dots[rows.astype(np.intp)[:, None], np.arange(0, dots.shape[1], 4)] = True
    dots[dots.shape[0] // 2, ::2] = True
    return dots


def _unwrapped(
    projection: MapProjection, start: Floats, end: Floats
) -> tuple[Floats, Floats, Floats, Floats]:
    """Dot coordinates of edges given in degrees; the second ends may lie beside the map."""
    x0, y0 = projection.dots(start[:, 1], start[:, 0])
    _, y1 = projection.dots(end[:, 1], end[:, 0])
    return x0, y0, x0 + (end[:, 0] - start[:, 0]) * (projection.dots_across / 360.0), y1


def _draw_round(
    dots: NDArray[np.bool_],
    projection: MapProjection,
    start: Floats,
    end: Floats,
    dash: tuple[int, int] | None = None,
) -> None:
    """Draw segments, and those that leave the map over an edge a second time, coming in over the other."""
    draw_segments(dots, start, end, dash)
    for shift in (projection.dots_across, -projection.dots_across):
        leaving = end[:, 0] < 0 if shift > 0 else end[:, 0] >= projection.dots_across
        if leaving.any():
            offset = np.array([shift, 0.0])
            draw_segments(dots, start[leaving] + offset, end[leaving] + offset, dash)


def ground_levels(scene: MapScene, sun_lat_deg: float, sun_lon_deg: float) -> NDArray[np.int16]:
    """The ground of each map cell: sea levels 0..4 from night to day, land levels 5..9."""
    projection = scene.projection
    height = sun_height_sine(
        projection.row_lats_deg(), projection.column_lons_deg(), sun_lat_deg, sun_lon_deg
    )
    levels = np.searchsorted(_LEVEL_EDGES, height.ravel()).reshape(height.shape).astype(np.int16)
    levels[scene.land] += GROUND_LEVELS
    return levels


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
    _lay_swarm(canvas, projection, frame)
    grid = CellGrid(width, height, style_number("graticule"))
    grid.codes[projection.area] = _codes(canvas, options.ascii_only)
    grid.styles[projection.area] = canvas.styles
    _put_marks(grid, projection, frame, options)
    _put_focus(grid, projection, frame, options.ascii_only)
    _set_grounds(grid, projection, grounds)
    return grid


def _codes(canvas: BrailleCanvas, ascii_only: bool) -> NDArray[np.uint32]:
    """Characters of a canvas; in ASCII each kind of thing has its own, as shapes alone do not tell."""
    codes = canvas.codes(ascii_only)
    if ascii_only:
        for colour, character in _ASCII_MARKS.items():
            codes[(canvas.styles == COLOURS.index(colour)) & (canvas.patterns != 0)] = ord(character)
    return codes


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
    x0, y0, x1, y1 = _unwrapped(projection, start, end)
    dots = blank_dots(projection.width, projection.height)
    _draw_round(dots, projection, np.column_stack((x0, y0)), np.column_stack((x1, y1)), dash=(2, 2))
    canvas.lay(Ink(dots, COLOURS.index("track"), covers=True))


def _dot_numbers(
    projection: MapProjection, lat_deg: NDArray[np.floating], lon_deg: NDArray[np.floating]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Column and row of each place's dot; the caller has dropped what is not finite."""
    x, y = projection.dots(lat_deg, lon_deg)
    columns = np.minimum(x, projection.dots_across - 1).astype(np.intp)
    return columns, np.clip(y, 0, projection.dots_down - 1).astype(np.intp)


def _lay_swarm(canvas: BrailleCanvas, projection: MapProjection, frame: MapFrame) -> None:
    if frame.satellites == 0:
        return
    lat_deg, lon_deg, sunlit = frame.sat_lat_deg, frame.sat_lon_deg, frame.sat_sunlit
    finite = np.isfinite(lat_deg) & np.isfinite(lon_deg)
    if not finite.all():
        lat_deg, lon_deg, sunlit = lat_deg[finite], lon_deg[finite], sunlit[finite]
    if lat_deg.size > _HALVE_PRECISION_FROM:
        lat_deg, lon_deg = lat_deg.astype(np.float32), lon_deg.astype(np.float32)
    columns, rows = _dot_numbers(projection, lat_deg, lon_deg)
    if lat_deg.size > _CROWDED_SHARE * projection.dots_across * projection.dots_down:
        _lay_crowd(canvas, columns, rows, sunlit)
        return
    for lit, colour in ((False, "satellite-shade"), (True, "satellite")):
        dots = blank_dots(projection.width, projection.height)
        chosen = sunlit == lit
        dots[rows[chosen], columns[chosen]] = True
        canvas.lay(Ink(dots, COLOURS.index(colour), covers=True))


def _lay_crowd(
    canvas: BrailleCanvas, columns: NDArray[np.intp], rows: NDArray[np.intp], sunlit: NDArray[np.bool_]
) -> None:
    """More satellites than dots: the number of dots in a cell tells how dense the swarm is there."""
    height, width = canvas.patterns.shape
    cells = (rows // DOTS_DOWN) * width + columns // DOTS_ACROSS
    both = np.bincount(2 * cells + sunlit, minlength=2 * height * width).reshape(-1, 2)
    lit, total = both[:, 1], both.sum(axis=1)
    full = max(float(np.percentile(total[total > 0], 97.0)), 1.0)
    level = np.ceil(8.0 * np.minimum(total / full, 1.0) ** 0.8).astype(np.intp)
    odd = (np.add.outer(np.arange(height), np.arange(width)) % 2).ravel()
    patterns = _DENSITY[odd, level].reshape(height, width)
    colour = np.where(level >= 6, COLOURS.index("satellite-many"), COLOURS.index("satellite"))
    colour = np.where(2 * lit >= total, colour, COLOURS.index("satellite-shade"))
    canvas.lay_patterns(patterns, colour.reshape(height, width).astype(np.int16), covers=True)


def _density_patterns() -> Patterns:
    """Patterns of 0..8 dots spread evenly over a cell; two variants, so that neighbours do not line up."""
    order = np.array([[0, 7, 5, 2, 4, 3, 1, 6], [4, 3, 1, 6, 0, 7, 5, 2]])
    table = np.zeros((2, 9), dtype=np.uint8)
    for variant in range(2):
        for count in range(1, 9):
            table[variant, count] = table[variant, count - 1] | (1 << int(order[variant, count - 1]))
    return table


_DENSITY = _density_patterns()


def _put_focus(grid: CellGrid, projection: MapProjection, frame: MapFrame, ascii_only: bool) -> None:
    """The batch in focus lies over all else: four dots a satellite while they are few, else one."""
    chosen = frame.focus_indices()
    chosen = chosen[np.isfinite(frame.sat_lat_deg[chosen]) & np.isfinite(frame.sat_lon_deg[chosen])]
    if chosen.size == 0:
        return
    canvas = BrailleCanvas(projection.width, projection.height)
    sunlit = frame.sat_sunlit[chosen]
    columns, rows = _dot_numbers(projection, frame.sat_lat_deg[chosen], frame.sat_lon_deg[chosen])
    thick = chosen.size <= _FEW_IN_FOCUS
    for lit, colour in ((False, "focus-shade"), (True, "focus")):
        dots = blank_dots(projection.width, projection.height)
        for across, down in ((0, 0), (1, 0), (0, 1), (1, 1)) if thick else ((0, 0),):
            x = (columns[sunlit == lit] + across) % projection.dots_across
            y = np.minimum(rows[sunlit == lit] + down, projection.dots_down - 1)
            dots[y, x] = True
        canvas.lay(Ink(dots, COLOURS.index(colour), covers=True))
    touched = canvas.patterns != 0
    np.copyto(grid.codes[projection.area], _codes(canvas, ascii_only), where=touched)
    np.copyto(grid.styles[projection.area], canvas.styles, where=touched)


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
    columns = np.arange(projection.width)
    inked = np.maximum.accumulate(np.where(codes != 0x20, columns, 0), axis=1)
    grid.styles[area] = np.take_along_axis(colours, inked, axis=1) * GROUNDS + grounds
