"""Mission control: the swarm over the Earth, the four balances, what binds, one orbit, the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical

import engine
from odc_tui.present import empty, mission
from odc_tui.present.moments import LIVE_RATE
from odc_tui.present.objectives import goal_words
from odc_tui.present.orbit import OrbitView, moved_to, orbit_view
from odc_tui.present.why_words import BINDING
from odc_tui.screens.ask_why import Question, question_of
from odc_tui.screens.balance_panel import BalancePanel
from odc_tui.screens.batch_orders import BatchOrders, OrderTarget
from odc_tui.screens.flow_panel import FlowPanel
from odc_tui.screens.log_panel import LogPanel
from odc_tui.screens.map_feed import MapFeed, MapReady
from odc_tui.screens.pace import Gate
from odc_tui.screens.panels import Panel, entitle
from odc_tui.screens.readings import series_of, sites_of
from odc_tui.widgets.coastline import parse_coastline
from odc_tui.widgets.map_frame import MapFrame
from odc_tui.widgets.orbit_plot import OrbitPlot
from odc_tui.widgets.swarm_map import SwarmMap

if TYPE_CHECKING:
    from textual.timer import Timer

    from engine.model.report import BindingFix
    from engine.state import CampaignState
    from odc_tui.present.log import LogRow
    from odc_tui.simrunner import Frame

__all__ = ["MissionScreen"]

_RUSH_S = 0.5
"""At speeds the eye cannot follow, balances are shown so often."""
_CURVES_S = 1.5
"""And the curves of the orbit, which take longest to draw, so often."""
_SLOW_S = 2.0
"""What needs the whole fleet."""
_SETTLED_S = 0.25
"""Who steps through batches sees maps and curves where the steps end."""


class MissionScreen(BatchOrders):
    """Mission control. `focus_batch` is the batch whose orbit is shown; `whole_fleet` widens the balances."""

    NAME = "mission"
    CSS_PATH = "mission.tcss"

    def __init__(self) -> None:
        super().__init__()
        self.focus_batch = 0
        self.whole_fleet = False
        self._orbit: OrbitView | None = None
        self._orbit_of: tuple[int, int] | None = None
        self._fix: BindingFix | None = None
        self._feed: MapFeed | None = None
        self._satellites = 0
        self._rest: Timer | None = None
        self._rush_gate = Gate(_RUSH_S)
        self._curves_gate = Gate(_CURVES_S)
        self._slow_gate = Gate(_SLOW_S)

    # --- content ---------------------------------------------------------------------------------

    def compose_body(self) -> ComposeResult:
        """Map and balances, orbit and promises, log."""
        coast = parse_coastline(self.odc.services.read_asset("map/coastline-110m.txt"))
        with Horizontal(id="mission-top"):
            yield SwarmMap(coast, id="mission-map")
            with Vertical(id="mission-side"):
                yield BalancePanel(id="mission-balance")
                yield Panel(id="mission-binds")
        yield Panel(id="mission-binds-line")
        with Horizontal(id="mission-middle"):
            with Container(id="mission-orbit"):
                yield OrbitPlot()
            yield FlowPanel(id="mission-flow")
            yield Panel(id="mission-orbit-hint")
            yield Panel(id="mission-promises")
        yield LogPanel(id="mission-log")

    def on_mount(self) -> None:
        """Name the panels; the log has the keys."""
        self._chart = self.query_one(SwarmMap)
        self._plot = self.query_one(OrbitPlot)
        self._orbit_box = self.query_one("#mission-orbit")
        self._balance = self.query_one(BalancePanel)
        self._flow = self.query_one(FlowPanel)
        self._log = self.query_one(LogPanel)
        self._binds = self.query_one("#mission-binds", Panel)
        self._binds_line = self.query_one("#mission-binds-line", Panel)
        self._promises = self.query_one("#mission-promises", Panel)
        hint = self.query_one("#mission-orbit-hint", Panel)
        hint.say(empty.ORBIT_HINT)
        entitle(self._binds, "What binds")
        entitle(self._promises, "Promises")
        entitle(hint, "This orbit")
        self.take_focus()

    def take_focus(self) -> None:
        """The log has the keys."""
        self._log.take_focus()

    # --- what happens ----------------------------------------------------------------------------

    def on_state(self, state: CampaignState) -> None:
        """A day has passed, an order was given, or the room came into sight."""
        at_once = not self.session.running
        self.set_class(not len(state.names), "-empty")
        self.focus_batch = min(self.focus_batch, max(0, len(state.names) - 1))
        if at_once or self._live:
            self._show_day()
            self._show_now()
            if self._slow_gate.passes(at_once):
                self._show_slow()
        else:
            self._show_in_turn()
        if at_once:
            self._show_map()

    def _show_in_turn(self) -> None:
        """At speeds the eye cannot follow, one thing a picture, so that none takes long."""
        if self._rush_gate.passes():
            self._show_day()
            self._show_now()
        elif self._curves_gate.passes():
            self._show_orbit()
        elif self._slow_gate.passes():
            self._show_slow()

    def on_frame(self, frame: Frame) -> None:
        """The clock moved."""
        self._show_map()
        if self._live:
            self._show_now()

    @property
    def _flying(self) -> bool:
        return len(self.session.state.names) > 0

    # --- the map ---------------------------------------------------------------------------------

    def _show_map(self) -> None:
        state = self.session.state
        if self._feed is None:
            self._feed = MapFeed(self, sites_of(state.catalogue))
        focus = self.focus_batch if self._flying else None
        frame = self._feed.frame(state, self._satellites, self.session.seconds, focus)
        if frame is not None:
            self._draw_map(frame)

    def _draw_map(self, frame: MapFrame) -> None:
        self._satellites = frame.satellites
        self._chart.show(frame)
        entitle(self._chart, mission.map_title(self.session.state, frame.satellites))

    def on_map_ready(self, message: MapReady) -> None:
        """A large swarm has been placed."""
        message.stop()
        self._draw_map(message.frame)

    def on_swarm_map_satellite_picked(self, message: SwarmMap.SatellitePicked) -> None:
        """A click on the map: look at the batch of the nearest satellite."""
        message.stop()
        places = engine.positions(self.session.state, self.session.seconds)
        if message.index < len(places.batch_index):
            self.look_at(int(places.batch_index[message.index]))

    # --- what moves within the day ---------------------------------------------------------------

    @property
    def _live(self) -> bool:
        """Whether the clock is slow enough for the eye to follow an orbit."""
        return not self.session.running or self.session.speed.rate <= LIVE_RATE

    def _show_now(self) -> None:
        if self._flying:
            self._read_orbit()
            self._show_balance()
            if self._live:
                self._show_orbit()

    def _read_orbit(self) -> None:
        state = self.session.state
        told = engine.telemetry(state, self.focus_batch, self.session.seconds)
        wanted = (state.day, self.focus_batch)
        fresh = self._orbit is None or self._orbit_of != wanted
        self._orbit = orbit_view(told) if fresh or self._orbit is None else moved_to(self._orbit, told)
        self._orbit_of = wanted

    def _show_orbit(self) -> None:
        if self._orbit is not None:
            self._plot.show(series_of(self._orbit, with_now=self._live))

    def _show_balance(self) -> None:
        state = self.session.state
        balance = engine.balance(state, None if self.whole_fleet else self.focus_batch)
        now = self._orbit.now if self._orbit is not None and self._live and not self.whole_fleet else None
        words = self._orbit.change_words if self._orbit is not None else ""
        self._balance.show(mission.balance_titles(balance, now, words), mission.readings(balance, now))

    # --- what changes from day to day ------------------------------------------------------------

    def _show_day(self) -> None:
        self._log.show(self.session.log, self.session.log_version)
        state = self.session.state
        if self._flying:
            report = engine.batch_report(state, self.focus_batch)
            entitle(self._orbit_box, mission.orbit_title(report))
        else:
            self._balance.teach(empty.first_steps(state))
            self._binds_line.say(empty.next_pieces(state))

    def _show_slow(self) -> None:
        """What needs the whole fleet, once a second: what binds, where compute goes, the promises."""
        state = self.session.state
        scope = self._scope
        if self.flow_open:
            self._flow.show(state, scope)
        self._fix = engine.binding_fix(state, scope) if self._flying else None
        if self._fix is None:
            pieces, line = empty.BINDS_HINT, empty.next_pieces(state)
        else:
            words = mission.order_words(self._fix, state.catalogue.workloads)
            caps = {} if scope is None else engine.batch_report(state, scope).caps
            pieces = mission.binds_pieces(self._fix, words, mission.next_caps(caps, self._fix.constraint))
            line = mission.binds_line(self._fix, words)
        self._binds.say(pieces)
        self._binds_line.say(line)
        promises = engine.promises(state)
        self._promises.say(mission.promise_pieces(promises, engine.fleet_report(state)))
        self._show_goals()
        entitle(self._chart, subtitle=mission.money_verdict(state, promises))

    def _show_goals(self) -> None:
        """How far the objectives have come: below the promises, or the balances where those are hidden."""
        if self.odc.session is None or self.odc.room is not self:
            return
        hidden = self.has_class("-narrow") or self.has_class("-short")
        entitle(self._promises, subtitle=goal_words(self.session.state))
        entitle(self._balance, subtitle=goal_words(self.session.state, short=True) if hidden else "")

    def on_resize(self, event: events.Resize) -> None:
        """Another size hides other panels."""
        super().on_resize(event)
        self.call_after_refresh(self._show_goals)

    # --- commands --------------------------------------------------------------------------------

    def look_at(self, batch: int) -> None:
        """Put a batch in focus.

        Args:
            batch: its row in the fleet.
        """
        self.focus_batch = batch
        self._read_orbit()
        self._show_balance()
        # The answer to the key is on the screen before the pictures that take longer are drawn.
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(_SETTLED_S, self.show_rest, name="rest")

    def show_rest(self) -> None:
        """Draw what waits for the player to stay with a batch, if anything does."""
        if self._rest is None:
            return
        self._rest.stop()
        self._rest = None
        if self.odc.session is not None and self.odc.room is self:
            self._show_day()
            self._show_orbit()
            self._show_slow()
            if not self.session.running:  # else the next picture brings it
                self._show_map()

    def do_mission_next_batch(self) -> None:
        """Look at the next batch."""
        self.look_at((self.focus_batch + 1) % len(self.session.state.names))

    def do_mission_previous_batch(self) -> None:
        """Look at the batch before."""
        self.look_at((self.focus_batch - 1) % len(self.session.state.names))

    def do_mission_scope(self) -> None:
        """Balances of the batch in focus, or of the whole fleet."""
        self.whole_fleet = not self.whole_fleet
        if self._flying:
            self.look_at(self.focus_batch)

    def do_mission_orbit(self) -> None:
        """Where there is no room for both: orbit in place of the map, or back."""
        self.toggle_class("-orbit")
        self.remove_class("-flow")
        self.refresh_chrome()

    def do_mission_flow(self) -> None:
        """Where compute goes in place of the orbit (and of the map, where there is little room), or back."""
        self.toggle_class("-flow")
        self.remove_class("-orbit")
        self.call_after_refresh(self._show_slow)

    @property
    def flow_open(self) -> bool:
        """Whether the panel that says where compute goes is in sight."""
        return self.has_class("-flow")

    @property
    def _scope(self) -> int | None:
        """The batch in focus, or None for the fleet."""
        return None if self.whole_fleet or not self._flying else self.focus_batch

    @property
    def orbit_on_key(self) -> bool:
        """Whether there is no room for map and orbit at once."""
        return self.has_class("-short")

    def do_mission_open_batch(self) -> None:
        """Everything about the batch in focus."""
        self.open_in_swarm(self.focus_batch)

    def do_mission_filter(self) -> None:
        """Narrow the log."""
        self._log.open_filter()

    def do_campaign_menu(self) -> None:
        """Esc leaves the filter first."""
        if not self._log.close_filter():
            super().do_campaign_menu()

    def on_log_panel_followed(self, message: LogPanel.Followed) -> None:
        """Go where the cause can be looked at."""
        self._follow(message.row)

    def _follow(self, row: LogRow) -> None:
        ids = self.session.state.names.ids()
        if row.leads_to == "swarm" and row.subject in ids:
            self.open_in_swarm(ids.index(row.subject))
        elif row.leads_to != "mission":
            self.odc.go_to_room(row.leads_to)
        else:
            self.tell(row.text)

    def question(self) -> Question:
        """The batch in focus or the whole fleet; what binds comes first."""
        state, file = self.session.state, self.session.path.stem
        asked = self._flow.step if self.flow_open else ""
        if self._scope is None:
            return question_of(state, file, None, asked or "fleet-level")
        binds = engine.batch_report(state, self.focus_batch).binding
        return question_of(state, file, self.focus_batch, asked or BINDING.get(binds, ""))

    # --- orders ----------------------------------------------------------------------------------

    @property
    def fix_on_offer(self) -> bool:
        """Whether there is an order to try."""
        return self._fix is not None and self._fix.order is not None

    def order_target(self) -> OrderTarget | None:
        """The batch in focus."""
        state = self.session.state
        if not self._flying:
            return None
        report = engine.batch_report(state, self.focus_batch)
        return OrderTarget(engine.fleet_columns(state), self.focus_batch, frozenset(), report)

    def first_scope(self) -> int:
        """The fleet, where its balances are shown."""
        return 2 if self.whole_fleet else 0

    def do_mission_fix(self) -> None:
        """Open the dialog with the order that loosens what binds."""
        if self._fix is not None and self._fix.order is not None:
            self.open_suggested(self._fix.order)
