"""The catalogue entries a design refers to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from engine.errors import OrderError
from engine.model.catalogue import (
    Accelerator,
    Battery,
    Bus,
    Catalogue,
    Link,
    Radiator,
    SolarArray,
    Thruster,
)
from engine.model.design import Design
from engine.rules.words import did_you_mean

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Parts:
    """The catalogue entries that a design refers to."""

    bus: Bus
    accelerator: Accelerator
    array: SolarArray
    battery: Battery
    radiator: Radiator
    thruster: Thruster
    links: tuple[tuple[Link, int], ...]


def part_of(table: Mapping[str, T], part_id: str, field: str) -> T:
    """The entry a design's field names; an `OrderError` with the nearest ids if there is none."""
    entry = table.get(part_id)
    if entry is None:
        raise OrderError(
            f"the catalogue has no {part_id}",
            f"design.{field}",
            did_you_mean(part_id, table, "The table is empty."),
        )
    return entry


def resolve(design: Design, catalogue: Catalogue) -> Parts:
    """Looks up every part of a design.

    Raises:
        OrderError: a reference leads nowhere.
    """
    return Parts(
        bus=part_of(catalogue.buses, design.bus, "bus"),
        accelerator=part_of(catalogue.accelerators, design.accelerator, "accelerator"),
        array=part_of(catalogue.arrays, design.array, "array"),
        battery=part_of(catalogue.batteries, design.battery, "battery"),
        radiator=part_of(catalogue.radiators, design.radiator, "radiator"),
        thruster=part_of(catalogue.thrusters, design.thruster, "thruster"),
        links=tuple((part_of(catalogue.links, fit.link, "links"), fit.count) for fit in design.links),
    )
