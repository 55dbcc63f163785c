"""The satellites of the swarm map: single dots, the density of a crowd, and the batch in focus."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from odc_tui.widgets.braille import DOTS_ACROSS, DOTS_DOWN, BrailleCanvas, Ink, Patterns, blank_dots
from odc_tui.widgets.cells import CellGrid
from odc_tui.widgets.geo import MapProjection
from odc_tui.widgets.map_frame import MapFrame
from odc_tui.widgets.map_styles import COLOURS, ink_codes

_FEW_IN_FOCUS = 400
_CROWDED_SHARE = 0.30
# From here on single precision: still good to a thousandth of a dot, and half the memory to walk through.
_HALVE_PRECISION_FROM = 50_000


def _dot_numbers(
    projection: MapProjection, lat_deg: NDArray[np.floating], lon_deg: NDArray[np.floating]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Column and row of each place's dot; the caller has dropped what is not finite."""
    x, y = projection.dots(lat_deg, lon_deg)
    columns = np.minimum(x, projection.dots_across - 1).astype(np.intp)
    return columns, np.clip(y, 0, projection.dots_down - 1).astype(np.intp)


def lay_swarm(canvas: BrailleCanvas, projection: MapProjection, frame: MapFrame) -> None:
    """Lay one dot a satellite, in sunlight over in shade; from 30 % of all dots on, lay their density."""
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


def put_focus(grid: CellGrid, projection: MapProjection, frame: MapFrame, ascii_only: bool) -> None:
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
    np.copyto(grid.codes[projection.area], ink_codes(canvas, ascii_only), where=touched)
    np.copyto(grid.styles[projection.area], canvas.styles, where=touched)
