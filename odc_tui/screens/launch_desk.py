"""The half of the launch desk that knows the flight: the form, what the engine says to it, its mends."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import engine
from engine.events import day_of
from odc_tui.present import checks as go
from odc_tui.present import launch_mends
from odc_tui.present.launch_orders import Flight, changed
from odc_tui.screens.pace import Pace
from odc_tui.screens.panel_room import PanelRoom
from odc_tui.widgets.check_list import CheckList
from odc_tui.widgets.field_form import FieldForm

if TYPE_CHECKING:
    from engine.model.report import LaunchOption, LaunchQuote
    from engine.state import CampaignState
    from odc_tui.present.checks import Check

__all__ = ["LaunchDesk"]

_QUOTE_S = 0.2
_WAYS_S = 0.5


class LaunchDesk(PanelRoom):
    """A flight being put together.

    Attributes:
        flight: what stands in the form; None until a design is frozen.
        quote: what the engine says to it.
        options: every way to launch its design to its orbit.
    """

    PANELS = ("flight", "ways", "go", "calendar")

    def __init__(self) -> None:
        super().__init__()
        self.flight: Flight | None = None
        self.quote: LaunchQuote | None = None
        self.options: tuple[LaunchOption, ...] = ()
        self._quote_pace = Pace(self, self.bring_quote, _QUOTE_S)
        self._ways_pace = Pace(self, self.bring_ways, _WAYS_S)

    def show_flight(self, flight: Flight, quote: LaunchQuote) -> None:
        """Show everything that follows from the form."""

    def show_ways(self) -> None:
        """Show the ways to launch it."""

    # --- what the engine says ------------------------------------------------------------------------

    def on_state(self, state: CampaignState) -> None:
        """A day has passed, an order was given or taken back, or the room came into sight."""
        if not state.designs:
            self.flight = self.quote = None
            return
        if self.flight is None or self.flight.design not in state.designs:
            self.suggest(tuple(state.designs)[-1])
        at_once = not self.session.running
        self._ways_pace.ask(at_once=at_once)
        self._quote_pace.ask(at_once=at_once)

    def do_time_toggle(self) -> None:
        """Run or pause; at rest there is time for a look ahead."""
        super().do_time_toggle()
        self._quote_pace.ask(at_once=True)

    def bring_ways(self) -> None:
        """Ask for all ways to launch; some 20 ms, so not with every key."""
        flight, state = self.flight, self.session.state
        if flight is not None and flight.design in state.designs:
            self.options = engine.launch_options(state, flight.design, flight.orbit)
            self.show_ways()

    def bring_quote(self) -> None:
        """Ask what the engine says to the form; some 2 ms with everything that is shown of it."""
        flight, state = self.flight, self.session.state
        if flight is None or flight.design not in state.designs:
            return
        self.quote = quote = engine.launch_quote(state, replace(flight, day=max(flight.day, state.day)).order)
        if flight.day < state.day:
            self.flight = flight = _on_its_first_date(flight, state, quote)
            self.quote = quote = engine.launch_quote(state, flight.order)
        self.show_flight(flight, quote)

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

    @property
    def way_here(self) -> int | None:
        """Which of the ways stands in the form."""
        flight = self.flight
        chosen = (flight.vehicle, flight.site) if flight is not None else None
        ways = [(one.order.vehicle, one.order.site) for one in self.options]
        return ways.index(chosen) if chosen in ways else None

    # --- the form ----------------------------------------------------------------------------------

    def suggest(self, design: str) -> bool:
        """Fill the form in with a sensible flight; the orbit stays if there is one.

        Args:
            design: id of a frozen design.

        Returns:
            Whether that flight can be booked.
        """
        state = self.session.state
        orbit = self.flight.orbit if self.flight is not None else None
        best = engine.best_launch(state, design, orbit)
        if best is None:
            ways = engine.launch_options(state, design, orbit or Flight(design, 1, "", "").orbit)
            best = ways[0] if ways else None
        if best is None:
            return False
        self.flight = Flight.of(best.order, self.flight)
        return best.quote.go

    def on_field_form_edited(self, message: FieldForm.Edited) -> None:
        """A field was changed."""
        message.stop()
        if self.flight is not None:
            self.take(changed(self.flight, message.key, message.value))

    def take(self, flight: Flight) -> None:
        """Take another flight: as many as fit if the vehicle is another one, on a date it can fly.

        Args:
            flight: what stands in the form now.
        """
        before, self.flight = self.flight, flight
        if before is None:
            return
        ways = [(one.design, one.vehicle, one.site) for one in (before, flight)]
        if ways[0] != ways[1]:
            self._settle(flight)
        if (flight.design, flight.orbit) != (before.design, before.orbit):
            self._ways_pace.ask()
        self.show_ways()
        self.bring_quote()

    def _settle(self, flight: Flight) -> None:
        quote = engine.launch_quote(self.session.state, flight.order)
        count = min(flight.count, quote.fit_count) if quote.fit_count >= 1 else flight.count
        day = max(flight.day, day_of(quote.earliest)) if quote.earliest else flight.day
        self.flight = replace(flight, count=count, day=day)

    # --- mending -----------------------------------------------------------------------------------

    @property
    def mend_on_offer(self) -> bool:
        """Whether a line of the list can be mended with a key."""
        return any(check.mend for check in self.checks)

    def do_launch_mend(self) -> None:
        """The first mend of the list."""
        self.mend(next(index for index, check in enumerate(self.checks) if check.mend))

    def on_check_list_mended(self, message: CheckList.Mended) -> None:
        """Enter on a line."""
        message.stop()
        self.mend(message.index)

    def mend(self, index: int) -> None:
        """Change the least that clears a line, or say why that cannot be.

        Args:
            index: the line of the list.
        """
        if self.flight is None or self.quote is None:
            return
        fault, check = self.quote.faults[index], self.checks[index]
        if not check.mend:
            if check.severity != "ok":
                self.tell(check.fix or "This one needs a decision of yours.")
            return
        mended = launch_mends.mend(self.session.state, self.flight, fault)
        if mended is None:
            self.tell(f"That alone does not clear it. {fault.fix}", "warning")
            return
        self.flight = mended
        self.show_ways()
        self.bring_quote()
        self.tell(f"Done: {check.mend}.")


def _on_its_first_date(flight: Flight, state: CampaignState, quote: LaunchQuote) -> Flight:
    """The flight on the first date it can fly, the one the table of ways shows: its own has passed."""
    return replace(flight, day=max(state.day, day_of(quote.earliest) if quote.earliest else state.day))
