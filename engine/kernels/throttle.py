"""The level that heat allows: chips and memory slow down near their limits, and leak the more the warmer.

An attempt begins with chips as warm as on the last day, flies a rough orbit, foresees from it how warm they
will be and what heat allows, and flies the orbit that counts. Only where that misses is there another.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.formulas import chips
from engine.kernels import at
from engine.kernels._jit import get, inline_jit, jit, put
from engine.kernels.layout import LANES, Policy
from engine.units import STEFAN_BOLTZMANN_W_M2_K4

throttle_temperature_k = inline_jit(chips.throttle_temperature_k)

TRIP_BAND_K = 0.02
"""How far above what its level allows a throttled peak may settle; below, five times as far."""
BELOW = 5.0
LEAK_BAND_K = 4.0
"""How far the mean temperature of the chips may be from the one that their power was worked out for."""
MOST_ROUGH_K = 2.0
"""What the rough orbit of one day misses says that much at most of the next."""
LEAPING = 10.0
"""A tenth of a level more or less in a day, and what the rough orbit missed says nothing of the next."""
MOST_MISSED = 0.1
"""What it missed of the heater, at most that share of what the heater took."""
COOL_K = 200.0
LEAST_HEALTH = 1e-3
LEAST_H = 1e-6
OPEN = 9.0
STEADY = float(Policy.STEADY)
THROTTLE_BAND_K = chips.THROTTLE_BAND_K


@jit
def begin_day_warm(b: NDArray[np.float64]) -> None:
    """Lets the first attempt of a day begin with the levels, caps and temperatures of the last."""
    for j in range(LANES):
        put(b, at.FROM_LEVEL_SUN, j, get(b, at.LEVEL_SUN, j))
        put(b, at.FROM_LEVEL_SHADE, j, get(b, at.LEVEL_SHADE, j))
        put(b, at.FROM_CAP_JUNCTION, j, get(b, at.CAP_JUNCTION, j))
        put(b, at.FROM_CAP_MEMORY, j, get(b, at.CAP_MEMORY, j))
        put(b, at.FROM_K, j, get(b, at.SUNRISE_K, j))
        put(b, at.FORESEEN, j, 1.0)
        put(b, at.NEEDS, j, 1.0)


@jit
def begin_attempt(b: NDArray[np.float64]) -> None:
    """Puts in place what an attempt begins with, and how much a level more warms the chips.

    That follows from what the radiator sheds for a kelvin; where only one arc changes its level, the heat of
    the node carries a part of it into the other.
    """
    for j in range(LANES):
        sun_level = get(b, at.FROM_LEVEL_SUN, j)
        drop = get(b, at.JUNCTION_DROP_K, j)
        sun_h = get(b, at.SUN_H, j)
        shade_h = get(b, at.SHADE_H, j)
        node_k = max(get(b, at.LEAK_SUN_K, j) - drop * sun_level, COOL_K)
        w_k = 4.0 * STEFAN_BOLTZMANN_W_M2_K4 * get(b, at.EMITTING_M2, j) * node_k * node_k * node_k
        lasting_h = get(b, at.HEAT_CAPACITY_J_K, j) / (3600.0 * w_k)
        apart = 0.0 if get(b, at.POLICY, j) == STEADY else lasting_h / (sun_h + shade_h)
        full_k = get(b, at.IT_POWER_W, j) / (get(b, at.PMAD_EFFICIENCY, j) * w_k)
        put(b, at.WARM_SUN_K, j, drop + full_k * (1.0 - apart * shade_h / (lasting_h + sun_h)))
        put(b, at.WARM_SHADE_K, j, drop + full_k * (1.0 - apart * sun_h / (lasting_h + shade_h)))
        put(b, at.LEVEL_SUN, j, sun_level)
        put(b, at.LEVEL_SHADE, j, get(b, at.FROM_LEVEL_SHADE, j))
        per_w = 1.0 / (get(b, at.PMAD_EFFICIENCY, j) - get(b, at.PUMP_FRACTION, j))
        put(b, at.HEATER_NOW_SUN_W, j, per_w * get(b, at.HEATER_SUN_W, j))
        put(b, at.HEATER_NOW_SHADE_W, j, per_w * get(b, at.HEATER_SHADE_W, j))
        put(b, at.CHIPS_SUN_K, j, get(b, at.LEAK_SUN_K, j))
        put(b, at.CHIPS_SHADE_K, j, get(b, at.LEAK_SHADE_K, j))
        put(b, at.CAP_JUNCTION, j, get(b, at.FROM_CAP_JUNCTION, j))
        put(b, at.CAP_MEMORY, j, get(b, at.FROM_CAP_MEMORY, j))


@jit
def foresee_caps(b: NDArray[np.float64]) -> None:
    """Moves the caps of heat to where the rough orbit says that peaks meet what their levels allow.

    Peaks lie as far above the mean of the sunlit arc as they did yesterday. A lane in search of its level is
    left alone: it knows better from the orbits it has flown.
    """
    for j in range(LANES):
        level = get(b, at.LEVEL_SUN, j)
        drop = get(b, at.JUNCTION_DROP_K, j)
        node_k = get(b, at.CHIPS_SUN_K, j) - drop * level + get(b, at.PEAK_ABOVE_K, j)
        health = max(get(b, at.CHIP_HEALTH, j), LEAST_HEALTH)
        allowed_k = throttle_temperature_k(0.0, min(level / health, 1.0)) - 0.5 * BELOW * TRIP_BAND_K
        memory_drop = get(b, at.MEMORY_DROP_K, j)
        chip_room = allowed_k - (node_k + drop * level - get(b, at.TRIP_K, j))
        memory_room = allowed_k - (node_k + memory_drop * level - get(b, at.MEMORY_LIMIT_K, j))
        slope = get(b, at.WARM_SUN_K, j) + THROTTLE_BAND_K / health
        chip_cap = min(max(level + chip_room / slope, 0.0), OPEN)
        memory_cap = min(max(level + memory_room / (slope - drop + memory_drop), 0.0), OPEN)
        trusted = get(b, at.FORESEEN, j) > 0.5
        put(b, at.CAP_JUNCTION, j, chip_cap if trusted else get(b, at.CAP_JUNCTION, j))
        put(b, at.CAP_MEMORY, j, memory_cap if trusted else get(b, at.CAP_MEMORY, j))


@jit
def judge_heat(b: NDArray[np.float64]) -> float:
    """Moves the caps of chips and memory where a peak misses what its level allows, and the chips' power.

    A lane is settled when its peak is in the band, when something else holds it below, or when even a dark
    chip is too hot; and when its chips are as warm as their power was worked out for. What a settled lane
    begins an attempt with is not touched again, so whatever its neighbours need, it comes out with the same
    bits.

    Returns:
        How many lanes need another attempt.
    """
    needs = 0.0
    for j in range(LANES):
        done = get(b, at.NEEDS, j) < 0.5
        first = get(b, at.FORESEEN, j) > 0.5
        level = get(b, at.LEVEL_SUN, j)
        chip_cap = get(b, at.CAP_JUNCTION, j)
        memory_cap = get(b, at.CAP_MEMORY, j)
        cap = min(chip_cap, memory_cap)
        chip_k = get(b, at.J_MAX, j) - get(b, at.TRIP_K, j)
        memory_k = get(b, at.M_MAX, j) - get(b, at.MEMORY_LIMIT_K, j)
        over = max(chip_k, memory_k)
        health = max(get(b, at.CHIP_HEALTH, j), LEAST_HEALTH)
        room = throttle_temperature_k(0.0, min(level / health, 1.0)) - over
        held = cap < get(b, at.LEVEL_CAP, j)
        inside = room >= -TRIP_BAND_K and (room <= BELOW * TRIP_BAND_K or not held)
        settled = inside or (level <= 0.0 and room < 0.0) or get(b, at.WORKING, j) < 0.5
        chip_leads = chip_k >= memory_k
        drop = get(b, at.JUNCTION_DROP_K, j)
        guess = get(b, at.WARM_SUN_K, j) + (0.0 if chip_leads else get(b, at.MEMORY_DROP_K, j) - drop)
        run = level - get(b, at.TRY_LEVEL, j)
        rise = over - get(b, at.TRY_K, j)
        usable = (not first) and abs(run) > 1e-9 and rise * run > 0.0
        slope = rise / (run if usable else 1.0)
        slope = min(max(slope, 0.2 * guess), 5.0 * guess) if usable else guess
        slope += THROTTLE_BAND_K / health
        aim = level + (room - 0.5 * BELOW * TRIP_BAND_K) / slope
        free = settled and not held
        moved = min(max(aim, get(b, at.LEVEL_CAP, j) if free else 0.0), OPEN)
        moved = moved if (free or not settled) else cap
        # what the other of the two would allow
        spare = abs(chip_k - memory_k) / slope
        chip_cap = moved if chip_leads else min(moved + spare, OPEN)
        memory_cap = min(moved + spare, OPEN) if chip_leads else moved
        put(b, at.TRY_LEVEL, j, level)
        put(b, at.TRY_K, j, over)
        sun_k = get(b, at.SUN_MEAN_K, j) + drop * level
        shade_level = get(b, at.LEVEL_SHADE, j)
        shade_k = get(b, at.SHADE_MEAN_K, j) + drop * shade_level
        off_sun = abs(sun_k - get(b, at.CHIPS_SUN_K, j)) if level > 0.0 else 0.0
        off_shade = abs(shade_k - get(b, at.CHIPS_SHADE_K, j)) if shade_level > 0.0 else 0.0
        again = not (done or (settled and max(off_sun, off_shade) <= LEAK_BAND_K))
        put(b, at.LEAK_SUN_K, j, sun_k if again else get(b, at.LEAK_SUN_K, j))
        put(b, at.LEAK_SHADE_K, j, shade_k if again else get(b, at.LEAK_SHADE_K, j))
        put(b, at.FROM_LEVEL_SUN, j, level if again else get(b, at.FROM_LEVEL_SUN, j))
        put(b, at.FROM_LEVEL_SHADE, j, shade_level if again else get(b, at.FROM_LEVEL_SHADE, j))
        put(b, at.FROM_K, j, get(b, at.T, j) if again else get(b, at.FROM_K, j))
        put(b, at.FROM_CAP_JUNCTION, j, chip_cap if again else get(b, at.FROM_CAP_JUNCTION, j))
        put(b, at.FROM_CAP_MEMORY, j, memory_cap if again else get(b, at.FROM_CAP_MEMORY, j))
        put(b, at.TOLD_CAP_JUNCTION, j, get(b, at.TOLD_CAP_JUNCTION, j) if done else chip_cap)
        put(b, at.TOLD_CAP_MEMORY, j, get(b, at.TOLD_CAP_MEMORY, j) if done else memory_cap)
        put(b, at.FORESEEN, j, 0.0 if again else get(b, at.FORESEEN, j))
        put(b, at.NEEDS, j, 1.0 if again else 0.0)
    for j in range(LANES):
        needs += get(b, at.NEEDS, j)
    return needs


@jit
def keep_caps(b: NDArray[np.float64]) -> None:
    """Writes down what heat allows, how far the peak was above the mean, and what the rough orbit missed."""
    for j in range(LANES):
        drop = get(b, at.JUNCTION_DROP_K, j)
        sun_k = get(b, at.SUN_MEAN_K, j) + drop * get(b, at.LEVEL_SUN, j) - get(b, at.CHIPS_SUN_K, j)
        shade_k = get(b, at.SHADE_MEAN_K, j) + drop * get(b, at.LEVEL_SHADE, j) - get(b, at.CHIPS_SHADE_K, j)
        # what a leap of the levels makes of it says nothing of tomorrow
        leap = abs(get(b, at.LEVEL_SUN, j) - get(b, at.FROM_LEVEL_SUN, j))
        shade_h = get(b, at.SHADE_H, j)
        dim_leap = abs(get(b, at.LEVEL_SHADE, j) - get(b, at.FROM_LEVEL_SHADE, j))
        leap += dim_leap if shade_h > 0.0 else 0.0
        lasting = max(1.0 - LEAPING * leap, 0.0)
        missed_sun_k = get(b, at.ROUGH_SUN_K, j) + lasting * sun_k
        missed_shade_k = get(b, at.ROUGH_SHADE_K, j) + lasting * shade_k
        capacity_wh = get(b, at.HEAT_CAPACITY_J_K, j) * (1.0 / 3600.0)
        heated_w = capacity_wh * get(b, at.HEATER_SUN, j) / get(b, at.SUN_H, j)
        dimly_w = capacity_wh * get(b, at.HEATER_SHADE, j) / max(shade_h, LEAST_H)
        missed_w = get(b, at.ROUGH_HEATER_SUN_W, j) + heated_w - get(b, at.HEATER_NOW_SUN_W, j)
        dim_w = get(b, at.ROUGH_HEATER_SHADE_W, j) + dimly_w - get(b, at.HEATER_NOW_SHADE_W, j)
        warm = get(b, at.SHORT_K, j) <= 0.0
        missed_w = min(max(missed_w, -MOST_MISSED * heated_w), MOST_MISSED * heated_w)
        dim_w = min(max(dim_w, -MOST_MISSED * dimly_w), MOST_MISSED * dimly_w)
        put(b, at.ROUGH_HEATER_SUN_W, j, missed_w if warm else 0.0)
        put(b, at.ROUGH_HEATER_SHADE_W, j, dim_w if (warm and shade_h > 0.0) else 0.0)
        put(b, at.ROUGH_SUN_K, j, min(max(missed_sun_k, -MOST_ROUGH_K), MOST_ROUGH_K))
        put(b, at.ROUGH_SHADE_K, j, min(max(missed_shade_k, -MOST_ROUGH_K), MOST_ROUGH_K))
        expected_k = get(b, at.CHIPS_SUN_K, j) - get(b, at.JUNCTION_DROP_K, j) * get(b, at.LEVEL_SUN, j)
        put(b, at.CAP_JUNCTION, j, get(b, at.TOLD_CAP_JUNCTION, j))
        put(b, at.CAP_MEMORY, j, get(b, at.TOLD_CAP_MEMORY, j))
        put(b, at.PEAK_ABOVE_K, j, get(b, at.T_MAX, j) - expected_k)
