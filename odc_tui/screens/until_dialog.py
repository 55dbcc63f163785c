"""Let time pass until something is so: the player writes a condition, the engine looks for its first day."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static
from textual.worker import get_current_worker

import engine
from engine.errors import InputError
from engine.events import date_of, day_of
from engine.store.schema import LAST_DATE
from odc_tui.present import outlook, until
from odc_tui.screens.base import OdcModal
from odc_tui.widgets.chrome import content_of

if TYPE_CHECKING:
    from engine.conditions.grammar import Condition
    from engine.outcomes import Fault
    from engine.state import CampaignState
    from engine.store.schema import FileOrder
    from odc_tui.present.chrome import Piece

__all__ = ["UntilDialog"]

LOOK_AHEAD_DAYS = 7305
"""How far a condition is looked for: twenty years."""


@dataclass
class Searched(Message):
    """A search has come to its end.

    Attributes:
        number: which search; older ones are dropped.
        day: the first day on which the condition holds; None if there is none.
    """

    number: int
    day: int | None


@dataclass
class Foreseen(Message):
    """What stands against a long advance is known.

    Attributes:
        number: of the search it follows.
        lines: the go/no-go list.
    """

    number: int
    lines: tuple[Fault, ...]


class UntilDialog(OdcModal):
    """Ends with the day to let time run to, or None.

    Args:
        state: the campaign; time has to stand while this is open.
        waiting: orders of the file that wait for their day.
        text: what stands in the field to begin with.
    """

    CSS_PATH = "until_dialog.tcss"

    def __init__(self, state: CampaignState, waiting: tuple[FileOrder, ...] = (), text: str = "") -> None:
        super().__init__()
        self._state = state
        self._waiting = waiting
        self._first_text = text
        self._last_day = min(state.day + LOOK_AHEAD_DAYS, day_of(LAST_DATE))
        self._number = 0
        self._searching = ""
        self._found: tuple[str, int] | None = None

    def compose_dialog(self) -> ComposeResult:
        """Title, field, verdict, what can be named, keys."""
        yield Static(Content("Let time pass until …"), classes="dialog-title")
        yield Input(self._first_text, placeholder=until.EXAMPLE, max_length=500, id="until-input")
        yield Static("", id="until-verdict")
        with VerticalScroll(id="until-page"):
            yield Static("", id="until-names")
        yield Static(
            Content("enter look for the day, and once more to go there · tab scroll · esc leave"),
            classes="dialog-keys",
        )

    def on_mount(self) -> None:
        """Type at once."""
        self.query_one(Input).focus()
        self._say_names()
        self._say(until.verdict_of(self._first_text))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Another text: what was looked for is of no use any more."""
        event.stop()
        self._number += 1
        self._searching, self._found = "", None
        self._say_names()
        self._say(until.verdict_of(event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Look for the day; asked again once it is known, go there."""
        event.stop()
        text = event.value.strip()
        if self._found is not None and self._found[0] == text:
            self.dismiss(self._found[1])
            return
        if text == self._searching:
            return
        try:
            condition = engine.parse_condition(text)
        except InputError:
            self._say(until.verdict_of(text, done=True))
            return
        if condition.holds(self._state):
            self._say([("✔ ", "$role-ok"), ("This holds today.", "")])
            return
        self._searching = text
        self._say([("◌ ", "$role-quiet"), (f"Looking ahead to {date_of(self._last_day)} …", "$role-quiet")])
        self.run_worker(
            partial(self._search, self._number, condition), thread=True, exclusive=True, group="until"
        )

    def _search(self, number: int, condition: Condition) -> None:
        """In a worker thread: run ahead day by day; then look over the way, if it is long."""
        gone = get_current_worker()
        day = engine.first_day(
            self._state, condition, self._last_day, self._waiting, cancelled=lambda: gone.is_cancelled
        )
        if gone.is_cancelled:
            return
        self.post_message(Searched(number, day))
        if day is None or not self._is_long(day):
            return
        lines = engine.outlook(self._state, day, self._waiting, cancelled=lambda: gone.is_cancelled)
        if lines is not None:
            self.post_message(Foreseen(number, lines))

    def _is_long(self, day: int) -> bool:
        return day - self._state.day > outlook.LONG_DAYS

    def on_searched(self, message: Searched) -> None:
        """Tell the day, if it is the one of the text that stands there now."""
        message.stop()
        if message.number != self._number:
            return
        text, self._searching = self._searching, ""
        if message.day is not None:
            self._found = (text, message.day)
        self._say(until.found_pieces(self._state.day, message.day, self._last_day))
        if message.day is not None and self._is_long(message.day):
            self.query_one("#until-names", Static).update(Content("Looking at what can be foreseen …"))

    def on_foreseen(self, message: Foreseen) -> None:
        """Show the go/no-go list, if the day is still the one of the text; enter overrules it."""
        message.stop()
        if message.number != self._number:
            return
        pieces = [*outlook.foreseen_pieces(message.lines), (outlook.going_words(message.lines), "bold")]
        self.query_one("#until-names", Static).update(content_of(pieces))

    def _say_names(self) -> None:
        self.query_one("#until-names", Static).update(Content(until.names_text(engine.quantities())))

    def _say(self, pieces: list[Piece]) -> None:
        self.query_one("#until-verdict", Static).update(content_of(pieces))
