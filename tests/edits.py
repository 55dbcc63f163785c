"""Small edits of asset files, for tests of what is then said of them."""

from __future__ import annotations

from collections.abc import Callable

Edit = Callable[[str], str]


def swap(old: str, new: str) -> Edit:
    """Replace one piece of text, which has to be there."""

    def edit(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return edit


def append(more: str) -> Edit:
    """Add at the end."""
    return lambda text: f"{text}\n{more}"
