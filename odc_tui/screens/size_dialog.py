"""Auto-design: say what a satellite is for; the engine flies candidates through their life."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.widgets import Static
from textual.worker import get_current_worker

import engine
from engine.outcomes import Rejected
from odc_tui.present import sizing
from odc_tui.present.size_form import ANY, SizeForm, changed, form_rows
from odc_tui.screens.base import OdcModal
from odc_tui.screens.pick_dialog import pick_for
from odc_tui.widgets.field_form import FieldForm
from odc_tui.widgets.reader import Reader

if TYPE_CHECKING:
    from engine.analysis.size_proposal import Sizing
    from engine.state import CampaignState
    from odc_tui.present.chrome import Piece

__all__ = ["SizeDialog", "Wanted"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A proposal that was accepted: what was asked for, and what was found."""

    form: SizeForm
    found: Sizing


@dataclass
class Told(Message):
    """What the search does now, in a few words."""

    number: int
    words: str


@dataclass
class Sized(Message):
    """The search has come to its end.

    Attributes:
        number: which search; older ones are dropped.
        form: what was asked for.
        found: the proposal, or why there is none.
    """

    number: int
    form: SizeForm
    found: Sizing | Rejected


class SizeDialog(OdcModal):
    """Ends with an accepted proposal, or None.

    Args:
        state: prices, date and catalogue.
        form: what stands in the fields to begin with.
    """

    CSS_PATH = "size_dialog.tcss"
    BINDINGS: ClassVar[list[Any]] = [
        Binding("s", "search", "Search", show=False),
        Binding("a", "accept", "Accept", show=False),
        Binding("tab", "turn", "Form or page", show=False),
    ]

    def __init__(self, state: CampaignState, form: SizeForm) -> None:
        super().__init__()
        self._state = state
        self._wanted = form
        self._number = 0
        self._at_work = False
        self._found: Wanted | None = None

    def compose_dialog(self) -> ComposeResult:
        """Title, form, page, keys."""
        yield Static(Content("Size a satellite"), classes="dialog-title")
        yield FieldForm(form_rows(self._wanted, self._state), label_cells=20, id="size-form")
        yield Reader(id="size-page")
        yield Static("", id="size-keys", classes="dialog-keys")

    def on_mount(self) -> None:
        """The form has the keys."""
        self._form = self.query_one(FieldForm)
        self._page = self.query_one(Reader)
        self._form.take_focus()
        self._say([(sizing.HINT, "$role-quiet")])

    # --- the form --------------------------------------------------------------------------------

    def on_field_form_edited(self, message: FieldForm.Edited) -> None:
        """Something else is asked for: what was found is of no use any more."""
        message.stop()
        self._wanted = changed(self._wanted, message.key, message.value)
        self._form.show(form_rows(self._wanted, self._state))
        self._stop()
        self._say([(sizing.HINT, "$role-quiet")])

    def on_field_form_wanted(self, message: FieldForm.Wanted) -> None:
        """The whole list of a choice."""
        message.stop()
        pick_for(self.app, message.field)

    def action_turn(self) -> None:
        """To the page, or back to the form."""
        if self._page.has_focus:
            self._form.take_focus()
        else:
            self._page.focus()

    # --- the search ------------------------------------------------------------------------------

    def action_search(self) -> None:
        """Look for the cheapest satellite, in a thread."""
        self._stop()
        self._at_work = True
        self._say([("◌ ", "$role-quiet"), ("Searching … esc gives it up.", "$role-quiet")])
        work = partial(self._search, self._number, self._wanted)
        self.run_worker(work, thread=True, exclusive=True, group="size")

    def _search(self, number: int, form: SizeForm) -> None:
        """In a worker thread."""
        gone = get_current_worker()

        def tell(words: str) -> None:
            if not gone.is_cancelled:
                self.post_message(Told(number, words))

        found = engine.size_design(
            self._state,
            form.place,
            form.workload,
            form.vehicle,
            None if form.accelerator == ANY else form.accelerator,
            life_years=form.life_years,
            least_level=form.level_percent / 100.0,
            spread=form.spread,
            cancelled=lambda: gone.is_cancelled,
            progress=tell,
        )
        if found is not None and not gone.is_cancelled:
            self.post_message(Sized(number, form, found))

    def _stop(self) -> None:
        """What is under way or was found no longer counts."""
        self._number += 1
        self._at_work, self._found = False, None
        self.workers.cancel_group(self, "size")

    def on_told(self, message: Told) -> None:
        """Tell what it does."""
        message.stop()
        if message.number == self._number and self._at_work:
            self._say([("◌ ", "$role-quiet"), (f"{message.words} … esc gives it up.", "$role-quiet")])

    def on_sized(self, message: Sized) -> None:
        """Show the proposal, or why there is none."""
        message.stop()
        if message.number != self._number:
            return
        self._at_work = False
        if isinstance(message.found, Rejected):
            words = f"{message.found.reason} {message.found.fix}".strip()
            self._say([("✖ ", "$role-risk"), (words, "")])
            return
        self._found = Wanted(message.form, message.found)
        self._say(sizing.sizing_pieces(message.found, self._state.catalogue))
        self._page.focus()

    def action_accept(self) -> None:
        """The proposal becomes a draft of the bureau."""
        if self._found is not None:
            self.dismiss(self._found)

    def action_leave(self) -> None:
        """Esc gives up the search before it leaves."""
        if not self._at_work:
            self.dismiss(None)
            return
        self._stop()
        self._say([("Given up. ", ""), (sizing.HINT, "$role-quiet")])

    def _say(self, pieces: list[Piece]) -> None:
        self._page.show(pieces)
        accept = "a take it as a draft · " if self._found is not None else ""
        keys = f"s search · {accept}tab form/page · enter list · esc leave"
        self.query_one("#size-keys", Static).update(Content(keys))
