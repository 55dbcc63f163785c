"""The day step as one would write it in numpy: the same physics on columns of the whole fleet, day by day.

It leaves out what hardly costs: failures, wear, records, blackouts, and the search for a throttled level.
`tests/kernels/test_numpy_twin.py` holds it to the kernel.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.formulas import drag, sun
from engine.kernels.cycle import PREHEAT_MOST_K, SHADE_STEPS, SUN_INCIDENCE, SUN_STEPS
from engine.kernels.dispatch import MARGIN
from engine.kernels.layout import Field, Policy
from engine.kernels.storm import storms
from engine.simulate.fleet import Fleet

Doubles = NDArray[np.float64]

MU, EARTH_KM, J2, SIGMA, INFRARED, ALBEDO = 398600.4418, 6378.137, 1.08262668e-3, 5.670374419e-8, 237.0, 0.3


class Columns:
    """The columns of a fleet that a day reads and writes, by field name in lower case."""

    def __init__(self, fleet: Fleet) -> None:
        for field in Field:
            setattr(self, field.name.lower(), fleet.column(field).copy())

    def __setattr__(self, name: str, value: Doubles) -> None:
        object.__setattr__(self, name, value)

    def __getattr__(self, name: str) -> Doubles:
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
    heat_sun, heat_shade = _dispatch(c, array_w, thruster_w, sun_h, shade_h)
    _orbit(c, flux, cos_beta, heat_sun, heat_shade, sun_h, shade_h)
    _compute(c, storm_cm2_s, sun_h)
    c.dose_share = c.dose_share + c.dose_share_per_day + c.storm_dose_share * storm_cm2_s


def _compute(c: Columns, storm_cm2_s: float, sun_h: Doubles) -> None:
    idles = (c.level_shade <= 0.0) & (c.eclipse_fraction > 0.0)
    lost = c.calm_loss + c.upset_loss * (1.0 + c.storm_upsets * storm_cm2_s)
    c.goodput = np.clip(1.0 - lost - np.where(idles, c.stop_s, 0.0) / (3600.0 * sun_h), 0.0, 1.0)
    level = c.level_sun * (1.0 - c.eclipse_fraction) + c.level_shade * c.eclipse_fraction
    c.delivered_pflops = c.peak_pflops * c.alive_count * level * c.goodput


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
    slope = c.it_power_w / eta
    capacity = c.capacity_wh * c.battery_health
    rate, usable, one_way = c.c_rate_per_h * capacity, c.depth_limit * capacity, c.one_way_efficiency
    gain_h, need_h = one_way**2 * sun_h, MARGIN * shade_h
    surplus = gain_h * (array_w - fixed_sun)
    even = (surplus - need_h * fixed_shade) / (slope * (gain_h + need_h))
    dark = shade_h > 0.0
    hours = np.where(dark, shade_h, 1.0)
    battery = np.where(dark, (np.minimum(usable / hours, rate) * one_way - fixed_shade) / slope, 9.0)
    charge = np.where(dark, (rate * sun_h * one_way / (MARGIN * hours) - fixed_shade) / slope, 9.0)
    asked = np.minimum(np.minimum(c.chip_health, c.network_cap), c.demand_cap)
    shade_cap = np.clip(np.minimum(np.minimum(battery, charge), np.minimum(even, asked)), 0.0, None) * dark
    ride, follow = c.policy == Policy.RIDE_THROUGH, c.policy == Policy.FOLLOW_THE_SUN
    apart = (surplus - need_h * (fixed_shade + slope * np.where(ride, shade_cap, 0.0))) / (slope * gain_h)
    steady = np.minimum(np.minimum(even, battery), charge)
    level = np.clip(np.minimum(asked, np.where(ride | follow, apart, steady)), 0.0, None)
    c.level_sun = level
    c.level_shade = np.where(follow, 0.0, np.where(ride, np.minimum(shade_cap, level), level))
    load_sun, load_shade = fixed_sun + slope * level, fixed_shade + slope * c.level_shade
    draw = load_shade * shade_h / one_way
    accept = np.minimum(np.maximum(array_w - load_sun, 0.0) * one_way, rate) * sun_h
    orbits = 24.0 / (sun_h + shade_h)
    start, rest = np.minimum(c.charge_wh, capacity), capacity - draw
    c.charge_wh = np.where(start < rest, np.minimum(start + orbits * (accept - draw), rest), rest)
    taken = draw + (c.charge_wh - start) / orbits
    lost_sun = taken * (1.0 / one_way - 1.0) / sun_h
    lost_shade = np.where(dark, draw * (1.0 - one_way) / hours, 0.0)
    c.load_sun_w, c.load_shade_w = load_sun, load_shade
    sun_heat: Doubles = load_sun - c.heater_sun_w - out + lost_sun
    shade_heat: Doubles = load_shade - c.heater_shade_w - out + lost_shade
    return sun_heat, shade_heat


def _orbit(
    c: Columns,
    flux: float,
    cos_beta: Doubles,
    heat_sun: Doubles,
    heat_shade: Doubles,
    sun_h: Doubles,
    shade_h: Doubles,
) -> None:
    infrared = c.radiating_m2 * INFRARED * c.infrared_view
    sunlight = c.absorbing_m2 * flux
    emit, per_k = c.radiating_m2 * SIGMA, 3600.0 / c.heat_capacity_j_k
    lit, dark = heat_sun + infrared + sunlight * SUN_INCIDENCE, heat_shade + infrared
    albedo = sunlight * c.radiator_faces * ALBEDO * c.infrared_view * cos_beta
    middle = c.min_coolant_k + 0.5 * PREHEAT_MOST_K
    chill = np.maximum(emit * middle**4 - dark, 0.0) * shade_h * per_k
    preheat = np.minimum(chill, PREHEAT_MOST_K) / SUN_STEPS
    half_arc = np.pi * sun_h / (sun_h + shade_h)

    def lap(start: Doubles) -> tuple[Doubles, Doubles]:
        t, chain = start, np.ones_like(start)
        c.radiator_min_k = c.radiator_max_k = start
        sun_heat, shade_heat = np.zeros_like(start), np.zeros_like(start)
        for k in range(SUN_STEPS + SHADE_STEPS):
            sunlit = k < SUN_STEPS
            width = (sun_h * per_k / SUN_STEPS) if sunlit else (shade_h * per_k / SHADE_STEPS)
            zenith = np.maximum(np.cos(half_arc * ((2 * k + 1) / SUN_STEPS - 1.0)), 0.0)
            flow = lit + albedo * zenith if sunlit else dark
            floor = c.min_coolant_k + (k + 1) * preheat if sunlit else c.min_coolant_k
            w = 4.0 * emit * t**3 * width
            head = 1.0 + w * (0.5 + w * (1.0 / 6.0 + w / 24.0))
            phi = head / (1.0 + w * head)
            free = t + width * phi * (flow - emit * t**4)
            t = np.maximum(free, floor)
            chain = np.where(free > floor, chain * (1.0 - w * phi), 0.0)
            if sunlit:
                sun_heat = sun_heat + (t - free)
            else:
                shade_heat = shade_heat + (t - free)
            c.radiator_min_k = np.minimum(c.radiator_min_k, t)
            c.radiator_max_k = np.maximum(c.radiator_max_k, t)
        c.heater_sun_w = sun_heat * c.heat_capacity_j_k / (3600.0 * sun_h)
        c.heater_shade_w = shade_heat * c.heat_capacity_j_k / (3600.0 * np.maximum(shade_h, 1e-9))
        return t, chain

    end, chain = lap(c.sunrise_k)
    start = np.maximum(c.sunrise_k + (end - c.sunrise_k) / np.maximum(1.0 - chain, 1e-6), c.min_coolant_k)
    c.sunrise_k, _ = lap(start)
