"""What the player can choose about the program: how it looks, and what stops time."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from odc_tui.present import choices
from odc_tui.screens.base import OdcModal
from odc_tui.widgets.menu import Choice, Menu

__all__ = ["PreferencesScreen"]


class PreferencesScreen(OdcModal):
    """A list of lines, each with its value; choosing one changes it at once."""

    def compose_dialog(self) -> ComposeResult:
        """Title, lines, keys."""
        yield Static(Content("Settings"), classes="dialog-title")
        menu = Menu(self._lines(), label_width=38, id="preferences")
        menu.ascii_only = self.odc.ascii_only
        yield menu
        yield Static(Content("enter changes a line · esc closes"), classes="dialog-keys")

    def on_mount(self) -> None:
        """Ready to choose."""
        self.query_one(Menu).focus()

    def _lines(self) -> list[Choice]:
        app = self.odc
        return [Choice(key, label, value) for key, label, value in choices.rows(app.settings, app.theme)]

    def on_menu_chosen(self, message: Menu.Chosen) -> None:
        """Change the line."""
        self.odc.change_setting(message.choice.key)
        menu = self.query_one(Menu)
        menu.ascii_only = self.odc.ascii_only
        menu.show(self._lines())
