"""The swarm."""

from __future__ import annotations

from odc_tui.screens.campaign import CampaignScreen


class SwarmScreen(CampaignScreen):
    """The swarm."""

    NAME = "swarm"
