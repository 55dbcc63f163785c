"""`odc binding`: what holds compute down, and what one step more of each thing would bring."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

import engine
from engine.errors import InputError
from engine.store.blame import close_to
from odc_tui.commands.files import read_file
from odc_tui.commands.output import complain, say, say_json, table
from odc_tui.commands.played import played_campaign
from odc_tui.gamedata import load_game_data
from odc_tui.present.shadow import best_line, binding_line, shadow_data, step_rows

if TYPE_CHECKING:
    from engine.state import CampaignState

__all__ = ["run"]


def run(arguments: Namespace) -> int:
    """Run the steps and tell; the code is 1 if the campaign is refused or nothing that is meant flies."""
    file, name = read_file(arguments)
    playback = played_campaign(file, name, load_game_data(), arguments.until)
    if playback is None:
        return 1
    state = playback.state
    index = _index(state, arguments.batch)
    found = engine.shadow_prices(state, index, arguments.shell, arguments.when)
    if found is None:
        complain(f"{name}: no satellite that is meant is in service or on the way to it on {state.date}")
        return 1
    if arguments.json:
        say_json({"format": 1, "today": state.date.isoformat(), **shadow_data(found)})
        return 0
    say(binding_line(found))
    say(best_line(found))
    say()
    money = state.scenario.rules.money
    for line in table(step_rows(found, money=money), right=range(1, 6 + money)):
        say(line)
    return 0


def _index(state: CampaignState, batch: str | None) -> int | None:
    """The row of the batch that was asked for.

    Raises:
        InputError: there is no such batch.
    """
    if batch is None:
        return None
    ids = state.names.ids()
    if batch not in ids:
        mend = close_to(batch, ids) if ids else "launch satellites first"
        raise InputError(f"there is no batch {batch[:40]}", "--batch", mend)
    return ids.index(batch)
