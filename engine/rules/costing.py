"""What a watt of computing costs, in orbit and on the ground, within one cost boundary and by one method.

`energy` holds what stands behind a socket: electricity on the ground; array, battery and their launch in
orbit. `facility` holds all but the chips, `tco` everything. Capital is recovered with interest, always.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from types import MappingProxyType
from typing import Literal, TypeAlias

from engine.events import day_of
from engine.formulas.levelised import (
    break_even_launch_price_usd_per_kg,
    cost_path,
    ground_power_usd_per_w_year,
    lifted_kg_per_w_year,
    orbit_hardware_usd_per_w_year,
    orbit_power_usd_per_w_year,
    straight_path,
)
from engine.model.catalogue import Catalogue, Outlook, Region
from engine.units import JULIAN_YEAR_DAYS

Boundary: TypeAlias = Literal["energy", "facility", "tco"]

BOUNDARIES: MappingProxyType[Boundary, str] = MappingProxyType(
    {
        "energy": "energy only: electricity against array, battery and their launch",
        "facility": "facility: all but the chips",
        "tco": "total cost of ownership: chips included",
    }
)
"""Each cost boundary and what it holds."""


@dataclass(frozen=True, slots=True)
class GroundCost:
    """Inputs of `ground_power_cost` for a region and a boundary."""

    electricity_usd_per_mwh: float
    pue: float
    facility_usd_per_w: float
    facility_years: float
    chip_usd_per_w: float
    chip_years: float
    rate: float
    upkeep_per_year: float
    level: float

    @classmethod
    def of(cls, catalogue: Catalogue, region: Region, boundary: Boundary = "tco") -> GroundCost:
        """A region as the catalogue has it."""
        outlook = catalogue.outlook
        return cls(
            electricity_usd_per_mwh=region.electricity_usd_per_mwh.nominal,
            pue=region.pue.nominal,
            facility_usd_per_w=0.0 if boundary == "energy" else region.facility_usd_per_w.nominal,
            facility_years=outlook.facility_years.nominal,
            chip_usd_per_w=outlook.chip_usd_per_w.nominal if boundary == "tco" else 0.0,
            chip_years=outlook.chip_years.nominal,
            rate=outlook.ground_rate.nominal,
            upkeep_per_year=outlook.facility_upkeep_per_year.nominal,
            level=outlook.ground_level.nominal,
        )

    @property
    def inputs(self) -> dict[str, float]:
        """By the names of the formula."""
        return asdict(self)

    @property
    def usd_per_w_year(self) -> float:
        """Levelised cost of a watt at work, a year."""
        return ground_power_usd_per_w_year(**self.inputs)


@dataclass(frozen=True, slots=True)
class OrbitCost:
    """Inputs of `orbit_power_cost`: what a watt of computing in orbit is made of, everything included.

    `power_cost_share` and `power_mass_share` are what array and battery are of a satellite without chips.
    """

    satellite_usd_per_w: float
    mass_kg_kw: float
    launch_usd_per_kg: float
    satellite_years: float
    chip_usd_per_w: float
    chip_mass_kg_kw: float
    chip_years: float
    rate: float
    failure_rate_per_year: float
    upkeep_per_year: float
    level: float
    power_cost_share: float
    power_mass_share: float

    @classmethod
    def foreseen(cls, catalogue: Catalogue, years: float) -> OrbitCost:
        """A builder of many satellites, so many years after the outlook's reference date."""
        now = catalogue.outlook
        first = cls(
            satellite_usd_per_w=now.satellite_usd_per_w.nominal,
            mass_kg_kw=now.mass_kg_kw.nominal,
            launch_usd_per_kg=now.launch_usd_per_kg.nominal,
            satellite_years=now.satellite_years.nominal,
            chip_usd_per_w=now.chip_usd_per_w.nominal,
            chip_mass_kg_kw=now.chip_mass_kg_kw.nominal,
            chip_years=now.chip_years.nominal,
            rate=now.orbit_rate_now.nominal,
            failure_rate_per_year=now.failures_now_per_year.nominal,
            upkeep_per_year=catalogue.economy.operations_per_year.nominal,
            level=now.orbit_level.nominal,
            power_cost_share=now.power_cost_share.nominal,
            power_mass_share=now.power_mass_share.nominal,
        )
        return first.later(now, 0.0, years)

    def later(self, outlook: Outlook, begin: float, years: float) -> OrbitCost:
        """The same builder `years` after a start that lies `begin` years after the outlook's reference date.

        What falls goes on falling from here, to the outlook's floor, or stays if it is below already.
        Rate and failures keep their distance from the outlook's path, in proportion.
        """

        def fallen(name: str, stem: str, unit: str) -> float:
            now = float(getattr(self, name))
            floor = float(getattr(outlook, f"{stem}_floor_{unit}").nominal)
            change = float(getattr(outlook, f"{stem}_change_per_year").nominal)
            return cost_path(now, change, years, min(now, floor))

        def moved(now: float, first: float, last: float) -> float:
            span = outlook.learning_years.nominal
            before = straight_path(first, last, span, max(0.0, begin))
            return now * straight_path(first, last, span, max(0.0, begin + years)) / before

        serviced = (day_of(outlook.serviced_from) - day_of(outlook.reference_date)) / JULIAN_YEAR_DAYS
        is_new = begin < serviced <= begin + years
        rates = outlook.orbit_rate_now.nominal, outlook.orbit_rate_later.nominal
        failures = outlook.failures_now_per_year.nominal, outlook.failures_later_per_year.nominal
        return replace(
            self,
            satellite_usd_per_w=fallen("satellite_usd_per_w", "satellite", "usd_per_w"),
            mass_kg_kw=fallen("mass_kg_kw", "mass", "kg_kw"),
            launch_usd_per_kg=fallen("launch_usd_per_kg", "launch", "usd_per_kg"),
            satellite_years=outlook.serviced_years.nominal if is_new else self.satellite_years,
            rate=moved(self.rate, *rates),
            failure_rate_per_year=moved(self.failure_rate_per_year, *failures),
        )

    def within(self, boundary: Boundary) -> OrbitCost:
        """What of it lies within a boundary."""
        if boundary == "tco":
            return self
        bare = replace(self, chip_usd_per_w=0.0, chip_mass_kg_kw=0.0)
        if boundary == "facility":
            return bare
        return replace(
            bare,
            satellite_usd_per_w=self.satellite_usd_per_w * self.power_cost_share,
            mass_kg_kw=self.mass_kg_kw * self.power_mass_share,
        )

    @property
    def inputs(self) -> dict[str, float]:
        """By the names of the formula."""
        known = asdict(self)
        del known["power_cost_share"], known["power_mass_share"]
        return known

    @property
    def usd_per_w_year(self) -> float:
        """Levelised cost of a watt at work, a year."""
        return orbit_power_usd_per_w_year(**self.inputs)

    @property
    def hardware_usd_per_w_year(self) -> float:
        """The part of it that launch has no hand in, before the share of the year at work."""
        return orbit_hardware_usd_per_w_year(
            self.satellite_usd_per_w,
            self.satellite_years,
            self.chip_usd_per_w,
            self.chip_years,
            self.rate,
            self.failure_rate_per_year,
            self.upkeep_per_year,
        )

    @property
    def lifted_kg_per_w_year(self) -> float:
        """Mass whose launch a watt pays for in a year."""
        return lifted_kg_per_w_year(
            self.mass_kg_kw,
            self.satellite_years,
            self.chip_mass_kg_kw,
            self.chip_years,
            self.rate,
            self.failure_rate_per_year,
        )

    def break_even_usd_per_kg(self, ground_usd_per_w_year: float) -> float:
        """The launch price at which it costs what the ground does; below 0 if none is low enough."""
        return break_even_launch_price_usd_per_kg(
            ground_usd_per_w_year, self.hardware_usd_per_w_year, self.lifted_kg_per_w_year, self.level
        )


def chip_w_per_pflops(catalogue: Catalogue, day: float) -> float:
    """Power of a PFLOP/s in new equipment on the ground, on a day."""
    outlook = catalogue.outlook
    years = max(0.0, (day - day_of(outlook.reference_date)) / JULIAN_YEAR_DAYS)
    change = outlook.chip_power_change_per_year.nominal
    return cost_path(outlook.chip_w_per_pflops.nominal, change, years)
