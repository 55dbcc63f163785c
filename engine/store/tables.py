"""TOML text to plain data, one order at a time, so that a hundred thousand orders take a second or two.

The standard parser walks a text letter by letter. A campaign is mostly short tables of single lines, and
their values repeat: each is given to the standard parser once. What is not of that plain form goes to it
whole, so that it alone says what a text means and what is wrong with it.
"""

from __future__ import annotations

import re
import tomllib
from typing import Any

from engine.store.prescan import Outline

__all__ = ["parse_tables"]

_ARRAY = "orders"
_HEAD = re.compile(r"\[\[[ \t]*+orders[ \t]*+\]\][ \t]*+\n")
_LINE = re.compile(
    r"(?:(?P<key>[A-Za-z0-9_-]++)[ \t]*+=[ \t]*+(?P<value>[^\n]++)"
    r"|[ \t]*+(?:\#[^\x00-\x08\x0a-\x1f\x7f]*+)?)(?:\n|\Z)"
)


def parse_tables(text: str, outline: Outline) -> dict[str, Any]:
    """What `tomllib.loads(text)` gives, arrays as tuples, and the same errors, sooner.

    Args:
        text: the whole file.
        outline: where its tables begin.

    Raises:
        ValueError: the text is not TOML; so may `RecursionError` and the others of the standard parser.
    """
    spans = outline.spans(_ARRAY)
    if len(spans) < 2 or "\r" in text:
        return _loads(text)
    values: dict[str, Any] = {}
    try:
        rest = _loads(_without(text, spans))
        orders = [_table(text[start:end], values) for start, end in spans]
    except ValueError:
        return _loads(text)
    return _loads(text) if _ARRAY in rest else {**rest, _ARRAY: tuple(orders)}


def _loads(text: str) -> dict[str, Any]:
    """Lists as tuples all the way down, as the frozen models hold them."""
    return {key: _tuples(value) for key, value in tomllib.loads(text).items()}


def _tuples(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _tuples(item) for key, item in value.items()}
    return tuple(_tuples(item) for item in value) if isinstance(value, list) else value


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    """The text without those stretches."""
    starts = [0, *(end for _, end in spans)]
    ends = [*(start for start, _ in spans), len(text)]
    return "".join(text[start:end] for start, end in zip(starts, ends, strict=True))


def _table(text: str, values: dict[str, Any]) -> dict[str, Any]:
    """One table of the array, its header first.

    Raises:
        ValueError: it takes the standard parser and the whole text to say what is wrong.
    """
    head = _HEAD.match(text)
    plain = _plain(text, head.end(), values) if head is not None else None
    if plain is not None:
        return plain
    whole = _loads(text)
    found = whole.get(_ARRAY)
    if len(whole) != 1 or not isinstance(found, tuple) or len(found) != 1:
        raise ValueError
    table: dict[str, Any] = found[0]
    return table


def _plain(text: str, at: int, values: dict[str, Any]) -> dict[str, Any] | None:
    """A table of single lines; None if it holds anything else."""
    table: dict[str, Any] = {}
    while at < len(text):
        line = _LINE.match(text, at)
        if line is None:
            return None
        key, said = line.group("key", "value")
        if key is not None:
            if key in table:
                return None
            if said not in values:
                values[said] = _loads(f"v = {said}")["v"]
            table[key] = values[said]
        at = line.end()
    return table
