"""Which campaign file a command line means, and reading it."""

from __future__ import annotations

import re
import sys
from argparse import Namespace
from dataclasses import replace
from pathlib import Path

from engine.errors import SaveError
from engine.store.codec import load_campaign, load_orders
from engine.store.schema import CampaignFile
from odc_tui import paths
from odc_tui.savefiles import MAX_BYTES, at_most, decoded, find_campaign, read_campaign

__all__ = ["STDIN", "find_file", "read_branch", "read_file", "read_orders"]

STDIN = "-"
_HEADER = re.compile(r"^[ \t]*\[?[ \t]*campaign[ \t]*[\]=.]", re.MULTILINE)


def find_file(arguments: Namespace) -> Path:
    """The campaign file that a command line means: a path, a saved campaign, or an example."""
    return find_campaign(arguments.file, (paths.saves_dir(arguments.saves_dir), paths.examples_dir()))


def read_file(arguments: Namespace) -> tuple[CampaignFile, str]:
    """The campaign that a command line means, and what to call its file in messages.

    Raises:
        SaveError: it cannot be read.
    """
    if arguments.file == STDIN:
        return load_campaign(_piped("is it a campaign file?"), "stdin"), "stdin"
    path = find_file(arguments)
    return read_campaign(path), path.name


def read_orders(name: str) -> tuple[CampaignFile, str]:
    """The orders that a command line names, and what to call their file in messages.

    Raises:
        SaveError: they cannot be read.
    """
    if name == STDIN:
        return load_orders(_piped("does it hold orders?"), "stdin"), "stdin"
    path = Path(name)
    data = at_most(path, MAX_BYTES)
    return load_orders(decoded(data, path.name), path.name), path.name


def read_branch(name: str, saves_dir: str | None, base: tuple[CampaignFile, str]) -> tuple[CampaignFile, str]:
    """A second campaign to compare with a first.

    Args:
        name: a campaign, or a file with orders alone, which go on where the first campaign leads.
        saves_dir: the folder of campaigns that was asked for.
        base: the first campaign and its name.

    Raises:
        SaveError: it cannot be read.
    """
    if name == STDIN:
        text, label = _piped("is it a campaign file?"), "stdin"
    else:
        path = find_file(Namespace(file=name, saves_dir=saves_dir))
        text, label = decoded(at_most(path, MAX_BYTES), path.name), path.name
    if _HEADER.search(text):
        return load_campaign(text, label), name if label == base[1] else label
    first, added = base[0], load_orders(text, label)
    longer = replace(first, orders=(*first.orders, *added.orders), lines=(*first.lines, *added.lines))
    return longer, f"{base[1]} + {label}"


def _piped(mend: str) -> str:
    data = sys.stdin.buffer.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise SaveError(f"is longer than {MAX_BYTES / 1e6:g} MB", "stdin", mend)
    return decoded(data, "stdin")
