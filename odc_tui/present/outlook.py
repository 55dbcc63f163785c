"""What can be foreseen of a long advance, in words: one line a fault or risk, its mend below it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.outcomes import Fault
    from odc_tui.present.chrome import Piece

__all__ = ["LONG_DAYS", "NOTHING", "check_pieces", "foreseen_lines", "foreseen_pieces", "going_words"]

LONG_DAYS = 31
"""A longer advance is looked over before it begins."""

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


_TONES = {"stop": "$role-risk", "risk": "$role-warn", "ok": "$role-ok"}


def foreseen_pieces(lines: Sequence[Fault]) -> list[Piece]:
    """The list for a dialog: a mark with its word, what is so, and below it what to do.

    Args:
        lines: from `engine.outlook`.
    """
    pieces: list[Piece] = [("On the way there, as planned and without bad luck\n", "bold")]
    return [*pieces, *(check_pieces(lines) or [(f"✓ good   {NOTHING}\n", "$role-ok")])]


def check_pieces(lines: Sequence[Fault]) -> list[Piece]:
    """Faults, risks and what is good: a mark with its word, what is so, what to do."""
    pieces: list[Piece] = []
    for line in lines:
        pieces += [(f"{_MARKS[line.severity]}  ", _TONES[line.severity]), (line.reason, "")]
        pieces.append((f" {line.fix}\n" if line.fix else "\n", "$role-quiet"))
    return pieces


def going_words(lines: Sequence[Fault]) -> str:
    """What going means now that the list is known."""
    if any(line.severity == "stop" for line in lines):
        return "No-go: the campaign would not get there. Enter goes all the same, esc leaves it."
    risks = sum(line.severity == "risk" for line in lines)
    if risks:
        them = "this risk" if risks == 1 else f"these {risks} risks"
        return f"Go, if you accept {them}: enter goes, esc leaves it."
    return "Go. Enter lets time run until then."
