"""`odc where`: where things lie."""

from __future__ import annotations

from argparse import Namespace

from odc_tui import paths
from odc_tui.commands.output import say, say_json, table

__all__ = ["run"]


def run(arguments: Namespace) -> int:
    """Tell the place of everything, one a line."""
    places = {name: str(path) for name, path in paths.locations(arguments.saves_dir).items()}
    if arguments.json:
        say_json(places)
        return 0
    for line in table([[name, place] for name, place in places.items()]):
        say(line)
    return 0
