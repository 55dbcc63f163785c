"""How commands speak: plain lines and tables on stdout, JSON as one object, one line of trouble on stderr."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Sequence
from typing import Any, TextIO

__all__ = ["Meter", "complain", "say", "say_json", "table"]


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


class Meter:
    """How far something has come, on one line of a terminal that is overwritten; silent anywhere else."""

    def __init__(self, stream: TextIO, what: str) -> None:
        self._stream = stream
        self._what = what
        self._on = stream.isatty()

    def show(self, done: int, total: int) -> None:
        """Say how much is done."""
        if self._on:
            self._stream.write(f"\r\x1b[K{done} of {total} {self._what}")
            self._stream.flush()

    def clear(self) -> None:
        """Leave the line as it was."""
        if self._on:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
