"""First stage of a day: status, geometry against the Sun, array power, drag and station-keeping."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from engine.formulas import drag, eclipse, orbit, power, thermal
from engine.kernels import at
from engine.kernels._jit import get, inline_jit, jit, put
from engine.kernels.layout import LANES, Sky, Status
from engine.kernels.poly import arc_cos, exponential, sin_cos, wrapped
from engine.kernels.sky import DENSITY_FROM_KM, DENSITY_NODES, DENSITY_STEP_KM
from engine.units import DAY_S, DRAG_COEFFICIENT

mean_motion_rad_s = inline_jit(orbit.mean_motion_rad_s)
node_rate_rad_s = inline_jit(orbit.node_rate_rad_s)
arg_lat_rate_rad_s = inline_jit(orbit.arg_lat_rate_rad_s)
shadow_cosine = inline_jit(eclipse.shadow_cosine)
pointing_factor = inline_jit(power.pointing_factor)
hot_factor = inline_jit(power.hot_factor)
cell_temperature_k = inline_jit(power.cell_temperature_k)
drag_acceleration_m_s2 = inline_jit(drag.drag_acceleration_m_s2)
climb_km_per_m_s = inline_jit(drag.climb_km_per_m_s)
wind_share = inline_jit(drag.wind_share)
inline_jit(thermal.plate_view_factor)
mean_view_factor = inline_jit(thermal.mean_view_factor)

REENTRY_KM = drag.REENTRY_KM
VIEW_REFRESH_KM = 0.5
HALF_DAY_S = 0.5 * DAY_S
SUN_PER_DAY = 2.0 * math.pi / 365.2422
SIN_OBLIQUITY = math.sin(math.radians(23.4393))
COS_OBLIQUITY = math.cos(math.radians(23.4393))
TINY = 1e-12
LOG_DENSITY = int(Sky.LOG_DENSITY)

COMMISSIONING = float(Status.COMMISSIONING)
SERVICE = float(Status.SERVICE)
DISPOSAL = float(Status.DISPOSAL)
REENTERED = float(Status.REENTERED)
LOST = float(Status.LOST)


@jit
def begin_day(b: NDArray[np.float64], day: float) -> None:
    """Moves batches from check-out into service and from service into disposal as their days come."""
    for j in range(LANES):
        status = get(b, at.STATUS, j)
        alive = get(b, at.ALIVE_COUNT, j)
        put(b, at.STATUS_BEFORE, j, status)
        arrived = 1.0 if day >= get(b, at.SERVICE_DAY, j) else 0.0
        spent = 1.0 if day >= get(b, at.LAUNCH_DAY, j) + get(b, at.LIFE_DAYS, j) else 0.0
        status = SERVICE if (status == COMMISSIONING and arrived > 0.5) else status
        flying = status == SERVICE or status == COMMISSIONING
        status = DISPOSAL if (flying and spent > 0.5) else status
        put(b, at.STATUS, j, status)
        present = COMMISSIONING <= status <= DISPOSAL
        put(b, at.LIVE, j, 1.0 if (present and alive > 0.5) else 0.0)
        put(b, at.WORKING, j, 1.0 if (status == SERVICE and alive > 0.5) else 0.0)
        put(b, at.ECLIPSE_BEFORE, j, get(b, at.ECLIPSE_FRACTION, j))
        put(b, at.PROPELLANT_BEFORE, j, get(b, at.PROPELLANT_KG, j))
        put(b, at.HEALTH_BEFORE, j, get(b, at.BATTERY_HEALTH, j))
        put(b, at.SERVED_BEFORE, j, get(b, at.SERVED_SHARE, j))


@jit
def refresh_views(b: NDArray[np.float64]) -> None:
    """Works out the view to the Earth again where the altitude has moved; a rare, scalar loop."""
    for j in range(LANES):
        altitude_km = get(b, at.ALTITUDE_KM, j)
        if abs(altitude_km - get(b, at.VIEW_ALTITUDE_KM, j)) > VIEW_REFRESH_KM:
            put(b, at.VIEW_ALTITUDE_KM, j, altitude_km)
            put(
                b,
                at.INFRARED_VIEW,
                j,
                mean_view_factor(altitude_km, get(b, at.RADIATOR_TILT_RAD, j), get(b, at.RADIATOR_FACES, j)),
            )


@jit
def look_up_density(b: NDArray[np.float64], row: NDArray[np.float64]) -> None:
    """Log density of the air at each altitude, from the day's table."""
    for j in range(LANES):
        place = (get(b, at.ALTITUDE_KM, j) - DENSITY_FROM_KM) * (1.0 / DENSITY_STEP_KM)
        node = min(max(int(place), 0), DENSITY_NODES - 2)
        share = place - node
        low = row[LOG_DENSITY + node]
        put(b, at.LOG_DENSITY, j, low + share * (row[LOG_DENSITY + node + 1] - low))


@jit
def face_sun(b: NDArray[np.float64], x: float, y: float, z: float) -> None:
    """Beta, shadow and arcs at noon UTC; then moves node and argument of latitude on by the day."""
    for j in range(LANES):
        altitude_km = get(b, at.ALTITUDE_KM, j)
        cos_i = get(b, at.COS_INCLINATION, j)
        node_rate = node_rate_rad_s(altitude_km, cos_i)
        raan = get(b, at.RAAN_RAD, j)
        s, c = sin_cos(raan + node_rate * HALF_DAY_S)
        sin_b = get(b, at.SIN_INCLINATION, j) * (s * x - c * y) + cos_i * z
        cos_b = math.sqrt(max(1.0 - sin_b * sin_b, 0.0))
        fraction = arc_cos(shadow_cosine(altitude_km, cos_b)) * (1.0 / math.pi)
        period = 2.0 * math.pi / mean_motion_rad_s(altitude_km)
        put(b, at.SIN_BETA, j, sin_b)
        # plane and Sun move through the day; the Sun along the ecliptic, by a degree
        sun_x = -SIN_OBLIQUITY * z - COS_OBLIQUITY * y
        sun_y = COS_OBLIQUITY * x
        sun_z = SIN_OBLIQUITY * x
        turned = node_rate * DAY_S * (c * x + s * y) + SUN_PER_DAY * (s * sun_x - c * sun_y)
        half = 0.5 * (get(b, at.SIN_INCLINATION, j) * turned + SUN_PER_DAY * cos_i * sun_z)
        crossed = (sin_b * sin_b + half * half) * 0.5 / max(abs(half), TINY)
        put(b, at.MEAN_SIN_BETA, j, crossed if abs(sin_b) < abs(half) else abs(sin_b))
        put(b, at.COS_BETA, j, cos_b)
        put(b, at.ECLIPSE_FRACTION, j, fraction)
        put(b, at.PERIOD_S, j, period)
        put(b, at.ORBITS, j, DAY_S / period)
        hours = period * (1.0 / 3600.0)
        put(b, at.SHADE_H, j, fraction * hours)
        put(b, at.SUN_H, j, hours - fraction * hours)
        put(b, at.RAAN_RAD, j, wrapped(raan + node_rate * DAY_S))
        put(
            b,
            at.ARG_LAT_RAD,
            j,
            wrapped(get(b, at.ARG_LAT_RAD, j) + arg_lat_rate_rad_s(altitude_km, cos_i) * DAY_S),
        )


@jit
def make_power(b: NDArray[np.float64], flux_w_m2: float) -> None:
    """Array power in sunlight, from pointing, cell temperature and wear.

    On a day on which the Sun crosses the orbital plane, arrays fixed across it see the mean of the day.
    """
    for j in range(LANES):
        pointing = pointing_factor(
            get(b, at.POINTING_FIXED, j),
            get(b, at.POINTING_PER_COS, j),
            get(b, at.POINTING_PER_SIN, j),
            get(b, at.COS_BETA, j),
            get(b, at.MEAN_SIN_BETA, j),
        )
        light = flux_w_m2 * pointing
        coefficient = get(b, at.CELL_COEFFICIENT_PER_K, j)
        cell_k = cell_temperature_k(
            light,
            get(b, at.CELL_ABSORPTIVITY, j),
            get(b, at.CELL_EMISSIVITY, j),
            get(b, at.CELL_YIELD, j),
            coefficient,
            get(b, at.INFRARED_VIEW, j),
        )
        watts = light * get(b, at.ARRAY_GAIN_M2, j) * hot_factor(coefficient, cell_k)
        put(b, at.ARRAY_POWER_W, j, watts * get(b, at.ARRAY_HEALTH, j) * get(b, at.LIVE, j))


@jit
def meet_air(b: NDArray[np.float64]) -> None:
    """Drag and steering clear, what the thrusters make up of it, and the altitude at the end of the day."""
    for j in range(LANES):
        altitude_km = get(b, at.ALTITUDE_KM, j)
        live = get(b, at.LIVE, j)
        status = get(b, at.STATUS, j)
        propellant = get(b, at.PROPELLANT_KG, j)
        mass = get(b, at.DRY_MASS_KG, j) + propellant
        area = (
            get(b, at.BODY_DRAG_M2, j)
            + get(b, at.ARRAY_DRAG_FIXED_M2, j)
            + get(b, at.ARRAY_DRAG_PER_COS_M2, j) * get(b, at.COS_BETA, j)
            + get(b, at.RADIATOR_DRAG_M2, j) * wind_share(get(b, at.SIN_BETA, j))
        )
        density = exponential(get(b, at.LOG_DENSITY, j))
        drag_m_s = DAY_S * drag_acceleration_m_s2(density, altitude_km, mass / (DRAG_COEFFICIENT * area))
        full_m_s = DAY_S * get(b, at.THRUST_N, j) / mass
        left_m_s = get(b, at.EXHAUST_M_S, j) * propellant / mass
        disposing = status == DISPOSAL
        aside_m_s = get(b, at.AVOIDANCE_M_S_PER_DAY, j)
        wanted = full_m_s if disposing else ((drag_m_s + aside_m_s) * get(b, at.KEEPING, j))
        thrust_m_s = min(min(wanted, full_m_s), left_m_s) * live
        lift_m_s = max(thrust_m_s - aside_m_s, 0.0)
        sink_m_s = drag_m_s + thrust_m_s if disposing else drag_m_s - lift_m_s
        put(b, at.PROPELLANT_KG, j, max(propellant - mass * thrust_m_s / get(b, at.EXHAUST_M_S, j), 0.0))
        put(b, at.THRUSTER_MEAN_W, j, get(b, at.THRUSTER_W, j) * thrust_m_s / full_m_s)
        lower_km = max(altitude_km - climb_km_per_m_s(altitude_km) * sink_m_s, DENSITY_FROM_KM)
        put(b, at.ALTITUDE_KM, j, lower_km if live > 0.5 else altitude_km)


@jit
def end_orbits(b: NDArray[np.float64]) -> None:
    """Ends batches that have come down, and those of which nothing lives."""
    for j in range(LANES):
        status = get(b, at.STATUS, j)
        present = COMMISSIONING <= status <= DISPOSAL
        down = present and get(b, at.ALTITUDE_KM, j) < REENTRY_KM
        gone = present and get(b, at.ALIVE_COUNT, j) < 0.5
        status = LOST if gone else status
        alive = get(b, at.ALIVE_COUNT, j)
        put(b, at.STATUS, j, REENTERED if down else status)
        put(b, at.DESCENDED_COUNT, j, get(b, at.DESCENDED_COUNT, j) + (alive if down else 0.0))
        put(b, at.ALIVE_COUNT, j, 0.0 if down else alive)
