"""Happenings: what can befall a campaign from outside, how likely it is, and what it does to the rules."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal, Self, TypeAlias

from pydantic import Field, model_validator

from engine.model.base import CleanName, Frozen, Real, Slug
from engine.model.quantity import Provenance, Quantity

Lever: TypeAlias = Literal[
    "launch_odds",
    "launch_price",
    "build_price",
    "chip_price",
    "demand",
    "market_price",
    "debris",
    "delays",
    "ground_rival",
]
"""What a happening can multiply for some months."""


class Span(Frozen):
    """Something drawn between `low` and `high`, likeliest at `nominal`."""

    low: Real = Field(ge=0.0)
    nominal: Real
    high: Real

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.low <= self.nominal <= self.high:
            raise ValueError(f"needs low <= nominal <= high, not {self.low} <= {self.nominal} <= {self.high}")
        return self


class CloseSite(Frozen):
    """Launch sites that are open close for some months; how many is announced as the likeliest value."""

    type: Literal["close-site"] = "close-site"
    sites: tuple[Slug, ...] = Field(min_length=1)
    months: Span


class GroundVehicle(Frozen):
    """Vehicles that are on the market stand down for some days; their flights move."""

    type: Literal["ground-vehicle"] = "ground-vehicle"
    vehicles: tuple[Slug, ...] = Field(min_length=1)
    days: Span


class Factor(Frozen):
    """A figure is multiplied for some months.

    Attributes:
        on: which figure.
        of: vehicles (launch odds and prices) or workloads (demand and prices) meant; all if empty.
        factor: by how much.
        months: for how long.
        from_km: lowest altitude meant, for debris.
        to_km: highest altitude meant, for debris.
    """

    type: Literal["factor"] = "factor"
    on: Lever
    of: tuple[Slug, ...] = ()
    factor: Span
    months: Span
    from_km: Real = Field(default=0.0, ge=0.0)
    to_km: Real = Field(default=1e5, gt=0.0)


Effect: TypeAlias = Annotated[CloseSite | GroundVehicle | Factor, Field(discriminator="type")]


class Window(Provenance):
    """For what is announced: whether it comes at all, and when."""

    odds: Real = Field(gt=0.0, le=1.0)
    earliest: dt.date
    expected: dt.date
    latest: dt.date

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.earliest <= self.expected <= self.latest or self.earliest == self.latest:
            raise ValueError("needs earliest <= expected <= latest, and not all on one day")
        return self


class Happening(Frozen):
    """Something that can happen, random or dated.

    Attributes:
        text: what happens, in a sentence or two.
        cause: why such things happen.
        odds_per_year: for what is random; the odds are the same in every month.
        window: for what is dated; it happens once.
        when: a condition that must hold, as players write them; always if empty.
        pause_months: so many months pass at least before it can happen again.
        effects: what it does; news alone if empty.
        good: whether it is welcome.
    """

    id: Slug
    name: CleanName
    text: str
    cause: str
    odds_per_year: Quantity | None = None
    window: Window | None = None
    when: str = Field(default="", max_length=500)
    pause_months: Real = Field(default=12.0, ge=0.0)
    effects: tuple[Effect, ...] = ()
    good: bool = False

    @model_validator(mode="after")
    def _one_kind_of_chance(self) -> Self:
        if (self.odds_per_year is None) == (self.window is None):
            raise ValueError("needs either odds_per_year or a window")
        if self.odds_per_year is not None and not 0.0 < self.odds_per_year.nominal < 1.0:
            raise ValueError("needs odds_per_year between 0 and 1")
        return self

    @property
    def provenance(self) -> Provenance:
        """Where its odds come from."""
        known = self.odds_per_year or self.window
        if known is None:
            raise ValueError(f"{self.id} has no odds")
        return known
