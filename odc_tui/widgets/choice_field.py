"""A choice on one line: left and right turn it, enter opens the whole list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip

from odc_tui.present.forms import Option
from odc_tui.widgets.cells import CellGrid, shorten, text_cells
from odc_tui.widgets.panel_widget import INK, PanelWidget

__all__ = ["ChoiceField"]

_SHORTEST_NOTE = 16
_VALUE_CELLS = 18
"""As wide as the value of a number field, so that a form has one right edge."""


class ChoiceField(PanelWidget, can_focus=True):
    """Label, value between two arrows, and a few words about it where there is room."""

    DEFAULT_CSS = "ChoiceField { height: 1; width: 1fr; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,l", "turn(1)", "Next", show=False),
        Binding("left,h", "turn(-1)", "Before", show=False),
        Binding("enter", "open", "All choices", show=False),
    ]

    @dataclass
    class Changed(Message):
        """Another choice.

        Attributes:
            field: the widget.
            key: key of the option.
        """

        field: ChoiceField
        key: str

        @property
        def control(self) -> ChoiceField:
            """The widget, for `@on` selectors."""
            return self.field

    @dataclass
    class Opened(Message):
        """The whole list is wanted."""

        field: ChoiceField

        @property
        def control(self) -> ChoiceField:
            """The widget, for `@on` selectors."""
            return self.field

    def __init__(
        self,
        label: str,
        options: Sequence[Option],
        value: str,
        *,
        label_cells: int = 18,
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(id=id)
        self._label = label
        self._options = tuple(options)
        self._value = value
        self._label_cells = label_cells

    @property
    def label(self) -> str:
        """What is chosen."""
        return self._label

    @property
    def options(self) -> tuple[Option, ...]:
        """What there is to choose from."""
        return self._options

    @property
    def value(self) -> str:
        """Key of the choice."""
        return self._value

    def set_value(self, value: str, options: Sequence[Option] | None = None) -> None:
        """Show a choice (and other options) that came from elsewhere; posts nothing."""
        self._options = tuple(options) if options is not None else self._options
        self._value = value
        self.redraw()

    def choose(self, key: str) -> None:
        """Take a choice as if it had been turned to."""
        if key != self._value:
            self._value = key
            self.redraw()
            self.post_message(self.Changed(self, key))

    @property
    def _place(self) -> int:
        keys = [option.key for option in self._options]
        return keys.index(self._value) if self._value in keys else -1

    def action_turn(self, steps: int) -> None:
        """To the next or the one before; the list is a ring."""
        if self._options:
            place = self._place
            at = (place + steps) % len(self._options) if place >= 0 else 0
            self.choose(self._options[at].key)

    def action_open(self) -> None:
        """Ask for the whole list."""
        if len(self._options) > 1:
            self.post_message(self.Opened(self))

    def on_click(self, _event: events.Click) -> None:
        """A click opens the list."""
        self.action_open()

    def build_strips(self, width: int, height: int) -> list[Strip]:
        """Draw label, value, note."""
        grid = CellGrid(width, height, INK["text"])
        edge = self._label_cells + _VALUE_CELLS
        roomy = width - edge >= _SHORTEST_NOTE
        end = min(width, edge)
        place = self._place
        option = self._options[place] if place >= 0 else Option(self._value, self._value or "–")
        words = shorten(option.label, max(0, end - 4 - text_cells(self._label.rstrip()) - 1), self.plain)
        start = grid.put_right(0, end - 2, words, INK["cursor" if self.has_focus else "strong"])
        grid.put(0, 0, shorten(self._label, max(0, start - 2), self.plain), INK["text"])
        if self.has_focus and len(self._options) > 1:
            less, more = ("<", ">") if self.plain else ("◂", "▸")
            grid.put(0, start - 2, less, INK["power"])
            grid.put(0, end - 1, more, INK["power"])
        if roomy:
            grid.put(0, edge + 2, option.note, INK["quiet"], max_cells=max(0, width - edge - 2))
        return grid.strips(self.ink_table(), self.plain)
