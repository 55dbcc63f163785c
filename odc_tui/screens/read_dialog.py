"""A page to read over a room: nothing is decided here."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from odc_tui.screens.go_dialog import GoDialog

__all__ = ["ReadDialog"]


class ReadDialog(GoDialog):
    """Words that can be scrolled; esc and enter leave them."""

    def compose_dialog(self) -> ComposeResult:
        """The same page with other keys."""
        for widget in super().compose_dialog():
            if isinstance(widget, Static) and widget.has_class("dialog-keys"):
                yield Static(Content("↑/↓ read on · esc back"), classes="dialog-keys")
            else:
                yield widget

    def action_go(self) -> None:
        """Enter leaves it too."""
        self.dismiss(False)
