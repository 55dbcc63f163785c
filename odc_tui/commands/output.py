"""How commands speak: plain lines and tables on stdout, JSON as one object, one line of trouble on stderr."""

from __future__ import annotations

import contextlib
import json
import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from engine.errors import SaveError
from engine.store.codec import load_campaign
from engine.store.schema import CampaignFile
from odc_tui import paths
from odc_tui.savefiles import MAX_BYTES, decoded, find_campaign, read_campaign

__all__ = ["complain", "find_file", "read_file", "say", "say_json", "table"]

STDIN = "-"


def say(text: str = "") -> None:
    """Write a line."""
    sys.stdout.write(f"{text}\n")


def say_json(value: Any) -> None:
    """Write one JSON object on one line."""
    say(json.dumps(value, ensure_ascii=False, allow_nan=False, default=str))


def complain(message: str) -> None:
    """Write one line on stderr."""
    with contextlib.suppress(OSError):
        sys.stderr.write(f"odc: {' '.join(message.split())}\n")


def table(rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> list[str]:
    """Rows as lines with aligned columns.

    Args:
        rows: the cells, the first row being the head.
        right: columns to align to the right.
    """
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [
            cell.rjust(wide) if at in right else cell.ljust(wide)
            for at, (cell, wide) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return lines


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
