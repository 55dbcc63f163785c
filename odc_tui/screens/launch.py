"""The launch desk: design, vehicle, orbit and date; what fits, what stops it, what it costs; the calendar."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

import engine
from engine.events import day_of
from engine.orders import CancelFlights, DefineDesign, Launch
from engine.outcomes import Accepted
from odc_tui.present import checks as go
from odc_tui.present import design as design_words
from odc_tui.present import launch as present
from odc_tui.present import launch_mends
from odc_tui.present.launch_orders import Flight, changed, rows
from odc_tui.screens.campaign import CampaignScreen
from odc_tui.screens.go_dialog import GoDialog
from odc_tui.screens.launch_ahead import LaunchAhead
from odc_tui.screens.launch_panels import CalendarTable, WayTable
from odc_tui.screens.pace import Pace
from odc_tui.screens.pick_dialog import PickDialog
from odc_tui.widgets.check_list import CheckList
from odc_tui.widgets.chrome import content_of
from odc_tui.widgets.field_form import FieldForm
from odc_tui.widgets.line_table import LineTable

if TYPE_CHECKING:
    from engine.model.report import LaunchOption, LaunchQuote
    from engine.state import CampaignState
    from odc_tui.present.checks import Check

__all__ = ["LaunchScreen"]

PANELS = ("flight", "ways", "go", "calendar")
_QUOTE_S = 0.2
_WAYS_S = 0.5


class LaunchScreen(CampaignScreen):
    """The launch desk.

    Attributes:
        flight: what stands in the form; None until a design is frozen.
        quote: what the engine says to it.
        panel: the panel that has the keys.
    """

    NAME = "launch"
    CSS_PATH = "launch.tcss"

    def __init__(self) -> None:
        super().__init__()
        self.flight: Flight | None = None
        self.quote: LaunchQuote | None = None
        self.panel = "flight"
        self._options: tuple[LaunchOption, ...] = ()
        self._series_open = False
        self._quote_pace = Pace(self, self._show_quote, _QUOTE_S)
        self._ways_pace = Pace(self, self._show_ways, _WAYS_S)

    # --- content ---------------------------------------------------------------------------------

    def compose_body(self) -> ComposeResult:
        """Form and calendar on the left; vehicles, manifest, cost and go/no-go on the right."""
        blank = Flight("", 1, "", "", day=self.session.state.day)
        yield Static("", id="launch-nothing")
        with Horizontal(id="launch-body"):
            with Vertical(id="launch-left"):
                yield FieldForm(
                    rows(blank, self.session.state, (), False, 1), label_cells=15, id="launch-flight"
                )
                yield CalendarTable(id="launch-calendar")
            with Vertical(id="launch-right"):
                yield WayTable(id="launch-ways")
                with Horizontal(id="launch-figures"):
                    yield Static("", id="launch-manifest")
                    yield Static("", id="launch-orbit")
                    yield Static("", id="launch-cost")
                yield CheckList(id="launch-go")
                yield LaunchAhead(id="launch-ahead")

    def on_mount(self) -> None:
        """Name the panels."""
        titles = {
            "flight": "Flight",
            "calendar": "Booked",
            "ways": "Ways to launch it, each on its first date",
            "manifest": "Manifest",
            "orbit": "Orbit",
            "cost": "Cost",
            "go": "Go / no-go",
            "ahead": "If you launch",
        }
        for name, title in titles.items():
            self.query_one(f"#launch-{name}").border_title = title
        self._turn_to("flight")

    # --- what happens ------------------------------------------------------------------------------

    def on_state(self, state: CampaignState) -> None:
        """A day has passed, an order was given or taken back, or the room came into sight."""
        at_once = not self.session.running
        self.set_class(not state.designs, "-nothing")
        if not state.designs:
            self.flight = self.quote = None
            self.query_one("#launch-nothing", Static).update(content_of(present.nothing_frozen(state)))
            return
        if self.flight is None or self.flight.design not in state.designs:
            self._suggest(tuple(state.designs)[-1])
        self._ways_pace.ask(at_once=at_once)
        self._quote_pace.ask(at_once=at_once)

    def _suggest(self, design: str) -> bool:
        """Fill the form in with a sensible flight; the orbit stays if there is one."""
        state = self.session.state
        orbit = self.flight.orbit if self.flight is not None else None
        best = engine.best_launch(state, design, orbit)
        if best is None:
            target = orbit or Flight(design, 1, "", "").orbit
            ways = engine.launch_options(state, design, target)
            best = ways[0] if ways else None
        if best is None:
            return False
        self.flight = Flight.of(best.order, self.flight)
        if self.panel == "flight":
            self.query_one(FieldForm).take_focus()
        return best.quote.go

    def _show_ways(self) -> None:
        """The table of vehicles and sites; some 20 ms."""
        if self.flight is None:
            return
        state = self.session.state
        self._options = engine.launch_options(state, self.flight.design, self.flight.orbit)
        here = next((i for i, one in enumerate(self._options) if self._is_chosen(one)), 0)
        self.query_one(WayTable).show_ways(state, self._options, here)

    def _is_chosen(self, option: LaunchOption) -> bool:
        flight, order = self.flight, option.order
        return flight is not None and (flight.vehicle, flight.site) == (order.vehicle, order.site)

    def _show_quote(self) -> None:
        """Everything that follows from the form; some 2 ms."""
        if self.flight is None or self.flight.design not in self.session.state.designs:
            return
        state = self.session.state
        self.flight = flight = replace(self.flight, day=max(self.flight.day, state.day))
        self.quote = quote = engine.launch_quote(state, flight.order)
        form = self.query_one(FieldForm)
        form.show(rows(flight, state, self._options, self._series_open, quote.fit_count))
        manifest = self.query_one("#launch-manifest", Static)
        width = manifest.content_size.width or 34
        manifest.update(content_of(present.manifest_pieces(quote, flight, width)))
        self.query_one("#launch-orbit", Static).update(content_of(present.orbit_facts(quote, flight)))
        self.query_one("#launch-cost", Static).update(content_of(present.cost_pieces(state, quote, flight)))
        self.query_one(CheckList).show(self.checks)
        verdict = go.verdict(self.checks, "GO: it can be booked")
        self.query_one("#launch-go").border_title = content_of([("Go / no-go  ", ""), *verdict])
        self.query_one(CalendarTable).show_calendar(state)
        self.query_one(LaunchAhead).look(state, flight.order, quote, still=not self.session.running)
        self.refresh_chrome()

    @property
    def checks(self) -> tuple[Check, ...]:
        """The go/no-go list."""
        flight, quote = self.flight, self.quote
        if flight is None or quote is None:
            return ()
        state = self.session.state
        return tuple(
            go.check_of(fault, launch_mends.offer(state, flight, quote, fault)) for fault in quote.faults
        )

    # --- the form ----------------------------------------------------------------------------------

    def on_field_form_edited(self, message: FieldForm.Edited) -> None:
        """A field was changed."""
        message.stop()
        if self.flight is not None:
            self._take(changed(self.flight, message.key, message.value))

    def _take(self, flight: Flight) -> None:
        """Another flight: fewer satellites if it carries fewer, another date if it flies later."""
        before = self.flight
        self.flight = flight
        if before is not None and (flight.vehicle, flight.site, flight.design) != (
            before.vehicle,
            before.site,
            before.design,
        ):
            self._settle()
        if before is None or (flight.design, flight.orbit) != (before.design, before.orbit):
            self._ways_pace.ask()
        else:
            self._mark_way()
        self._show_quote()

    def _settle(self) -> None:
        """After another vehicle, site or design: as many as fit, on the first date that is free."""
        if self.flight is None:
            return
        quote = engine.launch_quote(self.session.state, self.flight.order)
        most = quote.fit_count
        count = min(self.flight.count, most) if most >= 1 else self.flight.count
        day = max(self.flight.day, day_of(quote.earliest)) if quote.earliest else self.flight.day
        self.flight = replace(self.flight, count=count, day=day)

    def _mark_way(self) -> None:
        here = next((i for i, one in enumerate(self._options) if self._is_chosen(one)), None)
        if here is not None:
            self.query_one(WayTable).cursor = here

    def on_field_form_wanted(self, message: FieldForm.Wanted) -> None:
        """The whole list of a choice."""
        message.stop()
        field = message.field

        def picked(key: str | None) -> None:
            if key is not None:
                field.choose(key)

        self.app.push_screen(PickDialog(field.label.strip(), field.options, field.value), picked)

    def on_line_table_chosen(self, message: LineTable.Chosen) -> None:
        """Enter on a way to launch takes it."""
        message.stop()
        if self.flight is None or not isinstance(message.table, WayTable):
            return
        order = self._options[message.row].order
        self._take(replace(self.flight, vehicle=order.vehicle, site=order.site))
        self._turn_to("flight")

    def do_launch_suggest(self) -> None:
        """A sensible flight."""
        if self.flight is None:
            return
        if self._suggest(self.flight.design):
            name = self.session.state.catalogue.vehicles[self.flight.vehicle].name
            self.tell(f"{name} is suggested: soon, surely and cheaply. b books it.")
        else:
            self.tell("Nothing can fly this design there today; the list says why.", "warning")
        self._mark_way()
        self._show_quote()

    def do_launch_series(self) -> None:
        """Unfold or fold the series."""
        self._series_open = not self._series_open
        self._turn_to("flight")
        self._show_quote()
        if self._series_open:
            self.query_one(FieldForm).focus_row("times")

    # --- mending -----------------------------------------------------------------------------------

    @property
    def mend_on_offer(self) -> bool:
        """Whether a line of the list can be mended with a key."""
        return any(check.mend for check in self.checks)

    def do_launch_mend(self) -> None:
        """The first mend of the list."""
        self._mend(next(index for index, check in enumerate(self.checks) if check.mend))

    def on_check_list_mended(self, message: CheckList.Mended) -> None:
        """Enter on a line."""
        message.stop()
        check = self.checks[message.index]
        if check.mend:
            self._mend(message.index)
        elif check.severity != "ok":
            self.tell(check.fix or "This one needs a decision of yours.")

    def _mend(self, index: int) -> None:
        if self.flight is None or self.quote is None:
            return
        fault, words = self.quote.faults[index], self.checks[index].mend
        mended = launch_mends.mend(self.session.state, self.flight, fault)
        if mended is None:
            self.tell(f"That alone does not clear it. {fault.fix}", "warning")
            return
        self.flight = mended
        self._mark_way()
        self._show_quote()
        self.tell(f"Done: {words}.")

    # --- orders ------------------------------------------------------------------------------------

    def do_launch_freeze(self) -> None:
        """Freeze the suggested preset."""
        state = self.session.state
        design = state.catalogue.presets[present.first_preset(state)].design
        order = DefineDesign(design=design)
        found = tuple(go.check_of(fault) for fault in self.session.check(order))
        stopped = any(check.severity == "stop" for check in found)

        def decided(yes: bool | None) -> None:
            if yes:
                self.give(order)

        body = design_words.freeze_pieces(state, design, found)
        self.app.push_screen(
            GoDialog(f"Freeze {design.name}?", body, "" if stopped else "freeze it"), decided
        )

    def do_launch_book(self) -> None:
        """A last look, then the order."""
        flight = self.flight
        if flight is None:
            return
        state = self.session.state
        quote = engine.launch_quote(state, flight.order)
        body = present.book_pieces(state, flight, quote)
        title = "Book this flight?" if quote.go else "This flight cannot be booked"
        order = flight.order

        def decided(yes: bool | None) -> None:
            if yes:
                self._book(order)

        self.app.push_screen(GoDialog(title, body, "book it" if quote.go else ""), decided)

    def _book(self, order: Launch) -> None:
        outcome = self.give(order)
        if isinstance(outcome, Accepted):
            self.tell(f"{outcome.events[0].text} Space lets time run; z undoes.")
            self._after_booking()

    def _after_booking(self) -> None:
        """The form moves on to the next date that is free."""
        if self.flight is None:
            return
        quote = engine.launch_quote(self.session.state, self.flight.order)
        if quote.earliest is not None:
            self.flight = replace(self.flight, day=max(self.flight.day, day_of(quote.earliest)))
        self._show_ways()
        self._show_quote()

    def do_launch_cancel(self) -> None:
        """Take the flight under the cursor off the calendar."""
        launch = self.query_one(CalendarTable).launch_here
        if launch is None:
            return
        outcome = self.give(CancelFlights(launch=launch))
        if isinstance(outcome, Accepted):
            self.tell(f"{outcome.events[0].text} z undoes.")

    # --- panels ------------------------------------------------------------------------------------

    def do_launch_panel(self) -> None:
        """The next panel."""
        self._turn_to(PANELS[(PANELS.index(self.panel) + 1) % len(PANELS)])

    def do_launch_panel_back(self) -> None:
        """The panel before."""
        self._turn_to(PANELS[(PANELS.index(self.panel) - 1) % len(PANELS)])

    def _turn_to(self, panel: str) -> None:
        self.panel = panel
        for name in PANELS:
            self.set_class(name == panel, f"-at-{name}")
        if panel == "flight":
            self.query_one(FieldForm).take_focus()
        else:
            self.query_one(f"#launch-{panel}").focus()

    def on_descendant_focus(self) -> None:
        """A click moved the cursor to another panel."""
        focused = self.focused
        for name in PANELS:
            panel = self.query_one(f"#launch-{name}")
            inside = focused is not None and (focused is panel or panel in focused.ancestors)
            if inside and name != self.panel:
                self._turn_to(name)

    def do_campaign_menu(self) -> None:
        """Esc goes back to the form first."""
        if self.panel != "flight":
            self._turn_to("flight")
        else:
            super().do_campaign_menu()
