"""A word of the trade and what it means."""

from __future__ import annotations

from pydantic import Field

from engine.model.base import CleanName, Frozen, Slug


class Term(Frozen):
    """One entry of the glossary.

    Attributes:
        text: what it means, in a sentence or two.
        see: ids of related terms.
    """

    id: Slug
    term: CleanName
    text: str = Field(min_length=1)
    see: tuple[Slug, ...] = ()
