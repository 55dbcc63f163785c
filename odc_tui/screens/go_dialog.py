"""The last look before something is frozen or booked: the essentials, the list, one key to go on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from odc_tui.present.chrome import Piece
from odc_tui.screens.base import OdcModal
from odc_tui.widgets.chrome import content_of

__all__ = ["GoDialog"]


class GoDialog(OdcModal):
    """Dismissed with True if the deed is confirmed. What it does can be undone, so enter does it.

    Args:
        title: the question.
        body: the essentials.
        deed: what enter does, as `freeze it`; empty if something stops it and only leaving is possible.
        leave: what esc does.
    """

    CSS_PATH = "go_dialog.tcss"
    BINDINGS: ClassVar[list[Any]] = [
        Binding("enter,y", "go", "Yes", show=False),
        Binding("n", "leave", "No", show=False),
    ]

    def __init__(self, title: str, body: Sequence[Piece], deed: str, leave: str = "not yet") -> None:
        super().__init__()
        self._leave = leave
        self._title = title
        self._body = tuple(body)
        self._deed = deed

    def compose_dialog(self) -> ComposeResult:
        """Question, essentials, keys."""
        yield Static(Content(self._title), classes="dialog-title")
        with VerticalScroll(id="go-body"):
            yield Static(content_of(self._body))
        keys = f"enter {self._deed} · esc {self._leave}" if self._deed else "esc back, to mend it first"
        yield Static(Content(keys), classes="dialog-keys")

    def on_mount(self) -> None:
        """The text can be scrolled at once."""
        self.query_one("#go-body").focus()

    def action_go(self) -> None:
        """Do it."""
        if self._deed:
            self.dismiss(True)

    def action_leave(self) -> None:
        """Not yet."""
        self.dismiss(False)
