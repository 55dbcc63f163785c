"""Who takes part: what a company owns, what it has filed for, how its vehicles are to grow, what it plans."""

from __future__ import annotations

import datetime as dt
from typing import Self

from pydantic import Field, model_validator

from engine.model.base import CleanName, Count, Frozen, Real, Slug
from engine.model.quantity import Provenance, Quantity


class OwnVehicle(Frozen):
    """A vehicle of the company: a flight costs it `cost_usd`, where others pay the price."""

    cost_usd: Quantity


class OwnBus(Frozen):
    """A bus line of the company, cheaper to it than to others."""

    price_usd_per_kg: Quantity
    nre_usd: Quantity


class OwnLink(Frozen):
    """A communication network of the company, which its satellites use on better terms.

    Attributes:
        gateways: it reaches the ground by way of a net of its own, in any orbit.
    """

    price_usd: Quantity
    contact_fraction: Quantity
    gateways: bool = False


class Filing(Provenance):
    """How many satellites the company has asked to fly; it may not launch more."""

    satellites: Count = Field(ge=1)


class InHouse(Frozen):
    """Work of the company's own group, which it may bring to its satellites besides what the market buys."""

    demand_pflops: Quantity


class Step(Provenance):
    """A dated step of a vehicle's future, in every campaign with rivals, whoever the player is.

    The day is drawn between `earliest` and `latest`, likeliest on `expected`; with `odds` it comes at all.

    Attributes:
        text: what has happened then, in a sentence.
        flights_per_year: the vehicle's pace from then on, drawn between low and high.
        polar: the vehicle may fly to inclinations above 60 degrees from then on, and not before.
    """

    id: Slug
    text: str
    vehicle: Slug
    earliest: dt.date
    expected: dt.date
    latest: dt.date
    odds: Real = Field(default=1.0, ge=0.0, le=1.0)
    flights_per_year: Quantity | None = None
    polar: bool = False

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.earliest <= self.expected <= self.latest:
            raise ValueError("needs earliest, expected and latest in this order")
        if self.flights_per_year is None and not self.polar:
            raise ValueError("needs flights_per_year, or polar = true")
        return self


class Intent(Provenance):
    """A satellite the company means to fly, from a day drawn between these dates on."""

    preset: Slug
    earliest: dt.date
    expected: dt.date
    latest: dt.date

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.earliest <= self.expected <= self.latest:
            raise ValueError("needs earliest, expected and latest in this order")
        return self


class Roadmap(Frozen):
    """What the company does when the engine runs it.

    Attributes:
        budget_usd: money it puts into data centres on the first day.
        share: part of its vehicles' flights it takes for data centres; the rest is for customers.
        intents: satellites it means to fly, each in place of the one before.
        mix: what its satellites compute.
    """

    budget_usd: Quantity
    share: Quantity
    intents: tuple[Intent, ...] = Field(min_length=1)
    mix: dict[Slug, Real] = Field(min_length=1)


class Company(Frozen):
    """A company one can lead, or race against.

    Attributes:
        summary: who it is and what sets it apart, in a sentence or two.
        vehicles: its own vehicles, by id; likewise `buses` and `links`.
        steps: how its vehicles are to grow.
        roadmap: what it does when it is run by the engine; none for a company that only players lead.
    """

    id: Slug
    name: CleanName
    summary: str
    vehicles: dict[Slug, OwnVehicle] = Field(default_factory=dict)
    buses: dict[Slug, OwnBus] = Field(default_factory=dict)
    links: dict[Slug, OwnLink] = Field(default_factory=dict)
    filing: Filing | None = None
    in_house: dict[Slug, InHouse] = Field(default_factory=dict)
    steps: tuple[Step, ...] = ()
    roadmap: Roadmap | None = None
