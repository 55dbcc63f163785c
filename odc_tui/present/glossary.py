"""Finding words in the glossary."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.model.glossary import Term

__all__ = ["matching"]


def matching(terms: Sequence[Term], words: str) -> list[Term]:
    """The terms that have every word somewhere; those with one in their name come first.

    Args:
        terms: in alphabetical order.
        words: as typed; case does not matter. None typed finds all.
    """
    wanted = words.casefold().split()
    found = [term for term in terms if all(word in f"{term.term} {term.text}".casefold() for word in wanted)]
    return sorted(found, key=lambda term: not any(word in term.term.casefold() for word in wanted))
