"""`odc odds`: what can befall a campaign from outside, and how likely it is as things stand."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict

import engine
from odc_tui.commands.output import say, say_json, table
from odc_tui.commands.played import play_file
from odc_tui.present.odds import NOTHING_HAPPENS, odds_cells

__all__ = ["run"]


def run(arguments: Namespace) -> int:
    """Play and list; the code is 1 if an order was refused or the campaign is over."""
    playback, code = play_file(arguments)
    rows = engine.odds(playback.state)
    if arguments.json:
        date = playback.state.date.isoformat()
        say_json({"format": 1, "date": date, "odds": [asdict(row) for row in rows]})
        return code
    if not rows:
        say(NOTHING_HAPPENS)
        return code
    say(f"{playback.file.name} · {playback.state.date} · chance within the next twelve months")
    say()
    cells = [("odds", "happening", "what it does"), *(odds_cells(row) for row in rows)]
    for line in table(cells, right=(0,)):
        say(line)
    return code
