"""`odc diff`: campaigns side by side, where each parts from the first and what becomes of all."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from engine.analysis.branches import fork_of, futures
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
    from engine.analysis.branches import DatedOrder, Futures, Parting
    from engine.conditions.quantities import Quantity

__all__ = ["run"]

AHEAD = (5, "y")
"""How far to look where the orders of both files lead no further than where they part."""

Labels = Sequence[str]


def run(arguments: Namespace) -> int:
    """Compare and tell; the code is 1 if one of the campaigns is refused."""
    named = [arguments.file, *arguments.others]
    if named.count(STDIN) > 1:
        raise InputError("stdin cannot be two campaigns", "B", "name one of the files")
    names = series_named(arguments.series)
    one = read_file(arguments)
    files = [one, *(read_branch(other, arguments.saves_dir, one) for other in arguments.others)]
    data = load_game_data()
    playbacks = [Playback(file, data.catalogue, data.scenarios, name) for file, name in files]
    labels = [name for _, name in files]
    found = futures(playbacks, _days(arguments, playbacks), names)
    for playback, name in zip(playbacks, labels, strict=True):
        if playback.refusal is not None:
            return verdict(playback, name)
    if arguments.json:
        say_json(_pair_object(found, labels) if len(labels) == 2 else _object(found, labels))
        return 0
    for line in _lines(found, labels):
        say(line)
    for playback, name in zip(playbacks, labels, strict=True):
        if playback.state.ended:
            say(f"{name} ended on {playback.state.date}: {playback.state.ended}.")
    return 0


def _days(arguments: Namespace, playbacks: Sequence[Playback]) -> list[int]:
    """The days of the rows."""
    start = min(playback.state.date for playback in playbacks)
    end = max(end_of(playback, arguments.until) for playback in playbacks)
    forks = [fork for other in playbacks[1:] if (fork := fork_of(playbacks[0], other)) is not None]
    if arguments.until is None and forks and max(fork.day for fork in forks) >= day_of(end):
        end = min(plus(end, AHEAD), LAST_DATE)
    if forks and all(playback.state.date == start for playback in playbacks):
        start = max(start, date_of(min(fork.day for fork in forks)))
    return [day_of(date) for date in marks(start, max(start, end), parse_span(arguments.every, "--every"))]


def _lines(found: Futures, labels: Labels) -> list[str]:
    """Where they part, then a table a quantity."""
    lines = []
    for parting, label in zip(found.partings, labels[1:], strict=True):
        lines += _parting(parting, (labels[0], label), alone=len(labels) == 2)
    for name in found.figures[0]:
        lines += ["", *(_pair_table if len(labels) == 2 else _table)(found, name, labels)]
    return lines


def _pair_table(found: Futures, name: str, labels: Labels) -> list[str]:
    quantity = QUANTITIES[name]
    rows = [[title(name), *labels, "difference"]]
    for day, one, other in zip(found.days, found.figures[0][name], found.figures[1][name], strict=True):
        change = said(quantity, other - one) if one != other else "none"
        sign = "+" if other > one else ""
        rows.append([date_of(day).isoformat(), said(quantity, one), said(quantity, other), f"{sign}{change}"])
    return table(rows, right=(1, 2, 3))


def _table(found: Futures, name: str, labels: Labels) -> list[str]:
    """The first campaign, and each of the others with what it differs by."""
    quantity = QUANTITIES[name]
    rows = [[title(name), *labels]]
    for at, day in enumerate(found.days):
        first, *others = (figures[name][at] for figures in found.figures)
        cells = [said(quantity, first), *(_against(quantity, first, other) for other in others)]
        rows.append([date_of(day).isoformat(), *cells])
    return table(rows, right=range(1, len(labels) + 1))


def _against(quantity: Quantity, first: float, other: float) -> str:
    if first == other or (first != first and other != other):  # both without a value
        return "the same"
    return f"{said(quantity, other)} ({'+' if other > first else ''}{said(quantity, other - first)})"


def _parting(parting: Parting, labels: tuple[str, str], *, alone: bool) -> list[str]:
    lines = [] if alone else [f"{labels[0]} and {labels[1]}:"]
    if parting.fork is None:
        lines.append("Both give the same orders on the same days.")
    else:
        sides = zip(labels, (parting.fork.first, parting.fork.second), strict=True)
        lines.append("The first order that differs:")
        lines += [f"  {name}: {_order_words(order)}" for name, order in sides]
    if parting.parted is None:
        return [*lines, "They never part."]
    lines.append(f"They part on {date_of(parting.parted)}.")
    if parting.seen is None:
        return [*lines, "None of the figures below differs."]
    return [*lines, f"It shows first in {title(parting.seen.quantity)}, on {date_of(parting.seen.day)}."]


def _order_words(order: DatedOrder | None) -> str:
    if order is None:
        return "no further order"
    place = f" (line {order.line})" if order.line else ""
    return f"{order.order.type} on {date_of(order.day)}, order {order.number}{place}"


def _parting_row(parting: Parting) -> dict[str, Any]:
    fork, seen = parting.fork, parting.seen
    return {
        "first_order": None if fork is None else {"a": _order_row(fork.first), "b": _order_row(fork.second)},
        "parted": None if parting.parted is None else date_of(parting.parted).isoformat(),
        "seen": None if seen is None else {"date": date_of(seen.day).isoformat(), "quantity": seen.quantity},
    }


def _pair_object(found: Futures, labels: Labels) -> dict[str, Any]:
    return {
        "format": 1,
        "a": labels[0],
        "b": labels[1],
        **_parting_row(found.partings[0]),
        "dates": [date_of(day).isoformat() for day in found.days],
        "series": {name: _series(found, name) for name in found.figures[0]},
    }


def _object(found: Futures, labels: Labels) -> dict[str, Any]:
    partings = zip(labels[1:], found.partings, strict=True)
    return {
        "format": 1,
        "campaigns": list(labels),
        "partings": [{"b": label, **_parting_row(parting)} for label, parting in partings],
        "dates": [date_of(day).isoformat() for day in found.days],
        "series": {
            name: {
                "unit": QUANTITIES[name].unit,
                "values": [[plain(value) for value in figures[name]] for figures in found.figures],
            }
            for name in found.figures[0]
        },
    }


def _order_row(order: DatedOrder | None) -> dict[str, Any] | None:
    if order is None:
        return None
    date = date_of(order.day).isoformat()
    return {"number": order.number, "line": order.line, "type": order.order.type, "date": date}


def _series(found: Futures, name: str) -> dict[str, Any]:
    ones, others = found.figures[0][name], found.figures[1][name]
    return {
        "unit": QUANTITIES[name].unit,
        "a": [plain(value) for value in ones],
        "b": [plain(value) for value in others],
        "difference": [plain(other - one) for one, other in zip(ones, others, strict=True)],
    }
