"""A small Earth in braille for the title screen: land, a soft terminator, and a swarm that goes round.

Plain Python on purpose: it is drawn before numpy is imported. All that does not turn with the Earth (which
dots lie on the disc, their latitude, how brightly the Sun lights them) is worked out once a size; a frame
only looks up land.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from odc_tui.present.chrome import Piece

__all__ = ["Globe", "globe", "parse_mask"]

_BITS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
_BRAILLE = 0x2800
_ASCII = " .:-=+*#%"
# Ordered dither (Bayer, 4 by 4): brightness becomes dots without noise that crawls as the Earth turns.
_BAYER = ((0, 8, 2, 10), (12, 4, 14, 6), (3, 11, 1, 9), (15, 7, 13, 5))

_TILT_DEG = 18.0
_SUN = (-0.62, 0.34, 0.71)
"""Direction of the Sun in view coordinates: right, up, toward the viewer."""

_ORBIT_RADIUS = 1.16
_PLANES = ((62.0, 20.0, 9), (62.0, 140.0, 9), (62.0, 260.0, 9))
"""Inclination and node in degrees, and satellites, of each plane."""

_STYLES = {
    "land-day": "#9fd8a4",
    "sea-day": "#4c8fc9",
    "land-night": "#52697a",
    "sea-night": "#2c405e",
    "satellite": "bold #ffe9a8",
    "satellite-shade": "#8a93a8",
}


@dataclass(frozen=True, slots=True)
class _Dot:
    """One dot of the disc: its bit, the land under it, and whether it shines over land and over sea."""

    bit: int
    land: str
    column: int
    on_land: bool
    on_sea: bool


@dataclass(frozen=True, slots=True)
class _Cell:
    dots: tuple[_Dot, ...]
    day: bool


def parse_mask(text: str) -> tuple[str, ...]:
    """Rows of `0` and `1`, north to south, from the text that `tools/make_globe.py` wrote."""
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return tuple(format(int(line, 16), f"0{4 * len(line)}b") for line in lines)


@lru_cache(maxsize=2)
def globe(mask: tuple[str, ...], width: int, height: int, ascii_only: bool) -> Globe:
    """The Earth at one size; the last two are kept, for who comes back to the title."""
    return Globe(mask, width, height, ascii_only)


class Globe:
    """The Earth at one size.

    Args:
        mask: rows of `0` and `1` from `parse_mask`.
        width: characters across.
        height: lines.
        ascii_only: shade with ASCII characters instead of braille.
    """

    def __init__(self, mask: Sequence[str], width: int, height: int, ascii_only: bool = False) -> None:
        self.width = width
        self.height = height
        self._ascii_only = ascii_only
        self._radius = min(width * 2, height * 4) / 2 / (_ORBIT_RADIUS + 0.03)
        self._middle = (width * 2 / 2 - 0.5, height * 4 / 2 - 0.5)
        self._columns = len(mask[0])
        self._cells = [[self._cell(mask, column, row) for column in range(width)] for row in range(height)]

    def _cell(self, mask: Sequence[str], column: int, row: int) -> _Cell | None:
        dots, light = [], 0.0
        for down in range(4):
            for across in range(2):
                x, y = column * 2 + across, row * 4 + down
                point = self._on_sphere(x, y)
                if point is None:
                    continue
                brightness = _brightness(point)
                light += brightness
                dots.append(self._dot(mask, point, _BITS[down][across], brightness, _BAYER[y % 4][x % 4]))
        return _Cell(tuple(dots), light / len(dots) > 0.16) if dots else None

    def _dot(
        self, mask: Sequence[str], point: tuple[float, float, float], bit: int, brightness: float, rank: int
    ) -> _Dot:
        lat_deg, lon_deg = _place(point)
        row = mask[min(len(mask) - 1, int((90.0 - lat_deg) / 180.0 * len(mask)))]
        threshold = (rank + 0.5) / 16
        column = int((lon_deg + 180.0) / 360.0 * self._columns)
        return _Dot(
            bit, row, column, 0.28 + 0.85 * brightness > threshold, 0.07 + 0.4 * brightness > threshold
        )

    def _on_sphere(self, x: float, y: float) -> tuple[float, float, float] | None:
        """Right, up and toward the viewer, in Earth radii; None off the disc."""
        right = (x - self._middle[0]) / self._radius
        up = (self._middle[1] - y) / self._radius
        rest = 1.0 - right * right - up * up
        return (right, up, math.sqrt(rest)) if rest >= 0 else None

    def frame(self, lon_deg: float, phase_deg: float) -> list[list[Piece]]:
        """One picture.

        Args:
            lon_deg: longitude in the middle of the disc.
            phase_deg: how far the satellites have gone along their orbits.

        Returns:
            One list of (text, style) a line, together exactly the size asked for.
        """
        satellites = self._satellites(phase_deg)
        shift = round(lon_deg / 360.0 * self._columns)
        return [
            _joined([self._drawn(column, row, shift, satellites) for column in range(self.width)])
            for row in range(self.height)
        ]

    def _drawn(
        self, column: int, row: int, shift: int, satellites: dict[tuple[int, int], tuple[int, bool]]
    ) -> Piece:
        satellite = satellites.get((column, row))
        if satellite is not None:
            bits, lit = satellite
            mark = ("o" if lit else ".") if self._ascii_only else chr(_BRAILLE + bits)
            return (mark, _STYLES["satellite" if lit else "satellite-shade"])
        cell = self._cells[row][column]
        if cell is None:
            return (" ", "")
        bits = land = 0
        for dot in cell.dots:
            is_land = dot.land[(dot.column + shift) % self._columns] == "1"
            land += is_land
            if dot.on_land if is_land else dot.on_sea:
                bits |= dot.bit
        ground = "land" if 2 * land >= len(cell.dots) else "sea"
        mark = _ASCII[bits.bit_count()] if self._ascii_only else chr(_BRAILLE + bits)
        return (mark, _STYLES[f"{ground}-{'day' if cell.day else 'night'}"])

    def _satellites(self, phase_deg: float) -> dict[tuple[int, int], tuple[int, bool]]:
        """Cell to (dots, whether in sunlight) of every satellite that the Earth does not hide."""
        found: dict[tuple[int, int], tuple[int, bool]] = {}
        for inclination_deg, node_deg, count in _PLANES:
            for number in range(count):
                point = _orbit_point(inclination_deg, node_deg, phase_deg + 360.0 * number / count)
                right, up, toward = point
                if toward < 0 and right * right + up * up < 1.0:
                    continue
                x = round(self._middle[0] + right * self._radius)
                y = round(self._middle[1] - up * self._radius)
                if not (0 <= x < self.width * 2 and 0 <= y < self.height * 4):
                    continue
                cell = (x // 2, y // 4)
                bits, lit = found.get(cell, (0, False))
                found[cell] = (bits | _BITS[y % 4][x % 2], lit or _sunlit(point))
        return found


def _brightness(point: tuple[float, float, float]) -> float:
    """How brightly the Sun lights a place, 0..1, with a soft terminator."""
    cosine = sum(a * b for a, b in zip(point, _SUN, strict=True))
    return max(0.0, min(1.0, (cosine + 0.08) / 0.75))


def _place(point: tuple[float, float, float]) -> tuple[float, float]:
    """Latitude and longitude (0 in the middle of the disc) of a point in view coordinates."""
    right, up, toward = point
    tilt = math.radians(_TILT_DEG)
    north = up * math.cos(tilt) + toward * math.sin(tilt)
    front = toward * math.cos(tilt) - up * math.sin(tilt)
    return math.degrees(math.asin(max(-1.0, min(1.0, north)))), math.degrees(math.atan2(right, front))


def _orbit_point(inclination_deg: float, node_deg: float, angle_deg: float) -> tuple[float, float, float]:
    """A place on a circular orbit in view coordinates, in Earth radii."""
    incl, node, angle = (math.radians(value) for value in (inclination_deg, node_deg, angle_deg))
    along, across = math.cos(angle), math.sin(angle)
    x = math.cos(node) * along - math.sin(node) * across * math.cos(incl)
    y = math.sin(node) * along + math.cos(node) * across * math.cos(incl)
    z = across * math.sin(incl)
    tilt = math.radians(_TILT_DEG)
    up = z * math.cos(tilt) - y * math.sin(tilt)
    toward = y * math.cos(tilt) + z * math.sin(tilt)
    return (_ORBIT_RADIUS * x, _ORBIT_RADIUS * up, _ORBIT_RADIUS * toward)


def _sunlit(point: tuple[float, float, float]) -> bool:
    """Whether a satellite is outside the Earth's cylindrical shadow."""
    length = math.sqrt(sum(part * part for part in _SUN))
    along = sum(a * b for a, b in zip(point, _SUN, strict=True)) / length
    return along > 0 or sum(part * part for part in point) - along * along > 1.0


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Neighbours of one style as one piece."""
    out: list[Piece] = []
    for text, style in pieces:
        if out and out[-1][1] == style:
            out[-1] = (out[-1][0] + text, style)
        else:
            out.append((text, style))
    return out
