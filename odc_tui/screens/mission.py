"""Mission control: the swarm over the Earth, the four balances, what binds, one orbit, the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical
from textual.widgets import Static

import engine
from odc_tui.present import empty, mission
from odc_tui.present.orbit import OrbitView, moved_to, orbit_view
from odc_tui.present.orders import OrderKind, Scope, scope_of
from odc_tui.screens.balance_panel import BalancePanel
from odc_tui.screens.batch_orders import BatchOrders, OrderTarget
from odc_tui.screens.log_panel import LogPanel
from odc_tui.screens.map_feed import MapFeed, MapReady
from odc_tui.screens.pace import Pace
from odc_tui.screens.readings import LIVE_RATE, series_of, sites_of
from odc_tui.widgets.chrome import content_of
from odc_tui.widgets.coastline import parse_coastline
from odc_tui.widgets.map_frame import MapFrame
from odc_tui.widgets.orbit_plot import OrbitPlot
from odc_tui.widgets.swarm_map import SwarmMap

if TYPE_CHECKING:
    from engine.model.report import BindingFix
    from engine.state import CampaignState
    from odc_tui.present.log import LogRow
    from odc_tui.simrunner import Frame

__all__ = ["MissionScreen"]

_MAP_S = 1 / 12
_NOW_S = 1 / 8
_DAY_S = 0.25
_SLOW_S = 1.0


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
        self._map_pace = Pace(self, self._show_map, _MAP_S)
        self._now_pace = Pace(self, self._show_now, _NOW_S)
        self._day_pace = Pace(self, self._show_day, _DAY_S)
        self._slow_pace = Pace(self, self._show_slow, _SLOW_S)

    # --- content ---------------------------------------------------------------------------------

    def compose_body(self) -> ComposeResult:
        """Map and balances, orbit and promises, log."""
        coast = parse_coastline(self.odc.services.read_asset("map/coastline-110m.txt"))
        with Horizontal(id="mission-top"):
            yield SwarmMap(coast, id="mission-map")
            with Vertical(id="mission-side"):
                yield BalancePanel(id="mission-balance")
                yield Static("", id="mission-binds")
        yield Static("", id="mission-binds-line")
        with Horizontal(id="mission-middle"):
            with Container(id="mission-orbit"):
                yield OrbitPlot()
            yield Static(content_of(empty.ORBIT_HINT), id="mission-orbit-hint")
            yield Static("", id="mission-promises")
        yield LogPanel(id="mission-log")

    def on_mount(self) -> None:
        """Name the panels; the log has the keys."""
        self.query_one("#mission-binds").border_title = "What binds"
        self.query_one("#mission-promises").border_title = "Promises"
        self.query_one("#mission-orbit-hint").border_title = "This orbit"
        self.query_one(LogPanel).take_focus()

    # --- what happens ----------------------------------------------------------------------------

    def on_state(self, state: CampaignState) -> None:
        """A day has passed, or an order was given."""
        at_once = not self.session.running
        self.set_class(not len(state.names), "-empty")
        self.focus_batch = min(self.focus_batch, max(0, len(state.names) - 1))
        self._day_pace.ask(at_once=at_once)
        self._slow_pace.ask(at_once=at_once)
        self._now_pace.ask(at_once=at_once)
        self._map_pace.ask(at_once=at_once)

    def on_frame(self, frame: Frame) -> None:
        """The clock moved."""
        self._map_pace.ask()
        self._now_pace.ask()

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
        chart = self.query_one(SwarmMap)
        chart.show(frame)
        chart.border_title = mission.map_title(self.session.state, frame.satellites)

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
        if not self._flying:
            return
        state = self.session.state
        told = engine.telemetry(state, self.focus_batch, self.session.seconds)
        wanted = (state.day, self.focus_batch)
        fresh = self._orbit is None or self._orbit_of != wanted
        self._orbit = orbit_view(told) if fresh or self._orbit is None else moved_to(self._orbit, told)
        self._orbit_of = wanted
        self.query_one(OrbitPlot).show(series_of(self._orbit, with_now=self._live))
        self.query_one("#mission-orbit").border_subtitle = self._orbit.change_words if self._live else ""
        self._show_balance()

    def _show_balance(self) -> None:
        state = self.session.state
        balance = engine.balance(state, None if self.whole_fleet else self.focus_batch)
        now = self._orbit.now if self._orbit is not None and self._live and not self.whole_fleet else None
        panel = self.query_one(BalancePanel)
        panel.show(mission.balance_title(balance, now), mission.readings(balance, now))

    # --- what changes from day to day ------------------------------------------------------------

    def _show_day(self) -> None:
        self.query_one(LogPanel).show(self.session.log, self.session.log_version)
        state = self.session.state
        if self._flying:
            report = engine.batch_report(state, self.focus_batch)
            self.query_one("#mission-orbit").border_title = mission.orbit_title(report)
        else:
            self.query_one(BalancePanel).teach(empty.first_steps(state))

    def _show_slow(self) -> None:
        """What needs the whole fleet, once a second: what binds, the promises."""
        state = self.session.state
        scope = None if self.whole_fleet or not self._flying else self.focus_batch
        self._fix = engine.binding_fix(state, scope) if self._flying else None
        if self._fix is None:
            pieces = line = empty.next_pieces(state)
        else:
            words = mission.order_words(self._fix, lambda slug: state.catalogue.workloads[slug].name)
            caps = {} if scope is None else engine.batch_report(state, scope).caps
            pieces = mission.binds_pieces(self._fix, words, mission.next_caps(caps, self._fix.constraint))
            line = mission.binds_line(self._fix)
        self.query_one("#mission-binds", Static).update(content_of(pieces))
        self.query_one("#mission-binds-line", Static).update(content_of(line))
        kept = mission.promise_pieces(engine.promises(state), engine.fleet_report(state))
        self.query_one("#mission-promises", Static).update(content_of(kept))

    # --- commands --------------------------------------------------------------------------------

    def look_at(self, batch: int) -> None:
        """Put a batch in focus.

        Args:
            batch: its row in the fleet.
        """
        self.focus_batch = batch
        self.on_state(self.session.state)
        for pace in (self._map_pace, self._now_pace, self._day_pace, self._slow_pace):
            pace.ask(at_once=True)

    def do_mission_next_batch(self) -> None:
        """Look at the next batch."""
        self.look_at((self.focus_batch + 1) % len(self.session.state.names))

    def do_mission_previous_batch(self) -> None:
        """Look at the batch before."""
        self.look_at((self.focus_batch - 1) % len(self.session.state.names))

    def do_mission_scope(self) -> None:
        """Balances of the batch in focus, or of the whole fleet."""
        self.whole_fleet = not self.whole_fleet
        self.look_at(self.focus_batch)

    def do_mission_orbit(self) -> None:
        """Where there is no room for both: orbit in place of the map, or back."""
        self.toggle_class("-orbit")
        self.refresh_chrome()

    def do_mission_open_batch(self) -> None:
        """Everything about the batch in focus."""
        self.open_in_swarm(self.focus_batch)

    def do_mission_filter(self) -> None:
        """Narrow the log."""
        self.query_one(LogPanel).open_filter()

    def do_campaign_menu(self) -> None:
        """Esc leaves the filter first."""
        if not self.query_one(LogPanel).close_filter():
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

    def do_mission_fix(self) -> None:
        """Open the dialog with the order that loosens what binds."""
        order = self._fix.order if self._fix is not None else None
        if order is None or order.type not in {"load-policy", "workload"}:
            return
        scope: Scope = scope_of(order.select, engine.fleet_columns(self.session.state))
        if order.type == "load-policy":
            self.open_order(OrderKind.POLICY, order.policy, scope=scope)
        else:
            self.open_order(OrderKind.WORKLOAD, mix=order.mix, scope=scope)
