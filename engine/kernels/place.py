"""Where satellites are: every living one under its point of the map, lit or in shade."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from engine.formulas import orbit
from engine.kernels import at
from engine.kernels._jit import beyond, get, inline_jit, jit
from engine.kernels.layout import KEPT, LANES, Spread, Status
from engine.kernels.poly import HALF_PI, TWO_PI, arc_cos, sin_cos, wrapped
from engine.units import EARTH_RADIUS_KM

node_rate_rad_s = inline_jit(orbit.node_rate_rad_s)
arg_lat_rate_rad_s = inline_jit(orbit.arg_lat_rate_rad_s)
inline_jit(orbit.mean_motion_rad_s)

CLUSTER_GAP_KM = 0.2
"""Distance between neighbours of a formation, as drawn."""
CHUNK = 32
DEGREES = 180.0 / math.pi
CLUSTER = float(Spread.CLUSTER)
COMMISSIONING = float(Status.COMMISSIONING)
DISPOSAL = float(Status.DISPOSAL)


@inline_jit
def slot_stride(slots: int) -> int:
    """A step around the ring, near the golden section, that visits every slot once."""
    stride = max(int(0.6180339887498949 * slots), 1)
    while True:
        a = slots
        b = stride
        while b > 0:
            a, b = b, a % b
        if a == 1:
            return stride
        stride += 1


@inline_jit
def signed_arc_cos(x: float) -> float:
    """acos x for -1 <= x <= 1."""
    angle = arc_cos(min(abs(x), 1.0))
    return math.pi - angle if x < 0.0 else angle


@inline_jit
def mark_living(
    angles: NDArray[np.float64], slots: int, dead: int, turn: int, first: float, gap: float
) -> None:
    """Writes the argument of latitude of each slot that is still filled, in the order of the ring.

    Slots die in the order of a walk around the ring with a stride that visits each once, from `turn` on.
    """
    place = 0
    stride = slot_stride(slots) if dead > 0 else 0
    for slot in range(slots):
        if turn >= dead:
            angles[place] = first + gap * slot
            place += 1
        turn += stride
        if turn >= slots:
            turn -= slots


@inline_jit
def project(
    b: NDArray[np.float64], cos_i: float, sin_i: float, west: float, along: float, across: float
) -> None:
    """Turns a chunk of arguments of latitude into latitude, longitude, and how far the Sun stands up."""
    for j in range(CHUNK):
        su, cu = sin_cos(wrapped(b[j]))
        flat = cos_i * su
        reach = math.sqrt(cu * cu + flat * flat)
        east = signed_arc_cos(cu / max(reach, 1e-12))
        b[CHUNK + j] = (HALF_PI - signed_arc_cos(sin_i * su)) * DEGREES
        b[2 * CHUNK + j] = wrapped((east if flat >= 0.0 else -east) + west) * DEGREES - 180.0
        b[3 * CHUNK + j] = cu * along + su * across


@jit
def place_satellites(
    blocks: NDArray[np.float64],
    count: int,
    seconds: float,
    greenwich_rad: float,
    sun: NDArray[np.float64],
    lat_deg: NDArray[np.float64],
    lon_deg: NDArray[np.float64],
    sunlit: NDArray[np.bool_],
    batch_index: NDArray[np.int32],
    chunk: NDArray[np.float64],
) -> int:
    """Places all living satellites at a time of the day.

    Satellites of a ring hold slots k/N; the dead leave gaps, spread around the ring in an order of the batch.

    Args:
        blocks: the fleet's array at 00:00 UTC.
        count: batches.
        seconds: since 00:00 UTC.
        greenwich_rad: angle from the equinox to the Greenwich meridian at that time.
        sun: unit vector to the Sun, equinox of date.
        lat_deg: written, one a satellite.
        lon_deg: written, -180 to 180.
        sunlit: written.
        batch_index: written.
        chunk: `4 * CHUNK` long, for what is worked out together.

    Returns:
        How many satellites were placed.
    """
    placed = 0
    for batch in range(count):
        row = beyond(blocks, batch // LANES * (KEPT * LANES))
        lane = batch % LANES
        status = get(row, at.STATUS, lane)
        alive = int(get(row, at.ALIVE_COUNT, lane))
        if alive == 0 or status < COMMISSIONING or status > DISPOSAL:
            continue
        slots = int(get(row, at.LAUNCHED_COUNT, lane))
        altitude_km = get(row, at.ALTITUDE_KM, lane)
        cos_i = get(row, at.COS_INCLINATION, lane)
        sin_i = get(row, at.SIN_INCLINATION, lane)
        raan = get(row, at.RAAN_RAD, lane) + node_rate_rad_s(altitude_km, cos_i) * seconds
        first = get(row, at.ARG_LAT_RAD, lane) + arg_lat_rate_rad_s(altitude_km, cos_i) * seconds
        a_km = EARTH_RADIUS_KM + altitude_km
        gap = TWO_PI / slots
        if get(row, at.SPREAD, lane) == CLUSTER:
            gap = min(gap, CLUSTER_GAP_KM / a_km)
        shadow = EARTH_RADIUS_KM / a_km
        bright = -math.sqrt(1.0 - shadow * shadow)
        s, c = sin_cos(wrapped(raan))
        along = sun[0] * c + sun[1] * s
        across = cos_i * (sun[1] * c - sun[0] * s) + sin_i * sun[2]
        west = math.pi + 2.0 * TWO_PI - greenwich_rad + raan
        angles = beyond(lat_deg, placed)
        mark_living(angles, slots, slots - alive, int(get(row, at.KEY, lane)) % slots, first, gap)
        for begin in range(0, alive, CHUNK):
            size = min(CHUNK, alive - begin)
            for j in range(size):
                chunk[j] = angles[begin + j]
            project(chunk, cos_i, sin_i, west, along, across)
            for j in range(size):
                k = placed + begin + j
                lat_deg[k] = chunk[CHUNK + j]
                lon_deg[k] = chunk[2 * CHUNK + j]
                sunlit[k] = chunk[3 * CHUNK + j] > bright
                batch_index[k] = batch
        placed += alive
    return placed
