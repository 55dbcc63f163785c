"""The half of a room that can be asked why: its figures, the one in focus, and what a click means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events
from textual.widget import Widget

import engine
from odc_tui.present import dates
from odc_tui.present.why_words import LEDGERS, figure_at
from odc_tui.screens.why import WhyDialog

if TYPE_CHECKING:
    from engine.analysis.why import Figure
    from engine.state import CampaignState

__all__ = ["Question", "clicked_figure", "question_of"]

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


def clicked_figure(event: events.Click, figures: tuple[Figure, ...]) -> str | None:
    """The figure under the pointer, if the click was on words that say one.

    Args:
        event: the click.
        figures: what can be asked.
    """
    widget = event.widget
    if widget is None or widget.can_focus or not _in_body(widget):
        return None
    known = {figure.id for figure in figures}
    whole = LEDGERS.get(widget.id or "")
    if whole is not None:
        return whole if whole in known else None
    offset = event.get_content_offset(widget)
    if offset is None:
        return None
    for row in range(offset.y, -1, -1):
        found = figure_at(_line(widget, row), offset.x, known)
        if found is not None or row < offset.y - 3:
            return found
    return None


def _in_body(widget: Widget) -> bool:
    return any(one.id == "body" for one in widget.ancestors)


def _line(widget: Widget, row: int) -> str:
    return widget.render_line(row).text
