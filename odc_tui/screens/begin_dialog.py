"""Begin a scenario: name the campaign, and set how hard it shall be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from engine.model.base import MAX_NAME_CELLS, clean_text
from engine.model.scenario import Difficulty, Scenario
from odc_tui.present import difficulty
from odc_tui.screens.base import OdcModal
from odc_tui.widgets.menu import Choice, Menu

if TYPE_CHECKING:
    from engine.model.company import Company

__all__ = ["BeginDialog", "Beginning", "Sliders"]

_KEYS = "enter begin · tab to the sliders, ← → turn one · esc leave it"
_COMPANY = "company"


class Beginning(NamedTuple):
    """What the player chose: name, sliders that were moved, whom to lead (None: as the scenario has it)."""

    name: str
    difficulty: Difficulty
    company: str | None


class Sliders(Menu):
    """A list whose lines are turned with the arrows instead of chosen."""

    BINDINGS: ClassVar[list[Any]] = [
        Binding("right,l,plus", "turn(1)", "More", show=False),
        Binding("left,h,minus", "turn(-1)", "Less", show=False),
    ]

    class Turned(Message):
        """A line was turned by some steps."""

        def __init__(self, name: str, steps: int) -> None:
            super().__init__()
            self.name = name
            self.steps = steps

    def action_turn(self, steps: int) -> None:
        """Turn the line under the cursor."""
        if self.chosen is not None:
            self.post_message(self.Turned(self.chosen.key, steps))

    def on_click(self, event: events.Click) -> None:
        """A click goes to the line under the pointer; it turns nothing and begins nothing."""
        event.prevent_default()
        offset = event.get_content_offset(self)
        if offset is not None:
            self.cursor = offset.y + self.top


class BeginDialog(OdcModal):
    """Dismissed with a `Beginning`, or None.

    Args:
        scenario: what begins.
        companies: whom one can lead; only a scenario that names a company asks.
    """

    CSS_PATH = "begin_dialog.tcss"

    def __init__(self, scenario: Scenario, companies: Sequence[Company] = ()) -> None:
        super().__init__()
        self._scenario = scenario
        self._companies = tuple(companies) if scenario.company is not None else ()
        self._lead = next((at for at, one in enumerate(self._companies) if one.id == scenario.company), 0)
        self._sliders = scenario.difficulty

    def compose_dialog(self) -> ComposeResult:
        """Title, field, sliders, what the one under the cursor means."""
        yield Static(Content(f"Begin: {self._scenario.name}"), classes="dialog-title")
        yield Input(self._scenario.name, max_length=MAX_NAME_CELLS, id="ask-input")
        yield Sliders(self._lines(), label_width=14, id="begin-sliders")
        yield Static("", id="begin-note", classes="dialog-keys")
        yield Static(Content(_KEYS), classes="dialog-keys")

    def on_mount(self) -> None:
        """The name can be typed at once."""
        self.query_one(Sliders).ascii_only = self.odc.ascii_only
        self.query_one(Input).focus()

    def _lines(self) -> list[Choice]:
        usual = self._scenario.difficulty
        sliders = [
            Choice(name, label, difficulty.note(self._sliders, usual, name))
            for name, (label, _) in difficulty.SLIDERS.items()
        ]
        if not self._companies:
            return sliders
        return [Choice(_COMPANY, "You lead", f"‹ {self._companies[self._lead].name} ›"), *sliders]

    def on_menu_moved(self, message: Menu.Moved) -> None:
        """Say what the slider moves."""
        message.stop()
        self._explain(message.choice.key)

    def _explain(self, key: str) -> None:
        if key == _COMPANY:  # the first sentence: there is room for two lines
            words = self._companies[self._lead].summary.partition(". ")[0].rstrip(".") + "."
        else:
            words = difficulty.meaning(key)
        self.query_one("#begin-note", Static).update(Content(words))

    def on_sliders_turned(self, message: Sliders.Turned) -> None:
        """Move the slider, and show where it stands."""
        message.stop()
        if message.name == _COMPANY:
            self._lead = (self._lead + message.steps) % len(self._companies)
            self._explain(_COMPANY)
        else:
            self._sliders = difficulty.turned(self._sliders, message.name, message.steps)
        self.query_one(Sliders).show(self._lines())

    def on_menu_chosen(self, message: Menu.Chosen) -> None:
        """Enter on the sliders begins."""
        message.stop()
        self._begin()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in the field begins."""
        event.stop()
        self._begin()

    def _begin(self) -> None:
        name = clean_text(self.query_one(Input).value)
        if not name:
            words = Content.styled("A name needs at least one letter or digit. Esc leaves it.", "$role-risk")
            self.query_one("#begin-note", Static).update(words)
            return
        lead = self._companies[self._lead].id if self._companies else None
        self.dismiss(Beginning(name, self._moved(), None if lead == self._scenario.company else lead))

    def _moved(self) -> Difficulty:
        """The sliders that stand elsewhere than in the scenario."""
        usual = self._scenario.difficulty
        values = {name: difficulty.value_of(self._sliders, name) for name in difficulty.SLIDERS}
        moved = {name: one for name, one in values.items() if one != difficulty.value_of(usual, name)}
        return Difficulty(**moved)
