"""The last day that a batch flew, with the inputs as they were before the day changed them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from engine.events import date_of
from engine.formulas.battery import cycle_damage
from engine.formulas.flight import radiator_absorbed_w_m2
from engine.formulas.orbit import node_rate_rad_s
from engine.formulas.sun import sun_flux_w_m2
from engine.formulas.thermal import coating_value
from engine.kernels.layout import Field
from engine.kernels.storm import storms
from engine.rules.budgets import budget_of
from engine.rules.levers import lever
from engine.units import DAY_S, EARTH_RADIUS_KM, JULIAN_YEAR_DAYS, MU_KM3_S2

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from engine.model.budget import DesignBudget
    from engine.model.catalogue import Catalogue
    from engine.model.design import Design
from engine.state import CampaignState

__all__ = ["FlownDay", "flown_day"]

_LEAST_DEPTH = 0.001


@dataclass(frozen=True)
class FlownDay:
    """One batch on the last day that passed.

    The state holds altitude, node and wear as the day left them; here they are as the day began or had its
    noon, which is what the figures of that day follow from.
    """

    row: NDArray[np.float64]
    day: int
    design: Design
    craft: DesignBudget
    catalogue: Catalogue
    seed: int
    storms: float = 1.0

    def __getitem__(self, field: Field) -> float:
        return float(self.row[field])

    @cached_property
    def noon(self) -> str:
        """The middle of that day, as an ISO date and time."""
        return f"{date_of(self.day).isoformat()}T12:00"

    @cached_property
    def altitude_km(self) -> float:
        """Altitude of that day, from its period."""
        motion = 2.0 * math.pi / self[Field.PERIOD_S]
        return float(np.cbrt(MU_KM3_S2 / (motion * motion))) - EARTH_RADIUS_KM

    @cached_property
    def inclination_deg(self) -> float:
        """Inclination of the plane."""
        return math.degrees(self[Field.INCLINATION_RAD])

    @cached_property
    def raan_deg(self) -> float:
        """Node of the plane at noon."""
        rate = node_rate_rad_s(self.altitude_km, self[Field.COS_INCLINATION])
        return math.degrees(self[Field.RAAN_RAD] - 0.5 * DAY_S * rate) % 360.0

    @cached_property
    def beta_deg(self) -> float:
        """Angle of Sun and plane."""
        return math.degrees(math.asin(max(-1.0, min(1.0, self[Field.SIN_BETA]))))

    @cached_property
    def shade(self) -> float:
        """Share of the orbit in shadow."""
        return self[Field.ECLIPSE_FRACTION]

    @cached_property
    def shade_min(self) -> float:
        """Minutes of each orbit in shadow."""
        return self.shade * self[Field.PERIOD_S] / 60.0

    @cached_property
    def array_health(self) -> float:
        """Share of its first power that the array still gave as the day began."""
        return self[Field.ARRAY_HEALTH] / (1.0 - self[Field.ARRAY_WEAR_PER_DAY])

    @cached_property
    def depth(self) -> float:
        """How far each orbit emptied the battery."""
        return 1.0 - self[Field.SOC_MIN]

    @cached_property
    def at_rhythm(self) -> bool:
        """Whether each orbit ended as the day did: full at sunset, lowest at sunrise, no blackout."""
        rest = self[Field.CHARGE_WH] / 1000.0 / self.capacity_kwh
        full = self[Field.SOC_MAX] > 1.0 - 1e-9 and self[Field.SERVED_SHARE] >= 1.0
        return full and abs(rest - self[Field.SOC_MIN]) < 1e-9

    @cached_property
    def capacity_kwh(self) -> float:
        """What the battery held as the day began, before the day's wear."""
        cycled = self.depth > _LEAST_DEPTH
        damage = cycle_damage(self.depth, self[Field.CYCLE_DAMAGE_FULL], self[Field.CYCLE_EXPONENT])
        worn = damage * DAY_S / self[Field.PERIOD_S] if cycled else 0.0
        health = (self[Field.BATTERY_HEALTH] + worn) / (1.0 - self[Field.CALENDAR_FADE_PER_DAY])
        return self[Field.CAPACITY_WH] * health / 1000.0

    @cached_property
    def bright(self) -> bool:
        """Whether no part of the day was spent in a blackout."""
        return self[Field.SERVED_SHARE] >= 1.0

    @cached_property
    def charge_begin_kwh(self) -> float:
        """Charge of one satellite at the first sunrise of the day."""
        gained_kwh = self[Field.DAY_STORED_KWH] / self.satellites
        return self[Field.CHARGE_WH] / 1000.0 - gained_kwh

    @cached_property
    def worn_kwh(self) -> float:
        """Charge of all satellites that the cells, worn by the day before, no longer held."""
        worn_kwh = self.satellites * max(self.charge_begin_kwh - self.capacity_kwh, 0.0)
        lost_kwh = -self[Field.DAY_STORED_KWH]  # of cells that only wear, the same up to rounding
        return lost_kwh if math.isclose(worn_kwh, lost_kwh, rel_tol=1e-9) else worn_kwh

    @cached_property
    def load_w(self) -> float:
        """Load at the array's side, mean over the orbit."""
        return self[Field.LOAD_SUN_W] * (1.0 - self.shade) + self[Field.LOAD_SHADE_W] * self.shade

    @cached_property
    def level(self) -> float:
        """Level of compute, mean over the orbit."""
        return self[Field.LEVEL_SUN] * (1.0 - self.shade) + self[Field.LEVEL_SHADE] * self.shade

    @cached_property
    def chips_w(self) -> float:
        """Power into the chips of one satellite, mean over the orbit."""
        return self[Field.CHIPS_SUN_W] * (1.0 - self.shade) + self[Field.CHIPS_SHADE_W] * self.shade

    @cached_property
    def sent_w(self) -> float:
        """Power that leaves without becoming heat: light, radio, and the jets of the thrusters.

        The power of the thrusters is what the load leaves beside all other consumers.
        """
        pump, output_w = self[Field.PUMP_FRACTION], self[Field.OUTPUT_W]
        heater_w = self[Field.HEATER_SUN_W] * (1.0 - self.shade) + self[Field.HEATER_SHADE_W] * self.shade
        known_w = self[Field.FIXED_LOAD_W] + heater_w + self.chips_w
        bus_w = self.load_w * (self[Field.PMAD_EFFICIENCY] - pump) + pump * output_w
        return output_w + max(bus_w - known_w, 0.0) / (1.0 - pump)

    @cached_property
    def storm_factor(self) -> float:
        """Upsets of that day over those of a calm one."""
        ((protons_cm2_s, _),) = storms(self.seed % (1 << 63), self.day, self.day + 1, self.storms)
        return 1.0 + self[Field.STORM_UPSETS] * protons_cm2_s

    @cached_property
    def stop_s(self) -> float:
        """What a stop for the shade cost each orbit; none where work went on."""
        idle = self[Field.LEVEL_SHADE] <= 0.0 and self.shade > 0.0
        return self[Field.STOP_S] if idle else 0.0

    @cached_property
    def calm_loss(self) -> float:
        """Loss to steering clear of that day; the state may hold that of a new quarter already."""
        if not 0.0 < self[Field.GOODPUT] < 1.0:
            return self[Field.CALM_LOSS]
        lost = self[Field.UPSET_LOSS] * self.storm_factor + self.stop_s / self.sunlit_s
        return max(1.0 - self[Field.GOODPUT] - lost, 0.0)

    @cached_property
    def sunlit_s(self) -> float:
        """Sunlit part of each orbit."""
        return self[Field.PERIOD_S] * (1.0 - self.shade)

    @cached_property
    def satellites(self) -> float:
        """Satellites that flew that day: those alive now, and those lost in it."""
        alive = self[Field.ALIVE_COUNT]
        if self[Field.ARRAY_POWER_W] > 0.0 and self.shade < 1.0:
            made = self[Field.DAY_GENERATED_KWH] / (0.024 * self[Field.ARRAY_POWER_W] * (1.0 - self.shade))
            return float(max(alive, round(made)))
        return alive

    @cached_property
    def panel_m2(self) -> float:
        """Radiator panel that works, one side: area that has coolant times the efficiency of its fins."""
        new = self.catalogue.radiators[self.design.radiator].emissivity.nominal
        whole = self[Field.RADIATING_M2] / (new * self[Field.RADIATOR_FACES])
        return whole * self[Field.RADIATING_SHARE]

    @cached_property
    def age_years(self) -> float:
        """Time in orbit."""
        return max(self.day - self[Field.LAUNCH_DAY], 0.0) / JULIAN_YEAR_DAYS

    @cached_property
    def emissivity(self) -> float:
        """Of the radiator, as its coating is by now."""
        radiator = self.catalogue.radiators[self.design.radiator]
        return coating_value(radiator.emissivity.nominal, radiator.emissivity_aged.nominal, self.age_years)

    @cached_property
    def absorptivity(self) -> float:
        """Of the radiator for sunlight, as its coating is by now."""
        radiator = self.catalogue.radiators[self.design.radiator]
        new, aged = radiator.absorptivity.nominal, radiator.absorptivity_aged.nominal
        return coating_value(new, aged, self.age_years)

    @cached_property
    def absorbed_w_m2(self) -> float:
        """Heat that each face of the radiator takes up from Earth and Sun, mean over the orbit."""
        return radiator_absorbed_w_m2(
            self.emissivity,
            self.absorptivity,
            self[Field.INFRARED_VIEW],
            sun_flux_w_m2(float(self.day)),  # days since noon of 1 Jan 2000: the noon of that day
            self.beta_deg,
            self.shade,
            self[Field.RADIATOR_FACES],
        )

    @cached_property
    def mass_kg(self) -> float:
        """Mass of a satellite with what is left in its tanks."""
        return self[Field.DRY_MASS_KG] + self[Field.PROPELLANT_KG]


def flown_day(state: CampaignState, batch_index: int) -> FlownDay | None:
    """The last day of a batch; None before its first day, and once nothing of it flies.

    Args:
        state: the campaign.
        batch_index: row of the batch in the fleet.
    """
    row = state.fleet.row(batch_index)
    if not row[Field.PERIOD_S] > 0.0 or not row[Field.ALIVE_COUNT] > 0.0 or row[Field.ECLIPSE_FRACTION] < 0.0:
        return None
    design_id = tuple(state.designs)[int(state.names.design[batch_index])]
    design = state.designs[design_id]
    craft, often = budget_of(state, design_id), lever(state, "storms")
    return FlownDay(row, state.day - 1, design, craft, state.catalogue, state.seed, often)
