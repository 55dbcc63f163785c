"""What people give a formula (numbers, dates, ids), checked and turned into the numbers it takes."""

from __future__ import annotations

import datetime as dt
import difflib
import math
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from engine.errors import InputError
from engine.formulas.registry import Formula

if TYPE_CHECKING:
    from engine.model.catalogue import Catalogue

__all__ = ["Given", "close_to", "defaults", "listed", "needs_catalogue", "numbers", "public_inputs", "taken"]

Given = float | int | str
"""An input as it was given: a number, an ISO date or an id."""

DATE, ID = "date", "id"
_EPOCH = dt.datetime(2000, 1, 1, 12, tzinfo=dt.UTC)
_VEHICLE_FIELDS = ("payload_ref_kg", "upper_dry_kg", "upper_isp_s", "ref_altitude_km", "ref_inclination_deg")
_MAX_SHOWN = 40


def public_inputs(entry: Formula) -> dict[str, str]:
    """Inputs as people give them, name to unit: a date for `days`, a vehicle for its figures."""
    names: dict[str, str] = {}
    for name, unit in entry.inputs.items():
        if name == "days":
            names["date"] = DATE
        elif _by_vehicle(entry) and name in _VEHICLE_FIELDS:
            names["vehicle"] = ID
        else:
            names[name] = unit
    return names


def needs_catalogue(entry: Formula) -> bool:
    """Whether a formula takes the id of something in the catalogue."""
    return _by_vehicle(entry)


def defaults(entry: Formula) -> dict[str, float | int]:
    """Inputs that may be left out, and what they are then."""
    return {name: _plain(value, entry.range_of(name).whole) for name, value in entry.defaults.items()}


def taken(entry: Formula, inputs: Mapping[str, Any]) -> dict[str, Given]:
    """Inputs in the order of the formula, defaults filled in, each of the right kind and in its range.

    Raises:
        InputError: one is unknown, missing, malformed, or has no meaning.
    """
    known, spare = public_inputs(entry), defaults(entry)
    for name in inputs:
        if name not in known:
            raise InputError(f"has no input {shown(name)}", entry.name, close_to(name, known))
    missing = [name for name in known if name not in inputs and name not in spare]
    if missing:
        words = [f"{name}=..." for name in missing]
        words += [f"[{name}={value:g}]" for name, value in spare.items() if name not in inputs]
        example = " ".join(words)
        raise InputError(
            f"needs {listed(_with_unit(n, known[n]) for n in missing)}", entry.name, f"add {example}"
        )
    given: dict[str, Given] = {}
    for name, unit in known.items():
        value = inputs.get(name, spare.get(name))
        if unit in (DATE, ID):
            given[name] = _date_text(entry, value) if unit == DATE else _id_text(entry, name, value)
        else:
            given[name] = _number(entry, name, unit, value)
    return given


def numbers(
    entry: Formula, given: Mapping[str, Given], catalogue: Catalogue | None = None
) -> dict[str, float]:
    """The numbers a formula takes for inputs that have been `taken`.

    Raises:
        InputError: an id is not in the catalogue, or there is no catalogue.
    """
    figures = _vehicle_figures(str(given["vehicle"]), entry, catalogue) if needs_catalogue(entry) else {}
    values = {}
    for name in entry.inputs:
        if name == "days":
            values[name] = days_of(_moment(str(given["date"])))
        else:
            values[name] = figures[name] if name in figures else float(given[name])
    return values


def days_of(moment: dt.datetime) -> float:
    """Days from 2000-01-01 12:00 UTC, as the formulas of the Sun count them."""
    return (moment - _EPOCH) / dt.timedelta(days=1)


def close_to(word: str, known: Iterable[str]) -> str:
    """`did you mean x?` for what is near, else what there is."""
    names, word = list(known), word.lower()
    near = difflib.get_close_matches(word, names, n=1, cutoff=0.6)
    if not near and len(word) > 2:
        near = [name for name in names if word in name.split("_") or name in word]
    if near:
        return f"did you mean {near[0]}?"
    return f"there is {listed(names[:12])}" + (" ..." if len(names) > 12 else "")


def listed(words: Iterable[str]) -> str:
    """`a, b and c`."""
    *most, last = list(words)
    return f"{', '.join(most)} and {last}" if most else last


def shown(value: Any) -> str:
    """A value as a message may repeat it: short, and free of what could steer a terminal."""
    text = "".join(ch if ch.isprintable() else "?" for ch in str(value)[: _MAX_SHOWN + 1])
    text = text if len(text) <= _MAX_SHOWN else text[:_MAX_SHOWN] + "..."
    return f'"{text}"' if isinstance(value, str) else text


def _by_vehicle(entry: Formula) -> bool:
    return all(name in entry.inputs for name in _VEHICLE_FIELDS)


def _with_unit(name: str, unit: str) -> str:
    words = {DATE: "ISO date", "1": "pure number"}
    return f"{name} ({words.get(unit, unit)})"


def _plain(value: float, whole: bool) -> float | int:
    return int(value) if whole else value


def _number(entry: Formula, name: str, unit: str, value: Any) -> float | int:
    place = f"{entry.name}: {name}"
    if isinstance(value, bool) or not isinstance(value, int | float):
        mend = f"write a plain number{'' if unit == '1' else ' in ' + unit}, as in {name}=1.5"
        raise InputError(f"{shown(value)} is not a number", place, mend)
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise InputError("is not a finite number", place, f"write a plain number, as in {name}=1.5")
    limits = entry.range_of(name)
    if not limits.holds(number):
        hint = "write a fraction: 0.2 is 20 %" if unit == "1" and limits.high == 1.0 < number else ""
        allowed = f"use {limits.words(unit)}"
        raise InputError(f"{value:g} has no meaning here", place, f"{allowed}; {hint}" if hint else allowed)
    return value


def _date_text(entry: Formula, value: Any) -> str:
    text = value.isoformat() if isinstance(value, dt.date) else value
    try:
        if not isinstance(text, str):
            raise ValueError
        _moment(text)
    except (ValueError, OverflowError):
        mend = "write an ISO date such as 2026-03-20 or 2026-03-20T14:46"
        raise InputError(f"{shown(value)} is not a date", f"{entry.name}: date", mend) from None
    return text


def _moment(text: str) -> dt.datetime:
    """An ISO date or time; UTC unless it names another offset."""
    moment = dt.datetime.fromisoformat(text)
    return moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment.astimezone(dt.UTC)


def _id_text(entry: Formula, name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise InputError(f"{shown(value)} is not an id", f"{entry.name}: {name}", f"as in {name}=falcon-9")
    return value


def _vehicle_figures(vehicle_id: str, entry: Formula, catalogue: Catalogue | None) -> dict[str, float]:
    place = f"{entry.name}: vehicle"
    if catalogue is None:
        raise InputError("is looked up in the catalogue, and there is none", place, "pass the catalogue")
    vehicle = catalogue.vehicles.get(vehicle_id)
    if vehicle is None:
        raise InputError(
            f"no vehicle is called {shown(vehicle_id)}", place, close_to(vehicle_id, catalogue.vehicles)
        )
    return {name: getattr(vehicle, name).nominal for name in _VEHICLE_FIELDS}
