"""Where compute goes: from what was launched to what is delivered, step by step, in words and bars."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from odc_tui.present import numbers
from odc_tui.present.batch import Bar
from odc_tui.present.binding import binding_words

if TYPE_CHECKING:
    from engine.model.report import WaterfallRow
    from odc_tui.present.chrome import Piece

__all__ = ["NOTHING_FLIES", "STEPS", "bars", "loss_words", "most_lost", "summary", "title"]

STEPS = {
    "installed": "launched",
    "healthy": "healthy",
    "level": "at work",
    "goodput": "results",
    "interconnect": "in step",
    "served": "in time",
    "delivered": "delivered",
}
"""Step of the engine to the words that stand on screens."""

_WHY = {
    "healthy": "failed",
    "goodput": "interrupted",
    "interconnect": "waiting for neighbours",
    "served": "too late for customers",
}
NOTHING_FLIES = "Nothing is in service yet. After the first launch this shows what is left of its compute."
_LEAST = 0.0005
"""Loss of a step that is still worth a word."""


def title(rows: Sequence[WaterfallRow], whose: str) -> str:
    """`Where compute goes · L2.1 · 24.7 % arrives`.

    Args:
        rows: the waterfall.
        whose: id of a batch, or `whole fleet`.
    """
    share = _shares(rows)[-1]
    return f"Where compute goes · {whose} · {numbers.percent(share)} arrives"


def bars(rows: Sequence[WaterfallRow], binding: str) -> tuple[Bar, ...]:
    """One bar a step, each as long as what is left of what was launched.

    Args:
        rows: the waterfall, from installed to delivered.
        binding: name of the cap that holds compute down, or most of it.
    """
    return tuple(
        Bar(STEPS[row.name], numbers.compute(row.value), share, loss_words(row, binding), _role(row))
        for row, share in zip(rows, _shares(rows), strict=True)
    )


def _shares(rows: Sequence[WaterfallRow]) -> list[float]:
    whole = rows[0].value
    return [row.value / whole if whole > 0.0 else 0.0 for row in rows]


def _role(row: WaterfallRow) -> str:
    return "ok" if row.name == "delivered" else "compute"


def loss_words(row: WaterfallRow, binding: str) -> str:
    """What a step takes of the one before, and why: `−74.0 % ▮ battery`; empty where it takes nothing."""
    lost = 1.0 - row.share
    if lost <= _LEAST or row.name in ("installed", "delivered"):
        return ""
    words = binding_words(binding)
    why = _WHY.get(row.name, f"{words.glyph} {words.word}")
    return f"−{numbers.percent(lost)} {why}"


def most_lost(rows: Sequence[WaterfallRow]) -> str:
    """The step that takes most; where none takes anything, `served`, the last."""
    before = [rows[0].value, *(row.value for row in rows)]
    losses = {row.name: was - row.value for row, was in zip(rows, before, strict=False)}
    name = max(losses, key=lambda one: losses[one])
    return name if losses[name] > _LEAST * rows[0].value else "served"


def summary(rows: Sequence[WaterfallRow], binding: str) -> list[Piece]:
    """One sentence below the bars: which step takes most, and which key asks why."""
    step = next(row for row in rows if row.name == most_lost(rows))
    loss = loss_words(step, binding)
    said = f"Most is lost at “{STEPS[step.name]}”: {loss}. " if loss else "Hardly anything is lost. "
    why, scope = (" why · ", "$role-quiet"), (" batch/fleet", "$role-quiet")
    return [(said, ""), ("i", "$primary bold"), why, ("v", "$primary bold"), scope]
