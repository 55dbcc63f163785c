"""Inside the day: one orbit of a batch, and every satellite on the map, from the state at 00:00 UTC.

Nothing here is state. Levels, arcs, temperatures and charge are the day step's own for that day, read at
an instant; so the live screen is a view, not another simulation.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.formulas import sun as sun_formulas
from engine.formulas.orbit import arg_lat_rate_rad_s, node_rate_rad_s
from engine.formulas.thermal import bent_k, relaxation
from engine.kernels.cycle import SHADE_STEPS, SUN_STEPS
from engine.kernels.layout import LANES, Field, Status
from engine.kernels.place import CHUNK, place_satellites
from engine.kernels.record import PER_LANE_DAY
from engine.kernels.scratch import ROWS, Scratch
from engine.kernels.sky import sky_rows
from engine.kernels.span import run_blocks
from engine.rules.levers import lever
from engine.simulate.fleet import Fleet
from engine.simulate.run import infant_growth
from engine.units import DAY_S

if TYPE_CHECKING:
    from engine.state import CampaignState

Doubles = NDArray[np.float64]

SAMPLES = 121
"""Points of the one-orbit curves: half an orbit back, half an orbit ahead."""
_TURN = 2.0 * math.pi


@dataclass(frozen=True, slots=True)
class Instant:
    """One satellite of a batch at an instant; powers are per satellite."""

    sunlit: bool
    array_w: float
    load_w: float
    level: float
    charge_fraction: float
    radiator_k: float
    junction_k: float
    lat_deg: float
    lon_deg: float


@dataclass(frozen=True, slots=True, eq=False)
class Telemetry:
    """One orbit of a batch around an instant. Powers are per satellite, arrays `(SAMPLES,)`.

    Attributes:
        minutes: from the instant; negative is past.
        charge_fraction: of what the battery holds today.
        now: the instant itself, at the first satellite of the batch.
        next_change_min: minutes to the next sunrise or sunset; infinite without an eclipse.
    """

    batch_index: int
    day: int
    seconds: float
    minutes: Doubles
    sunlit: NDArray[np.bool_]
    array_w: Doubles
    load_w: Doubles
    charge_fraction: Doubles
    radiator_k: Doubles
    junction_k: Doubles
    now: Instant
    period_min: float
    sun_min: float
    shade_min: float
    next_change_min: float
    beta_deg: float
    altitude_km: float
    trip_k: float


@dataclass(frozen=True, slots=True, eq=False)
class SwarmPositions:
    """Every living satellite under its point of the map; arrays of one length, in fleet order.

    Attributes:
        batch_index: row of the satellite's batch in the fleet.
        sun_lat_deg: where the Sun stands overhead.
    """

    lat_deg: Doubles
    lon_deg: Doubles
    sunlit: NDArray[np.bool_]
    batch_index: NDArray[np.int32]
    sun_lat_deg: float
    sun_lon_deg: float


def telemetry(state: CampaignState, batch_index: int, seconds: float) -> Telemetry:
    """One orbit of a batch of a campaign around `seconds` of its day."""
    return fleet_telemetry(state.fleet, batch_index, state.day, seconds, state.seed, lever(state, "storms"))


def positions(state: CampaignState, seconds: float) -> SwarmPositions:
    """All living satellites of a campaign at `seconds` of its day."""
    return fleet_positions(state.fleet, state.day, seconds)


def fleet_positions(fleet: Fleet, day: int, seconds: float) -> SwarmPositions:
    """All living satellites of a fleet.

    Args:
        fleet: at 00:00 UTC of `day`.
        day: since 2000-01-01.
        seconds: of the day.
    """
    instant = day + seconds / DAY_S - 0.5
    toward = np.array([sun_formulas.sun_x(instant), sun_formulas.sun_y(instant), sun_formulas.sun_z(instant)])
    greenwich = math.radians(sun_formulas.greenwich_angle_deg(instant))
    flying = _flying(fleet)
    total = int(fleet.column(Field.ALIVE_COUNT)[flying].sum())
    lat, lon = np.empty(total), np.empty(total)
    lit, index = np.empty(total, np.bool_), np.empty(total, np.int32)
    chunk = np.zeros(4 * CHUNK)
    flat = fleet.blocks.reshape(-1)
    place_satellites(flat, fleet.count, seconds, greenwich, toward, lat, lon, lit, index, chunk)
    east = math.degrees(math.atan2(toward[1], toward[0]) - greenwich)
    return SwarmPositions(
        lat, lon, lit, index, math.degrees(math.asin(toward[2])), (east + 180.0) % 360.0 - 180.0
    )


def _flying(fleet: Fleet) -> NDArray[np.bool_]:
    status = fleet.column(Field.STATUS)
    return (status >= Status.COMMISSIONING) & (status <= Status.DISPOSAL)


def fleet_telemetry(
    fleet: Fleet, index: int, day: int, seconds: float, seed: int | None = None, storms: float = 1.0
) -> Telemetry:
    """One orbit of a batch around an instant.

    Args:
        fleet: at 00:00 UTC of `day`.
        index: the batch.
        day: since 2000-01-01.
        seconds: of the day.
        seed: of the campaign, for its solar storms; None leaves the Sun calm.
        storms: factor on how often these begin.
    """
    before = fleet.row(index)
    after = _solved(fleet, index, day, seed, storms)
    period_s = float(after[Field.PERIOD_S])
    times = seconds + np.linspace(-0.5, 0.5, SAMPLES) * period_s
    since_sunrise = _since_sunrise(before, after, day, times)
    sun_s = period_s * (1.0 - float(after[Field.ECLIPSE_FRACTION]))
    sunlit = since_sunrise < sun_s
    load_w = np.where(sunlit, after[Field.LOAD_SUN_W], after[Field.LOAD_SHADE_W]) * after[Scratch.LIVE]
    level = np.where(sunlit, after[Field.LEVEL_SUN], after[Field.LEVEL_SHADE])
    charge = _charge(before, after, times, since_sunrise)
    radiator_k = _temperature(after, since_sunrise)
    junction_k = radiator_k + after[Field.JUNCTION_DROP_K] * level
    array_w = np.where(sunlit, after[Field.ARRAY_POWER_W], 0.0)
    middle = SAMPLES // 2
    lat_deg, lon_deg = below(before, day, seconds)
    passed = float(since_sunrise[middle])
    left_s = sun_s - passed if sunlit[middle] else period_s - passed
    return Telemetry(
        batch_index=index,
        day=day,
        seconds=seconds,
        minutes=(times - seconds) / 60.0,
        sunlit=sunlit,
        array_w=array_w,
        load_w=load_w,
        charge_fraction=charge,
        radiator_k=radiator_k,
        junction_k=junction_k,
        now=Instant(
            bool(sunlit[middle]),
            float(array_w[middle]),
            float(load_w[middle]),
            float(level[middle]),
            float(charge[middle]),
            float(radiator_k[middle]),
            float(junction_k[middle]),
            lat_deg,
            lon_deg,
        ),
        period_min=period_s / 60.0,
        sun_min=sun_s / 60.0,
        shade_min=(period_s - sun_s) / 60.0,
        next_change_min=left_s / 60.0 if sun_s < period_s else math.inf,
        beta_deg=math.degrees(math.asin(after[Field.SIN_BETA])),
        altitude_km=float(before[Field.ALTITUDE_KM]),
        trip_k=float(before[Field.TRIP_K]),
    )


def _solved(fleet: Fleet, index: int, day: int, seed: int | None, storms: float) -> Doubles:
    """The day step's solution for one batch: its fields and scratch rows, `(ROWS,)`."""
    block = fleet.blocks[index // LANES : index // LANES + 1].copy()
    room = 2 * LANES * PER_LANE_DAY
    infant, peek = infant_growth(), np.zeros(ROWS * LANES)
    run_blocks(
        block.reshape(-1),
        fleet.designs.reshape(-1),
        0,
        LANES,
        0,
        day,
        1,
        sky_rows(day, day + 1, seed, often=storms).reshape(-1),
        infant,
        len(infant) - 1,
        np.empty(4 * room),
        room,
        peek,
        np.zeros(2, np.int64),
    )
    lane: Doubles = peek.reshape(ROWS, LANES)[:, index % LANES].copy()
    return lane


def _since_sunrise(before: Doubles, after: Doubles, day: int, times: Doubles) -> Doubles:
    """Seconds since the last sunrise at each time, from the angle to orbit noon."""
    altitude_km, cos_i = float(before[Field.ALTITUDE_KM]), float(before[Field.COS_INCLINATION])
    sin_i = float(before[Field.SIN_INCLINATION])
    raan = float(before[Field.RAAN_RAD]) + node_rate_rad_s(altitude_km, cos_i) * times[len(times) // 2]
    x, y, z = (f(float(day)) for f in (sun_formulas.sun_x, sun_formulas.sun_y, sun_formulas.sun_z))
    along = x * math.cos(raan) + y * math.sin(raan)
    across = cos_i * (y * math.cos(raan) - x * math.sin(raan)) + sin_i * z
    noon = math.atan2(across, along)
    angle = before[Field.ARG_LAT_RAD] + arg_lat_rate_rad_s(altitude_km, cos_i) * times - noon
    lit = math.pi * (1.0 - float(after[Field.ECLIPSE_FRACTION]))
    since: Doubles = np.mod(angle + lit, _TURN) / _TURN * float(after[Field.PERIOD_S])
    return since


def _charge(before: Doubles, after: Doubles, times: Doubles, since_sunrise: Doubles) -> Doubles:
    """Charge over what the battery holds, orbit by orbit as the day's closed form has it."""
    capacity = float(after[Scratch.CAPACITY_NOW_WH])
    start = min(float(before[Field.CHARGE_WH]), capacity)
    end = float(after[Scratch.CHARGE_END_WH])
    draw = float(after[Scratch.DEPTH]) * capacity
    sun_s, shade_s = 3600.0 * float(after[Scratch.SUN_H]), 3600.0 * float(after[Scratch.SHADE_H])
    accept = float(after[Scratch.ACCEPT_WH])
    gain = accept - draw
    orbits = np.maximum(times - since_sunrise, 0.0) / float(after[Field.PERIOD_S])
    sunrise = np.clip(start + orbits * gain, min(start, end), max(start, end))
    topped = np.minimum(sunrise + accept * np.minimum(since_sunrise / sun_s, 1.0), capacity)
    spent = draw * np.maximum(since_sunrise - sun_s, 0.0) / max(shade_s, 1.0)
    fraction: Doubles = np.clip((topped - spent) / capacity, 0.0, 1.0)
    return fraction


def _temperature(after: Doubles, since_sunrise: Doubles) -> Doubles:
    """Radiator temperature, along the nodes that the day step took."""
    period_s = float(after[Field.PERIOD_S])
    sun_s = 3600.0 * float(after[Scratch.SUN_H])
    knots_s = [0.0]
    kelvin = [float(after[Scratch.START_K])]
    floor = float(after[Scratch.HEATER_FLOOR_K])
    emit = float(after[Scratch.EMIT])
    left_k = 0.0
    for step in range(SUN_STEPS + SHADE_STEPS):
        lit = step < SUN_STEPS
        width = float(after[Scratch.STEP_SUN if lit else Scratch.STEP_SHADE])
        angle = _TURN * sun_s / period_s * ((step + 0.5) / SUN_STEPS - 0.5)
        flux = float(after[Scratch.FLUX_SUN_W if lit else Scratch.FLUX_SHADE_W])
        flux += float(after[Scratch.ALBEDO_W]) * max(math.cos(angle), 0.0) if lit else 0.0
        least = floor + (step + 1) * float(after[Scratch.PREHEAT_K]) if lit else floor
        leak = float(after[Scratch.LEAK_SUN_W_K if lit else Scratch.LEAK_SHADE_W_K])
        t = kelvin[-1]
        phi = relaxation((4.0 * emit * t**3 - leak) * width)
        rise = width * phi * (flux + leak * t - emit * t**4)
        free = t + rise - bent_k(width * emit * t, rise, t)
        if step in (0, SUN_STEPS):
            left_wh = float(after[Scratch.HEATER_SUN_WH if lit else Scratch.HEATER_SHADE_WH])
            left_k = 3600.0 * left_wh / float(after[Field.HEAT_CAPACITY_J_K])
        most_w = float(after[Scratch.HEATER_MOST_SUN_W if lit else Scratch.HEATER_MOST_SHADE_W])
        kelvin.append(max(free, min(least, free + phi * min(width * most_w, left_k))))
        y = (4.0 * emit * t**3 - leak) * width
        left_k = max(left_k - (kelvin[-1] - free) * (1.0 + y * (0.5 + y / 12.0)), 0.0)
        shade_step_s = (period_s - sun_s) / SHADE_STEPS
        knots_s.append(knots_s[-1] + (sun_s / SUN_STEPS if lit else shade_step_s))
    curve: Doubles = np.interp(since_sunrise, knots_s, kelvin)
    return curve


def below(before: Doubles, day: int, seconds: float) -> tuple[float, float]:
    """Latitude and longitude under the first satellite of a batch, in degrees."""
    altitude_km, cos_i = float(before[Field.ALTITUDE_KM]), float(before[Field.COS_INCLINATION])
    raan = float(before[Field.RAAN_RAD]) + node_rate_rad_s(altitude_km, cos_i) * seconds
    u = float(before[Field.ARG_LAT_RAD]) + arg_lat_rate_rad_s(altitude_km, cos_i) * seconds
    lat = math.asin(float(before[Field.SIN_INCLINATION]) * math.sin(u))
    greenwich = math.radians(sun_formulas.greenwich_angle_deg(day + seconds / DAY_S - 0.5))
    lon = math.degrees(math.atan2(cos_i * math.sin(u), math.cos(u)) + raan - greenwich)
    return math.degrees(lat), (lon + 180.0) % 360.0 - 180.0
