"""The menu of a running campaign: time stands still meanwhile."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from odc_tui.screens.base import OdcModal
from odc_tui.widgets.menu import Choice, Menu

__all__ = ["PauseScreen"]

_CHOICES = (
    Choice("on", "Go on", "esc"),
    Choice("save", "Save now", "it is also saved by itself"),
    Choice("log", "Messages", "everything that has happened"),
    Choice("help", "Help", "keys and words"),
    Choice("settings", "Settings", "colours, motion, what stops time"),
    Choice("title", "Title screen", "the campaign is kept"),
    Choice("quit", "Quit", "the campaign is kept"),
)


class PauseScreen(OdcModal):
    """A short list of ways on."""

    BINDINGS: ClassVar[list[Any]] = [("q", "quit_program", "Quit")]

    def compose_dialog(self) -> ComposeResult:
        """Name of the campaign, choices."""
        session = self.odc.session
        yield Static(Content(session.name if session is not None else ""), classes="dialog-title")
        yield Menu(_CHOICES, label_width=14)

    def on_mount(self) -> None:
        """Ready to choose."""
        self.query_one(Menu).focus()

    def on_menu_chosen(self, message: Menu.Chosen) -> None:
        """Do it."""
        self.dismiss(message.choice.key)

    def action_quit_program(self) -> None:
        """`q` leaves from here as from everywhere."""
        self.dismiss("quit")
