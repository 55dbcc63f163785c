"""`odc report`: what a campaign came to, as a page with charts that one can share."""

from __future__ import annotations

import os
from argparse import Namespace
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import engine
from engine.analysis.final_report import report_json
from engine.events import day_of
from engine.playback import Playback
from odc_tui.commands.files import read_file
from odc_tui.commands.output import say, say_json
from odc_tui.commands.played import end_of, verdict
from odc_tui.gamedata import load_game_data
from odc_tui.present.report_pages import PAGE, pages
from odc_tui.reporting import course, write_report

__all__ = ["run"]


def run(arguments: Namespace) -> int:
    """Play, gather month by month, write; the code is 1 if an order was refused or the campaign is over."""
    file, name = read_file(arguments)
    data = load_game_data()
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        playback = Playback(file, data.catalogue, data.scenarios, name, threads)
        samples = course(playback, day_of(end_of(playback, arguments.until))) or ()
    code = verdict(playback, name)
    report = engine.final_report(playback.state, playback.events, samples)
    if arguments.json:
        say_json(report_json(playback.state, report))
    if arguments.out is not None:
        written = write_report(Path(arguments.out), file.name, report, replace=arguments.force)
        if not arguments.json:
            say(str(written))
    elif not arguments.json:
        say(pages(file.name, report)[PAGE].rstrip())
    return code
