"""`odc preview`: what orders would do, from the same engine run ahead with them and without."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace
from typing import TYPE_CHECKING

import engine
from engine.errors import InputError
from engine.events import date_of
from engine.playback import Refusal
from odc_tui.commands.files import STDIN, read_file, read_orders
from odc_tui.commands.output import complain, say, say_json, table
from odc_tui.commands.played import played_campaign
from odc_tui.gamedata import load_game_data
from odc_tui.present import ghosts, numbers
from odc_tui.processes import workers

if TYPE_CHECKING:
    from engine.analysis.ghost import Comparison
    from engine.state import CampaignState
    from engine.store.schema import CampaignFile

__all__ = ["run"]

SIDES = 2
"""With the orders and without them."""


def run(arguments: Namespace) -> int:
    """Compare and tell; the code is 1 if the campaign or an order is refused."""
    if arguments.file == STDIN and arguments.orders == STDIN:
        raise InputError(
            "stdin cannot be both the campaign and the orders", "ORDERS", "name one of the files"
        )
    file, name = read_file(arguments)
    orders, orders_name = read_orders(arguments.orders)
    playback = played_campaign(file, name, load_game_data(), arguments.until)
    if playback is None:
        return 1
    found = _compared(playback.state, orders, orders_name)
    if found is None:
        return 1
    _tell(arguments, playback.state, orders, found)
    return 0


def _compared(state: CampaignState, orders: CampaignFile, name: str) -> Comparison | None:
    with workers(SIDES) as executor:
        found = engine.compare(state, orders.orders, executor=executor)
    if isinstance(found, Refusal):
        line = orders.lines[found.number - 1] if orders.lines else 0
        complain(str(replace(found, line=line).as_error(name)))
        return None
    return found


def _tell(arguments: Namespace, state: CampaignState, orders: CampaignFile, found: Comparison) -> None:
    if arguments.json:
        rows = ghosts.as_data(found)
        say_json(
            {"format": 1, "date": state.date.isoformat(), "orders": len(orders.orders), "horizons": rows}
        )
        return
    count = len(orders.orders)
    holds = "it holds" if count == 1 else "all of them hold"
    say(f"{numbers.counted(count, 'order')} on {state.date}: {holds}.")
    for horizon, cells in ghosts.table_of(found, money=state.scenario.rules.money):
        say()
        head = [f"{horizon.label}, {date_of(horizon.day)}", "as it is", "with them", "change"]
        for line in table([head, *cells], right=(1, 2)):
            say(line)
