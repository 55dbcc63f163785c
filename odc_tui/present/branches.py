"""Branches in words: where several part, what they differ by, bands of two under the same luck."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from engine.conditions.quantities import QUANTITIES, Quantity
from engine.events import date_of, day_of
from engine.store.schema import LAST_DATE
from odc_tui.present import dates, numbers
from odc_tui.present.forecast import (
    LEAST_PLOT,
    MOST_PLOT,
    aligned,
    band_limits,
    band_line,
    ended_notes,
    months_on,
)
from odc_tui.present.quantities import said, title

if TYPE_CHECKING:
    from engine.analysis.branches import DatedOrder, Futures, Parting
    from engine.analysis.forecasting import Band, Forecast
    from engine.playback import Playback
    from engine.state import CampaignState
    from odc_tui.present.chrome import Piece

__all__ = [
    "MOST_OTHERS",
    "branch_days",
    "branch_pieces",
    "end_pieces",
    "forked_pieces",
    "luck_words",
    "twin_pieces",
]

MOST_OTHERS = 3
"""Campaigns that have room beside this one at 80 columns."""

_YEARS = 5
_NAME = 16
_TWIN_NAME = 14


def branch_days(start: int, last: int) -> tuple[int, ...]:
    """The days of the rows: every year from where campaigns part, to five years beyond the latest one.

    Args:
        start: where they part, or begin.
        last: the day the latest of them stands at.
    """
    first = date_of(start)
    count = max(0, date_of(last).year - first.year) + _YEARS
    found = [day_of(months_on(first, 12 * year)) for year in range(1, count + 1)]
    return tuple(one for one in found if one <= day_of(LAST_DATE))


# --- where they part -----------------------------------------------------------------------------


def branch_pieces(found: Futures, labels: Sequence[str]) -> list[Piece]:
    """Where campaigns part from the first, and a table of what they differ by.

    Args:
        found: the comparison.
        labels: what they are called, one each.
    """
    pieces: list[Piece] = []
    for parting, label in zip(found.partings, labels[1:], strict=True):
        whom = "They" if len(labels) == 2 else f"{label} and {labels[0]}"
        pieces += _parting_pieces(parting, whom)
        if parting.fork is not None:
            for side, order in zip(
                (labels[0], label), (parting.fork.first, parting.fork.second), strict=True
            ):
                pieces.append((f"  {side}: {_order_words(order)}\n", "$role-quiet"))
    if len(labels) == 2:
        return [*pieces, ("\n", ""), *aligned(_pair_rows(found, labels), left=2)]
    note: Piece = ("\nFor all but the first, what they differ by:\n", "$role-quiet")
    return [*pieces, note, *aligned(_many_rows(found, labels), left=2)]


def _parting_pieces(parting: Parting, whom: str) -> list[Piece]:
    if parting.parted is None:
        return [(f"{whom} never part: both give the same orders on the same days.\n", "bold")]
    head: Piece = (f"{whom} part on {dates.day_month_year(date_of(parting.parted))}", "bold")
    if parting.seen is None:
        return [head, ("; none of the figures below differs.\n", "")]
    when = dates.day_month_year(date_of(parting.seen.day))
    return [head, (f", and it shows first in {title(parting.seen.quantity)}, on {when}.\n", "")]


def _order_words(order: DatedOrder | None) -> str:
    if order is None:
        return "no further order"
    kind = str(order.order.type).replace("-", " ")
    return f"{kind} on {dates.day_month_year(date_of(order.day))}"


def _pair_rows(found: Futures, labels: Sequence[str]) -> list[tuple[str, ...]]:
    """Both figures and the difference, a row a quantity and date."""
    rows: list[tuple[str, ...]] = [("", "date", *_short(labels), "difference")]
    for name, at, day in _places(found):
        one, other = (figures[name][at] for figures in found.figures)
        quantity = QUANTITIES[name]
        change = _difference(quantity, one, other)
        rows.append((*_head(name, at, day), said(quantity, one), said(quantity, other), change))
    return rows


def _many_rows(found: Futures, labels: Sequence[str]) -> list[tuple[str, ...]]:
    """The figure of the first, and what each of the others differs by."""
    rows: list[tuple[str, ...]] = [("", "date", *_short(labels))]
    for name, at, day in _places(found):
        first, *others = (figures[name][at] for figures in found.figures)
        quantity = QUANTITIES[name]
        cells = [_difference(quantity, first, other) for other in others]
        rows.append((*_head(name, at, day), said(quantity, first), *cells))
    return rows


def _short(labels: Sequence[str]) -> list[str]:
    """Names as headings."""
    return [_tail(label, _NAME) for label in labels]


def _tail(label: str, width: int) -> str:
    """A long name keeps its end, where branches of one campaign differ."""
    return label if len(label) <= width else f"…{label[1 - width :]}"


def _places(found: Futures) -> list[tuple[str, int, int]]:
    return [(name, at, day) for name in found.figures[0] for at, day in enumerate(found.days)]


def _head(name: str, at: int, day: int) -> tuple[str, str]:
    return (title(name) if at == 0 else "", dates.month_year(date_of(day)))


def _difference(quantity: Quantity, one: float, other: float) -> str:
    if one == other or (math.isnan(one) and math.isnan(other)):
        return "none"
    return f"{'+' if other > one else ''}{said(quantity, other - one)}"


def end_pieces(playback: Playback, label: str) -> list[Piece]:
    """What to know of a campaign that did not get through: refused, or over.

    Args:
        playback: as far as it was played.
        label: what it is called.
    """
    who = f"{label[:1].upper()}{label[1:]}"
    if playback.refusal is not None:
        return [(f"\n✖ {who}: {playback.refusal.answer.reason}", "$role-risk")]
    if playback.state.ended:
        words = f"\n⚠ {who} ended on {date_of(playback.state.day)}: {playback.state.ended}."
        return [(words, "$role-warn")]
    return []


def forked_pieces(name: str, file: str, left: int) -> list[Piece]:
    """A branch has been written, and what can be done with it.

    Args:
        name: what it is called.
        file: its file.
        left: later orders that it does not have.
    """
    dropped = f", {numbers.counted(left, 'later order')} left out" if left > 0 else ""
    return [
        ("✔ ", "$role-ok"),
        (f"{name} is saved as {file}{dropped}.\n", "bold"),
        ("b lays it beside this campaign, d draws futures of both under the same luck.\n", ""),
    ]


# --- bands of two --------------------------------------------------------------------------------


def luck_words(state: CampaignState, other: CampaignState, label: str) -> str:
    """Whether two campaigns meet the same luck, and whether they begin on the same day."""
    words = "Each future has the same luck on both sides."
    if other.seed != state.seed:
        words = f"{label} has another seed, so its luck is not the same."
    if other.day != state.day:
        words += f" {label} begins on {dates.day_month_year(other.date)}."
    return words


def twin_pieces(found: Forecast, other: Forecast, label: str, name: str, width: int) -> list[Piece]:
    """Two rows a date, one for each campaign, with their bands on one scale.

    Args:
        found: futures of the campaign that is open.
        other: of the other one, on the same days.
        label: what the other is called.
        name: which of the series.
        width: characters there are.
    """
    quantity = QUANTITIES[name]
    rows: list[tuple[str, ...]] = [("date", "", "P10", "P50", "P90")]
    lines: list[tuple[float, float, float]] = []
    pair = (("this campaign", found.bands[name]), (label, other.bands[name]))
    for at, day in enumerate(found.days):
        for number, (who, band) in enumerate(pair):
            date = "" if number else dates.month_year(date_of(day))
            lines.append((band.p10[at], band.p50[at], band.p90[at]))
            rows.append((date, _tail(who, _TWIN_NAME), *(said(quantity, value) for value in lines[-1])))
    widths = [max(len(row[at]) for row in rows) for at in range(5)]
    room = min(MOST_PLOT, width - sum(widths) - 10)
    return [
        *_twin_lines(rows, widths, lines, room, [band for _, band in pair]),
        *_twin_notes(found, other, label),
    ]


def _twin_lines(
    rows: Sequence[tuple[str, ...]],
    widths: Sequence[int],
    lines: Sequence[tuple[float, float, float]],
    room: int,
    bands: Sequence[Band],
) -> list[Piece]:
    limits = band_limits(*bands)
    pieces: list[Piece] = []
    for number, row in enumerate(rows):
        cells = [
            cell.ljust(size) if at < 2 else cell.rjust(size)
            for at, (cell, size) in enumerate(zip(row, widths, strict=True))
        ]
        pieces.append(("  ".join(cells), "" if number else "$role-quiet"))
        if number and room >= LEAST_PLOT:
            ink = "$primary" if number % 2 else "$role-link"
            pieces.append(("  " + band_line(*lines[number - 1], limits, room), ink))
        pieces.append(("\n", ""))
    return pieces


def _twin_notes(found: Forecast, other: Forecast, label: str) -> list[Piece]:
    pieces: list[Piece] = [(f"{found.draws} futures of each. ", "")]
    for who, one in (("this campaign", found), (label, other)):
        pieces += ended_notes(one, who)
    return pieces
