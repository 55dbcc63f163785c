"""The swarm: shells and batches in a table, one batch in depth, and the eclipses to come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import ContentSwitcher

import engine
from odc_tui.present import swarm as present
from odc_tui.present.flow import most_lost
from odc_tui.present.moments import LIVE_RATE
from odc_tui.present.orbit import OrbitView, moved_to, orbit_view
from odc_tui.present.why_words import BINDING
from odc_tui.screens.ask_why import Question, question_of
from odc_tui.screens.batch_orders import BatchOrders, OrderTarget
from odc_tui.screens.batch_view import BatchView
from odc_tui.screens.pace import Gate, Pace
from odc_tui.screens.panels import Panel, entitle
from odc_tui.screens.readings import series_of
from odc_tui.screens.swarm_table import SwarmTable
from odc_tui.widgets.heat_calendar import CalendarData, HeatCalendar

if TYPE_CHECKING:
    from engine.state import CampaignState
    from odc_tui.simrunner import Frame

__all__ = ["SwarmScreen"]

_RUSH_S = 0.5
"""While time runs, the table, and at speeds the eye cannot follow the open batch too, are shown so often."""
_TYPING_S = 0.05


class SwarmScreen(BatchOrders):
    """The swarm room.

    Attributes:
        face: what it shows: `table`, `batch` or `calendar`.
        open_index: the batch that is open, or was last.
        batch_wanted: a batch to open when the room comes into sight.
    """

    NAME = "swarm"
    CSS_PATH = "swarm.tcss"

    def __init__(self) -> None:
        super().__init__()
        self.face = "table"
        self.open_index = 0
        self.batch_wanted: int | None = None
        self._panel = 0
        self._orbit: OrbitView | None = None
        self._orbit_of: tuple[int, int] | None = None
        self._rush_gate = Gate(_RUSH_S)
        self._typing_pace = Pace(self, self._show_table, _TYPING_S)

    # --- content ---------------------------------------------------------------------------------

    def compose_body(self) -> ComposeResult:
        """Three faces, one at a time."""
        with ContentSwitcher(initial="swarm-table", id="swarm-faces"):
            yield SwarmTable(id="swarm-table")
            yield BatchView(id="swarm-batch")
            with Vertical(id="swarm-calendar"):
                yield HeatCalendar()
                yield Panel(id="swarm-calendar-help")

    def on_mount(self) -> None:
        """The table has the keys."""
        entitle(self.query_one("#swarm-calendar"), "Shade of each orbit, 52 weeks ahead")
        self.query_one("#swarm-calendar-help", Panel).say(present.CALENDAR_HELP)
        self.query_one(BatchView).choose_panel(0)
        self._table.lines.focus()

    @property
    def _table(self) -> SwarmTable:
        return self.query_one(SwarmTable)

    def on_state(self, state: CampaignState) -> None:
        """A day has passed, an order was given, or the room came into sight."""
        at_once = not self.session.running
        if self.batch_wanted is not None:
            wanted, self.batch_wanted = self.batch_wanted, None
            self.open_batch(wanted)
        elif not self._rush_gate.passes(at_once or (self.face == "batch" and self._live)):
            return
        elif self.face == "table":
            self._show_table()
        elif self.face == "batch":
            self._show_batch()
            self._show_orbit()
        elif at_once:
            self._show_calendar()

    def on_frame(self, frame: Frame) -> None:
        """The clock moved: the open batch has flown on."""
        if self.face == "batch" and self._live:
            self._show_orbit()

    @property
    def _live(self) -> bool:
        """Whether the clock is slow enough for the eye to follow an orbit."""
        return not self.session.running or self.session.speed.rate <= LIVE_RATE

    # --- faces -----------------------------------------------------------------------------------

    def _turn_to(self, face: str) -> None:
        self.face = face
        self.query_one("#swarm-faces", ContentSwitcher).current = f"swarm-{face}"
        self.take_focus()
        self.refresh_chrome()

    def take_focus(self) -> None:
        """Table and calendar have the keys; an open batch needs none."""
        if self.face == "table":
            self._table.lines.focus()
        elif self.face == "calendar":
            self.query_one(HeatCalendar).focus()
        else:
            self.set_focus(None)

    def do_campaign_menu(self) -> None:
        """Esc leaves the batch, the calendar or the filter first."""
        if self.face != "table":
            self.do_swarm_back()
        elif not self._table.close_filter():
            super().do_campaign_menu()

    def do_swarm_back(self) -> None:
        """Back to the table, the cursor on the batch last looked at."""
        keep = self.open_index if self.face == "batch" else None
        self._turn_to("table")
        self._show_table(keep)

    def _show_table(self, keep: int | None = None) -> None:
        self._table.show(engine.fleet_columns(self.session.state), keep)

    def on_swarm_table_narrowed(self, message: SwarmTable.Narrowed) -> None:
        """Another filter."""
        message.stop()
        self._typing_pace.ask()

    def on_swarm_table_opened(self, message: SwarmTable.Opened) -> None:
        """Enter on a batch."""
        message.stop()
        self.open_batch(message.batch)

    def do_swarm_calendar(self) -> None:
        """Show the eclipses to come, or go back."""
        if self.face == "calendar":
            self.do_swarm_back()
            return
        self._turn_to("calendar")
        self._show_calendar()

    def _show_calendar(self) -> None:
        ahead = engine.eclipse_calendar(self.session.state)
        data = CalendarData(present.calendar_names(ahead), ahead.shade, ahead.first_day, now_week=0)
        self.query_one(HeatCalendar).show(data)

    # --- one batch -------------------------------------------------------------------------------

    def open_batch(self, batch: int) -> None:
        """Show everything about a batch; other rooms come here with one.

        Args:
            batch: its row in the fleet.
        """
        self.open_index = batch
        self._turn_to("batch")
        self._show_batch()
        self._show_orbit()

    def _show_batch(self) -> None:
        state = self.session.state
        if not len(state.names):
            self._turn_to("table")
            return
        self.open_index = min(self.open_index, len(state.names) - 1)
        self.query_one(BatchView).show(
            engine.batch_report(state, self.open_index),
            engine.batch_ledger(state, self.open_index),
            engine.waterfall(state, self.open_index),
        )

    def _show_orbit(self) -> None:
        state = self.session.state
        if not len(state.names):
            return
        told = engine.telemetry(state, self.open_index, self.session.seconds)
        wanted = (state.day, self.open_index)
        if self._orbit is None or self._orbit_of != wanted:
            self._orbit, self._orbit_of = orbit_view(told), wanted
        else:
            self._orbit = moved_to(self._orbit, told)
        words = self._orbit.change_words if self._live else ""
        self.query_one(BatchView).show_orbit(series_of(self._orbit, with_now=self._live), words)

    def _step_batch(self, step: int) -> None:
        if not self._table.shown_batches():
            self._show_table()
        shown = self._table.shown_batches() or list(range(len(self.session.state.names)))
        place = shown.index(self.open_index) if self.open_index in shown else 0
        self.open_batch(shown[(place + step) % len(shown)])

    # --- commands --------------------------------------------------------------------------------

    def do_swarm_open(self) -> None:
        """Open the batch under the cursor; fold or unfold a shell."""
        self._table.open()

    def do_swarm_next_batch(self) -> None:
        """The next batch of the table."""
        self._step_batch(1)

    def do_swarm_previous_batch(self) -> None:
        """The batch before."""
        self._step_batch(-1)

    def do_swarm_books(self) -> None:
        """The books of the open batch, from the line that says that nothing is left open."""
        self.ask_why(self.question(), "energy-balance")

    def do_swarm_flow(self) -> None:
        """Where the compute of the open batch goes, from the step that takes most."""
        rows = engine.waterfall(self.session.state, self.open_index)
        self.ask_why(self.question(), f"step-{most_lost(rows)}")

    def do_swarm_panel(self) -> None:
        """The next panel, where there is no room for all."""
        self._panel += 1
        self.query_one(BatchView).choose_panel(self._panel)

    def do_swarm_filter(self) -> None:
        """Open the filter line."""
        self._table.open_filter()

    def do_swarm_sort(self) -> None:
        """Sort by the next column."""
        self._table.sort(1)

    def do_swarm_reverse(self) -> None:
        """Turn the order round."""
        self._table.reverse()

    def do_swarm_group(self) -> None:
        """Under shells, or in one list."""
        self._table.group()

    def do_swarm_fold(self) -> None:
        """Fold the shell under the cursor, or all."""
        self._table.fold(folded=True)

    def do_swarm_unfold(self) -> None:
        """Unfold the shell under the cursor, or all."""
        self._table.fold(folded=False)

    def do_swarm_mark(self) -> None:
        """Mark or unmark the batch, or all of the shell."""
        self._table.mark()

    def do_swarm_mark_all(self) -> None:
        """Mark what is shown, or unmark it."""
        self._table.mark_all()

    def question(self) -> Question:
        """The open batch, or the one under the cursor; what binds it comes first."""
        state = self.session.state
        batch = self.open_index if self.face == "batch" else self._batch_here()
        if batch is None or not len(state.names):
            return question_of(state, self.session.path.stem, None)
        start = BINDING.get(engine.batch_report(state, batch).binding, "")
        return question_of(state, self.session.path.stem, batch, start)

    def _batch_here(self) -> int | None:
        """The batch under the cursor; a shell stands for its first."""
        shell = self._table.shell_under_cursor
        if self._table.batch_under_cursor is None and shell is not None:
            return min(self._table.batches_of(shell), default=None)
        return self._table.batch_under_cursor

    # --- orders ----------------------------------------------------------------------------------

    def first_scope(self) -> int:
        """The shell, where the cursor is on one."""
        return 1 if self.face == "table" and self._table.shell_under_cursor is not None else 0

    def order_target(self) -> OrderTarget | None:
        """The marked batches, the open one, or the one under the cursor; a shell stands for its batches."""
        state = self.session.state
        if not len(state.names):
            return None
        on_table = self.face == "table"
        focus = self._table.batch_under_cursor if on_table else self.open_index
        marked = self._table.marked if on_table else frozenset()
        shell = self._table.shell_under_cursor if on_table else None
        if not marked and shell is not None:
            marked = self._table.batches_of(shell)
        chosen = focus if focus is not None else min(marked, default=0)
        return OrderTarget(engine.fleet_columns(state), chosen, marked, engine.batch_report(state, chosen))
