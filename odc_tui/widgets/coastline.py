"""Land outlines of the Earth: read from text, drawn as segments, filled as a mask.

The rings are closed and lie on the sphere: an edge that crosses the date line simply steps from +180 to -180,
and the ring of Antarctica runs round the pole. Both are handled by counting crossings along meridians toward
the north pole, which is sea.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_HUNDREDTHS = 100.0
_MAX_BYTES = 1_000_000


@dataclass(frozen=True)
class Coastline:
    """Edges of all land rings, in degrees.

    Attributes:
        start: float64 (n, 2), longitude and latitude of each edge's first end.
        end: float64 (n, 2), of its second end; longitudes unwrapped so that `end - start` is the short way.
        extent_deg: float64 (n,), the larger side of the box round the ring the edge belongs to.
    """

    start: NDArray[np.float64]
    end: NDArray[np.float64]
    extent_deg: NDArray[np.float64]

    def coarser_than(self, extent_deg: float) -> Coastline:
        """Without the rings smaller than this: on a small map they are specks, not islands."""
        keep = self.extent_deg >= extent_deg
        return Coastline(self.start[keep], self.end[keep], self.extent_deg[keep])


def parse_coastline(text: str) -> Coastline:
    """Read the text written by `tools/make_coastline.py`.

    Args:
        text: remarks (`#`), and one closed ring a line of whole numbers in hundredths of a degree: longitude,
            latitude, then the step to each next corner.

    Returns:
        The edges of all rings.

    Raises:
        ValueError: a line is no ring, or the text is far larger than any coastline we ship.
    """
    if len(text) > _MAX_BYTES:
        raise ValueError(f"coastline text has {len(text):,} characters; at most {_MAX_BYTES:,} are read")
    rings = [
        _ring(line, number)
        for number, line in enumerate(text.splitlines(), start=1)
        if line and not line.startswith("#")
    ]
    if not rings:
        raise ValueError("coastline text holds no ring; write it anew with tools/make_coastline.py")
    start = np.concatenate(rings)
    end = np.concatenate([np.roll(ring, -1, axis=0) for ring in rings])
    extent = np.concatenate([np.full(len(ring), np.ptp(ring, axis=0).max()) for ring in rings])
    # Edges along the date line itself are cuts in the data, not coast.
    cut = (np.abs(start[:, 0]) > 179.995) & (np.abs(end[:, 0]) > 179.995)
    cut &= np.abs(start[:, 1] - end[:, 1]) > 0.05
    start, end, extent = start[~cut], end[~cut], extent[~cut]
    end[:, 0] = start[:, 0] + (end[:, 0] - start[:, 0] + 180.0) % 360.0 - 180.0
    return Coastline(start, end, extent)


def _ring(line: str, number: int) -> NDArray[np.float64]:
    try:
        steps = np.array(line.split(), dtype=np.int64)
    except ValueError as error:
        raise ValueError(f"coastline line {number}: whole numbers expected ({error})") from None
    if steps.size < 6 or steps.size % 2:
        raise ValueError(
            f"coastline line {number}: pairs for at least 3 corners expected, found {steps.size} numbers"
        )
    corners = np.cumsum(steps.reshape(-1, 2), axis=0) / _HUNDREDTHS
    if np.abs(corners[:, 0]).max() > 180.0 or np.abs(corners[:, 1]).max() > 90.0:
        raise ValueError(f"coastline line {number}: a corner lies outside -180..180, -90..90 degrees")
    return corners


def land_mask(
    coastline: Coastline, lat_deg: NDArray[np.floating], first_lon_deg: float, columns: int
) -> NDArray[np.bool_]:
    """Which points of a regular grid are land.

    Args:
        coastline: the outlines.
        lat_deg: latitudes of the rows, falling from north to south.
        first_lon_deg: longitude of column 0; the columns go once round the Earth eastward.
        columns: how many columns.

    Returns:
        bool (rows, columns): True on land.
    """
    step = 360.0 / columns
    # Rounded alike, so that two edges meeting at a corner agree on which side of a column the corner lies.
    x0 = np.round((coastline.start[:, 0] - first_lon_deg) / step, 6)
    x1 = np.round((coastline.end[:, 0] - first_lon_deg) / step, 6)
    low = np.ceil(np.minimum(x0, x1)).astype(np.intp)
    count = np.ceil(np.maximum(x0, x1)).astype(np.intp) - low  # half open: a shared corner counts once
    edge = np.repeat(np.arange(count.size), count)
    column = low[edge] + np.arange(edge.size) - np.repeat(np.cumsum(count) - count, count)
    share = (column - x0[edge]) / (x1 - x0)[edge]
    crossing_lat = coastline.start[edge, 1] + share * (coastline.end - coastline.start)[edge, 1]
    first_row_below = np.searchsorted(-lat_deg, -crossing_lat, side="left")
    inside = first_row_below < lat_deg.size
    cells = first_row_below[inside] * columns + column[inside] % columns
    flips = np.bincount(cells, minlength=lat_deg.size * columns).reshape(lat_deg.size, columns)
    land: NDArray[np.bool_] = np.cumsum(flips, axis=0) % 2 == 1
    return land
