"""The slow reference: every orbit of a batch flown in steps of some seconds, to hold the day step to.

It shares with the day step the numbers of a batch and the written policy (`reference_craft`), and no
solution: the Sun and the plane move within the day, the shadow is a test of position, batteries are
filled step by step, radiators are an explicit integration, and levels are found by trying. What moves
once a day (plane, altitude, wear, failures) is taken over each midnight; charge, temperature and heaters
are its own.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from engine.analysis.reference_craft import Craft, craft_of
from engine.analysis.reference_day import SUMS, DayFlown, blank, keep
from engine.analysis.reference_sky import NOON_S, Doubles, Flags, Sky, at_edge, sky_of, sunrise_s
from engine.kernels.layout import Field
from engine.units import DAY_S

__all__ = ["Flight"]

Lanes = NDArray[np.intp]
Sums = tuple[Doubles, Doubles, Doubles, Doubles, Doubles, Doubles, Doubles]

_COLDEST_K = 3.0
_TRIES = 8
_LAPS = 4
_CHOICES = 16
_COLD_K = 0.5
_HALF = 0.5
_THROTTLE_BAND_K = 8.0


def _no_sums(count: int) -> Sums:
    sun_ks, sun_s, shade_ks, shade_s, most_k, heater_j, lacked_w = np.zeros((7, count))
    lacked_w -= np.inf
    return sun_ks, sun_s, shade_ks, shade_s, most_k, heater_j, lacked_w


@dataclass(slots=True)
class Flight:
    """Batches in flight.

    Attributes:
        step_s: width of a step.
        offset_s: time after midnight at which their days begin, a sunrise, `(n,)`.
        charge_wh: now, of one satellite.
        kelvin: of radiator, coolant and chips.
        node_k: how warm radiators have been of late in sunlight and in shade, and at most above the first.
        since_s: time since light last changed.
        heater_now_w: what the heater takes now.
        heaters: what it may take: power in sunlight and in shade, energy in shade.
        left_j: energy that is left to it in this shade arc.
        heated_w: what the heater took in sunlight of late; `least_w` the least that the array had to spare.
        cold_by_k: how far the loop was colder around noon than its heater should keep it.
        shares: of its load that the bus gets in sunlight and in shade.
        levels: in sunlight and in shade.
        tight: whether an orbit needs nearly all the surplus of its sunlit arc.
        orbit: temperature summed over the orbit so far and how long, in sunlight and in shade; the highest;
            what the heater gave in sunlight; the most that the array lacked.
    """

    step_s: float
    offset_s: Doubles
    charge_wh: Doubles
    kelvin: Doubles
    heater_w: tuple[Doubles, Doubles]
    node_k: tuple[Doubles, Doubles, Doubles]
    since_s: Doubles
    heater_now_w: Doubles
    heaters: tuple[Doubles, Doubles, Doubles]
    left_j: Doubles
    heated_w: Doubles
    least_w: Doubles
    cold_by_k: Doubles
    shares: tuple[Doubles, Doubles]
    levels: tuple[Doubles, Doubles]
    orbit: Sums
    tight: Flags

    @staticmethod
    def begin(rows: Doubles, day: int, step_s: float = 10.0) -> Flight:
        """Batches at their first sunrise of a day, with the charge and temperature the day step keeps.

        Args:
            rows: `(n, FIELDS)` at 00:00 UTC.
            day: since 2000-01-01.
            step_s: width of a step.
        """
        zero, drop_k = np.zeros(len(rows)), rows[:, Field.JUNCTION_DROP_K]
        capacity = rows[:, Field.CAPACITY_WH] * rows[:, Field.BATTERY_HEALTH]
        return Flight(
            step_s=step_s,
            offset_s=sunrise_s(sky_of(rows, day, step_s), step_s),
            charge_wh=np.minimum(rows[:, Field.CHARGE_WH], capacity),
            kelvin=rows[:, Field.SUNRISE_K].copy(),
            heater_w=(rows[:, Field.HEATER_SUN_W].copy(), rows[:, Field.HEATER_SHADE_W].copy()),
            node_k=(
                rows[:, Field.LEAK_SUN_K] - drop_k * rows[:, Field.LEVEL_SUN],
                rows[:, Field.LEAK_SHADE_K] - drop_k * rows[:, Field.LEVEL_SHADE],
                np.maximum(rows[:, Field.PEAK_ABOVE_K], 0.0),
            ),
            since_s=zero.copy(),
            heater_now_w=zero.copy(),
            heaters=(zero, zero, zero),
            left_j=zero + np.inf,
            heated_w=rows[:, Field.HEATER_SUN_W].copy(),
            least_w=zero.copy(),
            cold_by_k=rows[:, Field.COLD_BY_K].copy(),
            shares=(zero + 1.0, zero + 1.0),
            levels=(zero.copy(), zero.copy()),
            orbit=_no_sums(len(rows)),
            tight=zero > 0.0,
        )

    def fly_day(self, rows: Doubles, after: Doubles, day: int, denser: float = 1.0) -> DayFlown:
        """Chooses levels and flies 24 hours.

        Args:
            rows: `(n, FIELDS)` at 00:00 UTC of the day, for what moves once a day.
            after: the same a day later.
            day: since 2000-01-01.
            denser: how many times as dense a solar storm makes the air.
        """
        sky, cold_by_k = sky_of(rows, day, self.step_s), np.maximum(self.cold_by_k, 0.0)
        noon = craft_of(rows, after, sky, day, self.heater_w, self.node_k, cold_by_k, denser)
        self.charge_wh = np.minimum(self.charge_wh, noon.capacity_wh)
        rough = self._around_noon(noon, *noon.allowed())
        shaded_s = rough.flown_s - rough.sunlit_s
        warm = (rough.warm_sun_ks, rough.sunlit_s, rough.warm_shade_ks, shaded_s)
        whole = (*warm, rough.most_k, rough.heater_sun_j, rough.lacked_w)
        self._feel(whole, rough.flown_s > 0.0)
        noon = noon.felt(self.node_k)
        ceiling = self._ceiling(noon, *noon.allowed())
        told, sunrises = blank(len(rows)), (blank(len(rows)), blank(len(rows)))
        was_lit = noon.sky.sight(self.offset_s)[0]
        steps = round(DAY_S / self.step_s / _CHOICES)
        self.cold_by_k = np.zeros(len(rows))
        for part in range(_CHOICES):
            sky = noon.sky.around((part + 0.5) * DAY_S / _CHOICES, self.step_s)
            craft = replace(noon.felt(self.node_k), sky=sky)
            self._choose(craft, ceiling)
            preheat = craft.preheat_k(self.levels[1])
            for k in range(part * steps, (part + 1) * steps):
                seconds = self.offset_s + (k + 0.5) * self.step_s
                was_lit = self._step(craft, seconds, was_lit, preheat, told, sunrises)
        return self._close(noon, told, sunrises)

    # --- levels -----------------------------------------------------------------------------------

    def _choose(self, craft: Craft, ceiling: Doubles) -> None:
        """The levels of the coming hours, and what bus and heater get."""
        sun, shade = craft.allowed()
        sun = np.minimum(sun, ceiling)
        shade = np.minimum(shade, sun)
        self.levels = (sun, shade)
        self.tight = craft.tight(shade, self.least_w)
        self.shares = craft.bus_shares()
        self.heaters = craft.heaters((sun, shade), self.shares, self.heated_w)

    def _feel(self, orbits: Sums, lanes: Flags) -> None:
        """Remembers how warm radiators were in sunlight and in shade, through an orbit that has ended."""
        warm_sun, sun_s, warm_shade, shade_s, most_k, heater_j, lacked_w = orbits
        self.least_w = np.where(lanes, -lacked_w, self.least_w)
        self.heated_w = np.where(lanes, heater_j / np.maximum(sun_s, 1.0), self.heated_w)
        # without a shade arc, the next one begins as warm as it is now
        sun_k = np.where(sun_s > 0.0, warm_sun / np.maximum(sun_s, 1.0), self.kelvin)
        shade_k = np.where(shade_s > 0.0, warm_shade / np.maximum(shade_s, 1.0), self.kelvin)
        above_k = np.maximum(most_k - sun_k, 0.0)
        felt = zip((sun_k, shade_k, above_k), self.node_k, strict=True)
        now, then, above = (np.where(lanes, new, old) for new, old in felt)
        self.node_k = (now, then, above)

    def _ceiling(self, craft: Craft, sun: Doubles, shade: Doubles) -> Doubles:
        """Greatest level in sunlight at which chips and memory are not slowed below it."""
        found = np.full(len(sun), np.inf)
        hot = np.flatnonzero((self._excess_k(craft, sun, shade) > 0.0) & (sun > 0.0))
        if len(hot):
            found[hot] = self._tried(craft, hot, sun[hot], shade[hot])
        return found

    def _tried(self, craft: Craft, lanes: Lanes, top: Doubles, shade: Doubles) -> Doubles:
        """Flies evenly spaced levels side by side; the peaks tell which one is just allowed."""
        levels = top[:, None] * np.linspace(0.0, 1.0, _TRIES + 1)
        many = np.repeat(lanes, _TRIES + 1)
        over = self.of(many)._excess_k(_only(craft, many), levels.ravel(), np.repeat(shade, _TRIES + 1))
        pairs = zip(over.reshape(levels.shape), levels, strict=True)
        return np.array([0.0 if hot[0] > 0.0 else np.interp(0.0, hot, level) for hot, level in pairs])

    def _excess_k(self, craft: Craft, sun: Doubles, shade: Doubles) -> Doubles:
        """How far the hottest moment of chips or memory is beyond what a level allows, around noon."""
        trace = self._around_noon(craft, sun, shade)
        chips_k = trace.junction_k - craft[Field.TRIP_K]
        memory_k = trace.memory_k - craft[Field.MEMORY_LIMIT_K]
        slowed = 1.0 - np.minimum(sun / np.maximum(craft[Field.CHIP_HEALTH], 1e-3), 1.0)
        return np.maximum(chips_k, memory_k) - _THROTTLE_BAND_K * slowed

    def _around_noon(self, craft: Craft, sun: Doubles, shade: Doubles) -> DayFlown:
        """The orbit around noon at some levels, once it repeats; batteries never run dry."""
        at_noon = replace(
            self,
            offset_s=np.full(len(sun), NOON_S),
            charge_wh=craft.capacity_wh,
            kelvin=self.kelvin.copy(),
            since_s=np.zeros(len(sun)),
            heater_now_w=np.zeros(len(sun)),
            left_j=np.full(len(sun), np.inf),
            shares=craft.bus_shares(),
            levels=(sun, np.minimum(shade, sun)),
            orbit=_no_sums(len(sun)),
            tight=np.zeros(len(sun), bool),
        )
        at_noon.heaters = craft.heaters(at_noon.levels, at_noon.shares, self.heated_w)
        preheat = craft.preheat_k(at_noon.levels[1])
        lap = round(float(craft.sky.period_s.max()) / self.step_s) + 1
        was_lit = craft.sky.sight(at_noon.offset_s)[0]
        trace = blank(len(sun))
        for k in range(_LAPS * lap):
            if k == (_LAPS - 1) * lap:
                trace = blank(len(sun))
            seconds = at_noon.offset_s + (k + 0.5) * self.step_s
            was_lit = at_noon._step(craft, seconds, was_lit, preheat, trace, None)
            at_noon.charge_wh = np.maximum(at_noon.charge_wh, _HALF * craft.capacity_wh)
        return trace

    def of(self, lanes: Lanes) -> Flight:
        """Some of the batches, or one many times."""
        return Flight(
            step_s=self.step_s,
            offset_s=self.offset_s[lanes],
            charge_wh=self.charge_wh[lanes],
            kelvin=self.kelvin[lanes],
            heater_w=(self.heater_w[0][lanes], self.heater_w[1][lanes]),
            node_k=(self.node_k[0][lanes], self.node_k[1][lanes], self.node_k[2][lanes]),
            since_s=self.since_s[lanes],
            heater_now_w=self.heater_now_w[lanes],
            heaters=(self.heaters[0][lanes], self.heaters[1][lanes], self.heaters[2][lanes]),
            left_j=self.left_j[lanes],
            heated_w=self.heated_w[lanes],
            least_w=self.least_w[lanes],
            cold_by_k=self.cold_by_k[lanes],
            shares=(self.shares[0][lanes], self.shares[1][lanes]),
            levels=(self.levels[0][lanes], self.levels[1][lanes]),
            orbit=_no_sums(len(lanes)),
            tight=self.tight[lanes],
        )

    # --- one step ---------------------------------------------------------------------------------

    def _step(
        self,
        craft: Craft,
        seconds: Doubles,
        was_lit: Flags,
        preheat_k: Doubles,
        told: DayFlown,
        sunrises: tuple[DayFlown, DayFlown] | None,
    ) -> Flags:
        """Moves everything on by one step; `sunrises` keep what was told up to the first and the last one."""
        h = self.step_s
        lit, zenith_cos = craft.sky.sight(seconds)
        rising = lit & (~was_lit | (self.since_s > 2.0 * craft.sky.period_s))
        if rising.any():
            self._end_orbit(rising)
            if sunrises is not None:
                keep(told, sunrises[0], rising & (sunrises[0].flown_s == 0.0))
                keep(told, sunrises[1], rising)
        self.since_s = np.where((lit == was_lit) & ~rising, self.since_s + h, h)
        level, share = np.where(lit, *self.levels), np.where(lit, *self.shares)
        self.left_j = np.where(lit | was_lit, self.heaters[2], np.maximum(self.left_j, 0.0))
        most_w = np.where(lit, self.heaters[0], np.minimum(self.heaters[1], self.left_j / h))
        # as the shade begins the floor falls, and the heater has nothing to do
        heater_w = np.where(was_lit & ~lit, 0.0, self.heater_now_w)
        load = craft.load_w(level, heater_w, craft.junction_k(self.kelvin, level)) * share
        array = np.where(lit, craft.sky.power_w(seconds), 0.0)
        sun_s = craft.sky.period_s - craft.sky.shade_s
        left_h = np.where(self.tight, h, np.maximum(0.97 * sun_s - self.since_s, h)) / 3600.0
        stored, lost, unserved = craft.battery_step(array, load, self.charge_wh, h / 3600.0, left_h)
        self.charge_wh = self.charge_wh + stored
        served = load - unserved
        out = (craft[Field.OUTPUT_W] + craft.thruster_w) * share
        inside = served - out + lost * 3600.0 / h - heater_w
        capacity = craft[Field.HEAT_CAPACITY_J_K]
        free = (
            self.kelvin
            + h * (inside + craft.absorbed_w(lit, zenith_cos) - craft.emitted_w(self.kelvin)) / capacity
        )
        along = np.minimum(self.since_s / np.maximum(sun_s, 1.0), 1.0)
        floor = craft[Field.MIN_COOLANT_K] + np.where(lit, preheat_k * along, 0.0)
        self.heater_now_w = np.minimum(np.maximum(floor - free, 0.0) * capacity / h, most_w)
        self.left_j = self.left_j - self.heater_now_w * h
        self.kelvin = np.maximum(free + self.heater_now_w * h / capacity, _COLDEST_K)
        noon = np.abs(seconds - NOON_S) <= 0.5 * craft.sky.period_s
        self.cold_by_k = np.maximum(self.cold_by_k, np.where(noon, floor - self.kelvin, 0.0))
        told.dark |= (share < 1.0 - 1e-9) | ((floor - self.kelvin > _COLD_K) & (level <= 0.0))
        self._tell(craft, told, seconds, lit, level, array, served)
        return lit

    def _end_orbit(self, rising: Flags) -> None:
        """At sunrise: remembers the orbit that has ended, and begins another."""
        self._feel(self.orbit, rising & (self.orbit[1] > 0.0))
        for begun, one in zip(_no_sums(len(rising)), self.orbit, strict=True):
            np.copyto(one, begun, where=rising)

    def _tell(
        self,
        craft: Craft,
        told: DayFlown,
        seconds: Doubles,
        lit: Flags,
        level: Doubles,
        array: Doubles,
        served: Doubles,
    ) -> None:
        h = self.step_s
        told.generated += array * (h / 3600.0)
        told.used += served * craft[Field.PMAD_EFFICIENCY] * (h / 3600.0)
        told.compute_s += level * h
        told.sunlit_s += lit * h
        told.heater_sun_j += self.heater_now_w * lit * h
        told.heater_shade_j += self.heater_now_w * ~lit * h
        told.flown_s += h
        junction_k = craft.junction_k(self.kelvin, level)
        memory_k = craft.memory_k(self.kelvin, level)
        told.warm_sun_ks += self.kelvin * lit * h
        told.warm_shade_ks += self.kelvin * ~lit * h
        sun_s, shade_s = np.where(lit, h, 0.0), np.where(lit, 0.0, h)
        warm_sun, lit_s, warm_shade, dark_s, most_k, heater_j, lacked_w = self.orbit
        warm_sun += self.kelvin * sun_s
        lit_s += sun_s
        warm_shade += self.kelvin * shade_s
        dark_s += shade_s
        heater_j += self.heater_now_w * sun_s
        np.maximum(most_k, self.kelvin, out=most_k)
        lack_w = np.where(lit, served - array, -np.inf)
        np.maximum(lacked_w, lack_w, out=lacked_w)
        np.maximum(told.lacked_w, lack_w, out=told.lacked_w)
        np.maximum(told.memory_k, memory_k, out=told.memory_k)
        noon = np.abs(seconds - 0.5 * DAY_S) <= 0.5 * craft.sky.period_s
        np.minimum(told.noon_least_k, self.kelvin, out=told.noon_least_k, where=noon)
        np.maximum(told.noon_most_k, self.kelvin, out=told.noon_most_k, where=noon)
        np.minimum(told.noon_least_charge, self.charge_wh, out=told.noon_least_charge, where=noon)
        np.maximum(told.noon_junction_k, junction_k, out=told.noon_junction_k, where=noon)
        np.minimum(told.least_k, self.kelvin, out=told.least_k)
        np.maximum(told.most_k, self.kelvin, out=told.most_k)
        np.maximum(told.junction_k, junction_k, out=told.junction_k)
        np.minimum(told.least_charge, self.charge_wh, out=told.least_charge)
        np.maximum(told.most_charge, self.charge_wh, out=told.most_charge)

    def _close(self, craft: Craft, told: DayFlown, sunrises: tuple[DayFlown, DayFlown]) -> DayFlown:
        """Ends a day: what heaters took is tomorrow's forecast, sums are of whole orbits."""
        told.at_edge = at_edge(craft.sky)
        first, last = sunrises
        flown_s = last.flown_s - first.flown_s
        whole = flown_s > 0.5 * DAY_S
        scale = DAY_S / np.where(whole, flown_s, told.flown_s)
        for name in SUMS:
            orbits = getattr(last, name) - getattr(first, name)
            setattr(told, name, np.where(whole, orbits, getattr(told, name)) * scale)
        shade_s = told.flown_s - told.sunlit_s
        sun_w = told.heater_sun_j / np.maximum(told.sunlit_s, 1.0)
        shade_w = np.where(shade_s > 0.0, told.heater_shade_j / np.maximum(shade_s, 1.0), 0.0)
        self.heater_w = (sun_w, shade_w)
        return told


def _only(craft: Craft, lanes: Lanes) -> Craft:
    """Some of the craft, or one many times."""
    sky = craft.sky
    own = {
        one.name: getattr(sky, one.name)[..., lanes]
        for one in fields(Sky)
        if one.name in ("node_rate", "turn_rate", "view", "array_w", "period_s", "shade_s")
    }
    return Craft(
        craft.rows[lanes],
        replace(sky, rows=sky.rows[lanes], **own),
        craft.working[lanes],
        craft.thruster_w[lanes],
        craft.emitting_m2[lanes],
        craft.sunlit_m2[lanes],
        craft.heater_sun_w[lanes],
        craft.heater_shade_w[lanes],
        craft.node_sun_k[lanes],
        craft.node_shade_k[lanes],
        craft.peak_above_k[lanes],
        craft.cold_by_k[lanes],
    )
