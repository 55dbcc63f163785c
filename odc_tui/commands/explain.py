"""`odc explain`: the formulas of the engine, listed or worked out, one or many."""

from __future__ import annotations

import json
import re
import sys
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from engine.analysis.explain import Explanation, asks_catalogue, explain, formula_called, formula_names
from engine.analysis.formula_inputs import close_to, defaults, public_inputs, shown
from engine.errors import InputError
from engine.formulas.library import SUBJECTS
from engine.formulas.registry import Formula
from odc_tui.commands.output import complain, say, say_json, table
from odc_tui.gamedata import load_game_data
from odc_tui.lazy import resolve
from odc_tui.present.numbers import percent

if TYPE_CHECKING:
    from engine.model.catalogue import Catalogue

__all__ = ["run"]

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
_MAX_BYTES = 32_000_000
_STDIN = "-"


def run(arguments: Namespace) -> int:
    """List formulas, explain one or a campaign, or work out a batch; the code is 2 if an item fails."""
    if arguments.campaign is not None:
        if arguments.name is not None or arguments.batch is not None:
            raise InputError("a formula or --batch does not go with --campaign", "", "give one of them")
        play: Callable[[Namespace], int] = resolve("odc_tui.commands.explain_campaign:run")
        return play(arguments)
    if arguments.batch_id is not None or arguments.figure is not None:
        raise InputError("--batch-id and --figure need a campaign", "", "add --campaign FILE")
    if arguments.batch is not None:
        if arguments.name is not None:
            raise InputError("a formula and --batch do not go together", "", "give one of them")
        return _batch(arguments.batch, as_json=arguments.json)
    if arguments.name is None:
        _list(as_json=arguments.json)
        return 0
    name = arguments.name
    formula_called(name)
    found = explain(name, _inputs(name, arguments.inputs), _catalogue_for(name), moves=not arguments.json)
    if arguments.json:
        say_json(found.as_json())
    else:
        _tell(found)
    for warning in found.warnings:
        complain(f"note: {name}: {warning}")
    return 0


# --- one formula ----------------------------------------------------------------------------------


def _inputs(name: str, words: list[str]) -> dict[str, Any]:
    """`key=value` words as inputs, what looks like a number as a number.

    Raises:
        InputError: a word has no `=`, or names an input twice.
    """
    inputs: dict[str, Any] = {}
    for word in words:
        key, equals, text = word.partition("=")
        known = list(public_inputs(formula_called(name)))
        if not equals:
            mend = f"{known[0]}={key}" if len(known) == 1 else close_to(key, known)
            raise InputError(f"{shown(word)} is not of the form key=value", name, f"write key=value: {mend}")
        if key in inputs:
            raise InputError(f"{shown(key)} is given twice", name, "keep one of them")
        inputs[key] = _number(text.strip())
    return inputs


def _number(text: str) -> float | int | str:
    if not _NUMBER.fullmatch(text):
        return text
    return int(text) if text.lstrip("+-").isdecimal() and len(text) < 18 else float(text)


def _catalogue_for(*names: str) -> Catalogue | None:
    """The catalogue, read only if a formula looks something up in it."""
    return load_game_data().catalogue if any(asks_catalogue(name) for name in names) else None


def _tell(found: Explanation) -> None:
    units = public_inputs(formula_called(found.formula))
    say(f"{found.formula}: {found.symbol} = {_quantity(found.value, found.unit)}")
    say(f"  formula  {found.text}")
    changes = {move.name: move.change for move in found.moves}
    most = found.moves[0].name if found.moves and found.moves[0].change else ""
    rows = [
        [
            "  inputs " if at == 0 else "",
            name,
            _quantity(value, units[name]),
            _change(changes[name], most=name == most) if name in changes else "",
        ]
        for at, (name, value) in enumerate(found.inputs.items())
    ]
    for line in table(rows):
        say(line)
    say(f"  valid    {found.valid}")
    say(f"  source   {found.source}")


def _change(change: float, *, most: bool) -> str:
    if abs(change) < 5e-7:
        return "+1 % changes nothing"
    sign = "+" if change > 0 else "-"
    return f"+1 % gives {sign}{percent(abs(change))}{', moves it most' if most else ''}"


def _quantity(value: float | int | str, unit: str) -> str:
    number = value if isinstance(value, str) else f"{value:.6g}"
    return number if unit in ("1", "date", "id", "calendar year") else f"{number} {unit}"


# --- all formulas ---------------------------------------------------------------------------------


def _list(*, as_json: bool) -> None:
    entries = [formula_called(name) for name in formula_names()]
    if as_json:
        say_json([_described(entry) for entry in entries])
        return
    lines = table([[f"  {one.name}", one.symbol, one.unit, one.summary.rstrip(".")] for one in entries])
    subject = ""
    for entry, line in zip(entries, lines, strict=True):
        if entry.subject != subject:
            say(("\n" if subject else "") + SUBJECTS[entry.subject].upper())
            subject = entry.subject
        say(line)
    say("\nodc explain NAME KEY=VALUE ... works one out; without inputs it tells which ones it takes.")


def _described(entry: Formula) -> dict[str, Any]:
    return {
        "formula": entry.name,
        "subject": SUBJECTS[entry.subject],
        "symbol": entry.symbol,
        "unit": entry.unit,
        "inputs": public_inputs(entry),
        "defaults": defaults(entry),
        "summary": entry.summary,
        "text": entry.text,
        "valid": entry.valid,
        "source": entry.source,
    }


# --- many -----------------------------------------------------------------------------------------


def _batch(file: str, *, as_json: bool) -> int:
    items = _read(file)
    names = [
        item["formula"] for item in items if isinstance(item, dict) and isinstance(item.get("formula"), str)
    ]
    catalogue = _catalogue_for(*names)
    results = [_result(item, at, catalogue) for at, item in enumerate(items, 1)]
    failed = [(at, one) for at, one in enumerate(results, 1) if "error" in one]
    if as_json:
        say_json(results)
    else:
        for one in results:
            say(f"{one['formula']}: {one.get('error') or _quantity(one['value'], one['unit'])}")
    if failed:
        at, first = failed[0]
        count = f"{len(failed)} of {len(results)} items failed" if len(results) > 1 else "the item failed"
        complain(f"{file}: {count}, the first is item {at}: {first['error']}")
    return 2 if failed else 0


def _result(item: Any, at: int, catalogue: Catalogue | None) -> dict[str, Any]:
    """One item worked out, or with its `error` in place of a value."""
    try:
        name, inputs = _item(item)
        found = explain(name, inputs, catalogue, moves=False)
    except InputError as error:
        asked = item if isinstance(item, dict) else {}
        name = asked.get("formula", "")
        entry = formula_called(name) if name in formula_names() else None
        return {
            "formula": name,
            "error": str(error),
            "unit": entry.unit if entry else "",
            "inputs": asked.get("inputs", {}),
            "text": entry.text if entry else "",
            "source": entry.source if entry else "",
        }
    for warning in found.warnings:
        complain(f"note: item {at}: {name}: {warning}")
    return found.as_json()


def _item(item: Any) -> tuple[str, dict[str, Any]]:
    """Name and inputs of an item of a batch.

    Raises:
        InputError: it is not `{"formula": text, "inputs": object}`.
    """
    shape = 'write {"formula": "orbit_period", "inputs": {"altitude_km": 650}}'
    if not isinstance(item, dict):
        raise InputError("is not an object", "item", shape)
    name, inputs = item.get("formula"), item.get("inputs")
    if not isinstance(name, str):
        raise InputError("has no formula" if name is None else "formula is not a name", "item", shape)
    if not isinstance(inputs, dict):
        raise InputError("has no inputs" if inputs is None else "inputs are not an object", name, shape)
    return name, inputs


def _read(file: str) -> list[Any]:
    """The items of a batch file.

    Raises:
        InputError: it is not a JSON list.
        OSError: it cannot be read.
    """
    where = "stdin" if file == _STDIN else file
    if file == _STDIN:
        data = sys.stdin.buffer.read(_MAX_BYTES + 1)
    else:
        with Path(file).open("rb") as stream:
            data = stream.read(_MAX_BYTES + 1)
    if len(data) > _MAX_BYTES:
        raise InputError(f"is longer than {_MAX_BYTES / 1e6:g} MB", where, "split it")
    try:
        items = json.loads(data.decode("utf-8-sig"), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise InputError(f"is not JSON: {error}", where, "write a list of objects") from None
    if not isinstance(items, list):
        raise InputError("is not a list", where, 'write [{"formula": ..., "inputs": {...}}, ...]')
    return items


def _no_constant(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number")
