"""Budgets of frozen designs, worked out once: a design never changes, and every flight asks."""

from __future__ import annotations

from functools import lru_cache

from engine.model.budget import DesignBudget
from engine.model.catalogue import Catalogue
from engine.model.design import Design
from engine.model.same import Same
from engine.rules.design import budget
from engine.state import CampaignState

_KEPT = 512


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
