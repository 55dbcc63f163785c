"""Asks before something that cannot be taken back."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from odc_tui.screens.base import OdcModal
from odc_tui.widgets.menu import Choice, Menu

__all__ = ["ConfirmScreen"]


class ConfirmScreen(OdcModal):
    """Two ways out, the safe one first. Dismissed with True only if the deed is chosen.

    Args:
        title: the question.
        text: what follows from it.
        deed: what doing it is called, as `Delete it`.
        safe: what leaving it is called, as `Keep it`.
    """

    BINDINGS: ClassVar[list[Any]] = [
        Binding("y", "answer(True)", "Yes", show=False),
        Binding("n", "answer(False)", "No", show=False),
    ]

    def __init__(self, title: str, text: str, deed: str, safe: str) -> None:
        super().__init__()
        self._title = title
        self._text = text
        self._deed = deed
        self._safe = safe

    def compose_dialog(self) -> ComposeResult:
        """Question, consequence, two choices."""
        yield Static(Content(self._title), classes="dialog-title")
        yield Static(Content(f"{self._text}\n"))
        yield Menu([Choice("no", self._safe, "n or esc"), Choice("yes", self._deed, "y")], label_width=24)

    def on_mount(self) -> None:
        """The safe way out is under the cursor."""
        self.query_one(Menu).focus()

    def on_menu_chosen(self, message: Menu.Chosen) -> None:
        """One of the two."""
        self.dismiss(message.choice.key == "yes")

    def action_answer(self, yes: bool) -> None:
        """The letter keys."""
        self.dismiss(yes)

    def action_leave(self) -> None:
        """Esc is the safe way."""
        self.dismiss(False)
