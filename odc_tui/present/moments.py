"""What is said in passing: why time stopped, and how loudly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from odc_tui.simrunner import Frame

__all__ = ["Notice", "stop_notice"]


@dataclass(frozen=True, slots=True)
class Notice:
    """A few words for the corner of the screen."""

    title: str
    text: str
    tone: Literal["information", "warning", "error"]


def stop_notice(frame: Frame) -> Notice | None:
    """Why time has stopped by itself, or None if it runs on or the player stopped it."""
    if frame.refused is not None:
        return Notice("Time stands still", f"{frame.refused.reason} {frame.refused.fix}".strip(), "error")
    event = frame.stopped_by
    if event is None:
        return None
    loud = {"alarm": "error", "warning": "warning"}
    return Notice("Paused", event.text, loud.get(event.severity, "information"))  # type: ignore[arg-type]
