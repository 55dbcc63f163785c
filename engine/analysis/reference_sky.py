"""Where the slow reference sees Sun and Earth: real positions, a shadow that is tested, a disc summed up.

Nothing here is shared with the day step but the numbers of a batch. Arrays are one value a batch.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.kernels.layout import Field
from engine.units import (
    CELL_REFERENCE_K,
    DAY_S,
    EARTH_INFRARED_W_M2,
    EARTH_RADIUS_KM,
    J2,
    MU_KM3_S2,
    SOLAR_CONSTANT_W_M2,
    STEFAN_BOLTZMANN_W_M2_K4,
)

Doubles = NDArray[np.float64]
Flags = NDArray[np.bool_]

_RINGS = 96
_MOMENTS = 16
NOON_S = 0.5 * DAY_S


def sun_at(days: float) -> tuple[Doubles, float]:
    """Unit vector to the Sun and its flux in W/m2, from Kepler's equation (Meeus, chapter 25).

    Args:
        days: since 2000-01-01 12:00 UTC.
    """
    t = days / 36525.0
    mean = math.radians((357.52911 + 35999.05029 * t) % 360.0)
    eccentricity = 0.016708634 - 4.2037e-5 * t
    anomaly = mean
    for _ in range(6):
        anomaly = mean + eccentricity * math.sin(anomaly)
    stretch = math.sqrt((1.0 + eccentricity) / (1.0 - eccentricity))
    true = 2.0 * math.atan(stretch * math.tan(0.5 * anomaly))
    longitude = math.radians((280.46646 + 36000.76983 * t) % 360.0) + true - mean
    tilt = math.radians(23.439291 - 0.0130042 * t)
    distance = 1.000001018 * (1.0 - eccentricity * math.cos(anomaly))
    along, across = math.cos(longitude), math.sin(longitude)
    toward = np.array([along, across * math.cos(tilt), across * math.sin(tilt)])
    return toward, SOLAR_CONSTANT_W_M2 / distance**2


def earth_view(altitude_km: float, tilt_rad: float, faces: float) -> float:
    """Share of what a plate sees that is the Earth, mean of its faces, summed over the visible disc."""
    edge = math.asin(EARTH_RADIUS_KM / (EARTH_RADIUS_KM + altitude_km))
    off = edge * (np.arange(_RINGS) + 0.5) / _RINGS
    around = 2.0 * math.pi * (np.arange(2 * _RINGS) + 0.5) / (2 * _RINGS)
    facing = np.cos(tilt_rad) * np.cos(off)[:, None]
    facing = facing + np.sin(tilt_rad) * np.sin(off)[:, None] * np.cos(around)[None, :]
    seen = np.abs(facing) / faces if faces > 1.5 else np.maximum(facing, 0.0)
    cell = (edge / _RINGS) * (math.pi / _RINGS)
    return float((seen * np.sin(off)[:, None]).sum() * cell / math.pi)


@dataclass(frozen=True, slots=True)
class Sky:
    """Geometry of some batches on one day, looked at around a moment of it.

    Attributes:
        sun_from: unit vector to the Sun at 00:00 UTC; `sun_to` 24 hours later.
        flux_w_m2: of noon.
        array_w: `(_MOMENTS + 1, n)`: array power in sunlight, evenly over 24 hours.
        view: to the Earth, of the radiator.
        period_s: of an orbit, node to node.
        moment_s: since 00:00 UTC.
        shade_s: length of the shade arc around that moment.
    """

    rows: Doubles
    sun_from: Doubles
    sun_to: Doubles
    flux_w_m2: float
    node_rate: Doubles
    turn_rate: Doubles
    view: Doubles
    array_w: Doubles
    period_s: Doubles
    moment_s: float
    shade_s: Doubles

    def sight(self, seconds: Doubles) -> tuple[Flags, Doubles]:
        """Whether satellites are lit, and the cosine of the Sun's angle from their zenith.

        Args:
            seconds: `(n,)` since 00:00 UTC of the day.
        """
        sun = self.sun_from[:, None] + (self.sun_to - self.sun_from)[:, None] * (seconds / DAY_S)
        raan = self.rows[:, Field.RAAN_RAD] + self.node_rate * seconds
        u = self.rows[:, Field.ARG_LAT_RAD] + self.turn_rate * seconds
        cos_i, sin_i = self.rows[:, Field.COS_INCLINATION], self.rows[:, Field.SIN_INCLINATION]
        cos_u, sin_u, cos_n, sin_n = np.cos(u), np.sin(u), np.cos(raan), np.sin(raan)
        sideways = sin_u * cos_i
        along = (cos_n * cos_u - sin_n * sideways) * sun[0]
        along = along + (sin_n * cos_u + cos_n * sideways) * sun[1] + sin_u * sin_i * sun[2]
        beyond = (EARTH_RADIUS_KM / (EARTH_RADIUS_KM + self.rows[:, Field.ALTITUDE_KM])) ** 2
        return (along > 0.0) | (1.0 - along * along > beyond), along

    def power_w(self, seconds: Doubles) -> Doubles:
        """Array power in sunlight at a time of the day, `(n,)`."""
        place = np.maximum(seconds * (_MOMENTS / DAY_S), 0.0)
        before = np.minimum(place.astype(int), _MOMENTS - 1)
        lanes = np.arange(len(seconds))
        early, late = self.array_w[before, lanes], self.array_w[before + 1, lanes]
        power: Doubles = np.maximum(early + (place - before) * (late - early), 0.0)
        return power

    def around(self, moment_s: float, step_s: float) -> Sky:
        """The same day looked at around another moment, since 00:00 UTC."""
        moved = replace(self, moment_s=moment_s)
        return replace(moved, shade_s=_shade_s(moved, step_s))


def sky_of(rows: Doubles, day: int, step_s: float, moment_s: float = NOON_S) -> Sky:
    """Works out the geometry around a moment of a day.

    Args:
        rows: `(n, FIELDS)` at 00:00 UTC.
        day: since 2000-01-01.
        step_s: with which the shade arc is walked.
        moment_s: since 00:00 UTC.
    """
    radius_km = EARTH_RADIUS_KM + rows[:, Field.ALTITUDE_KM]
    motion = np.sqrt(MU_KM3_S2 / radius_km**3)
    bulge = 1.5 * J2 * (EARTH_RADIUS_KM / radius_km) ** 2
    cos_i = rows[:, Field.COS_INCLINATION]
    shares = [at / _MOMENTS for at in range(_MOMENTS + 1)]
    suns = [sun_at(day + share - 0.5) for share in shares]
    node_rate = -motion * bulge * cos_i
    view = np.array([_view(round(h, 1), tilt, faces) for h, tilt, faces in rows[:, _VIEW_FIELDS].tolist()])
    array_w = np.array(
        [
            _array_w(rows, rows[:, Field.RAAN_RAD] + node_rate * share * DAY_S, *sun, view)
            for share, sun in zip(shares, suns, strict=True)
        ]
    )
    turn_rate = motion * (1.0 + bulge * (4.0 * cos_i**2 - 1.0))
    period_s = 2.0 * math.pi / turn_rate
    toward = (suns[0][0], suns[-1][0], suns[_MOMENTS // 2][1])
    zero = np.zeros(len(rows))
    sky = Sky(rows, *toward, node_rate, turn_rate, view, array_w, period_s, moment_s, zero)
    return replace(sky, shade_s=_shade_s(sky, step_s))


_VIEW_FIELDS = [int(Field.ALTITUDE_KM), int(Field.RADIATOR_TILT_RAD), int(Field.RADIATOR_FACES)]


@lru_cache(maxsize=4096)
def _view(altitude_km: float, tilt_rad: float, faces: float) -> float:
    return earth_view(altitude_km, tilt_rad, faces)


def _shade_s(sky: Sky, step_s: float) -> Doubles:
    """Length of the shade arc nearest the moment: an orbit walked between bright points, edges by halving."""
    start = sky.moment_s + _brightest_s(sky) - sky.period_s
    steps = math.ceil(float(sky.period_s.max()) / step_s)
    width = sky.period_s / steps
    enters, leaves = np.zeros(len(start)), np.zeros(len(start))
    was_dark = np.zeros(len(start), bool)
    for k in range(steps + 1):
        dark = ~sky.sight(start + k * width)[0]
        enters = np.where(dark & ~was_dark, k, enters)
        leaves = np.where(was_dark & ~dark, k, leaves)
        was_dark = dark
    begins = _edge_s(sky, start + (enters - 1) * width, width, dark_after=True)
    ends = _edge_s(sky, start + (leaves - 1) * width, width, dark_after=False)
    return np.where(leaves > 0, ends - begins, 0.0)


def _brightest_s(sky: Sky) -> Doubles:
    """How long after the moment satellites stand nearest to the Sun's direction, roughly."""
    moments = np.linspace(0.0, 1.0, 100, endpoint=False)
    along = np.array([sky.sight(sky.moment_s + share * sky.period_s)[1] for share in moments])
    later: Doubles = moments[along.argmax(axis=0)] * sky.period_s
    return later


def at_edge(sky: Sky) -> Flags:
    """Whether some orbits of the day meet the shadow and others miss it."""
    turns = np.linspace(0.0, 1.0, 720, endpoint=False)
    shaded = [
        np.array([~sky.sight(moment + share * sky.period_s)[0] for share in turns]).any(axis=0)
        for moment in (0.0, NOON_S, 1.05 * DAY_S)
    ]
    some: Flags = np.any(shaded, axis=0)
    every: Flags = np.all(shaded, axis=0)
    return some & ~every


def _edge_s(sky: Sky, start: Doubles, width: Doubles, *, dark_after: bool) -> Doubles:
    """The moment within a step at which light changes, by bisection."""
    low, high = start, start + width
    for _ in range(16):
        middle = 0.5 * (low + high)
        after = sky.sight(middle)[0] != dark_after
        low, high = np.where(after, low, middle), np.where(after, middle, high)
    return 0.5 * (low + high)


def _array_w(rows: Doubles, raan: Doubles, sun: Doubles, flux_w_m2: float, view: Doubles) -> Doubles:
    """Array power in sunlight, cells at the temperature where their balance closes, by bisection."""
    sin_i, cos_i = rows[:, Field.SIN_INCLINATION], rows[:, Field.COS_INCLINATION]
    sin_beta = sin_i * (np.sin(raan) * sun[0] - np.cos(raan) * sun[1]) + cos_i * sun[2]
    light = flux_w_m2 * (
        rows[:, Field.POINTING_FIXED]
        + rows[:, Field.POINTING_PER_COS] * np.sqrt(1.0 - sin_beta**2)
        + rows[:, Field.POINTING_PER_SIN] * np.abs(sin_beta)
    )
    coefficient = rows[:, Field.CELL_COEFFICIENT_PER_K]
    low, high = np.full(len(rows), 100.0), np.full(len(rows), 500.0)
    for _ in range(50):
        middle = 0.5 * (low + high)
        bright = 1.0 + coefficient * (middle - CELL_REFERENCE_K)
        absorbed = light * (rows[:, Field.CELL_ABSORPTIVITY] - rows[:, Field.CELL_YIELD] * bright)
        earth = EARTH_INFRARED_W_M2 * view - STEFAN_BOLTZMANN_W_M2_K4 * middle**4
        warms = absorbed + 2.0 * rows[:, Field.CELL_EMISSIVITY] * earth > 0.0
        low, high = np.where(warms, middle, low), np.where(warms, high, middle)
    bright = np.maximum(1.0 + coefficient * (low - CELL_REFERENCE_K), 0.0)
    watts: Doubles = light * rows[:, Field.ARRAY_GAIN_M2] * bright * rows[:, Field.ARRAY_HEALTH]
    return watts


def sunrise_s(sky: Sky, step_s: float) -> Doubles:
    """First moment after 00:00 UTC at which a shade arc ends; 0 if there is none."""
    found = np.zeros(len(sky.rows))
    seen_dark = np.zeros(len(sky.rows), bool)
    for k in range(int(1.1 * sky.period_s.max() / step_s) + 2):
        lit, _ = sky.sight(np.full(len(found), k * step_s))
        found = np.where(seen_dark & lit & (found == 0.0), k * step_s, found)
        seen_dark |= ~lit
    return np.where(sky.shade_s > 0.0, found, 0.0)
