"""Budgets of frozen designs, worked out once: a design never changes, and every flight asks."""

from __future__ import annotations

from functools import lru_cache
from typing import Generic, TypeVar

from engine.model.budget import DesignBudget
from engine.model.catalogue import Catalogue
from engine.model.design import Design
from engine.rules.design import budget
from engine.state import CampaignState

_KEPT = 512


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


@lru_cache(maxsize=_KEPT)
def _budget(design: Same[Design], catalogue: Same[Catalogue]) -> DesignBudget:
    return _equal_budget(design.thing, catalogue)


@lru_cache(maxsize=_KEPT)
def _equal_budget(design: Design, catalogue: Same[Catalogue]) -> DesignBudget:
    return budget(design, catalogue.thing)


def known_budget(design: Design, catalogue: Catalogue) -> DesignBudget:
    """The budget of a design, from memory if it was asked for before."""
    return _budget(Same(design), Same(catalogue))


def budget_of(state: CampaignState, design_id: str) -> DesignBudget:
    """The budget of a design frozen in this campaign."""
    return known_budget(state.designs[design_id], state.catalogue)
