"""Conditions over named quantities, as a player writes them: `cash < 50 M$ or delivered >= 10 PFLOP/s`.

```
condition  = all { "or" all }      all = part { "and" part }
part       = "not" part | "(" condition ")" | comparison
comparison = sum ( "<" | "<=" | ">" | ">=" | "==" | "!=" ) sum
sum        = term { ( "+" | "-" ) term }      term = value { ( "*" | "/" ) value }
value      = "-" value | number [ unit ] | date | name | "(" sum ")"
```

The text is read into a tree of plain functions; nothing in it is ever executed as a program. What is compared
or added must be of one kind, so that a wrong unit is found when the text is read and not years later.
"""

from __future__ import annotations

import datetime as dt
import math
import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from engine.conditions.quantities import DIMENSIONS, QUANTITIES, quantity_named
from engine.errors import InputError
from engine.events import day_of
from engine.store.blame import close_to

if TYPE_CHECKING:
    from engine.state import CampaignState

__all__ = ["MAX_LENGTH", "Condition", "parse_condition"]

MAX_LENGTH = 500
"""Characters of a condition."""

_MAX_DEPTH = 20
_WORDS = ("and", "or", "not")

_TOKEN = re.compile(
    r"\s*(?:(?P<date>\d{4}-\d\d-\d\d)"
    r"|(?P<number>(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?)"
    r"|(?P<name>[A-Za-z$%][\w$%]*(?:/s\b|-days\b)?)"
    r"|(?P<sign><=|>=|==|!=|≤|≥|<|>|=|[-+*/()]))"
)
_COMPARE: MappingProxyType[str, Callable[[float, float], bool]] = MappingProxyType(
    {
        "<": operator.lt,
        "<=": operator.le,
        "≤": operator.le,
        ">": operator.gt,
        ">=": operator.ge,
        "≥": operator.ge,
        "==": operator.eq,
        "=": operator.eq,
        "!=": operator.ne,
    }
)

Read = Callable[["CampaignState"], float]
Test = Callable[["CampaignState"], bool]


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition that was read.

    Attributes:
        text: as it was written.
        names: the quantities it looks at, in order.
        holds: whether it holds in a state. Without a value every comparison is false, except `!=`.
    """

    text: str
    names: tuple[str, ...]
    holds: Test


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    place: int


@dataclass(frozen=True, slots=True)
class _Value:
    """A value of the tree: its kind, how it is read, and where it is written."""

    dimension: str
    read: Read
    place: int


def parse_condition(text: str, where: str = "condition") -> Condition:
    """Read a condition.

    Args:
        text: what the player wrote.
        where: what to call it in messages.

    Raises:
        InputError: it is no condition; one line with the character it fails at and a mend.
    """
    if len(text) > MAX_LENGTH:
        raise InputError(f"is {len(text)} characters long", where, f"use at most {MAX_LENGTH}")
    reader = _Reader(text, where)
    holds = reader.condition(0)
    reader.expect_end()
    return Condition(text.strip(), tuple(dict.fromkeys(reader.names)), holds)


class _Reader:
    """Reads a condition from left to right, one method a rule of the grammar."""

    def __init__(self, text: str, where: str) -> None:
        self._text = text
        self._where = where
        self._tokens = self._split()
        self._at = 0
        self.names: list[str] = []

    # --- words -----------------------------------------------------------------------------------

    def _split(self) -> list[_Token]:
        tokens, at = [], 0
        end = len(self._text.rstrip())
        while at < end:
            found = _TOKEN.match(self._text, at)
            if found is None:
                place = at + len(self._text[at:]) - len(self._text[at:].lstrip())
                raise self._error(
                    f'"{self._text[place]}" has no meaning', place, "compare as in cash < 50 M$"
                )
            kind = found.lastgroup or ""
            tokens.append(_Token(kind, found[kind], found.start(kind)))
            at = found.end()
        tokens.append(_Token("end", "", end))
        return tokens

    @property
    def _next(self) -> _Token:
        return self._tokens[self._at]

    def _take(self, *texts: str) -> _Token | None:
        """The next word if it is one of these, whatever its case."""
        token = self._next
        if token.text.lower() not in texts or token.kind == "end":
            return None
        self._at += 1
        return token

    def _error(self, what: str, place: int, mend: str) -> InputError:
        return InputError(what, f"{self._where}, character {place + 1}", mend)

    def expect_end(self) -> None:
        """Nothing may follow.

        Raises:
            InputError: something does.
        """
        if self._next.kind != "end":
            raise self._error(
                f'"{self._next.text}" is not expected here',
                self._next.place,
                'join comparisons with "and" or "or"',
            )

    # --- conditions ------------------------------------------------------------------------------

    def condition(self, depth: int) -> Test:
        """One or more parts, any of which is enough."""
        parts = [self._all(depth)]
        while self._take("or"):
            parts.append(self._all(depth))
        return parts[0] if len(parts) == 1 else lambda state: any(part(state) for part in parts)

    def _all(self, depth: int) -> Test:
        parts = [self._part(depth)]
        while self._take("and"):
            parts.append(self._part(depth))
        return parts[0] if len(parts) == 1 else lambda state: all(part(state) for part in parts)

    def _part(self, depth: int) -> Test:
        self._bound(depth)
        if self._take("not"):
            part = self._part(depth + 1)
            return lambda state: not part(state)
        if self._next.text == "(" and self._holds_comparison():
            self._at += 1
            inner = self.condition(depth + 1)
            self._close()
            return inner
        return self._comparison(depth)

    def _holds_comparison(self) -> bool:
        """Whether the bracket that opens here holds a comparison, and not a sum."""
        depth = 0
        for token in self._tokens[self._at :]:
            depth += (token.text == "(") - (token.text == ")")
            if depth == 0:
                return False
            if token.text in _COMPARE or token.text.lower() in _WORDS:
                return True
        return False

    def _comparison(self, depth: int) -> Test:
        left = self._sum(depth)
        sign = self._take(*_COMPARE)
        if sign is None:
            raise self._error(
                "a comparison is missing", self._next.place, "write <, <=, >, >=, == or != and a value"
            )
        right = self._sum(depth)
        self._same(left, right, sign)
        compare, one, other = _COMPARE[sign.text], left.read, right.read
        return lambda state: compare(one(state), other(state))

    def _same(self, left: _Value, right: _Value, sign: _Token) -> None:
        if left.dimension != right.dimension:
            what = f"{_kind(left)} and {_kind(right)} do not go together"
            raise self._error(what, sign.place, _units_mend(left, right))

    # --- values ----------------------------------------------------------------------------------

    def _sum(self, depth: int) -> _Value:
        value = self._term(depth)
        while sign := self._take("+", "-"):
            other = self._term(depth)
            self._same(value, other, sign)
            value = _joined(value, other, operator.add if sign.text == "+" else operator.sub, value.dimension)
        return value

    def _term(self, depth: int) -> _Value:
        value = self._value(depth)
        while sign := self._take("*", "/"):
            other = self._value(depth)
            if sign.text == "*" and "" in (value.dimension, other.dimension):
                value = _joined(value, other, operator.mul, value.dimension or other.dimension)
            elif sign.text == "/" and other.dimension in ("", value.dimension):
                value = _joined(value, other, _divided, "" if other.dimension else value.dimension)
            else:
                what = f"{_kind(value)} {sign.text} {_kind(other)} is no quantity known here"
                raise self._error(
                    what, sign.place, "multiply and divide by plain numbers, or divide like by like"
                )
        return value

    def _value(self, depth: int) -> _Value:
        self._bound(depth)
        if minus := self._take("-"):
            value = self._value(depth + 1)
            read = value.read
            return _Value(value.dimension, lambda state: -read(state), minus.place)
        if self._take("("):
            inner = self._sum(depth + 1)
            self._close()
            return inner
        token = self._next
        if token.kind == "number":
            return self._number()
        if token.kind == "date":
            return self._date()
        if token.kind == "name" and token.text.lower() not in _WORDS:
            return self._name()
        found = f'"{token.text}" stands' if token.text else "nothing stands"
        raise self._error(
            f"{found} where a value belongs", token.place, "write a quantity, as cash, or a number, as 50 M$"
        )

    def _number(self) -> _Value:
        token = self._next
        self._at += 1
        number, unit = float(token.text), self._next
        if not math.isfinite(number):
            raise self._error(f"{token.text} is too large", token.place, "write a smaller number")
        if unit.kind != "name" or unit.text.lower() in _WORDS:
            return _Value("", _fixed(number), token.place)
        for dimension in DIMENSIONS.values():
            if unit.text in dimension.units:
                self._at += 1
                return _Value(dimension.name, _fixed(number * dimension.units[unit.text]), token.place)
        known = [unit for dimension in DIMENSIONS.values() for unit in dimension.units if unit]
        raise self._error(f'"{unit.text}" is no unit', unit.place, _closest(unit.text, known))

    def _date(self) -> _Value:
        token = self._next
        self._at += 1
        try:
            day = float(day_of(dt.date.fromisoformat(token.text)))
        except ValueError:
            mend = "write a date such as 2031-06-30"
            raise self._error(f"{token.text} is no date", token.place, mend) from None
        return _Value("date", _fixed(day), token.place)

    def _name(self) -> _Value:
        token = self._next
        quantity = quantity_named(token.text)
        if quantity is None:
            mend = close_to(token.text, QUANTITIES)
            raise self._error(f'"{token.text}" is no quantity', token.place, mend)
        self._at += 1
        self.names.append(quantity.name)
        return _Value(quantity.dimension, quantity.read, token.place)

    def _close(self) -> None:
        if not self._take(")"):
            raise self._error("a bracket is not closed", self._next.place, 'write ")"')

    def _bound(self, depth: int) -> None:
        if depth > _MAX_DEPTH:
            raise self._error("brackets nest too deeply", self._next.place, f"use at most {_MAX_DEPTH}")


def _fixed(value: float) -> Read:
    """Always this value."""
    return lambda _: value


def _joined(one: _Value, other: _Value, join: Callable[[float, float], float], dimension: str) -> _Value:
    left, right = one.read, other.read
    return _Value(dimension, lambda state: join(left(state), right(state)), one.place)


def _divided(one: float, other: float) -> float:
    """A quotient; none where there is nothing to divide by."""
    return one / other if other else math.nan


def _kind(value: _Value) -> str:
    return value.dimension or "a plain number"


def _units_mend(left: _Value, right: _Value) -> str:
    """Which units would do, taken from the side that has some."""
    dimension = DIMENSIONS[left.dimension or right.dimension]
    if dimension.name == "date":
        return "compare date with a date such as 2031-06-30"
    units = [unit for unit in dimension.units if unit]
    return f"give both sides a unit of {dimension.name}: {', '.join(units[:9])}"


def _closest(word: str, known: list[str]) -> str:
    """The unit meant, if only its case is wrong; else as for any word."""
    same = [unit for unit in known if unit.lower() == word.lower()]
    return f'did you mean "{same[0]}"?' if same else close_to(word, known)
