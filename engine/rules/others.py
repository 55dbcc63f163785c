"""The one place where others act on the player's prices: rival companies and data centres on the ground."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.state import CampaignState

_NOTHING: Mapping[str, float] = MappingProxyType({})


def rival_supply(state: CampaignState) -> Mapping[str, float]:  # noqa: ARG001
    """Compute that others offer beyond what the quoted demand already reckons with, in PFLOP/s by workload.

    Negative where they offer less. Workloads that are left out are as quoted.
    """
    return _NOTHING


def rival_lifted_t(state: CampaignState) -> float:  # noqa: ARG001
    """What rivals have lifted since the first day, in tonnes; it joins the industry's total."""
    return 0.0
