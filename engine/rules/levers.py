"""The factors by which sliders move what the catalogue says: the one place where rules read them."""

from __future__ import annotations

from typing import Literal, TypeAlias

from engine.state import CampaignState

Lever: TypeAlias = Literal[
    "launch_odds",
    "launch_price",
    "demand",
    "price_fall",
    "storms",
    "debris",
    "delays",
    "ground_rival",
    "rivals",
    "happenings",
]


def lever(state: CampaignState, name: Lever) -> float:
    """The factor on something today; 1 leaves it as the catalogue says."""
    value = getattr(state.scenario.difficulty, name)
    return 1.0 if value is None else float(value)


def moved_odds(odds: float, factor: float) -> float:
    """Odds of success moved by a factor: below 1 it scales them, above 1 it divides the chance of failure."""
    return odds * factor if factor <= 1.0 else 1.0 - (1.0 - odds) / factor
