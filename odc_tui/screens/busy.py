"""What is shown while a campaign is read and replayed."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from odc_tui.present.title import progress_bar
from odc_tui.screens.base import OdcModal

__all__ = ["BusyScreen"]


class BusyScreen(OdcModal):
    """A dialog with a title and a progress line; it goes away by itself."""

    BINDINGS: ClassVar[list[Any]] = []

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title

    def compose_dialog(self) -> ComposeResult:
        """Title and progress."""
        yield Static(Content(self._title), classes="dialog-title", markup=False)
        yield Static("", id="busy-progress", markup=False)

    def show(self, share: float, label: str) -> None:
        """Show how far it has come.

        Args:
            share: 0..1.
            label: what is being done.
        """
        self.query_one("#busy-progress", Static).update(Content(f"{progress_bar(share, 24)} {label}"))

    def action_leave(self) -> None:
        """Nothing: it ends by itself."""
