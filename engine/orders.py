"""The closed union of what a player can do. Plain values only, so that every order is a few lines of TOML."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Generic, Literal, TypeVar

from pydantic import AfterValidator, Field, TypeAdapter

from engine.model.base import Frozen, Real, Slug
from engine.model.design import Design, LoadPolicy
from engine.model.orbit import Orbit

Share = Annotated[float, Field(ge=0, le=1)]

_DAYS_AHEAD = r"\+[1-9][0-9]{0,3} days?"


def _days_ahead(text: str) -> str:
    if re.fullmatch(_DAYS_AHEAD, text) is None:
        raise ValueError('write days from when it is given, as "+90 days"')
    return text


DaysAhead = Annotated[
    str, AfterValidator(_days_ahead), Field(json_schema_extra={"pattern": f"^{_DAYS_AHEAD}$"})
]
"""A date that is counted from the day an order is given, as `+90 days`."""

When = TypeVar("When")
"""What says when a launch leaves: a date, or days ahead."""


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


class FlightPlan(Frozen, Generic[When]):
    """Flights of satellites of one design into one orbit, whatever says when they leave."""

    type: Literal["launch"] = "launch"
    design: Slug
    count: int = Field(ge=1, le=10_000)
    vehicle: Slug
    site: Slug
    orbit: Orbit
    date: When
    every_days: int = Field(default=1, ge=1, le=36_525)
    times: int = Field(default=1, ge=1, le=100_000)
    flights: int = Field(default=1, ge=1, le=20_000)
    plane_step_deg: float = Field(default=0.0, ge=-360, le=360)
    altitude_step_km: float = Field(default=0.0, ge=-100, le=100)
    shells: int = Field(default=1, ge=1, le=1000)
    spread: Literal["ring", "cluster"] = "ring"
    spacing_m: float = Field(default=150.0, ge=20, le=1_000_000)
    insured: bool | None = None


class Launch(FlightPlan[dt.date]):
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
        insured: whether insurers bear the risk of these flights; as ordered for all if left out.
    """


class LaunchAhead(FlightPlan[DaysAhead]):
    """A launch as a standing order gives it: the first free date so many days after the order is given.

    Attributes:
        count: satellites a flight carries.
        date: as `+90 days`; the first flight leaves then, or on the first date after it that is free.
        every_days: days between the dates of a series.
        times: how many flights the series has on successive dates.
        flights: how many identical flights lift off on each date.
    """

    @property
    def days_ahead(self) -> int:
        """`+90 days` as 90."""
        return int(self.date[1:].split()[0])


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


class RaiseCapital(Frozen):
    """Take what the scenario's investors offer next, once the record allows it."""

    type: Literal["raise"] = "raise"


class Borrow(Frozen):
    """Take a loan against the satellites in orbit; interest is paid monthly, the rest when it is due.

    Attributes:
        amount_usd: what is lent, before the lender's fee.
        years: whole years until it is due.
    """

    type: Literal["borrow"] = "borrow"
    amount_usd: Real = Field(ge=1e6, le=1e12)
    years: int = Field(default=5, ge=1, le=15)


class Repay(Frozen):
    """Pay debt back before it is due.

    Attributes:
        amount_usd: how much; all of it if left out.
        loan: id of the loan, as `D1`; the dearest first if left out.
    """

    type: Literal["repay"] = "repay"
    amount_usd: Real | None = Field(default=None, gt=0, le=1e12)
    loan: str | None = None


class SignContract(Frozen):
    """Sign an offer of a customer, before it lapses.

    Attributes:
        offer: its id, as `O4`.
    """

    type: Literal["contract"] = "contract"
    offer: str


class Insure(Frozen):
    """Insure all launches from now on, or bear the risk; a booking that says otherwise goes its own way.

    Attributes:
        cover: whether insurers bear the risk.
    """

    type: Literal["insure"] = "insure"
    cover: bool


Repeatable = Annotated[
    LaunchAhead
    | CancelFlights
    | SetLoadPolicy
    | SetWorkload
    | StationKeep
    | Dispose
    | RaiseCapital
    | Borrow
    | Repay,
    Field(discriminator="type"),
]
"""What a standing order can give."""


class StandingOrder(Frozen):
    """Have an order given again and again, or whenever something is so, until it is dropped.

    Attributes:
        id: what it is called.
        when: `every month`, `while CONDITION` or `if CONDITION`; the last two may begin with a rhythm too.
        order: what is given; a launch counts its date from the day it is given.
        limit: given so many times and no more; for good if left out.
        cooldown_days: days that pass at least between two times.
    """

    type: Literal["standing"] = "standing"
    id: Slug
    when: str = Field(min_length=1, max_length=600)
    order: Repeatable
    limit: int | None = Field(default=None, ge=1, le=100_000)
    cooldown_days: int = Field(default=0, ge=0, le=36_525)


class DropStanding(Frozen):
    """Drop a standing order: it is given no more."""

    type: Literal["drop-standing"] = "drop-standing"
    id: Slug


class AdvanceTo(Frozen):
    """Let time pass until 00:00 UTC of a date."""

    type: Literal["advance"] = "advance"
    date: dt.date


Order = Annotated[
    DefineDesign
    | Launch
    | CancelFlights
    | SetLoadPolicy
    | SetWorkload
    | StationKeep
    | Dispose
    | StandingOrder
    | DropStanding
    | RaiseCapital
    | Borrow
    | Repay
    | Insure
    | SignContract
    | AdvanceTo,
    Field(discriminator="type"),
]
ORDER: TypeAdapter[Order] = TypeAdapter(Order)
"""Validates one order from plain data."""
