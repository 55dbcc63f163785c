"""Second stage: which level of compute each cap allows, and what the battery does at a level."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from engine.formulas import chips, power
from engine.kernels import at
from engine.kernels._jit import get, inline_jit, jit, put
from engine.kernels.layout import LANES, Binding, Policy
from engine.units import STEFAN_BOLTZMANN_W_M2_K4

array_load_w = inline_jit(power.array_load_w)
leakage_factor = inline_jit(chips.leakage_factor)

MARGIN = 1.01
"""Recharge margin: a sunlit arc could put back one per cent more than a shade arc draws."""
EMERGENCY_DEPTH = 0.95
"""The depth limit holds for compute; to keep bus and coolant alive a battery may be drawn this far."""
SUN_MARGIN = 1.005
"""Levels are chosen as if the array gave half a per cent less: plane and Sun move within a day."""
MOST_BENT = 0.8
LEAKAGE_PER_K = chips.LEAKAGE_PER_K
LEAKING = chips.LEAST_FACTOR * (1.0 + 1e-9)
"""Up to this share of rated power a chip does not get any thriftier in the cold."""
OPEN = 9.0
"""A cap that does not hold anything."""
SLACK = 1.0 + 1e-9
TINY = 1e-9

FOLLOW_THE_SUN = float(Policy.FOLLOW_THE_SUN)
RIDE_THROUGH = float(Policy.RIDE_THROUGH)
HARDWARE = float(Binding.HARDWARE)
ENERGY = float(Binding.ENERGY)
BATTERY = float(Binding.BATTERY)
CHARGE_RATE = float(Binding.CHARGE_RATE)
JUNCTION = float(Binding.JUNCTION)
MEMORY = float(Binding.MEMORY)
NETWORK = float(Binding.NETWORK)
DEMAND = float(Binding.DEMAND)
COMMISSIONING = float(Binding.COMMISSIONING)
BLACKOUT = float(Binding.BLACKOUT)
ENDED = float(Binding.ENDED)


@inline_jit
def level_of(load: float, slope: float, bend: float) -> float:
    """The level at which `level * (slope + bend * level)` is a load; negative for one below zero."""
    return 2.0 * load / (slope + math.sqrt(slope * slope + 4.0 * bend * max(load, 0.0)))


@jit
def lean_on_warmth(b: NDArray[np.float64]) -> None:
    """What a level draws over its rated power, `slope + bend * level`, near the expected warmth of the chips.

    The bend is what a level more warms chips, times their leakage; it is kept so small that a load never
    falls as the level rises. Chips too cold to get any thriftier draw in proportion.
    """
    for j in range(LANES):
        trip = get(b, at.TRIP_K, j)
        sun_level = get(b, at.LEVEL_SUN, j)
        shade_level = get(b, at.LEVEL_SHADE, j)
        sun = leakage_factor(get(b, at.CHIPS_SUN_K, j), trip)
        shade = leakage_factor(get(b, at.CHIPS_SHADE_K, j), trip)
        sun_bend = LEAKAGE_PER_K * get(b, at.WARM_SUN_K, j) if sun > LEAKING else 0.0
        shade_bend = LEAKAGE_PER_K * get(b, at.WARM_SHADE_K, j) if shade > LEAKING else 0.0
        sun_bend = min(sun_bend, MOST_BENT * sun / max(sun_level, MOST_BENT))
        shade_bend = min(shade_bend, MOST_BENT * shade / max(shade_level, MOST_BENT))
        put(b, at.BEND_SUN, j, sun_bend)
        put(b, at.BEND_SHADE, j, shade_bend)
        put(b, at.SLOPE_SUN, j, sun - sun_bend * sun_level)
        put(b, at.SLOPE_SHADE, j, shade - shade_bend * shade_level)


@jit
def cap_levels(b: NDArray[np.float64]) -> None:
    """Greatest level each cap allows on its own, chips being as warm as expected.

    Chips get warmer with the level and then leak more, so the loads bend upwards: a cap is the root of a
    quadratic.

    For `steady` a level holds all orbit; for `follow-the-sun` in sunlight, with none in shade. For
    `ride-through` the battery caps hold the level in shade, the others the level in sunlight.
    """
    for j in range(LANES):
        policy = get(b, at.POLICY, j)
        eta = get(b, at.PMAD_EFFICIENCY, j)
        pump = get(b, at.PUMP_FRACTION, j)
        out = get(b, at.OUTPUT_W, j) + get(b, at.THRUSTER_MEAN_W, j)
        always = get(b, at.FIXED_LOAD_W, j) + get(b, at.THRUSTER_MEAN_W, j)
        # a loop too cold asks for more than its heater got, and chips give way
        coldest = get(b, at.MIN_COOLANT_K, j)
        w_k = 4.0 * STEFAN_BOLTZMANN_W_M2_K4 * get(b, at.EMITTING_M2, j) * coldest * coldest * coldest
        heater_w = get(b, at.HEATER_SUN_W, j) + w_k * get(b, at.COLD_BY_K, j)
        fixed_sun = array_load_w(always + heater_w, out, eta, pump)
        fixed_shade = array_load_w(always + get(b, at.HEATER_SHADE_W, j), out, eta, pump)
        rated = get(b, at.IT_POWER_W, j) / (eta - pump)
        sun_bend = get(b, at.BEND_SUN, j)
        shade_bend = get(b, at.BEND_SHADE, j)
        sun_slope = get(b, at.SLOPE_SUN, j)
        shade_slope = get(b, at.SLOPE_SHADE, j)
        one_way = get(b, at.ONE_WAY_EFFICIENCY, j)
        sun_h = get(b, at.SUN_H, j)
        shade_h = get(b, at.SHADE_H, j)
        capacity = get(b, at.CAPACITY_WH, j) * get(b, at.BATTERY_HEALTH, j)
        rate_w = get(b, at.C_RATE_PER_H, j) * capacity

        gain_h = one_way * one_way * sun_h
        need_h = MARGIN * shade_h
        array_w = get(b, at.ARRAY_POWER_W, j)
        surplus = gain_h * (array_w * (1.0 / SUN_MARGIN) - fixed_sun)
        left_wh = surplus - need_h * fixed_shade
        even = level_of(
            left_wh / rated,
            gain_h * sun_slope + need_h * shade_slope,
            gain_h * sun_bend + need_h * shade_bend,
        )
        dark = shade_h > 0.0
        hours = shade_h if dark else 1.0
        # the bus goes first: where an orbit cannot pay for it, nothing is left to compute with
        bare = max(array_load_w(always, out, eta, pump), TINY)
        usable = max(get(b, at.DEPTH_LIMIT, j), EMERGENCY_DEPTH) * capacity
        deep_w = min(min(usable, rate_w * sun_h) / hours, rate_w) * one_way
        square = one_way * one_way
        share = square * array_w * sun_h / (bare * (square * sun_h + shade_h))
        share = 1.0 if share > 1.0 - TINY else share
        shade_share = min(share, deep_w / bare)
        shade_share = 1.0 if shade_share > 1.0 - TINY else shade_share
        depth_w = min(get(b, at.DEPTH_LIMIT, j) * capacity / hours, rate_w) * one_way
        refill_w = rate_w * sun_h * one_way / (MARGIN * hours)
        battery = level_of((depth_w - fixed_shade) / rated, shade_slope, shade_bend) if dark else OPEN
        charge = level_of((refill_w - fixed_shade) / rated, shade_slope, shade_bend) if dark else OPEN

        hardware = get(b, at.CHIP_HEALTH, j)
        follow = policy == FOLLOW_THE_SUN
        ride = policy == RIDE_THROUGH
        asked = min(min(hardware, get(b, at.NETWORK_CAP, j)), get(b, at.DEMAND_CAP, j))
        shade = max(min(min(min(battery, charge), even), asked), 0.0)
        shade = shade if (dark and share >= 1.0) else 0.0
        shade_level = shade if ride else 0.0
        ridden_wh = need_h * rated * shade_level * (shade_slope + shade_bend * shade_level)
        apart = level_of((left_wh - ridden_wh) / (rated * gain_h), sun_slope, sun_bend)
        # batteries do not make up for chips that draw more at the end of a sunlit arc than at its beginning
        swing = LEAKAGE_PER_K * max(get(b, at.PEAK_ABOVE_K, j), 0.0) if sun_bend > 0.0 else 0.0
        bright_w = array_w * (1.0 / SUN_MARGIN) - fixed_sun
        alone = level_of(bright_w / rated, sun_slope + swing, sun_bend)

        put(b, at.CAP_HARDWARE, j, hardware)
        put(b, at.CAP_ENERGY, j, min(min(apart if (follow or ride) else even, alone), OPEN))
        put(b, at.CAP_BATTERY, j, min(OPEN if follow else battery, OPEN))
        put(b, at.CAP_CHARGE_RATE, j, min(OPEN if follow else charge, OPEN))
        put(b, at.SHADE_CAP, j, shade)
        put(b, at.BARE_W, j, bare)
        put(b, at.DEEP_W, j, deep_w)
        put(b, at.SUN_SHARE, j, share)
        put(b, at.SHADE_SHARE, j, shade_share if dark else share)
        put(b, at.PER_LEVEL_W, j, rated)
        put(b, at.CAPACITY_NOW_WH, j, capacity)
        joint = min(asked, get(b, at.CAP_ENERGY, j))
        steady = min(min(joint, battery), charge)
        level = max(joint if (follow or ride) else steady, 0.0) * get(b, at.WORKING, j)
        put(b, at.LEVEL_CAP, j, level if share >= 1.0 else 0.0)


@jit
def set_levels(b: NDArray[np.float64]) -> None:
    """Levels in sun and shade: the lowest cap, those of heat among them; and what chips draw at them."""
    for j in range(LANES):
        policy = get(b, at.POLICY, j)
        hot = min(get(b, at.CAP_JUNCTION, j), get(b, at.CAP_MEMORY, j))
        level = min(get(b, at.LEVEL_CAP, j), max(hot, 0.0))
        ridden = min(get(b, at.SHADE_CAP, j), level)
        shade = ridden if policy == RIDE_THROUGH else level
        shade = 0.0 if policy == FOLLOW_THE_SUN else shade
        put(b, at.LEAK_SUN, j, get(b, at.SLOPE_SUN, j) + get(b, at.BEND_SUN, j) * level)
        put(b, at.LEAK_SHADE, j, get(b, at.SLOPE_SHADE, j) + get(b, at.BEND_SHADE, j) * shade)
        sun_k = get(b, at.WARM_SUN_K, j) * (level - get(b, at.LEVEL_SUN, j))
        shade_k = get(b, at.WARM_SHADE_K, j) * (shade - get(b, at.LEVEL_SHADE, j))
        put(b, at.CHIPS_SUN_K, j, get(b, at.CHIPS_SUN_K, j) + sun_k)
        put(b, at.CHIPS_SHADE_K, j, get(b, at.CHIPS_SHADE_K, j) + shade_k)
        put(b, at.LEVEL_SUN, j, level)
        put(b, at.LEVEL_SHADE, j, shade)


@jit
def share_out(b: NDArray[np.float64]) -> None:
    """What bus and heater get of an orbit: all they need, or what it gives back.

    Where array and battery cannot carry the bus, it gets the one share that an orbit can pay for, and in
    shade no more than the battery can give. The heater gets what is left: in sunlight the power that is not
    kept for the shade, in shade the energy that the battery can give.
    So charge at sunrise never falls from orbit to orbit, and nothing has to be switched off and on again.
    """
    for j in range(LANES):
        one_way = get(b, at.ONE_WAY_EFFICIENCY, j)
        square = one_way * one_way
        sun_h = get(b, at.SUN_H, j)
        shade_h = get(b, at.SHADE_H, j)
        dark = shade_h > 0.0
        hours = shade_h if dark else 1.0
        array_w = get(b, at.ARRAY_POWER_W, j)
        rated = get(b, at.PER_LEVEL_W, j)
        share = get(b, at.SUN_SHARE, j)
        bare = get(b, at.BARE_W, j)
        chips_sun_w = rated * get(b, at.LEAK_SUN, j) * get(b, at.LEVEL_SUN, j)
        chips_shade_w = rated * get(b, at.LEAK_SHADE, j) * get(b, at.LEVEL_SHADE, j)
        sun_w = share * bare + chips_sun_w
        shade_w = get(b, at.SHADE_SHARE, j) * bare + chips_shade_w

        per_w = 1.0 / (get(b, at.PMAD_EFFICIENCY, j) - get(b, at.PUMP_FRACTION, j))
        cold = share < 1.0
        ratio = square * sun_h / hours
        back_w = min(get(b, at.DEEP_W, j), ratio * (array_w - sun_w)) - shade_w
        back_w = max(back_w, 0.0) if (dark and not cold) else 0.0
        kept_w = min(per_w * get(b, at.HEATER_SHADE_W, j), back_w)
        kept_w = (shade_w + kept_w) / ratio if dark else 0.0
        most_w = 0.0 if cold else max(array_w - sun_w - kept_w, 0.0)
        heater_sun_w = min(get(b, at.HEATER_NOW_SUN_W, j), most_w)
        rest_w = max(ratio * (array_w - sun_w - heater_sun_w) - shade_w, 0.0)
        most_shade_w = min(back_w, rest_w)
        heater_shade_w = min(get(b, at.HEATER_NOW_SHADE_W, j), most_shade_w)

        chips_w = get(b, at.IT_POWER_W, j) / rated
        put(b, at.CHIPS_SUN_W, j, chips_w * chips_sun_w)
        put(b, at.CHIPS_SHADE_W, j, chips_w * chips_shade_w)
        rate_w = get(b, at.C_RATE_PER_H, j) * get(b, at.CAPACITY_NOW_WH, j)
        put(b, at.HEATER_SUN_WH, j, max(array_w - sun_w, 0.0) * sun_h)
        put(b, at.HEATER_SHADE_WH, j, most_shade_w * shade_h)
        put(b, at.HEATER_MOST_SUN_W, j, most_w)
        put(b, at.HEATER_MOST_SHADE_W, j, max(rate_w * one_way - shade_w, 0.0))
        put(b, at.LOAD_SUN_W, j, sun_w + heater_sun_w)
        put(b, at.LOAD_SHADE_W, j, shade_w + heater_shade_w)
        put(b, at.MEAN_SUN_W, j, sun_w)
        put(b, at.MEAN_SHADE_W, j, shade_w)


@jit
def run_battery(b: NDArray[np.float64]) -> None:
    """The day's orbits of the battery at the chosen loads, in closed form.

    At each sunrise the charge is `e`. An orbit accepts up to `accept` and draws `draw`, so `e` grows by the
    same amount until sunlit arcs end full; then it repeats.
    """
    for j in range(LANES):
        one_way = get(b, at.ONE_WAY_EFFICIENCY, j)
        sun_h = get(b, at.SUN_H, j)
        shade_h = get(b, at.SHADE_H, j)
        orbits = get(b, at.ORBITS, j)
        capacity = get(b, at.CAPACITY_NOW_WH, j)
        load_sun = get(b, at.LOAD_SUN_W, j)
        load_shade = get(b, at.LOAD_SHADE_W, j)
        rate_w = get(b, at.C_RATE_PER_H, j) * capacity

        spare_w = get(b, at.ARRAY_POWER_W, j) - load_sun
        draw = load_shade * shade_h / one_way
        accept = min(spare_w * one_way, rate_w) * sun_h
        start = min(get(b, at.CHARGE_WH, j), capacity)
        rest = max(capacity - draw, 0.0)
        end = min(start + orbits * (accept - draw), rest) if start < rest else rest
        accepted = orbits * draw + (end - start)

        put(b, at.CHARGE_END_WH, j, end)
        put(b, at.ACCEPTED_WH, j, accepted)
        put(b, at.DRAWN_WH, j, orbits * draw)
        put(b, at.ACCEPT_WH, j, accept)
        put(b, at.DEPTH, j, draw / capacity)
        put(b, at.KEEP_WH, j, orbits * spare_w * sun_h - accepted / one_way)
        put(b, at.LOAD_WH, j, orbits * (load_sun * sun_h + load_shade * shade_h))
        put(b, at.SOC_MIN, j, min(start, end) / capacity)
        put(b, at.SOC_MAX, j, min(max(start, end) + accept, capacity) / capacity)


@jit
def name_binding(b: NDArray[np.float64]) -> None:
    """Says which cap holds compute down; the first of equals, in the order of `Binding`."""
    for j in range(LANES):
        ride = get(b, at.POLICY, j) == RIDE_THROUGH
        level = get(b, at.CAP_HARDWARE, j)
        code = HARDWARE
        battery = OPEN if ride else get(b, at.CAP_BATTERY, j)
        charge = OPEN if ride else get(b, at.CAP_CHARGE_RATE, j)
        code = ENERGY if get(b, at.CAP_ENERGY, j) < level else code
        level = min(level, get(b, at.CAP_ENERGY, j))
        code = BATTERY if battery < level else code
        level = min(level, battery)
        code = CHARGE_RATE if charge < level else code
        level = min(level, charge)
        code = JUNCTION if get(b, at.CAP_JUNCTION, j) < level else code
        level = min(level, get(b, at.CAP_JUNCTION, j))
        code = MEMORY if get(b, at.CAP_MEMORY, j) < level else code
        level = min(level, get(b, at.CAP_MEMORY, j))
        code = NETWORK if get(b, at.NETWORK_CAP, j) < level else code
        level = min(level, get(b, at.NETWORK_CAP, j))
        code = DEMAND if get(b, at.DEMAND_CAP, j) < level else code
        shaded = ride and code == HARDWARE and get(b, at.SHADE_H, j) > 0.0
        depth = get(b, at.CAP_BATTERY, j)
        rate = get(b, at.CAP_CHARGE_RATE, j)
        held = shaded and min(depth, rate) < get(b, at.CAP_HARDWARE, j)
        code = (BATTERY if depth <= rate else CHARGE_RATE) if held else code
        code = BLACKOUT if get(b, at.DARK, j) > 0.5 else code
        code = COMMISSIONING if get(b, at.WORKING, j) < 0.5 else code
        put(b, at.BINDING, j, code if get(b, at.LIVE, j) > 0.5 else ENDED)
