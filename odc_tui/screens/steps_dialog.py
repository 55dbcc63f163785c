"""What binds, and what one step more of each thing brings: now, in the darkest week, at the end of life."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.widgets import Static
from textual.worker import get_current_worker

import engine
from odc_tui.present import shadow
from odc_tui.screens.base import OdcModal
from odc_tui.widgets.chrome import content_of
from odc_tui.widgets.line_table import Cell, Column, LineTable

if TYPE_CHECKING:
    from engine.analysis.shadow import ShadowPrices
    from engine.analysis.shadow_runs import Moment
    from engine.state import CampaignState
    from odc_tui.present.chrome import Piece

__all__ = ["StepsDialog"]

_WIDE = 110
"""Cells from which on the names of steps are shown whole."""


def _columns(width: int, *, money: bool) -> tuple[Column, ...]:
    """The columns for a terminal of so many cells; what does not fit is said below the table."""
    earns = (Column("a year", 9, right=True, rank=1),) if money else ()
    return (
        Column("step", 36 if width >= _WIDE else 29),
        Column("compute", 8, right=True),
        Column("mass", 9, right=True, rank=2),
        Column("cost", 9, right=True),
        Column("per M$", 9, right=True),
        Column("per kg", 8, right=True),
        *earns,
        Column("then binds", 10, rank=3),
    )


@dataclass
class Priced(Message):
    """The steps of one moment have been run.

    Attributes:
        number: of the work; older ones are dropped.
        found: what they bring; None where nothing that is meant flies.
        last: whether the work is done.
    """

    number: int
    moment: Moment
    found: ShadowPrices | None
    last: bool


class _Steps:
    """Steps as rows of a table."""

    def __init__(self, found: ShadowPrices, *, money: bool, short: bool) -> None:
        self._found = found
        self._rows = shadow.step_rows(found, money=money)[1:]
        if short:
            self._rows = [[shadow.short_label(first), *rest] for first, *rest in self._rows]

    def __len__(self) -> int:
        return len(self._rows)

    def cells(self, row: int) -> Sequence[Cell]:
        """What gains stands out; the share of compute says so in figures too."""
        step = self._found.steps[row]
        best = self._found.best is not None and step.key == self._found.best.key
        style = "strong" if best else "text" if step.gain_pflops > 0 else "quiet"
        return tuple(Cell(text, style) for text in self._rows[row])


class StepsDialog(OdcModal):
    """Ends with an order to try, or None.

    Args:
        state: the campaign; time has to stand while this is open.
        scopes: whom to ask about, the first of them at once.
    """

    CSS_PATH = "steps_dialog.tcss"
    BINDINGS: ClassVar[list[Any]] = [
        Binding("left,h", "moment(-1)", "Earlier", show=False),
        Binding("right,l", "moment(1)", "Later", show=False),
        Binding("tab,s", "scope", "Whom", show=False),
    ]

    def __init__(self, state: CampaignState, scopes: Sequence[shadow.Whom]) -> None:
        super().__init__()
        self._state = state
        self._scopes = tuple(scopes)
        self._scope = 0
        self._moment: Moment = "now"
        self._found: dict[Moment, ShadowPrices | None] = {}
        self._number = 0
        self._at_work = False
        self._given_up = False

    def compose_dialog(self) -> ComposeResult:
        """Whom, what binds when, the cheapest step, all steps, the one under the cursor, keys."""
        yield Static("", classes="dialog-title", id="steps-title")
        yield Static("", id="steps-moments")
        yield Static("", id="steps-best")
        yield LineTable(_columns(self.app.size.width, money=self._paid), id="steps-table")
        yield Static("", id="steps-words")
        yield Static(
            Content("←/→ when · tab whom · ↑/↓ step · enter try it · esc leave"), classes="dialog-keys"
        )

    def on_mount(self) -> None:
        """Run the steps of the first scope."""
        self._table = self.query_one(LineTable)
        self._table.focus()
        self._begin()

    @property
    def _paid(self) -> bool:
        return self._state.scenario.rules.money

    # --- running ---------------------------------------------------------------------------------

    def _begin(self) -> None:
        self._number += 1
        self._found, self._at_work, self._given_up = {}, True, False
        work = partial(self._work, self._number, self._scopes[self._scope])
        self.run_worker(work, thread=True, exclusive=True, group="steps")
        self._show()

    def _work(self, number: int, whom: shadow.Whom) -> None:
        """In a worker thread: one moment after the other."""
        gone = get_current_worker()
        moments = tuple(shadow.MOMENT_NAMES)
        for moment in moments:
            found = engine.shadow_prices(
                self._state, whom.batch_index, whom.shell_km, moment, lambda: gone.is_cancelled
            )
            if gone.is_cancelled:
                return
            self.post_message(Priced(number, moment, found, moment == moments[-1]))

    def on_priced(self, message: Priced) -> None:
        """Show a moment, if it is of the scope that is asked about now."""
        message.stop()
        if message.number == self._number:
            self._found[message.moment] = message.found
            self._at_work = not message.last
            self._show()

    def action_leave(self) -> None:
        """Esc gives up what is being run before it leaves."""
        if not self._at_work:
            self.dismiss(None)
            return
        self._number += 1
        self._at_work, self._given_up = False, True
        self.workers.cancel_group(self, "steps")
        self._show()

    # --- what is shown ---------------------------------------------------------------------------

    def _show(self) -> None:
        self.query_one("#steps-title", Static).update(
            Content(f"What one step more would bring · {self._scopes[self._scope].label}")
        )
        pieces = shadow.moment_pieces(self._found, self._moment, at_work=self._at_work)
        self.query_one("#steps-moments", Static).update(content_of(pieces))
        found = self._found.get(self._moment)
        self.query_one("#steps-best", Static).update(Content(self._best_words(found)))
        if found is not None:
            short = self.app.size.width < _WIDE
            self._table.show(_Steps(found, money=self._paid, short=short), cursor=0)
        self._table.set_class(found is None, "-none")
        self._show_step(0)

    def _best_words(self, found: ShadowPrices | None) -> str:
        if found is not None:
            return shadow.best_line(found)
        if self._given_up:
            return "Given up. Tab runs the steps again."
        return "" if self._at_work else shadow.NOTHING_FLIES

    def on_line_table_moved(self, message: LineTable.Moved) -> None:
        """Say what the step under the cursor means."""
        message.stop()
        self._show_step(message.row)

    def _show_step(self, row: int) -> None:
        found = self._found.get(self._moment)
        pieces: list[Piece] = [] if found is None else shadow.step_pieces(found.steps[row], money=self._paid)
        self.query_one("#steps-words", Static).update(content_of(pieces))

    # --- keys ------------------------------------------------------------------------------------

    def action_moment(self, steps: int) -> None:
        """Another moment."""
        names = list(shadow.MOMENT_NAMES)
        self._moment = names[(names.index(self._moment) + steps) % len(names)]
        self._show()

    def action_scope(self) -> None:
        """A batch, its shell, the campaign; after giving up, the same once more."""
        if not self._given_up:
            self._scope = (self._scope + 1) % len(self._scopes)
        self._begin()

    def on_line_table_chosen(self, message: LineTable.Chosen) -> None:
        """Try an order; what is none is for the next design or flight."""
        message.stop()
        found = self._found.get(self._moment)
        if found is not None and found.steps[message.row].order is not None:
            self.dismiss(found.steps[message.row].order)
