"""Ask why: every figure of a screen in a list, and beside it the formula, the live inputs, and what if."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Input as Entry
from textual.widgets import Static

from odc_tui.present import why, why_panel
from odc_tui.screens.base import OdcModal
from odc_tui.screens.panels import entitle
from odc_tui.widgets.chrome import content_of
from odc_tui.widgets.menu import Choice, Menu

if TYPE_CHECKING:
    from engine.analysis.formula_inputs import Given
    from engine.analysis.why import Figure, Input
    from engine.model.catalogue import Catalogue

__all__ = ["WhyDialog"]

_ON_FIGURES = "↑↓ figure · → its inputs · space more · c copy the command · esc close"
_ON_INPUTS = "↑↓ input · enter open · +/- digits what if · r reset · c copy · ← back"
_WIDE_LABEL, _NARROW_LABEL = 26, 20
_WIDE_INPUT, _NARROW_INPUT = 22, 16


class WhyDialog(OdcModal):
    """A list of figures, and the one under the cursor taken apart. Dismissed with the id last looked at.

    Args:
        title: whose figures, and of when.
        figures: what can be asked.
        start: id of the figure to begin with; the first if there is none of that id.
        catalogue: where ids are looked up.
        twin: arguments of `odc explain` that list these figures, or empty.
    """

    CSS_PATH = "why.tcss"
    BINDINGS: ClassVar[list[Any]] = [
        Binding("left,h,backspace", "back", "Back", show=False),
        Binding("tab", "turn", "Other list", show=False),
        Binding("plus,equals_sign", "nudge(1)", "More", show=False),
        Binding("minus", "nudge(-1)", "Less", show=False),
        Binding("r", "reset", "As it is", show=False),
        Binding("e", "edit", "Type a value", show=False),
        Binding("space", "read_on", "Read on", show=False),
        Binding("c", "copy", "Copy", show=False),
        Binding("i", "leave", "Close", show=False),
    ]

    def __init__(
        self, title: str, figures: Sequence[Figure], start: str, catalogue: Catalogue, twin: str = ""
    ) -> None:
        super().__init__()
        self._title = title
        self._figures = {figure.id: figure for figure in figures}
        self._start = start
        self._catalogue = catalogue
        self._twin = twin
        self._trail: list[str] = []
        self._changes: dict[str, Given] = {}
        self._said: why_panel.Answer | None = None

    # --- content ---------------------------------------------------------------------------------

    def compose_dialog(self) -> ComposeResult:
        """Figures on the left; on the right the figure, its inputs, and what else there is to say."""
        wide = self.app.size.width >= 110
        label, inner = (_WIDE_LABEL, _WIDE_INPUT) if wide else (_NARROW_LABEL, _NARROW_INPUT)
        with Horizontal(id="why-body"):
            yield Menu(label_width=label, id="why-figures")
            with VerticalScroll(id="why-pane", can_focus=False):
                yield Static("", id="why-head")
                yield Menu(label_width=inner, id="why-inputs")
                yield Entry(id="why-entry")
                yield Static("", id="why-foot")
        yield Static("", id="why-keys", classes="dialog-keys")

    def on_mount(self) -> None:
        """Begin with the figure in focus."""
        for menu in self.query(Menu):
            menu.ascii_only = self.odc.ascii_only
        self.query_one("#why-entry").display = False
        entitle(self.query_one("#dialog"), self._title)
        lines = [Choice(one.id, one.label, why.brief(one)) for one in self._figures.values()]
        self._list.show(lines, keep=self._start)
        self._list.focus()
        self._show()

    @property
    def _list(self) -> Menu:
        return self.query_one("#why-figures", Menu)

    @property
    def _inputs(self) -> Menu:
        return self.query_one("#why-inputs", Menu)

    @property
    def figure(self) -> Figure:
        """The figure under the cursor."""
        chosen = self._list.chosen
        return self._figures[chosen.key] if chosen else next(iter(self._figures.values()))

    @property
    def _on_inputs(self) -> bool:
        return self.focused is self._inputs

    @property
    def _input(self) -> Input | None:
        chosen = self._inputs.chosen
        return next((one for one in self.figure.inputs if chosen and one.name == chosen.key), None)

    # --- showing ---------------------------------------------------------------------------------

    def _show(self) -> None:
        figure = self.figure
        self._said = said = why_panel.answer(figure, self._catalogue, self._changes)
        self.query_one("#why-head", Static).update(content_of(why_panel.head_pieces(said)))
        lines = [
            Choice(one.name, one.name, why_panel.input_note(one, self._changes)) for one in figure.inputs
        ]
        self._inputs.display = bool(lines)
        if tuple(lines) != self._inputs.choices:
            self._inputs.show(lines)
        self._show_foot()

    def _show_foot(self) -> None:
        if self._said is None:
            return
        one = self._input if self._on_inputs else None
        pieces = why_panel.input_pieces(one, self._figures) if one is not None else []
        pieces = [*pieces, *why_panel.foot_pieces(self._said, self._again)]
        self.query_one("#why-foot", Static).update(content_of(pieces))
        keys = _ON_INPUTS if self._on_inputs else _ON_FIGURES
        self.query_one("#why-keys", Static).update(Content(keys))

    @property
    def _again(self) -> str:
        """The command line that gives the number again."""
        command = why.command(self.figure, self._changes)
        if command or not self._twin:
            return command
        return f"odc explain {self._twin} --figure {self.figure.id}"

    def on_menu_moved(self, message: Menu.Moved) -> None:
        """Another figure, or another input."""
        message.stop()
        if message.menu is self._inputs:
            self._show_foot()
        elif self._said is None or message.choice.key != self._said.figure.id:
            self._look(message.choice.key)

    def _look(self, figure_id: str) -> None:
        """Another figure is under the cursor: nothing of the last one's what-if stays."""
        self._changes = {}
        menu = self._list
        if menu.chosen is None or menu.chosen.key != figure_id:
            menu.show(menu.choices, keep=figure_id)
        self._show()
        self._inputs.cursor = 0
        self.query_one("#why-pane").scroll_home(animate=False)

    def on_descendant_focus(self) -> None:
        """The other list has the keys: it needs other words."""
        self._show_foot()

    # --- going about -----------------------------------------------------------------------------

    def on_menu_chosen(self, message: Menu.Chosen) -> None:
        """On a figure: to its inputs. On an input that is a figure: open it."""
        message.stop()
        if message.menu is self._list:
            self.action_turn()
            return
        one = self._input
        if one is None or one.figure not in self._figures:
            return
        self._trail.append(self.figure.id)
        self._look(one.figure)
        if not self.figure.inputs:
            self._list.focus()

    def action_turn(self) -> None:
        """To the other list."""
        (self._list if self._on_inputs or not self.figure.inputs else self._inputs).focus()

    def action_back(self) -> None:
        """To the figure that this one was opened from, or from the inputs to the list."""
        if self._trail:
            self._look(self._trail.pop())
            self._inputs.focus()
        else:
            self._list.focus()

    def action_read_on(self) -> None:
        """Down a page on the right; from the end back to the top."""
        pane = self.query_one("#why-pane", VerticalScroll)
        if pane.scroll_offset.y >= pane.max_scroll_y:
            pane.scroll_home(animate=False)
        else:
            pane.scroll_page_down(animate=False)

    def action_leave(self) -> None:
        """Esc leaves what is typed, then the inputs, then the panel."""
        if self.query_one("#why-entry").display:
            self._close_entry()
        elif self._on_inputs:
            self._trail.clear()
            self._list.focus()
        else:
            self.dismiss(self.figure.id)

    # --- what if ---------------------------------------------------------------------------------

    def action_nudge(self, steps: int) -> None:
        """Move the input under the cursor."""
        one = self._input
        if self._on_inputs and one is not None:
            self._put(one, why_panel.nudged(one, self._changes.get(one.name, one.value), steps))

    def action_reset(self) -> None:
        """All inputs as they are."""
        self._changes = {}
        self._show()

    def _put(self, one: Input, value: Given) -> None:
        self._changes[one.name] = value
        if value == one.value:
            del self._changes[one.name]
        self._show()

    def on_key(self, event: events.Key) -> None:
        """A digit begins to type a value."""
        if self._on_inputs and event.character and event.character in "0123456789.":
            event.stop()
            self._open_entry(event.character)

    def action_edit(self) -> None:
        """Type a value for the input under the cursor, from the one it has."""
        one = self._input
        if self._on_inputs and one is not None:
            self._open_entry(str(self._changes.get(one.name, one.value)))

    def _open_entry(self, text: str) -> None:
        entry = self.query_one("#why-entry", Entry)
        one = self._input
        entry.border_title = Content(f"what if {one.name} were" if one else "")
        entry.display = True
        entry.select_on_focus = False
        entry.value = text
        entry.cursor_position = len(text)
        entry.focus()

    def _close_entry(self) -> None:
        self.query_one("#why-entry").display = False
        self._inputs.focus()

    def on_input_submitted(self, event: Entry.Submitted) -> None:
        """Take what was typed."""
        event.stop()
        one = self._input
        value = why_panel.typed(one, event.value) if one is not None else None
        self._close_entry()
        if one is None or value is None:
            self.odc.say("Type a plain number, as 1.5.", "warning")
        else:
            self._put(one, value)

    def action_copy(self) -> None:
        """Put the command on the clipboard."""
        text = self._again or f"{self.figure.label}: {why.shown(self.figure)}"
        self.app.copy_to_clipboard(text)
        self.odc.say(f"Copied: {text}")
