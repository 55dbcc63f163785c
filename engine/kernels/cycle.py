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
from engine.kernels._jit import inline_jit
from engine.kernels.layout import LANES, At
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


@inline_jit
def set_heat(b: NDArray[np.float64], flux_w_m2: float) -> None:
    """Heat into the node in sun and shade, its emission, and the widths of the steps."""
    for j in range(LANES):
        live = b[At.LIVE + j]
        share = b[At.SERVED_SHARE + j]
        sun_h = b[At.SUN_H + j]
        shade_h = b[At.SHADE_H + j]
        one_way = b[At.ONE_WAY_EFFICIENCY + j]
        out = b[At.OUTPUT_W + j] * share + b[At.THRUSTER_MEAN_W + j] * share
        charge_wh = b[At.ACCEPTED_WH + j] / b[At.ORBITS + j] * (1.0 / one_way - 1.0)
        discharge_wh = b[At.DRAWN_WH + j] / b[At.ORBITS + j] * (1.0 - one_way)
        dark = shade_h > 0.0
        sun_loss_w = (charge_wh + (0.0 if dark else discharge_wh)) / sun_h
        shade_loss_w = discharge_wh / shade_h if dark else 0.0
        heat_sun = share * (b[At.LOAD_SUN_W + j] - b[At.HEATER_SUN_W + j]) - out + sun_loss_w
        heat_shade = share * (b[At.LOAD_SHADE_W + j] - b[At.HEATER_SHADE_W + j]) - out + shade_loss_w
        emitting = b[At.RADIATING_M2 + j]
        view = b[At.INFRARED_VIEW + j]
        infrared_w = emitting * EARTH_INFRARED_W_M2 * view
        sunlight = b[At.ABSORBING_M2 + j] * flux_w_m2
        b[At.HEAT_SUN_W + j] = heat_sun
        b[At.HEAT_SHADE_W + j] = heat_shade
        b[At.FLUX_SUN_W + j] = (heat_sun + infrared_w + sunlight * SUN_INCIDENCE) * live
        b[At.FLUX_SHADE_W + j] = (heat_shade + infrared_w) * live
        albedo_w = sunlight * b[At.RADIATOR_FACES + j] * EARTH_ALBEDO * view * b[At.COS_BETA + j]
        b[At.ALBEDO_W + j] = albedo_w * live
        b[At.EMIT + j] = emitting * STEFAN_BOLTZMANN_W_M2_K4 * live
        per_k = 3600.0 / b[At.HEAT_CAPACITY_J_K + j]
        b[At.STEP_SUN + j] = sun_h * per_k * (1.0 / SUN_STEPS)
        b[At.STEP_SHADE + j] = shade_h * per_k * (1.0 / SHADE_STEPS)
        powered = b[At.DARK + j] < 0.5 and live > 0.5
        least = b[At.MIN_COOLANT_K + j]
        middle = least + 0.5 * PREHEAT_MOST_K
        chill_w = (
            emitting * STEFAN_BOLTZMANN_W_M2_K4 * middle * middle * middle * middle - heat_shade - infrared_w
        )
        chill_k = min(max(chill_w * shade_h * per_k, 0.0), PREHEAT_MOST_K)
        b[At.PREHEAT_K + j] = chill_k * (1.0 / SUN_STEPS) if powered else 0.0
        b[At.HEATER_FLOOR_K + j] = least if powered else COLDEST_K


@inline_jit
def start_orbit(b: NDArray[np.float64]) -> None:
    """Puts the angle from orbit noon at the middle of the first sunlit step."""
    for j in range(LANES):
        lit = 1.0 - b[At.ECLIPSE_FRACTION + j]
        half_step = math.pi * lit * (1.0 / SUN_STEPS)
        s, c = sin_cos(half_step)
        b[At.SIN_STEP + j] = 2.0 * s * c
        b[At.COS_STEP + j] = 1.0 - 2.0 * s * s
        sunset_s, sunset_c = sin_cos(math.pi * lit)
        b[At.COS_THETA + j] = sunset_c * c + sunset_s * s
        b[At.SIN_THETA + j] = sunset_c * s - sunset_s * c


@inline_jit
def turn(b: NDArray[np.float64], j: int) -> None:
    """Moves the angle from orbit noon on by one step, by rotation."""
    c = b[At.COS_THETA + j]
    s = b[At.SIN_THETA + j]
    b[At.COS_THETA + j] = c * b[At.COS_STEP + j] - s * b[At.SIN_STEP + j]
    b[At.SIN_THETA + j] = s * b[At.COS_STEP + j] + c * b[At.SIN_STEP + j]


@inline_jit
def find_start(b: NDArray[np.float64]) -> None:
    """First pass: from yesterday's sunrise temperature to one that comes back after an orbit."""
    start_orbit(b)
    for j in range(LANES):
        b[At.T + j] = b[At.SUNRISE_K + j]
        b[At.FLOOR_K + j] = b[At.HEATER_FLOOR_K + j]
        b[At.CHAIN + j] = 1.0
    for _ in range(SUN_STEPS):
        for j in range(LANES):
            t = b[At.T + j]
            width = b[At.STEP_SUN + j]
            flux = b[At.FLUX_SUN_W + j] + b[At.ALBEDO_W + j] * max(b[At.COS_THETA + j], 0.0)
            turn(b, j)
            cubed = b[At.EMIT + j] * t * t * t
            y = 4.0 * cubed * width
            phi = relaxation(y)
            moved = t + width * phi * (flux - cubed * t)
            floor = b[At.FLOOR_K + j] + b[At.PREHEAT_K + j]
            b[At.FLOOR_K + j] = floor
            b[At.CHAIN + j] = b[At.CHAIN + j] * (1.0 - y * phi) if moved > floor else 0.0
            b[At.T + j] = max(moved, floor)
    for _ in range(SHADE_STEPS):
        for j in range(LANES):
            t = b[At.T + j]
            width = b[At.STEP_SHADE + j]
            cubed = b[At.EMIT + j] * t * t * t
            y = 4.0 * cubed * width
            phi = relaxation(y)
            moved = t + width * phi * (b[At.FLUX_SHADE_W + j] - cubed * t)
            floor = b[At.HEATER_FLOOR_K + j]
            b[At.CHAIN + j] = b[At.CHAIN + j] * (1.0 - y * phi) if moved > floor else 0.0
            b[At.T + j] = max(moved, floor)
    for j in range(LANES):
        start = b[At.SUNRISE_K + j]
        missing = b[At.T + j] - start
        step = missing / max(1.0 - b[At.CHAIN + j], 1e-6)
        b[At.START_K + j] = max(start + step, b[At.HEATER_FLOOR_K + j])


@inline_jit
def fly_orbit(b: NDArray[np.float64]) -> None:
    """Second pass: the orbit that is reported, with its heat ledger in joules per heat capacity."""
    start_orbit(b)
    for j in range(LANES):
        start = b[At.START_K + j]
        b[At.T + j] = start
        b[At.FLOOR_K + j] = b[At.HEATER_FLOOR_K + j]
        b[At.T_MIN + j] = start
        b[At.T_MAX + j] = start
        b[At.T_SUM + j] = 0.0
        b[At.ABSORBED + j] = 0.0
        b[At.RADIATED + j] = 0.0
        b[At.HEATER_SUN + j] = 0.0
        b[At.HEATER_SHADE + j] = 0.0
    for _ in range(SUN_STEPS):
        for j in range(LANES):
            t = b[At.T + j]
            width = b[At.STEP_SUN + j]
            flux = b[At.FLUX_SUN_W + j] + b[At.ALBEDO_W + j] * max(b[At.COS_THETA + j], 0.0)
            turn(b, j)
            cubed = b[At.EMIT + j] * t * t * t
            phi = relaxation(4.0 * cubed * width)
            loss = cubed * t
            moved = t + width * phi * (flux - loss)
            floor = b[At.FLOOR_K + j] + b[At.PREHEAT_K + j]
            b[At.FLOOR_K + j] = floor
            after = max(moved, floor)
            b[At.T + j] = after
            b[At.ABSORBED + j] += width * flux
            b[At.RADIATED + j] += width * (phi * loss + (1.0 - phi) * flux)
            b[At.HEATER_SUN + j] += after - moved
            b[At.T_SUM + j] += width * (t + after)
            b[At.T_MIN + j] = min(b[At.T_MIN + j], after)
            b[At.T_MAX + j] = max(b[At.T_MAX + j], after)
    for j in range(LANES):
        drop = b[At.JUNCTION_DROP_K + j]
        b[At.J_MAX + j] = max(
            b[At.T_MAX + j] + drop * b[At.LEVEL_SUN + j], b[At.T + j] + drop * b[At.LEVEL_SHADE + j]
        )
    for _ in range(SHADE_STEPS):
        for j in range(LANES):
            t = b[At.T + j]
            width = b[At.STEP_SHADE + j]
            flux = b[At.FLUX_SHADE_W + j]
            cubed = b[At.EMIT + j] * t * t * t
            phi = relaxation(4.0 * cubed * width)
            loss = cubed * t
            moved = t + width * phi * (flux - loss)
            after = max(moved, b[At.HEATER_FLOOR_K + j])
            b[At.T + j] = after
            b[At.ABSORBED + j] += width * flux
            b[At.RADIATED + j] += width * (phi * loss + (1.0 - phi) * flux)
            b[At.HEATER_SHADE + j] += after - moved
            b[At.T_SUM + j] += width * (t + after)
            b[At.T_MIN + j] = min(b[At.T_MIN + j], after)
            hot = after + b[At.JUNCTION_DROP_K + j] * b[At.LEVEL_SHADE + j]
            b[At.T_MAX + j] = max(b[At.T_MAX + j], after)
            b[At.J_MAX + j] = max(b[At.J_MAX + j], hot)


@inline_jit
def judge_junction(b: NDArray[np.float64], first: bool) -> float:
    """Moves the junction cap where the peak misses the trip temperature; says how many lanes need a retry.

    A lane is settled when its peak is in the band below the trip, when something else holds it below, or
    when even a dark chip is too hot. Settled lanes keep their cap, so a retry gives them the same bits.
    """
    for j in range(LANES):
        level = b[At.LEVEL_SUN + j]
        cap = b[At.CAP_JUNCTION + j]
        room = b[At.TRIP_K + j] - b[At.J_MAX + j]
        held = cap < b[At.LEVEL_CAP + j]
        inside = room >= -TRIP_BAND_K and (room <= 5.0 * TRIP_BAND_K or not held)
        settled = inside or (level <= 0.0 and room < 0.0) or b[At.WORKING + j] < 0.5
        peak = max(b[At.T_MAX + j], 200.0)
        guess = b[At.PER_LEVEL_W + j] / (4.0 * b[At.EMIT + j] * peak * peak * peak + 1e-3)
        guess += b[At.JUNCTION_DROP_K + j]
        run = level - b[At.TRY_LEVEL + j]
        rise = b[At.J_MAX + j] - b[At.TRY_K + j]
        usable = (not first) and abs(run) > 1e-9 and rise * run > 0.0
        slope = rise / (run if usable else 1.0)
        slope = min(max(slope, 0.2 * guess), 5.0 * guess) if usable else guess
        aim = level + (room - TRIP_BAND_K) / slope
        b[At.TRY_LEVEL + j] = level
        b[At.TRY_K + j] = b[At.J_MAX + j]
        free = settled and not held
        moved = min(max(aim, b[At.LEVEL_CAP + j] if free else 0.0), 9.0)
        b[At.CAP_JUNCTION + j] = moved if (free or not settled) else cap
        b[At.NEEDS + j] = 0.0 if settled else 1.0
    needs = 0.0
    for j in range(LANES):
        needs += b[At.NEEDS + j]
    return needs
