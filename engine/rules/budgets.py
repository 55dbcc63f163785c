"""Budgets of frozen designs, worked out once: a design never changes, and every flight asks."""

from __future__ import annotations

from functools import lru_cache

from engine.model.budget import DesignBudget
from engine.model.catalogue import Catalogue
from engine.model.design import Design
from engine.rules.design import budget
from engine.state import CampaignState

_KEPT = 512


class Same:
    """A catalogue as a key: equal to itself alone, so that no two are ever compared field by field."""

    __slots__ = ("catalogue",)

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    def __hash__(self) -> int:
        return id(self.catalogue)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.catalogue is self.catalogue


@lru_cache(maxsize=_KEPT)
def _budget(design: Design, same: Same) -> DesignBudget:
    return budget(design, same.catalogue)


def known_budget(design: Design, catalogue: Catalogue) -> DesignBudget:
    """The budget of a design, from memory if it was asked for before."""
    return _budget(design, Same(catalogue))


def budget_of(state: CampaignState, design_id: str) -> DesignBudget:
    """The budget of a design frozen in this campaign."""
    return known_budget(state.designs[design_id], state.catalogue)
