"""A number as the catalogue keeps it: with its unit, its range, where it comes from and how sure we are."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from engine.model.base import Frozen, Real, Slug

Confidence = Literal["high", "medium", "low"]


class Provenance(Frozen):
    """Where a figure comes from.

    Attributes:
        source: ids in `assets/catalogue/sources.toml`, at least one.
        date: ISO date, month or year the figure was published or computed.
        confidence: how far the figure can be trusted.
        note: one sentence on how it was read or derived.
    """

    source: tuple[Slug, ...] = Field(min_length=1)
    date: str = Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")
    confidence: Confidence
    note: str = ""


class Quantity(Provenance):
    """A sourced number; `low` and `high` carry the spread where sources disagree.

    Attributes:
        nominal: the value the game uses.
        low: the lowest credible value, if known.
        high: the highest credible value, if known.
        unit: the unit in plain text, as in `kg`, `W/m2`, `1/year`, `1` for a pure number.
    """

    nominal: Real
    low: Real | None = None
    high: Real | None = None
    unit: str = Field(min_length=1)

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        low = self.nominal if self.low is None else self.low
        high = self.nominal if self.high is None else self.high
        if not low <= self.nominal <= high:
            raise ValueError(f"needs low <= nominal <= high, not {low} <= {self.nominal} <= {high}")
        return self
