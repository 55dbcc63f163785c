"""Fourth stage: closes the day. State moves on, ledgers and totals are written, parts wear."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.formulas import compute
from engine.kernels import at
from engine.kernels._jit import get, inline_jit, jit, put
from engine.kernels.layout import LANES
from engine.kernels.poly import power_of_share
from engine.units import DAY_S

delivered_pflops = inline_jit(compute.delivered_pflops)
goodput = inline_jit(compute.goodput)

LEAST_HEALTH = 0.01
COLD_K = 0.5
"""A loop is colder than its heater should keep it from that much on."""
MOST_SERVED = 0.999
KWH_PER_J = 1.0 / 3.6e6


@jit
def judge_service(b: NDArray[np.float64]) -> None:
    """Tells where bus and heater do not get what they need, and which share of it they get.

    A heater that falls short while chips work is a matter of days: chips will slow down for it.
    """
    for j in range(LANES):
        sun_h = get(b, at.SUN_H, j)
        shade_h = get(b, at.SHADE_H, j)
        paid_h = get(b, at.SUN_SHARE, j) * sun_h + get(b, at.SHADE_SHARE, j) * shade_h
        share = get(b, at.SHADE_SHARE, j)
        cold = get(b, at.SHORT_K, j) > COLD_K and get(b, at.LEVEL_SUN, j) <= 0.0
        dark = (cold or share < 1.0) and get(b, at.LIVE, j) > 0.5
        bare_w = get(b, at.BARE_W, j)
        heater_k = get(b, at.HEATER_SUN, j) + get(b, at.HEATER_SHADE, j)
        heater_wh = heater_k * get(b, at.HEAT_CAPACITY_J_K, j) * (1.0 / 3600.0)
        wanted_wh = bare_w * (sun_h + shade_h) + get(b, at.WANTED_WH, j)
        served = min((bare_w * paid_h + heater_wh) / wanted_wh, MOST_SERVED)
        put(b, at.DARK, j, 1.0 if dark else 0.0)
        put(b, at.COLD_BY_K, j, max(get(b, at.SHORT_K, j), 0.0) * get(b, at.LIVE, j))
        put(b, at.SERVED_SHARE, j, served if dark else 1.0)


@jit
def write_energy(b: NDArray[np.float64]) -> None:
    """The day's electrical ledger of each batch, every line from its own expression."""
    for j in range(LANES):
        live = get(b, at.LIVE, j)
        kilo = 0.001 * get(b, at.ALIVE_COUNT, j) * live
        one_way = get(b, at.ONE_WAY_EFFICIENCY, j)
        start = get(b, at.CHARGE_WH, j)
        fade_wh = max(start - get(b, at.CAPACITY_NOW_WH, j), 0.0)
        loss = get(b, at.ACCEPTED_WH, j) * (1.0 / one_way - 1.0) + get(b, at.DRAWN_WH, j) * (1.0 - one_way)
        generated = kilo * get(b, at.ARRAY_POWER_W, j) * get(b, at.SUN_H, j) * get(b, at.ORBITS, j)
        used = kilo * get(b, at.LOAD_WH, j) * get(b, at.PMAD_EFFICIENCY, j)
        conversion = kilo * get(b, at.LOAD_WH, j) * (1.0 - get(b, at.PMAD_EFFICIENCY, j))
        battery = kilo * (loss + fade_wh)
        curtailed = kilo * get(b, at.KEEP_WH, j)
        stored = kilo * (get(b, at.CHARGE_END_WH, j) - start)
        put(b, at.DAY_GENERATED_KWH, j, generated)
        put(b, at.DAY_USED_KWH, j, used)
        put(b, at.DAY_CONVERSION_KWH, j, conversion)
        put(b, at.DAY_BATTERY_LOSS_KWH, j, battery)
        put(b, at.DAY_CURTAILED_KWH, j, curtailed)
        put(b, at.DAY_STORED_KWH, j, stored)
        put(b, at.TOTAL_GENERATED_KWH, j, get(b, at.TOTAL_GENERATED_KWH, j) + generated)
        put(b, at.TOTAL_USED_KWH, j, get(b, at.TOTAL_USED_KWH, j) + used)
        put(b, at.TOTAL_LOST_KWH, j, get(b, at.TOTAL_LOST_KWH, j) + conversion + battery)
        put(b, at.TOTAL_CURTAILED_KWH, j, get(b, at.TOTAL_CURTAILED_KWH, j) + curtailed)
        put(b, at.TOTAL_STORED_KWH, j, get(b, at.TOTAL_STORED_KWH, j) + stored)
        put(b, at.CHARGE_WH, j, get(b, at.CHARGE_END_WH, j) if live > 0.5 else start)


@jit
def write_heat(b: NDArray[np.float64]) -> None:
    """The day's heat ledger, the temperatures to show, and tomorrow's sunrise and heater loads."""
    for j in range(LANES):
        live = get(b, at.LIVE, j)
        capacity = get(b, at.HEAT_CAPACITY_J_K, j)
        period = get(b, at.PERIOD_S, j)
        sun_s = 3600.0 * get(b, at.SUN_H, j)
        shade_s = 3600.0 * get(b, at.SHADE_H, j)
        heater_sun = capacity * get(b, at.HEATER_SUN, j)
        heater_shade = capacity * get(b, at.HEATER_SHADE, j)
        internal = get(b, at.HEAT_SUN_W, j) * sun_s + get(b, at.HEAT_SHADE_W, j) * shade_s
        day = get(b, at.ALIVE_COUNT, j) * live * get(b, at.ORBITS, j) * KWH_PER_J
        put(b, at.DAY_HEAT_IN_KWH, j, day * (capacity * get(b, at.ABSORBED, j) + heater_sun + heater_shade))
        put(b, at.DAY_RADIATED_KWH, j, day * capacity * get(b, at.RADIATED, j))
        put(b, at.DAY_HEAT_STORED_KWH, j, day * capacity * (get(b, at.T, j) - get(b, at.START_K, j)))
        put(b, at.HEAT_W, j, (internal + heater_sun + heater_shade) / period * live)
        # all that a heater draws becomes warmth: its own power and what converter and pump lose for it
        bus_side = get(b, at.PMAD_EFFICIENCY, j) - get(b, at.PUMP_FRACTION, j)
        put(b, at.HEATER_SUN_W, j, bus_side * heater_sun / sun_s)
        put(b, at.HEATER_SHADE_W, j, bus_side * heater_shade / shade_s if shade_s > 0.0 else 0.0)
        put(b, at.RADIATOR_MIN_K, j, get(b, at.T_MIN, j))
        put(b, at.RADIATOR_MEAN_K, j, 0.5 * get(b, at.T_SUM, j) * capacity / period)
        put(b, at.RADIATOR_MAX_K, j, get(b, at.T_MAX, j))
        put(b, at.JUNCTION_MAX_K, j, get(b, at.J_MAX, j))
        put(b, at.MEMORY_MAX_K, j, get(b, at.M_MAX, j))
        drop = get(b, at.JUNCTION_DROP_K, j)
        put(b, at.LEAK_SUN_K, j, get(b, at.SUN_MEAN_K, j) + drop * get(b, at.LEVEL_SUN, j))
        put(b, at.LEAK_SHADE_K, j, get(b, at.SHADE_MEAN_K, j) + drop * get(b, at.LEVEL_SHADE, j))
        put(b, at.SUNRISE_K, j, get(b, at.T, j))


@jit
def write_compute(b: NDArray[np.float64], storm_cm2_s: float) -> None:
    """Compute delivered by each batch, days and light in service."""
    for j in range(LANES):
        working = get(b, at.WORKING, j)
        mean = delivered_pflops(
            get(b, at.PEAK_PFLOPS, j),
            get(b, at.LEVEL_SUN, j),
            get(b, at.LEVEL_SHADE, j),
            get(b, at.ECLIPSE_FRACTION, j),
        )
        idles = get(b, at.LEVEL_SHADE, j) <= 0.0 and get(b, at.ECLIPSE_FRACTION, j) > 0.0
        good = goodput(
            get(b, at.CALM_LOSS, j),
            get(b, at.UPSET_LOSS, j),
            1.0 + get(b, at.STORM_UPSETS, j) * storm_cm2_s,
            get(b, at.STOP_S, j) if idles else 0.0,
            3600.0 * get(b, at.SUN_H, j),
        )
        kept = get(b, at.INTERCONNECT, j) * get(b, at.SERVED_FRACTION, j)
        pflops = mean * get(b, at.ALIVE_COUNT, j) * working * good * kept
        put(b, at.GOODPUT, j, good)
        put(b, at.DELIVERED_PFLOPS, j, pflops)
        put(b, at.TOTAL_PFLOP_DAYS, j, get(b, at.TOTAL_PFLOP_DAYS, j) + pflops)
        put(b, at.MONTH_PFLOP_DAYS, j, get(b, at.MONTH_PFLOP_DAYS, j) + pflops)
        put(b, at.SERVICE_DAYS, j, get(b, at.SERVICE_DAYS, j) + working)
        put(
            b,
            at.TOTAL_LIT_S,
            j,
            get(b, at.TOTAL_LIT_S, j) + working * DAY_S * (1.0 - get(b, at.ECLIPSE_FRACTION, j)),
        )


@jit
def wear_parts(b: NDArray[np.float64]) -> None:
    """Array and battery age by the day, the battery also by its cycles."""
    for j in range(LANES):
        live = get(b, at.LIVE, j)
        put(
            b,
            at.ARRAY_HEALTH,
            j,
            get(b, at.ARRAY_HEALTH, j) * (1.0 - get(b, at.ARRAY_WEAR_PER_DAY, j) * live),
        )
        depth = min(max(get(b, at.DEPTH, j), 0.001), 1.0)
        damage = get(b, at.CYCLE_DAMAGE_FULL, j) * power_of_share(depth, get(b, at.CYCLE_EXPONENT, j))
        cycles = get(b, at.ORBITS, j) if get(b, at.DEPTH, j) > 0.001 else 0.0
        health = get(b, at.BATTERY_HEALTH, j)
        worn = health * (1.0 - get(b, at.CALENDAR_FADE_PER_DAY, j)) - damage * cycles
        put(b, at.BATTERY_HEALTH, j, max(worn, LEAST_HEALTH) if live > 0.5 else health)


@jit
def settle_binding(b: NDArray[np.float64], days: float) -> None:
    """Counts the days a binding has lasted; a new one is announced after `days` of them."""
    for j in range(LANES):
        announced = get(b, at.ANNOUNCED_BINDING, j)
        differs = get(b, at.BINDING, j) != announced and get(b, at.WORKING, j) > 0.5
        lasted = get(b, at.BINDING_DAYS, j) + 1.0 if differs else 0.0
        ripe = lasted >= days
        put(b, at.FLAG, j, 1.0 if ripe else 0.0)
        put(b, at.ANNOUNCED_BINDING, j, get(b, at.BINDING, j) if ripe else announced)
        put(b, at.BINDING_DAYS, j, 0.0 if ripe else lasted)
