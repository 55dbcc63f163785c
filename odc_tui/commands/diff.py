"""`odc diff`: two campaigns side by side, where they part and what becomes of each."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from engine.analysis.branches import branches, fork_of
from engine.conditions.quantities import QUANTITIES
from engine.errors import InputError
from engine.events import date_of, day_of
from engine.playback import Playback
from engine.store.schema import LAST_DATE
from odc_tui.commands.files import STDIN, read_branch, read_file
from odc_tui.commands.output import say, say_json, table
from odc_tui.commands.played import end_of, verdict
from odc_tui.commands.series import series_named
from odc_tui.commands.spans import marks, parse_span, plus
from odc_tui.gamedata import load_game_data
from odc_tui.present.quantities import plain, said, title

if TYPE_CHECKING:
    from engine.analysis.branches import Branches, DatedOrder

__all__ = ["run"]

AHEAD = (5, "y")
"""How far to look where the orders of both files lead no further than where they part."""

Labels = tuple[str, str]


def run(arguments: Namespace) -> int:
    """Compare and tell; the code is 1 if one of the campaigns is refused."""
    if arguments.file == STDIN == arguments.other:
        raise InputError("stdin cannot be both campaigns", "B", "name one of the files")
    names = series_named(arguments.series)
    one = read_file(arguments)
    pair = (one, read_branch(arguments.other, arguments.saves_dir, one))
    data = load_game_data()
    first, second = (Playback(file, data.catalogue, data.scenarios, name) for file, name in pair)
    labels = (one[1], pair[1][1])
    found = branches(first, second, _days(arguments, first, second), names)
    for playback, name in zip((first, second), labels, strict=True):
        if playback.refusal is not None:
            return verdict(playback, name)
    if arguments.json:
        say_json(_object(found, labels))
        return 0
    for line in _lines(found, labels):
        say(line)
    for playback, name in zip((first, second), labels, strict=True):
        if playback.state.ended:
            say(f"{name} ended on {playback.state.date}: {playback.state.ended}.")
    return 0


def _days(arguments: Namespace, first: Playback, second: Playback) -> list[int]:
    """The days of the rows."""
    start = min(first.state.date, second.state.date)
    end = max(end_of(first, arguments.until), end_of(second, arguments.until))
    fork = fork_of(first, second)
    if arguments.until is None and fork is not None and fork.day >= day_of(end):
        end = min(plus(end, AHEAD), LAST_DATE)
    if fork is not None and first.state.date == second.state.date:
        start = max(start, date_of(fork.day))
    return [day_of(date) for date in marks(start, max(start, end), parse_span(arguments.every, "--every"))]


def _lines(found: Branches, labels: Labels) -> list[str]:
    """Where they part, then a table a quantity."""
    lines = _parting(found, labels)
    for name, ones in found.first.items():
        quantity = QUANTITIES[name]
        rows = [[title(name), *labels, "difference"]]
        for day, one, other in zip(found.days, ones, found.second[name], strict=True):
            change = said(quantity, other - one) if one != other else "none"
            sign = "+" if other > one else ""
            rows.append(
                [date_of(day).isoformat(), said(quantity, one), said(quantity, other), f"{sign}{change}"]
            )
        lines += ["", *table(rows, right=(1, 2, 3))]
    return lines


def _parting(found: Branches, labels: Labels) -> list[str]:
    if found.fork is None:
        lines = ["Both give the same orders on the same days."]
    else:
        sides = zip(labels, (found.fork.first, found.fork.second), strict=True)
        lines = ["The first order that differs:"]
        lines += [f"  {name}: {_order_words(order)}" for name, order in sides]
    if found.parted is None:
        return [*lines, "They never part."]
    lines.append(f"They part on {date_of(found.parted)}.")
    if found.seen is None:
        return [*lines, "None of the figures below differs."]
    return [*lines, f"It shows first in {title(found.seen.quantity)}, on {date_of(found.seen.day)}."]


def _order_words(order: DatedOrder | None) -> str:
    if order is None:
        return "no further order"
    place = f" (line {order.line})" if order.line else ""
    return f"{order.order.type} on {date_of(order.day)}, order {order.number}{place}"


def _object(found: Branches, labels: Labels) -> dict[str, Any]:
    return {
        "format": 1,
        "a": labels[0],
        "b": labels[1],
        "first_order": None
        if found.fork is None
        else {"a": _order_row(found.fork.first), "b": _order_row(found.fork.second)},
        "parted": None if found.parted is None else date_of(found.parted).isoformat(),
        "seen": None
        if found.seen is None
        else {"date": date_of(found.seen.day).isoformat(), "quantity": found.seen.quantity},
        "dates": [date_of(day).isoformat() for day in found.days],
        "series": {name: _series(found, name) for name in found.first},
    }


def _order_row(order: DatedOrder | None) -> dict[str, Any] | None:
    if order is None:
        return None
    date = date_of(order.day).isoformat()
    return {"number": order.number, "line": order.line, "type": order.order.type, "date": date}


def _series(found: Branches, name: str) -> dict[str, Any]:
    ones, others = found.first[name], found.second[name]
    return {
        "unit": QUANTITIES[name].unit,
        "a": [plain(value) for value in ones],
        "b": [plain(value) for value in others],
        "difference": [plain(other - one) for one, other in zip(ones, others, strict=True)],
    }
