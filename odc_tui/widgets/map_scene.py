"""The Earth of the swarm map at one size: coast, graticule, land, day and night."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from odc_tui.widgets.braille import (
    DOTS_ACROSS,
    DOTS_DOWN,
    Floats,
    Patterns,
    blank_dots,
    draw_segments,
    encode,
)
from odc_tui.widgets.coastline import Coastline, land_mask
from odc_tui.widgets.geo import MapProjection, sun_height_sine
from odc_tui.widgets.map_styles import GROUND_LEVELS

# Sine of the Sun's height where one ground level gives way to the next: end of nautical twilight, horizon,
# 15, 40 deg.
_LEVEL_EDGES = (-0.208, 0.0, 0.26, 0.64)
_SMALLEST_ISLAND_DOTS = 1.5


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


def build_scene(coastline: Coastline, projection: MapProjection) -> MapScene:
    """Rasterise the coast, the graticule and the land for one map size."""
    coast = blank_dots(projection.width, projection.height)
    dot_deg = 360.0 / projection.dots_across
    shown = coastline.coarser_than(_SMALLEST_ISLAND_DOTS * dot_deg)
    x0, y0, x1, y1 = unwrapped(projection, shown.start, shown.end)
    draw_round(coast, projection, np.column_stack((x0, y0)), np.column_stack((x1, y1)))
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


def unwrapped(projection: MapProjection, start: Floats, end: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Dot coordinates of edges given in degrees; the second ends may lie beside the map."""
    x0, y0 = projection.dots(start[:, 1], start[:, 0])
    _, y1 = projection.dots(end[:, 1], end[:, 0])
    return x0, y0, x0 + (end[:, 0] - start[:, 0]) * (projection.dots_across / 360.0), y1


def draw_round(
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
    levels = np.zeros(height.shape, dtype=np.int16)
    for edge in _LEVEL_EDGES:
        levels += height > edge
    levels[scene.land] += GROUND_LEVELS
    return levels
