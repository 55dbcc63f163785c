"""What a campaign is out for, in watts of compute: read from its objectives, or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.rules.milestones import it_power_w

if TYPE_CHECKING:
    from engine.state import CampaignState


def pressing(state: CampaignState) -> bool:
    """Whether it is time to build for a goal that is not met, whatever the satellites earn."""
    return wanted_w(state) > it_power_w(state)


def wanted_w(_state: CampaignState) -> float:
    """Compute power that the goals due in the life of a satellite ask for."""
    return 0.0
