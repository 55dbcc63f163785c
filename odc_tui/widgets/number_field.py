"""A number to set: type it, step it, or click on its scale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip

from odc_tui.widgets.cells import CellGrid, shorten, text_cells
from odc_tui.widgets.number_spec import NumberSpec
from odc_tui.widgets.panel_widget import INK, PanelWidget

__all__ = ["NumberField", "NumberSpec"]

_VALUE_CELLS = 14
_BOUND_CELLS = 6
_NARROWEST_SCALE = 8
_LONGEST_ENTRY = 16


class NumberField(PanelWidget, can_focus=True):
    """One line: label, number with unit, scale.

    Left and right (also `-` and `+`) step, Page Up and Page Down go further, Home and End go to the bounds.
    Digits start typing: Enter takes the number, Escape leaves it as it was, Backspace deletes, `-` turns the
    sign. A click on the scale sets the number. A number out of bounds is never taken: the field says what is
    expected.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"number-field--entry"}
    DEFAULT_CSS = """
    NumberField {
        height: 1;
        width: 1fr;
        & > .number-field--entry { color: $foreground; text-style: bold underline; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "step(1)", "More", show=False),
        Binding("left", "step(-1)", "Less", show=False),
        Binding("pageup", "page(1)", "Much more", show=False),
        Binding("pagedown", "page(-1)", "Much less", show=False),
        Binding("home", "bound(-1)", "Least", show=False),
        Binding("end", "bound(1)", "Greatest", show=False),
    ]

    @dataclass
    class Changed(Message):
        """The number changed.

        Attributes:
            field: the widget.
            value: the new number.
        """

        field: NumberField
        value: float

        @property
        def control(self) -> NumberField:
            """The widget, for `@on` selectors."""
            return self.field

    def __init__(
        self,
        spec: NumberSpec,
        value: float,
        *,
        label_cells: int = 18,
        name: str | None = None,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._spec = spec
        self._value = spec.clamp(value)
        self._label_cells = label_cells
        self._entry: str | None = None
        self._fault = ""

    @property
    def spec(self) -> NumberSpec:
        """What the field accepts."""
        return self._spec

    @property
    def value(self) -> float:
        """The number as last taken."""
        return self._value

    @property
    def fault(self) -> str:
        """What is wrong with the entry so far; empty if nothing."""
        return self._fault

    def set_value(self, value: float, spec: NumberSpec | None = None) -> None:
        """Show a number (and other bounds) that came from elsewhere; posts nothing."""
        self._spec = spec or self._spec
        self._value = self._spec.clamp(value)
        self._entry, self._fault = None, ""
        self.redraw()

    def build_strips(self, width: int, height: int) -> list[Strip]:
        """Draw label, number and scale, or what is expected instead of the scale."""
        grid = CellGrid(width, height, INK["text"])
        label_cells = min(self._label_cells, max(0, width - _VALUE_CELLS - 4))
        grid.put(0, 0, shorten(self._spec.label, label_cells, self.plain), INK["text"])
        end = min(width, label_cells + _VALUE_CELLS + 4)
        self._put_number(grid, label_cells, end)
        if self._fault:
            words = f"{'X' if self.plain else '✖'} {self._fault}"
            grid.put(0, end + 1, words, INK["risk"], max_cells=max(0, width - end - 1))
        else:
            self._put_scale(grid)
        return grid.strips(self.ink_table(), self.plain)

    def ink_classes(self) -> list[str]:
        """The number being typed follows the common ones."""
        return ["number-field--entry"]

    def _put_number(self, grid: CellGrid, start: int, end: int) -> None:
        if self.has_focus:
            less, more = ("<", ">") if self.plain else ("◂", "▸")
            grid.put(0, start, less, INK["power" if self._value > self._spec.minimum else "groove"])
            grid.put(0, end - 1, more, INK["power" if self._value < self._spec.maximum else "groove"])
        if self._entry is None:
            words = shorten(self._spec.words(self._value), end - start - 4)
            grid.put_right(0, end - 2, words, INK["cursor" if self.has_focus else "strong"])
            return
        unit_start = grid.put_right(0, end - 2, f" {self._spec.unit}", INK["quiet"])
        entry = f"{self._entry}{'_' if self.plain else '▏'}"
        grid.put_right(0, unit_start, entry, len(INK))

    def _scale(self, width: int) -> tuple[int, int]:
        """First cell and cells of the scale; no cells if there is no room."""
        spec = self._spec
        end = min(width, min(self._label_cells, max(0, width - _VALUE_CELLS - 4)) + _VALUE_CELLS + 4)
        # Room for the longest usual bound, so that the scales of a form stand in line.
        first = end + 2 + max(_BOUND_CELLS, text_cells(spec.figure(spec.minimum)))
        cells = width - first - 1 - max(_BOUND_CELLS, text_cells(spec.figure(spec.maximum)))
        return (first, cells) if cells >= _NARROWEST_SCALE else (first, 0)

    def _put_scale(self, grid: CellGrid) -> None:
        first, cells = self._scale(grid.width)
        if not cells:
            return
        spec = self._spec
        span = spec.maximum - spec.minimum
        share = (self._value - spec.minimum) / span if span > 0 else 1.0
        knob = first + round(share * (cells - 1))
        done, rest, mark = ("=", "-", "O") if self.plain else ("━", "─", "●")
        grid.put_right(0, first - 1, spec.figure(spec.minimum), INK["quiet"])
        grid.put(0, first, rest * cells, INK["groove"])
        grid.put(0, first, done * (knob - first), INK["compute" if self.has_focus else "quiet"])
        grid.put(0, knob, mark, INK["strong"])
        grid.put(0, first + cells + 1, spec.figure(spec.maximum), INK["quiet"])

    def check_consume_key(self, key: str, character: str | None = None) -> bool:
        """Keys the field wants for itself, so that no screen takes its digits."""
        return (character is not None and character in "0123456789.,+-") or (
            self._entry is not None and key in ("enter", "escape", "backspace")
        )

    def on_key(self, event: events.Key) -> None:
        """Type, take or drop a number."""
        if not self.check_consume_key(event.key, event.character):
            return
        event.stop()
        event.prevent_default()
        if event.key in ("enter", "escape", "backspace"):
            {"enter": self._take, "escape": self._drop, "backspace": self._delete}[event.key]()
        else:
            self._type(event.character or "")

    def on_paste(self, event: events.Paste) -> None:
        """Paste digits as if typed; anything else is left out."""
        event.stop()
        for character in event.text[:_LONGEST_ENTRY]:
            if character in "0123456789." or (character == "-" and not self._entry):
                self._edit((self._entry or "") + character)

    def _type(self, character: str) -> None:
        if character in "+-":
            if self._entry is None:
                self.action_step(1 if character == "+" else -1)
            else:
                bare = self._entry.removeprefix("-")
                self._edit("-" + bare if character == "-" and bare == self._entry else bare)
        else:
            self._edit((self._entry or "") + character)

    def _edit(self, entry: str) -> None:
        self._entry = entry[:_LONGEST_ENTRY]
        self._fault = ""
        self.redraw()

    def _delete(self) -> None:
        self._edit((self._entry or "")[:-1])

    def _drop(self) -> None:
        self._entry, self._fault = None, ""
        self.redraw()

    def _take(self) -> bool:
        """Take the entry if it is allowed; otherwise say what is expected and go on editing."""
        if self._entry is None:
            return True
        read = self._spec.read(self._entry)
        if isinstance(read, str):
            self._fault = read
            self.redraw()
            return False
        self._entry, self._fault = None, ""
        self._change(read)
        return True

    def _change(self, value: float) -> None:
        value = self._spec.clamp(value)
        changed = value != self._value
        self._value = value
        self.redraw()
        if changed:
            self.post_message(self.Changed(self, value))

    def action_step(self, direction: int) -> None:
        """One step up or down; an entry in progress is taken first."""
        if self._take():
            self._change(self._value + direction * self._spec.step)

    def action_page(self, direction: int) -> None:
        """Ten steps, or the page of the spec."""
        if self._take():
            self._change(self._value + direction * (self._spec.page or 10 * self._spec.step))

    def action_bound(self, direction: int) -> None:
        """To the least or greatest value."""
        self._drop()
        self._change(self._spec.maximum if direction > 0 else self._spec.minimum)

    def on_blur(self, _event: events.Blur) -> None:
        """Leaving takes a good entry and drops a bad one."""
        if not self._take():
            self._drop()
        self.redraw()

    def on_click(self, event: events.Click) -> None:
        """A click on the scale sets the number to the nearest step."""
        offset = event.get_content_offset(self)
        first, cells = self._scale(self.size.width)
        if offset is None or not cells or not first <= offset.x < first + cells:
            return
        self._drop()
        spec = self._spec
        wanted = spec.minimum + (offset.x - first) / max(1, cells - 1) * (spec.maximum - spec.minimum)
        at_end = offset.x in (first, first + cells - 1)
        self._change(
            wanted if at_end else spec.minimum + round((wanted - spec.minimum) / spec.step) * spec.step
        )
