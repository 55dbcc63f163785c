"""The factors by which sliders and happenings move what the catalogue says; rules read them here alone."""

from __future__ import annotations

from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.model.happening import Lever
from engine.state import CampaignState

Slider: TypeAlias = Literal["price_fall", "storms", "rivals", "happenings"]
"""Sliders that no happening moves."""


def lever(state: CampaignState, name: Lever | Slider, of: str = "") -> float:
    """The factor on something today; 1 leaves it as the catalogue says.

    Args:
        state: the campaign.
        name: what is moved.
        of: the vehicle or workload meant.
    """
    # What happenings alone move is no field of the model, which takes long to say so itself.
    value = state.scenario.difficulty.__dict__.get(name)
    factor = 1.0 if value is None else float(value)
    for pull in state.happened.pulls:
        if pull.lever == name and state.day < pull.until_day and (not pull.of or of in pull.of):
            factor *= pull.factor
    return factor


def moved_odds(odds: float, factor: float) -> float:
    """Odds of success moved by a factor: below 1 it scales them, above 1 it divides the chance of failure."""
    return odds * factor if factor <= 1.0 else 1.0 - (1.0 - odds) / factor


def debris_factors(state: CampaignState, altitude_km: NDArray[np.float64]) -> NDArray[np.float64]:
    """The factor on avoidance of what is not the fleet's own, by altitude: clouds of fragments are shells."""
    slider = state.scenario.difficulty.debris
    factors = np.full(altitude_km.shape, 1.0 if slider is None else float(slider))
    for pull in state.happened.pulls:
        if pull.lever == "debris" and state.day < pull.until_day:
            within = (altitude_km >= pull.from_km) & (altitude_km <= pull.to_km)
            factors[within] *= pull.factor
    return factors
