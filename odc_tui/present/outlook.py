"""What can be foreseen of a long advance, in words: one line a fault or risk, its mend below it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.outcomes import Fault

__all__ = ["NOTHING", "foreseen_lines"]

NOTHING = "Nothing stands against it."

_MARKS = {"stop": "✖ no-go", "risk": "⚠ risk ", "ok": "✓ good "}


def foreseen_lines(lines: Sequence[Fault]) -> list[str]:
    """The list as text, `stop` lines first.

    Args:
        lines: from `engine.outlook`.
    """
    told = []
    for line in lines:
        told.append(f"  {_MARKS[line.severity]}  {line.field}: {line.reason}")
        if line.fix:
            told.append(f"           {line.fix}")
    return told or [f"  {NOTHING}"]
