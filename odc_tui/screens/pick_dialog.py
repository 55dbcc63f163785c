"""The whole list of a choice, each with what it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from odc_tui.present.forms import Option
from odc_tui.screens.base import OdcModal
from odc_tui.widgets.choice_field import ChoiceField
from odc_tui.widgets.menu import Choice, Menu

__all__ = ["PickDialog", "PickSeveralDialog", "pick_for"]


class PickDialog(OdcModal):
    """Dismissed with the key of the option, or None.

    Args:
        title: what is chosen.
        options: what there is.
        value: key of what is chosen now.
    """

    CSS_PATH = "go_dialog.tcss"
    KEYS = "enter choose · esc leave it"

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
        yield Static(Content(self.KEYS), classes="dialog-keys")

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
        self.dismiss(self.answer(message.choice.key))

    def answer(self, key: str) -> str | tuple[str, ...]:
        """What the dialog ends with when an option is taken."""
        return key


class PickSeveralDialog(PickDialog):
    """Dismissed with the keys that are marked, or with the one under the cursor; None if it is left.

    Args:
        title: what is chosen.
        options: what there is.
        most: how many can be marked.
    """

    BINDINGS: ClassVar[list[Any]] = [Binding("space,x", "mark", "Mark", show=False)]
    KEYS = "space mark · enter take what is marked, or this one · esc leave it"

    def __init__(self, title: str, options: Sequence[Option], most: int) -> None:
        super().__init__(title, options, options[0].key)
        self._most = most
        self._marked: dict[str, None] = {}

    def action_mark(self) -> None:
        """Mark the option under the cursor, or unmark it."""
        menu = self.query_one(Menu)
        if menu.chosen is None:
            return
        key = menu.chosen.key
        if key in self._marked:
            del self._marked[key]
        elif len(self._marked) < self._most:
            self._marked[key] = None
        else:
            self.query_one("#pick-note", Static).update(
                Content(f"{self._most} at most fit beside each other.")
            )
            return
        lines = self._options.items()
        menu.show([Choice(one, option.label, "✔" if one in self._marked else "") for one, option in lines])

    def answer(self, key: str) -> tuple[str, ...]:
        """What is marked, or the option under the cursor."""
        return tuple(self._marked) or (key,)


def pick_for(app: App[Any], field: ChoiceField) -> None:
    """Offer the whole list of a field, and put into it what is picked."""

    def picked(key: str | None) -> None:
        if key is not None:
            field.choose(key)

    app.push_screen(PickDialog(field.label.strip(), field.options, field.value), picked)
