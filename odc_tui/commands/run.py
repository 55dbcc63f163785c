"""`odc run`: play a campaign file without a screen, report, and write it as it then stands."""

from __future__ import annotations

import datetime as dt
import os
from argparse import Namespace
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import engine
from engine.events import date_of, day_of
from engine.orders import AdvanceTo
from engine.playback import Playback
from engine.reports import fleet_rows, totals
from odc_tui.commands.files import read_file
from odc_tui.commands.output import say, say_json
from odc_tui.commands.played import anchor_of, day_of_condition, end_of, is_condition, verdict
from odc_tui.commands.saving import save
from odc_tui.commands.spans import marks, parse_span
from odc_tui.commands.summary import summary_lines
from odc_tui.gamedata import load_game_data
from odc_tui.present.outlook import foreseen_lines
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
    if arguments.outlook:
        return _outlook(arguments, Playback(file, data.catalogue, data.scenarios, name), name, until)
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        playback = Playback(file, data.catalogue, data.scenarios, name, threads)
        start = playback.state.date
        end = end_of(playback, until)
        series = _play(playback, start, end, arguments.every)
    code = verdict(playback, name)
    if arguments.save and playback.refusal is None:
        standing = stand_at(file, playback.state, _orders(playback), data)
        save(arguments.save, standing, force=arguments.force)
    if arguments.json:
        answer = engine.report(playback.state, playback.events)
        say_json(answer | ({"series": series} if arguments.every else {}))
    else:
        for line in summary_lines(playback, series):
            say(line)
    return code


def _outlook(arguments: Namespace, playback: Playback, name: str, until: str | None) -> int:
    """What can be foreseen from where the campaign stands; the code is 1 if it would end on the way."""
    end = day_of(end_of(playback, until))
    header, saved = playback.file.header, playback.file.saved
    stands = day_of(anchor_of(playback)) if header.stop or saved else playback.end_day
    playback.play_to(stands if stands < end else playback.state.day)
    if verdict(playback, name):
        return 1
    state = playback.state
    lines = engine.outlook(state, end, playback.file.orders[playback.played :]) or ()
    stops = any(line.severity == "stop" for line in lines)
    if arguments.json:
        rows = [asdict(line) for line in lines]
        span = {"date": state.date.isoformat(), "until": date_of(end).isoformat()}
        say_json({"format": 1, **span, "go": not stops, "lines": rows})
        return int(stops)
    say(f"Foreseen from {state.date} to {date_of(end)}, as planned and without bad luck:")
    for line in foreseen_lines(lines):
        say(line)
    return int(stops)


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
