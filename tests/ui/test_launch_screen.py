"""The launch desk by its keys: what is booked, refused with a reason, mended, cancelled, taken back."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

import pytest

from engine.events import day_of
from engine.orders import DefineDesign
from engine.outcomes import Accepted
from engine.state import CampaignState
from odc_tui.app import OdcApp
from odc_tui.present.launch_orders import Flight
from odc_tui.screens.go_dialog import GoDialog
from odc_tui.screens.launch import LaunchScreen
from odc_tui.screens.launch_panels import CalendarTable, WayTable
from odc_tui.screens.pick_dialog import PickDialog
from odc_tui.widgets.check_list import CheckList
from odc_tui.widgets.field_form import FieldForm
from tests.ui.conftest import settled

if TYPE_CHECKING:
    from odc_tui.simrunner import FrozenSim

MakeApp = Callable[..., OdcApp]


@dataclass
class Desk:
    """An open launch desk."""

    app: OdcApp
    pilot: Any

    @property
    def screen(self) -> LaunchScreen:
        room = self.app.get_screen("launch")
        assert isinstance(room, LaunchScreen)
        return room

    @property
    def state(self) -> CampaignState:
        assert self.app.session is not None
        return self.app.session.state

    @property
    def flight(self) -> Flight:
        assert self.screen.flight is not None
        return self.screen.flight

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.pilot.press(key)
            await settled(self.pilot)

    async def set_row(self, row: str, *keys: str) -> None:
        """Put the cursor on a row of the form and press keys."""
        self.screen.turn_to("flight")
        self.screen.query_one(FieldForm).focus_row(row)
        await self.pilot.pause()
        await self.press(*keys)

    def told(self, words: str) -> bool:
        return any(words in note.message for note in self.app._notifications)


@pytest.fixture
def desk(make_app: MakeApp) -> Callable[..., Any]:
    """Opens the launch desk of a campaign, with a design frozen unless told otherwise."""

    @asynccontextmanager
    async def opened(
        preset: str = "node-100", scenario: str = "first-light", size: tuple[int, int] = (120, 40)
    ) -> AsyncIterator[Desk]:
        app = make_app()
        async with app.run_test(size=size) as pilot:
            await settled(pilot)
            app.new_campaign(scenario, "Try", 7)
            await settled(pilot)
            assert app.session is not None
            if preset:
                design = app.session.state.catalogue.presets[preset].design
                assert isinstance(app.session.give(DefineDesign(design=design)), Accepted)
            await pilot.press("3")
            await settled(pilot)
            yield Desk(app, pilot)

    return opened


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_first_flight_from_nothing_takes_four_keys(desk: Any, size: tuple[int, int]) -> None:
    async with desk(preset="", size=size) as here:
        assert here.screen.flight is None
        assert here.screen.query_one("#launch-nothing").display
        await here.press("f", "enter")
        assert list(here.state.designs) == ["node-100"]
        await here.press("b", "enter")
        (booking,) = here.state.bookings
        assert (booking.order.design, booking.order.count) == ("node-100", 12)
        assert booking.order.date >= here.state.date


async def test_without_a_design_the_other_keys_say_why_not(desk: Any) -> None:
    async with desk(preset="") as here:
        await here.press("b")
        assert isinstance(here.app.screen, LaunchScreen)
        assert here.told("No design is frozen yet")


async def test_booking_asks_with_the_essentials_first(desk: Any) -> None:
    async with desk() as here:
        await here.press("b")
        assert isinstance(here.app.screen, GoDialog)
        shown = " ".join(str(text.render()) for text in here.app.screen.query("#go-body Static"))
        assert f"{here.flight.count} × Node-100" in shown
        await here.press("escape")
        assert not here.state.bookings


async def test_what_stands_in_the_form_is_what_is_booked(desk: Any) -> None:
    async with desk() as here:
        await here.set_row("count", "9", "enter")
        await here.set_row("altitude_km", *"600", "enter")
        await here.set_row("ltan_h", *"6.5", "enter")
        await here.set_row("spread", "right")
        order = here.flight.order
        await here.press("b", "enter")
        (booking,) = here.state.bookings
        assert booking.order == order
        assert (order.count, order.spread) == (9, "cluster")
        assert order.orbit.altitude_km == 600.0
        assert order.orbit.ltan_h == 6.5


async def test_undo_takes_the_flight_back_and_cancel_takes_it_off(desk: Any) -> None:
    async with desk() as here:
        await here.press("b", "enter")
        await here.press("z")
        assert not here.state.bookings
        await here.press("Z")
        assert len(here.state.bookings) == 1
        await here.press("x")
        assert not here.state.bookings
        await here.press("z")
        assert len(here.state.bookings) == 1
        assert len(here.screen.query_one(CalendarTable).rows) == 1


async def test_the_flight_under_the_cursor_is_the_one_cancelled(desk: Any) -> None:
    async with desk(preset="h100-demonstrator") as here:
        for _ in range(3):
            await here.set_row("count", "1", "enter")
            await here.press("b", "enter")
        ids = [booking.id for booking in sorted(here.state.bookings, key=lambda one: one.day)]
        assert len(ids) == 3
        here.screen.turn_to("calendar")
        await here.pilot.pause()
        await here.press("down", "x")
        assert {booking.id for booking in here.state.bookings} == {ids[0], ids[2]}


async def test_too_many_are_refused_with_the_reason_and_mended_by_a_key(desk: Any) -> None:
    async with desk() as here:
        await here.set_row("count", *"40", "enter")
        assert here.screen.checks[0].severity == "stop"
        await here.press("b")
        assert isinstance(here.app.screen, GoDialog)
        await here.press("enter")
        assert not here.state.bookings
        await here.press("escape", "a")
        assert here.flight.count == 12
        await here.press("b", "enter")
        assert here.state.bookings[0].order.count == 12


async def test_enter_on_a_stop_moves_the_date(desk: Any) -> None:
    async with desk() as here:
        here.screen.take(replace(here.flight, count=1))
        here.screen.flight = replace(here.flight, vehicle="new-glenn-7x2", site="lc-36a")
        here.screen.bring_quote()
        assert here.screen.checks[0].mend.startswith("move to")
        here.screen.turn_to("go")
        await here.pilot.pause()
        assert isinstance(here.app.focused, CheckList)
        await here.press("enter")
        assert here.screen.quote is not None
        assert here.screen.quote.go
        assert here.flight.day == day_of(here.screen.quote.earliest)


async def test_a_way_from_the_table_brings_its_date_and_its_load(desk: Any) -> None:
    async with desk() as here:
        here.screen.turn_to("ways")
        await here.pilot.pause()
        row = next(
            n for n, one in enumerate(here.screen.options) if one.order.vehicle == "falcon-9" and one.quote.go
        )
        here.screen.query_one(WayTable).cursor = row
        await here.press("enter")
        option = here.screen.options[row]
        assert (here.flight.vehicle, here.flight.site) == ("falcon-9", option.order.site)
        assert here.flight.count == option.quote.fit_count
        assert here.screen.panel == "flight"
        assert here.screen.quote.go


async def test_a_date_can_be_typed(desk: Any) -> None:
    async with desk() as here:
        await here.set_row("day", *"20270301", "enter")
        assert here.flight.order.date.isoformat() == "2027-03-01"
        await here.press("right", "pagedown")
        assert here.flight.day == day_of(here.flight.order.date)
        assert here.flight.order.date.isoformat() == "2027-01-31"


async def test_a_date_that_is_none_is_not_taken(desk: Any) -> None:
    async with desk() as here:
        day = here.flight.day
        await here.set_row("day", *"20271399", "enter")
        assert here.flight.day == day
        await here.press("escape")
        assert here.app.screen is here.screen


async def test_an_orbit_from_the_list(desk: Any) -> None:
    async with desk() as here:
        await here.set_row("preset", "enter")
        assert isinstance(here.app.screen, PickDialog)
        await here.press("end", "enter")
        assert here.flight.kind == "inclined"
        assert here.flight.inclination_deg == 28.5
        form = here.screen.query_one(FieldForm)
        shown = {key for key, field in form._fields.items() if field.display}
        assert {"inclination_deg", "raan_deg"} <= shown
        assert "ltan_h" not in shown


async def test_a_series_is_folded_away_until_it_is_wanted(desk: Any) -> None:
    async with desk(preset="h100-demonstrator", scenario="sandbox") as here:
        form = here.screen.query_one(FieldForm)
        assert not form._fields["times"].display
        await here.press("r")
        assert form._fields["times"].display
        await here.press("6", "enter")
        await here.set_row("every_days", *"60", "enter")
        await here.press("b", "enter")
        (booking,) = here.state.bookings
        assert (booking.total, booking.order.every_days) == (6, 60)


async def test_suggest_fills_in_what_can_be_booked(desk: Any) -> None:
    async with desk() as here:
        await here.set_row("count", *"40", "enter")
        await here.set_row("preset", "right")
        here.screen.flight = replace(here.flight, vehicle="starship-v2", site="starbase")
        await here.press("s")
        assert here.screen.quote is not None
        assert here.screen.quote.go
        assert here.flight.altitude_km == 550.0


async def test_after_booking_the_form_holds_a_flight_that_can_still_be_paid(desk: Any) -> None:
    async with desk() as here:
        await here.press("b", "enter")
        first = here.state.bookings[0]
        assert here.screen.quote is not None
        assert here.screen.quote.go
        await here.press("b", "enter")
        assert len(here.state.bookings) == 2
        spent = sum(
            here.state.catalogue.vehicles[one.order.vehicle].price_usd.nominal for one in here.state.bookings
        )
        assert spent < 355e6
        assert here.state.bookings[1].order.count < first.order.count


async def test_days_that_pass_carry_the_date_along(desk: Any) -> None:
    async with desk() as here:
        here.screen.take(replace(here.flight, day=here.state.day))
        for _ in range(3):
            await here.press("full_stop")
        assert here.flight.day == here.state.day


async def test_a_design_taken_back_leaves_the_desk_empty_again(desk: Any) -> None:
    async with desk(preset="") as here:
        await here.press("f", "enter", "z")
        assert not here.state.designs
        assert here.screen.flight is None
        assert here.screen.query_one("#launch-nothing").display


async def test_tab_goes_round_the_panels(desk: Any) -> None:
    async with desk(size=(80, 24)) as here:
        seen = []
        for _ in range(4):
            await here.press("tab")
            seen.append(here.screen.panel)
            panel = here.screen.query_one(f"#launch-{here.screen.panel}")
            assert panel.size.width > 30
            assert panel.size.height > 5
        assert seen == ["ways", "go", "calendar", "flight"]


async def test_the_look_ahead_arrives_by_itself(desk: Any) -> None:
    async with desk() as here:
        ahead = here.screen.query_one("#launch-ahead")
        for _ in range(40):
            await here.pilot.pause(0.05)
            await settled(here.pilot)
            if "EFLOP/s" in str(ahead.render()):
                break
        assert "EFLOP/s" in str(ahead.render())


async def test_while_time_runs_nothing_is_run_ahead_and_the_desk_keeps_up(desk: Any) -> None:
    async with desk() as here:
        await here.press("plus", "plus", "plus", "space")
        session = here.app.session
        assert session is not None
        before = here.state.day
        for _ in range(6):
            cast("FrozenSim", session._sim).elapse(1.0)
            here.app.on_frame_ready()
            await here.pilot.pause()
        assert here.state.day > before + 30
        assert "EFLOP/s" not in str(here.screen.query_one("#launch-ahead").render())
        await here.press("space", "full_stop")
        assert here.flight.day >= here.state.day


async def test_time_stands_while_the_player_decides_and_runs_on_after(desk: Any) -> None:
    async with desk() as here:
        session = here.app.session
        assert session is not None
        await here.press("space")
        assert session.running
        await here.press("b")
        assert not session.running
        await here.press("enter")
        assert session.running
        assert len(here.state.bookings) == 1
