"""Third stage: the radiator through one orbit, to where it repeats.

A heater keeps the loop above the least temperature of its coolant, as far as its power and energy go; in
sunlight, where power is to spare, its floor rises by what the shade will take away, so that the battery need
not pay for warmth.

One node holds radiator, coolant and chips. A step takes the forcing at its middle as constant and relaxes
exponentially towards where the linearised balance would settle, so no step can overshoot however stiff
the node is. Chips leak the more the warmer they are, so part of the heat grows with the node's temperature;
it belongs to the linear part of the balance. The first
pass carries d(end)/d(start) along; a Newton step then moves the start so that the orbit ends as it began, and
the second pass is what is reported.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from engine.formulas import chips, thermal
from engine.kernels import at
from engine.kernels._jit import get, inline_jit, jit, put
from engine.kernels.dispatch import LEAKING
from engine.kernels.layout import LANES
from engine.kernels.poly import sin_cos
from engine.units import EARTH_INFRARED_W_M2, STEFAN_BOLTZMANN_W_M2_K4

relaxation = inline_jit(thermal.relaxation)
bent_k = inline_jit(thermal.bent_k)
reflected_w_m2 = inline_jit(thermal.reflected_w_m2)

SUN_STEPS = 16
SHADE_STEPS = 8
COARSE = 2
"""Steps of the second pass in one of the first."""
SUN_INCIDENCE = math.sin(math.radians(2.0))
"""A radiator held edge-on to the Sun errs by two degrees."""
PER_SUN_STEP = COARSE / SUN_STEPS
PER_SHADE_STEP = COARSE / SHADE_STEPS
BENT = 1.0 / 6.0
"""Of its width: how much further than the middle of a relaxing step its mean lies."""
COLDEST_K = 3.0
LEAST_H = 1e-6
LEAKAGE_PER_K = chips.LEAKAGE_PER_K
PREHEAT_MOST_K = 60.0
"""How far above the coolant's least temperature the heater may bring the loop by sunset."""


@jit
def set_heat(b: NDArray[np.float64], flux_w_m2: float) -> None:
    """Heat into the node in sun and shade, its emission, and the widths of the steps."""
    for j in range(LANES):
        live = get(b, at.LIVE, j)
        sun_h = get(b, at.SUN_H, j)
        shade_h = get(b, at.SHADE_H, j)
        one_way = get(b, at.ONE_WAY_EFFICIENCY, j)
        out = get(b, at.OUTPUT_W, j) + get(b, at.THRUSTER_MEAN_W, j)
        charge_wh = get(b, at.ACCEPTED_WH, j) / get(b, at.ORBITS, j) * (1.0 / one_way - 1.0)
        discharge_wh = get(b, at.DRAWN_WH, j) / get(b, at.ORBITS, j) * (1.0 - one_way)
        dark = shade_h > 0.0
        sun_loss_w = (charge_wh + (0.0 if dark else discharge_wh)) / sun_h
        shade_loss_w = discharge_wh / shade_h if dark else 0.0
        heat_sun = get(b, at.MEAN_SUN_W, j) - out * get(b, at.SUN_SHARE, j) + sun_loss_w
        heat_shade = get(b, at.MEAN_SHADE_W, j) - out * get(b, at.SHADE_SHARE, j) + shade_loss_w
        emitting = get(b, at.EMITTING_M2, j)
        view = get(b, at.INFRARED_VIEW, j)
        infrared_w = emitting * EARTH_INFRARED_W_M2 * view
        sunlit = get(b, at.SUNLIT_M2, j)
        bare_sun = heat_sun + infrared_w + sunlit * flux_w_m2 * SUN_INCIDENCE
        drop = get(b, at.JUNCTION_DROP_K, j)
        # the loads hold for chips at their expected mean; what is warmer or colder leaks more or less
        rated = get(b, at.PER_LEVEL_W, j)
        leaking = rated * LEAKAGE_PER_K * live
        leak_sun = leaking * get(b, at.LEVEL_SUN, j) if get(b, at.LEAK_SUN, j) > LEAKING else 0.0
        leak_shade = leaking * get(b, at.LEVEL_SHADE, j) if get(b, at.LEAK_SHADE, j) > LEAKING else 0.0
        even_sun = leak_sun * (get(b, at.CHIPS_SUN_K, j) - drop * get(b, at.LEVEL_SUN, j))
        even_shade = leak_shade * (get(b, at.CHIPS_SHADE_K, j) - drop * get(b, at.LEVEL_SHADE, j))
        put(b, at.HEAT_SUN_W, j, heat_sun)
        put(b, at.HEAT_SHADE_W, j, heat_shade)
        put(b, at.FLUX_SUN_W, j, (bare_sun - even_sun) * live)
        put(b, at.FLUX_SHADE_W, j, (heat_shade + infrared_w - even_shade) * live)
        put(b, at.LEAK_SUN_W_K, j, leak_sun)
        put(b, at.LEAK_SHADE_W_K, j, leak_shade)
        # at orbit noon; through the orbit it follows the cosine of the angle from there
        noon_w_m2 = reflected_w_m2(flux_w_m2, view, get(b, at.COS_BETA, j))
        put(b, at.ALBEDO_W, j, sunlit * get(b, at.RADIATOR_FACES, j) * noon_w_m2 * live)
        put(b, at.EMIT, j, emitting * STEFAN_BOLTZMANN_W_M2_K4 * live)
        per_k = 3600.0 / get(b, at.HEAT_CAPACITY_J_K, j)
        put(b, at.STEP_SUN, j, sun_h * per_k * (1.0 / SUN_STEPS))
        put(b, at.STEP_SHADE, j, shade_h * per_k * (1.0 / SHADE_STEPS))
        coldest = get(b, at.MIN_COOLANT_K, j)
        put(b, at.HEATER_FLOOR_K, j, coldest if live > 0.5 else COLDEST_K)
        # what the loop loses half way up to the highest floor; without a shade arc, at the floor itself
        middle = coldest + (0.5 * PREHEAT_MOST_K if dark else 0.0)
        loss_w = emitting * STEFAN_BOLTZMANN_W_M2_K4 * middle * middle * middle * middle
        chill_w = max(loss_w - heat_shade - infrared_w, 0.0)
        chill_k = min(chill_w * shade_h * per_k, PREHEAT_MOST_K)
        stored_wh = chill_k / per_k
        put(b, at.PREHEAT_K, j, chill_k * (1.0 / SUN_STEPS) if live > 0.5 else 0.0)
        warm_wh = max(loss_w - bare_sun * live, 0.0) * sun_h + stored_wh
        put(b, at.WANTED_WH, j, warm_wh + max(chill_w * shade_h - stored_wh, 0.0))


@jit
def start_orbit(b: NDArray[np.float64], steps: int) -> None:
    """Puts the angle from orbit noon at the middle of the first sunlit step of some."""
    share = 1.0 / steps
    for j in range(LANES):
        lit = 1.0 - get(b, at.ECLIPSE_FRACTION, j)
        half_step = math.pi * lit * share
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
def enter_arc(b: NDArray[np.float64], lit: bool, coarse: float) -> None:
    """Puts forcing, step width and heater floor of an arc where the steps look for them."""
    if lit:
        for j in range(LANES):
            put(b, at.FLUX_W, j, get(b, at.FLUX_SUN_W, j))
            put(b, at.WIDTH, j, coarse * get(b, at.STEP_SUN, j))
            put(b, at.BRIGHT_W, j, get(b, at.ALBEDO_W, j))
            put(b, at.RISE_K, j, coarse * get(b, at.PREHEAT_K, j))
            put(b, at.LEAK_W_K, j, get(b, at.LEAK_SUN_W_K, j))
            put(b, at.HEATER_MOST_W, j, get(b, at.HEATER_MOST_SUN_W, j))
            put(
                b, at.HEATER_LEFT_K, j, 3600.0 * get(b, at.HEATER_SUN_WH, j) / get(b, at.HEAT_CAPACITY_J_K, j)
            )
    else:
        for j in range(LANES):
            put(b, at.FLUX_W, j, get(b, at.FLUX_SHADE_W, j))
            put(b, at.WIDTH, j, coarse * get(b, at.STEP_SHADE, j))
            put(b, at.BRIGHT_W, j, 0.0)
            put(b, at.RISE_K, j, 0.0)
            put(b, at.LEAK_W_K, j, get(b, at.LEAK_SHADE_W_K, j))
            put(b, at.HEATER_MOST_W, j, get(b, at.HEATER_MOST_SHADE_W, j))
            left_wh = get(b, at.HEATER_SHADE_WH, j)
            put(b, at.HEATER_LEFT_K, j, 3600.0 * left_wh / get(b, at.HEAT_CAPACITY_J_K, j))
    for j in range(LANES):
        put(b, at.FLOOR_K, j, get(b, at.HEATER_FLOOR_K, j))
        put(b, at.TOP_K, j, get(b, at.T, j))
        put(b, at.HEATER, j, 0.0)
        put(b, at.HEATER_CHAIN, j, 0.0)


@inline_jit
def probe(b: NDArray[np.float64], steps: int) -> None:
    """Steps of the first pass: temperature, how it depends on where the orbit began, and sums of both."""
    for _ in range(steps):
        for j in range(LANES):
            t = get(b, at.T, j)
            width = get(b, at.WIDTH, j)
            leak = get(b, at.LEAK_W_K, j)
            flux = get(b, at.FLUX_W, j) + get(b, at.BRIGHT_W, j) * max(get(b, at.COS_THETA, j), 0.0)
            flux += leak * t
            turn(b, j)
            pull = get(b, at.EMIT, j) * t
            cubed = pull * t * t
            y = (4.0 * cubed - leak) * width
            phi = relaxation(y)
            rise = width * phi * (flux - cubed * t)
            moved = t + rise - bent_k(width * pull, rise, t)
            floor = get(b, at.FLOOR_K, j) + get(b, at.RISE_K, j)
            put(b, at.FLOOR_K, j, floor)
            left = get(b, at.HEATER_LEFT_K, j)
            most = phi * min(width * get(b, at.HEATER_MOST_W, j), left)
            after = max(moved, min(floor, moved + most))
            warmed = after - moved
            held = moved <= floor and warmed < most
            free = get(b, at.CHAIN, j) * (1.0 - y * phi)
            chain = 0.0 if held else free
            with_shed = 1.0 + y * (0.5 + y * (1.0 / 12.0))
            put(b, at.HEATER, j, get(b, at.HEATER, j) + warmed * with_shed)
            put(b, at.HEATER_LEFT_K, j, max(left - warmed * with_shed, 0.0))
            put(b, at.HEATER_CHAIN, j, get(b, at.HEATER_CHAIN, j) + (free if held else 0.0) * with_shed)
            put(b, at.CHAIN, j, chain)
            put(b, at.CHAIN_SUM, j, get(b, at.CHAIN_SUM, j) + chain)
            put(b, at.T_SUM, j, get(b, at.T_SUM, j) + t + t + (after - t) * (1.0 + y * BENT))
            put(b, at.T, j, after)


@inline_jit
def fly(b: NDArray[np.float64], steps: int) -> None:
    """Steps of the second pass, with the ledger in joules over heat capacity."""
    for _ in range(steps):
        for j in range(LANES):
            t = get(b, at.T, j)
            width = get(b, at.WIDTH, j)
            leak = get(b, at.LEAK_W_K, j)
            flux = get(b, at.FLUX_W, j) + get(b, at.BRIGHT_W, j) * max(get(b, at.COS_THETA, j), 0.0)
            flux += leak * t
            turn(b, j)
            pull = get(b, at.EMIT, j) * t
            cubed = pull * t * t
            y = (4.0 * cubed - leak) * width
            phi = relaxation(y)
            loss = cubed * t
            rise = width * phi * (flux - loss)
            bent = bent_k(width * pull, rise, t)
            moved = t + rise - bent
            floor = get(b, at.FLOOR_K, j) + get(b, at.RISE_K, j)
            left = get(b, at.HEATER_LEFT_K, j)
            most = phi * min(width * get(b, at.HEATER_MOST_W, j), left)
            after = max(moved, min(floor, moved + most))
            leaked = 0.5 * width * leak * (after - t) * (1.0 + y * BENT)
            put(b, at.FLOOR_K, j, floor)
            put(b, at.SHORT_K, j, max(get(b, at.SHORT_K, j), floor - after))
            put(b, at.T, j, after)
            put(b, at.ABSORBED, j, get(b, at.ABSORBED, j) + width * flux + leaked)
            shed = width * (phi * loss + (1.0 - phi) * flux) + leaked + bent
            put(b, at.RADIATED, j, get(b, at.RADIATED, j) + shed)
            # a heater that warms by so much through the step also makes up for what is shed meanwhile
            warmed = after - moved
            shed_too = warmed * y * (0.5 + y * (1.0 / 12.0))
            put(b, at.RADIATED, j, get(b, at.RADIATED, j) + shed_too)
            put(b, at.HEATER, j, get(b, at.HEATER, j) + warmed + shed_too)
            put(b, at.HEATER_LEFT_K, j, max(left - warmed - shed_too, 0.0))
            put(b, at.T_SUM, j, get(b, at.T_SUM, j) + width * (t + t + (after - t) * (1.0 + y * BENT)))
            put(b, at.T_MIN, j, min(get(b, at.T_MIN, j), after))
            put(b, at.TOP_K, j, max(get(b, at.TOP_K, j), after))


@jit
def find_start(b: NDArray[np.float64]) -> None:
    """First pass: from yesterday's sunrise temperature to one that comes back after an orbit.

    The pass takes half as many steps as the second, which begins where it finds. It also says how warm chips
    are at these levels once the orbit repeats.
    """
    start_orbit(b, SUN_STEPS // COARSE)
    for j in range(LANES):
        put(b, at.T, j, get(b, at.FROM_K, j))
        put(b, at.CHAIN, j, 1.0)
        put(b, at.CHAIN_SUM, j, 0.0)
        put(b, at.T_SUM, j, 0.0)
    enter_arc(b, True, float(COARSE))
    probe(b, SUN_STEPS // COARSE)
    for j in range(LANES):
        put(b, at.SUN_MEAN_K, j, get(b, at.T_SUM, j))
        put(b, at.SUN_CHAIN, j, get(b, at.CHAIN_SUM, j))
        put(b, at.HEATER_SUN, j, get(b, at.HEATER, j))
        put(b, at.SUN_HEATER_CHAIN, j, get(b, at.HEATER_CHAIN, j))
    enter_arc(b, False, float(COARSE))
    probe(b, SHADE_STEPS // COARSE)
    for j in range(LANES):
        start = get(b, at.FROM_K, j)
        step = (get(b, at.T, j) - start) / max(1.0 - get(b, at.CHAIN, j), 1e-6)
        floor = get(b, at.HEATER_FLOOR_K, j)
        begin = max(start + step, floor if get(b, at.T, j) >= floor else COLDEST_K)
        moved = begin - start
        capacity_wh = get(b, at.HEAT_CAPACITY_J_K, j) * (1.0 / 3600.0)
        shade_h = max(get(b, at.SHADE_H, j), LEAST_H)
        heater_sun_k = get(b, at.HEATER_SUN, j) - moved * get(b, at.SUN_HEATER_CHAIN, j)
        heater_shade_k = get(b, at.HEATER, j) - moved * get(b, at.HEATER_CHAIN, j)
        heater_sun_w = heater_sun_k * capacity_wh / get(b, at.SUN_H, j)
        heater_shade_w = heater_shade_k * capacity_wh / shade_h
        put(b, at.HEATER_NOW_SUN_W, j, max(heater_sun_w + get(b, at.ROUGH_HEATER_SUN_W, j), 0.0))
        put(b, at.HEATER_NOW_SHADE_W, j, max(heater_shade_w + get(b, at.ROUGH_HEATER_SHADE_W, j), 0.0))
        drop = get(b, at.JUNCTION_DROP_K, j)
        sun_k = 0.5 * get(b, at.SUN_MEAN_K, j) + moved * get(b, at.SUN_CHAIN, j)
        shade_sum = get(b, at.T_SUM, j) - get(b, at.SUN_MEAN_K, j)
        shade_k = 0.5 * shade_sum + moved * (get(b, at.CHAIN_SUM, j) - get(b, at.SUN_CHAIN, j))
        put(b, at.START_K, j, begin)
        sun_k = sun_k * PER_SUN_STEP + get(b, at.ROUGH_SUN_K, j)
        shade_k = shade_k * PER_SHADE_STEP + get(b, at.ROUGH_SHADE_K, j)
        put(b, at.CHIPS_SUN_K, j, sun_k + drop * get(b, at.LEVEL_SUN, j))
        put(b, at.CHIPS_SHADE_K, j, shade_k + drop * get(b, at.LEVEL_SHADE, j))


@jit
def fly_orbit(b: NDArray[np.float64]) -> None:
    """Second pass: the orbit that is reported."""
    start_orbit(b, SUN_STEPS)
    for j in range(LANES):
        start = get(b, at.START_K, j)
        put(b, at.T, j, start)
        put(b, at.T_MIN, j, start)
        put(b, at.T_SUM, j, 0.0)
        put(b, at.ABSORBED, j, 0.0)
        put(b, at.RADIATED, j, 0.0)
        put(b, at.SHORT_K, j, 0.0)
    enter_arc(b, True, 1.0)
    fly(b, SUN_STEPS)
    for j in range(LANES):
        level = get(b, at.LEVEL_SUN, j)
        top = get(b, at.TOP_K, j)
        put(b, at.HEATER_SUN, j, get(b, at.HEATER, j))
        put(b, at.T_MAX, j, top)
        put(b, at.J_MAX, j, top + get(b, at.JUNCTION_DROP_K, j) * level)
        put(b, at.M_MAX, j, top + get(b, at.MEMORY_DROP_K, j) * level)
        put(b, at.SUN_MEAN_K, j, get(b, at.T_SUM, j) / (2.0 * SUN_STEPS * get(b, at.STEP_SUN, j)))
        put(b, at.SHADE_MEAN_K, j, get(b, at.T_SUM, j))
    enter_arc(b, False, 1.0)
    fly(b, SHADE_STEPS)
    for j in range(LANES):
        level = get(b, at.LEVEL_SHADE, j)
        top = get(b, at.TOP_K, j)
        put(b, at.HEATER_SHADE, j, get(b, at.HEATER, j))
        put(b, at.T_MAX, j, max(get(b, at.T_MAX, j), top))
        put(b, at.J_MAX, j, max(get(b, at.J_MAX, j), top + get(b, at.JUNCTION_DROP_K, j) * level))
        put(b, at.M_MAX, j, max(get(b, at.M_MAX, j), top + get(b, at.MEMORY_DROP_K, j) * level))
        shade = 2.0 * SHADE_STEPS * get(b, at.STEP_SHADE, j)
        summed = get(b, at.T_SUM, j) - get(b, at.SHADE_MEAN_K, j)
        put(b, at.SHADE_MEAN_K, j, summed / shade if shade > 0.0 else get(b, at.T, j))
