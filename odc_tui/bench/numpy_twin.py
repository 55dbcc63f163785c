"""The day step as one would write it in numpy: the same physics on columns of the whole fleet, day by day.

It leaves out what hardly costs: failures, wear, records, blackouts, and the search for a throttled level.
`tests/kernels/test_numpy_twin.py` holds it to the kernel.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.formulas import drag, sun
from engine.formulas.chips import LEAKAGE_PER_K, LEAST_FACTOR
from engine.kernels.cycle import COARSE, PREHEAT_MOST_K, SHADE_STEPS, SUN_INCIDENCE, SUN_STEPS
from engine.kernels.dispatch import LEAKING, MARGIN, MOST_BENT, SUN_MARGIN
from engine.kernels.layout import Field, Policy
from engine.kernels.storm import storms
from engine.kernels.throttle import LEAK_BAND_K, LEAPING, MOST_MISSED, MOST_ROUGH_K
from engine.simulate.fleet import Fleet

Doubles = NDArray[np.float64]

ATTEMPTS = 8

MU, EARTH_KM, J2, SIGMA, INFRARED, ALBEDO = 398600.4418, 6378.137, 1.08262668e-3, 5.670374419e-8, 237.0, 0.3


class Columns:
    """The columns of a fleet that a day reads and writes, by field name in lower case."""

    def __init__(self, fleet: Fleet) -> None:
        for field in Field:
            setattr(self, field.name.lower(), fleet.column(field).copy())

    def __setattr__(self, name: str, value: Any) -> None:
        object.__setattr__(self, name, value)

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(name)


def run(columns: Columns, day_from: int, day_to: int, seed: int = 1) -> None:
    """Advances all batches through days, in place."""
    weather = storms(seed, day_from, day_to)
    for day, (storm_cm2_s, denser) in zip(range(day_from, day_to), weather, strict=True):
        _day(columns, float(day), storm_cm2_s, denser)


def _day(c: Columns, day: float, storm_cm2_s: float, denser: float) -> None:
    x, y, z, flux = sun.sun_x(day), sun.sun_y(day), sun.sun_z(day), sun.sun_flux_w_m2(day)
    a = EARTH_KM + c.altitude_km
    n = np.sqrt(MU / a**3)
    bulge = 1.5 * J2 * (EARTH_KM / a) ** 2
    node_rate = -n * bulge * c.cos_inclination
    raan = c.raan_rad + node_rate * 43200.0
    sideways = np.sin(raan) * x - np.cos(raan) * y
    c.sin_beta = c.sin_inclination * sideways + c.cos_inclination * z
    cos_beta = np.sqrt(1.0 - c.sin_beta**2)
    half = np.sqrt(c.altitude_km * (c.altitude_km + 2.0 * EARTH_KM)) / (a * cos_beta)
    shade = np.arccos(np.minimum(half, 1.0)) / np.pi
    period_h = 2.0 * np.pi / n / 3600.0
    c.raan_rad = np.mod(c.raan_rad + node_rate * 86400.0, 2.0 * np.pi)
    turn = n * (1.0 + bulge * (4.0 * c.cos_inclination**2 - 1.0))
    c.arg_lat_rad = np.mod(c.arg_lat_rad + turn * 86400.0, 2.0 * np.pi)
    array_w = _array(c, flux, cos_beta)
    thruster_w = _thrust(c, day, cos_beta, denser)
    sun_h, shade_h = (1.0 - shade) * period_h, shade * period_h
    c.eclipse_fraction, c.array_power_w = shade, array_w
    _age(c, day)
    c.before_wh, c.from_k, c.from_sun, c.from_shade = c.charge_wh, c.sunrise_k, c.level_sun, c.level_shade
    for _ in range(ATTEMPTS):  # until chips are as warm as their power was worked out for
        _expect(c, sun_h, shade_h)
        heats = _dispatch(c, array_w, thruster_w, sun_h, shade_h)
        start = _orbit(c, flux, cos_beta, heats, sun_h, shade_h, None)
        heats = _dispatch(c, array_w, thruster_w, sun_h, shade_h)
        _orbit(c, flux, cos_beta, heats, sun_h, shade_h, start)
        sun_k, shade_k = (
            mean + c.junction_drop_k * level for mean, level in zip(c.mean_k, c.levels, strict=True)
        )
        off_sun = np.abs(sun_k - c.chips_sun_k) * (c.level_sun > 0.0)
        again = np.maximum(off_sun, np.abs(shade_k - c.chips_shade_k) * (c.level_shade > 0.0)) > LEAK_BAND_K
        if not again.any():
            break
        c.leak_sun_k, c.leak_shade_k = (
            np.where(again, sun_k, c.leak_sun_k),
            np.where(again, shade_k, c.leak_shade_k),
        )
        c.from_sun, c.from_shade = (
            np.where(again, c.level_sun, c.from_sun),
            np.where(again, c.level_shade, c.from_shade),
        )
        c.from_k = np.where(again, c.sunrise_k, c.from_k)
    c.leak_sun_k, c.leak_shade_k = sun_k, shade_k
    leap = np.abs(c.level_sun - c.from_sun) + np.abs(c.level_shade - c.from_shade) * (shade_h > 0.0)
    lasting = np.maximum(1.0 - LEAPING * leap, 0.0)
    sun_k, shade_k = lasting * (sun_k - c.chips_sun_k), lasting * (shade_k - c.chips_shade_k)
    c.rough_sun_k = np.clip(c.rough_sun_k + sun_k, -MOST_ROUGH_K, MOST_ROUGH_K)
    c.rough_shade_k = np.clip(c.rough_shade_k + shade_k, -MOST_ROUGH_K, MOST_ROUGH_K)
    c.rough_heater_sun_w, c.rough_heater_shade_w = (
        np.clip(rough + taken - now, -MOST_MISSED * taken, MOST_MISSED * taken)
        for rough, taken, now in zip(
            (c.rough_heater_sun_w, c.rough_heater_shade_w), c.heat_w, c.now_w, strict=True
        )
    )
    bus_side = c.pmad_efficiency - c.pump_fraction
    c.heater_sun_w, c.heater_shade_w = (bus_side * taken for taken in c.heat_w)
    c.peak_above_k = c.radiator_max_k - (c.chips_sun_k - c.junction_drop_k * c.level_sun)
    _compute(c, storm_cm2_s, sun_h)
    c.dose_share = c.dose_share + c.dose_share_per_day + c.storm_dose_share * storm_cm2_s


def _compute(c: Columns, storm_cm2_s: float, sun_h: Doubles) -> None:
    idles = (c.level_shade <= 0.0) & (c.eclipse_fraction > 0.0)
    lost = c.calm_loss + c.upset_loss * (1.0 + c.storm_upsets * storm_cm2_s)
    c.goodput = np.clip(1.0 - lost - np.where(idles, c.stop_s, 0.0) / (3600.0 * sun_h), 0.0, 1.0)
    level = c.level_sun * (1.0 - c.eclipse_fraction) + c.level_shade * c.eclipse_fraction
    c.delivered_pflops = c.peak_pflops * c.alive_count * level * c.goodput


def _age(c: Columns, day: float) -> None:
    share = np.clip((day - c.launch_day) / 365.25 / 5.0, 0.0, 1.0)
    c.emitting_m2 = c.radiating_share * (c.radiating_m2 + (c.radiating_aged_m2 - c.radiating_m2) * share)
    c.sunlit_m2 = c.radiating_share * (c.absorbing_m2 + (c.absorbing_aged_m2 - c.absorbing_m2) * share)


def _expect(c: Columns, sun_h: Doubles, shade_h: Doubles) -> None:
    """Chips as warm as yesterday, and how much a level more warms them."""
    node_k = np.maximum(c.leak_sun_k - c.junction_drop_k * c.from_sun, 200.0)
    w_k = 4.0 * SIGMA * c.emitting_m2 * node_k**3
    lasting_h = c.heat_capacity_j_k / (3600.0 * w_k)
    apart = np.where(c.policy == Policy.STEADY, 0.0, lasting_h / (sun_h + shade_h))
    full_k = c.it_power_w / (c.pmad_efficiency * w_k)
    c.warm_sun_k = c.junction_drop_k + full_k * (1.0 - apart * shade_h / (lasting_h + sun_h))
    c.warm_shade_k = c.junction_drop_k + full_k * (1.0 - apart * sun_h / (lasting_h + shade_h))
    c.level_sun, c.level_shade = c.from_sun, c.from_shade
    c.chips_sun_k, c.chips_shade_k = c.leak_sun_k, c.leak_shade_k
    bus_side = c.pmad_efficiency - c.pump_fraction
    c.now_w = (c.heater_sun_w / bus_side, c.heater_shade_w / bus_side)


def _bent(leak: Doubles, warm_k: Doubles, level: Doubles) -> tuple[Doubles, Doubles]:
    """Slope and bend of what a level draws over its rated power."""
    bend = np.where(leak > LEAKING, LEAKAGE_PER_K * warm_k, 0.0)
    bend = np.minimum(bend, MOST_BENT * leak / np.maximum(level, MOST_BENT))
    return leak - bend * level, bend


def _level_of(load: Doubles, slope: Doubles, bend: Doubles) -> Doubles:
    level: Doubles = 2.0 * load / (slope + np.sqrt(slope * slope + 4.0 * bend * np.maximum(load, 0.0)))
    return level


def _leakage(junction_k: Doubles, trip_k: Doubles) -> Doubles:
    factor: Doubles = np.maximum(1.0 + LEAKAGE_PER_K * (junction_k - trip_k), LEAST_FACTOR)
    return factor


def _array(c: Columns, flux: float, cos_beta: Doubles) -> Doubles:
    light = flux * (
        c.pointing_fixed + c.pointing_per_cos * cos_beta + c.pointing_per_sin * np.abs(c.sin_beta)
    )
    radiating = 2.0 * c.cell_emissivity * SIGMA
    warmth = 2.0 * c.cell_emissivity * INFRARED * c.infrared_view + light * c.cell_absorptivity
    drain = light * c.cell_yield
    kelvin = ((warmth - drain) / radiating) ** 0.25
    for _ in range(3):
        excess = warmth - drain * (1.0 + c.cell_coefficient_per_k * (kelvin - 301.15)) - radiating * kelvin**4
        kelvin = kelvin + excess / (4.0 * radiating * kelvin**3 + drain * c.cell_coefficient_per_k)
    hot = 1.0 + c.cell_coefficient_per_k * (kelvin - 301.15)
    result: Doubles = light * c.array_gain_m2 * hot * c.array_health
    return result


def _thrust(c: Columns, day: float, cos_beta: Doubles, denser: float) -> Doubles:
    activity = sun.solar_activity_sfu(day)
    column, share = drag.activity_place(activity)
    grid = np.arange(100.0, 2101.0, 50.0)
    low = np.array([drag.log_density_at(h, column) for h in grid])
    high = np.array([drag.log_density_at(h, column + 1) for h in grid])
    density = denser * np.exp(np.interp(c.altitude_km, grid, low + share * (high - low)))
    near, far = np.ones_like(cos_beta), np.maximum(np.abs(c.sin_beta), 1e-12)
    for _ in range(5):
        near, far = 0.5 * (near + far), np.sqrt(near * far)
    area = c.body_drag_m2 + c.array_drag_fixed_m2 + c.array_drag_per_cos_m2 * cos_beta
    area = area + c.radiator_drag_m2 * np.abs(c.sin_beta) / near
    mass = c.dry_mass_kg + c.propellant_kg
    drag_m_s = 86400.0 * 0.5 * density * 1e6 * MU / (EARTH_KM + c.altitude_km) * 2.2 * area / mass
    full = 86400.0 * c.thrust_n / mass
    given = np.minimum((drag_m_s + c.avoidance_m_s_per_day) * c.keeping, full)
    c.propellant_kg = c.propellant_kg - mass * given / c.exhaust_m_s
    result: Doubles = c.thruster_w * given / full
    return result


def _dispatch(
    c: Columns, array_w: Doubles, thruster_w: Doubles, sun_h: Doubles, shade_h: Doubles
) -> tuple[Doubles, Doubles]:
    eta = c.pmad_efficiency - c.pump_fraction
    out = c.output_w + thruster_w
    always = c.fixed_load_w + thruster_w - c.pump_fraction * out
    fixed_sun, fixed_shade = (always + c.heater_sun_w) / eta, (always + c.heater_shade_w) / eta
    rated = c.it_power_w / eta
    slope_sun, bend_sun = _bent(_leakage(c.chips_sun_k, c.trip_k), c.warm_sun_k, c.level_sun)
    slope, bend = _bent(_leakage(c.chips_shade_k, c.trip_k), c.warm_shade_k, c.level_shade)
    capacity = c.capacity_wh * c.battery_health
    rate, usable, one_way = c.c_rate_per_h * capacity, c.depth_limit * capacity, c.one_way_efficiency
    gain_h, need_h = one_way**2 * sun_h, MARGIN * shade_h
    surplus = gain_h * (array_w / SUN_MARGIN - fixed_sun)
    left = surplus - need_h * fixed_shade
    even = _level_of(left / rated, gain_h * slope_sun + need_h * slope, gain_h * bend_sun + need_h * bend)
    dark = shade_h > 0.0
    hours = np.where(dark, shade_h, 1.0)
    deep, fast = np.minimum(usable / hours, rate) * one_way, rate * sun_h * one_way / (MARGIN * hours)
    battery, charge = (
        np.where(dark, _level_of((watts - fixed_shade) / rated, slope, bend), 9.0) for watts in (deep, fast)
    )
    asked = np.minimum(np.minimum(c.chip_health, c.network_cap), c.demand_cap)
    shade_cap = np.clip(np.minimum(np.minimum(battery, charge), np.minimum(even, asked)), 0.0, None) * dark
    ride, follow = c.policy == Policy.RIDE_THROUGH, c.policy == Policy.FOLLOW_THE_SUN
    ridden = np.where(ride, shade_cap, 0.0)
    left = left - need_h * rated * ridden * (slope + bend * ridden)
    apart = _level_of(left / (rated * gain_h), slope_sun, bend_sun)
    swing = np.where(bend_sun > 0.0, LEAKAGE_PER_K * np.maximum(c.peak_above_k, 0.0), 0.0)
    alone = _level_of((array_w / SUN_MARGIN - fixed_sun) / rated, slope_sun + swing, bend_sun)
    steady = np.minimum(np.minimum(even, battery), charge)
    powered = np.minimum(np.where(ride | follow, apart, steady), alone)
    level = np.clip(np.minimum(asked, powered), 0.0, None)
    shade_level = np.where(follow, 0.0, np.where(ride, np.minimum(shade_cap, level), level))
    c.chips_sun_k = c.chips_sun_k + c.warm_sun_k * (level - c.level_sun)
    c.chips_shade_k = c.chips_shade_k + c.warm_shade_k * (shade_level - c.level_shade)
    c.leaks = (slope_sun + bend_sun * level, slope + bend * shade_level)
    c.level_sun, c.level_shade = c.levels = (level, shade_level)
    sun_w = always / eta + rated * c.leaks[0] * level
    shade_w = always / eta + rated * c.leaks[1] * shade_level
    load_sun, load_shade = sun_w + c.now_w[0], shade_w + c.now_w[1]
    draw = load_shade * shade_h / one_way
    accept = np.minimum(np.maximum(array_w - load_sun, 0.0) * one_way, rate) * sun_h
    orbits = 24.0 / (sun_h + shade_h)
    start, rest = np.minimum(c.before_wh, capacity), capacity - draw
    c.charge_wh = np.where(start < rest, np.minimum(start + orbits * (accept - draw), rest), rest)
    taken = draw + (c.charge_wh - start) / orbits
    lost_sun = taken * (1.0 / one_way - 1.0) / sun_h
    lost_shade = np.where(dark, draw * (1.0 - one_way) / hours, 0.0)
    c.load_sun_w, c.load_shade_w = load_sun, load_shade
    sun_heat: Doubles = sun_w - out + lost_sun
    shade_heat: Doubles = shade_w - out + lost_shade
    return sun_heat, shade_heat


def _orbit(
    c: Columns,
    flux: float,
    cos_beta: Doubles,
    heats: tuple[Doubles, Doubles],
    sun_h: Doubles,
    shade_h: Doubles,
    start: Doubles | None,
) -> Doubles:
    """A rough orbit from where yesterday's ended, which tells where to start; or the orbit from there."""
    heat_sun, heat_shade = heats
    coarse = COARSE if start is None else 1
    sun_steps, shade_steps = SUN_STEPS // coarse, SHADE_STEPS // coarse
    infrared = c.emitting_m2 * INFRARED * c.infrared_view
    sunlight = c.sunlit_m2 * flux
    emit, per_k = c.emitting_m2 * SIGMA, 3600.0 / c.heat_capacity_j_k
    lit, dark = heat_sun + infrared + sunlight * SUN_INCIDENCE, heat_shade + infrared
    rated = LEAKAGE_PER_K * c.it_power_w / (c.pmad_efficiency - c.pump_fraction)
    leaks, evens = [], []
    for level, kelvin, leak in zip(c.levels, (c.chips_sun_k, c.chips_shade_k), c.leaks, strict=True):
        leaks.append(rated * level * (leak > LEAKING))
        evens.append(leaks[-1] * (kelvin - c.junction_drop_k * level))
    albedo = sunlight * c.radiator_faces * ALBEDO * c.infrared_view * cos_beta
    middle = c.min_coolant_k + 0.5 * PREHEAT_MOST_K
    chill = np.maximum(emit * middle**4 - dark, 0.0) * shade_h * per_k
    preheat = np.minimum(chill, PREHEAT_MOST_K) / sun_steps
    half_arc = np.pi * sun_h / (sun_h + shade_h)

    begin = c.from_k if start is None else start
    t, chain = begin, np.ones_like(begin)
    c.radiator_min_k = c.radiator_max_k = begin
    heaters, released = ([np.zeros_like(begin), np.zeros_like(begin)] for _ in range(2))
    sums, chains = [np.zeros_like(begin), np.zeros_like(begin)], [np.zeros_like(begin), np.zeros_like(begin)]
    for k in range(sun_steps + shade_steps):
        arc = 0 if k < sun_steps else 1
        width = (sun_h * per_k / sun_steps) if arc == 0 else (shade_h * per_k / shade_steps)
        zenith = np.maximum(np.cos(half_arc * ((2 * k + 1) / sun_steps - 1.0)), 0.0)
        leak = leaks[arc]
        flow = lit + albedo * zenith - evens[0] if arc == 0 else dark - evens[1]
        flow = flow + leak * t
        floor = c.min_coolant_k + (k + 1) * preheat if arc == 0 else c.min_coolant_k
        w = (4.0 * emit * t**3 - leak) * width
        head = 1.0 + w * (0.5 + w * (1.0 / 6.0 + w / 24.0))
        phi = head / (1.0 + w * head)
        rise = width * phi * (flow - emit * t**4)
        free = t + rise - width * emit * t**2 * rise**2 * (2.0 + rise / t)
        after = np.maximum(free, floor)
        sums[arc] = sums[arc] + t + t + (after - t) * (1.0 + w / 6.0)
        with_shed = 1.0 + w * (0.5 + w / 12.0)
        released[arc] = released[arc] + np.where(free > floor, 0.0, chain * (1.0 - w * phi)) * with_shed
        chain = np.where(free > floor, chain * (1.0 - w * phi), 0.0)
        chains[arc] = chains[arc] + chain
        heaters[arc] = heaters[arc] + (after - free) * with_shed
        t = after
        c.radiator_min_k, c.radiator_max_k = np.minimum(c.radiator_min_k, t), np.maximum(c.radiator_max_k, t)
    hours = (3600.0 * sun_h, 3600.0 * np.maximum(shade_h, 1e-9))
    means = [0.5 * total / steps for total, steps in zip(sums, (sun_steps, shade_steps), strict=True)]
    if start is None:
        begin = np.maximum(begin + (t - begin) / np.maximum(1.0 - chain, 1e-6), c.min_coolant_k)
        moved = begin - c.from_k
        c.chips_sun_k = (
            c.rough_sun_k + means[0] + moved * chains[0] / sun_steps + c.junction_drop_k * c.level_sun
        )
        c.chips_shade_k = (
            c.rough_shade_k + means[1] + moved * chains[1] / shade_steps + c.junction_drop_k * c.level_shade
        )
        rough = (c.rough_heater_sun_w, c.rough_heater_shade_w)
        c.now_w = tuple(
            np.maximum((rise - moved * less) * c.heat_capacity_j_k / arc_s + missed, 0.0)
            for rise, less, arc_s, missed in zip(heaters, released, hours, rough, strict=True)
        )
        settled: Doubles = begin
        return settled
    c.mean_k = (means[0], np.where(shade_h > 0.0, means[1], t))
    c.sunrise_k = t
    c.heat_w = tuple(rise * c.heat_capacity_j_k / arc_s for rise, arc_s in zip(heaters, hours, strict=True))
    return t
