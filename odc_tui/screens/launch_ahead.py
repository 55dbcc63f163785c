"""If you launch: the flight run ahead in a worker thread while the player looks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual.message import Message
from textual.timer import Timer
from textual.widgets import Static
from textual.worker import get_current_worker

from engine.events import day_of
from odc_tui.present.launch_outlook import Look, can_look, look_ahead, outlook_pieces
from odc_tui.widgets.chrome import content_of

if TYPE_CHECKING:
    from engine.model.report import LaunchQuote
    from engine.orders import Launch
    from engine.state import CampaignState

__all__ = ["LaunchAhead"]

_REST_S = 0.3
"""A form at rest so long is looked at; one being edited is not."""


@dataclass
class Looked(Message):
    """A look ahead is done.

    Attributes:
        number: which; older ones are dropped.
        looks: what was seen.
    """

    number: int
    looks: tuple[Look, ...]


class LaunchAhead(Static):
    """What the flight would bring, from the same engine."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__("", id=id, markup=False)
        self._number = 0
        self._rest: Timer | None = None
        self._asked: tuple[int, Launch, bool] | None = None
        self._money = True

    def look(self, state: CampaignState, order: Launch, quote: LaunchQuote, *, still: bool) -> None:
        """Look ahead, unless this very flight has been looked at.

        Args:
            state: the campaign.
            order: the flight.
            quote: what the engine says to it.
            still: whether time stands; while it runs nothing is run ahead.
        """
        asked = (id(state), order, still)
        if asked == self._asked or not self.display:
            return
        self._asked = asked
        self._number += 1
        if self._rest is not None:
            self._rest.stop()
        self._money = state.scenario.rules.money
        if not quote.go or quote.service_date is None:
            self.update(content_of(outlook_pieces((), self._money)))
        elif not still:
            self.update(content_of([("While time runs, nothing is run ahead.", "$role-quiet")]))
        elif not can_look(state, order):
            self.update(content_of([("Fleet or series is too large to run ahead here.", "$role-quiet")]))
        else:
            work = partial(self._work, self._number, state, order, day_of(quote.service_date))
            self._rest = self.set_timer(_REST_S, partial(self._begin, work))

    def _begin(self, work: partial[None]) -> None:
        self.update(content_of([("Looking ahead …", "$role-quiet")]))
        self.run_worker(work, thread=True, exclusive=True, group="ahead")

    def _work(self, number: int, state: CampaignState, order: Launch, service_day: int) -> None:
        """In a worker thread."""
        looks = look_ahead(state, order, service_day)
        if not get_current_worker().is_cancelled:
            self.post_message(Looked(number, looks))

    def on_looked(self, message: Looked) -> None:
        """Show it, if it is about what stands in the form now."""
        message.stop()
        if message.number == self._number:
            self.update(content_of(outlook_pieces(message.looks, self._money)))
