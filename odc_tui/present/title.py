"""The title screen in words: the menu with its notes, and the progress line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from odc_tui.present import dates, numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from odc_tui.campaigns import CampaignInfo

__all__ = ["NAME", "PROMISE", "READY", "continue_note", "menu_entries", "progress_bar", "progress_line"]

NAME = "O R B I T A L   D A T A   C E N T R E"
READY = "Engine ready"
PROMISE = "Could it work? Build one and see."


def menu_entries(
    newest: CampaignInfo | None, campaigns: int, scenarios: int, known: bool
) -> list[tuple[str, str, str]]:
    """Key, label and note of each line of the title menu.

    Args:
        newest: the campaign that was played last, if any.
        campaigns: how many there are.
        scenarios: how many scenarios there are; 0 while they are not read.
        known: whether the saves folder has been read.
    """
    entries = [("start", "Start here", "your first satellite, step by step")]
    if newest is not None:
        entries.append(("continue", "Continue", continue_note(newest)))
    counted = f"{scenarios} to choose from" if scenarios else "choose where to begin"
    entries += [
        ("scenarios", "Scenarios", counted),
        ("sandbox", "Sandbox", "all unlocked, money no object"),
        ("load", "Load", _load_note(campaigns, known)),
        ("help", "Library", "what every word means, and all keys"),
        ("settings", "Settings", "colours, motion, what stops time"),
        ("quit", "Quit", ""),
    ]
    return entries


def _load_note(campaigns: int, known: bool) -> str:
    if not known:
        return "looking …"
    return numbers.counted(campaigns, "campaign") + " and the examples" if campaigns else "the examples"


def continue_note(info: CampaignInfo) -> str:
    """`First Light · Jun 2029 · 413 M$`."""
    parts = [info.name]
    if info.date is not None:
        parts.append(dates.month_year(info.date))
    if info.cash_usd is not None:
        parts.append(numbers.money(info.cash_usd))
    return " · ".join(parts)


def newest_playable(listing: Sequence[CampaignInfo]) -> CampaignInfo | None:
    """The first campaign of a listing (newest first) that can be read."""
    return next((info for info in listing if info.problem is None), None)


def progress_bar(share: float, width: int, ascii_only: bool = False) -> str:
    """`▓▓▓▓░░`.

    Args:
        share: 0..1.
        width: characters.
        ascii_only: `####--`.
    """
    full = round(max(0.0, min(1.0, share)) * width)
    done, left = ("#", "-") if ascii_only else ("▓", "░")
    return done * full + left * (width - full)


def progress_line(done: int, total: int, label: str, ascii_only: bool = False) -> str:
    """`Warming the engine ▓▓▓░░ 5 of 9: telemetry`; without a total, the label alone."""
    if total <= 0:
        return label
    return f"Warming the engine {progress_bar(done / total, 9, ascii_only)} {done} of {total}: {label}"
