"""From the text of our own TOML files to frozen types, with every fault named by file, table and key."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from engine.errors import InputError

MAX_CHARS = 1_000_000

M = TypeVar("M", bound=BaseModel)

_MENDS = {
    "float_type": "Write a number, without quotes.",
    "int_type": "Write a whole number, without quotes.",
    "string_type": "Write text in quotes.",
    "bool_type": "Write true or false.",
    "bool_parsing": "Write true or false.",
    "tuple_type": "Write a list in square brackets.",
    "model_type": "Write a table: keys and values in braces.",
    "model_attributes_type": "Write a table: keys and values in braces.",
    "dict_type": "Write a table: keys and values in braces.",
    "date_type": "Write a date as 2026-11-22, without quotes.",
    "date_from_datetime_parsing": "Write a date as 2026-11-22, without quotes.",
    "date_from_datetime_inexact": "Write a date without a time of day.",
    "finite_number": "Write a finite number.",
    "too_short": "Give at least one.",
    "string_pattern_mismatch": "Write ids in lower-case letters, digits and inner hyphens; dates as 2026-11.",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: file, table and key.

    Attributes:
        file: file name, as `vehicles.toml`.
        table: name of the table, or empty for the top of the file.
        key: dotted key in the table, or empty for the table itself.
    """

    file: str
    table: str = ""
    key: str = ""

    def __str__(self) -> str:
        """`vehicles.toml [new-glenn-7x2] payload_ref_kg.nominal`."""
        table = f" [{self.table}]" if self.table else ""
        key = f" {self.key}" if self.key else ""
        return f"{self.file}{table}{key}"

    def at(self, *parts: object) -> Place:
        """A place further in."""
        key = ".".join([*([self.key] if self.key else []), *(str(part) for part in parts)])
        return Place(self.file, self.table, key)


def parse(text: str, file: str, error: type[InputError]) -> dict[str, Any]:
    """Reads TOML.

    Raises:
        InputError: of the class given, when the text is too long or no TOML.
    """
    if len(text) > MAX_CHARS:
        raise error(f"has {len(text):,} characters", file, f"Keep it under {MAX_CHARS:,}.")
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as fault:
        raise error(f"is no TOML: {fault}", file, "Mend the line named, or restore the file.") from fault


def build(model: type[M], data: Mapping[str, Any], place: Place, error: type[InputError]) -> M:
    """Validates a table into a model.

    Raises:
        InputError: of the class given, for the first fault found.
    """
    try:
        return model.model_validate(data)
    except ValidationError as faults:
        what, where, mend = _told(model, data, place, faults.errors(include_url=False)[0])
        raise error(what, str(where), mend) from None


def suggestion(wrong: str, known: Iterable[str]) -> str:
    """`Did you mean new-glenn-7x2?`, or what is known when nothing is near."""
    names = sorted(known)
    near = difflib.get_close_matches(wrong, names, n=1, cutoff=0.6)
    if near:
        return f"Did you mean {near[0]}?"
    return f"Known: {', '.join(names[:8])}{', ...' if len(names) > 8 else ''}." if names else "None is known."


def _told(
    model: type[BaseModel], data: Mapping[str, Any], place: Place, fault: ErrorDetails
) -> tuple[str, Place, str]:
    kind, path = fault["type"], fault["loc"]
    where = place.at(*path)
    if kind == "missing":
        return "is missing", where, f"Add {path[-1]}."
    if kind == "extra_forbidden":
        fields = _fields_at(model, path[:-1])
        return "is not a key here", where, suggestion(str(path[-1]), fields - set(_table_at(data, path[:-1])))
    if kind == "value_error":
        return str(fault["ctx"]["error"]), where, "Change it to fit."
    mend = _MENDS.get(kind, "")
    found = f"is {_shown(fault['input'])}"
    return (found, where, mend) if mend else (found, where, f"{fault['msg']}.")


def _shown(value: object) -> str:
    if isinstance(value, Mapping):
        return "a table"
    if isinstance(value, list):
        return "a list" if value else "an empty list"
    if isinstance(value, bool):
        return "true" if value else "false"
    text = f'"{value}"' if isinstance(value, str) else str(value)
    return text if len(text) <= 40 else f"{text[:39]}…"


def _table_at(data: Any, path: tuple[int | str, ...]) -> Iterable[str]:
    for part in path:
        within: Any = data if isinstance(data, (Mapping, list)) else {part: {}}
        data = within[part]
    return data if isinstance(data, Mapping) else ()


def _fields_at(model: type[BaseModel], path: tuple[int | str, ...]) -> set[str]:
    """Field names of the model that a path leads to."""
    inside: Any = model
    for part in path:
        if isinstance(part, int) or not _is_model(inside):
            continue
        field = inside.model_fields.get(part)
        inside = _model_in(field.annotation) if field else None
    return set(inside.model_fields) if _is_model(inside) else set()


def _is_model(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _model_in(annotation: Any) -> Any:
    """The model in an annotation such as `tuple[LinkFit, ...]` or `Closure | None`."""
    if _is_model(annotation):
        return annotation
    inner = (_model_in(part) for part in getattr(annotation, "__args__", ()))
    return next((part for part in inner if part is not None), None)
