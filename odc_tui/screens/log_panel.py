"""The log on mission control: newest lines first, narrowed with `/`, enter goes to the cause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from engine.events import Event, Severity
from odc_tui.present.log import FILTER_HELP, LogRow, log_row, parse_filter
from odc_tui.screens.panels import entitle
from odc_tui.widgets.line_table import Cell, Column, LineTable

__all__ = ["LogPanel"]

_COLUMNS = (Column("", 11), Column("", 1), Column("", 0))
_STYLES = {
    Severity.INFO: "quiet",
    Severity.NOTICE: "text",
    Severity.WARNING: "warn",
    Severity.ALARM: "risk",
}
_TITLE = "Log"
_HINT = "/ filter · enter: go to the cause"


class _Lines:
    """Events as cells, newest first, put into words only when they come into sight."""

    def __init__(self, events: Sequence[Event]) -> None:
        self.events = events

    def __len__(self) -> int:
        return len(self.events)

    def event(self, row: int) -> Event:
        """The event on a line."""
        return self.events[-1 - row]

    def row_of(self, event: Event) -> int:
        """The line of an event; the first if it is on none."""
        return len(self.events) - 1 - self.events.index(event) if event in self.events else 0

    def cells(self, row: int) -> Sequence[Cell]:
        """Date, glyph, text."""
        one = log_row(self.event(row))
        style = _STYLES[one.severity]
        return (Cell(one.date, "quiet"), Cell(one.glyph, style), Cell(one.text, style))


class LogPanel(Vertical):
    """Filter line and log lines."""

    @dataclass
    class Followed(Message):
        """Someone wants to see the cause of a line."""

        row: LogRow

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._events: Sequence[Event] = ()
        self._version = -1

    def compose(self) -> ComposeResult:
        """A filter line that opens with `/`, and the lines."""
        yield Input(placeholder=FILTER_HELP, id="log-filter", compact=True)
        yield LineTable(_COLUMNS, heading=False, empty="Nothing has happened yet.", id="log-lines")

    def on_mount(self) -> None:
        """All lines, no filter."""
        self.query_one(Input).display = False
        entitle(self, _TITLE, _HINT)

    def show(self, events: Sequence[Event], version: int) -> None:
        """Show a log, if it is another one.

        Args:
            events: oldest first.
            version: rises whenever the log changes.
        """
        if version != self._version:
            self._version = version
            self._events = events
            self._list()

    def _list(self) -> None:
        text = self.query_one(Input).value
        chosen = parse_filter(text)
        shown = [event for event in self._events if chosen.shows(event)] if text.strip() else self._events
        rows = _Lines(shown)
        lines = self.query_one(LineTable)
        lines.say_when_empty(
            "No line is like that. Esc shows all again." if text else "Nothing has happened yet."
        )
        lines.show(rows, cursor=self._place_of(lines, rows))
        entitle(self, f"{_TITLE} · only {text}" if text else _TITLE)

    def _place_of(self, lines: LineTable, rows: _Lines) -> int:
        """The newest line, or the one someone has moved to, wherever it is now."""
        before = lines.rows
        if lines.cursor == 0 or not isinstance(before, _Lines) or lines.cursor >= len(before):
            return 0
        return rows.row_of(before.event(lines.cursor))

    def open_filter(self) -> None:
        """Let the player type what to look for."""
        line = self.query_one(Input)
        line.display = True
        line.focus()

    def close_filter(self) -> bool:
        """Show everything again.

        Returns:
            Whether there was a filter to close.
        """
        line = self.query_one(Input)
        if not line.display:
            return False
        line.value = ""
        line.display = False
        self.query_one(LineTable).focus()
        return True

    def take_focus(self) -> None:
        """The keys go to the lines."""
        self.query_one(LineTable).focus()

    def on_input_changed(self, message: Input.Changed) -> None:
        """Filter as one types."""
        message.stop()
        self._list()

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Back to the lines; the filter stays, unless it is empty."""
        message.stop()
        if message.value.strip():
            self.take_focus()
        else:
            self.close_filter()

    def on_line_table_chosen(self, message: LineTable.Chosen) -> None:
        """Go to the cause."""
        message.stop()
        rows = message.table.rows
        if isinstance(rows, _Lines):
            self.post_message(self.Followed(log_row(rows.event(message.row))))
