"""Asks for one line of text, such as a name."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from engine.model.base import MAX_NAME_CELLS, clean_text
from odc_tui.screens.base import OdcModal

__all__ = ["AskTextScreen"]


class AskTextScreen(OdcModal):
    """Dismissed with the cleaned text, or None.

    Args:
        title: what is asked for.
        value: what stands in the field to begin with.
        hint: a sentence below the field.
    """

    def __init__(self, title: str, value: str = "", hint: str = "") -> None:
        super().__init__()
        self._title = title
        self._value = value
        self._hint = hint

    def compose_dialog(self) -> ComposeResult:
        """Title, field, hint."""
        yield Static(Content(self._title), classes="dialog-title")
        yield Input(self._value, max_length=MAX_NAME_CELLS, id="ask-input")
        yield Static(Content(self._hint), id="ask-hint", classes="dialog-keys")

    def on_mount(self) -> None:
        """Type at once; what stands there is replaced by the first letter."""
        self.query_one(Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take it, if there is anything to take."""
        text = clean_text(event.value)
        if text:
            self.dismiss(text)
        else:
            self.query_one("#ask-hint", Static).update(
                Content.styled("A name needs at least one letter or digit. Esc leaves it.", "$role-risk")
            )
