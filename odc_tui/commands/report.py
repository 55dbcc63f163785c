"""`odc report`: what a campaign came to, as a page with charts that one can share."""

from __future__ import annotations

import os
from argparse import Namespace
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import engine
from engine.analysis.final_report import FinalReport, Sample, report_json, sample
from engine.errors import SaveError
from engine.events import date_of, day_of
from engine.playback import Playback
from odc_tui import atomic
from odc_tui.commands.files import read_file
from odc_tui.commands.output import say, say_json
from odc_tui.commands.played import end_of, verdict
from odc_tui.commands.spans import marks
from odc_tui.gamedata import load_game_data
from odc_tui.present.report_pages import PAGE, pages
from odc_tui.savefiles import trouble

__all__ = ["run"]

_MONTH = (1, "m")


def run(arguments: Namespace) -> int:
    """Play, gather month by month, write; the code is 1 if an order was refused or the campaign is over."""
    file, name = read_file(arguments)
    data = load_game_data()
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        playback = Playback(file, data.catalogue, data.scenarios, name, threads)
        samples = _played(playback, day_of(end_of(playback, arguments.until)))
    code = verdict(playback, name)
    report = engine.final_report(playback.state, playback.events, samples)
    if arguments.json:
        say_json(report_json(playback.state, report))
    if arguments.out is not None:
        written = _write(Path(arguments.out), file.name, report, replace=arguments.force)
        if not arguments.json:
            say(str(written))
    elif not arguments.json:
        say(pages(file.name, report)[PAGE].rstrip())
    return code


def _played(playback: Playback, end_day: int) -> list[Sample]:
    """Play to a day, and look at every month on the way."""
    samples = [sample(playback.state)]
    for date in marks(playback.state.date, date_of(end_day), _MONTH):
        if day_of(date) > playback.state.day:
            playback.play_to(day_of(date))
            samples.append(sample(playback.state))
        if playback.over:
            return samples
    playback.play_to(end_day)
    return [*samples[:-1], sample(playback.state)]


def _write(folder: Path, name: str, report: FinalReport, *, replace: bool) -> Path:
    """Write every file of the report into a folder.

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
