"""What is left to say when the program breaks: what happened, and that the campaign is kept."""

from __future__ import annotations

import traceback
from pathlib import Path

__all__ = ["crash_text"]


def crash_text(error: BaseException, campaign: Path | None, log: Path | None, unsaved: str = "") -> str:
    """The last words on the restored terminal; the details go to a file.

    Args:
        error: what broke.
        campaign: the file of the campaign being played, if any.
        unsaved: why it could not be kept; empty if every order is on the disk.
        log: where to write the details; None to print them.

    Returns:
        A few plain lines.
    """
    within = getattr(error, "error", None)  # a worker's failure wraps what broke it
    if isinstance(within, BaseException):
        error = within
    details = "".join(traceback.format_exception(error))
    lines = [f"Orbital Data Centre broke on {type(error).__name__}: {_one_line(str(error))}"]
    if campaign is not None and unsaved:
        lines.append(f"What was played last is lost ({unsaved}); the campaign is as it was written before:")
        lines.append(f"  {campaign}")
    elif campaign is not None:
        lines.append("Nothing is lost: the campaign goes on from its last order when it is opened again.")
        lines.append(f"  {campaign}")
    if log is not None and _written(log, details):
        lines.append("What a report needs is written in:")
        lines.append(f"  {log}")
    else:
        lines.append(details.rstrip())
    return "\n".join(lines)


def _written(log: Path, details: str) -> bool:
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        log.write_text(details, encoding="utf-8")
    except OSError:
        return False
    return True


def _one_line(text: str) -> str:
    return " ".join(text.split())[:200]
