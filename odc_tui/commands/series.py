"""Named series as they are typed: `cash,delivered_pflops`."""

from __future__ import annotations

from engine.conditions.quantities import QUANTITIES, quantity_named
from engine.errors import InputError
from engine.store.blame import close_to

__all__ = ["series_named"]


def series_named(text: str) -> tuple[str, ...]:
    """The quantities of a list with commas, each once, by the name they go by here.

    Raises:
        InputError: one is not known, or there is none.
    """
    found: dict[str, None] = {}
    for word in text.split(","):
        quantity = quantity_named(word.strip())
        if quantity is None:
            mend = close_to(word.strip(), QUANTITIES)
            raise InputError(f'"{word.strip()[:40]}" is no quantity', "--series", mend)
        found[quantity.name] = None
    return tuple(found)
