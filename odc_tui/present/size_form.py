"""What a satellite is to be sized for, as it stands in a form; the arguments of the search that follow."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from engine.model.orbit import Inclined, Orbit, SunSynchronous
from odc_tui.present import numbers
from odc_tui.present.forms import ChoiceRow, FormRow, NumberRow, Option, Value
from odc_tui.present.launch_orbits import ORBITS, OWN

if TYPE_CHECKING:
    from engine.state import CampaignState

__all__ = ["ANY", "SizeForm", "changed", "first_form", "form_rows"]

ANY = "any"
"""Key of the choice that leaves the compute unit to the search."""


@dataclass(frozen=True, slots=True)
class SizeForm:
    """What is asked for.

    Attributes:
        orbit: key of an orbit to begin with; altitude, local time and inclination may differ from it.
        accelerator: id of a compute unit, or `ANY`.
        level_percent: share of full compute to be carried to the last day.
    """

    workload: str
    vehicle: str
    orbit: str = "dawn-dusk-650"
    altitude_km: float = 650.0
    ltan_h: float = 18.0
    inclination_deg: float = 53.0
    accelerator: str = ANY
    life_years: float = 5.0
    level_percent: float = 90.0
    spread: Literal["ring", "cluster"] = "ring"

    @property
    def inclined(self) -> bool:
        """Whether the plane has an inclination instead of a local time."""
        return isinstance(ORBITS[self.orbit][2], Inclined)

    @property
    def place(self) -> Orbit:
        """The orbit asked for."""
        if self.inclined:
            return Inclined(altitude_km=self.altitude_km, inclination_deg=self.inclination_deg)
        return SunSynchronous(altitude_km=self.altitude_km, ltan_h=self.ltan_h)


def first_form(state: CampaignState) -> SizeForm:
    """What stands in the form to begin with: the first workload, the vehicle that lifts cheapest."""
    return SizeForm(_workloads(state)[0].key, _vehicles(state)[0].key)


def changed(form: SizeForm, key: str, value: Value) -> SizeForm:
    """The form with another value; an orbit to begin with brings its altitude and plane along."""
    changes: dict[str, Any] = {key: value}
    form = replace(form, **changes)
    if key != "orbit":
        return form
    orbit = ORBITS[form.orbit][2]
    if isinstance(orbit, Inclined):
        return replace(form, altitude_km=orbit.altitude_km, inclination_deg=orbit.inclination_deg)
    return replace(form, altitude_km=orbit.altitude_km, ltan_h=orbit.ltan_h)


def form_rows(form: SizeForm, state: CampaignState) -> tuple[FormRow, ...]:
    """The form, top to bottom."""
    orbits = tuple(Option(key, name, note) for key, (name, note, _) in ORBITS.items() if key != OWN)
    inclined = form.inclined
    return (
        ChoiceRow("workload", "Workload", form.workload, _workloads(state)),
        ChoiceRow("vehicle", "Launcher", form.vehicle, _vehicles(state)),
        ChoiceRow("accelerator", "Compute unit", form.accelerator, _accelerators(state)),
        ChoiceRow("orbit", "Orbit", form.orbit, orbits),
        NumberRow("altitude_km", "  altitude", "km", form.altitude_km, 300, 2000, 2000, 10, 0, 50),
        NumberRow("ltan_h", "  local time", "h", form.ltan_h, 0, 23.9, 23.9, 0.1, 1, 1, not inclined),
        NumberRow(
            "inclination_deg", "  inclination", "°", form.inclination_deg, 0, 180, 180, 0.5, 1, 5, inclined
        ),
        ChoiceRow("spread", "  formation", form.spread, _SPREADS),
        NumberRow("life_years", "Life", "years", form.life_years, 1, 15, 15, 0.5, 1, 1),
        NumberRow("level_percent", "Carries to the end", "%", form.level_percent, 10, 100, 100, 1, 0, 10),
    )


_SPREADS = (
    Option("ring", "ring", "a flight lies evenly around the plane"),
    Option("cluster", "cluster", "a flight stays close together"),
)


def _workloads(state: CampaignState) -> tuple[Option, ...]:
    return tuple(Option(key, one.name) for key, one in state.catalogue.workloads.items())


def _vehicles(state: CampaignState) -> tuple[Option, ...]:
    """Vehicles of the catalogue, those first that lift a kilogram for the least."""
    found = []
    for key, one in state.catalogue.vehicles.items():
        usd_per_kg = one.price_usd.nominal / one.payload_ref_kg.nominal
        note = f"{numbers.money(one.price_usd.nominal)} a flight"
        flies = one.available_from <= state.date and (
            one.retired_from is None or state.date < one.retired_from
        )
        found.append(((not flies, usd_per_kg), Option(key, one.name, note if flies else f"{note}, not yet")))
    return tuple(option for _, option in sorted(found, key=lambda pair: pair[0]))


def _accelerators(state: CampaignState) -> tuple[Option, ...]:
    any_one = Option(ANY, "the best on sale", "every unit that can be bought is tried")
    known = [
        Option(key, one.name, f"{numbers.power(one.power_w.nominal)}, {numbers.money(one.price_usd.nominal)}")
        for key, one in state.catalogue.accelerators.items()
        if one.available_from <= state.date
    ]
    return (any_one, *known)
