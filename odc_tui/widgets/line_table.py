"""A table of any length that draws only the lines on the screen.

It asks its rows for cells as lines come into view, so 16,000 rows cost as much as forty. Columns that do not
fit are left out, least important first. The cursor is shown by a mark as well as by its colour.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.message import Message
from textual.reactive import var
from textual.strip import Strip

from odc_tui.widgets.cells import CellGrid, shorten, text_cells
from odc_tui.widgets.inks import ink_styles
from odc_tui.widgets.strip_widget import StripWidget
from odc_tui.widgets.table_rows import Cell, Column, NoRows, Place, Rows, fit_columns, scroll_thumb

__all__ = ["Cell", "Column", "LineTable", "NoRows", "Rows"]

_STYLES = (
    "text",
    "strong",
    "quiet",
    "ok",
    "warn",
    "risk",
    "power",
    "heat",
    "compute",
    "link",
    "money",
    "groove",
)
_NUMBERS = {name: number for number, name in enumerate(_STYLES)}
_NARROWEST_WITH_BAR = 4
_KEPT_ROWS = 2000


class LineTable(StripWidget, can_focus=True):
    """A scrolling table with a cursor; see the module's docstring.

    | reactive | meaning |
    | :- | :- |
    | `cursor` | the row the keys act on |
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "line-table--cursor",
        "line-table--cursor-blurred",
    }

    DEFAULT_CSS = """
    LineTable {
        width: 1fr;
        height: 1fr;
        & > .line-table--cursor {
            color: $block-cursor-foreground;
            background: $block-cursor-background;
            text-style: bold;
        }
        & > .line-table--cursor-blurred { background: $block-cursor-blurred-background; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        ("up,k", "move(-1)", "up"),
        ("down,j", "move(1)", "down"),
        ("pageup,ctrl+u", "page(-1)", "page up"),
        ("pagedown,ctrl+d", "page(1)", "page down"),
        ("home,g", "move(-1000000000)", "first"),
        ("end,G", "move(1000000000)", "last"),
        ("enter", "choose", "open"),
    ]

    cursor: var[int] = var(0)

    @dataclass
    class Moved(Message):
        """The cursor is on another row."""

        table: LineTable
        row: int

        @property
        def control(self) -> LineTable:
            """The table, for `@on` selectors."""
            return self.table

    @dataclass
    class Chosen(Message):
        """A row was opened, by enter or by a second click."""

        table: LineTable
        row: int

        @property
        def control(self) -> LineTable:
            """The table, for `@on` selectors."""
            return self.table

    def __init__(
        self,
        columns: Sequence[Column] = (),
        rows: Rows | None = None,
        *,
        empty: str = "",
        heading: bool = True,
        name: str | None = None,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        """Make a table.

        Args:
            columns: left to right.
            rows: where lines come from.
            empty: what to say while there is no row.
            heading: whether the first line names the columns.
            name: widget name.
            id: widget id.
            classes: CSS classes.
        """
        super().__init__(name=name, id=id, classes=classes)
        self._columns = tuple(columns)
        self._rows: Rows = rows or NoRows()
        self._empty = empty
        self._heading = heading
        self._top = 0
        self._table: list[Style] | None = None
        self._drawn: dict[tuple[object, ...], Strip] = {}

    # --- what is shown ---------------------------------------------------------------------------

    @property
    def rows(self) -> Rows:
        """Where lines come from."""
        return self._rows

    def show(self, rows: Rows, *, columns: Sequence[Column] | None = None, cursor: int | None = None) -> None:
        """Show other rows.

        Args:
            rows: where lines come from now.
            columns: other columns, if they change too.
            cursor: where the cursor goes; it stays where it is, or on the last row, if not given.
        """
        self._rows = rows
        if columns is not None and tuple(columns) != self._columns:
            self._columns = tuple(columns)
            self._drawn.clear()
        wanted = self.cursor if cursor is None else cursor
        self.set_reactive(LineTable.cursor, self.validate_cursor(wanted))
        self.redraw()

    def say_when_empty(self, text: str) -> None:
        """Change what stands in the table while it has no row."""
        self._empty = text
        self.redraw()

    @property
    def body_height(self) -> int:
        """Lines for rows."""
        return max(0, self.size.height - (1 if self._heading else 0))

    def build_strips(self, width: int, height: int) -> list[Strip]:
        """Draw heading and the rows on the screen; rows drawn before are taken as they were."""
        body = height - (1 if self._heading else 0)
        self._keep_cursor_in_view(body)
        places = fit_columns(self._columns, width)
        bar = self._scrollbar(body) if width >= _NARROWEST_WITH_BAR else []
        across = width - (1 if bar else 0)
        shown = range(self._top, min(len(self._rows), self._top + body))
        lines = [self._row_strip(row, across, places) for row in shown] or self._empty_strips(across)
        blank = Strip.blank(across, self._styles()[_NUMBERS["text"]])
        lines = [*lines[:body], *([blank] * (body - len(lines)))]
        if bar:
            lines = [Strip.join([line, mark]) for line, mark in zip(lines, bar, strict=True)]
        return [self._heading_strip(width, places), *lines] if self._heading else lines

    def _heading_strip(self, width: int, places: list[Place]) -> Strip:
        grid = CellGrid(width, 1, _NUMBERS["text"])
        for number, left, cells in places:
            column = self._columns[number]
            self._put_cell(grid, left, cells, column.right, Cell(column.title + column.mark, "quiet"))
        return grid.strips(self._styles(), self.plain)[0]

    def _empty_strips(self, width: int) -> list[Strip]:
        lines = self._empty.split("\n")
        grid = CellGrid(width, len(lines), _NUMBERS["text"])
        for line, text in enumerate(lines):
            grid.put(line, 2, text, _NUMBERS["quiet"], max(0, width - 2))
        return grid.strips(self._styles(), self.plain)

    def _row_strip(self, row: int, width: int, places: list[Place]) -> Strip:
        """One row, from the store of rows if it has been drawn before."""
        cells = tuple(self._rows.cells(row))
        shift = 0 if row != self.cursor else len(_STYLES) * (1 if self.has_focus else 2)
        key = (cells, shift, width, self.plain)
        strip = self._drawn.get(key)
        if strip is None:
            if len(self._drawn) > _KEPT_ROWS:
                self._drawn.clear()
            strip = self._drawn[key] = self._draw_row(cells, shift, width, places)
        return strip

    def _draw_row(self, cells: tuple[Cell, ...], shift: int, width: int, places: list[Place]) -> Strip:
        grid = CellGrid(width, 1, _NUMBERS["text"] + shift)
        if shift:
            grid.put(0, 0, "▸", _NUMBERS["text"] + shift)
        if len(cells) == 1:
            grid.put(0, 2, cells[0].text, _NUMBERS[cells[0].style] + shift, max(0, width - 2))
        else:
            for number, left, room in places:
                self._put_cell(grid, left, room, self._columns[number].right, cells[number], shift)
        return grid.strips(self._styles(), self.plain)[0]

    def _put_cell(
        self, grid: CellGrid, left: int, width: int, right: bool, cell: Cell, shift: int = 0
    ) -> None:
        text = shorten(cell.text, width, self.plain)
        start = left + (width - text_cells(text) if right else 0)
        grid.put(0, start, text, _NUMBERS[cell.style] + shift)

    def _scrollbar(self, body: int) -> list[Strip]:
        """One cell a line, or nothing where all rows are in sight."""
        thumb = scroll_thumb(len(self._rows), body, self._top)
        if thumb is None:
            return []
        marks = [(("#", "┃"), "quiet"), (("|", "│"), "groove")]
        inside, outside = (
            Strip([Segment(glyphs[not self.plain], self._styles()[_NUMBERS[ink]])], 1)
            for glyphs, ink in marks
        )
        return [inside if line in thumb else outside for line in range(body)]

    def _styles(self) -> list[Style]:
        if self._table is None:
            inks = ink_styles(self.app, _STYLES)
            grounds = [Style(bgcolor=self.rich_style.bgcolor)]
            for name in ("cursor", "cursor-blurred"):
                style = self.get_component_rich_style(f"line-table--{name}", partial=True)
                grounds.append(Style(color=style.color, bgcolor=style.bgcolor, bold=style.bold))
            self._table = [ink + ground for ground in grounds for ink in inks]
        return self._table

    def notify_style_update(self) -> None:
        """New colours, new style table."""
        super().notify_style_update()
        self._table = None
        self._drawn.clear()

    # --- moving ----------------------------------------------------------------------------------

    def validate_cursor(self, cursor: int) -> int:
        """The cursor stays on a row."""
        return max(0, min(cursor, len(self._rows) - 1))

    def watch_cursor(self, row: int) -> None:
        """Show it and tell the screen."""
        self.redraw()
        self.post_message(self.Moved(self, row))

    def _keep_cursor_in_view(self, body: int) -> None:
        margin = min(2, max(0, (body - 1) // 2))
        low, high = self.cursor - body + 1 + margin, self.cursor - margin
        self._top = max(min(self._top, high), low)
        self._top = max(0, min(self._top, len(self._rows) - body))

    def action_move(self, rows: int) -> None:
        """Move the cursor by so many rows."""
        self.cursor += rows

    def action_page(self, pages: int) -> None:
        """Move the cursor by so many screens."""
        self.cursor += pages * max(1, self.body_height - 1)

    def action_choose(self) -> None:
        """Open the row under the cursor."""
        if len(self._rows):
            self.post_message(self.Chosen(self, self.cursor))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Three rows down."""
        event.stop()
        self.cursor += 3

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Three rows up."""
        event.stop()
        self.cursor -= 3

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the row clicked; a click on the cursor opens it."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        row = self._top + offset.y - (1 if self._heading else 0)
        if not self._top <= row < len(self._rows):
            return
        if row == self.cursor:
            self.action_choose()
        self.cursor = row
