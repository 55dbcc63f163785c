"""Coming back to a campaign: where it stands, what is pending, what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from odc_tui.present.briefing import briefing, briefing_pieces
from odc_tui.screens.base import OdcModal
from odc_tui.widgets.chrome import content_of

if TYPE_CHECKING:
    from odc_tui.session import Session

__all__ = ["ResumeScreen"]


class ResumeScreen(OdcModal):
    """The briefing before the game goes on; any of the usual keys closes it.

    Args:
        session: the campaign that was opened.
    """

    CSS_PATH = "resume.tcss"
    BINDINGS: ClassVar[list[Any]] = [
        Binding("enter,space", "leave", "Go on", show=False),
        Binding("s", "silence", "Not again", show=False),
        Binding("q", "quit_program", "Quit", show=False),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._name = session.name
        self._told = briefing_pieces(briefing(session.state, session.log))

    def compose_dialog(self) -> ComposeResult:
        """Name, briefing, keys."""
        yield Static(Content(f"Welcome back to {self._name}"), classes="dialog-title")
        with VerticalScroll(id="resume-body"):
            yield Static(content_of(self._told))
        yield Static(Content("enter goes on · s goes on and shows this no more"), classes="dialog-keys")

    def on_mount(self) -> None:
        """The text can be scrolled at once."""
        self.query_one("#resume-body").focus()

    def action_quit_program(self) -> None:
        """Quit as from the room behind."""
        self.odc.leave()

    def action_silence(self) -> None:
        """Go on, and keep quiet from now on; the settings can bring it back."""
        self.odc.change_setting("briefing")
        self.dismiss(None)
