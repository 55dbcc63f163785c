"""The promises scoreboard in words: a mark and a word for each verdict, and the figures it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from odc_tui.present import why
from odc_tui.present.dates import shorten
from odc_tui.present.numbers import count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.analysis.scoreboard import PromiseLine
    from engine.analysis.why import Figure
    from odc_tui.present.chrome import Piece

__all__ = ["SIGNS", "figure_words", "promise_pieces"]

SIGNS = {"kept": "✔", "on course": "↗", "in part": "◐", "not kept": "✖", "too early": "…", "no rival": "–"}
"""A mark for each verdict, beside its word."""

_LEFT = 24
_TONES = {"kept": "ok", "on course": "ok", "in part": "warn", "not kept": "risk"}


def figure_words(figure: Figure) -> str:
    """The value of a figure with its unit; bare numbers that nothing works out are counts."""
    is_count = not figure.formula and figure.unit == "1"
    return count(figure.value) if is_count else why.shown(figure)


def promise_pieces(lines: Sequence[PromiseLine], width: int) -> list[Piece]:
    """The scoreboard: a line for each promise with verdict and figure, then what was promised and the rule.

    Args:
        lines: from the engine, in its order.
        width: characters a line of the short list may take.
    """
    pieces: list[Piece] = []
    for line in lines:
        tone = f"$role-{_TONES.get(line.verdict, 'quiet')}"
        pieces.append((f"{SIGNS[line.verdict]} {line.verdict:<10}", f"{tone} bold"))
        said = "" if line.figure is None else f"{figure_words(line.figure)}  {line.figure.label}"
        pieces += [(f" {line.id:<9}", "bold"), (f" {shorten(said, width - _LEFT)}\n", "")]
    for line in lines:
        pieces += [(f"\n{line.promise}\n", "bold"), (f"  {line.because}\n", "$role-quiet")]
    return pieces
