"""Mission control."""

from __future__ import annotations

from odc_tui.screens.campaign import CampaignScreen


class MissionScreen(CampaignScreen):
    """Mission control."""

    NAME = "mission"
