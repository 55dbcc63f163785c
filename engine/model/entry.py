"""What every entry of the catalogue has, and what a source is."""

from __future__ import annotations

from engine.model.base import CleanName, Frozen, Slug

__all__ = ["Entry", "Source"]


class Source(Frozen):
    """A publication that figures come from."""

    id: Slug
    title: str
    publisher: str
    date: str
    where: str = ""


class Entry(Frozen):
    """What every catalogue entry has: an id to refer to, a name to show, a sentence to learn from."""

    id: Slug
    name: CleanName
    summary: str
