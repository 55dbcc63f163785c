"""`odc brief`: a campaign summed up for somebody who comes back to it."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict

import engine
from engine.events import day_of
from engine.store.schema import LAST_DATE
from odc_tui.commands.output import say, say_json
from odc_tui.commands.played import play_file
from odc_tui.commands.spans import plus
from odc_tui.present.briefing import briefing, chapters
from odc_tui.present.outlook import foreseen_lines

__all__ = ["run"]

YEAR = (1, "y")


def run(arguments: Namespace) -> int:
    """Play and tell; the code is 1 if an order was refused or the campaign is over."""
    playback, code = play_file(arguments)
    told = briefing(playback.state, playback.events)
    year = day_of(min(plus(playback.state.date, YEAR), LAST_DATE))
    waiting = playback.file.orders[playback.played :]
    ahead = [one for one in engine.outlook(playback.state, year, waiting) or () if one.severity != "ok"]
    if arguments.json:
        say_json(
            {
                "format": 1,
                "date": playback.state.date.isoformat(),
                **asdict(told),
                "ahead": [asdict(one) for one in ahead],
            }
        )
        return code
    say(playback.file.name)
    for line in told.stands:
        say(f"  {line}")
    foreseen = ("Ahead, within a year", tuple(line.strip() for line in foreseen_lines(ahead)))
    for title, lines in (*chapters(told), foreseen):
        say()
        say(title)
        for line in lines:
            say(f"  {line}")
    return code
