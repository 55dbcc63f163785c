"""Go/no-go lists: faults as lines with a mark, a word, a reason, and what to do."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from odc_tui.present import numbers

if TYPE_CHECKING:
    from engine.outcomes import Fault
    from odc_tui.present.chrome import Piece

__all__ = ["Check", "check_of", "lines", "verdict"]

Severity = Literal["stop", "risk", "ok"]

_WORDS = {"stop": "STOP", "risk": "RISK", "ok": "ok"}
_MARKS = {"stop": "✖", "risk": "⚠", "ok": "✔"}
INDENT = 7
_TIE = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Check:
    """One line of a go/no-go list.

    Attributes:
        mend: what enter does about it, as `Move to 1 Oct 2027`; empty if nothing.
    """

    severity: Severity
    reason: str
    fix: str = ""
    mend: str = ""

    @property
    def mark(self) -> str:
        """The one-cell mark."""
        return _MARKS[self.severity]

    @property
    def word(self) -> str:
        """The severity as a word."""
        return _WORDS[self.severity]


def check_of(fault: Fault, mend: str = "") -> Check:
    """A fault of the engine as a line."""
    return Check(fault.severity, fault.reason, fault.fix, mend)


def lines(check: Check, width: int) -> list[str]:
    """The words of a check, wrapped; the mark and the severity stand in the first `INDENT` cells."""
    room = max(10, width - INDENT)
    text = _tied(f"{check.reason} {check.fix}".strip())
    return [line.replace(_TIE, " ") for line in textwrap.wrap(text, room)] or [""]


def _tied(text: str) -> str:
    """Numbers hold on to their units when a line is broken."""
    return re.sub(r"(?<=\d) (?=\S)", _TIE, text)


def verdict(checks: Sequence[Check], good: str) -> list[Piece]:
    """The list in one sentence.

    Args:
        checks: the list.
        good: what holds when nothing stops it.
    """
    stops = sum(check.severity == "stop" for check in checks)
    risks = sum(check.severity == "risk" for check in checks)
    if stops:
        return [("✖ ", "$role-risk bold"), (f"NO-GO: {numbers.counted(stops, 'stop')}", "$role-risk bold")]
    if risks:
        return [
            ("⚠ ", "$role-warn bold"),
            (f"{good}, {numbers.counted(risks, 'risk')} to know", "$role-warn"),
        ]
    return [("✔ ", "$role-ok bold"), (good, "$role-ok bold")]
