"""`odc fork`: a branch of a campaign that begins at a date, as a file of its own."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

import engine
from engine.model.base import clean_text
from odc_tui.commands.files import read_file
from odc_tui.commands.output import say
from odc_tui.commands.played import played_campaign
from odc_tui.commands.saving import save
from odc_tui.gamedata import load_game_data
from odc_tui.present import numbers
from odc_tui.standing import stand_at
from odc_tui.undo import Orders

if TYPE_CHECKING:
    from engine.store.schema import CampaignFile

__all__ = ["run"]


def run(arguments: Namespace) -> int:
    """Cut off, stamp and write; the code is 1 if the campaign does not get to that date."""
    file, name = read_file(arguments)
    data = load_game_data()
    playback = played_campaign(file, name, data, arguments.at)
    if playback is None:
        return 1
    state = playback.state
    branch = engine.fork(file.with_header(start=state.scenario.start_date), state.day)
    title = clean_text(arguments.name or f"{file.name}, from {state.date}") or file.name
    branch = stand_at(branch.with_header(name=title), state, Orders(branch.orders, ()), data)
    save(arguments.out, branch, force=arguments.force, fresh=True)
    left = _given(file) - _given(branch)
    dropped = f", {numbers.counted(left, 'later order')} left out" if left > 0 else ""
    say(f"{arguments.out}: {title} stands at {state.date}{dropped}.")
    say(f"Compare both with: odc diff {arguments.file} {arguments.out}")
    return 0


def _given(file: CampaignFile) -> int:
    """Orders other than to let time pass."""
    return sum(order.type != "advance" for order in file.orders)
