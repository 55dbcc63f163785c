"""Fourth stage: closes the day. State moves on, ledgers and totals are written, parts wear."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.formulas import compute
from engine.kernels._jit import inline_jit
from engine.kernels.layout import LANES, At
from engine.kernels.poly import power_of_share
from engine.units import DAY_S

delivered_pflops = inline_jit(compute.delivered_pflops)

LEAST_HEALTH = 0.01
KWH_PER_J = 1.0 / 3.6e6


@inline_jit
def write_energy(b: NDArray[np.float64]) -> None:
    """The day's electrical ledger of each batch, every line from its own expression."""
    for j in range(LANES):
        live = b[At.LIVE + j]
        kilo = 0.001 * b[At.ALIVE_COUNT + j] * live
        one_way = b[At.ONE_WAY_EFFICIENCY + j]
        start = b[At.CHARGE_WH + j]
        fade_wh = max(start - b[At.CAPACITY_NOW_WH + j], 0.0)
        loss = b[At.ACCEPTED_WH + j] * (1.0 / one_way - 1.0) + b[At.DRAWN_WH + j] * (1.0 - one_way)
        generated = kilo * b[At.ARRAY_POWER_W + j] * b[At.SUN_H + j] * b[At.ORBITS + j]
        used = kilo * b[At.LOAD_WH + j] * b[At.PMAD_EFFICIENCY + j]
        conversion = kilo * b[At.LOAD_WH + j] * (1.0 - b[At.PMAD_EFFICIENCY + j])
        battery = kilo * (loss + fade_wh)
        curtailed = kilo * b[At.KEEP_WH + j]
        stored = kilo * (b[At.CHARGE_END_WH + j] - start)
        b[At.DAY_GENERATED_KWH + j] = generated
        b[At.DAY_USED_KWH + j] = used
        b[At.DAY_CONVERSION_KWH + j] = conversion
        b[At.DAY_BATTERY_LOSS_KWH + j] = battery
        b[At.DAY_CURTAILED_KWH + j] = curtailed
        b[At.DAY_STORED_KWH + j] = stored
        b[At.TOTAL_GENERATED_KWH + j] += generated
        b[At.TOTAL_USED_KWH + j] += used
        b[At.TOTAL_LOST_KWH + j] += conversion + battery
        b[At.TOTAL_CURTAILED_KWH + j] += curtailed
        b[At.TOTAL_STORED_KWH + j] += stored
        b[At.CHARGE_WH + j] = b[At.CHARGE_END_WH + j] if live > 0.5 else start


@inline_jit
def write_heat(b: NDArray[np.float64]) -> None:
    """The day's heat ledger, the temperatures to show, and tomorrow's sunrise and heater loads."""
    for j in range(LANES):
        live = b[At.LIVE + j]
        capacity = b[At.HEAT_CAPACITY_J_K + j]
        period = b[At.PERIOD_S + j]
        sun_s = 3600.0 * b[At.SUN_H + j]
        shade_s = 3600.0 * b[At.SHADE_H + j]
        heater_sun = capacity * b[At.HEATER_SUN + j]
        heater_shade = capacity * b[At.HEATER_SHADE + j]
        internal = b[At.HEAT_SUN_W + j] * sun_s + b[At.HEAT_SHADE_W + j] * shade_s
        day = b[At.ALIVE_COUNT + j] * live * b[At.ORBITS + j] * KWH_PER_J
        b[At.DAY_HEAT_IN_KWH + j] = day * (capacity * b[At.ABSORBED + j] + heater_sun + heater_shade)
        b[At.DAY_RADIATED_KWH + j] = day * capacity * b[At.RADIATED + j]
        b[At.DAY_HEAT_STORED_KWH + j] = day * capacity * (b[At.T + j] - b[At.START_K + j])
        b[At.HEAT_W + j] = (internal + heater_sun + heater_shade) / period * live
        least = b[At.MIN_COOLANT_K + j]
        hold_w = max(b[At.EMIT + j] * least * least * least * least - b[At.FLUX_SHADE_W + j], 0.0)
        off = b[At.DARK + j] > 0.5
        b[At.HEATER_SUN_W + j] = heater_sun / sun_s
        b[At.HEATER_SHADE_W + j] = hold_w if off else (heater_shade / shade_s if shade_s > 0.0 else 0.0)
        b[At.RADIATOR_MIN_K + j] = b[At.T_MIN + j]
        b[At.RADIATOR_MEAN_K + j] = 0.5 * b[At.T_SUM + j] * capacity / period
        b[At.RADIATOR_MAX_K + j] = b[At.T_MAX + j]
        b[At.JUNCTION_MAX_K + j] = b[At.J_MAX + j]
        b[At.SUNRISE_K + j] = b[At.T + j]


@inline_jit
def write_compute(b: NDArray[np.float64]) -> None:
    """Compute delivered by each batch, days and light in service."""
    for j in range(LANES):
        working = b[At.WORKING + j]
        running = b[At.FULL_ORBITS + j] / b[At.ORBITS + j] * working
        mean = delivered_pflops(
            b[At.PEAK_PFLOPS + j],
            b[At.LEVEL_SUN + j],
            b[At.LEVEL_SHADE + j],
            b[At.ECLIPSE_FRACTION + j],
        )
        pflops = mean * b[At.ALIVE_COUNT + j] * running
        b[At.DELIVERED_PFLOPS + j] = pflops
        b[At.TOTAL_PFLOP_DAYS + j] += pflops
        b[At.MONTH_PFLOP_DAYS + j] += pflops
        b[At.SERVICE_DAYS + j] += working
        b[At.TOTAL_LIT_S + j] += working * DAY_S * (1.0 - b[At.ECLIPSE_FRACTION + j])


@inline_jit
def wear_parts(b: NDArray[np.float64]) -> None:
    """Array and battery age by the day, the battery also by its cycles."""
    for j in range(LANES):
        live = b[At.LIVE + j]
        b[At.ARRAY_HEALTH + j] *= 1.0 - b[At.ARRAY_WEAR_PER_DAY + j] * live
        depth = min(max(b[At.DEPTH + j], 0.001), 1.0)
        damage = b[At.CYCLE_DAMAGE_FULL + j] * power_of_share(depth, b[At.CYCLE_EXPONENT + j])
        cycles = b[At.ORBITS + j] if b[At.DEPTH + j] > 0.001 else 0.0
        health = b[At.BATTERY_HEALTH + j]
        worn = health * (1.0 - b[At.CALENDAR_FADE_PER_DAY + j]) - damage * cycles
        b[At.BATTERY_HEALTH + j] = max(worn, LEAST_HEALTH) if live > 0.5 else health


@inline_jit
def settle_binding(b: NDArray[np.float64], days: float) -> None:
    """Counts the days a binding has lasted; a new one is announced after `days` of them."""
    for j in range(LANES):
        announced = b[At.ANNOUNCED_BINDING + j]
        differs = b[At.BINDING + j] != announced and b[At.WORKING + j] > 0.5
        lasted = b[At.BINDING_DAYS + j] + 1.0 if differs else 0.0
        ripe = lasted >= days
        b[At.FLAG + j] = 1.0 if ripe else 0.0
        b[At.ANNOUNCED_BINDING + j] = b[At.BINDING + j] if ripe else announced
        b[At.BINDING_DAYS + j] = 0.0 if ripe else lasted
