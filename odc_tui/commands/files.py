"""Which campaign file a command line means, and reading it."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from engine.errors import SaveError
from engine.store.codec import load_campaign
from engine.store.schema import CampaignFile
from odc_tui import paths
from odc_tui.savefiles import MAX_BYTES, decoded, find_campaign, read_campaign

__all__ = ["STDIN", "find_file", "read_file"]

STDIN = "-"


def find_file(arguments: Namespace) -> Path:
    """The campaign file that a command line means: a path, a saved campaign, or an example."""
    return find_campaign(arguments.file, (paths.saves_dir(arguments.saves_dir), paths.examples_dir()))


def read_file(arguments: Namespace) -> tuple[CampaignFile, str]:
    """The campaign that a command line means, and what to call its file in messages.

    Raises:
        SaveError: it cannot be read.
    """
    if arguments.file == STDIN:
        data = sys.stdin.buffer.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise SaveError(f"is longer than {MAX_BYTES / 1e6:g} MB", "stdin", "is it a campaign file?")
        return load_campaign(decoded(data, "stdin"), "stdin"), "stdin"
    path = find_file(arguments)
    return read_campaign(path), path.name
