"""`odc standing`: the standing orders of a campaign, and what they would do or would have done in a year."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

import engine
from engine.errors import InputError
from engine.events import day_of
from engine.orders import StandingOrder
from engine.outcomes import Rejected
from engine.playback import Playback, Refusal
from engine.store.schema import LAST_DATE
from odc_tui.commands.files import STDIN, read_file, read_orders
from odc_tui.commands.output import complain, say, say_json, table
from odc_tui.commands.played import played_campaign, verdict
from odc_tui.commands.spans import plus
from odc_tui.gamedata import GameData, load_game_data
from odc_tui.present import numbers
from odc_tui.present.standing import run_data, run_lines, standing_data, standing_rows

if TYPE_CHECKING:
    from engine.analysis.rehearsal import DryRun

__all__ = ["run"]

YEAR = (1, "y")


def run(arguments: Namespace) -> int:
    """List, and rehearse if asked; the code is 1 if the campaign or a standing order is refused."""
    if arguments.file == STDIN == arguments.orders:
        raise InputError("stdin cannot be both the campaign and the orders", "--with", "name a file")
    file, name = read_file(arguments)
    more = _more(arguments.orders)
    data = load_game_data()
    playback = played_campaign(file, name, data, arguments.until)
    if playback is None:
        return 1
    kind = arguments.dry_run or ("next" if more else None)
    found = None
    if kind is not None:
        found = _next(playback, more) if kind == "next" else _last(playback, more, name, data)
        if found is None:
            return 1
    _tell(arguments, playback, found)
    return 0


def _more(name: str | None) -> tuple[StandingOrder, ...]:
    """The standing orders of a file of orders.

    Raises:
        InputError: it holds none, or others too.
    """
    if name is None:
        return ()
    orders = read_orders(name)[0].orders
    found = tuple(order for order in orders if isinstance(order, StandingOrder))
    if len(found) != len(orders):
        raise InputError("holds other orders than standing ones", name, 'write type = "standing"')
    return found


def _next(playback: Playback, more: tuple[StandingOrder, ...]) -> DryRun | None:
    """The year to come."""
    state = playback.state
    last = min(plus(state.date, YEAR), LAST_DATE)
    return _held(engine.dry_run(state, day_of(last), more, playback.file.orders[playback.played :]))


def _last(playback: Playback, more: tuple[StandingOrder, ...], name: str, data: GameData) -> DryRun | None:
    """The year that has passed, with the standing orders of today in force from its beginning."""
    end = playback.state
    past = Playback(playback.file, data.catalogue, data.scenarios, name)
    past.play_to(max(past.state.day, day_of(plus(end.date, (-1, "y")))))
    if verdict(past, name):
        return None
    known = {one.id for one in past.state.standing}
    early = tuple(one.order for one in end.standing if one.id not in known) + more
    orders = tuple(
        order
        for order in past.file.orders[past.played : playback.played]
        if not (isinstance(order, StandingOrder) and order in early)
    )
    return _held(engine.dry_run(past.state, end.day, early, orders))


def _held(found: DryRun | Rejected | None) -> DryRun | None:
    if isinstance(found, Rejected):
        complain(str(Refusal(0, 0, "standing", found).as_error("--with")))
        return None
    return found


def _tell(arguments: Namespace, playback: Playback, found: DryRun | None) -> None:
    state = playback.state
    if arguments.json:
        dry = None if found is None else run_data(found)
        answer = {"format": 1, "date": state.date.isoformat(), "standing": standing_data(state)}
        say_json(answer | {"dry_run": dry})
        return
    say(f"{state.date}: {numbers.counted(len(state.standing), 'standing order')} in force.")
    if state.standing:
        for line in table(standing_rows(state), right=(4,)):
            say(line)
    if found is None:
        return
    rows, lines = run_lines(found, money=state.scenario.rules.money)
    say()
    say(f"Dry run, {_dates(found)}: nothing of it is kept.")
    for line in [*(table(rows, right=(1, 2, 3, 4)) if found.hits else ()), *lines]:
        say(line)


def _dates(found: DryRun) -> str:
    data = run_data(found)
    return f"{data['first_day']} to {data['last_day']}"
