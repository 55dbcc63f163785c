"""Large frozen things as keys of a cache."""

from __future__ import annotations

from typing import Generic, TypeVar

__all__ = ["Same"]

Thing = TypeVar("Thing")


class Same(Generic[Thing]):
    """A catalogue or a design as a key: equal to itself alone, so that no two are compared field by field."""

    __slots__ = ("thing",)

    def __init__(self, thing: Thing) -> None:
        self.thing = thing

    def __hash__(self) -> int:
        return id(self.thing)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.thing is self.thing
