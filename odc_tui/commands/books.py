"""`odc books`: income, cash flow and balance of a campaign, and who would lend, invest or buy."""

from __future__ import annotations

from argparse import Namespace

import engine
from odc_tui.commands.output import say, say_json, table
from odc_tui.commands.played import play_file
from odc_tui.present.books import balance_rows, capital_lines, income_rows

__all__ = ["run"]


def run(arguments: Namespace) -> int:
    """Play and tell; the code is 1 if an order was refused or the campaign is over."""
    playback, code = play_file(arguments)
    kept = engine.books(playback.state)
    if arguments.json:
        say_json({"format": 1, "date": playback.state.date.isoformat(), **kept.as_json()})
        return code
    say(f"{playback.file.name}, {playback.state.date}")
    if not playback.state.scenario.rules.money:
        say("Nothing costs money under the rules of this scenario.")
        return code
    statements = kept.quarters if arguments.by == "quarter" else kept.years
    income = income_rows(statements, worn=playback.state.scenario.rules.economy)
    for rows, right in ((income, range(1, 9)), (balance_rows(kept), (1, 3))):
        say()
        for line in table(rows, right=tuple(right)):
            say(line)
    say()
    for line in capital_lines(kept):
        say(line)
    return code
