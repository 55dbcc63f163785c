"""What the dialog for letting time pass until a condition says."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import engine
from engine.errors import InputError
from engine.events import date_of
from odc_tui.present import dates, numbers

if TYPE_CHECKING:
    from engine.conditions.quantities import Quantity
    from odc_tui.present.chrome import Piece

__all__ = ["EXAMPLE", "found_pieces", "names_text", "verdict_of"]

EXAMPLE = "cash < 50 M$ or delivered >= 10 PFLOP/s"


def names_text(known: Iterable[Quantity]) -> str:
    """Everything that can be named, in one paragraph."""
    names = ", ".join(one.name for one in known)
    return f"Quantities: {names}. Join with and, or, not; give units, as {EXAMPLE}."


def verdict_of(text: str, *, done: bool = False) -> list[Piece]:
    """What there is to say to a text being written.

    Args:
        text: as it stands in the field.
        done: whether the player thinks it complete; while typing, only what is readable is told.
    """
    if not text.strip() and not done:
        return [("Write what to wait for.", "$role-quiet")]
    try:
        engine.parse_condition(text)
    except InputError as error:
        if not done:
            return [("… ", "$role-quiet"), (f"{_words(error)}", "$role-quiet")]
        return [("✖ ", "$role-risk"), (_words(error), "")]
    return [("✔ ", "$role-ok"), ("Enter looks for the first day on which this holds.", "")]


def _words(error: InputError) -> str:
    place = error.where.rpartition(", ")[2]
    return f"{place[:1].upper()}{place[1:]}: {error.what}; {error.mend}"


def found_pieces(today: int, day: int | None, last_day: int) -> list[Piece]:
    """What a search has found."""
    if day is None:
        last = dates.day_month_year(date_of(last_day))
        return [("✖ ", "$role-warn"), (f"It does not hold on any day up to {last}, as things stand.", "")]
    when = dates.day_month_year(date_of(day))
    away = numbers.counted(day - today, "day")
    return [("✔ ", "$role-ok"), (f"First on {when}, in {away}. Enter lets time run until then.", "")]
