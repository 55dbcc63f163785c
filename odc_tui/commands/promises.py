"""`odc promises`: what was promised, what a campaign has made of it, and by which figures."""

from __future__ import annotations

import textwrap
from argparse import Namespace
from typing import TYPE_CHECKING

import engine
from odc_tui.commands.output import say, say_json
from odc_tui.commands.played import play_file
from odc_tui.present.promises import SIGNS, figure_words

if TYPE_CHECKING:
    from engine.analysis.scoreboard import PromiseLine

__all__ = ["run"]

_WIDE = 96


def run(arguments: Namespace) -> int:
    """Play and tell; the code is 1 if an order was refused or the campaign is over."""
    playback, code = play_file(arguments)
    if arguments.json:
        say_json(engine.promises_json(playback.state))
        return code
    say(f"{playback.file.name}, {playback.state.date}")
    for line in engine.scoreboard(playback.state):
        say()
        for text in _told(line):
            say(text)
    say("\nodc explain --campaign FILE --figure NAME opens any of these figures.")
    return code


def _told(line: PromiseLine) -> list[str]:
    rows = [f"{SIGNS[line.verdict]} {line.promise}: {line.verdict}"]
    rows += [f"    {text}" for text in textwrap.wrap(line.because, _WIDE - 4)]
    for figure in line.figures:
        formula = f"  {figure.formula}" if figure.formula else ""
        rows.append(f"    {figure.label:<44} {figure_words(figure):>16}  {figure.id}{formula}")
    return rows
