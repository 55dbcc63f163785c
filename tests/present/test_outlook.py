"""The go/no-go list of a long advance in words."""

from __future__ import annotations

import pytest

from engine.outcomes import Fault
from odc_tui.present.outlook import NOTHING, foreseen_lines, foreseen_pieces, going_words

STOP = Fault("stop", "cash", "The money runs out.", "Earn more first.")
RISK = Fault("risk", "life", "L1 reaches the end of its life.", "Book what replaces it.")
GOOD = Fault("ok", "power", "Compute holds.")


def words(lines: list[Fault]) -> str:
    """The list without its colours."""
    return "".join(text for text, _ in foreseen_pieces(lines))


def test_every_line_has_a_word_beside_its_mark_and_its_mend() -> None:
    told = words([STOP, RISK, GOOD])
    for part in ("✖ no-go  The money runs out. Earn more first.", "⚠ risk ", "✓ good   Compute holds."):
        assert part in told
    assert foreseen_lines([STOP])[1].strip() == STOP.fix


def test_nothing_against_it_is_said_too() -> None:
    assert NOTHING in words([])


@pytest.mark.parametrize(
    ("lines", "said"),
    [([STOP, RISK], "No-go"), ([RISK], "this risk"), ([RISK, RISK], "these 2 risks"), ([GOOD], "Go. ")],
)
def test_going_says_what_one_accepts(lines: list[Fault], said: str) -> None:
    assert said in going_words(lines)
    assert "nter " in going_words(lines)
