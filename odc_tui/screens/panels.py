"""Telling panels what to show without more drawing than it takes."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from odc_tui.present.chrome import Piece
from odc_tui.widgets.chrome import content_of

__all__ = ["Panel", "entitle"]


def entitle(widget: Widget, title: str | None = None, subtitle: str | None = None) -> None:
    """Write on the border of a widget, if it says something else already; the text is never read as markup.

    Args:
        widget: a widget with a border.
        title: above, left as it is if not given.
        subtitle: below, likewise.
    """
    if title is not None and widget.border_title != Content(title).markup:
        widget.border_title = Content(title)
    if subtitle is not None and widget.border_subtitle != Content(subtitle).markup:
        widget.border_subtitle = Content(subtitle)


class Panel(Static):
    """Words in their place: nothing is drawn unless they change, nothing laid out unless lines come or go."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__("", id=id, markup=False)
        self._said: tuple[Piece, ...] | None = None
        self._lines = 0

    def say(self, pieces: Sequence[Piece]) -> None:
        """Show words."""
        said = tuple(pieces)
        if said != self._said:
            lines = sum(text.count("\n") for text, _ in said)
            grown, self._lines = lines != self._lines, lines
            self._said = said
            self.update(content_of(said), layout=grown and self.styles.is_auto_height)
