"""Playing a campaign from the outside: beginning, rooms, time, orders, saving, leaving, coming back."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest

import engine
from engine.events import EventKind
from engine.orders import DefineDesign, SetLoadPolicy
from engine.outcomes import Rejected
from odc_tui import backstage
from odc_tui.app import OdcApp
from odc_tui.messages import CampaignFailed, CampaignOpened
from odc_tui.screens.busy import BusyScreen
from odc_tui.screens.pause import PauseScreen
from odc_tui.session import SPEEDS, Session
from odc_tui.settings import Settings
from odc_tui.simrunner import FrozenSim
from odc_tui.widgets.chrome import HeaderLine, KeyFooter, TooSmall
from tests.ui.conftest import ODD_SIZES, settled

MakeApp = Callable[..., OdcApp]


async def begin(pilot: Any, scenario: str = "two-rockets") -> Session:
    """From the title into mission control of a new campaign."""
    await settled(pilot)
    pilot.app.new_campaign(scenario, "Test flight", 7)
    await settled(pilot)
    return cast("Session", pilot.app.session)


async def pass_time(pilot: Any, real_s: float) -> None:
    """So much time passes for the player."""
    cast("FrozenSim", pilot.app.session._sim).elapse(real_s)
    await pilot.pause()


def header(pilot: Any) -> str:
    """What the header says."""
    return str(pilot.app.screen.query_one(HeaderLine).render())


def name_in_front(pilot: Any) -> str:
    """Name of the screen in front."""
    return str(pilot.app.screen.NAME)


def preset(session: Session) -> DefineDesign:
    """An order that any scenario accepts on its first day."""
    presets = session.state.catalogue.presets
    return DefineDesign(design=presets["node-100"].design)


async def test_a_new_campaign_opens_in_mission_control_and_is_on_disk(
    make_app: MakeApp, tmp_path: Path
) -> None:
    async with make_app().run_test(size=(120, 40)) as pilot:
        session = await begin(pilot)
        assert name_in_front(pilot) == "mission"
        assert session.path == tmp_path / "saves" / "test-flight.toml"
        assert session.path.is_file()
        assert "Test flight" in header(pilot)
        assert "paused" in header(pilot)


async def test_digits_change_rooms_and_keep_what_was_there(make_app: MakeApp) -> None:
    async with make_app().run_test(size=(120, 40)) as pilot:
        await begin(pilot)
        mission = pilot.app.screen
        for key, name in (("2", "design"), ("3", "launch"), ("4", "swarm"), ("1", "mission")):
            await pilot.press(key)
            await pilot.pause()
            assert name_in_front(pilot) == name
            assert len(pilot.app.screen_stack) == 2
        assert pilot.app.screen is mission


async def test_space_runs_and_pauses_and_the_header_says_so(make_app: MakeApp) -> None:
    async with make_app().run_test(size=(120, 40)) as pilot:
        session = await begin(pilot)
        day = session.state.day
        await pilot.press("plus", "plus", "space")
        assert session.running
        assert session.speed is SPEEDS[2]
        await pass_time(pilot, 1.0)
        assert session.state.day == day + 1
        assert f"▶ {SPEEDS[2].label}" in header(pilot)
        await pilot.press("space")
        await pilot.pause()
        assert not session.running
        assert "paused" in header(pilot)


async def test_a_full_stop_is_one_day_and_is_refused_while_time_runs(make_app: MakeApp) -> None:
    async with make_app().run_test(size=(120, 40)) as pilot:
        session = await begin(pilot)
        day = session.state.day
        await pilot.press("full_stop")
        await pilot.pause()
        assert session.state.day == day + 1
        await pilot.press("space", "full_stop")
        await pilot.pause()
        assert session.state.day == day + 1
        assert any("pause it" in note.message for note in pilot.app._notifications)


async def test_undo_and_redo_walk_the_orders_since_time_moved(make_app: MakeApp) -> None:
    async with make_app().run_test(size=(120, 40)) as pilot:
        session = await begin(pilot)
        pilot.app.screen.give(preset(session))
        assert "node-100" in session.state.designs
        await pilot.press("z")
        assert "node-100" not in session.state.designs
        await pilot.press("Z")
        assert "node-100" in session.state.designs
        await pilot.press("z", "y")
        assert "node-100" in session.state.designs
        await pilot.press("full_stop")
        await pilot.pause()
        await pilot.press("z")
        assert "node-100" in session.state.designs


async def test_a_refused_order_gives_its_reason_and_changes_nothing(make_app: MakeApp) -> None:
    async with make_app().run_test(size=(120, 40)) as pilot:
        session = await begin(pilot)
        before = session.state
        pilot.app.screen.give(SetLoadPolicy(policy="steady"))
        await pilot.pause()
        assert session.state is before
        (note,) = pilot.app._notifications
        assert note.message.startswith("Refused: ")


async def test_time_stops_for_an_event_the_player_chose_and_says_which(make_app: MakeApp) -> None:
    chosen = Settings(briefing=False, reduced_motion=True, auto_pause=frozenset({EventKind.LAUNCH_SUCCESS}))
    async with make_app(chosen).run_test(size=(120, 40)) as pilot:
        session = await begin(pilot, "first-light")
        pilot.app.screen.give(preset(session))
        option = engine.best_launch(session.state, "node-100")
        assert option is not None
        pilot.app.screen.give(option.order)
        session.set_speed(SPEEDS[4])
        await pilot.press("space")
        for _ in range(20):
            await pass_time(pilot, 0.2)
        assert not session.running
        # The launch happens during its day; the state after it is the next midnight.
        assert session.state.date - option.order.date <= dt.timedelta(days=1)
        told = [note.message for note in pilot.app._notifications]
        assert any(text.startswith("Paused: ") and "Node-100 into orbit" in text for text in told)


async def test_what_happened_is_in_the_message_log_and_can_be_filtered(make_app: MakeApp) -> None:
    async with make_app().run_test(size=(120, 40)) as pilot:
        session = await begin(pilot)
        pilot.app.screen.give(preset(session))
        await pilot.press("m")
        await pilot.pause()
        page = lambda: str(pilot.app.screen.query_one("#log-page Static").render())  # noqa: E731
        assert "Node-100" in page()
        await pilot.press("slash", *"zebra", "enter")
        await pilot.pause()
        assert "Nothing to show" in page()
        await pilot.press("escape", "escape")
        assert name_in_front(pilot) == "mission"


async def test_esc_pauses_and_opens_the_menu_and_esc_goes_on(make_app: MakeApp) -> None:
    async with make_app().run_test(size=(120, 40)) as pilot:
        session = await begin(pilot)
        await pilot.press("4")
        await pilot.pause()
        await pilot.press("space", "escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, PauseScreen)
        assert not session.running
        await pilot.press("escape")
        await pilot.pause()
        assert name_in_front(pilot) == "swarm"


async def test_to_the_title_and_back_with_continue_the_state_is_the_same(make_app: MakeApp) -> None:
    async with make_app().run_test(size=(120, 40)) as pilot:
        session = await begin(pilot)
        pilot.app.screen.give(preset(session))
        await pilot.press("full_stop")
        await pilot.pause()
        digest = engine.digest(session.state)
        await pilot.press("escape", "down", "down", "down", "down", "down", "enter")
        await settled(pilot)
        assert name_in_front(pilot) == "title"
        assert pilot.app.session is None
        await pilot.press("down", "enter")
        await settled(pilot)
        assert name_in_front(pilot) == "mission"
        assert engine.digest(pilot.app.session.state) == digest
        assert pilot.app.session is not session


async def test_quitting_loses_no_order(make_app: MakeApp, tmp_path: Path) -> None:
    async with make_app().run_test(size=(120, 40)) as pilot:
        session = await begin(pilot)
        pilot.app.screen.give(preset(session))
        digest = engine.digest(session.state)
        await pilot.press("q")
    again = make_app()
    async with again.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        again.open_campaign(tmp_path / "saves" / "test-flight.toml", "Test flight")
        await settled(pilot)
        assert again.session is not None
        assert engine.digest(again.session.state) == digest


async def test_a_campaign_that_cannot_be_opened_leaves_the_player_where_they_were(
    make_app: MakeApp, tmp_path: Path
) -> None:
    torn = tmp_path / "saves" / "torn.toml"
    torn.parent.mkdir()
    torn.write_text("format = 1\n[campaign]\nname = ", encoding="utf-8")
    async with make_app().run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        pilot.app.open_campaign(torn, "Torn")
        await settled(pilot)
        assert name_in_front(pilot) == "title"
        assert any("torn.toml" in note.message for note in pilot.app._notifications)
    assert torn.read_text("utf-8").endswith("name = ")


async def test_esc_gives_up_opening_and_says_so(make_app: MakeApp) -> None:
    async with make_app().run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        heard = threading.Event()
        pilot.app.push_screen(BusyScreen("Opening a long one", heard.set))
        await pilot.pause()
        await pilot.press("escape")
        assert heard.is_set()
        assert isinstance(pilot.app.screen, BusyScreen)
        pilot.app.post_message(CampaignFailed(""))
        await pilot.pause()
        assert name_in_front(pilot) == "title"
        (note,) = pilot.app._notifications
        assert note.message == "Not opened. The campaign is as it was."


def test_work_that_was_given_up_ends_at_the_next_word_of_progress_and_closes_what_it_opened() -> None:
    posted: list[Any] = []
    told: list[float] = []

    class Opened:
        closed = False

        def close(self) -> None:
            self.closed = True

    def long_one(progress: Callable[[float, str], None]) -> Any:
        for step in range(3):
            told.append(step)
            progress(step / 3, "playing")

    opened = Opened()
    backstage.open_campaign(long_one, None, True, posted.append, lambda: len(told) > 1)
    assert told == [0, 1]
    backstage.open_campaign(lambda _progress: cast("Any", opened), None, True, posted.append, lambda: True)
    assert opened.closed
    assert [message.reason for message in posted if isinstance(message, CampaignFailed)] == ["", ""]
    assert not [message for message in posted if isinstance(message, CampaignOpened)]


async def test_a_second_campaign_shows_nothing_of_the_first(make_app: MakeApp) -> None:
    async with make_app().run_test(size=(120, 40)) as pilot:
        first = await begin(pilot)
        pilot.app.screen.give(preset(first))
        rooms = pilot.app.screen
        await pilot.app.close_campaign()
        await pilot.pause()
        second = await begin(pilot, "sandbox")
        assert second is not first
        assert pilot.app.screen is not rooms
        assert second.state.designs == {} or "node-100" not in second.state.designs
        assert "$" not in header(pilot)  # money plays no part there


async def test_the_footer_dims_what_cannot_be_done_now(make_app: MakeApp) -> None:
    async with make_app().run_test(size=(120, 40)) as pilot:
        session = await begin(pilot)
        enabled = lambda: {label: on for _, label, on, _ in pilot.app.screen.query_one(KeyFooter).keys}  # noqa: E731
        assert enabled()["undo"] is False
        pilot.app.screen.give(preset(session))
        assert enabled()["undo"] is True


async def test_saving_tells_the_header(make_app: MakeApp) -> None:
    async with make_app().run_test(size=(120, 40)) as pilot:
        session = await begin(pilot)
        pilot.app.screen.give(preset(session))
        await pilot.press("ctrl+s")
        assert session.close()
        pilot.app.heartbeat()
        assert session.save_status.kind == "saved"
        assert "✔" in header(pilot)


async def test_the_clock_of_the_saves_is_the_one_the_application_was_given(make_app: MakeApp) -> None:
    async with make_app().run_test(size=(120, 40)) as pilot:
        await begin(pilot)
        assert pilot.app._now().astimezone(dt.UTC).date() == dt.date(2026, 11, 30)


@pytest.mark.parametrize("room", ["mission", "design", "launch", "swarm"])
async def test_every_room_lives_at_every_size(make_app: MakeApp, room: str) -> None:
    async with make_app().run_test(size=(100, 30)) as pilot:
        await begin(pilot)
        pilot.app.go_to_room(room)
        await settled(pilot)
        for width, height in ODD_SIZES:
            await pilot.resize_terminal(width, height)
            await pilot.pause()
            assert pilot.app.screen.query_one(TooSmall).display is (width < 80 or height < 24)


@pytest.mark.parametrize("room", ["mission", "design", "launch", "swarm"])
async def test_ascii_mode_draws_nothing_but_ascii_in_a_room(make_app: MakeApp, room: str) -> None:
    chosen = Settings(briefing=False, ascii_mode=True, reduced_motion=True)
    async with make_app(chosen).run_test(size=(100, 30)) as pilot:
        await begin(pilot)
        pilot.app.go_to_room(room)
        await settled(pilot)
        assert [ch for ch in set(pilot.app.export_screenshot()) if not ch.isascii()] == []


async def test_a_day_the_rules_refuse_is_told_with_its_mend(make_app: MakeApp) -> None:
    async with make_app().run_test(size=(120, 40)) as pilot:
        session = await begin(pilot)
        session._sim._keeper.refused = Rejected("The campaign is over.", "", "Begin another.")  # type: ignore[attr-defined]
        session._sim._show()  # type: ignore[attr-defined]
        await pilot.pause()
        told = [note.message for note in pilot.app._notifications]
        assert told == ["Time stands still: The campaign is over. Begin another."]


async def test_messages_do_not_pile_up(make_app: MakeApp) -> None:
    async with make_app().run_test(size=(120, 40)) as pilot:
        await begin(pilot)
        await pilot.press("z", "y", "comma")
        assert len(pilot.app._notifications) == 1
