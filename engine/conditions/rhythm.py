"""When a standing order is looked at, as a player writes it: `every quarter while cash > 1 B$`.

```
when   = rhythm [ test ] | test        test = ( "while" | "if" ) condition
rhythm = "every" [ number ] ( "day" | "week" | "month" | "quarter" | "year" )
```

Without a rhythm it is looked at when a month begins. Months, quarters and years begin on their first day;
days and weeks are counted from the day the order was laid down.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from engine.conditions.grammar import Condition, parse_condition
from engine.errors import InputError
from engine.events import date_of, day_of

if TYPE_CHECKING:
    from engine.state import CampaignState

__all__ = ["When", "parse_when"]

MOST = 1000
"""Units that a rhythm can count."""

_DAYS = {"day": 1, "week": 7}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_EVERY = re.compile(r"\s*every\b\s*(?P<count>\d{1,9})?\s*(?P<unit>[^\W\d]+)?", re.IGNORECASE)
_TEST = re.compile(r"\s*(?P<word>while|if)\b", re.IGNORECASE)
_MEND = "write as every month, every 30 days while cash > 1 B$, or if charge < 25 %"


@dataclass(frozen=True, slots=True)
class When:
    """A rhythm, and what has to hold.

    Attributes:
        count: of the unit, from one look to the next.
        unit: `day`, `week`, `month`, `quarter` or `year`.
        condition: what has to hold at a look; None if nothing has to.
        once: whether it counts only as the condition comes to hold (`if`), not as long as it does (`while`).
    """

    count: int
    unit: str
    condition: Condition | None
    once: bool

    def holds(self, state: CampaignState) -> bool:
        """Whether the condition holds; always, if there is none."""
        return self.condition is None or self.condition.holds(state)

    def first_day(self, day: int) -> int:
        """The first look of what is laid down on a day; always a later day."""
        if self.unit in _DAYS:
            return day + self.count * _DAYS[self.unit]
        date = date_of(day)
        months = date.year * 12 + date.month
        step = _MONTHS[self.unit]
        return _first_of(months + (-months) % step)

    def next_day(self, day: int) -> int:
        """The look after the one on a day."""
        if self.unit in _DAYS:
            return day + self.count * _DAYS[self.unit]
        date = date_of(day)
        return _first_of(date.year * 12 + date.month - 1 + self.count * _MONTHS[self.unit])


def _first_of(months: int) -> int:
    """The first day of a month, counted from January of the year 0."""
    year, month = divmod(months, 12)
    return day_of(dt.date(year, month + 1, 1))


@lru_cache(maxsize=256)
def parse_when(text: str, where: str = "when") -> When:
    """Read when a standing order is given.

    Args:
        text: what the player wrote.
        where: what to call it in messages.

    Raises:
        InputError: it cannot be read; one line with the character it fails at and a mend.
    """
    count, unit, at = _rhythm(text, where)
    if not text[at:].strip():
        if not at:
            raise InputError("is empty", where, _MEND)
        return When(count, unit, None, once=False)
    test = _TEST.match(text, at)
    if test is None:
        found = text[at:].split()[0]
        place = text.index(found, at)
        raise InputError(f'"{found[:40]}" is not expected here', f"{where}, character {place + 1}", _MEND)
    # Blanks stand for what was read already, so that messages count characters of the whole text.
    condition = parse_condition(" " * test.end() + text[test.end() :], where)
    return When(count, unit, condition, once=test["word"].lower() == "if")


def _rhythm(text: str, where: str) -> tuple[int, str, int]:
    """How many of which unit, and where the rest of the text begins."""
    found = _EVERY.match(text)
    if found is None:
        return 1, "month", 0
    unit = (found["unit"] or "").lower().removesuffix("s")
    count = int(found["count"] or 1)
    if unit not in _DAYS and unit not in _MONTHS:
        what = f'"{found["unit"]}" is no rhythm' if unit else "a unit is missing"
        place = found.start("unit") if unit else found.end()
        raise InputError(
            what, f"{where}, character {place + 1}", "use days, weeks, months, quarters or years"
        )
    if not 1 <= count <= MOST:
        raise InputError(
            f"{count} is out of range", f"{where}, character {found.start('count') + 1}", f"use 1 to {MOST}"
        )
    return count, unit, found.end()
