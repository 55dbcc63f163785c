"""The lesson panel: a heading, the goal, the reason. Rows of (text, style)."""

from __future__ import annotations

from odc_tui.guide import LessonRun
from odc_tui.present.chrome import Piece

__all__ = ["heading", "panel"]

_KEY = "bold $background on $primary"


def heading(run: LessonRun, ascii_only: bool = False) -> str:
    """`First flight · 2 of 6 · Choose a satellite`."""
    dot, tick = ("-", "+") if ascii_only else ("·", "✔")
    step = run.step
    if step is None:
        return f"{run.lesson.name} {dot} done {tick}"
    return f"{run.lesson.name} {dot} {run.index + 1} of {len(run.lesson.steps)} {dot} {step.title}"


def panel(run: LessonRun) -> list[Piece]:
    """The content of the panel, one paragraph for what to do and one for why."""
    step = run.step
    if step is None:
        return _with_keys(run.lesson.farewell, "")
    before = run.lesson.steps[run.index - 1].praise if run.index and run.is_done(run.index - 1) else ""
    praise: list[Piece] = [(f"{before} ", "$role-ok")] if before else []
    return [
        *praise,
        ("Do: ", "$primary bold"),
        *_with_keys(step.goal, "bold"),
        ("\nWhy: ", "$primary bold"),
        *_with_keys(step.why, ""),
    ]


def _with_keys(text: str, style: str) -> list[Piece]:
    """The text with the keys that stand in `backticks` drawn as keys."""
    parts = enumerate(text.split("`"))
    return [(part, _KEY if number % 2 else style) for number, part in parts if part]
