"""Forms as data: rows of numbers, choices and dates, for any screen that edits something."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = [
    "ChoiceRow",
    "DateRow",
    "FormRow",
    "HeadRow",
    "NumberRow",
    "Option",
    "Value",
    "elastic",
    "nice_step",
]

Value = float | str
"""A number (a day number for dates), or the key of a choice."""


@dataclass(frozen=True, slots=True)
class Option:
    """One thing a choice row offers: key, name, and a few words about it."""

    key: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class HeadRow:
    """A heading between rows."""

    key: str
    label: str
    shown: bool = True


@dataclass(frozen=True, slots=True)
class NumberRow:
    """A number to set.

    Attributes:
        minimum: least value; `maximum` is the end of the scale and `most` what may be typed at most.
        page: change by a page key; ten steps if 0.
    """

    key: str
    label: str
    unit: str
    value: float
    minimum: float
    maximum: float
    most: float
    step: float = 1.0
    decimals: int = 0
    page: float = 0.0
    shown: bool = True


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """One of several."""

    key: str
    label: str
    value: str
    options: tuple[Option, ...]
    shown: bool = True


@dataclass(frozen=True, slots=True)
class DateRow:
    """A day number, shown as a date."""

    key: str
    label: str
    value: int
    minimum: int
    maximum: int
    shown: bool = True


FormRow = HeadRow | NumberRow | ChoiceRow | DateRow


def nice_step(value: float) -> float:
    """A step of about a hundredth of a value: 1, 2 or 5 with zeros (720 gives 5, 8 gives 0.1)."""
    if value <= 0:
        return 1.0
    rough = value / 100.0
    power = 10.0 ** math.floor(math.log10(rough))
    return next(factor for factor in (1.0, 2.0, 5.0, 10.0) if factor * power >= 0.5 * rough) * power


def elastic(reference: float, least: float, most: float, factor: float = 3.0) -> float:
    """The end of a scale that leaves room above a value, as a round number, within what is allowed.

    Args:
        reference: a value that should stand somewhere in the first half.
        least: the scale is at least this long.
        most: no value may be larger.
        factor: how much room above the reference.
    """
    wanted = max(reference * factor, least)
    power = 10.0 ** math.floor(math.log10(wanted))
    round_up = next(step for step in (1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0) if step * power >= wanted)
    return min(round_up * power, most)


def keys_of(rows: Sequence[FormRow]) -> tuple[str, ...]:
    """The keys of rows in order: two forms with the same keys differ in values alone."""
    return tuple(row.key for row in rows)
