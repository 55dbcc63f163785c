"""The panel a lesson speaks from: docked below the room, never over it."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from odc_tui.guide import LessonRun
from odc_tui.present import lesson as present
from odc_tui.widgets.chrome import content_of

__all__ = ["LessonPanel"]


class LessonPanel(Widget):
    """Heading in the border, goal and reason inside; folded, the heading alone."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    LessonPanel {
        display: none; height: auto; max-height: 9; padding: 0 1;
        border: round $primary; border-title-color: $primary; border-title-style: bold;
        border-subtitle-color: $role-quiet; background: $surface; color: $foreground;
    }
    LessonPanel.-open { display: block; }
    LessonPanel.-folded { height: 1; border: none; background: $surface; color: $primary; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._run: LessonRun | None = None

    def show(self, run: LessonRun | None, ascii_only: bool) -> None:
        """Show a lesson's step, or nothing.

        Args:
            run: the lesson under way, None to close the panel.
            ascii_only: draw with ASCII alone.
        """
        self._run = run
        self.update_classes({"-open": run is not None, "-folded": run is not None and run.folded})
        if run is not None:
            self.border_title = Content(present.heading(run, ascii_only))
            last = run.step is None
            self.border_subtitle = Content("] close" if last else "] next   [ back   t fold   T leave")
        self.refresh(layout=True)

    def render(self) -> Content:
        """The step, or its heading when folded."""
        if self._run is None:
            return Content("")
        if self._run.folded:
            return Content(f"{present.heading(self._run)}   t opens it again")
        return content_of(present.panel(self._run))
