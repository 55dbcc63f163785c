"""`odc bots`: a scenario played through by policies, seed by seed, as a table of how each fared."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import asdict
from statistics import fmean, median
from typing import TYPE_CHECKING, Any

from engine.analysis.bots import BOTS, BotRun, by_bot, play
from engine.errors import InputError, SaveError
from engine.store.blame import close_to
from odc_tui.commands.output import Meter, say, say_json, table
from odc_tui.gamedata import load_game_data
from odc_tui.present import numbers

if TYPE_CHECKING:
    from engine.model.scenario import Scenario
    from odc_tui.gamedata import GameData

__all__ = ["run"]


def run(arguments: Namespace) -> int:
    """Play every seed with every bot, and tell."""
    data = load_game_data()
    scenario = _scenario(data, arguments.scenario)
    names = _bots(arguments.bots)
    runs = list(_runs(data, scenario, names, range(arguments.seeds)))
    if arguments.json:
        say_json({"format": 1, "scenario": scenario.id, "seeds": arguments.seeds, **_object(runs)})
        return 0
    say(f"{scenario.name}: {numbers.counted(arguments.seeds, 'seed')} to {runs[0].until}.")
    for line in table(_rows(runs), right=(1, 2, 3, 4, 5, 6)):
        say(line)
    return 0


def _scenario(data: GameData, wanted: str) -> Scenario:
    scenario = data.scenarios.get(wanted)
    if scenario is None:
        raise SaveError(f'there is no scenario "{wanted[:64]}"', mend=close_to(wanted, data.scenarios))
    return scenario


def _bots(text: str | None) -> tuple[str, ...]:
    names = tuple(BOTS) if text is None else tuple(word.strip() for word in text.split(","))
    for name in names:
        if name not in BOTS:
            raise InputError(f'"{name[:40]}" is no bot', "--bots", close_to(name, BOTS))
    return names


def _runs(data: GameData, scenario: Scenario, names: tuple[str, ...], seeds: range) -> Iterator[BotRun]:
    meter, total = Meter(sys.stderr, "campaigns"), len(names) * len(seeds)
    try:
        for number, (name, seed) in enumerate((name, seed) for name in names for seed in seeds):
            meter.show(number, total)
            yield play(scenario, data.catalogue, name, seed)
    finally:
        meter.clear()


def _rows(runs: list[BotRun]) -> list[list[str]]:
    rows = [["bot", "score", "solvent", "cash, median", "at work, median", "most, median", "flights, mean"]]
    for bot, own in by_bot(runs).items():
        rows.append(
            [
                bot,
                f"{fmean(one.score for one in own):.3f}",
                f"{sum(one.survived for one in own)} of {len(own)}",
                numbers.money(median(one.cash_usd for one in own)),
                numbers.power(median(one.computing_w for one in own)),
                numbers.power(median(one.best_w for one in own)),
                f"{fmean(one.flights for one in own):.1f}",
            ]
        )
    return rows


def _object(runs: list[BotRun]) -> dict[str, Any]:
    means = {
        bot: {
            "score": fmean(one.score for one in own),
            "survived": sum(one.survived for one in own),
            "cash_usd_median": median(one.cash_usd for one in own),
            "computing_w_median": median(one.computing_w for one in own),
            "best_w_median": median(one.best_w for one in own),
        }
        for bot, own in by_bot(runs).items()
    }
    return {"bots": means, "runs": [asdict(one) for one in runs]}
