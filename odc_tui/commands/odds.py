"""`odc odds`: what can befall a campaign from outside, and how likely it is as things stand."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict

import engine
from engine.events import day_of
from engine.playback import Playback
from odc_tui.commands.files import read_file
from odc_tui.commands.output import say, say_json, table
from odc_tui.commands.played import end_of, verdict
from odc_tui.gamedata import load_game_data
from odc_tui.present.odds import NOTHING_HAPPENS, odds_cells

__all__ = ["run"]


def run(arguments: Namespace) -> int:
    """Play and list; the code is 1 if an order was refused or the campaign is over."""
    file, name = read_file(arguments)
    data = load_game_data()
    playback = Playback(file, data.catalogue, data.scenarios, name)
    playback.play_to(day_of(end_of(playback, arguments.until)))
    code = verdict(playback, name)
    rows = engine.odds(playback.state)
    if arguments.json:
        date = playback.state.date.isoformat()
        say_json({"format": 1, "date": date, "odds": [asdict(row) for row in rows]})
        return code
    if not rows:
        say(NOTHING_HAPPENS)
        return code
    say(f"{file.name} · {playback.state.date} · chance within the next twelve months")
    say()
    cells = [("odds", "happening", "what it does"), *(odds_cells(row) for row in rows)]
    for line in table(cells, right=(0,)):
        say(line)
    return code
