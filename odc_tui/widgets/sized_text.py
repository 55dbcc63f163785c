"""Words that depend on the width there is: bars and columns as long as the panel is wide."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.content import Content
from textual.widget import Widget

from odc_tui.present.chrome import Piece
from odc_tui.widgets.chrome import content_of

__all__ = ["SizedText"]

Maker = Callable[[int], Sequence[Piece]]


class SizedText(Widget):
    """Asks for its words whenever it is drawn at another width."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "SizedText { height: 1fr; width: 1fr; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._maker: Maker = lambda _width: ()

    def say(self, maker: Maker) -> None:
        """Show other words.

        Args:
            maker: from the characters there are to pieces of text and style.
        """
        self._maker = maker
        self.refresh()

    def render(self) -> Content:
        """The words for the width there is."""
        return content_of(self._maker(max(1, self.content_size.width)))
