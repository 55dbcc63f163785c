"""The whole list of a choice, each with what it is."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from odc_tui.present.forms import Option
from odc_tui.screens.base import OdcModal
from odc_tui.widgets.menu import Choice, Menu

__all__ = ["PickDialog"]


class PickDialog(OdcModal):
    """Dismissed with the key of the option, or None.

    Args:
        title: what is chosen.
        options: what there is.
        value: key of what is chosen now.
    """

    CSS_PATH = "go_dialog.tcss"

    def __init__(self, title: str, options: Sequence[Option], value: str) -> None:
        super().__init__()
        self._title = title
        self._options = {option.key: option for option in options}
        self._value = value

    def compose_dialog(self) -> ComposeResult:
        """Title, list, words about what the cursor stands on."""
        width = max(len(option.label) for option in self._options.values())
        yield Static(Content(self._title), classes="dialog-title")
        yield Menu([Choice(key, one.label) for key, one in self._options.items()], label_width=width)
        yield Static("", id="pick-note", classes="dialog-keys")
        yield Static(Content("enter choose · esc leave it"), classes="dialog-keys")

    def on_mount(self) -> None:
        """Begin with what is chosen now."""
        menu = self.query_one(Menu)
        menu.ascii_only = self.odc.ascii_only
        menu.show(menu.choices, keep=self._value)
        menu.focus()

    def on_menu_moved(self, message: Menu.Moved) -> None:
        """Say what it is."""
        message.stop()
        self.query_one("#pick-note", Static).update(Content(self._options[message.choice.key].note))

    def on_menu_chosen(self, message: Menu.Chosen) -> None:
        """Take it."""
        message.stop()
        self.dismiss(message.choice.key)
