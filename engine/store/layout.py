"""How a campaign file is laid out: one table an order, keys in a fixed order, defaults left out.

The same campaign always gives the same text, and one more order adds lines at the end, so that two
versions of a file compare well.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import tomli_w
from pydantic import BaseModel

from engine.store.schema import CampaignFile, FileOrder

_PREFACE = "# A campaign of Orbital Data Centre. docs/campaign-file.md describes every key."
_INLINE_KEYS = ("orbit", "select", "mix", "difficulty")


def file_text(file: CampaignFile) -> str:
    """The whole text, runs of advances as one; orders that came from a text keep their own."""
    parts = [f"{file.preface.strip() or _PREFACE}\n\nformat = 1\n", _table("[campaign]", plain(file.header))]
    if file.saved is not None:
        parts.append(_table("[saved]", plain(file.saved)))
    file = file.coalesced()
    parts += [f"{text}\n" for text in file.written]
    parts += [order_text(order) for order in file.orders[len(file.written) :]]
    return "\n".join(parts)


def order_text(order: FileOrder) -> str:
    """One order as a table of the file."""
    return _table("[[orders]]", plain(order))


def plain(model: BaseModel) -> dict[str, Any]:
    """A model as plain values in the order of its fields, without what is at its default; a type stays."""
    values: dict[str, Any] = {}
    for name, default in _defaults(type(model)):
        value = getattr(model, name)
        if name == "type" or (value is not None and value != default):
            values[name] = _plain_value(value)
    return values


@lru_cache(maxsize=64)
def _defaults(model: type[BaseModel]) -> tuple[tuple[str, Any], ...]:
    return tuple((name, info.get_default()) for name, info in model.model_fields.items())


def _plain_value(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return plain(value)
    if isinstance(value, tuple):
        return [_plain_value(item) for item in value]
    return dict(value) if isinstance(value, dict) else value


def _table(head: str, values: dict[str, Any]) -> str:
    """A table with its values, short tables on one line, a design as a sub-table of its own."""
    lines = [head]
    below: list[str] = []
    for key, value in values.items():
        if isinstance(value, dict) and key not in _INLINE_KEYS:
            below.append(_table(f"[{head.strip('[]')}.{key}]", value))
        else:
            lines.append(f"{key} = {_inline(value)}")
    return "\n".join([*lines, *below, ""]) if not below else "\n".join([*lines, *below])


def _inline(value: Any) -> str:
    if isinstance(value, dict):
        inner = ", ".join(f"{_key(key)} = {_inline(item)}" for key, item in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, list):
        return f"[{', '.join(map(_inline, value))}]"
    return _word(value) if isinstance(value, str) else tomli_w.dumps({"v": value})[4:-1]


@lru_cache(maxsize=4096)
def _word(value: str) -> str:
    """A string as TOML; the same few come again with every order."""
    return tomli_w.dumps({"v": value})[4:-1]


@lru_cache(maxsize=4096)
def _key(key: str) -> str:
    return tomli_w.dumps({key: 0})[:-5]
