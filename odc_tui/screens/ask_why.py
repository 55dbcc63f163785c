"""The half of a room that can be asked why: its figures, the one in focus, and what a click means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.geometry import Offset
from textual.widget import Widget

import engine
from odc_tui.present import dates
from odc_tui.present.why_words import LEDGERS, figure_at
from odc_tui.screens.why import WhyDialog

if TYPE_CHECKING:
    from engine.analysis.why import Figure
    from engine.state import CampaignState

__all__ = ["Question", "clicked_figure", "question_of"]

_LINES = 3
"""A gauge says its name in the first of so many lines."""

NOTHING = "There is no figure to ask about yet. Launch something, or open the design bureau with 2."


@dataclass(frozen=True, slots=True)
class Question:
    """What can be asked of a screen.

    Attributes:
        title: whose figures they are, and of when.
        figures: all of them.
        start: id of the one in focus.
        twin: arguments of `odc explain` that list the same figures, or empty.
    """

    title: str
    figures: tuple[Figure, ...]
    start: str = ""
    twin: str = ""

    def dialog(self, state: CampaignState, start: str = "") -> WhyDialog:
        """The panel that answers it.

        Args:
            state: the campaign, for its catalogue.
            start: id of the figure to begin with, if not the one in focus.
        """
        return WhyDialog(self.title, self.figures, start or self.start, state.catalogue, self.twin)


def question_of(state: CampaignState, file: str, batch: int | None, start: str = "") -> Question:
    """The figures of a batch and the campaign, or of the campaign alone.

    Args:
        state: the campaign.
        file: what its file is called.
        batch: row of a batch in the fleet, or None.
        start: id of the figure in focus.
    """
    figures = engine.figures(state, batch)
    whose = "the campaign" if batch is None else state.batch_id(batch)
    twin = f"--campaign {file}" + ("" if batch is None else f" --batch-id {whose}")
    day = dates.day_month_year(state.date)
    return Question(f"Ask why · {whose} · {day}", figures, start, twin)


def clicked_figure(widget: Widget, place: Offset, figures: tuple[Figure, ...]) -> str | None:
    """The figure under the pointer, if the click was on words that say one.

    Args:
        widget: what was clicked on.
        place: where on the screen.
        figures: what can be asked.
    """
    if widget.can_focus or not _in_body(widget):
        return None
    known = {figure.id for figure in figures}
    whole = LEDGERS.get(widget.id or "")
    if whole is not None:
        return whole if whole in known else None
    offset = place - widget.content_region.offset
    if offset.y < 0 or not widget.content_region.contains_point(place):
        return None
    for row in range(offset.y, max(-1, offset.y - _LINES), -1):
        found = figure_at(widget.render_line(row).text, offset.x, known)
        if found is not None:
            return found
    return None


def _in_body(widget: Widget) -> bool:
    return any(one.id == "body" for one in widget.ancestors)
