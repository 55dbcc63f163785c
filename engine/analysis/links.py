"""The links of one batch: contact, rates, hops, latency, and what they leave of its compute."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from engine.rules.fleet_links import reports_of

if TYPE_CHECKING:
    from engine.model.link_report import LinksReport
    from engine.state import CampaignState


def links_report(state: CampaignState, batch_index: int) -> LinksReport:
    """The links of a batch as they are today; what the day step runs on was worked out when the month began.

    Args:
        state: the campaign.
        batch_index: row of the batch in the fleet.
    """
    return reports_of(state, np.array([batch_index], np.intp))[0]
