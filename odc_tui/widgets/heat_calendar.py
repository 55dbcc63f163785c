"""Eclipse seasons at a glance: one row a shell, one column a week, darker glyphs for more shade."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip

from odc_tui.present.numbers import percent
from odc_tui.widgets.cells import CellGrid, shorten, text_cells
from odc_tui.widgets.panel_widget import INK, PanelWidget, dot

LEVELS = (("·", "."), ("░", "-"), ("▒", "+"), ("▓", "x"), ("█", "#"))
"""Glyph and ASCII glyph of each level of shade."""
EDGES = (0.0, 0.1, 0.2, 0.3)
"""A level begins above each of these fractions of the orbit."""
_WORST_CELLS = 8
_WIDEST_WEEK = 3
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, eq=False)
class CalendarData:
    """Shade by shell and week.

    Attributes:
        shells: name of each row, plain text.
        shade_fraction: float (shells, weeks), fraction of each orbit in shade, 0..1; not a number where
        unknown. first_week: first day of column 0.
        now_week: column of the present, or None.
    """

    shells: tuple[str, ...]
    shade_fraction: NDArray[np.floating]
    first_week: date
    now_week: int | None = None

    def __post_init__(self) -> None:
        if self.shade_fraction.ndim != 2 or self.shade_fraction.shape[0] != len(self.shells):
            raise ValueError("shade_fraction needs one row a shell and one column a week")

    @property
    def weeks(self) -> int:
        """How many columns."""
        return int(self.shade_fraction.shape[1])


def shade_level(fraction: float) -> int | None:
    """Which of `LEVELS` a fraction of shade belongs to; None if it is not a number."""
    return None if fraction != fraction else sum(fraction > edge for edge in EDGES)


def _worst(fractions: NDArray[np.floating]) -> float:
    """The greatest known fraction; not a number if none is known."""
    known = fractions[np.isfinite(fractions)]
    return float(known.max()) if known.size else float("nan")


@dataclass(frozen=True)
class _Columns:
    """How weeks fall on cells: `cells` cells show `weeks` weeks, from cell `left` on."""

    left: int
    cells: int
    weeks: int
    end: int

    def cell(self, week: int) -> int:
        return self.left + week // self.weeks * self.cells


class HeatCalendar(PanelWidget, can_focus=True):
    """Shell by week, with a cursor whose week is read out below; scrolls where there are many shells."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"heat-calendar--level-{level}" for level in range(len(LEVELS))
    } | {"heat-calendar--cursor"}
    DEFAULT_CSS = """
    HeatCalendar {
        height: auto;
        width: 1fr;
        & > .heat-calendar--level-0 { color: $role-groove; }
        & > .heat-calendar--level-1 { color: $role-link 45%; }
        & > .heat-calendar--level-2 { color: $role-link 65%; }
        & > .heat-calendar--level-3 { color: $role-link 85%; }
        & > .heat-calendar--level-4 { color: $role-link; }
        & > .heat-calendar--cursor { text-style: reverse bold; color: $foreground; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "move(0, -1)", "Earlier", show=False),
        Binding("right,l", "move(0, 1)", "Later", show=False),
        Binding("up,k", "move(-1, 0)", "Shell above", show=False),
        Binding("down,j", "move(1, 0)", "Shell below", show=False),
        Binding("home,g", "move(0, -9999)", "First week", show=False),
        Binding("end,G", "move(0, 9999)", "Last week", show=False),
        Binding("enter", "pick", "Go to this week", show=False),
    ]

    @dataclass
    class WeekPicked(Message):
        """A week of a shell was chosen (Enter or a click).

        Attributes:
            calendar: the widget.
            row: index of the shell.
            week: index of the week.
        """

        calendar: HeatCalendar
        row: int
        week: int

        @property
        def control(self) -> HeatCalendar:
            """The widget, for `@on` selectors."""
            return self.calendar

    def __init__(
        self,
        data: CalendarData | None = None,
        *,
        name: str | None = None,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._data = data
        self._row = 0
        self._week = (data.now_week or 0) if data else 0
        self._first_row = 0

    @property
    def cursor(self) -> tuple[int, int]:
        """Row and week under the cursor."""
        return self._row, self._week

    def show(self, data: CalendarData) -> None:
        """Show other data; the cursor stays where it fits."""
        self._data = data
        self._clamp_cursor()
        self.redraw()
        self.refresh(layout=True)

    def content_lines(self, width: int) -> int:
        """A line of months, the shells, a line to read from."""
        del width
        return 2 + (len(self._data.shells) if self._data else 0)

    def build_strips(self, width: int, height: int) -> list[Strip]:
        """Draw months, rows and the line below."""
        grid = CellGrid(width, height, INK["text"])
        if self._data is not None and self._data.weeks:
            columns = self._columns(self._data, width)
            rows = self._visible_rows(self._data, height)
            self._put_months(grid, self._data, columns)
            for line, row in enumerate(rows, start=1):
                self._put_row(grid, line, row, self._data, columns)
            if height >= 3:
                self._put_foot(grid, height - 1, self._data)
        return grid.strips(self.ink_table(), self.plain)

    def ink_classes(self) -> list[str]:
        """The levels of shade and the cursor follow the common ones."""
        levels = [f"heat-calendar--level-{level}" for level in range(len(LEVELS))]
        return [*levels, "heat-calendar--cursor"]

    def _columns(self, data: CalendarData, width: int) -> _Columns:
        names = max((text_cells(shell) for shell in data.shells), default=0)
        left = min(names, max(0, width // 3)) + 1
        room = max(1, width - left - _WORST_CELLS)
        cells = min(_WIDEST_WEEK, room // data.weeks)
        weeks = 1 if cells else -(-data.weeks // room)
        end = left + -(-data.weeks // weeks) * max(1, cells) + _WORST_CELLS
        return _Columns(left, max(1, cells), weeks, min(width, end))

    def _visible_rows(self, data: CalendarData, height: int) -> range:
        lines = max(1, height - 2)
        self._first_row = min(max(self._first_row, self._row - lines + 1), self._row)
        return range(self._first_row, min(self._first_row + lines, len(data.shells)))

    def _put_months(self, grid: CellGrid, data: CalendarData, columns: _Columns) -> None:
        taken = range(0)
        if data.now_week is not None:
            now = columns.cell(data.now_week)
            taken = range(now, grid.put(0, now, "v now" if self.plain else "▼ now", INK["strong"]) + 1)
        free_from = columns.left
        for week in range(data.weeks):
            day = data.first_week + timedelta(weeks=week)
            cell = columns.cell(week)
            fits = free_from <= cell <= columns.end - _WORST_CELLS - 3
            if (day.day <= 7 or week == 0) and fits and cell not in taken and cell + 3 not in taken:
                free_from = grid.put(0, cell, _MONTHS[day.month - 1], INK["quiet"]) + 1
        grid.put_right(0, columns.end, "worst", INK["quiet"])

    def _put_row(self, grid: CellGrid, line: int, row: int, data: CalendarData, columns: _Columns) -> None:
        chosen = self.has_focus and row == self._row
        name = shorten(data.shells[row], columns.left - 1, self.plain)
        grid.put(line, 0, name, INK["strong" if chosen else "text"])
        fractions = data.shade_fraction[row]
        for week in range(0, data.weeks, columns.weeks):
            level = shade_level(_worst(fractions[week : week + columns.weeks]))
            glyph = " " if level is None else LEVELS[level][self.plain]
            here = chosen and week <= self._week < week + columns.weeks
            ink = len(INK) + (len(LEVELS) if here else level or 0)
            grid.put(line, columns.cell(week), glyph * columns.cells, ink)
        worst = _worst(fractions)
        grid.put_right(line, columns.end, percent(worst) if worst == worst else "-", INK["text"])

    def _put_foot(self, grid: CellGrid, line: int, data: CalendarData) -> None:
        if self.has_focus:
            shell = f" {dot(self.plain)} {data.shells[self._row]}"
            column = grid.put(line, 0, self._reading_out(data), INK["strong"], max_cells=grid.width)
            if column + text_cells(shell) <= grid.width:
                grid.put(line, column, shell, INK["quiet"])
            return
        column = grid.put(line, 0, "shade of each orbit: ", INK["quiet"])
        words = ("none", "to 10 %", "to 20 %", "to 30 %", "more")
        for level, (glyphs, word) in enumerate(zip(LEVELS, words, strict=True)):
            column = grid.put(line, column, glyphs[self.plain] * 2, len(INK) + level)
            column = grid.put(line, column, f" {word}  ", INK["quiet"])

    def _reading_out(self, data: CalendarData) -> str:
        """The week under the cursor, in words."""
        monday = data.first_week + timedelta(weeks=self._week)
        fraction = float(data.shade_fraction[self._row, self._week])
        amount = f"{percent(fraction)} of each orbit in shade" if fraction == fraction else "not known"
        when = f"week of {monday.day} {_MONTHS[monday.month - 1]} {monday.year}"
        return f"{when} {dot(self.plain)} {amount}"

    def _clamp_cursor(self) -> None:
        data = self._data
        self._row = min(max(self._row, 0), max(0, len(data.shells) - 1)) if data else 0
        self._week = min(max(self._week, 0), max(0, data.weeks - 1)) if data else 0

    def action_move(self, rows: int, weeks: int) -> None:
        """Move the cursor."""
        self._row += rows
        self._week += weeks
        self._clamp_cursor()
        self.redraw()

    def action_pick(self) -> None:
        """Choose the week under the cursor."""
        if self._data is not None and self._data.shells and self._data.weeks:
            self.post_message(self.WeekPicked(self, self._row, self._week))

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor there and chooses the week."""
        offset = event.get_content_offset(self)
        if offset is None or self._data is None or not self._data.weeks:
            return
        columns = self._columns(self._data, self.size.width)
        rows = self._visible_rows(self._data, self.size.height)
        if 1 <= offset.y <= len(rows) and offset.x >= columns.left:
            week = (offset.x - columns.left) // columns.cells * columns.weeks
            if week < self._data.weeks:
                self._row, self._week = rows[offset.y - 1], week
                self.redraw()
                self.action_pick()
