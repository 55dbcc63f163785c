"""`odc forecast`: what most futures of a campaign lie between."""

from __future__ import annotations

import sys
from argparse import Namespace
from threading import Event
from typing import TYPE_CHECKING, Any

import engine
from engine.conditions.quantities import QUANTITIES
from engine.errors import InputError
from engine.events import date_of, day_of
from engine.playback import Playback
from engine.store.schema import LAST_DATE
from odc_tui.commands.files import read_file
from odc_tui.commands.output import Meter, say, say_json, table
from odc_tui.commands.played import verdict
from odc_tui.commands.series import series_named
from odc_tui.commands.spans import Span, marks, parse_span, parse_when, plus
from odc_tui.gamedata import load_game_data
from odc_tui.present.quantities import plain, said, title
from odc_tui.processes import workers

if TYPE_CHECKING:
    import datetime as dt

    from engine.analysis.forecasting import Forecast

__all__ = ["run"]

AHEAD = (5, "y")
"""How far to look if nothing else is said."""

_STEPS: tuple[tuple[int, Span], ...] = ((3, (1, "m")), (10, (3, "m")))
_LONG_STEP: Span = (1, "y")


def run(arguments: Namespace) -> int:
    """Draw, and tell; the code is 1 if the campaign is refused or over before the forecast begins."""
    names = series_named(arguments.series)
    file, name = read_file(arguments)
    data = load_game_data()
    playback = Playback(file, data.catalogue, data.scenarios, name)
    began = _start(arguments, playback)
    playback.play_to(day_of(began))
    if verdict(playback, name):
        return 1
    days = [day_of(date) for date in _dates(arguments, began)]
    found = _drawn(playback, days, arguments.draws, names)
    if arguments.json:
        say_json(_object(found, began))
        return 0
    for line in _lines(found, began):
        say(line)
    return 0


def _start(arguments: Namespace, playback: Playback) -> dt.date:
    """The day the draws begin: asked for, where the file says it stands, or where its orders lead."""
    header, saved, first = playback.file.header, playback.file.saved, playback.state.date
    stands = header.stop or (saved.date if saved is not None else date_of(playback.end_day))
    if arguments.begin is None:
        return stands
    began = parse_when(arguments.begin, stands, "--from")
    if began < first:
        raise InputError(f"{began} lies before the campaign starts", "--from", f"choose {first} or later")
    return began


def _dates(arguments: Namespace, began: dt.date) -> list[dt.date]:
    until = plus(began, AHEAD) if arguments.until is None else parse_when(arguments.until, began, "--until")
    until = min(until, LAST_DATE)
    if until <= began:
        raise InputError(
            f"{until} is not after {began}, where the draws begin", "--until", "choose a later date"
        )
    years = (until - began).days / 365.25
    step = next((span for limit, span in _STEPS if years <= limit), _LONG_STEP)
    span = parse_span(arguments.every, "--every") if arguments.every else step
    return list(marks(began, until, span))


def _drawn(playback: Playback, days: list[int], draws: int, names: tuple[str, ...]) -> Forecast:
    """The forecast, on every core; ctrl+c ends it at once."""
    stop, meter = Event(), Meter(sys.stderr, "draws")
    with workers() as executor:
        try:
            found = engine.forecast(
                playback.state,
                days,
                draws,
                names,
                orders=playback.file.orders[playback.played :],
                executor=executor,
                cancelled=stop.is_set,
                progress=meter.show,
            )
        finally:
            stop.set()
            meter.clear()
    if found is None:
        raise KeyboardInterrupt
    return found


def _lines(found: Forecast, began: dt.date) -> list[str]:
    lines = [f"{found.draws} draws from {began}: 10 %, 50 % and 90 % of them end at or below these values."]
    for name, band in found.bands.items():
        quantity = QUANTITIES[name]
        rows = [[title(name), "P10", "P50", "P90"]]
        for day, *values in zip(found.days, band.p10, band.p50, band.p90, strict=True):
            rows.append([date_of(day).isoformat(), *(said(quantity, value) for value in values)])
        lines += ["", *table(rows, right=(1, 2, 3))]
    if found.ended:
        lines += ["", f"The campaign is over by the end in {found.ended} of {found.draws} draws."]
    if found.refused:
        lines += ["", f"An order that waits is refused in {found.refused} of {found.draws} draws."]
    return lines


def _object(found: Forecast, began: dt.date) -> dict[str, Any]:
    return {
        "format": 1,
        "from": began.isoformat(),
        "draws": found.draws,
        "ended": found.ended,
        "refused": found.refused,
        "dates": [date_of(day).isoformat() for day in found.days],
        "series": {
            name: {
                "unit": QUANTITIES[name].unit,
                "p10": [plain(value) for value in band.p10],
                "p50": [plain(value) for value in band.p50],
                "p90": [plain(value) for value in band.p90],
            }
            for name, band in found.bands.items()
        },
    }
