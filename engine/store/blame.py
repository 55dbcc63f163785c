"""From a validation error to one plain line: the place in the file, what is wrong there, and the mend."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError

from engine.errors import SaveError
from engine.model.design import Design, LinkFit
from engine.model.orbit import Inclined, SunSynchronous
from engine.orders import Selection
from engine.store.prescan import Outline
from engine.store.schema import ORDER_KEYS, Document, Header, Saved, order_tag

_KINDS = {
    "int": "a whole number",
    "float": "a number",
    "string": "text in quotes",
    "bool": "true or false",
    "date": "a date such as 2029-06-13, without quotes",
    "tuple": "a list in square brackets",
    "dict": "a table",
    "model": "a table",
}
_BOUNDS = {
    "greater_than_equal": ("ge", "at least"),
    "greater_than": ("gt", "more than"),
    "less_than_equal": ("le", "at most"),
    "less_than": ("lt", "less than"),
}
_LENGTHS = {"too_short": ("min_length", "at least"), "too_long": ("max_length", "at most")}
_MAX_SHOWN = 40


def blame(error: ValidationError, data: Mapping[str, Any], outline: Outline, name: str) -> SaveError:
    """The first fault of a file as an error with its place.

    Args:
        error: what validation says.
        data: the parsed file, to tell keys from the names of union members in the location.
        outline: where the tables of the text begin.
        name: what to call the file.
    """
    fault = _plainest(error)
    path = _path(fault["loc"], data)
    if fault["type"] == "union_tag_invalid":
        path += ("type",)
    what, mend = _words(fault, path, data)
    return SaveError(what, f"{place(path, outline, name)}: {dotted(path)}", mend)


def place(path: tuple[str | int, ...], outline: Outline, name: str) -> str:
    """`file:line` of a path such as `("orders", 2, "orbit")`, or `file` if the line is not known."""
    spans = outline.spans(str(path[0])) if path else []
    rest, number = path[1:], 0
    if rest and isinstance(rest[0], int):
        number, rest = rest[0], rest[1:]
    if number < len(spans):
        start, end = spans[number]
        return f"{name}:{_key_line(outline, start, end, rest) or outline.line(start)}"
    line = _key_line(outline, 0, len(outline.text), path)
    return f"{name}:{line}" if line else name


def dotted(path: Iterable[str | int]) -> str:
    """`orders[3].orbit.altitude_km`; orders and other entries count from 1."""
    text = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{_shown(part)}" for part in path)
    return text.removeprefix(".") or "file"


def close_to(word: str, known: Iterable[str]) -> str:
    """`did you mean "x"?` if something known is close, else what is known."""
    names = sorted(known)
    match = difflib.get_close_matches(word, names, n=1, cutoff=0.6)
    if match:
        return f'did you mean "{match[0]}"?'
    return f"known here: {', '.join(names[:12])}{', ...' if len(names) > 12 else ''}"


def shown(value: Any) -> str:
    """A value as a message may repeat it: short, and free of what could steer a terminal."""
    if isinstance(value, Mapping):
        return "a table"
    if isinstance(value, list | tuple):
        return "a list"
    if isinstance(value, bool):
        return "true" if value else "false"
    return f'"{_shown(value)}"' if isinstance(value, str) else _shown(str(value))


def _shown(text: str) -> str:
    plain = "".join(ch if ch.isprintable() else "?" for ch in text[: _MAX_SHOWN + 1])
    return plain if len(plain) <= _MAX_SHOWN else plain[:_MAX_SHOWN] + "..."


def _plainest(error: ValidationError) -> Any:
    """The fault to tell first: an unknown key explains the missing one beside it."""
    faults = error.errors(include_url=False)
    first = faults[0]
    for fault in faults:
        if fault["type"] == "extra_forbidden" and fault["loc"][:-1] == first["loc"][:-1]:
            return fault
    return first


def _path(loc: tuple[str | int, ...], data: Any) -> tuple[str | int, ...]:
    """The location without the names of union members, which are no keys of the file."""
    path: list[str | int] = []
    here = data
    for part in loc:
        table = isinstance(here, Mapping) and part in here
        if table or (isinstance(here, tuple | list) and isinstance(part, int)):
            here = here[part]
        elif part is not loc[-1] or not isinstance(here, Mapping):
            continue
        path.append(part)
    return tuple(path)


def _words(fault: Any, path: tuple[str | int, ...], data: Any) -> tuple[str, str]:
    kind, context, value = fault["type"], fault.get("ctx", {}), fault["input"]
    key = str(path[-1]) if path else "file"
    if kind == "missing":
        return "is missing", f"add the key {key}"
    if kind == "extra_forbidden":
        return "is no key of this table", close_to(key, _keys_of(path[:-1], data))
    if kind == "union_tag_not_found":
        example = "sun-synchronous" if key == "orbit" else "launch"
        return "has no type", f'add one, for instance type = "{example}"'
    if kind in ("union_tag_invalid", "literal_error"):
        tag = value.get("type") if kind == "union_tag_invalid" and isinstance(value, Mapping) else value
        return f"is {shown(tag)}, not a choice here", _choice(str(tag), context)
    if kind in _BOUNDS:
        limit, words = _BOUNDS[kind]
        return f"is {shown(value)}", f"use {words} {_limit(context[limit])}"
    if kind in _LENGTHS:
        limit, words = _LENGTHS[kind]
        return f"has {context.get('actual_length') or len(value)} entries", f"use {words} {context[limit]}"
    return f"is {shown(value)}", _mend(kind, context, fault["msg"])


def _limit(value: Any) -> str:
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def _mend(kind: str, context: Mapping[str, Any], message: str) -> str:
    wanted = _KINDS.get(kind.split("_")[0])
    if kind == "finite_number":
        return "use a finite number"
    if kind == "string_pattern_mismatch":
        return "use letters and digits, in an id lower-case with inner hyphens, 64 at most"
    if kind.endswith("_type") and wanted:
        return f"use {wanted}"
    if kind == "value_error":
        return str(context.get("error", message))
    return message[:1].lower() + message[1:]


def _choice(tag: str, context: Mapping[str, Any]) -> str:
    known = re.findall(r"'([^']*)'", str(context.get("expected_tags") or context.get("expected") or ""))
    return close_to(tag, [name for name in known if " " not in name])


def _keys_of(path: tuple[str | int, ...], data: Any) -> Iterable[str]:
    """The keys that the table at a path may have."""
    table = data
    for part in path:
        table = table[part]
    match path:
        case ():
            return Document.model_fields
        case ("campaign",):
            return Header.model_fields
        case ("saved",):
            return Saved.model_fields
        case ("orders", _) | ("orders", _, "order"):
            return ORDER_KEYS.get(order_tag(table) or "", ())
        case (*_, "links", int()):
            return LinkFit.model_fields
        case (*_, "orbit"):
            return (SunSynchronous if table.get("type") == "sun-synchronous" else Inclined).model_fields
        case (*_, "select"):
            return Selection.model_fields
    return Design.model_fields


def _key_line(outline: Outline, start: int, end: int, path: tuple[str | int, ...]) -> int | None:
    """The line of the innermost key of a path that a stretch of text holds, going inward part by part."""
    line = None
    for part in path:
        if isinstance(part, int):
            continue
        key = re.escape(part)
        found = re.compile(
            rf"^[ \t]*\[\[?(?:[\w.-]+\.)?{key}\]|(?:^[ \t]*(?:[\w.-]+\.)?|[{{,][ \t]*){key}[ \t]*=",
            re.MULTILINE,
        ).search(outline.text, start, end)
        if found:
            start = found.end()
            line = outline.line(found.end() - 1)
    return line
