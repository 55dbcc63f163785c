"""`odc run`: play a campaign file without a screen, report, and write it as it then stands."""

from __future__ import annotations

import datetime as dt
import os
from argparse import Namespace
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import engine
from engine.errors import SaveError
from engine.events import day_of
from engine.orders import AdvanceTo
from engine.playback import Playback
from engine.reports import fleet_rows, totals
from engine.store.schema import CampaignFile
from odc_tui.commands.files import read_file
from odc_tui.commands.output import say, say_json
from odc_tui.commands.played import day_of_condition, end_of, is_condition, verdict
from odc_tui.commands.spans import marks, parse_span
from odc_tui.commands.summary import summary_lines
from odc_tui.gamedata import load_game_data
from odc_tui.savefiles import Lock, Siblings, read_campaign, trouble, write_campaign
from odc_tui.standing import stand_at
from odc_tui.undo import Orders, with_advance

if TYPE_CHECKING:
    from engine.state import CampaignState

__all__ = ["run"]


def run(arguments: Namespace) -> int:
    """Play, report, save; the code is 1 if an order was refused or the campaign went bankrupt."""
    file, name = read_file(arguments)
    data = load_game_data()
    until = arguments.until
    if until is not None and is_condition(until):
        found = day_of_condition(Playback(file, data.catalogue, data.scenarios, name), until, name)
        if found is None:
            return 1
        until = found.isoformat()
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        playback = Playback(file, data.catalogue, data.scenarios, name, threads)
        start = playback.state.date
        end = end_of(playback, until)
        series = _play(playback, start, end, arguments.every)
    code = verdict(playback, name)
    if arguments.save and playback.refusal is None:
        _save(arguments, stand_at(file, playback.state, _orders(playback), data))
    if arguments.json:
        answer = engine.report(playback.state, playback.events)
        say_json(answer | ({"series": series} if arguments.every else {}))
    else:
        for line in summary_lines(playback, series):
            say(line)
    return code


def _play(playback: Playback, start: dt.date, end: dt.date, every: str | None) -> list[dict[str, Any]]:
    """Play to the end; with `every`, a row of numbers at each mark on the way."""
    if every is None:
        playback.play_to(day_of(end))
        return []
    series = []
    for date in marks(start, end, parse_span(every, "--every")):
        playback.play_to(day_of(date))
        series.append(_row(playback.state))
        if playback.over:
            break
    return series


def _orders(playback: Playback) -> Orders:
    """The orders that have been given, with the advance to the present day, and those that wait."""
    orders, state = playback.file.orders, playback.state
    given = orders[: playback.played]
    dates = [order.date for order in given if isinstance(order, AdvanceTo)]
    if state.date > (dates[-1] if dates else state.scenario.start_date):
        given = with_advance(given, AdvanceTo(date=state.date))
    return Orders(given, orders[playback.played :])


def _row(state: CampaignState) -> dict[str, Any]:
    return {
        "date": state.date.isoformat(),
        "cash_usd": state.cash_usd,
        "fleet": fleet_rows(state),
        "totals": totals(state),
    }


def _save(arguments: Namespace, file: CampaignFile) -> None:
    """Write the campaign, but never over another one and never under somebody who plays it.

    Raises:
        SaveError: the file is another campaign, is being played, or cannot be written.
    """
    path = Path(arguments.save)
    if path.exists() and not arguments.force and not _same_campaign(path, file):
        raise SaveError("is another campaign", str(path), "choose another name, or replace it with --force")
    lock = Lock(Siblings.of(path).lock)
    path.parent.mkdir(parents=True, exist_ok=True)
    if not lock.take() and not lock.denied:
        raise SaveError("is being played by another program", str(path), "close it there, or save elsewhere")
    try:
        write_campaign(path, file)
    except OSError as error:
        raise SaveError(f"not written: {trouble(error)}", str(path), "nothing was changed") from None
    finally:
        lock.discard()


def _same_campaign(path: Path, file: CampaignFile) -> bool:
    """Whether a file holds an earlier or equal stage of a campaign: every order of it is in the new one."""
    try:
        old = read_campaign(path)
    except SaveError:
        return False
    before, after = (tuple(order for order in one.orders if order.type != "advance") for one in (old, file))
    same = (old.header.scenario, old.header.seed) == (file.header.scenario, file.header.seed)
    return same and after[: len(before)] == before
