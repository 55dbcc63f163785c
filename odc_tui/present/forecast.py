"""The forecast room in words: bands of what may become of a campaign."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from engine.conditions.quantities import QUANTITIES
from engine.events import date_of, day_of
from engine.store.schema import LAST_DATE
from odc_tui.present import dates
from odc_tui.present.quantities import said, title
from odc_tui.present.title import progress_bar

if TYPE_CHECKING:
    from engine.analysis.forecasting import Band, Forecast
    from engine.state import CampaignState
    from odc_tui.present.chrome import Piece

__all__ = [
    "DRAWS",
    "LEAST_PLOT",
    "MOST_PLOT",
    "SPANS",
    "aligned",
    "band_limits",
    "band_line",
    "band_pieces",
    "band_title",
    "days_ahead",
    "ended_notes",
    "hint_pieces",
    "months_on",
    "progress_pieces",
    "series_of",
]

DRAWS = 40
"""Futures of a forecast: enough for a tenth of them to be several."""

SPANS = {1: 1, 5: 6, 20: 24}
"""Years to look ahead, and the months between two rows."""

_MONEY = ("cash", "revenue")
_ALWAYS = ("delivered", "satellites", "level", "heat_margin")
LEAST_PLOT = 12
"""Fewer characters show nothing of a band."""
MOST_PLOT = 60


def series_of(state: CampaignState) -> tuple[str, ...]:
    """What is forecast, most wanted first: names of quantities."""
    return (*_MONEY, *_ALWAYS) if state.scenario.rules.money else _ALWAYS


def days_ahead(day: int, years: int) -> tuple[int, ...]:
    """The days of the rows.

    Args:
        day: today.
        years: a key of `SPANS`.
    """
    step = SPANS[years]
    found = [day_of(months_on(date_of(day), months)) for months in range(step, 12 * years + 1, step)]
    return tuple(one for one in found if one <= day_of(LAST_DATE))


def months_on(date: dt.date, months: int) -> dt.date:
    """A date so many months later, on the 28th at the latest."""
    month = date.month - 1 + months
    return dt.date(date.year + month // 12, month % 12 + 1, min(date.day, 28))


# --- bands ---------------------------------------------------------------------------------------


def band_title(name: str, years: int) -> str:
    """What the panel of the bands is called."""
    span = "year" if years == 1 else "years"
    return f"{title(name).capitalize()}, {years} {span} ahead"


def band_pieces(found: Forecast, name: str, width: int) -> list[Piece]:
    """A row a date: three figures, and the band between them on one scale for all rows.

    Args:
        found: the forecast.
        name: which of its series.
        width: characters there are.
    """
    band, quantity = found.bands[name], QUANTITIES[name]
    rows: list[tuple[str, ...]] = [("date", "P10", "P50", "P90")]
    for day, *values in zip(found.days, band.p10, band.p50, band.p90, strict=True):
        rows.append((dates.month_year(date_of(day)), *(said(quantity, value) for value in values)))
    widths = [max(len(row[at]) for row in rows) for at in range(4)]
    room = min(MOST_PLOT, width - sum(widths) - 8)
    limits = band_limits(band)
    pieces: list[Piece] = []
    for number, row in enumerate(rows):
        cells = [
            row[0].ljust(widths[0]),
            *(cell.rjust(size) for cell, size in zip(row[1:], widths[1:], strict=True)),
        ]
        pieces.append(("  ".join(cells), "" if number else "$role-quiet"))
        if number and room >= LEAST_PLOT:
            at = number - 1
            pieces.append(
                ("  " + band_line(band.p10[at], band.p50[at], band.p90[at], limits, room), "$primary")
            )
        pieces.append(("\n", ""))
    if room >= LEAST_PLOT and limits is not None:
        scale = f"The bars run from {said(quantity, limits[0])} to {said(quantity, limits[1])}. "
        pieces.append((scale, "$role-quiet"))
    return [*pieces, *_band_notes(found)]


def band_limits(*bands: Band) -> tuple[float, float] | None:
    """Least and greatest value of some bands; None where no value is known."""
    values = (value for band in bands for row in (band.p10, band.p50, band.p90) for value in row)
    known = [value for value in values if math.isfinite(value)]
    return (min(known), max(known)) if known else None


def band_line(p10: float, p50: float, p90: float, limits: tuple[float, float] | None, width: int) -> str:
    """One band as a line, `├──●───┤`: blank where there is no value, at the edge where it lies beyond.

    Args:
        p10: lower end.
        p50: the middle.
        p90: upper end.
        limits: value of the first and of the last cell.
        width: cells.
    """
    if limits is None or any(math.isnan(value) for value in (p10, p50, p90)):
        return " " * width
    low, high = limits
    spread = high - low or 1.0
    places = [round(min(1.0, max(0.0, (value - low) / spread)) * (width - 1)) for value in (p10, p50, p90)]
    cells = [" "] * width
    cells[places[0] : places[2] + 1] = "─" * (places[2] + 1 - places[0])
    cells[places[0]], cells[places[2]] = "├", "┤"
    cells[places[1]] = "●"
    return "".join(cells).rstrip()


def _band_notes(found: Forecast) -> list[Piece]:
    pieces: list[Piece] = [
        (
            f"{found.draws} futures: a tenth lie at or below P10, half at or below P50, a tenth above P90.",
            "",
        )
    ]
    return [*pieces, *ended_notes(found, "The campaign")]


def ended_notes(found: Forecast, who: str) -> list[Piece]:
    """In how many futures something goes wrong.

    Args:
        found: the futures.
        who: whose they are.
    """
    pieces: list[Piece] = []
    if found.ended:
        words = (
            f"\n⚠ {who[:1].upper()}{who[1:]} is over by the end in {found.ended} of {found.draws} futures."
        )
        pieces.append((words, "$role-risk"))
    if found.refused:
        words = f"\n⚠ An order that waits is refused in {found.refused} of {found.draws} futures."
        pieces.append((words, "$role-warn"))
    return pieces


def hint_pieces(name: str, years: int) -> list[Piece]:
    """What can be asked for, while nothing has been worked out."""
    span = "the year" if years == 1 else f"the {years} years"
    lines = (
        f"r  draw {DRAWS} futures of {span} to come: the same plan, other luck",
        f"s  another figure than {title(name)}; v looks one, five or twenty years ahead",
        "f  fork: begin a branch of this campaign, today or on an earlier day",
        "b  lay saved campaigns beside this one: where they part, what they differ by",
        "d  draw futures of this campaign and of another under the same luck",
        "n  lay down a standing order; e tries those in force for a year, x drops one",
    )
    return [(f"{line}\n", "") for line in lines]


def progress_pieces(share: float, words: str) -> list[Piece]:
    """How far work has come, and what it does."""
    return [(f"{progress_bar(share, 24)} {words} Esc gives it up.", "")]


def aligned(rows: Sequence[Sequence[str]], left: int) -> list[Piece]:
    """A table: its head is quiet, columns from `left` on stand to the right."""
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    pieces: list[Piece] = []
    for number, row in enumerate(rows):
        cells = [
            cell.ljust(width) if at < left else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        pieces.append(("  ".join(cells).rstrip() + "\n", "" if number else "$role-quiet"))
    return pieces
