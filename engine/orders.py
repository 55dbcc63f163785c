"""The closed union of what a player can do. Plain values only, so that every order is a few lines of TOML."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from engine.model.base import Frozen, Slug
from engine.model.design import Design, LoadPolicy
from engine.model.orbit import Orbit

Share = Annotated[float, Field(ge=0, le=1)]


class Selection(Frozen):
    """Which batches an order is for; empty fields do not restrict, so an empty selection is the whole fleet.

    Attributes:
        batches: batch ids such as `L3` or `L3.2`.
        design: only batches of this design.
        orbit_altitude_km: only batches within 25 km of this altitude.
    """

    batches: tuple[str, ...] = ()
    design: Slug | None = None
    orbit_altitude_km: float | None = Field(default=None, ge=0, le=3000)


class DefineDesign(Frozen):
    """Freeze a design under its id and pay its one-off engineering (NRE)."""

    type: Literal["design"] = "design"
    design: Design


class Launch(Frozen):
    """Book one flight, or a series of flights, of satellites of one design into one orbit.

    Attributes:
        count: satellites a flight carries.
        date: first lift-off, UTC day; the rules say which is the earliest.
        every_days: days between the dates of a series.
        times: how many flights the series has on successive dates.
        flights: how many identical flights lift off on each date.
        plane_step_deg: node is advanced by this much from flight to flight (inclined orbits).
        altitude_step_km: altitude is raised by this much from flight to flight, wrapping after `shells`.
        spread: `ring` phases the satellites evenly around the plane, `cluster` keeps them in formation.
        spacing_m: between neighbours of a formation; the Suncatcher study has 100 to 200 m.
    """

    type: Literal["launch"] = "launch"
    design: Slug
    count: int = Field(ge=1, le=10_000)
    vehicle: Slug
    site: Slug
    orbit: Orbit
    date: dt.date
    every_days: int = Field(default=1, ge=1, le=36_525)
    times: int = Field(default=1, ge=1, le=100_000)
    flights: int = Field(default=1, ge=1, le=20_000)
    plane_step_deg: float = Field(default=0.0, ge=-360, le=360)
    altitude_step_km: float = Field(default=0.0, ge=-100, le=100)
    shells: int = Field(default=1, ge=1, le=1000)
    spread: Literal["ring", "cluster"] = "ring"
    spacing_m: float = Field(default=150.0, ge=20, le=1_000_000)


class CancelFlights(Frozen):
    """Take booked flights of one launch order off the calendar."""

    type: Literal["cancel"] = "cancel"
    launch: str


class SetLoadPolicy(Frozen):
    """Change how batches share out power between sunlight and shade."""

    type: Literal["load-policy"] = "load-policy"
    select: Selection = Selection()
    policy: LoadPolicy


class SetWorkload(Frozen):
    """Change what batches compute; shares are normalised to one."""

    type: Literal["workload"] = "workload"
    select: Selection = Selection()
    mix: dict[Slug, Share] = Field(min_length=1, max_length=8)


class StationKeep(Frozen):
    """Hold altitude with the thrusters, or let the orbit decay."""

    type: Literal["station-keep"] = "station-keep"
    select: Selection = Selection()
    keep: bool


class Dispose(Frozen):
    """End the service of batches and bring them down."""

    type: Literal["dispose"] = "dispose"
    select: Selection


class AdvanceTo(Frozen):
    """Let time pass until 00:00 UTC of a date."""

    type: Literal["advance"] = "advance"
    date: dt.date


Order = Annotated[
    DefineDesign | Launch | CancelFlights | SetLoadPolicy | SetWorkload | StationKeep | Dispose | AdvanceTo,
    Field(discriminator="type"),
]
ORDER: TypeAdapter[Order] = TypeAdapter(Order)
"""Validates one order from plain data."""
