"""A bare application for trying one widget at any size."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.message import Message
from textual.widget import Widget

from odc_tui.widgets.roles import role_variables


class WidgetApp(App[None]):
    """Shows one widget and nothing else."""

    def __init__(self, widget: Widget, ascii_only: bool = False) -> None:
        super().__init__()
        self.widget = widget
        self.ascii_only = ascii_only
        self.heard: list[Message] = []

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return role_variables(self.current_theme.dark)

    def compose(self) -> ComposeResult:
        yield self.widget

    def hear(self, message: Message) -> None:
        """A hook for `run_test`: keeps each message once, however many widgets it bubbles through."""
        if not any(message is known for known in self.heard):
            self.heard.append(message)

    def lines(self, widget: Widget | None = None) -> list[str]:
        """What a line-rendered widget shows, line by line."""
        shown = widget or self.widget
        return [shown.render_line(y).text for y in range(shown.size.height)]
