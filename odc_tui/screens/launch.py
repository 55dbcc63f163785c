"""The launch desk: design, vehicle, orbit and date; what fits, what stops it, what it costs; the calendar."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

import engine
from engine.events import day_of
from engine.orders import CancelFlights, DefineDesign, Launch
from engine.outcomes import Accepted
from odc_tui.present import checks as go
from odc_tui.present import launch as present
from odc_tui.present import why_words
from odc_tui.present.design_go import freeze_pieces
from odc_tui.present.launch_orders import Flight, rows
from odc_tui.screens.ask_why import Question
from odc_tui.screens.go_dialog import GoDialog
from odc_tui.screens.launch_ahead import LaunchAhead
from odc_tui.screens.launch_desk import LaunchDesk
from odc_tui.screens.launch_panels import CalendarTable, WayTable
from odc_tui.screens.panels import entitle
from odc_tui.widgets.check_list import CheckList
from odc_tui.widgets.chrome import content_of
from odc_tui.widgets.field_form import FieldForm
from odc_tui.widgets.line_table import LineTable
from odc_tui.widgets.sized_text import SizedText

if TYPE_CHECKING:
    from engine.model.report import LaunchQuote
    from engine.state import CampaignState

__all__ = ["LaunchScreen"]

_TITLES = {
    "flight": "Flight",
    "orbit": "Orbit",
    "calendar": "Booked",
    "ways": "Ways to launch a full load, each on its first date",
    "manifest": "Manifest",
    "cost": "Cost",
    "ahead": "If you launch",
}


class LaunchScreen(LaunchDesk):
    """The launch desk: what it shows, and the orders it gives."""

    NAME = "launch"
    CSS_PATH = "launch.tcss"

    def __init__(self) -> None:
        super().__init__()
        self._series_open = False

    # --- content ---------------------------------------------------------------------------------

    def compose_body(self) -> ComposeResult:
        """Form, orbit and calendar on the left; ways, manifest, cost and go/no-go on the right."""
        state = self.session.state
        form = rows(Flight("", 1, "", "", day=state.day), state, (), False, 1)
        yield Static("", id="launch-nothing")
        with Horizontal(id="launch-body"):
            with Vertical(id="launch-left"):
                yield FieldForm(form, label_cells=15, id="launch-flight")
                yield Static("", id="launch-orbit")
                yield CalendarTable(id="launch-calendar")
            with Vertical(id="launch-right"):
                yield WayTable(id="launch-ways")
                with Horizontal(id="launch-figures"):
                    yield SizedText(id="launch-manifest")
                    yield Static("", id="launch-cost")
                yield CheckList(id="launch-go")
                yield LaunchAhead(id="launch-ahead")

    def on_mount(self) -> None:
        """Name the panels; the form has the keys."""
        for name, title in _TITLES.items():
            entitle(self.query_one(f"#launch-{name}"), title)
        self.turn_to("flight")

    def on_state(self, state: CampaignState) -> None:
        """A day has passed, an order was given or taken back, or the room came into sight."""
        nothing = not state.designs
        appeared = self.has_class("-nothing") and not nothing
        self.set_class(nothing, "-nothing")
        if nothing:
            self.query_one("#launch-nothing", Static).update(content_of(present.nothing_frozen(state)))
        super().on_state(state)
        if appeared:
            self.call_after_refresh(self.turn_to, "flight")

    def show_ways(self) -> None:
        """The table of vehicles and sites."""
        self.query_one(WayTable).show_ways(self.session.state, self.options, self.way_here or 0)

    def show_flight(self, flight: Flight, quote: LaunchQuote) -> None:
        """Everything that follows from the form."""
        state = self.session.state
        form = self.query_one(FieldForm)
        entitle(form, present.form_title(state), present.cost_words(state, quote))
        form.show(rows(flight, state, self.options, self._series_open, quote.fit_count))
        manifest = self.query_one("#launch-manifest", SizedText)
        manifest.say(lambda width: present.manifest_pieces(quote, flight, width))
        self.query_one("#launch-orbit", Static).update(content_of(present.orbit_facts(quote, flight)))
        self.query_one("#launch-cost", Static).update(content_of(present.cost_pieces(state, quote, flight)))
        checks = self.checks
        board = self.query_one(CheckList)
        board.show(checks)
        verdict = go.verdict(checks, "GO: it can be booked")
        head = [] if self.has_class("-narrow") else [("Go / no-go  ", "")]
        board.border_title = content_of([*head, *verdict])
        self.query_one(CalendarTable).show_calendar(state)
        self._look_ahead()
        self.refresh_chrome()

    def _look_ahead(self) -> None:
        if self.flight is not None and self.quote is not None:
            still = not self.session.running
            ahead = self.query_one(LaunchAhead)
            ahead.look(self.session.state, self.flight.order, self.quote, still=still)

    # --- the form ----------------------------------------------------------------------------------

    def on_line_table_chosen(self, message: LineTable.Chosen) -> None:
        """Enter on a way to launch takes it."""
        message.stop()
        if self.flight is None or not isinstance(message.table, WayTable):
            return
        order = self.options[message.row].order
        self.take(replace(self.flight, vehicle=order.vehicle, site=order.site))
        self.turn_to("flight")

    def on_line_table_moved(self, message: LineTable.Moved) -> None:
        """Say below the table what limits the way under the cursor, or what stops it."""
        if isinstance(message.table, WayTable) and message.row < len(self.options):
            message.stop()
            why = present.why(self.options[message.row].quote)
            entitle(message.table, subtitle=f"enter takes it · {why}")

    def do_launch_suggest(self) -> None:
        """A sensible flight."""
        if self.flight is None:
            return
        if self.suggest(self.flight.design):
            name = self.session.state.catalogue.vehicles[self.flight.vehicle].name
            self.tell(f"{name} is suggested: soon, surely and cheaply. b books it.")
        else:
            self.tell("Nothing can fly this design there today; the list says why.", "warning")
        self.show_ways()
        self.bring_quote()

    def do_launch_series(self) -> None:
        """Unfold or fold the series."""
        self._series_open = not self._series_open
        self.turn_to("flight")
        self.bring_quote()
        if self._series_open:
            self.query_one(FieldForm).focus_row("times")

    def question(self) -> Question:
        """The flight in the form; the figure that the field with the keys moves comes first."""
        flight, state = self.flight, self.session.state
        if flight is None:
            return super().question()
        start = why_words.LAUNCH_FIELDS.get(self.query_one(FieldForm).row_here, "payload")
        figures = engine.launch_figures(state, flight.order)
        name = state.designs[flight.design].name
        return Question(f"Ask why · {flight.count:,} × {name} in one flight", figures, start)

    # --- orders ------------------------------------------------------------------------------------

    def do_launch_freeze(self) -> None:
        """Freeze the suggested preset."""
        state = self.session.state
        design = state.catalogue.presets[present.first_preset(state)].design
        order = DefineDesign(design=design)
        found = tuple(go.check_of(fault) for fault in self.session.check(order))
        stopped = any(check.severity == "stop" for check in found)

        body = freeze_pieces(state, design, found)
        dialog = GoDialog(f"Freeze {design.name}?", body, "" if stopped else "freeze it")
        self.ask(dialog, partial(self._freeze, order))

    def _freeze(self, order: DefineDesign) -> None:
        self.give(order)

    def do_launch_book(self) -> None:
        """A last look, then the order."""
        flight = self.flight
        if flight is None:
            return
        state, order = self.session.state, flight.order
        quote = engine.launch_quote(state, order)
        body = present.book_pieces(state, flight, quote)
        title = "Book this flight?" if quote.go else "This flight cannot be booked yet"
        self.ask(GoDialog(title, body, "book it" if quote.go else ""), partial(self._book, order))

    def _book(self, order: Launch) -> None:
        outcome = self.give(order)
        if isinstance(outcome, Accepted):
            self._move_on()
            booked = outcome.events[0].text
            self.tell(f"{booked} The form begins a next flight; space lets time run, z undoes.")

    def _move_on(self) -> None:
        """After a booking the form goes on to the next date, and to what can still be paid if need be."""
        if self.flight is None:
            return
        state = self.session.state
        earliest = engine.launch_quote(state, self.flight.order).earliest
        if earliest is not None:
            self.flight = replace(self.flight, day=max(self.flight.day, day_of(earliest)))
        if not engine.launch_quote(state, self.flight.order).go:
            self.suggest(self.flight.design)
        self.bring_ways()
        self.bring_quote()
        self.turn_to("calendar")

    def do_launch_cancel(self) -> None:
        """Take the flight under the cursor off the calendar."""
        launch = self.query_one(CalendarTable).launch_here
        if launch is None:
            return
        outcome = self.give(CancelFlights(launch=launch))
        if isinstance(outcome, Accepted):
            self.tell(f"{outcome.events[0].text} z undoes.")

    # --- panels ------------------------------------------------------------------------------------

    def panel_turned(self) -> None:
        """A panel that has come into sight may have something to work out."""
        self.call_after_refresh(self._look_ahead)

    def do_launch_panel(self) -> None:
        """The next panel."""
        self.turn(1)

    def do_launch_panel_back(self) -> None:
        """The panel before."""
        self.turn(-1)
