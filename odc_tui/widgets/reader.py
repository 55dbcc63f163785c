"""A page of text that scrolls: arrows, jk, g and G, page keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.widgets import Static

from odc_tui.present.chrome import Piece
from odc_tui.widgets.chrome import content_of

__all__ = ["Reader"]


class Reader(VerticalScroll, can_focus=True):
    """Text made of pieces; never markup."""

    DEFAULT_CSS = """
    Reader { height: 1fr; width: 1fr; scrollbar-size-vertical: 1; }
    Reader > Static { width: 100%; height: auto; }
    """
    BINDINGS: ClassVar[list[Any]] = [
        Binding("j", "scroll_down", "Down", show=False),
        Binding("k", "scroll_up", "Up", show=False),
        Binding("g", "scroll_home", "Top", show=False),
        Binding("G", "scroll_end", "Bottom", show=False),
    ]

    def compose(self) -> ComposeResult:
        """One text."""
        yield Static("", markup=False)

    def show(self, pieces: Sequence[Piece], top: bool = True) -> None:
        """Show another text.

        Args:
            pieces: text and style, in order.
            top: begin at its top.
        """
        self.query_one(Static).update(content_of(pieces))
        if top:
            self.scroll_home(animate=False)
