"""A go/no-go list with a cursor: enter mends the line it stands on, where that is possible."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import var
from textual.strip import Strip

from odc_tui.present import checks as present
from odc_tui.present.checks import INDENT, Check
from odc_tui.widgets.cells import CellGrid
from odc_tui.widgets.panel_widget import INK, PanelWidget

__all__ = ["CheckList"]

_INKS = {"stop": "risk", "risk": "warn", "ok": "ok"}
_PLAIN_MARKS = {"stop": "X", "risk": "!", "ok": "+"}


class CheckList(PanelWidget, can_focus=True):
    """Lines wrapped to the width, scrolled so that the cursor stays in sight."""

    DEFAULT_CSS = "CheckList { height: 1fr; width: 1fr; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Up", show=False),
        Binding("down,j", "move(1)", "Down", show=False),
        Binding("enter", "mend", "Mend", show=False),
    ]

    cursor: var[int] = var(0)

    @dataclass
    class Mended(Message):
        """The mend of a line is wanted.

        Attributes:
            checks: the widget.
            index: the line.
        """

        checks: CheckList
        index: int

        @property
        def control(self) -> CheckList:
            """The widget, for `@on` selectors."""
            return self.checks

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._checks: tuple[Check, ...] = ()

    @property
    def checks(self) -> tuple[Check, ...]:
        """The lines."""
        return self._checks

    def show(self, checks: Sequence[Check]) -> None:
        """Show other lines."""
        found = tuple(checks)
        if found != self._checks:
            self._checks = found
            self.set_reactive(CheckList.cursor, max(0, min(self.cursor, len(found) - 1)))
            self.redraw()

    def validate_cursor(self, cursor: int) -> int:
        """The cursor stays on a line."""
        return max(0, min(cursor, len(self._checks) - 1))

    def watch_cursor(self) -> None:
        """Show it."""
        self.redraw()

    def action_move(self, steps: int) -> None:
        """Move the cursor."""
        self.cursor += steps

    def action_mend(self) -> None:
        """Ask for the mend of the line under the cursor."""
        if self._checks:
            self.post_message(self.Mended(self, self.cursor))

    def on_click(self, event: events.Click) -> None:
        """A click puts the cursor on a line; a click on the cursor mends it."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        owners = self._owners(self.size.width)
        top = self._top(owners, self.size.height)
        if offset.y + top < len(owners):
            here = owners[offset.y + top]
            if here == self.cursor:
                self.action_mend()
            self.cursor = here

    # --- drawing ---------------------------------------------------------------------------------

    def _block(self, index: int, width: int) -> list[str]:
        check = self._checks[index]
        found = present.lines(check, width)
        if check.mend:
            found.append(f"[enter] {check.mend}")
        return found

    def _owners(self, width: int) -> list[int]:
        """Which check each drawn line belongs to."""
        return [index for index in range(len(self._checks)) for _ in self._block(index, width)]

    def _top(self, owners: list[int], height: int) -> int:
        if len(owners) <= height:
            return 0
        first = owners.index(self.cursor)
        last = len(owners) - 1 - owners[::-1].index(self.cursor)
        return max(0, min(first, max(0, last - height + 1), len(owners) - height))

    def build_strips(self, width: int, height: int) -> list[Strip]:
        """Draw the lines around the cursor."""
        owners = self._owners(width)
        tall = CellGrid(width, max(height, len(owners)), INK["text"])
        line = 0
        for index in range(len(self._checks)):
            line = self._put_check(tall, line, index, width)
        top = self._top(owners, height)
        strips = tall.strips(self.ink_table(), self.plain)
        if top + height < len(owners):
            self._say_more(tall, top + height - 1, len(set(owners[top + height :])))
            strips = tall.strips(self.ink_table(), self.plain)
        return strips[top : top + height]

    def _say_more(self, grid: CellGrid, line: int, more: int) -> None:
        grid.put_right(line, grid.width, f" {more} more {'v' if self.plain else '▾'}", INK["quiet"])

    def _put_check(self, grid: CellGrid, line: int, index: int, width: int) -> int:
        check = self._checks[index]
        ink = INK[_INKS[check.severity]]
        mark = _PLAIN_MARKS[check.severity] if self.plain else check.mark
        grid.put(line, 0, mark, ink)
        here = self.has_focus and index == self.cursor
        grid.put(line, 2, check.word, INK["cursor"] if here else ink)
        for text in self._block(index, width):
            mend = text.startswith("[enter]")
            style = "power" if mend else "quiet" if check.severity == "ok" else "text"
            grid.put(line, INDENT, text, INK[style])
            line += 1
        return line
