"""The slow reference: every orbit of a batch flown in steps of some seconds, to hold the day step to.

It shares with the day step the numbers of a batch and the written policy (`reference_craft`), and no
solution: the Sun and the plane move within the day, the shadow is a test of position, batteries are
filled step by step, radiators are an explicit integration, and levels are found by trying. What moves
once a day (plane, altitude, wear, failures) is taken over each midnight; charge, temperature, heaters and
darkness are its own.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from engine.analysis.reference_craft import Craft, craft_of
from engine.analysis.reference_sky import NOON_S, Doubles, Flags, Sky, at_edge, sky_of
from engine.kernels.layout import Field
from engine.units import DAY_S

__all__ = ["DayFlown", "Flight"]

Lanes = NDArray[np.intp]
Sums = tuple[Doubles, Doubles, Doubles, Doubles]

_COLDEST_K = 3.0
_TRIES = 8
_LAPS = 4
_CHOICES = 8
_DARK_SHARE = 0.02
_HALF = 0.5
_THROTTLE_BAND_K = 8.0


@dataclass(slots=True)
class DayFlown:
    """One day, `(n,)` each: energies in Wh of one satellite, scaled from whole orbits to 24 hours.

    Attributes:
        compute_s: seconds of full compute.
        flown_s: 24 hours, once scaled.
        noon_least_k: of the orbit around noon alone; `noon_most_k`, `noon_junction_k` likewise.
        dark: whether it was dark at any time.
        at_edge: whether some orbits met the shadow and others missed it.
    """

    generated: Doubles
    used: Doubles
    compute_s: Doubles
    sunlit_s: Doubles
    heater_sun_j: Doubles
    heater_shade_j: Doubles
    flown_s: Doubles
    least_k: Doubles
    most_k: Doubles
    junction_k: Doubles
    memory_k: Doubles
    warm_sun_ks: Doubles
    warm_shade_ks: Doubles
    least_charge: Doubles
    most_charge: Doubles
    noon_least_k: Doubles
    noon_least_charge: Doubles
    noon_most_k: Doubles
    noon_junction_k: Doubles
    dark: Flags
    at_edge: Flags


_SUMS = (
    "generated", "used", "compute_s", "sunlit_s", "heater_sun_j", "heater_shade_j", "flown_s",
    "warm_sun_ks", "warm_shade_ks",
)  # fmt: skip
_LEAST = ("least_k", "least_charge", "noon_least_k", "noon_least_charge")
_MOST = ("most_k", "junction_k", "memory_k", "most_charge", "noon_most_k", "noon_junction_k")


def _blank(count: int) -> DayFlown:
    zero, high = np.zeros(count), np.full(count, np.inf)
    sums = {name: zero.copy() for name in _SUMS}
    least = {name: high.copy() for name in _LEAST}
    most = {name: np.negative(high) for name in _MOST}
    return DayFlown(**sums, **least, **most, dark=zero > 0.0, at_edge=zero > 0.0)


@dataclass(slots=True)
class Flight:
    """Batches in flight.

    Attributes:
        step_s: width of a step.
        offset_s: time after midnight at which their days begin, a sunrise, `(n,)`.
        charge_wh: now, of one satellite.
        kelvin: of radiator, coolant and chips.
        dark: whether they wait for an orbit that balances.
        node_k: how warm radiators have been of late in sunlight and in shade.
        since_s: time since light last changed.
        needed_w: load summed since sunrise; `missed_w` what of it was not served.
        levels: in sunlight and in shade.
        tight: whether an orbit needs nearly all the surplus of its sunlit arc.
        orbit: temperature summed over the orbit so far and how long, in sunlight and in shade.
    """

    step_s: float
    offset_s: Doubles
    charge_wh: Doubles
    kelvin: Doubles
    dark: Flags
    heater_w: tuple[Doubles, Doubles]
    node_k: tuple[Doubles, Doubles]
    since_s: Doubles
    heater_now_w: Doubles
    needed_w: Doubles
    missed_w: Doubles
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
            offset_s=_sunrise_s(sky_of(rows, day, step_s), step_s),
            charge_wh=np.minimum(rows[:, Field.CHARGE_WH], capacity),
            kelvin=rows[:, Field.SUNRISE_K].copy(),
            dark=rows[:, Field.SERVED_SHARE] < 1.0,
            heater_w=(rows[:, Field.HEATER_SUN_W].copy(), rows[:, Field.HEATER_SHADE_W].copy()),
            node_k=(
                rows[:, Field.LEAK_SUN_K] - drop_k * rows[:, Field.LEVEL_SUN],
                rows[:, Field.LEAK_SHADE_K] - drop_k * rows[:, Field.LEVEL_SHADE],
            ),
            since_s=zero.copy(),
            heater_now_w=zero.copy(),
            needed_w=zero.copy(),
            missed_w=zero.copy(),
            levels=(zero.copy(), zero.copy()),
            orbit=(zero.copy(), zero.copy(), zero.copy(), zero.copy()),
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
        noon = craft_of(rows, after, sky_of(rows, day, self.step_s), day, self.heater_w, self.node_k, denser)
        self.charge_wh = np.minimum(self.charge_wh, noon.capacity_wh)
        rough = self._around_noon(noon, *noon.allowed())
        whole = (rough.warm_sun_ks, rough.sunlit_s, rough.warm_shade_ks, rough.flown_s - rough.sunlit_s)
        self._feel(whole, rough.flown_s > 0.0)
        noon = replace(noon, node_sun_k=self.node_k[0], node_shade_k=self.node_k[1])
        ceiling = self._ceiling(noon, *noon.allowed())
        told, sunrises = _blank(len(rows)), (_blank(len(rows)), _blank(len(rows)))
        was_lit = noon.sky.sight(self.offset_s)[0]
        steps = round(DAY_S / self.step_s / _CHOICES)
        for part in range(_CHOICES):
            sky = sky_of(rows, day, self.step_s, (part + 0.5) * DAY_S / _CHOICES)
            craft = replace(noon, sky=sky, node_sun_k=self.node_k[0], node_shade_k=self.node_k[1])
            self._choose(craft, ceiling)
            share, preheat = craft.dim_share(), craft.preheat_k(self.levels[1])
            for k in range(part * steps, (part + 1) * steps):
                seconds = self.offset_s + (k + 0.5) * self.step_s
                was_lit = self._step(craft, seconds, was_lit, share, preheat, told, sunrises)
        return self._close(noon, told, sunrises)

    # --- levels -----------------------------------------------------------------------------------

    def _choose(self, craft: Craft, ceiling: Doubles) -> None:
        """The levels of the coming hours, and whether a dark batch wakes."""
        sun, shade = craft.allowed()
        sun = np.minimum(sun, ceiling)
        shade = np.minimum(shade, sun)
        self.levels = (sun, shade)
        self.dark = self.dark & ~craft.balances(sun, shade)
        self.tight = craft.tight(sun, shade)

    def _feel(self, orbits: Sums, lanes: Flags) -> None:
        """Remembers how warm radiators were in sunlight and in shade, through an orbit that has ended."""
        warm_sun, sun_s, warm_shade, shade_s = orbits
        # without a shade arc, the next one begins as warm as it is now
        sun_k = np.where(sun_s > 0.0, warm_sun / np.maximum(sun_s, 1.0), self.kelvin)
        shade_k = np.where(shade_s > 0.0, warm_shade / np.maximum(shade_s, 1.0), self.kelvin)
        self.node_k = (np.where(lanes, sun_k, self.node_k[0]), np.where(lanes, shade_k, self.node_k[1]))

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
            dark=np.zeros(len(sun), bool),
            since_s=np.zeros(len(sun)),
            heater_now_w=np.zeros(len(sun)),
            needed_w=np.zeros(len(sun)),
            missed_w=np.zeros(len(sun)),
            levels=(sun, np.minimum(shade, sun)),
            orbit=(0.0 * sun, 0.0 * sun, 0.0 * sun, 0.0 * sun),
            tight=np.zeros(len(sun), bool),
        )
        preheat = craft.preheat_k(at_noon.levels[1])
        full = np.ones(len(sun))
        lap = round(float(craft.sky.period_s.max()) / self.step_s) + 1
        was_lit = craft.sky.sight(at_noon.offset_s)[0]
        trace = _blank(len(sun))
        for k in range(_LAPS * lap):
            if k == (_LAPS - 1) * lap:
                trace = _blank(len(sun))
            seconds = at_noon.offset_s + (k + 0.5) * self.step_s
            was_lit = at_noon._step(craft, seconds, was_lit, full, preheat, trace, None)
            at_noon.dark[:] = False
            at_noon.charge_wh = np.maximum(at_noon.charge_wh, _HALF * craft.capacity_wh)
        return trace

    def of(self, lanes: Lanes) -> Flight:
        """Some of the batches, or one many times."""
        return Flight(
            step_s=self.step_s,
            offset_s=self.offset_s[lanes],
            charge_wh=self.charge_wh[lanes],
            kelvin=self.kelvin[lanes],
            dark=self.dark[lanes],
            heater_w=(self.heater_w[0][lanes], self.heater_w[1][lanes]),
            node_k=(self.node_k[0][lanes], self.node_k[1][lanes]),
            since_s=self.since_s[lanes],
            heater_now_w=self.heater_now_w[lanes],
            needed_w=self.needed_w[lanes],
            missed_w=self.missed_w[lanes],
            levels=(self.levels[0][lanes], self.levels[1][lanes]),
            orbit=(self.orbit[0][lanes], self.orbit[1][lanes], self.orbit[2][lanes], self.orbit[3][lanes]),
            tight=self.tight[lanes],
        )

    # --- one step ---------------------------------------------------------------------------------

    def _step(
        self,
        craft: Craft,
        seconds: Doubles,
        was_lit: Flags,
        share: Doubles,
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
                _keep(told, sunrises[0], rising & (sunrises[0].flown_s == 0.0))
                _keep(told, sunrises[1], rising)
        self.since_s = np.where((lit == was_lit) & ~rising, self.since_s + h, h)
        level = np.where(self.dark, 0.0, np.where(lit, *self.levels))
        junction_k = craft.junction_k(self.kelvin, level)
        bare = craft.load_w(level, np.where(self.dark, 0.0, self.heater_now_w), junction_k)
        load = bare * np.where(self.dark, share, 1.0)
        array = np.where(lit, craft.sky.power_w(seconds), 0.0)
        sun_s = craft.sky.period_s - craft.sky.shade_s
        left_h = np.where(self.tight, h, np.maximum(0.97 * sun_s - self.since_s, h)) / 3600.0
        stored, lost, unserved = craft.battery_step(array, load, self.charge_wh, h / 3600.0, left_h)
        self.charge_wh = self.charge_wh + stored
        served = load - unserved
        out = (craft[Field.OUTPUT_W] + craft.thruster_w) * np.where(self.dark, share, 1.0)
        inside = served - out + lost * 3600.0 / h - np.where(self.dark, 0.0, self.heater_now_w)
        capacity = craft[Field.HEAT_CAPACITY_J_K]
        free = (
            self.kelvin
            + h * (inside + craft.absorbed_w(lit, zenith_cos) - craft.emitted_w(self.kelvin)) / capacity
        )
        along = np.minimum(self.since_s / np.maximum(sun_s, 1.0), 1.0)
        floor = craft[Field.MIN_COOLANT_K] + np.where(lit, preheat_k * along, 0.0)
        floor = np.where(self.dark, _COLDEST_K, floor)
        self.heater_now_w = np.maximum(floor - free, 0.0) * capacity / h
        self.kelvin = np.maximum(free, floor)
        self.needed_w = self.needed_w + load
        self.missed_w = self.missed_w + unserved
        self._tell(craft, told, seconds, lit, level, array, served)
        return lit

    def _end_orbit(self, rising: Flags) -> None:
        """At sunrise: dark is what left too much of an orbit's load unserved."""
        self.dark = self.dark | (rising & (self.missed_w > _DARK_SHARE * self.needed_w))
        self._feel(self.orbit, rising & (self.orbit[1] > 0.0))
        self.orbit = tuple(np.where(rising, 0.0, one) for one in self.orbit)  # type: ignore[assignment]
        self.needed_w = np.where(rising, 0.0, self.needed_w)
        self.missed_w = np.where(rising, 0.0, self.missed_w)

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
        told.dark |= self.dark
        junction_k = craft.junction_k(self.kelvin, level)
        memory_k = craft.memory_k(self.kelvin, level)
        told.warm_sun_ks += self.kelvin * lit * h
        told.warm_shade_ks += self.kelvin * ~lit * h
        sun_s, shade_s = np.where(lit, h, 0.0), np.where(lit, 0.0, h)
        grown = (self.kelvin * sun_s, sun_s, self.kelvin * shade_s, shade_s)
        for summed, more in zip(self.orbit, grown, strict=True):
            np.add(summed, more, out=summed)
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
        shade_s = told.flown_s - told.sunlit_s
        sun_w = told.heater_sun_j / np.maximum(told.sunlit_s, 1.0)
        shade_w = np.where(shade_s > 0.0, told.heater_shade_j / np.maximum(shade_s, 1.0), 0.0)
        restart = craft.restart_heater_w()
        self.heater_w = (np.where(self.dark, restart[0], sun_w), np.where(self.dark, restart[1], shade_w))
        told.at_edge = at_edge(craft.sky)
        first, last = sunrises
        flown_s = last.flown_s - first.flown_s
        whole = flown_s > 0.5 * DAY_S
        scale = DAY_S / np.where(whole, flown_s, told.flown_s)
        for name in _SUMS:
            orbits = getattr(last, name) - getattr(first, name)
            setattr(told, name, np.where(whole, orbits, getattr(told, name)) * scale)
        return told


def _keep(told: DayFlown, whole: DayFlown, lanes: Flags) -> None:
    for name in _SUMS:
        np.copyto(getattr(whole, name), getattr(told, name), where=lanes)


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
    )


def _sunrise_s(sky: Sky, step_s: float) -> Doubles:
    """First moment after 00:00 UTC at which a shade arc ends; 0 if there is none."""
    found = np.zeros(len(sky.rows))
    seen_dark = np.zeros(len(sky.rows), bool)
    for k in range(int(1.1 * sky.period_s.max() / step_s) + 2):
        lit, _ = sky.sight(np.full(len(found), k * step_s))
        found = np.where(seen_dark & lit & (found == 0.0), k * step_s, found)
        seen_dark |= ~lit
    return np.where(sky.shade_s > 0.0, found, 0.0)
