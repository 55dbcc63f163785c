"""The panel that says where compute goes, of a batch or of the whole fleet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import engine
from odc_tui.present import flow
from odc_tui.screens.batch_view import bar_pieces
from odc_tui.screens.panels import Panel, entitle

if TYPE_CHECKING:
    from engine.state import CampaignState

__all__ = ["FlowPanel"]

_WIDE = 80
_BAR, _SHORT_BAR = 24, 14


class FlowPanel(Panel):
    """Bars from launched to delivered. `step` is the figure to ask about first."""

    step = ""

    def show(self, state: CampaignState, batch: int | None) -> None:
        """Show where the compute of the last day went.

        Args:
            state: the campaign.
            batch: row of a batch in the fleet, or None for all in service.
        """
        rows = engine.waterfall(state, batch) if len(state.names) else ()
        if not rows or rows[0].value <= 0.0:
            entitle(self, "Where compute goes")
            self.say([(flow.NOTHING_FLIES, "$role-quiet")])
            return
        whose = "whole fleet" if batch is None else state.batch_id(batch)
        binding = engine.balance(state, batch).binding
        entitle(self, flow.title(rows, whose))
        width = _BAR if self.size.width >= _WIDE else _SHORT_BAR
        bars = bar_pieces(flow.bars(rows, binding), width)
        self.say([*bars, ("\n", ""), *flow.summary(rows, binding)])
        self.step = f"{'flow' if batch is None else 'step'}-{flow.most_lost(rows)}"
