"""What is shown while a campaign is read and replayed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from odc_tui.present.title import progress_bar
from odc_tui.screens.base import OdcModal

__all__ = ["BusyScreen"]


class BusyScreen(OdcModal):
    """A dialog with a title and a progress line; it goes away by itself."""

    BINDINGS: ClassVar[list[Any]] = [("escape", "leave", "Give up")]

    def __init__(self, title: str, give_up: Callable[[], None]) -> None:
        super().__init__()
        self._title = title
        self._give_up = give_up

    def compose_dialog(self) -> ComposeResult:
        """Title and progress."""
        yield Static(Content(self._title), classes="dialog-title", markup=False)
        yield Static("Reading the file …", id="busy-progress", markup=False)
        yield Static("esc gives up; the file stays as it is", classes="dialog-keys", markup=False)

    def show(self, share: float, label: str) -> None:
        """Show how far it has come.

        Args:
            share: 0..1.
            label: what is being done.
        """
        self.query_one("#busy-progress", Static).update(Content(f"{progress_bar(share, 24)} {label}"))

    def action_leave(self) -> None:
        """Give up; the dialog goes when the work has heard of it."""
        self._give_up()
        self.query_one("#busy-progress", Static).update("Giving up …")
