"""The launch desk."""

from __future__ import annotations

from odc_tui.screens.campaign import CampaignScreen


class LaunchScreen(CampaignScreen):
    """The launch desk."""

    NAME = "launch"
