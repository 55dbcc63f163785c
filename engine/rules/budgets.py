"""Budgets of frozen designs, worked out once: a design never changes, and every flight asks."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from engine.model.budget import DesignBudget
from engine.model.catalogue import Catalogue
from engine.model.design import Design
from engine.model.same import Same
from engine.rules.design import budget
from engine.state import CampaignState

_KEPT = 512


class _Known(NamedTuple):
    """A budget and what it is of: as long as these are held here, nobody else has their numbers."""

    budget: DesignBudget
    design: Design
    catalogue: Catalogue


_known: dict[tuple[int, int], _Known] = {}


@lru_cache(maxsize=_KEPT)
def _equal_budget(design: Design, catalogue: Same[Catalogue]) -> DesignBudget:
    return budget(design, catalogue.thing)


def known_budget(design: Design, catalogue: Catalogue) -> DesignBudget:
    """The budget of a design, from memory if it was asked for before."""
    key = (id(design), id(catalogue))
    found = _known.get(key)
    if found is None:
        if len(_known) >= _KEPT:
            _known.clear()
        found = _known[key] = _Known(_equal_budget(design, Same(catalogue)), design, catalogue)
    return found.budget


def budget_of(state: CampaignState, design_id: str) -> DesignBudget:
    """The budget of a design frozen in this campaign."""
    return known_budget(state.designs[design_id], state.catalogue)
