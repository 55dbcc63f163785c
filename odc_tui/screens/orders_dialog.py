"""Orders to batches: choose whom and what, see what the engine makes of it, then give the order or not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.widgets import Static
from textual.worker import get_current_worker

import engine
from engine.playback import Refusal
from odc_tui.present import ghosts
from odc_tui.present.orders import Choice, OrderKind, Scope, choices, normalised, nudge, order_of, shares_bar
from odc_tui.present.why_words import BINDING
from odc_tui.screens.ask_why import question_of
from odc_tui.screens.base import OdcModal
from odc_tui.widgets.chrome import content_of
from odc_tui.widgets.menu import Choice as MenuLine
from odc_tui.widgets.menu import Menu, OrderMenu

if TYPE_CHECKING:
    from engine.analysis.ghost import Horizon, Look
    from engine.orders import Order
    from engine.outcomes import Rejected
    from engine.state import CampaignState
    from odc_tui.present.chrome import Piece
    from odc_tui.present.ghosts import Line

__all__ = ["OrderDraft", "OrdersDialog"]

_TITLES = {
    OrderKind.POLICY: "How the batteries are used",
    OrderKind.WORKLOAD: "What is computed",
    OrderKind.ALTITUDE: "What the thrusters do",
    OrderKind.DISPOSE: "The end of a batch",
}
_STEP = 0.1
MAX_AHEAD_BATCHES = 2000
"""Larger fleets are run one orbit ahead only, so that an answer comes at once."""


@dataclass(frozen=True, slots=True)
class OrderDraft:
    """An order as far as it is known when the dialog opens.

    Attributes:
        kind: what is to be changed.
        scopes: whom it can be for, likeliest first.
        choice: what the cursor stands on.
        mix: shares of work to begin with.
        current: key of the choice in force now, marked so.
        batch: row of the batch it was opened for.
        file: what the campaign's file is called.
    """

    kind: OrderKind
    scopes: tuple[Scope, ...]
    choice: str = ""
    mix: Mapping[str, float] = field(default_factory=dict)
    current: str = ""
    batch: int = 0
    file: str = ""


@dataclass
class Looked(Message):
    """The engine has looked at a draft.

    Attributes:
        number: which look; older ones are dropped.
        refusal: why the order does not hold, or None.
        lines: the numbers side by side.
        more: a further look is under way.
    """

    number: int
    refusal: Rejected | None
    lines: tuple[Line, ...]
    more: bool


class OrdersDialog(OdcModal):
    """A dialog that ends with the order to give, or None."""

    CSS_PATH = "orders_dialog.tcss"
    BINDINGS: ClassVar[list[Any]] = [
        ("tab", "other_list", "Other list"),
        ("left,h,minus", "share(-1)", "Less"),
        ("right,l,plus,equals_sign", "share(1)", "More"),
        ("i", "ask_why", "Ask why"),
    ]

    def __init__(self, state: CampaignState, draft: OrderDraft, ascii_only: bool = False) -> None:
        super().__init__()
        self._state = state
        self._draft = draft
        self._mix = normalised(draft.mix)
        self._choices = {choice.key: choice for choice in choices(draft.kind, state.catalogue.workloads)}
        self._ascii = ascii_only
        self._number = 0
        self._refusal: Rejected | None = None
        self._baseline: dict[int, tuple[Look, ...]] = {}

    # --- content ---------------------------------------------------------------------------------

    def compose_dialog(self) -> ComposeResult:
        """Title, whom, what, what it means, what it does, keys."""
        yield Static(Content(_TITLES[self._draft.kind]), classes="dialog-title")
        yield Static("For", classes="orders-label")
        scopes = [MenuLine(str(n), scope.label) for n, scope in enumerate(self._draft.scopes)]
        yield OrderMenu(scopes, label_width=48, id="orders-scope")
        yield Static("Do", classes="orders-label")
        yield OrderMenu(self._choice_lines(), label_width=24, id="orders-choice")
        yield Static("", id="orders-meaning")
        yield Static("", id="orders-effect")
        yield Static("", id="orders-verdict")
        yield Static(Content(self._keys()), classes="dialog-keys")

    def on_mount(self) -> None:
        """Begin with the choice at hand."""
        for menu in self.query(Menu):
            menu.ascii_only = self._ascii
        menu = self.query_one("#orders-choice", Menu)
        if self._draft.choice in self._choices:
            menu.show(self._choice_lines(), keep=self._draft.choice)
        menu.focus()
        self._look()

    def _keys(self) -> str:
        more = " · ←/→ share" if self._draft.kind is OrderKind.WORKLOAD else ""
        scope = " · tab whom" if len(self._draft.scopes) > 1 else ""
        return f"enter give this order{more}{scope} · i ask why · esc leave it"

    def _choice_lines(self) -> list[MenuLine]:
        return [MenuLine(choice.key, choice.label, self._note(choice)) for choice in self._choices.values()]

    def _note(self, choice: Choice) -> str:
        if self._draft.kind is OrderKind.WORKLOAD:
            share = self._mix.get(choice.key, 0.0)
            return f"{shares_bar(share)} {100 * share:3.0f} %"
        return "in force now" if choice.key == self._draft.current else ""

    # --- what stands under the cursor ------------------------------------------------------------

    @property
    def _choice(self) -> str:
        chosen = self.query_one("#orders-choice", Menu).chosen
        return chosen.key if chosen else ""

    @property
    def _scope(self) -> Scope:
        return self._draft.scopes[self.query_one("#orders-scope", Menu).cursor]

    def _order(self) -> Order:
        return order_of(self._draft.kind, self._choice, self._scope.selection, self._mix)

    def on_menu_moved(self, message: Menu.Moved) -> None:
        """Another choice, another look."""
        message.stop()
        if self._draft.kind is not OrderKind.WORKLOAD or message.menu.id == "orders-scope":
            self._look()
        self._say_meaning()

    def on_menu_chosen(self, message: Menu.Chosen) -> None:
        """Enter on either list gives the order, unless the engine has refused it."""
        message.stop()
        if self._refusal is None:
            self.dismiss(self._order())

    def action_other_list(self) -> None:
        """Change between whom and what."""
        wanted = "#orders-scope" if self.focused and self.focused.id == "orders-choice" else "#orders-choice"
        self.query_one(wanted, Menu).focus()

    def action_share(self, steps: int) -> None:
        """Give the work under the cursor a larger or smaller share."""
        if self._draft.kind is OrderKind.WORKLOAD and self._choice:
            self._mix = nudge(self._mix, self._choice, steps * _STEP)
            self.query_one("#orders-choice", Menu).show(self._choice_lines())
            self._look()

    def action_ask_why(self) -> None:
        """Take the figures apart that the order would move: of the batch it was opened for."""
        binds = engine.batch_report(self._state, self._draft.batch).binding
        question = question_of(self._state, self._draft.file, self._draft.batch, BINDING.get(binds, ""))
        if question.figures:
            self.app.push_screen(question.dialog(self._state))

    # --- looking ahead ---------------------------------------------------------------------------

    def _say_meaning(self) -> None:
        choice = self._choices.get(self._choice)
        self.query_one("#orders-meaning", Static).update(Content(choice.meaning if choice else ""))

    def _look(self) -> None:
        """Ask the engine, off the interface thread."""
        if not self.is_mounted:
            return
        self._say_meaning()
        self._number += 1
        work = partial(self._look_ahead, self._number, self._order())
        self.run_worker(work, thread=True, exclusive=True, group="outlook")

    def _look_ahead(self, number: int, order: Order) -> None:
        """In a worker thread: the verdict and the next orbit, then season and years if the fleet is small."""
        gone = get_current_worker()
        horizons = engine.horizons_of(self._state)
        further = len(horizons) > 1 and len(self._state.names) <= MAX_AHEAD_BATCHES
        for days in (horizons[:1], horizons) if further else (horizons[:1],):
            if not days or not self._compare(number, order, days, lambda: gone.is_cancelled):
                return

    def _compare(
        self, number: int, order: Order, days: tuple[Horizon, ...], cancelled: Callable[[], bool]
    ) -> bool:
        """Run ahead and tell; whether to look further."""
        without = self._baseline.get(len(days), ())
        found = engine.compare(self._state, (order,), days, without=without, cancelled=cancelled)
        if found is None:
            return False
        if isinstance(found, Refusal):
            self.post_message(Looked(number, found.answer, (), False))
            return False
        self._baseline[len(days)] = found.without
        lines = ghosts.short_lines(found, self._state.day, money=self._state.scenario.rules.money)
        further = len(days) == 1 and len(self._state.names) <= MAX_AHEAD_BATCHES
        self.post_message(Looked(number, None, lines, further))
        return True

    def on_looked(self, message: Looked) -> None:
        """Show what the engine said, if it is about what is chosen now."""
        if message.number != self._number:
            return
        self._refusal = message.refusal
        verdict: list[Piece] = [("✔ ", "$role-ok"), ("The engine accepts this order.", "")]
        if message.refusal is not None:
            verdict = [("✖ ", "$role-risk"), (f"{message.refusal.reason} {message.refusal.fix}".strip(), "")]
        elif message.more:
            verdict.append((" Looking five years ahead …", "$role-quiet"))
        self.query_one("#orders-verdict", Static).update(content_of(verdict))
        self.query_one("#orders-effect", Static).update(content_of(effect_pieces(message.lines)))


def effect_pieces(lines: tuple[Line, ...]) -> list[Piece]:
    """A small table: name, without the order, with it, the change."""
    if not lines:
        return []
    left = max(len(line.name) for line in lines)
    middle = max(len(line.without) for line in lines)
    right = max(len(line.with_order) for line in lines)
    head = f"{'next orbit':{left}}  {'as it is':>{middle}}    {'with it':<{max(right, 7)}}"
    pieces: list[Piece] = [(head, "$role-quiet")]
    tones = {1: "$role-ok", -1: "$role-warn", 0: "$role-quiet"}
    for line in lines:
        pieces += [
            (f"\n{line.name:<{left}}", "$role-quiet"),
            (f"  {line.without:>{middle}}", ""),
            (" → ", "$role-quiet"),
            (f" {line.with_order:<{max(right, 7)}}", "bold"),
            (f"  {line.change}", tones[line.better]),
        ]
    return pieces
