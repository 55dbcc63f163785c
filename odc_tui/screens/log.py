"""The message log: everything that has happened, newest first, narrowed with `/`."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Input

from engine.events import Severity
from odc_tui.present.chrome import Piece
from odc_tui.present.log import FILTER_HELP, LogRow, log_rows
from odc_tui.screens.base import OdcScreen
from odc_tui.widgets.reader import Reader

__all__ = ["LogScreen"]

_STYLES = {
    Severity.INFO: "$role-quiet",
    Severity.NOTICE: "$foreground",
    Severity.WARNING: "$role-warn",
    Severity.ALARM: "$role-risk bold",
}


class LogScreen(OdcScreen):
    """A page of dated lines."""

    NAME = "log"
    CSS_PATH = "log.tcss"

    def compose_body(self) -> ComposeResult:
        """Filter line and page."""
        yield Input(placeholder=FILTER_HELP, id="log-filter")
        yield Reader(id="log-page")

    def on_mount(self) -> None:
        """Show everything."""
        self.query_one(Input).display = False
        page = self.query_one(Reader)
        page.border_title = "Messages"
        page.focus()
        self._show()

    def _show(self) -> None:
        session = self.odc.session
        rows = log_rows(session.log, self.query_one(Input).value) if session is not None else ()
        self.query_one(Reader).show([piece for row in rows for piece in _line(row)] or _NOTHING)

    def do_log_filter(self) -> None:
        """Open the filter line."""
        line = self.query_one(Input)
        line.display = True
        line.focus()

    def on_input_changed(self) -> None:
        """Filter as one types."""
        self._show()

    def on_input_submitted(self) -> None:
        """Read what is left."""
        self.query_one(Reader).focus()

    def do_go_back(self) -> None:
        """Clear the filter first, then leave."""
        line = self.query_one(Input)
        if line.display:
            line.value = ""
            line.display = False
            self.query_one(Reader).focus()
        else:
            super().do_go_back()


_NOTHING: list[Piece] = [("Nothing to show.", "$role-quiet")]


def _line(row: LogRow) -> list[Piece]:
    style = _STYLES[row.severity]
    return [(f"{row.date}  ", "$role-quiet"), (f"{row.glyph} ", style), (f"{row.text}\n", style)]
