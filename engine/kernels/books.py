"""Fourth stage: closes the day. State moves on, ledgers and totals are written, parts wear."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.formulas import compute
from engine.kernels import at
from engine.kernels._jit import inline_jit
from engine.kernels.layout import LANES
from engine.kernels.poly import power_of_share
from engine.units import DAY_S

delivered_pflops = inline_jit(compute.delivered_pflops)

LEAST_HEALTH = 0.01
KWH_PER_J = 1.0 / 3.6e6


@inline_jit
def write_energy(b: NDArray[np.float64]) -> None:
    """The day's electrical ledger of each batch, every line from its own expression."""
    for j in range(LANES):
        live = b[at.LIVE + j]
        kilo = 0.001 * b[at.ALIVE_COUNT + j] * live
        one_way = b[at.ONE_WAY_EFFICIENCY + j]
        start = b[at.CHARGE_WH + j]
        fade_wh = max(start - b[at.CAPACITY_NOW_WH + j], 0.0)
        loss = b[at.ACCEPTED_WH + j] * (1.0 / one_way - 1.0) + b[at.DRAWN_WH + j] * (1.0 - one_way)
        generated = kilo * b[at.ARRAY_POWER_W + j] * b[at.SUN_H + j] * b[at.ORBITS + j]
        used = kilo * b[at.LOAD_WH + j] * b[at.PMAD_EFFICIENCY + j]
        conversion = kilo * b[at.LOAD_WH + j] * (1.0 - b[at.PMAD_EFFICIENCY + j])
        battery = kilo * (loss + fade_wh)
        curtailed = kilo * b[at.KEEP_WH + j]
        stored = kilo * (b[at.CHARGE_END_WH + j] - start)
        b[at.DAY_GENERATED_KWH + j] = generated
        b[at.DAY_USED_KWH + j] = used
        b[at.DAY_CONVERSION_KWH + j] = conversion
        b[at.DAY_BATTERY_LOSS_KWH + j] = battery
        b[at.DAY_CURTAILED_KWH + j] = curtailed
        b[at.DAY_STORED_KWH + j] = stored
        b[at.TOTAL_GENERATED_KWH + j] += generated
        b[at.TOTAL_USED_KWH + j] += used
        b[at.TOTAL_LOST_KWH + j] += conversion + battery
        b[at.TOTAL_CURTAILED_KWH + j] += curtailed
        b[at.TOTAL_STORED_KWH + j] += stored
        b[at.CHARGE_WH + j] = b[at.CHARGE_END_WH + j] if live > 0.5 else start


@inline_jit
def write_heat(b: NDArray[np.float64]) -> None:
    """The day's heat ledger, the temperatures to show, and tomorrow's sunrise and heater loads."""
    for j in range(LANES):
        live = b[at.LIVE + j]
        capacity = b[at.HEAT_CAPACITY_J_K + j]
        period = b[at.PERIOD_S + j]
        sun_s = 3600.0 * b[at.SUN_H + j]
        shade_s = 3600.0 * b[at.SHADE_H + j]
        heater_sun = capacity * b[at.HEATER_SUN + j]
        heater_shade = capacity * b[at.HEATER_SHADE + j]
        internal = b[at.HEAT_SUN_W + j] * sun_s + b[at.HEAT_SHADE_W + j] * shade_s
        day = b[at.ALIVE_COUNT + j] * live * b[at.ORBITS + j] * KWH_PER_J
        b[at.DAY_HEAT_IN_KWH + j] = day * (capacity * b[at.ABSORBED + j] + heater_sun + heater_shade)
        b[at.DAY_RADIATED_KWH + j] = day * capacity * b[at.RADIATED + j]
        b[at.DAY_HEAT_STORED_KWH + j] = day * capacity * (b[at.T + j] - b[at.START_K + j])
        b[at.HEAT_W + j] = (internal + heater_sun + heater_shade) / period * live
        off = b[at.DARK + j] > 0.5
        b[at.HEATER_SUN_W + j] = b[at.RESTART_SUN_W + j] if off else heater_sun / sun_s
        shade_w = heater_shade / shade_s if shade_s > 0.0 else 0.0
        b[at.HEATER_SHADE_W + j] = b[at.RESTART_SHADE_W + j] if off else shade_w
        b[at.RADIATOR_MIN_K + j] = b[at.T_MIN + j]
        b[at.RADIATOR_MEAN_K + j] = 0.5 * b[at.T_SUM + j] * capacity / period
        b[at.RADIATOR_MAX_K + j] = b[at.T_MAX + j]
        b[at.JUNCTION_MAX_K + j] = b[at.J_MAX + j]
        b[at.SUNRISE_K + j] = b[at.T + j]


@inline_jit
def write_compute(b: NDArray[np.float64]) -> None:
    """Compute delivered by each batch, days and light in service."""
    for j in range(LANES):
        working = b[at.WORKING + j]
        running = b[at.FULL_ORBITS + j] / b[at.ORBITS + j] * working
        mean = delivered_pflops(
            b[at.PEAK_PFLOPS + j],
            b[at.LEVEL_SUN + j],
            b[at.LEVEL_SHADE + j],
            b[at.ECLIPSE_FRACTION + j],
        )
        pflops = mean * b[at.ALIVE_COUNT + j] * running
        b[at.DELIVERED_PFLOPS + j] = pflops
        b[at.TOTAL_PFLOP_DAYS + j] += pflops
        b[at.MONTH_PFLOP_DAYS + j] += pflops
        b[at.SERVICE_DAYS + j] += working
        b[at.TOTAL_LIT_S + j] += working * DAY_S * (1.0 - b[at.ECLIPSE_FRACTION + j])


@inline_jit
def wear_parts(b: NDArray[np.float64]) -> None:
    """Array and battery age by the day, the battery also by its cycles."""
    for j in range(LANES):
        live = b[at.LIVE + j]
        b[at.ARRAY_HEALTH + j] *= 1.0 - b[at.ARRAY_WEAR_PER_DAY + j] * live
        depth = min(max(b[at.DEPTH + j], 0.001), 1.0)
        damage = b[at.CYCLE_DAMAGE_FULL + j] * power_of_share(depth, b[at.CYCLE_EXPONENT + j])
        cycles = b[at.ORBITS + j] if b[at.DEPTH + j] > 0.001 else 0.0
        health = b[at.BATTERY_HEALTH + j]
        worn = health * (1.0 - b[at.CALENDAR_FADE_PER_DAY + j]) - damage * cycles
        b[at.BATTERY_HEALTH + j] = max(worn, LEAST_HEALTH) if live > 0.5 else health


@inline_jit
def settle_binding(b: NDArray[np.float64], days: float) -> None:
    """Counts the days a binding has lasted; a new one is announced after `days` of them."""
    for j in range(LANES):
        announced = b[at.ANNOUNCED_BINDING + j]
        differs = b[at.BINDING + j] != announced and b[at.WORKING + j] > 0.5
        lasted = b[at.BINDING_DAYS + j] + 1.0 if differs else 0.0
        ripe = lasted >= days
        b[at.FLAG + j] = 1.0 if ripe else 0.0
        b[at.ANNOUNCED_BINDING + j] = b[at.BINDING + j] if ripe else announced
        b[at.BINDING_DAYS + j] = 0.0 if ripe else lasted
