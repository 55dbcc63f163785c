"""A list to choose from: arrows, j and k, enter, or the mouse. User text is never markup."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.visual import Visual
from textual.widget import Widget

from odc_tui.present.dates import shorten

__all__ = ["Choice", "Menu", "OrderMenu"]


@dataclass(frozen=True, slots=True)
class Choice:
    """One line to choose.

    Attributes:
        key: what is reported when it is chosen.
        label: what it is.
        note: a few words beside the label; may be empty.
        problem: why it cannot be chosen; shown instead of the note.
    """

    key: str
    label: str
    note: str = ""
    problem: str = ""


class Menu(Widget, can_focus=True):
    """Lines with a cursor. `Menu.Chosen` tells which was chosen, `Menu.Moved` where the cursor stands.

    Where there are more lines than room, the list moves under the cursor and a mark at the right edge shows
    which part is in sight.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    Menu {
        height: auto; max-height: 100%; background: transparent; color: $foreground;
    }
    """
    BINDINGS: ClassVar[list[Any]] = [
        Binding("down,j", "move(1)", "Down", show=False),
        Binding("up,k", "move(-1)", "Up", show=False),
        Binding("pagedown", "move(10)", "Page down", show=False),
        Binding("pageup", "move(-10)", "Page up", show=False),
        Binding("home,g", "move(-100000)", "First", show=False),
        Binding("end,G", "move(100000)", "Last", show=False),
        Binding("enter,l,right", "choose", "Choose", show=False),
    ]

    cursor: reactive[int] = reactive(0)

    class Chosen(Message):
        """A line was chosen."""

        def __init__(self, menu: Menu, choice: Choice) -> None:
            super().__init__()
            self.menu = menu
            self.choice = choice

        @property
        def control(self) -> Menu:
            """The menu it was chosen from."""
            return self.menu

    class Moved(Message):
        """The cursor stands on another line."""

        def __init__(self, menu: Menu, choice: Choice) -> None:
            super().__init__()
            self.menu = menu
            self.choice = choice

        @property
        def control(self) -> Menu:
            """The menu whose cursor moved."""
            return self.menu

    def __init__(
        self,
        choices: Sequence[Choice] = (),
        label_width: int = 12,
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(id=id)
        self._choices = tuple(choices)
        self.label_width = label_width
        self._top = 0
        self.ascii_only = False

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The lines."""
        return self._choices

    @property
    def chosen(self) -> Choice | None:
        """The line under the cursor."""
        return self._choices[self.cursor] if self._choices else None

    def show(self, choices: Sequence[Choice], keep: str | None = None) -> None:
        """Show other lines.

        Args:
            choices: the lines.
            keep: key of the line to stand on; else the line with the key stood on before, else the nearest.
        """
        wanted = keep if keep is not None else self.chosen.key if self.chosen else None
        self._choices = tuple(choices)
        keys = [choice.key for choice in self._choices]
        place = keys.index(wanted) if wanted in keys else min(self.cursor, len(keys) - 1)
        self.set_reactive(Menu.cursor, max(0, place))
        self._follow()
        self.refresh(layout=True)
        self._tell_moved()

    def on_resize(self) -> None:
        """Keep the cursor in sight, and draw again: the first drawing knew no height."""
        self._follow()
        self.refresh()

    @property
    def top(self) -> int:
        """The first line in sight."""
        return self._top

    def _follow(self) -> None:
        height = max(1, self.content_size.height)
        least, most = self.cursor - height + 1, len(self._choices) - height
        self._top = max(0, min(max(self._top, least), self.cursor, max(0, most)))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """One line a choice."""
        return len(self._choices)

    def validate_cursor(self, cursor: int) -> int:
        """The cursor stays on a line."""
        return max(0, min(cursor, len(self._choices) - 1))

    def watch_cursor(self) -> None:
        """Keep the cursor in sight."""
        self._follow()
        self.refresh()
        self._tell_moved()

    def _tell_moved(self) -> None:
        if self.chosen is not None:
            self.post_message(self.Moved(self, self.chosen))

    def render_line(self, y: int) -> Strip:
        """One line of the list."""
        width = self.content_size.width
        index = y + self._top
        if not 0 <= index < len(self._choices) or width < 1:
            return Strip.blank(max(0, width), self.rich_style)
        mark = self._place_mark(y)
        content = self._line(self._choices[index], index == self.cursor, width - len(mark))
        content = Content.assemble(content, (mark, "$role-groove"))
        strips = Visual.to_strips(self, content, width, 1, self.visual_style, apply_selection=False)
        return strips[0] if strips else Strip.blank(width, self.rich_style)

    def _place_mark(self, y: int) -> str:
        """What stands at the right edge: a bar beside the part in sight, nothing if all of it is."""
        height, count = self.content_size.height, len(self._choices)
        if count <= height:
            return ""
        first, last = self._top * height // count, (self._top + height) * height // count
        return ("|" if self.ascii_only else "▐") if first <= y <= last else " "

    def on_mouse_scroll_down(self) -> None:
        """The wheel moves the cursor."""
        self.cursor += 1

    def on_mouse_scroll_up(self) -> None:
        """The wheel moves the cursor."""
        self.cursor -= 1

    def _line(self, choice: Choice, here: bool, width: int) -> Content:
        mark = (">" if self.ascii_only else "▸") if here else " "
        label = shorten(choice.label, self.label_width).ljust(self.label_width)
        note = shorten(choice.problem or choice.note, max(0, width - self.label_width - 5))
        lit = here and self.has_focus
        text = "$block-cursor-foreground" if lit else "$foreground"
        note_style = "$role-risk" if choice.problem and not lit else text if here else "$role-quiet"
        line = Content.assemble(
            (f" {mark} ", f"{text if lit else '$primary'} bold"),
            (label, f"bold {text}" if here else text),
            ("  ", ""),
            (note, note_style),
        )
        line = line.pad_right(max(0, width - line.cell_length))
        return line.stylize_before("on $block-cursor-background") if lit else line

    def action_move(self, lines: int) -> None:
        """Move the cursor."""
        self.cursor += lines

    def action_choose(self) -> None:
        """Choose the line under the cursor."""
        if self.chosen is not None:
            self.post_message(self.Chosen(self, self.chosen))

    def on_click(self, event: events.Click) -> None:
        """A click chooses the line under the pointer."""
        offset = event.get_content_offset(self)
        index = offset.y + self._top if offset is not None else -1
        if 0 <= index < len(self._choices):
            self.cursor = index
            self.action_choose()


class OrderMenu(Menu, inherit_bindings=False):
    """A menu whose left and right keys are free for what a line is about: years, or shares."""

    BINDINGS: ClassVar[list[Any]] = [
        ("down,j", "move(1)", "Down"),
        ("up,k", "move(-1)", "Up"),
        ("home,g", "move(-100000)", "First"),
        ("end,G", "move(100000)", "Last"),
        ("enter", "choose", "Give this order"),
    ]
