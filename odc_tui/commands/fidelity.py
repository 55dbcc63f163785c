"""`odc fidelity`: the fast day step against the slow reference, on the batches of a campaign."""

from __future__ import annotations

import datetime as dt
import sys
from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict

from engine.analysis.fidelity import PROMISED, BatchError, compare, sample, worst
from engine.errors import InputError
from engine.events import day_of
from engine.playback import Playback
from odc_tui.commands.files import read_file
from odc_tui.commands.output import complain, say, say_json, table
from odc_tui.commands.spans import parse_when
from odc_tui.gamedata import load_game_data
from odc_tui.present.numbers import counted

__all__ = ["run"]

_HEADS = {
    "energy_percent": "energy %",
    "compute_percent": "compute %",
    "temperature_k": "temperature K",
    "day_temperature_k": "through the day K",
    "charge_points": "charge points",
    "edge_charge_points": "at the shadow's edge",
    "day_charge_points": "through the day points",
}


_NOTE = (
    "",
    "Energy and compute are totals of all days; temperatures and least charge are those of the worst day.",
    "The plane turns through the day, and the day step flies the orbit of noon: how far the extremes of a",
    "whole day lie from it is shown and not promised.",
)


def run(arguments: Namespace) -> int:
    """Play the campaign, fly its batches both ways; the code is 1 beyond what is promised."""
    file, name = read_file(arguments)
    data = load_game_data()
    playback = Playback(file, data.catalogue, data.scenarios, name)
    start = playback.state.date
    playback.play_to(playback.end_day if arguments.until is None else day_of(_until(arguments.until, start)))
    if playback.refusal is not None:
        complain(str(playback.refusal.as_error(name)))
        return 1
    state = playback.state
    picked = sample(state.fleet, arguments.batches)
    if not picked:
        raise InputError(f"has no batch in service on {state.date}", name, "choose another day with --until")
    days = arguments.days
    errors = compare(state.fleet, picked, seed=state.seed, day=state.day, days=days, progress=_progress(days))
    within = all(one.within for one in errors)
    names = [state.names.id(one.batch) for one in errors]
    if arguments.json:
        rows = [{"id": name} | one.as_json() for name, one in zip(names, errors, strict=True)]
        date = state.date.isoformat()
        say_json(
            {
                "date": date,
                "days": days,
                "batches": rows,
                "worst": worst(errors),
                "promised": asdict(PROMISED),
                "within": within,
            }
        )
    else:
        batches = f"{len(errors)} of {counted(state.fleet.count, 'batch', 'batches')}"
        say(f"{name}: {batches} from {state.date}, {counted(days, 'day')} both ways\n")
        _tell(errors, names)
    return 0 if within else 1


def _until(text: str, start: dt.date) -> dt.date:
    end = parse_when(text, start, "--until")
    if end < start:
        raise InputError(f"{end} lies before the campaign starts", "--until", f"choose {start} or later")
    return end


def _progress(days: int) -> Callable[[int], None]:
    """On a terminal, how many days have been flown."""
    shown = sys.stderr.isatty()

    def tell(done: int) -> None:
        if shown:
            sys.stderr.write(f"\r{done} of {days} days flown" + ("\n" if done == days else ""))
            sys.stderr.flush()

    return tell


def _tell(errors: Sequence[BatchError], names: Sequence[str]) -> None:
    head = ["", "batch", *_HEADS.values()]
    pairs = zip(names, errors, strict=True)
    rows = [_cells("✔" if one.within else "✖", name, _errors_of(one)) for name, one in pairs]
    rows.append(_cells("", "worst", worst(errors)))
    rows.append(_cells("", "promised", asdict(PROMISED)))
    for line in table([head, *rows], right=tuple(range(2, len(head)))):
        say(line)
    for line in _NOTE:
        say(line)


def _errors_of(one: BatchError) -> dict[str, float]:
    return {name: getattr(one, name) for name in _HEADS}


def _cells(sign: str, name: str, errors: Mapping[str, float]) -> list[str]:
    return [sign, name, *(f"{errors[key]:.2f}" if key in errors else "" for key in _HEADS)]
