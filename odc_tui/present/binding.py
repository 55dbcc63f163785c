"""What holds compute down, in words: a glyph, one word, a sentence, and how bad it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Tone = Literal["ok", "warn", "risk", "quiet"]


@dataclass(frozen=True, slots=True)
class Binding:
    """One cap in words.

    Attributes:
        glyph: one cell, different for every cap.
        word: for tables, at most 10 cells.
        sentence: what it means for the satellites, in plain words.
        tone: `ok` where nothing is lost, `warn` where compute is, `risk` where a craft is in trouble.
        lever: what moves it, in general.
    """

    glyph: str
    word: str
    sentence: str
    tone: Tone
    lever: str


BINDINGS: dict[str, Binding] = {
    "hardware": Binding(
        "■",
        "chips",
        "Every healthy chip is at work: power, cooling and links all have room.",
        "ok",
        "More compute needs more satellites, or newer chips in the next design.",
    ),
    "energy": Binding(
        "☼",
        "power",
        "The array collects less in an orbit than the chips could use.",
        "warn",
        "A larger array, or an orbit with more light.",
    ),
    "battery": Binding(
        "▮",
        "battery",
        "The battery may give no more in the shade, so the chips slow down.",
        "warn",
        "Follow the sun, allow deeper discharge, or carry a larger battery.",
    ),
    "charge-rate": Binding(
        "↯",
        "charging",
        "The battery cannot take or give power fast enough.",
        "warn",
        "Follow the sun, or carry a larger battery.",
    ),
    "junction": Binding(
        "▲",
        "heat",
        "The chips are at the temperature where they begin to slow down.",
        "warn",
        "A larger radiator, or less load at the hottest moment.",
    ),
    "memory": Binding(
        "▴",
        "memory",
        "The chips' memory is at the temperature where it begins to slow down, before the chips are.",
        "warn",
        "A larger radiator, or chips whose memory stands more heat.",
    ),
    "network": Binding(
        "⇅",
        "link",
        "Results come faster than the links to the ground carry them.",
        "warn",
        "Work with fewer bits for its computing, or more downlinks.",
    ),
    "demand": Binding(
        "◇",
        "demand",
        "Customers buy less of this work than the fleet offers.",
        "warn",
        "Another mix of work, or a slower build-up.",
    ),
    "commissioning": Binding(
        "◌",
        "check-out",
        "The satellites are being checked out and moved to their places.",
        "quiet",
        "Time alone.",
    ),
    "blackout": Binding(
        "✖",
        "blackout",
        "There is not even power for the bus: everything is off.",
        "risk",
        "Follow the sun; if that is not enough, the design needs more array or battery.",
    ),
    "ended": Binding("·", "ended", "Its service is over.", "quiet", ""),
    "none": Binding("✔", "nothing", "Nothing holds compute down.", "ok", ""),
}

_UNKNOWN = Binding("?", "other", "Something not named here holds compute down.", "warn", "")


def binding_words(name: str) -> Binding:
    """The words for a cap; an unknown one still gets some."""
    return BINDINGS.get(name, _UNKNOWN)
