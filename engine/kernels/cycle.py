"""Third stage: the radiator through one orbit, to where it repeats, and the level the junction allows.

A heater keeps the loop above the least temperature of its coolant; in sunlight, where power is to spare, its
floor rises by what the shade will take away, so that the battery need not pay for warmth.

One node holds radiator, coolant and chips. A step takes the forcing at its middle as constant and relaxes
exponentially towards where the linearised balance would settle, so no step can overshoot however stiff
the node is. The first pass carries d(end)/d(start) along; a Newton step then moves the start so that the
orbit ends as it began, and the second pass is what is reported.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from engine.formulas import thermal
from engine.kernels import at
from engine.kernels._jit import get, inline_jit, jit, put
from engine.kernels.layout import LANES
from engine.kernels.poly import sin_cos
from engine.units import EARTH_ALBEDO, EARTH_INFRARED_W_M2, STEFAN_BOLTZMANN_W_M2_K4

relaxation = inline_jit(thermal.relaxation)

SUN_STEPS = 16
SHADE_STEPS = 8
SUN_INCIDENCE = math.sin(math.radians(2.0))
"""A radiator held edge-on to the Sun errs by two degrees."""
COLDEST_K = 3.0
PREHEAT_MOST_K = 60.0
"""How far above the coolant's least temperature the heater may bring the loop by sunset."""
TRIP_BAND_K = 0.02
"""How far above the trip temperature a throttled peak may settle; below, five times as far."""


@jit
def set_heat(b: NDArray[np.float64], flux_w_m2: float) -> None:
    """Heat into the node in sun and shade, its emission, and the widths of the steps."""
    for j in range(LANES):
        live = get(b, at.LIVE, j)
        sun_h = get(b, at.SUN_H, j)
        shade_h = get(b, at.SHADE_H, j)
        one_way = get(b, at.ONE_WAY_EFFICIENCY, j)
        out = (get(b, at.OUTPUT_W, j) + get(b, at.THRUSTER_MEAN_W, j)) * get(b, at.MEAN_OUT, j)
        charge_wh = get(b, at.ACCEPTED_WH, j) / get(b, at.ORBITS, j) * (1.0 / one_way - 1.0)
        discharge_wh = get(b, at.DRAWN_WH, j) / get(b, at.ORBITS, j) * (1.0 - one_way)
        dark = shade_h > 0.0
        sun_loss_w = (charge_wh + (0.0 if dark else discharge_wh)) / sun_h
        shade_loss_w = discharge_wh / shade_h if dark else 0.0
        heat_sun = get(b, at.MEAN_SUN_W, j) - out + sun_loss_w
        heat_shade = get(b, at.MEAN_SHADE_W, j) - out + shade_loss_w
        emitting = get(b, at.RADIATING_M2, j)
        view = get(b, at.INFRARED_VIEW, j)
        infrared_w = emitting * EARTH_INFRARED_W_M2 * view
        sunlight = get(b, at.ABSORBING_M2, j) * flux_w_m2
        put(b, at.HEAT_SUN_W, j, heat_sun)
        put(b, at.HEAT_SHADE_W, j, heat_shade)
        put(b, at.FLUX_SUN_W, j, (heat_sun + infrared_w + sunlight * SUN_INCIDENCE) * live)
        put(b, at.FLUX_SHADE_W, j, (heat_shade + infrared_w) * live)
        albedo_w = sunlight * get(b, at.RADIATOR_FACES, j) * EARTH_ALBEDO * view * get(b, at.COS_BETA, j)
        put(b, at.ALBEDO_W, j, albedo_w * live)
        put(b, at.EMIT, j, emitting * STEFAN_BOLTZMANN_W_M2_K4 * live)
        per_k = 3600.0 / get(b, at.HEAT_CAPACITY_J_K, j)
        put(b, at.STEP_SUN, j, sun_h * per_k * (1.0 / SUN_STEPS))
        put(b, at.STEP_SHADE, j, shade_h * per_k * (1.0 / SHADE_STEPS))
        powered = get(b, at.DARK, j) < 0.5 and live > 0.5
        least = get(b, at.MIN_COOLANT_K, j)
        put(b, at.HEATER_FLOOR_K, j, least if powered else COLDEST_K)
        # what the loop loses half way up to the highest floor; without a shade arc, at the floor itself
        middle = least + (0.5 * PREHEAT_MOST_K if dark else 0.0)
        loss_w = emitting * STEFAN_BOLTZMANN_W_M2_K4 * middle * middle * middle * middle
        chill_w = max(loss_w - heat_shade - infrared_w, 0.0)
        chill_k = min(chill_w * shade_h * per_k, PREHEAT_MOST_K)
        stored_wh = chill_k / per_k
        put(b, at.PREHEAT_K, j, chill_k * (1.0 / SUN_STEPS) if powered else 0.0)
        put(b, at.RESTART_SUN_W, j, max(loss_w - get(b, at.FLUX_SUN_W, j), 0.0) + stored_wh / sun_h)
        put(b, at.RESTART_SHADE_W, j, max(chill_w - stored_wh / shade_h, 0.0) if dark else 0.0)


@jit
def start_orbit(b: NDArray[np.float64]) -> None:
    """Puts the angle from orbit noon at the middle of the first sunlit step."""
    for j in range(LANES):
        lit = 1.0 - get(b, at.ECLIPSE_FRACTION, j)
        half_step = math.pi * lit * (1.0 / SUN_STEPS)
        s, c = sin_cos(half_step)
        put(b, at.SIN_STEP, j, 2.0 * s * c)
        put(b, at.COS_STEP, j, 1.0 - 2.0 * s * s)
        sunset_s, sunset_c = sin_cos(math.pi * lit)
        put(b, at.COS_THETA, j, sunset_c * c + sunset_s * s)
        put(b, at.SIN_THETA, j, sunset_c * s - sunset_s * c)


@inline_jit
def turn(b: NDArray[np.float64], j: int) -> None:
    """Moves the angle from orbit noon on by one step, by rotation."""
    c = get(b, at.COS_THETA, j)
    s = get(b, at.SIN_THETA, j)
    put(b, at.COS_THETA, j, c * get(b, at.COS_STEP, j) - s * get(b, at.SIN_STEP, j))
    put(b, at.SIN_THETA, j, s * get(b, at.COS_STEP, j) + c * get(b, at.SIN_STEP, j))


@jit
def enter_arc(b: NDArray[np.float64], lit: bool) -> None:
    """Puts forcing, step width and heater floor of an arc where the steps look for them."""
    if lit:
        for j in range(LANES):
            put(b, at.FLUX_W, j, get(b, at.FLUX_SUN_W, j))
            put(b, at.WIDTH, j, get(b, at.STEP_SUN, j))
            put(b, at.BRIGHT_W, j, get(b, at.ALBEDO_W, j))
            put(b, at.RISE_K, j, get(b, at.PREHEAT_K, j))
    else:
        for j in range(LANES):
            put(b, at.FLUX_W, j, get(b, at.FLUX_SHADE_W, j))
            put(b, at.WIDTH, j, get(b, at.STEP_SHADE, j))
            put(b, at.BRIGHT_W, j, 0.0)
            put(b, at.RISE_K, j, 0.0)
    for j in range(LANES):
        put(b, at.FLOOR_K, j, get(b, at.HEATER_FLOOR_K, j))
        put(b, at.TOP_K, j, get(b, at.T, j))
        put(b, at.HEATER, j, 0.0)


@inline_jit
def probe(b: NDArray[np.float64], steps: int) -> None:
    """Steps of the first pass: temperature, and how it depends on where the orbit began."""
    for _ in range(steps):
        for j in range(LANES):
            t = get(b, at.T, j)
            width = get(b, at.WIDTH, j)
            flux = get(b, at.FLUX_W, j) + get(b, at.BRIGHT_W, j) * max(get(b, at.COS_THETA, j), 0.0)
            turn(b, j)
            cubed = get(b, at.EMIT, j) * t * t * t
            y = 4.0 * cubed * width
            phi = relaxation(y)
            moved = t + width * phi * (flux - cubed * t)
            floor = get(b, at.FLOOR_K, j) + get(b, at.RISE_K, j)
            put(b, at.FLOOR_K, j, floor)
            put(b, at.CHAIN, j, get(b, at.CHAIN, j) * (1.0 - y * phi) if moved > floor else 0.0)
            put(b, at.T, j, max(moved, floor))


@inline_jit
def fly(b: NDArray[np.float64], steps: int) -> None:
    """Steps of the second pass, with the ledger in joules over heat capacity."""
    for _ in range(steps):
        for j in range(LANES):
            t = get(b, at.T, j)
            width = get(b, at.WIDTH, j)
            flux = get(b, at.FLUX_W, j) + get(b, at.BRIGHT_W, j) * max(get(b, at.COS_THETA, j), 0.0)
            turn(b, j)
            cubed = get(b, at.EMIT, j) * t * t * t
            phi = relaxation(4.0 * cubed * width)
            loss = cubed * t
            moved = t + width * phi * (flux - loss)
            floor = get(b, at.FLOOR_K, j) + get(b, at.RISE_K, j)
            after = max(moved, floor)
            put(b, at.FLOOR_K, j, floor)
            put(b, at.T, j, after)
            put(b, at.ABSORBED, j, get(b, at.ABSORBED, j) + width * flux)
            put(b, at.RADIATED, j, get(b, at.RADIATED, j) + width * (phi * loss + (1.0 - phi) * flux))
            put(b, at.HEATER, j, get(b, at.HEATER, j) + after - moved)
            put(b, at.T_SUM, j, get(b, at.T_SUM, j) + width * (t + after))
            put(b, at.T_MIN, j, min(get(b, at.T_MIN, j), after))
            put(b, at.TOP_K, j, max(get(b, at.TOP_K, j), after))


@jit
def find_start(b: NDArray[np.float64]) -> None:
    """First pass: from yesterday's sunrise temperature to one that comes back after an orbit."""
    start_orbit(b)
    for j in range(LANES):
        put(b, at.T, j, get(b, at.SUNRISE_K, j))
        put(b, at.CHAIN, j, 1.0)
    enter_arc(b, True)
    probe(b, SUN_STEPS)
    enter_arc(b, False)
    probe(b, SHADE_STEPS)
    for j in range(LANES):
        start = get(b, at.SUNRISE_K, j)
        step = (get(b, at.T, j) - start) / max(1.0 - get(b, at.CHAIN, j), 1e-6)
        put(b, at.START_K, j, max(start + step, get(b, at.HEATER_FLOOR_K, j)))


@jit
def fly_orbit(b: NDArray[np.float64]) -> None:
    """Second pass: the orbit that is reported."""
    start_orbit(b)
    for j in range(LANES):
        start = get(b, at.START_K, j)
        put(b, at.T, j, start)
        put(b, at.T_MIN, j, start)
        put(b, at.T_SUM, j, 0.0)
        put(b, at.ABSORBED, j, 0.0)
        put(b, at.RADIATED, j, 0.0)
    enter_arc(b, True)
    fly(b, SUN_STEPS)
    for j in range(LANES):
        put(b, at.HEATER_SUN, j, get(b, at.HEATER, j))
        put(b, at.T_MAX, j, get(b, at.TOP_K, j))
        put(b, at.J_MAX, j, get(b, at.TOP_K, j) + get(b, at.JUNCTION_DROP_K, j) * get(b, at.LEVEL_SUN, j))
    enter_arc(b, False)
    fly(b, SHADE_STEPS)
    for j in range(LANES):
        put(b, at.HEATER_SHADE, j, get(b, at.HEATER, j))
        put(b, at.T_MAX, j, max(get(b, at.T_MAX, j), get(b, at.TOP_K, j)))
        hot = get(b, at.TOP_K, j) + get(b, at.JUNCTION_DROP_K, j) * get(b, at.LEVEL_SHADE, j)
        put(b, at.J_MAX, j, max(get(b, at.J_MAX, j), hot))


@jit
def judge_junction(b: NDArray[np.float64], first: bool) -> float:
    """Moves the junction cap where the peak misses the trip temperature; says how many lanes need a retry.

    A lane is settled when its peak is in the band below the trip, when something else holds it below, or
    when even a dark chip is too hot. Settled lanes keep their cap, so a retry gives them the same bits.
    """
    for j in range(LANES):
        level = get(b, at.LEVEL_SUN, j)
        cap = get(b, at.CAP_JUNCTION, j)
        room = get(b, at.TRIP_K, j) - get(b, at.J_MAX, j)
        held = cap < get(b, at.LEVEL_CAP, j)
        inside = room >= -TRIP_BAND_K and (room <= 5.0 * TRIP_BAND_K or not held)
        settled = inside or (level <= 0.0 and room < 0.0) or get(b, at.WORKING, j) < 0.5
        peak = max(get(b, at.T_MAX, j), 200.0)
        guess = get(b, at.PER_LEVEL_W, j) / (4.0 * get(b, at.EMIT, j) * peak * peak * peak + 1e-3)
        guess += get(b, at.JUNCTION_DROP_K, j)
        run = level - get(b, at.TRY_LEVEL, j)
        rise = get(b, at.J_MAX, j) - get(b, at.TRY_K, j)
        usable = (not first) and abs(run) > 1e-9 and rise * run > 0.0
        slope = rise / (run if usable else 1.0)
        slope = min(max(slope, 0.2 * guess), 5.0 * guess) if usable else guess
        aim = level + (room - TRIP_BAND_K) / slope
        put(b, at.TRY_LEVEL, j, level)
        put(b, at.TRY_K, j, get(b, at.J_MAX, j))
        free = settled and not held
        moved = min(max(aim, get(b, at.LEVEL_CAP, j) if free else 0.0), 9.0)
        put(b, at.CAP_JUNCTION, j, moved if (free or not settled) else cap)
        put(b, at.NEEDS, j, 0.0 if settled else 1.0)
    needs = 0.0
    for j in range(LANES):
        needs += get(b, at.NEEDS, j)
    return needs
