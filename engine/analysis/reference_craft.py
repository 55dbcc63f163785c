"""What the satellites of the slow reference do: loads, battery and heat of a step, and the level they choose.

The written policy that day step and reference follow alike:

- `steady`: one level all orbit, the greatest at which a sunlit arc could put back 1 % more than the shade
  drew, the battery stays within its depth and rates, and no chip is too hot for that level.
- Chips and their memory slow down from full speed at their limits to nothing 8 K above. For each kelvin that
  they stay below their trip temperature chips draw 0.4 % of their rated power less, half of it at most. In
  choosing levels chips are as warm as the radiator has been of late, and their own drop at that level.
- `follow-the-sun`: no compute in shade; the greatest level in sunlight that refills what bus and heater
  drew.
- `ride-through`: in shade the greatest level the battery carries, no more than the steady one; then the
  greatest level in sunlight that still refills the battery.
- Levels are chosen as if the array gave half a per cent less. In sunlight it alone carries chips at their
  warmest: the battery does not make up for what they draw more at the end of a sunlit arc than before.
- A heater keeps the loop above its least temperature. Through the sunlit arc that floor rises evenly by
  what the coming shade will take, 60 K at most. What it took yesterday counts as today's load in
  choosing levels.
- The depth limit holds for compute; to keep bus and heater alive the battery may be drawn down to 5 %.
- An orbit spends what it gives back. Where it cannot pay for the bus, there is no compute and no heat, and
  the bus gets one share all orbit; in shade no more than the battery can give. The heater gets what bus and
  compute leave: in sunlight the power that is not kept for what the shade takes, in shade the energy that
  the battery can give and the sunlit arc refill. With less than it needs, the loop is colder than its floor;
  what would warm it counts as load in choosing the levels of the next day, so compute gives way.
- The battery is charged evenly over the sunlit arc, as far as array and charge rate allow, or as fast as they
  allow where it needs nearly all there is: cool chips leave more in the morning. Levels fit
  the orbit, through a day in which plane and Sun move.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from engine.analysis.reference_sky import NOON_S, Doubles, Flags, Sky
from engine.formulas.drag import air_density_kg_m3, drag_acceleration_m_s2, wind_share
from engine.formulas.sun import solar_activity_sfu
from engine.kernels.layout import Field, Policy, Status
from engine.units import (
    DAY_S,
    DRAG_COEFFICIENT,
    EARTH_ALBEDO,
    EARTH_INFRARED_W_M2,
    JULIAN_YEAR_DAYS,
    STEFAN_BOLTZMANN_W_M2_K4,
)

MARGIN = 1.01
SUN_MARGIN = 1.005
PREHEAT_MOST_K = 60.0
EMERGENCY_CHARGE = 0.05
_SUN_INCIDENCE = math.sin(math.radians(2.0))
_HALVINGS = 40
_LEAKAGE_PER_K = 0.004
_MOST_SAVED = 0.5
_AGED_YEARS = 5.0


@dataclass(frozen=True, slots=True)
class Craft:
    """Satellites on one day, one a batch; arrays are `(n,)`.

    Attributes:
        sky: their geometry.
        working: whether they are in service.
        emitting_m2: radiator at its age and with its holes, as `Field.RADIATING_M2`; `sunlit_m2` likewise.
        heater_sun_w: what the heater is expected to take in sunlight; `heater_shade_w` in shade.
        node_sun_k: how warm radiators have been of late in sunlight; `node_shade_k` in shade.
        peak_above_k: how far the highest temperature of an orbit was above the mean in sunlight.
        cold_by_k: how far the loop was colder yesterday than its heater should keep it.
    """

    rows: Doubles
    sky: Sky
    working: Flags
    thruster_w: Doubles
    emitting_m2: Doubles
    sunlit_m2: Doubles
    heater_sun_w: Doubles
    heater_shade_w: Doubles
    node_sun_k: Doubles
    node_shade_k: Doubles
    peak_above_k: Doubles
    cold_by_k: Doubles

    def felt(self, node_k: tuple[Doubles, Doubles, Doubles]) -> Craft:
        """The same with radiators as warm as they have been of late."""
        return replace(self, node_sun_k=node_k[0], node_shade_k=node_k[1], peak_above_k=node_k[2])

    def __getitem__(self, field: Field) -> Doubles:
        return self.rows[:, field]

    @property
    def capacity_wh(self) -> Doubles:
        """What batteries hold today."""
        return self[Field.CAPACITY_WH] * self[Field.BATTERY_HEALTH]

    @property
    def rate_w(self) -> Doubles:
        """Greatest power into or out of a battery."""
        return self[Field.C_RATE_PER_H] * self.capacity_wh

    @property
    def shade_h(self) -> Doubles:
        """Hours of shade in an orbit."""
        return self.sky.shade_s / 3600.0

    @property
    def sun_h(self) -> Doubles:
        """Hours of sunlight in an orbit."""
        return (self.sky.period_s - self.sky.shade_s) / 3600.0

    @property
    def array_w(self) -> Doubles:
        """Array power in sunlight at the moment looked at."""
        return self.sky.power_w(np.full(len(self.rows), self.sky.moment_s))

    # --- loads ------------------------------------------------------------------------------------

    def load_w(self, level: Doubles, heater_w: Doubles, junction_k: Doubles) -> Doubles:
        """What array or battery must give, by iterating pump and converter to their balance."""
        saved = np.minimum(_LEAKAGE_PER_K * (self[Field.TRIP_K] - junction_k), _MOST_SAVED)
        chips_w = level * self[Field.IT_POWER_W] * (1.0 - saved)
        out = self[Field.OUTPUT_W] + self.thruster_w
        bus = self[Field.FIXED_LOAD_W] + self.thruster_w + heater_w + chips_w
        load = bus / self[Field.PMAD_EFFICIENCY]
        for _ in range(5):
            load = (bus + self[Field.PUMP_FRACTION] * (load - out)) / self[Field.PMAD_EFFICIENCY]
        return load

    def battery_step(
        self, array_w: Doubles, load_w: Doubles, charge_wh: Doubles, hours: float, left_h: Doubles
    ) -> tuple[Doubles, Doubles, Doubles]:
        """One time step of the batteries, charged evenly over what is left of the sunlit arc.

        Returns:
            Energy stored (negative when drawn), lost in the battery (Wh), and the load not served (W).
        """
        one_way, rate_w = self[Field.ONE_WAY_EFFICIENCY], self.rate_w
        spare = array_w - load_w
        room = self.capacity_wh - charge_wh
        evenly = np.maximum(room * hours / left_h, 0.0)
        stored = np.minimum(np.minimum(spare * one_way, rate_w) * hours, np.minimum(evenly, room))
        held = np.maximum(charge_wh - EMERGENCY_CHARGE * self.capacity_wh, 0.0)
        want = -spare * hours / one_way
        drawn = np.minimum(np.minimum(want, held), rate_w * hours)
        fills = spare >= 0.0
        moved = np.where(fills, stored, -drawn)
        lost = np.where(fills, stored / one_way - stored, drawn * (1.0 - one_way))
        return moved, lost, np.where(fills, 0.0, (want - drawn) * one_way / hours)

    # --- heat -------------------------------------------------------------------------------------

    def absorbed_w(self, lit: Flags | bool, zenith_cos: Doubles | float) -> Doubles:
        """What the radiator takes in from Sun and Earth."""
        sunlight = self.sunlit_m2 * self.sky.flux_w_m2
        mirrored = self[Field.RADIATOR_FACES] * EARTH_ALBEDO * self.sky.view * np.maximum(zenith_cos, 0.0)
        infrared = self.emitting_m2 * EARTH_INFRARED_W_M2 * self.sky.view
        return infrared + np.where(lit, sunlight * (_SUN_INCIDENCE + mirrored), 0.0)

    def emitted_w(self, kelvin: Doubles) -> Doubles:
        """What the radiator sends out."""
        return self.emitting_m2 * STEFAN_BOLTZMANN_W_M2_K4 * kelvin**4

    def junction_k(self, kelvin: Doubles, level: Doubles) -> Doubles:
        """Temperature of the chips."""
        return kelvin + level * self[Field.JUNCTION_DROP_K]

    def memory_k(self, kelvin: Doubles, level: Doubles) -> Doubles:
        """Memory above the radiator, in proportion to the level."""
        return kelvin + level * self[Field.MEMORY_DROP_K]

    def preheat_k(self, shade_level: Doubles) -> Doubles:
        """How far above the least temperature the heater brings the loop by sunset."""
        warm_k = self[Field.MIN_COOLANT_K] + 0.5 * PREHEAT_MOST_K
        inside_w = (
            self.load_w(
                shade_level, np.zeros(len(self.rows)), self.junction_k(self.node_shade_k, shade_level)
            )
            / self[Field.ONE_WAY_EFFICIENCY]
        )
        inside_w = inside_w - self[Field.OUTPUT_W] - self.thruster_w
        chill_w = self.emitted_w(warm_k) - self.absorbed_w(False, 0.0) - inside_w
        rise = chill_w * self.sky.shade_s / self[Field.HEAT_CAPACITY_J_K]
        return np.clip(rise, 0.0, PREHEAT_MOST_K)

    # --- what the policy allows before heat is looked at --------------------------------------------

    def carries(self, sun_level: Doubles, shade_level: Doubles, compute_in_shade: Flags) -> Flags:
        """Whether an orbit at these levels can repeat within array and battery."""
        one_way, shade_h, sun_h = self[Field.ONE_WAY_EFFICIENCY], self.shade_h, self.sun_h
        array_w = self.array_w / SUN_MARGIN
        heater_w = (
            self.heater_sun_w
            + self.cold_by_k * 4.0 * self.emitted_w(self[Field.MIN_COOLANT_K]) / (self[Field.MIN_COOLANT_K])
        )
        sun_w = self.load_w(sun_level, heater_w, self.junction_k(self.node_sun_k, sun_level))
        shade_w = self.load_w(
            shade_level, self.heater_shade_w, self.junction_k(self.node_shade_k, shade_level)
        )
        drawn = shade_w * shade_h / one_way
        refill = np.minimum((array_w - sun_w) * one_way, self.rate_w) * sun_h
        hottest_k = self.junction_k(self.node_sun_k + self.peak_above_k, sun_level)
        alone = array_w >= self.load_w(sun_level, heater_w, hottest_k)
        shallow = (drawn <= self[Field.DEPTH_LIMIT] * self.capacity_wh) & (shade_w <= self.rate_w * one_way)
        within = (refill >= MARGIN * drawn) & (shallow | ~compute_in_shade)
        return np.where(shade_h > 0.0, within, array_w >= sun_w) & alone

    def allowed(self) -> tuple[Doubles, Doubles]:
        """Greatest levels in sunlight and shade that array, battery, links and customers allow."""
        top = np.minimum(np.minimum(self[Field.CHIP_HEALTH], self[Field.NETWORK_CAP]), self[Field.DEMAND_CAP])
        top = np.where(self.working & (self.bus_shares()[0] >= 1.0 - 1e-9), top, 0.0)
        policy = self[Field.POLICY]
        follow, ride = policy == Policy.FOLLOW_THE_SUN, policy == Policy.RIDE_THROUGH
        even = self._greatest(top, lambda x: self.carries(x, np.where(follow, 0.0, x), ~follow))
        sun = self._greatest(top, lambda x: self.carries(x, np.minimum(even, x), np.zeros(len(top), bool)))
        return np.where(ride, sun, even), np.where(follow, 0.0, even)

    def _greatest(self, top: Doubles, holds: Callable[[Doubles], Flags]) -> Doubles:
        """The greatest level from 0 to `top` that holds, by bisection."""
        low, high = np.zeros(len(top)), top.copy()
        for _ in range(_HALVINGS):
            middle = 0.5 * (low + high)
            good = holds(middle)
            low, high = np.where(good, middle, low), np.where(good, high, middle)
        return np.where(holds(top), top, low)

    def tight(self, shade_level: Doubles, least_w: Doubles) -> Flags:
        """Whether refilling takes nine tenths or more of a sunlit arc if all of it were as its worst moment.

        Args:
            shade_level: of compute.
            least_w: the least that an array has had to spare of late.
        """
        shade_w = self.load_w(
            shade_level, self.heater_shade_w, self.junction_k(self.node_shade_k, shade_level)
        )
        one_way = self[Field.ONE_WAY_EFFICIENCY]
        needs: Flags = shade_w * self.shade_h / one_way >= 0.9 * least_w * one_way * self.sun_h
        return needs

    # --- what bus and heater get ---------------------------------------------------------------------

    def bus_shares(self) -> tuple[Doubles, Doubles]:
        """Shares of the bare bus load that an orbit can pay for in sunlight and in shade, by bisection."""
        nothing = np.zeros(len(self.rows))
        bare_w = self.load_w(nothing, nothing, self.node_sun_k)
        one_way, shade_h, sun_h = self[Field.ONE_WAY_EFFICIENCY], self.shade_h, self.sun_h
        array_w = self.array_w

        def pays(share: Doubles) -> Flags:
            drawn = share * bare_w * shade_h / one_way
            return ((array_w - share * bare_w) * one_way * sun_h >= drawn) & (array_w >= share * bare_w)

        def gives(share: Doubles) -> Flags:
            drawn = share * bare_w * shade_h / one_way
            within = drawn <= np.minimum((1.0 - EMERGENCY_CHARGE) * self.capacity_wh, self.rate_w * sun_h)
            return within & (share * bare_w <= self.rate_w * one_way) | (shade_h <= 0.0)

        sun = self._greatest(np.ones(len(nothing)), pays)
        return sun, np.minimum(sun, self._greatest(np.ones(len(nothing)), gives))

    def heaters(
        self, levels: tuple[Doubles, Doubles], shares: tuple[Doubles, Doubles], heated_w: Doubles
    ) -> tuple[Doubles, Doubles, Doubles]:
        """What bus and compute leave of an orbit for the heater.

        Args:
            levels: of compute in sunlight and in shade.
            shares: what the bus gets in sunlight and in shade.
            heated_w: what the heater has taken of late in sunlight.

        Returns:
            Greatest power (W) in sunlight and in shade, and energy (J) in shade.
        """
        sun_level, shade_level = levels
        one_way, shade_h, sun_h = self[Field.ONE_WAY_EFFICIENCY], self.shade_h, self.sun_h
        per_w = 1.0 / (self[Field.PMAD_EFFICIENCY] - self[Field.PUMP_FRACTION])
        nothing = np.zeros(len(self.rows))
        sun_w = shares[0] * self.load_w(sun_level, nothing, self.junction_k(self.node_sun_k, sun_level))
        shade_k = self.junction_k(self.node_shade_k, shade_level)
        shade_w = shares[1] * self.load_w(shade_level, nothing, shade_k)
        hours = np.where(shade_h > 0.0, shade_h, 1.0)
        ratio = one_way**2 * sun_h / hours
        left_wh = (1.0 - EMERGENCY_CHARGE) * self.capacity_wh
        given_w = np.minimum(np.minimum(left_wh, self.rate_w * sun_h) / hours, self.rate_w) * one_way
        back_w = np.minimum(given_w, ratio * (self.array_w - sun_w)) - shade_w
        back_w = np.where(shade_h > 0.0, np.maximum(back_w, 0.0), 0.0)
        kept_w = np.minimum(per_w * self.heater_shade_w, back_w)
        kept_w = np.where(shade_h > 0.0, (shade_w + kept_w) / ratio, 0.0)
        most_w = np.maximum(self.array_w - sun_w - kept_w, 0.0)
        rest_w = self.array_w - sun_w - np.minimum(per_w * heated_w, most_w)
        shade_most_w = np.minimum(back_w, np.maximum(ratio * rest_w - shade_w, 0.0))
        whole = np.where(shares[0] >= 1.0 - 1e-9, 1.0 / per_w, 0.0)
        dim_w = np.maximum(self.rate_w * one_way - shade_w, 0.0)
        return most_w * whole, dim_w * whole, shade_most_w * shade_h * 3600.0 * whole


def craft_of(
    rows: Doubles,
    after: Doubles,
    sky: Sky,
    day: int,
    heater_w: tuple[Doubles, Doubles],
    node_k: tuple[Doubles, Doubles, Doubles],
    cold_by_k: Doubles,
    denser: float = 1.0,
) -> Craft:
    """The satellites of a day.

    Args:
        rows: `(n, FIELDS)` at 00:00 UTC.
        after: the same a day later, for whether they were in service.
        sky: geometry of the day.
        day: since 2000-01-01.
        heater_w: what heaters took the day before in sunlight and in shade.
        node_k: how warm radiators have been of late in sunlight and in shade, and at most above the first.
        cold_by_k: how far the loop was colder yesterday than its heater should keep it.
        denser: how many times as dense a solar storm makes the air.
    """
    working = (after[:, Field.STATUS] == Status.SERVICE) & (rows[:, Field.ALIVE_COUNT] > 0.5)
    thruster_w = rows[:, Field.THRUSTER_W] * np.array(
        [_thrust_share(row, sky, at, day, denser) for at, row in enumerate(rows)]
    )
    worn = np.clip((day - rows[:, Field.LAUNCH_DAY]) / JULIAN_YEAR_DAYS / _AGED_YEARS, 0.0, 1.0)
    left = rows[:, Field.RADIATING_SHARE]
    emitting, emitting_aged = rows[:, Field.RADIATING_M2], rows[:, Field.RADIATING_AGED_M2]
    sunlit, sunlit_aged = rows[:, Field.ABSORBING_M2], rows[:, Field.ABSORBING_AGED_M2]
    return Craft(
        rows,
        sky,
        working,
        thruster_w,
        left * (emitting + worn * (emitting_aged - emitting)),
        left * (sunlit + worn * (sunlit_aged - sunlit)),
        *heater_w,
        *node_k,
        cold_by_k,
    )


def _thrust_share(row: Doubles, sky: Sky, at: int, day: int, denser: float) -> float:
    """Share of the day for which thrusters burn to hold the altitude and to steer clear of others."""
    if row[Field.KEEPING] < 0.5 or row[Field.PROPELLANT_KG] <= 0.0:
        return 0.0
    raan = row[Field.RAAN_RAD] + sky.node_rate[at] * NOON_S
    sun = 0.5 * (sky.sun_from + sky.sun_to)
    sideways = row[Field.SIN_INCLINATION] * (math.sin(raan) * sun[0] - math.cos(raan) * sun[1])
    sin_beta = float(sideways + row[Field.COS_INCLINATION] * sun[2])
    mass_kg = row[Field.DRY_MASS_KG] + row[Field.PROPELLANT_KG]
    area_m2 = (
        row[Field.BODY_DRAG_M2]
        + row[Field.ARRAY_DRAG_FIXED_M2]
        + row[Field.ARRAY_DRAG_PER_COS_M2] * math.sqrt(max(1.0 - sin_beta**2, 0.0))
        + row[Field.RADIATOR_DRAG_M2] * wind_share(sin_beta)
    )
    altitude_km = float(row[Field.ALTITUDE_KM])
    density = denser * air_density_kg_m3(altitude_km, solar_activity_sfu(float(day)))
    slowing = drag_acceleration_m_s2(density, altitude_km, float(mass_kg / (DRAG_COEFFICIENT * area_m2)))
    aside = row[Field.AVOIDANCE_M_S_PER_DAY] / DAY_S
    return float(min((slowing + aside) * mass_kg / row[Field.THRUST_N], 1.0))
