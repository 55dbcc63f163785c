"""`odc new`: begin a campaign and write its file."""

from __future__ import annotations

import secrets
import sys
from argparse import Namespace
from pathlib import Path
from typing import Any

from engine.errors import InputError, SaveError
from engine.model.base import clean_text
from engine.model.scenario import Difficulty
from engine.store.blame import close_to
from engine.store.codec import dump_campaign
from engine.store.schema import CampaignFile
from engine.store.toml_text import Place, build
from odc_tui import paths
from odc_tui.campaigns import Campaigns
from odc_tui.commands.files import STDIN
from odc_tui.commands.output import say
from odc_tui.gamedata import load_game_data
from odc_tui.savefiles import write_campaign
from odc_tui.standing import begin

__all__ = ["draw_seed", "parse_difficulty", "run"]

_SEEDS = 1_000_000


def run(arguments: Namespace) -> int:
    """Write the file of a new campaign, and tell where."""
    data = load_game_data()
    scenario = data.scenarios.get(arguments.scenario)
    if scenario is None:
        raise SaveError(
            f'there is no scenario "{arguments.scenario[:64]}"',
            mend=close_to(arguments.scenario, data.scenarios),
        )
    name = clean_text(scenario.name if arguments.name is None else arguments.name)
    if not name:
        raise SaveError("a name needs at least one printable character", "--name", "choose another name")
    seed = draw_seed() if arguments.seed is None else arguments.seed
    company, known = arguments.company, data.catalogue.companies
    if company is not None and company not in known:
        raise SaveError(f'there is no company "{company[:64]}"', mend=close_to(company, known))
    file = begin(data, scenario, name, seed, parse_difficulty(arguments.difficulty), company)
    if arguments.output == STDIN:
        sys.stdout.write(dump_campaign(file))
        return 0
    say(str(_write(arguments, file)))
    return 0


def _write(arguments: Namespace, file: CampaignFile) -> Path:
    if arguments.output is None:
        return Campaigns(paths.saves_dir(arguments.saves_dir)).create(file)
    path = Path(arguments.output)
    if path.exists() and not arguments.force:
        raise SaveError("exists already", str(path), "choose another name, or replace it with --force")
    write_campaign(path, file)
    return path


def parse_difficulty(text: str | None) -> Difficulty:
    """The sliders of `launch_odds=0.8,demand=2`; none for None.

    Raises:
        InputError: there is no such slider, or it does not go there.
    """
    table: dict[str, Any] = {}
    for part in text.split(",") if text else ():
        name, _, value = (piece.strip() for piece in part.partition("="))
        try:
            table[name.replace("-", "_")] = float(value)
        except ValueError:
            mend = "write name=factor, as in launch_odds=0.8,demand=2"
            raise InputError(f'"{part.strip()[:64]}" is no slider', "--difficulty", mend) from None
    return build(Difficulty, table, Place("--difficulty"), InputError)


def draw_seed() -> int:
    """A seed nobody chose, short enough to tell a friend."""
    return secrets.randbelow(_SEEDS)
