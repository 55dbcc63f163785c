"""What is said in passing: why time stopped, and how loudly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from engine.events import Event
    from engine.outcomes import Rejected

Tone = Literal["information", "warning", "error"]

__all__ = ["LIVE_RATE", "Notice", "Tone", "stop_notice"]

LIVE_RATE = 20_000.0
"""Up to so many simulated seconds a second the eye can follow an orbit; faster, no present is marked."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A few words for the corner of the screen."""

    title: str
    text: str
    tone: Tone


_TONES: dict[str, Tone] = {
    "info": "information",
    "notice": "information",
    "warning": "warning",
    "alarm": "error",
}


def stop_notice(stopped_by: Event | None, refused: Rejected | None) -> Notice | None:
    """Why time has stopped by itself, or None if it did not.

    Args:
        stopped_by: the event the player wanted to be stopped by.
        refused: why the rules let no more days pass.
    """
    if refused is not None:
        return Notice("Time stands still", f"{refused.reason} {refused.fix}".strip(), "error")
    if stopped_by is None:
        return None
    return Notice("Paused", stopped_by.text, _TONES[stopped_by.severity])
