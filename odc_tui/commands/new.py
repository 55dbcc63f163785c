"""`odc new`: begin a campaign and write its file."""

from __future__ import annotations

import secrets
import sys
from argparse import Namespace
from pathlib import Path

from engine.errors import SaveError
from engine.model.base import clean_text
from engine.store.blame import close_to
from engine.store.codec import dump_campaign
from engine.store.schema import CampaignFile
from odc_tui import paths
from odc_tui.campaigns import Campaigns
from odc_tui.commands.files import STDIN
from odc_tui.commands.output import say
from odc_tui.gamedata import load_game_data
from odc_tui.savefiles import write_campaign
from odc_tui.standing import begin

__all__ = ["draw_seed", "run"]

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
    file = begin(data, scenario, name, draw_seed() if arguments.seed is None else arguments.seed)
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


def draw_seed() -> int:
    """A seed nobody chose, short enough to tell a friend."""
    return secrets.randbelow(_SEEDS)
