"""The final report of a campaign, from its orders to files in a folder; for the command and the interface."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from engine.analysis.final_report import FinalReport, Sample, sample
from engine.errors import SaveError
from engine.events import date_of, day_of
from odc_tui import atomic
from odc_tui.present.report_pages import PAGE, pages
from odc_tui.savefiles import trouble

if TYPE_CHECKING:
    from engine.playback import Playback

__all__ = ["course", "write_report"]


def course(
    playback: Playback, end_day: int, cancelled: Callable[[], bool] = lambda: False
) -> list[Sample] | None:
    """Play to a day, and look at every month on the way.

    Args:
        playback: at its beginning; afterwards it stands at that day, or where it ended.
        end_day: counted from 2000-01-01.
        cancelled: asked every month.

    Returns:
        One look a month, the last at the end; None if it was cancelled.
    """
    samples = [sample(playback.state)]
    for date in _months(playback.state.date, date_of(end_day)):
        if cancelled():
            return None
        if day_of(date) > playback.state.day:
            playback.play_to(day_of(date))
            samples.append(sample(playback.state))
        if playback.over:
            return samples
    playback.play_to(end_day)
    return [*samples[:-1], sample(playback.state)]


def _months(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """The same day of every month after a date, or the last of a shorter month, and the end."""
    for months in count(first.month):
        year, month = first.year + months // 12, months % 12 + 1
        date = first.replace(year=year, month=month, day=min(first.day, monthrange(year, month)[1]))
        if date >= last:
            break
        yield date
    yield last


def write_report(folder: Path, name: str, report: FinalReport, *, replace: bool) -> Path:
    """Write every file of the report into a folder.

    Args:
        folder: made if it is not there.
        name: what the player calls the campaign.
        report: what it came to.
        replace: whether a report that lies there already may go.

    Returns:
        The page.

    Raises:
        SaveError: there is a report already, or the folder cannot be written.
    """
    page = folder / PAGE
    if page.exists() and not replace:
        raise SaveError("exists already", str(page), "choose another folder, or replace it with --force")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file, text in pages(name, report).items():
            atomic.write_text(folder / file, text)
    except OSError as error:
        raise SaveError(f"not written: {trouble(error)}", str(folder), "choose another folder") from None
    return page
