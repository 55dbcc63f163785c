"""What the swarm map is told: one frozen frame of plain arrays."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from odc_tui.widgets.braille import Floats

AnyFloats = NDArray[np.floating]


@dataclass(frozen=True)
class MapSite:
    """A place on the ground: a launch site or a ground station.

    Attributes:
        name: label, plain text.
        lat_deg: latitude, north positive.
        lon_deg: longitude, east positive.
    """

    name: str
    lat_deg: float
    lon_deg: float


def _no_floats() -> Floats:
    return np.zeros(0)


def _no_flags() -> NDArray[np.bool_]:
    return np.zeros(0, dtype=np.bool_)


@dataclass(frozen=True, eq=False)
class MapFrame:
    """Everything on the map at one instant.

    Attributes:
        sun_lat_deg: latitude of the point with the Sun overhead.
        sun_lon_deg: its longitude.
        sat_lat_deg: (n,) latitude under each satellite; not finite means: not to be drawn.
        sat_lon_deg: (n,) longitude under each satellite, any turn.
        sat_sunlit: (n,) bool, whether each satellite is in sunlight.
        focus: the batch in focus, as (first, end) indices or a bool array (n,); None for none.
        track_lat_deg: (m,) ground track of the batch in focus, one orbit ahead.
        track_lon_deg: (m,) its longitudes.
        sites: places on the ground.
    """

    sun_lat_deg: float
    sun_lon_deg: float
    sat_lat_deg: AnyFloats = field(default_factory=_no_floats)
    sat_lon_deg: AnyFloats = field(default_factory=_no_floats)
    sat_sunlit: NDArray[np.bool_] = field(default_factory=_no_flags)
    focus: tuple[int, int] | NDArray[np.bool_] | None = None
    track_lat_deg: AnyFloats = field(default_factory=_no_floats)
    track_lon_deg: AnyFloats = field(default_factory=_no_floats)
    sites: tuple[MapSite, ...] = ()

    def __post_init__(self) -> None:
        shapes = {self.sat_lat_deg.shape, self.sat_lon_deg.shape, self.sat_sunlit.shape}
        if len(shapes) != 1 or self.sat_lat_deg.ndim != 1:
            raise ValueError(f"satellite arrays must be 1-D and of equal length, not {sorted(shapes)}")
        if self.track_lat_deg.shape != self.track_lon_deg.shape or self.track_lat_deg.ndim != 1:
            raise ValueError("track latitudes and longitudes must be 1-D and of equal length")
        if isinstance(self.focus, np.ndarray) and self.focus.shape != self.sat_lat_deg.shape:
            raise ValueError("a focus mask needs one flag a satellite")

    @property
    def satellites(self) -> int:
        """How many satellites the frame holds."""
        return int(self.sat_lat_deg.size)

    def focus_indices(self) -> NDArray[np.intp]:
        """Indices of the satellites in focus."""
        if self.focus is None:
            return np.zeros(0, dtype=np.intp)
        if isinstance(self.focus, tuple):
            first, end = self.focus
            return np.arange(max(0, first), min(end, self.satellites), dtype=np.intp)
        return np.flatnonzero(self.focus)
