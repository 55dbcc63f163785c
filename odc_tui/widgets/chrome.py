"""Header, tab strip, footer and the too-small card: what every screen of the game wears."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from odc_tui.present import chrome
from odc_tui.present.chrome import HeaderFacts, Piece

__all__ = ["MIN_HEIGHT", "MIN_WIDTH", "HeaderLine", "KeyFooter", "TabStrip", "TooSmall"]

MIN_WIDTH = 80
MIN_HEIGHT = 24


def content_of(pieces: Sequence[Piece]) -> Content:
    """Pieces as Textual content; the text is never read as markup."""
    return Content.assemble(*pieces)


class HeaderLine(Widget):
    """One line: campaign, date, time state, cash, saved state, help."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "HeaderLine { height: 1; background: $panel; }"

    facts: reactive[HeaderFacts | None] = reactive(None)

    def render(self) -> Content:
        """The line for the width there is."""
        if self.facts is None or self.size.width < 1:
            return Content("")
        return content_of(chrome.header_line(self.facts, self.size.width))


class TabStrip(Widget):
    """One line with the rooms of the campaign; a click goes there."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "TabStrip { height: 1; background: $surface; }"

    def __init__(self, rooms: Sequence[tuple[str, str]], current: str) -> None:
        super().__init__()
        self._rooms = tuple(rooms)
        self._current = current

    def render(self) -> Content:
        """The tabs for the width there is."""
        return content_of(chrome.tab_line(self._rooms, self._current, self.size.width))

    async def on_click(self, event: events.Click) -> None:
        """Go to the room under the pointer."""
        start = 1
        for name, label in self._rooms:
            end = start + len(label) + 4
            if start <= event.x < end:
                await self.run_action(f"screen.command('go.{name}')")
            start = end


class KeyFooter(Widget):
    """One line with the useful keys of this screen; what has no use now is dim. A click presses it."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "KeyFooter { height: 1; dock: bottom; background: $panel; padding: 0 1; }"

    keys: reactive[tuple[tuple[str, str, bool, str], ...]] = reactive(())
    """Key, label, whether it can be used now, command id; most useful first."""

    def _entries(self) -> list[list[Piece]]:
        return chrome.footer_line([entry[:3] for entry in self.keys], self.content_size.width)

    def render(self) -> Content:
        """The keys that fit."""
        return content_of([piece for entry in self._entries() for piece in entry])

    async def on_click(self, event: events.Click) -> None:
        """Press the key under the pointer."""
        ids = {(key, label): command for key, label, _, command in self.keys}
        start = 1
        for (key, _), (label, _), *_rest in self._entries():
            end = start + len(key) + len(label)
            if start <= event.x < end:
                await self.run_action(f"screen.command({ids[key, label.strip()]!r})")
            start = end


class TooSmall(Widget):
    """What a terminal below 80x24 shows instead of a broken screen."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    TooSmall {
        display: none; width: 100%; height: 100%;
        content-align: center middle; text-align: center; background: $background; color: $foreground;
    }
    """

    def render(self) -> Content:
        """Size there is, size that is needed, and that nothing is lost."""
        width, height = self.app.size
        return Content.assemble(
            (f"{width}×{height} is too small.", "bold"),
            f"\nMake the window at least\n{MIN_WIDTH}×{MIN_HEIGHT} characters,\nor its font smaller.\n",
            ("Your campaign is safe.\nq quits.", "$role-quiet"),
        )
