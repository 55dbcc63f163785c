"""How commands speak: plain lines and tables on stdout, JSON as one object, one line of trouble on stderr."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Sequence
from typing import Any

__all__ = ["complain", "say", "say_json", "table"]


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
