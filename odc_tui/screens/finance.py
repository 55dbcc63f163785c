"""The finance room: money, cost of a watt against the ground, deals, promises, ledger, race and goal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Container, Vertical, VerticalScroll
from textual.message import Message
from textual.worker import get_current_worker

import engine
from engine.errors import SaveError
from engine.playback import Playback
from odc_tui.present.deals import DealKind
from odc_tui.present.finance import BOUNDARIES, FinanceView, finance_view
from odc_tui.present.odds import odds_pieces
from odc_tui.present.why_words import FINANCE_PANELS
from odc_tui.reporting import course, write_report
from odc_tui.screens.ask_why import Question, question_of
from odc_tui.screens.deal_dialog import DealDialog
from odc_tui.screens.pace import Gate
from odc_tui.screens.panel_room import PanelRoom
from odc_tui.screens.panels import Panel, entitle
from odc_tui.screens.read_dialog import ReadDialog
from odc_tui.widgets.curve_plot import Curve, CurvePlot

if TYPE_CHECKING:
    from engine.analysis.levelised import Boundary
    from engine.orders import Order
    from engine.state import CampaignState

__all__ = ["FinanceScreen"]

_EVERY_S = 1.5
"""While time runs, the room is worked out so often."""
_TITLES = {
    "money": "Money",
    "deals": "Capital and contracts",
    "promises": "Promises",
    "ledger": "Ledger, newest first",
}


@dataclass
class Reckoned(Message):
    """The figures of a day are there.

    Attributes:
        number: which reckoning; older ones are dropped.
    """

    number: int
    view: FinanceView


@dataclass
class Reported(Message):
    """The report is written, or cannot be.

    Attributes:
        told: where it lies, or why not.
    """

    told: str


class FinanceScreen(PanelRoom):
    """The finance room. `boundary` is what counts as cost, `writing` that a report is under way."""

    NAME = "finance"
    CSS_PATH = "finance.tcss"
    PANELS = ("money", "cost", "deals", "promises", "ledger", "race")

    def __init__(self) -> None:
        super().__init__()
        self.boundary: Boundary = "tco"
        self.writing = False
        self._gate = Gate(_EVERY_S)
        self._number = 0
        self._at_work = False
        self._wanted: CampaignState | None = None

    # --- content ---------------------------------------------------------------------------------

    def compose_body(self) -> ComposeResult:
        """Six panels; where there is little width, one at a time."""
        with Container(id="finance-grid"):
            for name in self.PANELS:
                if name == "cost":
                    with Vertical(id="finance-cost", classes="finance-panel"):
                        yield CurvePlot()
                        yield Panel(id="finance-cost-words")
                else:
                    with VerticalScroll(id=f"finance-{name}", classes="finance-panel"):
                        yield Panel(id=f"finance-{name}-words")

    def on_mount(self) -> None:
        """Name the panels; the first has the keys."""
        self.query_one("#finance-cost").can_focus = True
        for name, title in _TITLES.items():
            entitle(self.query_one(f"#finance-{name}"), title)
        for number, name in enumerate(self.PANELS, start=1):
            self._words(name).say([("Working it out …", "$role-quiet")])
            place = f"{number} of {len(self.PANELS)} · tab next"
            entitle(self.query_one(f"#finance-{name}"), subtitle=place)
        self.turn_to(self.PANELS[0])

    def take_focus(self) -> None:
        """The panel that was looked at last."""
        self.turn_to(self.panel)

    def _words(self, name: str) -> Panel:
        return self.query_one(f"#finance-{name}-words", Panel)

    # --- figures ---------------------------------------------------------------------------------

    def on_state(self, state: CampaignState) -> None:
        """A day has passed, an order was given, or the room came into sight."""
        if self._gate.passes(not self.session.running):
            self._reckon(state)

    def _reckon(self, state: CampaignState) -> None:
        """Have a day worked out in a thread; one at a time, the newest next."""
        self._wanted = state
        if self._at_work:
            return
        self._at_work, self._wanted = True, None
        self._number += 1
        width = self._words("money").size.width or 56
        work = partial(self._work, self._number, state, self.boundary, width)
        self.run_worker(work, thread=True, group="finance")

    def _work(self, number: int, state: CampaignState, boundary: Boundary, width: int) -> None:
        """In a worker thread."""
        gone = get_current_worker()
        view = finance_view(state, boundary, width)
        if not gone.is_cancelled:
            self.post_message(Reckoned(number, view))

    def on_reckoned(self, message: Reckoned) -> None:
        """Show a day, and begin with the next if there is one."""
        message.stop()
        self._at_work = False
        if self._wanted is not None:
            self._reckon(self._wanted)
        self._show(message.view)

    def _show(self, view: FinanceView) -> None:
        for name in ("money", "deals", "promises", "race", "ledger"):
            self._words(name).say(getattr(view, name))
        self._words("cost").say(view.cost_key)
        curves = [Curve(one.letter, one.ink, one.points, one.marks) for one in view.curves]
        self.query_one(CurvePlot).show(curves)
        entitle(self.query_one("#finance-cost"), view.cost_title, view.cost_foot)
        entitle(self.query_one("#finance-race"), view.race_title)

    # --- commands --------------------------------------------------------------------------------

    def do_finance_panel(self) -> None:
        """The next panel."""
        self.turn(1)

    def do_finance_panel_back(self) -> None:
        """The panel before."""
        self.turn(-1)

    def do_finance_boundary(self) -> None:
        """Count something else as cost of a watt."""
        names = list(BOUNDARIES)
        self.boundary = names[(names.index(self.boundary) + 1) % len(names)]
        self._reckon(self.session.state)

    def do_finance_raise(self) -> None:
        """Money from investors."""
        self._deal(DealKind.RAISE)

    def do_finance_borrow(self) -> None:
        """A loan."""
        self._deal(DealKind.BORROW)

    def do_finance_repay(self) -> None:
        """Pay debt back."""
        self._deal(DealKind.REPAY)

    def do_finance_contract(self) -> None:
        """Take an offer."""
        self._deal(DealKind.CONTRACT)

    def do_finance_insure(self) -> None:
        """Insure launches, or not."""
        self._deal(DealKind.INSURE)

    def do_finance_odds(self) -> None:
        """Read what can happen."""
        pieces = odds_pieces(engine.odds(self.session.state))
        self.app.push_screen(ReadDialog("What can happen within a year, and how likely", pieces, ""))

    def do_finance_report(self) -> None:
        """Play the orders once more in a thread, look at every month, write the report."""
        session, data = self.session, self.odc.data
        if data is None:
            return
        self.writing = True
        folder = session.path.with_name(f"{session.path.stem}-report")
        playback = partial(Playback, session.file, data.catalogue, data.scenarios, session.name)
        self.tell("Writing the report: the campaign is played once more for its charts. Esc gives it up.")
        work = partial(self._write_report, playback, session.state.day, folder)
        self.run_worker(work, thread=True, exclusive=True, group="report")

    def _write_report(self, begin: Callable[[], Playback], day: int, folder: Path) -> None:
        """In a worker thread."""
        gone, playback = get_current_worker(), begin()
        samples = course(playback, day, lambda: gone.is_cancelled)
        if samples is None:
            return
        report = engine.final_report(playback.state, playback.events, samples)
        if gone.is_cancelled:
            return
        try:
            told = f"Report written: {write_report(folder, playback.file.name, report, replace=True)}"
        except SaveError as error:
            told = str(error)
        if not gone.is_cancelled:
            self.post_message(Reported(told))

    def do_campaign_menu(self) -> None:
        """Esc gives up the report that is being written first; what lies on disk stays."""
        if not self.writing:
            super().do_campaign_menu()
            return
        self.writing = False
        self.workers.cancel_group(self, "report")
        self.tell("Given up: no report is written.")

    def on_reported(self, message: Reported) -> None:
        """Say where it lies."""
        message.stop()
        self.writing = False
        self.tell(message.told)
        self.refresh_chrome()

    def _deal(self, kind: DealKind) -> None:
        """Open the dialog; time stands while the player decides."""
        was_running = self.session.running
        if was_running:
            self.do_time_toggle()

        def answered(order: Order | None) -> None:
            if order is not None:
                self.give(order)
            if was_running:
                self.do_time_toggle()

        self.app.push_screen(DealDialog(self.session.state, kind), answered)

    def question(self) -> Question:
        """The campaign's figures, those of the panel in focus first."""
        asked = question_of(self.session.state, self.session.path.stem, None)
        known = {figure.id for figure in asked.figures}
        start = next((one for one in FINANCE_PANELS[self.panel] if one in known), "")
        return Question(asked.title, asked.figures, start, asked.twin)
