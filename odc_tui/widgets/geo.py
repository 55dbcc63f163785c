"""Geometry of the map: where a place falls on the cells, how high the Sun stands, where day ends.

Angles are in degrees, north and east positive, on a sphere: the map is 3 degrees a dot, the Earth's
flattening a fifth of a degree.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from odc_tui.widgets.braille import DOTS_ACROSS, DOTS_DOWN, Floats

NARROWEST_STRETCH = 0.72
WIDEST_STRETCH = 1.40


@dataclass(frozen=True)
class MapProjection:
    """An equirectangular map of the whole Earth on a rectangle of cells inside a widget.

    Attributes:
        left: widget column of the map's first cell.
        top: widget line of the map's first cell.
        width: cells across, 360 degrees.
        height: cells down, 180 degrees.
        center_lon_deg: longitude in the middle.
    """

    left: int
    top: int
    width: int
    height: int
    center_lon_deg: float = 0.0

    @property
    def first_lon_deg(self) -> float:
        """Longitude of the left edge."""
        return self.center_lon_deg - 180.0

    @property
    def dots_across(self) -> int:
        """Dots in 360 degrees."""
        return self.width * DOTS_ACROSS

    @property
    def dots_down(self) -> int:
        """Dots in 180 degrees."""
        return self.height * DOTS_DOWN

    @property
    def area(self) -> tuple[slice, slice]:
        """Rows and columns of the widget that the map fills."""
        return slice(self.top, self.top + self.height), slice(self.left, self.left + self.width)

    def dots(self, lat_deg: Floats, lon_deg: Floats) -> tuple[Floats, Floats]:
        """Dot coordinates (x, y) of places; longitudes are wrapped onto the map."""
        turn = (np.asarray(lon_deg) - self.first_lon_deg) * (1.0 / 360.0)
        x = (turn - np.floor(turn)) * self.dots_across
        y = (90.0 - np.asarray(lat_deg)) * (self.dots_down / 180.0)
        return x, y

    def cell(self, lat_deg: float, lon_deg: float) -> tuple[int, int]:
        """Row and column inside the map of one place."""
        x, y = self.dots(np.array([lat_deg]), np.array([lon_deg]))
        row = min(int(y[0]) // DOTS_DOWN, self.height - 1)
        return max(0, row), min(int(x[0]) // DOTS_ACROSS, self.width - 1)

    def place(self, column: int, row: int) -> tuple[float, float] | None:
        """Latitude and longitude (-180..180) of the middle of a widget cell; None beside the map."""
        x, y = column - self.left, row - self.top
        if not (0 <= x < self.width and 0 <= y < self.height):
            return None
        lon = self.first_lon_deg + (x + 0.5) * 360.0 / self.width
        return 90.0 - (y + 0.5) * 180.0 / self.height, (lon + 180.0) % 360.0 - 180.0

    def row_lats_deg(self) -> Floats:
        """Latitude of the middle of each row of cells, north first."""
        return 90.0 - (np.arange(self.height) + 0.5) * (180.0 / self.height)

    def column_lons_deg(self) -> Floats:
        """Longitude of the middle of each column of cells."""
        return self.first_lon_deg + (np.arange(self.width) + 0.5) * (360.0 / self.width)


def fit_map(width: int, height: int, center_lon_deg: float = 0.0) -> MapProjection:
    """The largest whole-Earth map in a widget that does not stretch the continents out of shape.

    A cell is about twice as tall as wide, so the true shape is 4 cells across for 1 down; from 0.72 to 1.40
    of that is drawn edge to edge, beyond it the map is centred with margins.

    Args:
        width: cells across, at least 1.
        height: cells down, at least 1.
        center_lon_deg: longitude in the middle.

    Returns:
        The placed projection.
    """
    map_width = max(1, min(width, round(4 * height * WIDEST_STRETCH)))
    map_height = max(1, min(height, round(width / (4 * NARROWEST_STRETCH))))
    return MapProjection(
        (width - map_width) // 2, (height - map_height) // 2, map_width, map_height, center_lon_deg
    )


def sun_height_sine(lat_deg: Floats, lon_deg: Floats, sun_lat_deg: float, sun_lon_deg: float) -> Floats:
    """Sine of the Sun's height above the horizon on a grid of places.

    Args:
        lat_deg: (rows,) latitudes.
        lon_deg: (columns,) longitudes.
        sun_lat_deg: latitude of the point with the Sun overhead.
        sun_lon_deg: its longitude.

    Returns:
        float64 (rows, columns): 1 under the Sun, 0 on the terminator, negative at night.
    """
    lat, sun_lat = np.radians(lat_deg), np.radians(sun_lat_deg)
    hour_cosine = np.cos(np.radians(lon_deg - sun_lon_deg))
    height: Floats = np.outer(np.cos(lat) * np.cos(sun_lat), hour_cosine)
    height += (np.sin(lat) * np.sin(sun_lat))[:, None]
    return height


def terminator_lat_deg(lon_deg: Floats, sun_lat_deg: float, sun_lon_deg: float) -> Floats:
    """Latitude of the day-night line at each longitude: tan(lat) = -cos(lon - sun lon) / tan(sun lat).

    Args:
        lon_deg: longitudes.
        sun_lat_deg: latitude of the point with the Sun overhead; at the equinox the line is two meridians,
        drawn as
            the limit of a very small tilt.
        sun_lon_deg: its longitude.

    Returns:
        Latitudes, same shape as `lon_deg`.
    """
    tilt_deg = sun_lat_deg if abs(sun_lat_deg) > 1e-6 else 1e-6
    hour_cosine = np.cos(np.radians(lon_deg - sun_lon_deg))
    lat_deg: Floats = np.degrees(np.arctan(-hour_cosine / np.tan(np.radians(tilt_deg))))
    return lat_deg
