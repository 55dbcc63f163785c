"""The orders to batches that mission control and the swarm share: open the dialog, give what it ends with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import engine
from odc_tui.present.orders import OrderKind, Scope, scope_of, scopes
from odc_tui.present.shadow import whom
from odc_tui.screens.live_room import LiveRoom
from odc_tui.screens.orders_dialog import OrderDraft, OrdersDialog
from odc_tui.screens.steps_dialog import StepsDialog

if TYPE_CHECKING:
    from engine.model.report import BatchReport
    from engine.orders import Order
    from odc_tui.present.fleet_table import FleetTable

__all__ = ["BatchOrders", "OrderTarget"]


@dataclass(frozen=True, slots=True)
class OrderTarget:
    """Whom an order from this screen is for by default.

    Attributes:
        table: the fleet.
        focus: number of the batch in focus.
        marked: batches marked by the player.
        report: the batch in focus in numbers: what is in force there.
    """

    table: FleetTable
    focus: int
    marked: frozenset[int]
    report: BatchReport


class BatchOrders(LiveRoom):
    """A room from which orders to batches are given. Time stands while the player decides."""

    def order_target(self) -> OrderTarget | None:
        """Whom an order is for; None while nothing flies."""
        return None

    def open_order(
        self,
        kind: OrderKind,
        choice: str = "",
        scope: Scope | None = None,
        mix: Mapping[str, float] | None = None,
    ) -> None:
        """Open the dialog for one kind of order.

        Args:
            kind: what is to be changed.
            choice: what the cursor stands on; what is in force now if empty.
            scope: whom it is for; the batch in focus if not given.
            mix: shares of work to begin with; those in force now if not given.
        """
        target = self.order_target()
        if target is None:
            return
        found = scopes(target.table, target.focus, target.marked)
        if scope is not None:
            found = (scope, *(one for one in found if one.selection != scope.selection))
        current = _in_force(kind, target.report)
        draft = OrderDraft(
            kind,
            found,
            choice or current,
            mix or target.report.mix,
            current,
            target.focus,
            self.session.path.stem,
        )
        was_running = self.session.running
        if was_running:
            self.do_time_toggle()

        def decided(order: Order | None) -> None:
            if order is not None:
                self.give(order)
            if was_running:
                self.do_time_toggle()

        self.app.push_screen(OrdersDialog(self.session.state, draft, self.odc.ascii_only), decided)

    def open_suggested(self, order: Order) -> None:
        """Open the dialog with an order that the engine suggests.

        Args:
            order: a load policy or a workload mix; nothing happens for any other.
        """
        table = engine.fleet_columns(self.session.state)
        if order.type == "load-policy":
            self.open_order(OrderKind.POLICY, order.policy, scope=scope_of(order.select, table))
        elif order.type == "workload":
            self.open_order(OrderKind.WORKLOAD, mix=order.mix, scope=scope_of(order.select, table))

    def first_scope(self) -> int:
        """Whom steps are run for first: 0 the batch in focus, 1 its shell, 2 the fleet."""
        return 0

    def do_order_steps(self) -> None:
        """Run a step of each thing, and open the dialog of the order that is picked, if one is."""
        target = self.order_target()
        if target is None:
            return
        report = target.report
        scopes = whom(report.id, target.focus, report.altitude_km)
        first = self.first_scope()
        was_running = self.session.running
        if was_running:
            self.do_time_toggle()

        def decided(order: Order | None) -> None:
            if order is not None:
                self.open_suggested(order)
            elif was_running:
                self.do_time_toggle()

        dialog = StepsDialog(self.session.state, (*scopes[first:], *scopes[:first]))
        self.app.push_screen(dialog, decided)

    def open_in_swarm(self, batch: int) -> None:
        """Go to the swarm room with a batch open.

        Args:
            batch: its row in the fleet.
        """
        self.odc.go_to_room("swarm")
        room: Any = self.app.get_screen("swarm")
        room.batch_wanted = batch

    def do_order_policy(self) -> None:
        """Choose how batteries are used."""
        self.open_order(OrderKind.POLICY)

    def do_order_workload(self) -> None:
        """Choose what is computed."""
        self.open_order(OrderKind.WORKLOAD)

    def do_order_altitude(self) -> None:
        """Choose what the thrusters do."""
        self.open_order(OrderKind.ALTITUDE)

    def do_order_dispose(self) -> None:
        """End the service of batches."""
        self.open_order(OrderKind.DISPOSE)


def _in_force(kind: OrderKind, report: BatchReport) -> str:
    """Key of the choice in force now."""
    match kind:
        case OrderKind.POLICY:
            return report.load_policy
        case OrderKind.ALTITUDE:
            return "keep" if report.station_keeping else "decay"
        case OrderKind.WORKLOAD:
            return max(report.mix, key=report.mix.__getitem__, default="")
        case OrderKind.DISPOSE:
            return "dispose"
