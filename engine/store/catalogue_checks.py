"""What no entry tells alone: references that lead nowhere, units that belie names, figures out of range."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from engine.errors import CatalogueError
from engine.model.base import Frozen
from engine.model.catalogue import Catalogue, Closure, CycleLife, LaunchSite, Outlook, Preset, Vehicle
from engine.model.happening import CloseSite, GroundVehicle, Happening
from engine.model.quantity import Provenance, Quantity
from engine.store.company_checks import check_companies
from engine.store.toml_text import Place, suggestion
from engine.units import PURE, unit_of

NAME_LIMITS: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "failure_scale": (0.0, 100.0),
        "price_change_per_year": (-0.9, 2.0),
        "in_space_change_per_year": (-0.9, 2.0),
        "launch_change_per_year": (-0.9, 2.0),
        "satellite_change_per_year": (-0.9, 2.0),
        "mass_change_per_year": (-0.9, 2.0),
        "chip_power_change_per_year": (-0.9, 2.0),
        "pue": (1.0, 3.0),
        "price_exponent": (0.0, 5.0),
        "price_most": (1.0, 20.0),
        "temperature_coefficient_per_k": (-0.02, 0.02),
        "pmad_efficiency": (0.5, 1.0),
        "pump_fraction": (0.0, 0.3),
        "lat_deg": (-90.0, 90.0),
        "lon_deg": (-180.0, 180.0),
    }
)
"""Lowest and highest value of quantities whose unit alone does not say."""

UNIT_LIMITS: Mapping[str, tuple[float, float]] = MappingProxyType(
    {PURE: (0.0, 1.0), "deg": (0.0, 180.0), "K": (1.0, 2000.0)}
)

MAY_BE_ZERO = frozenset(
    {PURE, "1/year", "1/K", "deg", "USD", "USD/kg", "USD/year", "day", "bit/FLOP", "L/kWh"}
)
"""Units whose quantities may be nothing at all; all others divide or multiply something that must exist."""

NEVER_ZERO = frozenset({"efficiency", "emissivity", "fin_efficiency", "packing", "round_trip_efficiency"})

DESIGN_REFERENCES = MappingProxyType(
    {
        "bus": "buses",
        "accelerator": "accelerators",
        "array": "arrays",
        "battery": "batteries",
        "radiator": "radiators",
        "thruster": "thrusters",
    }
)
"""Keys of a design to the table each refers to."""


def check_catalogue(catalogue: Catalogue) -> None:
    """Follows every reference and holds every figure against its name.

    Raises:
        CatalogueError: names file, table, key and mend of the first fault.
    """
    for place, entry in _all_entries(catalogue):
        for name, value in entry:
            if isinstance(value, Provenance):
                _check_provenance(catalogue, place.at(name), name, value)
        if isinstance(entry, Vehicle):
            _check_vehicle(catalogue, place, entry)
        elif isinstance(entry, LaunchSite):
            _check_corridors(place, entry)
        elif isinstance(entry, Preset):
            _check_design(catalogue, place.at("design"), entry)
        elif isinstance(entry, Outlook):
            _check_outlook(catalogue, place, entry)
        elif isinstance(entry, Happening):
            _check_effects(catalogue, place, entry)
    check_companies(catalogue, _check_provenance)


def _all_entries(catalogue: Catalogue) -> Iterator[tuple[Place, Frozen]]:
    for table, entries in catalogue:
        if isinstance(entries, dict) and table != "companies":
            for entry_id, entry in entries.items():
                yield Place(f"{table}.toml", entry_id), entry
    yield Place("economy.toml"), catalogue.economy
    yield Place("outlook.toml"), catalogue.outlook


def _refer(table: Mapping[str, Any], wanted: str, place: Place, name: str) -> None:
    if wanted not in table:
        raise CatalogueError(f"{name} has no entry {wanted}", str(place), suggestion(wanted, table))


def _check_provenance(catalogue: Catalogue, place: Place, name: str, value: Provenance) -> None:
    for source in value.source:
        _refer(catalogue.sources, source, place.at("source"), "sources.toml")
    if isinstance(value, Quantity):
        _check_quantity(place, name, value)
    elif isinstance(value, Closure):
        _check_closure(place, value)
    elif isinstance(value, CycleLife):
        _check_cycles(place, value)


def _check_quantity(place: Place, name: str, value: Quantity) -> None:
    unit = unit_of(name)
    if value.unit != unit:
        mend = f'Give the value in {unit} and write unit = "{unit}".'
        raise CatalogueError(f'is "{value.unit}", and the name promises {unit}', str(place.at("unit")), mend)
    least, most = NAME_LIMITS.get(name) or UNIT_LIMITS.get(unit, (0.0, 1e15))
    for key, number in (("low", value.low), ("nominal", value.nominal), ("high", value.high)):
        if number is not None and not least <= number <= most:
            mend = f"It must lie between {least:g} and {most:g} {unit}."
            raise CatalogueError(f"is {number:g}", str(place.at(key)), mend)
    if value.nominal == 0.0 and (unit not in MAY_BE_ZERO or name in NEVER_ZERO):
        raise CatalogueError("is 0", str(place.at("nominal")), "It must be more than nothing.")


def _check_closure(place: Place, closure: Closure) -> None:
    days = (closure.since, closure.earliest, closure.expected, closure.latest)
    if list(days) != sorted(days):
        mend = "Put since, earliest, expected and latest in this order."
        raise CatalogueError("has its dates out of order", str(place), mend)


def _check_cycles(place: Place, life: CycleLife) -> None:
    depth, cycles = life.depth_of_discharge, life.cycles
    if len(depth) != len(cycles):
        what = f"has {len(cycles)} values for {len(depth)} depths"
        raise CatalogueError(what, str(place.at("cycles")), "Give one for each depth.")
    if not all(0.0 < shallow < deep <= 1.0 for shallow, deep in pairwise(depth)):
        mend = "Let the depths rise, each above 0 and at most 1."
        raise CatalogueError("does not rise", str(place.at("depth_of_discharge")), mend)
    if not all(many > few > 0.0 for many, few in pairwise(cycles)):
        raise CatalogueError("does not fall", str(place.at("cycles")), "Let the cycles fall with depth.")


def _check_vehicle(catalogue: Catalogue, place: Place, vehicle: Vehicle) -> None:
    for site in vehicle.sites:
        _refer(catalogue.launch_sites, site, place.at("sites"), "launch_sites.toml")
    if vehicle.retired_from is not None and vehicle.retired_from <= vehicle.available_from:
        mend = f"Give a day after available_from, {vehicle.available_from}."
        raise CatalogueError(f"is {vehicle.retired_from}", str(place.at("retired_from")), mend)


def _check_corridors(place: Place, site: LaunchSite) -> None:
    for low, high in site.inclinations_deg:
        if not 0.0 <= low <= high <= 180.0:
            mend = "Give ranges as [lowest, highest], between 0 and 180."
            raise CatalogueError(
                f"has the range {low:g} to {high:g}", str(place.at("inclinations_deg")), mend
            )


def _check_design(catalogue: Catalogue, place: Place, preset: Preset) -> None:
    design = preset.design
    for key, table in DESIGN_REFERENCES.items():
        _refer(getattr(catalogue, table), getattr(design, key), place.at(key), f"{table}.toml")
    for fit in design.links:
        _refer(catalogue.links, fit.link, place.at("links"), "links.toml")
    faces = catalogue.radiators[design.radiator].max_faces
    if design.radiator_faces > faces:
        what = f"is {design.radiator_faces}, and {design.radiator} has {faces}"
        raise CatalogueError(what, str(place.at("radiator_faces")), f"Write {faces}.")


def _check_outlook(catalogue: Catalogue, place: Place, outlook: Outlook) -> None:
    for region in outlook.benchmarks:
        _refer(catalogue.regions, region, place.at("benchmarks"), "regions.toml")
    for workload in outlook.in_space:
        _refer(catalogue.workloads, workload, place.at("in_space"), "workloads.toml")


def _check_effects(catalogue: Catalogue, place: Place, happening: Happening) -> None:
    for number, effect in enumerate(happening.effects):
        within = place.at("effects", number)
        if isinstance(effect, CloseSite):
            table, names = "launch_sites", effect.sites
        elif isinstance(effect, GroundVehicle):
            table, names = "vehicles", effect.vehicles
        else:
            table = "vehicles" if effect.on.startswith("launch") else "workloads"
            names = effect.of
        for name in names:
            _refer(getattr(catalogue, table), name, within, f"{table}.toml")
