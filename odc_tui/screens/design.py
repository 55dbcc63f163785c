"""The design bureau."""

from __future__ import annotations

from odc_tui.screens.campaign import CampaignScreen


class DesignScreen(CampaignScreen):
    """The design bureau."""

    NAME = "design"
