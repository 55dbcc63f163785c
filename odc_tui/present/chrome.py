"""The lines every screen wears: header, tab strip, footer. Rows of (text, style) that fit a width."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from odc_tui.present import dates, numbers

__all__ = ["HeaderFacts", "Piece", "footer_line", "header_line", "plain", "tab_line", "width_of"]

Piece = tuple[str, str]
"""Text, and the style it is drawn in (a Textual style with theme variables)."""

QUIET = "$role-quiet"


@dataclass(frozen=True, slots=True)
class HeaderFacts:
    """What the header says.

    Attributes:
        name: the campaign.
        date: UTC date of the state.
        seconds: the view's clock within the day, None while only whole days pass.
        running: whether time runs.
        speed: as `1 day/s`.
        cash_usd: None where money plays no part.
        cash_trend: sign of the last change of cash.
        saved: as `saved 12:03`, `saving`, or a sentence of trouble.
        trouble: whether `saved` is one.
        ascii_only: draw with ASCII alone.
    """

    name: str
    date: dt.date
    seconds: float | None
    running: bool
    speed: str
    cash_usd: float | None
    cash_trend: int
    saved: str
    trouble: bool = False
    ascii_only: bool = False


def plain(pieces: Sequence[Piece]) -> str:
    """The text of pieces without their styles."""
    return "".join(text for text, _ in pieces)


def width_of(pieces: Sequence[Piece]) -> int:
    """Characters the pieces take."""
    return sum(len(text) for text, _ in pieces)


def header_line(facts: HeaderFacts, width: int) -> list[Piece]:
    """The header in one line of exactly `width` characters.

    Six fields: campaign, date, time state, cash, saved state, help. Where there is little room, gaps shrink,
    the weekday goes, the saved state becomes its mark, the pace goes while time stands still, and at last the
    name is cut.
    """
    tail: list[Piece] = []
    room = 0
    for weekday, saved_words, pace, gap in _LAYOUTS:
        tail = _header_tail(facts, weekday, saved_words, pace, gap)
        room = width - 1 - width_of(tail)
        if room >= min(len(facts.name), _NAME_WIDTH):
            break
    name = dates.shorten(facts.name, max(0, room))
    filler = " " * max(0, room - len(name))
    return _clip([(" ", ""), (name, "bold"), (filler, ""), *tail], width)


_NAME_WIDTH = 24
_LAYOUTS = (
    (True, True, True, 6),
    (True, True, True, 3),
    (False, True, True, 3),
    (False, True, True, 2),
    (False, False, True, 2),
    (False, False, False, 2),
)
"""Weekday, words of the saved state, pace while time stands still, gap between fields; the roomiest first."""


def _header_tail(facts: HeaderFacts, weekday: bool, saved_words: bool, pace: bool, gap: int) -> list[Piece]:
    space = (" " * gap, "")
    date = dates.weekday_date(facts.date) if weekday else dates.day_month_year(facts.date)
    time = f" {dates.clock(facts.seconds)} UTC" if facts.seconds is not None else " UTC"
    pieces: list[Piece] = [space, (date, ""), (time, QUIET), space, _time_state(facts, pace)]
    if facts.cash_usd is not None:
        pieces += [space, *_cash(facts, facts.cash_usd)]
    pieces += [space, _saved(facts, saved_words), space, ("?", "$primary bold"), (" help ", QUIET)]
    return pieces


def _time_state(facts: HeaderFacts, pace: bool) -> Piece:
    run, stop = (">", "=") if facts.ascii_only else ("▶", "‖")
    if facts.running:
        return (f"{run} {facts.speed}", "$role-ok bold")
    return (f"{stop} paused, {facts.speed}" if pace else f"{stop} paused", "$role-warn")


def _cash(facts: HeaderFacts, cash_usd: float) -> list[Piece]:
    up, down = ("^", "v") if facts.ascii_only else ("▲", "▼")
    arrow = up if facts.cash_trend > 0 else down if facts.cash_trend < 0 else " "
    style = "$role-money" if cash_usd >= 0 else "$role-risk bold"
    return [
        (numbers.money(cash_usd), style),
        (f" {arrow}", "$role-money" if facts.cash_trend >= 0 else "$role-risk"),
    ]


def _saved(facts: HeaderFacts, words: bool) -> Piece:
    mark = ("!" if facts.trouble else "+") if facts.ascii_only else ("✖" if facts.trouble else "✔")
    style = "$role-risk bold" if facts.trouble else QUIET
    return (f"{mark} {facts.saved}" if words or facts.trouble else mark, style)


def tab_line(rooms: Sequence[tuple[str, str]], current: str, width: int) -> list[Piece]:
    """The tab strip: number and name of each room, the current one marked by more than colour.

    Args:
        rooms: screen name and label, in tab order.
        current: name of the screen in front.
        width: characters to fill.
    """
    pieces: list[Piece] = [(" ", "")]
    for number, (name, label) in enumerate(rooms, start=1):
        if name == current:
            pieces += [(f" {number} {label} ", "$background on $primary bold"), (" ", "")]
        else:
            pieces += [(f" {number}", "$primary"), (f" {label} ", QUIET), (" ", "")]
    return _clip(pieces, width)


def footer_line(keys: Sequence[tuple[str, str, bool]], width: int) -> list[list[Piece]]:
    """The most useful keys that fit, in order; what has no use now only where room is left.

    Args:
        keys: key, label, and whether it can be used now, most useful first.
        width: characters there are.

    Returns:
        One pair of pieces a key: the key, and its label with the blanks after it.
    """
    shown: dict[int, list[Piece]] = {}
    used = 0
    for rank, (key, label, enabled) in sorted(enumerate(keys), key=lambda item: (not item[1][2], item[0])):
        entry = _footer_entry(key, label, enabled)
        if used + width_of(entry) - 3 <= width:
            shown[rank] = entry
            used += width_of(entry)
    return [shown[rank] for rank in sorted(shown)]


def _footer_entry(key: str, label: str, enabled: bool) -> list[Piece]:
    if enabled:
        return [(key, "$primary bold"), (f" {label}   ", "$foreground")]
    return [(key, "$role-groove"), (f" {label}   ", "$role-groove")]


def _clip(pieces: list[Piece], width: int) -> list[Piece]:
    """The pieces, cut or filled with blanks to exactly `width` characters."""
    out: list[Piece] = []
    left = max(0, width)
    for text, style in pieces:
        if left <= 0:
            break
        out.append((text[:left], style))
        left -= len(text)
    return [*out, (" " * left, "")] if left > 0 else out
