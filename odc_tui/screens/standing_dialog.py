"""A new standing order: when, and what; the engine runs it through a year before it is laid down."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from pydantic import ValidationError
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from odc_tui.present import standing_desk
from odc_tui.screens.base import OdcModal
from odc_tui.screens.foreseeing import rehearsed
from odc_tui.widgets.chrome import content_of
from odc_tui.widgets.menu import Choice, Menu

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.orders import StandingOrder
    from engine.state import CampaignState
    from engine.store.schema import FileOrder
    from odc_tui.present.chrome import Piece

__all__ = ["StandingDialog"]


@dataclass
class Rehearsed(Message):
    """A dry run is done.

    Attributes:
        number: which; older ones are dropped.
        order: what was tried.
        holds: whether the rules take it.
        told: what came of it.
    """

    number: int
    order: StandingOrder
    holds: bool
    told: list[Piece]


class StandingDialog(OdcModal):
    """Ends with the standing order to lay down, or None.

    Args:
        state: the campaign; time has to stand while this is open.
        offers: what can be given.
        waiting: orders of the file that wait for their day.
    """

    CSS_PATH = "standing_dialog.tcss"

    def __init__(
        self,
        state: CampaignState,
        offers: Sequence[standing_desk.Offer],
        waiting: Sequence[FileOrder] = (),
    ) -> None:
        super().__init__()
        self._state = state
        self._offers = {offer.key: offer for offer in offers}
        self._waiting = waiting
        self._number = 0
        self._tried: StandingOrder | None = None

    def compose_dialog(self) -> ComposeResult:
        """When, what, what came of it, keys."""
        yield Static(Content("New standing order"), classes="dialog-title")
        yield Input("every month", max_length=600, id="standing-when")
        yield Static(Content(f"as {standing_desk.WHEN_EXAMPLES}"), id="standing-examples")
        lines = [Choice(offer.key, offer.label) for offer in self._offers.values()]
        yield Menu(lines, label_width=66, id="standing-order")
        with VerticalScroll(id="standing-page"):
            yield Static("", id="standing-told")
        words = "tab when/what · enter try it for a year, and once more to lay it down · esc leave"
        yield Static(Content(words), classes="dialog-keys")

    def on_mount(self) -> None:
        """Begin with when."""
        self.query_one(Menu).ascii_only = self.odc.ascii_only
        self.query_one(Input).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Another text: what was tried is of no use any more."""
        event.stop()
        self._forget()

    def on_menu_moved(self, message: Menu.Moved) -> None:
        """Another order, likewise."""
        message.stop()
        self._forget()

    def _forget(self) -> None:
        self._number += 1
        self._tried = None
        self._say([])

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """On to what is given."""
        event.stop()
        self.query_one(Menu).focus()

    def on_menu_chosen(self, message: Menu.Chosen) -> None:
        """Try it; asked again, lay it down."""
        message.stop()
        if self._tried is not None:
            self.dismiss(self._tried)
            return
        try:
            when = self.query_one(Input).value
            order = standing_desk.new_order(self._state, when, self._offers[message.choice.key])
        except ValidationError:
            self._say([("✖ ", "$role-risk"), ("Say when, as every month.", "")])
            return
        self._number += 1
        self._say([("◌ ", "$role-quiet"), ("Running through the year to come …", "$role-quiet")])
        self.run_worker(partial(self._try, self._number, order), thread=True, exclusive=True, group="try")

    def _try(self, number: int, order: StandingOrder) -> None:
        """In a worker thread."""
        gone = get_current_worker()
        holds, told = rehearsed(self._state, self._waiting, (order,), lambda: gone.is_cancelled)
        if told is not None and not gone.is_cancelled:
            self.post_message(Rehearsed(number, order, holds, told))

    def on_rehearsed(self, message: Rehearsed) -> None:
        """Show it, if it is about what stands in the form now."""
        message.stop()
        if message.number != self._number:
            return
        self._tried = message.order if message.holds else None
        more: list[Piece] = [("\n✔ ", "$role-ok"), ("Enter lays it down.", "bold")] if message.holds else []
        self._say([*message.told, *more])

    def _say(self, pieces: list[Piece]) -> None:
        self.query_one("#standing-told", Static).update(content_of(pieces))
