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
from engine.kernels._jit import inline_jit
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


@inline_jit
def set_heat(b: NDArray[np.float64], flux_w_m2: float) -> None:
    """Heat into the node in sun and shade, its emission, and the widths of the steps."""
    for j in range(LANES):
        live = b[at.LIVE + j]
        sun_h = b[at.SUN_H + j]
        shade_h = b[at.SHADE_H + j]
        one_way = b[at.ONE_WAY_EFFICIENCY + j]
        out = (b[at.OUTPUT_W + j] + b[at.THRUSTER_MEAN_W + j]) * b[at.MEAN_OUT + j]
        charge_wh = b[at.ACCEPTED_WH + j] / b[at.ORBITS + j] * (1.0 / one_way - 1.0)
        discharge_wh = b[at.DRAWN_WH + j] / b[at.ORBITS + j] * (1.0 - one_way)
        dark = shade_h > 0.0
        sun_loss_w = (charge_wh + (0.0 if dark else discharge_wh)) / sun_h
        shade_loss_w = discharge_wh / shade_h if dark else 0.0
        heat_sun = b[at.MEAN_SUN_W + j] - out + sun_loss_w
        heat_shade = b[at.MEAN_SHADE_W + j] - out + shade_loss_w
        emitting = b[at.RADIATING_M2 + j]
        view = b[at.INFRARED_VIEW + j]
        infrared_w = emitting * EARTH_INFRARED_W_M2 * view
        sunlight = b[at.ABSORBING_M2 + j] * flux_w_m2
        b[at.HEAT_SUN_W + j] = heat_sun
        b[at.HEAT_SHADE_W + j] = heat_shade
        b[at.FLUX_SUN_W + j] = (heat_sun + infrared_w + sunlight * SUN_INCIDENCE) * live
        b[at.FLUX_SHADE_W + j] = (heat_shade + infrared_w) * live
        albedo_w = sunlight * b[at.RADIATOR_FACES + j] * EARTH_ALBEDO * view * b[at.COS_BETA + j]
        b[at.ALBEDO_W + j] = albedo_w * live
        b[at.EMIT + j] = emitting * STEFAN_BOLTZMANN_W_M2_K4 * live
        per_k = 3600.0 / b[at.HEAT_CAPACITY_J_K + j]
        b[at.STEP_SUN + j] = sun_h * per_k * (1.0 / SUN_STEPS)
        b[at.STEP_SHADE + j] = shade_h * per_k * (1.0 / SHADE_STEPS)
        powered = b[at.DARK + j] < 0.5 and live > 0.5
        least = b[at.MIN_COOLANT_K + j]
        b[at.HEATER_FLOOR_K + j] = least if powered else COLDEST_K
        # what the loop loses half way up to the highest floor; without a shade arc, at the floor itself
        middle = least + (0.5 * PREHEAT_MOST_K if dark else 0.0)
        loss_w = emitting * STEFAN_BOLTZMANN_W_M2_K4 * middle * middle * middle * middle
        chill_w = max(loss_w - heat_shade - infrared_w, 0.0)
        chill_k = min(chill_w * shade_h * per_k, PREHEAT_MOST_K)
        stored_wh = chill_k / per_k
        b[at.PREHEAT_K + j] = chill_k * (1.0 / SUN_STEPS) if powered else 0.0
        b[at.RESTART_SUN_W + j] = max(loss_w - b[at.FLUX_SUN_W + j], 0.0) + stored_wh / sun_h
        b[at.RESTART_SHADE_W + j] = max(chill_w - stored_wh / shade_h, 0.0) if dark else 0.0


@inline_jit
def start_orbit(b: NDArray[np.float64]) -> None:
    """Puts the angle from orbit noon at the middle of the first sunlit step."""
    for j in range(LANES):
        lit = 1.0 - b[at.ECLIPSE_FRACTION + j]
        half_step = math.pi * lit * (1.0 / SUN_STEPS)
        s, c = sin_cos(half_step)
        b[at.SIN_STEP + j] = 2.0 * s * c
        b[at.COS_STEP + j] = 1.0 - 2.0 * s * s
        sunset_s, sunset_c = sin_cos(math.pi * lit)
        b[at.COS_THETA + j] = sunset_c * c + sunset_s * s
        b[at.SIN_THETA + j] = sunset_c * s - sunset_s * c


@inline_jit
def turn(b: NDArray[np.float64], j: int) -> None:
    """Moves the angle from orbit noon on by one step, by rotation."""
    c = b[at.COS_THETA + j]
    s = b[at.SIN_THETA + j]
    b[at.COS_THETA + j] = c * b[at.COS_STEP + j] - s * b[at.SIN_STEP + j]
    b[at.SIN_THETA + j] = s * b[at.COS_STEP + j] + c * b[at.SIN_STEP + j]


@inline_jit
def enter_arc(b: NDArray[np.float64], lit: bool) -> None:
    """Puts forcing, step width and heater floor of an arc where the steps look for them."""
    if lit:
        for j in range(LANES):
            b[at.FLUX_W + j] = b[at.FLUX_SUN_W + j]
            b[at.WIDTH + j] = b[at.STEP_SUN + j]
            b[at.BRIGHT_W + j] = b[at.ALBEDO_W + j]
            b[at.RISE_K + j] = b[at.PREHEAT_K + j]
    else:
        for j in range(LANES):
            b[at.FLUX_W + j] = b[at.FLUX_SHADE_W + j]
            b[at.WIDTH + j] = b[at.STEP_SHADE + j]
            b[at.BRIGHT_W + j] = 0.0
            b[at.RISE_K + j] = 0.0
    for j in range(LANES):
        b[at.FLOOR_K + j] = b[at.HEATER_FLOOR_K + j]
        b[at.TOP_K + j] = b[at.T + j]
        b[at.HEATER + j] = 0.0


@inline_jit
def probe(b: NDArray[np.float64], steps: int) -> None:
    """Steps of the first pass: temperature, and how it depends on where the orbit began."""
    for _ in range(steps):
        for j in range(LANES):
            t = b[at.T + j]
            width = b[at.WIDTH + j]
            flux = b[at.FLUX_W + j] + b[at.BRIGHT_W + j] * max(b[at.COS_THETA + j], 0.0)
            turn(b, j)
            cubed = b[at.EMIT + j] * t * t * t
            y = 4.0 * cubed * width
            phi = relaxation(y)
            moved = t + width * phi * (flux - cubed * t)
            floor = b[at.FLOOR_K + j] + b[at.RISE_K + j]
            b[at.FLOOR_K + j] = floor
            b[at.CHAIN + j] = b[at.CHAIN + j] * (1.0 - y * phi) if moved > floor else 0.0
            b[at.T + j] = max(moved, floor)


@inline_jit
def fly(b: NDArray[np.float64], steps: int) -> None:
    """Steps of the second pass, with the ledger in joules over heat capacity."""
    for _ in range(steps):
        for j in range(LANES):
            t = b[at.T + j]
            width = b[at.WIDTH + j]
            flux = b[at.FLUX_W + j] + b[at.BRIGHT_W + j] * max(b[at.COS_THETA + j], 0.0)
            turn(b, j)
            cubed = b[at.EMIT + j] * t * t * t
            phi = relaxation(4.0 * cubed * width)
            loss = cubed * t
            moved = t + width * phi * (flux - loss)
            floor = b[at.FLOOR_K + j] + b[at.RISE_K + j]
            after = max(moved, floor)
            b[at.FLOOR_K + j] = floor
            b[at.T + j] = after
            b[at.ABSORBED + j] += width * flux
            b[at.RADIATED + j] += width * (phi * loss + (1.0 - phi) * flux)
            b[at.HEATER + j] += after - moved
            b[at.T_SUM + j] += width * (t + after)
            b[at.T_MIN + j] = min(b[at.T_MIN + j], after)
            b[at.TOP_K + j] = max(b[at.TOP_K + j], after)


@inline_jit
def find_start(b: NDArray[np.float64]) -> None:
    """First pass: from yesterday's sunrise temperature to one that comes back after an orbit."""
    start_orbit(b)
    for j in range(LANES):
        b[at.T + j] = b[at.SUNRISE_K + j]
        b[at.CHAIN + j] = 1.0
    enter_arc(b, True)
    probe(b, SUN_STEPS)
    enter_arc(b, False)
    probe(b, SHADE_STEPS)
    for j in range(LANES):
        start = b[at.SUNRISE_K + j]
        step = (b[at.T + j] - start) / max(1.0 - b[at.CHAIN + j], 1e-6)
        b[at.START_K + j] = max(start + step, b[at.HEATER_FLOOR_K + j])


@inline_jit
def fly_orbit(b: NDArray[np.float64]) -> None:
    """Second pass: the orbit that is reported."""
    start_orbit(b)
    for j in range(LANES):
        start = b[at.START_K + j]
        b[at.T + j] = start
        b[at.T_MIN + j] = start
        b[at.T_SUM + j] = 0.0
        b[at.ABSORBED + j] = 0.0
        b[at.RADIATED + j] = 0.0
    enter_arc(b, True)
    fly(b, SUN_STEPS)
    for j in range(LANES):
        b[at.HEATER_SUN + j] = b[at.HEATER + j]
        b[at.T_MAX + j] = b[at.TOP_K + j]
        b[at.J_MAX + j] = b[at.TOP_K + j] + b[at.JUNCTION_DROP_K + j] * b[at.LEVEL_SUN + j]
    enter_arc(b, False)
    fly(b, SHADE_STEPS)
    for j in range(LANES):
        b[at.HEATER_SHADE + j] = b[at.HEATER + j]
        b[at.T_MAX + j] = max(b[at.T_MAX + j], b[at.TOP_K + j])
        hot = b[at.TOP_K + j] + b[at.JUNCTION_DROP_K + j] * b[at.LEVEL_SHADE + j]
        b[at.J_MAX + j] = max(b[at.J_MAX + j], hot)


@inline_jit
def judge_junction(b: NDArray[np.float64], first: bool) -> float:
    """Moves the junction cap where the peak misses the trip temperature; says how many lanes need a retry.

    A lane is settled when its peak is in the band below the trip, when something else holds it below, or
    when even a dark chip is too hot. Settled lanes keep their cap, so a retry gives them the same bits.
    """
    for j in range(LANES):
        level = b[at.LEVEL_SUN + j]
        cap = b[at.CAP_JUNCTION + j]
        room = b[at.TRIP_K + j] - b[at.J_MAX + j]
        held = cap < b[at.LEVEL_CAP + j]
        inside = room >= -TRIP_BAND_K and (room <= 5.0 * TRIP_BAND_K or not held)
        settled = inside or (level <= 0.0 and room < 0.0) or b[at.WORKING + j] < 0.5
        peak = max(b[at.T_MAX + j], 200.0)
        guess = b[at.PER_LEVEL_W + j] / (4.0 * b[at.EMIT + j] * peak * peak * peak + 1e-3)
        guess += b[at.JUNCTION_DROP_K + j]
        run = level - b[at.TRY_LEVEL + j]
        rise = b[at.J_MAX + j] - b[at.TRY_K + j]
        usable = (not first) and abs(run) > 1e-9 and rise * run > 0.0
        slope = rise / (run if usable else 1.0)
        slope = min(max(slope, 0.2 * guess), 5.0 * guess) if usable else guess
        aim = level + (room - TRIP_BAND_K) / slope
        b[at.TRY_LEVEL + j] = level
        b[at.TRY_K + j] = b[at.J_MAX + j]
        free = settled and not held
        moved = min(max(aim, b[at.LEVEL_CAP + j] if free else 0.0), 9.0)
        b[at.CAP_JUNCTION + j] = moved if (free or not settled) else cap
        b[at.NEEDS + j] = 0.0 if settled else 1.0
    needs = 0.0
    for j in range(LANES):
        needs += b[at.NEEDS + j]
    return needs
