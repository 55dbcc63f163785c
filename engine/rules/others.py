"""The one place where others act on the player's prices: rival companies and data centres on the ground."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.state import CampaignState


def rival_supply(state: CampaignState) -> Mapping[str, float]:
    """Compute that others offer beyond what the quoted demand already reckons with, in PFLOP/s by workload.

    Negative where they offer less. Workloads that are left out are as quoted.
    """
    return state.others.delivered_pflops


def rival_lifted_t(state: CampaignState) -> float:
    """What rivals have lifted since the first day, in tonnes; it joins the industry's total."""
    return state.others.lifted_kg / 1000.0
