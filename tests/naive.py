"""Slow twins: what the kernels do in closed form, done here by small steps and brute force in plain Python.

The integrator flies a satellite through real positions second by second. It shares the catalogue numbers of a
row with the day step and follows the same written policy, and nothing else: the Sun and the plane move
within the day, the shadow is a test of position, the battery is filled joule by joule, the radiator is an
explicit Euler integration, and the levels are found by bisection over whole orbits.

The policy, in words:

- `steady`: one level all orbit, the greatest at which a sunlit arc could put back 1 % more than the shade
  drew, the battery stays within its depth and rates, and no chip is too hot for that level.
  Chips and their memory are slowed from full speed at their limits to nothing 8 K above; chips draw 0.4 %
  of their rated power less for each kelvin that they stay below their trip temperature, half of it at most.
- `follow-the-sun`: no compute in shade; the greatest level in sunlight under the same conditions.
- `ride-through`: the shade level is the greatest the battery carries, no more than the steady one; then the
  greatest level in sunlight that still refills the battery.
- Levels are chosen as if the array gave half a per cent less, and in sunlight it alone carries chips at their
  warmest.
- A heater keeps the loop above its least temperature; through the sunlit arc that floor rises evenly by what
  the coming shade will take, 60 K at most.
- The depth limit holds for compute. To keep bus and heater alive the battery may be drawn down to 5 %.
- Where an orbit cannot pay for the bus there is neither compute nor heat, and the bus gets one share,
  in shade no more than the battery can give. The heater gets what bus and compute leave. In choosing levels
  it counts with what it took yesterday, and with what would have warmed a loop that was too cold.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.kernels.layout import Field, Policy

MU = 398600.4418
EARTH_KM = 6378.137
J2 = 1.08262668e-3
SIGMA = 5.670374419e-8
INFRARED = 237.0
ALBEDO = 0.30
MARGIN = 1.01
PREHEAT_MOST_K = 60.0
DAY_S = 86400.0
SUN_MARGIN = 1.005
EMERGENCY_CHARGE = 0.05

Row = NDArray[np.float64]
Levels = tuple[float, float]


@dataclass
class Trace:
    """Sums and extremes of a simulated stretch; energies in Wh of one satellite."""

    generated: float = 0.0
    used: float = 0.0
    conversion: float = 0.0
    battery_loss: float = 0.0
    curtailed: float = 0.0
    unserved: float = 0.0
    compute_s: float = 0.0
    heat_in: float = 0.0
    radiated: float = 0.0
    least_k: float = math.inf
    most_k: float = -math.inf
    junction_k: float = -math.inf
    memory_k: float = -math.inf
    least_charge: float = math.inf
    most_charge: float = -math.inf
    sun_s: float = 0.0
    shade_s: float = 0.0
    warm_sun_ks: float = 0.0
    warm_shade_ks: float = 0.0


def sun_vector(days: float) -> tuple[float, float, float, float]:
    """Unit vector to the Sun and its flux, from Kepler's equation with the elements of Meeus, chapter 25."""
    t = days / 36525.0
    mean = math.radians((357.52911 + 35999.05029 * t) % 360.0)
    eccentricity = 0.016708634 - 4.2037e-5 * t
    anomaly = mean
    for _ in range(6):
        anomaly = mean + eccentricity * math.sin(anomaly)
    true = 2.0 * math.atan2(
        math.sqrt(1 + eccentricity) * math.sin(anomaly / 2),
        math.sqrt(1 - eccentricity) * math.cos(anomaly / 2),
    )
    longitude = math.radians((280.46646 + 36000.76983 * t) % 360.0) + true - mean
    tilt = math.radians(23.439291 - 0.0130042 * t)
    distance = 1.000001018 * (1.0 - eccentricity * math.cos(anomaly))
    x, y = math.cos(longitude), math.sin(longitude)
    return x, y * math.cos(tilt), y * math.sin(tilt), 1361.0 / distance**2


def edge_view(altitude_km: float) -> float:
    """View factor of an edge-on plate, by summing over the visible disc of the Earth."""
    radius = math.asin(EARTH_KM / (EARTH_KM + altitude_km))
    total, n = 0.0, 200
    for i in range(n):
        off = radius * (i + 0.5) / n
        for k in range(n):
            around = math.pi * (k + 0.5) / n - math.pi / 2.0
            total += math.sin(off) ** 2 * math.cos(around)
    return total * (radius / n) * (math.pi / n) / math.pi


class Craft:
    """One satellite of a row, flown from 00:00 UTC of a day by steps of some seconds."""

    def __init__(self, row: Row, day: int, step_s: float = 5.0) -> None:
        self.row, self.day, self.step_s = row, day, step_s
        self.capacity_wh = row[Field.CAPACITY_WH] * row[Field.BATTERY_HEALTH]
        self.one_way = row[Field.ONE_WAY_EFFICIENCY]
        self.a_km = EARTH_KM + row[Field.ALTITUDE_KM]
        age = min(max(day - row[Field.LAUNCH_DAY], 0.0) / 365.25 / 5.0, 1.0)
        left = row[Field.RADIATING_SHARE]
        new, aged = row[Field.RADIATING_M2], row[Field.RADIATING_AGED_M2]
        self.emitting_m2 = left * (new + age * (aged - new))
        new, aged = row[Field.ABSORBING_M2], row[Field.ABSORBING_AGED_M2]
        self.absorbing_m2 = left * (new + age * (aged - new))
        self.view = edge_view(float(row[Field.ALTITUDE_KM]))
        self.motion = math.sqrt(MU / self.a_km**3)
        bulge = 1.5 * J2 * (EARTH_KM / self.a_km) ** 2
        cos_i = row[Field.COS_INCLINATION]
        self.node_rate = -self.motion * bulge * cos_i
        self.turn_rate = self.motion * (1.0 + bulge * (4.0 * cos_i**2 - 1.0))
        self.period_s = 2.0 * math.pi / self.motion
        sun = sun_vector(float(day))
        self.flux = sun[3]
        self.array_w = self._array_w(sun)
        self.shares = self.bus_shares()

    def _normal(self, seconds: float) -> tuple[float, float, float]:
        raan = self.row[Field.RAAN_RAD] + self.node_rate * seconds
        sin_i, cos_i = self.row[Field.SIN_INCLINATION], self.row[Field.COS_INCLINATION]
        return sin_i * math.sin(raan), -sin_i * math.cos(raan), cos_i

    def _array_w(self, sun: tuple[float, float, float, float]) -> float:
        """Array power at noon, cells at the temperature where their balance closes, by bisection."""
        row = self.row
        normal = self._normal(DAY_S / 2)
        sin_beta = sum(s * h for s, h in zip(sun, normal, strict=False))
        self.beta_rad = math.asin(sin_beta)
        pointing = (
            row[Field.POINTING_FIXED]
            + row[Field.POINTING_PER_COS] * math.cos(self.beta_rad)
            + row[Field.POINTING_PER_SIN] * abs(sin_beta)
        )
        light = self.flux * pointing
        warm = 1.0 + row[Field.CELL_COEFFICIENT_PER_K] * (0.0 - 301.15)

        def gain(kelvin: float) -> float:
            bright = 1.0 + row[Field.CELL_COEFFICIENT_PER_K] * (kelvin - 301.15)
            absorbed = light * (row[Field.CELL_ABSORPTIVITY] - row[Field.CELL_YIELD] * bright)
            shine = 2.0 * row[Field.CELL_EMISSIVITY] * (INFRARED * self.view - SIGMA * kelvin**4)
            return float(absorbed + shine)

        low, high = 100.0, 500.0
        for _ in range(60):
            middle = 0.5 * (low + high)
            low, high = (middle, high) if gain(middle) > 0.0 else (low, middle)
        warm = 1.0 + row[Field.CELL_COEFFICIENT_PER_K] * (low - 301.15)
        return float(light * row[Field.ARRAY_GAIN_M2] * max(warm, 0.0) * row[Field.ARRAY_HEALTH])

    def _sight(self, seconds: float) -> tuple[bool, float]:
        """Whether the satellite is lit, and the cosine of the Sun's zenith angle below it."""
        sun = sun_vector(self.day + seconds / DAY_S - 0.5)
        raan = self.row[Field.RAAN_RAD] + self.node_rate * seconds
        u = self.row[Field.ARG_LAT_RAD] + self.turn_rate * seconds
        cos_i, sin_i = self.row[Field.COS_INCLINATION], self.row[Field.SIN_INCLINATION]
        x = math.cos(raan) * math.cos(u) - math.sin(raan) * math.sin(u) * cos_i
        y = math.sin(raan) * math.cos(u) + math.cos(raan) * math.sin(u) * cos_i
        z = math.sin(u) * sin_i
        along = x * sun[0] + y * sun[1] + z * sun[2]
        aside_km = self.a_km * math.sqrt(max(0.0, 1.0 - along * along))
        return along > 0.0 or aside_km > EARTH_KM, along

    def array_load_w(self, level: float, heater_w: float, junction_k: float) -> float:
        """What array or battery must give, by iterating pump and converter to their balance."""
        leak = 1.0 - min(0.004 * (self.row[Field.TRIP_K] - junction_k), 0.5)
        row = self.row
        thruster = row[Field.THRUSTER_W] * self.thruster_share()
        out = row[Field.OUTPUT_W] + thruster
        load = 0.0
        for _ in range(9):
            pump = row[Field.PUMP_FRACTION] * (load - out)
            bus = row[Field.FIXED_LOAD_W] + thruster + heater_w + level * leak * row[Field.IT_POWER_W] + pump
            load = bus / row[Field.PMAD_EFFICIENCY]
        return float(load)

    def thruster_share(self) -> float:
        """Share of the day the thrusters burn; the anchor cases let their orbits drift, so none."""
        return 0.0

    def heat_floor_k(self, lit: bool, share: float, shade_heat_w: float, shade_s: float) -> float:
        """Least temperature the heater allows, `share` of the way through a sunlit arc."""
        row = self.row
        least = float(row[Field.MIN_COOLANT_K])
        if not lit or shade_s <= 0.0:
            return least
        emitting = self.emitting_m2
        chill = emitting * (SIGMA * (least + 0.5 * PREHEAT_MOST_K) ** 4 - INFRARED * self.view) - shade_heat_w
        rise = min(max(chill * shade_s / row[Field.HEAT_CAPACITY_J_K], 0.0), PREHEAT_MOST_K)
        return float(least + rise * share)

    def fly(
        self, levels: Levels, start_s: float, seconds: float, charge_wh: float, kelvin: float
    ) -> tuple[Trace, float, float]:
        """Flies for some seconds.

        Returns:
            What happened, the charge and the radiator temperature at the end.
        """
        row, h = self.row, self.step_s
        trace = Trace()
        emitting = self.emitting_m2
        shade_s = self.shade_s()
        left_wh, most_w = self.heater_most(levels)
        left = left_wh[0]
        dark_w = self.array_load_w(levels[1], 0.0, float(row[Field.LEAK_SHADE_K]))
        dark_heat = dark_w / self.one_way - row[Field.OUTPUT_W]
        heater, since = 0.0, 0.0
        was_lit = True
        for k in range(round(seconds / h)):
            lit, zenith = self._sight(start_s + (k + 0.5) * h)
            since = since + h if lit == was_lit else h
            left = left if lit == was_lit else left_wh[0 if lit else 1]
            was_lit = lit
            level = levels[0] if lit else levels[1]
            share = self.shares[0] if lit else self.shares[1]
            junction = kelvin + level * row[Field.JUNCTION_DROP_K]
            load = share * self.array_load_w(level, heater, junction)
            if lit:
                trace.warm_sun_ks += junction * h
            else:
                trace.warm_shade_ks += junction * h
                trace.shade_s += h
            array = self.array_w if lit else 0.0
            stored, loss, curtailed, unserved = self._battery(array, load, charge_wh, h / 3600.0)
            charge_wh += stored
            served = load - unserved
            trace.generated += array * h / 3600.0
            trace.used += served * row[Field.PMAD_EFFICIENCY] * h / 3600.0
            trace.conversion += served * (1.0 - row[Field.PMAD_EFFICIENCY]) * h / 3600.0
            trace.battery_loss += loss
            trace.curtailed += curtailed
            trace.unserved += unserved * h / 3600.0
            trace.compute_s += level * h
            if lit:
                trace.sun_s += h
            # heat: all that is used or lost, less light and radio; sunlight at two degrees; Earth
            q = served - share * row[Field.OUTPUT_W] + loss / (h / 3600.0)
            q += emitting * INFRARED * self.view
            if lit:
                sunlight = self.absorbing_m2 * self.flux
                q += sunlight * math.sin(math.radians(2.0))
                q += sunlight * row[Field.RADIATOR_FACES] * ALBEDO * self.view * max(zenith, 0.0)
            out = emitting * SIGMA * kelvin**4
            along = min(since / max(self.period_s - shade_s, 1.0), 1.0)
            floor = self.heat_floor_k(lit, along, dark_heat, shade_s)
            free = kelvin + h * (q - heater - out) / row[Field.HEAT_CAPACITY_J_K]
            warmth = max(floor - free, 0.0) * row[Field.HEAT_CAPACITY_J_K] / h
            warmth = min(warmth, most_w[0] if lit else most_w[1], left * 3600.0 / h)
            left -= warmth * h / 3600.0
            kelvin = free + warmth * h / row[Field.HEAT_CAPACITY_J_K]
            heater = warmth
            trace.heat_in += (q - heater + warmth) * h / 3600.0
            trace.radiated += out * h / 3600.0
            trace.least_k, trace.most_k = min(trace.least_k, kelvin), max(trace.most_k, kelvin)
            trace.junction_k = max(trace.junction_k, kelvin + level * row[Field.JUNCTION_DROP_K])
            trace.memory_k = max(trace.memory_k, kelvin + level * row[Field.MEMORY_DROP_K])
            trace.least_charge = min(trace.least_charge, charge_wh)
            trace.most_charge = max(trace.most_charge, charge_wh)
        return trace, charge_wh, kelvin

    def _battery(
        self, array_w: float, load_w: float, charge_wh: float, hours: float
    ) -> tuple[float, float, float, float]:
        """One step of the battery: stored, lost, curtailed (Wh) and unserved (W)."""
        rate_w = self.row[Field.C_RATE_PER_H] * self.capacity_wh
        floor_wh = EMERGENCY_CHARGE * self.capacity_wh
        spare = array_w - load_w
        if spare >= 0.0:
            room = self.capacity_wh - charge_wh
            stored = min(spare * self.one_way * hours, rate_w * hours, room)
            taken = stored / self.one_way
            return stored, taken - stored, spare * hours - taken, 0.0
        want = -spare * hours / self.one_way
        drawn = min(want, max(charge_wh - floor_wh, 0.0), rate_w * hours)
        return -drawn, drawn * (1.0 - self.one_way), 0.0, (want - drawn) * self.one_way / hours

    def sunrise_s(self) -> float:
        """First moment after 00:00 at which a shade arc ends; 0 if there is none."""
        if self.shade_s() == 0.0:
            return 0.0
        seconds = 0.0
        while self._sight(seconds)[0]:
            seconds += self.step_s
        while not self._sight(seconds)[0]:
            seconds += self.step_s
        return seconds

    def shade_s(self) -> float:
        """Length of the shade arc nearest noon, by walking second by second through the orbits around it."""
        if not hasattr(self, "_shade_s"):
            arcs, entered, was_lit = [], 0.0, True
            for k in range(-round(1.2 * self.period_s), round(1.2 * self.period_s)):
                seconds = DAY_S / 2 + k
                lit = self._sight(seconds)[0]
                if was_lit and not lit:
                    entered = seconds
                elif lit and not was_lit and entered > DAY_S / 2 - 1.2 * self.period_s:
                    arcs.append((abs(0.5 * (entered + seconds) - DAY_S / 2), seconds - entered))
                was_lit = lit
            self._shade_s = min(arcs)[1] if arcs else 0.0
        return self._shade_s

    # --- finding levels ---------------------------------------------------------------------------

    def find_levels(self, kelvin: float) -> Levels:
        """The levels the policy chooses today; none where an orbit cannot pay for the bus."""
        return self._greatest_levels(kelvin) if self.shares[0] == 1.0 else (0.0, 0.0)

    def bus_shares(self) -> Levels:
        """The shares of its load that an orbit can give the bus in sunlight and in shade."""
        shade_h = self.shade_s() / 3600.0
        sun_h = self.period_s / 3600.0 - shade_h
        bare_w = self.array_load_w(0.0, 0.0, float(self.row[Field.LEAK_SUN_K]))
        rate_w = self.row[Field.C_RATE_PER_H] * self.capacity_wh

        def repeats(share: float) -> bool:
            drawn = share * bare_w * shade_h / self.one_way
            return bool((self.array_w - share * bare_w) * self.one_way * sun_h >= drawn)

        def lasts(share: float) -> bool:
            drawn = share * bare_w * shade_h / self.one_way
            deep = drawn > min((1.0 - EMERGENCY_CHARGE) * self.capacity_wh, rate_w * sun_h)
            return not deep and share * bare_w <= rate_w * self.one_way

        sun = greatest(repeats, 1.0)
        return sun, min(sun, greatest(lasts, 1.0)) if shade_h > 0.0 else sun

    def heater_most(self, levels: Levels) -> tuple[Levels, Levels]:
        """Energy (Wh) and power (W) that bus and compute leave the heater in sunlight and in shade."""
        if self.shares[0] < 1.0:
            return (0.0, 0.0), (0.0, 0.0)
        row, shade_h = self.row, self.shade_s() / 3600.0
        sun_h = self.period_s / 3600.0 - shade_h
        per_w = self.array_load_w(0.0, 1.0, 300.0) - self.array_load_w(0.0, 0.0, 300.0)
        sun_w = self.array_load_w(levels[0], 0.0, float(row[Field.LEAK_SUN_K]))
        shade_w = self.shares[1] * self.array_load_w(levels[1], 0.0, float(row[Field.LEAK_SHADE_K]))
        if shade_h == 0.0:
            return (math.inf, 0.0), (max(self.array_w - sun_w, 0.0) / per_w, 0.0)
        rate_w = row[Field.C_RATE_PER_H] * self.capacity_wh
        refill_wh = (self.array_w - sun_w) * self.one_way * sun_h
        held_wh = min((1.0 - EMERGENCY_CHARGE) * self.capacity_wh, rate_w * sun_h, refill_wh)
        most_shade_w = max(min(held_wh / shade_h, rate_w) * self.one_way - shade_w, 0.0)
        kept_w = shade_w + min(per_w * row[Field.HEATER_SHADE_W], most_shade_w)
        most_sun_w = max(self.array_w - sun_w - kept_w * shade_h / (self.one_way**2 * sun_h), 0.0)
        heated_w = min(per_w * row[Field.HEATER_SUN_W], most_sun_w)
        back_w = (self.array_w - sun_w - heated_w) * self.one_way**2 * sun_h / shade_h - shade_w
        dim_w = max(rate_w * self.one_way - shade_w, 0.0) / per_w
        shade_wh = min(most_shade_w, max(back_w, 0.0)) * shade_h / per_w
        return (math.inf, shade_wh), (most_sun_w / per_w, dim_w)

    def _greatest_levels(self, kelvin: float) -> Levels:
        policy = self.row[Field.POLICY]
        top = float(min(self.row[Field.CHIP_HEALTH], self.row[Field.NETWORK_CAP], self.row[Field.DEMAND_CAP]))
        if policy == Policy.STEADY:
            level = greatest(lambda x: self.holds((x, x), kelvin), top)
            return level, level
        if policy == Policy.FOLLOW_THE_SUN:
            return greatest(lambda x: self.holds((x, 0.0), kelvin), top), 0.0
        sun = shade = top
        for _ in range(8):  # how warm chips are in shade depends on both levels, and these on that
            before, warm = (sun, shade), self.settled_orbit((sun, shade), kelvin)
            shade = greatest(lambda x, warm=warm: self.carried((x, x), warm), top)
            sun = greatest(lambda x, shade=shade: self.refills((x, min(shade, x)), kelvin), top)
            if (sun, shade) == before:
                break
        return sun, min(shade, sun)

    def holds(self, levels: Levels, kelvin: float) -> bool:
        """Whether an orbit at these levels can repeat within every limit."""
        settled = self.settled_orbit(levels, kelvin)
        return self.carried(levels, settled) and self.cool_enough(levels[0], settled)

    def refills(self, levels: Levels, kelvin: float) -> bool:
        """Whether an orbit whose shade is carried leaves the array enough to put it back, and chips cool."""
        settled = self.settled_orbit(levels, kelvin)
        return self.carried(levels, settled, refill_only=True) and self.cool_enough(levels[0], settled)

    def carried(self, levels: Levels, warm: Trace, refill_only: bool = False) -> bool:
        """Whether array and battery carry an orbit at these levels, with chips as warm as in another."""
        sun_k = warm.warm_sun_ks / max(warm.sun_s, 1.0)
        dark_k = warm.warm_shade_ks / max(warm.shade_s, 1.0)
        shade_h = self.shade_s() / 3600.0
        sun_h = (self.period_s - self.shade_s()) / 3600.0
        row, coldest_k = self.row, float(self.row[Field.MIN_COOLANT_K])
        warming_w = 4.0 * SIGMA * self.emitting_m2 * coldest_k**3 * float(row[Field.COLD_BY_K])
        heater_w = float(row[Field.HEATER_SUN_W]) + warming_w
        sun_w = self.array_load_w(levels[0], heater_w, sun_k)
        dark_w = self.array_load_w(levels[1], float(row[Field.HEATER_SHADE_W]), dark_k)
        rate_w = self.row[Field.C_RATE_PER_H] * self.capacity_wh
        drawn = dark_w * shade_h / self.one_way
        array_w = self.array_w / SUN_MARGIN
        refill = min((array_w - sun_w) * self.one_way, rate_w) * sun_h
        if self.array_load_w(levels[0], heater_w, warm.junction_k) > array_w:
            return False
        if shade_h == 0.0:
            return True
        deep = drawn > self.row[Field.DEPTH_LIMIT] * self.capacity_wh or dark_w > rate_w * self.one_way
        return refill >= MARGIN * drawn and (refill_only or not deep)

    def cool_enough(self, level: float, settled: Trace) -> bool:
        """Whether neither chips nor memory are slowed below a level: nothing is left 8 K above a limit."""
        over_k = max(
            settled.junction_k - self.row[Field.TRIP_K], settled.memory_k - self.row[Field.MEMORY_LIMIT_K]
        )
        return bool(level / self.row[Field.CHIP_HEALTH] <= 1.0 - max(over_k - 0.01, 0.0) / 8.0)

    def settled_orbit(self, levels: Levels, kelvin: float) -> Trace:
        """The orbit around noon that repeats itself."""
        # noon may lie in shade: a battery taken to be full there would lose too little, and warm too little
        trace, charge_wh = Trace(), self.capacity_wh
        for lap in range(4):
            start_s = DAY_S / 2 + lap * self.period_s
            trace, charge_wh, kelvin = self.fly(levels, start_s, self.period_s, charge_wh, kelvin)
        return trace


def greatest(holds: Callable[[float], bool], top: float) -> float:
    """The greatest level from 0 to `top` that holds, by bisection."""
    if holds(top):
        return top
    low, high = 0.0, top
    for _ in range(12):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if holds(middle) else (low, middle)
    return low
