"""The swarm room: the table, one batch in depth, the calendar, marks and orders."""

from __future__ import annotations

import pytest

import engine
from odc_tui.screens.mission import MissionScreen
from odc_tui.screens.orders_dialog import OrdersDialog
from odc_tui.screens.swarm_table import SwarmTable
from odc_tui.widgets.heat_calendar import HeatCalendar
from odc_tui.widgets.menu import Menu
from tests.ui.conftest import SIZES, settled
from tests.ui.flying import BEGUN, Flight, MakeApp, enter

ODD_SIZES = [(1, 1), (79, 24), (80, 24), (80, 40), (110, 24), (120, 40), (200, 60)]


def table(flight: Flight) -> SwarmTable:
    return flight.swarm.query_one(SwarmTable)


def batches(flight: Flight) -> list[str]:
    ids = flight.session.state.names.ids()
    return [ids[number] for number in table(flight).shown_batches()]


def policies(flight: Flight) -> list[str]:
    return [report.load_policy for report in engine.batch_reports(flight.session.state)]


async def test_batches_stand_under_their_shells(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZES["large"]) as pilot:
        flight = await enter(pilot, room="swarm")
        assert batches(flight) == ["L2.1", "L2.2", "L1", "L3"]
        shown = flight.text("#swarm-lines")
        assert "550 km 53.0° · 2 batches · 16 of 16 alive" in shown
        assert "▲ heat" in shown
        await flight.press("v")
        assert batches(flight) == ["L1", "L2.1", "L2.2", "L3"]


async def test_sorting_turning_and_keeping_the_cursor(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZES["large"]) as pilot:
        flight = await enter(pilot, room="swarm")
        await flight.press("v", "down", "s")
        assert "sorted by design, rising" in flight.text("#swarm-foot")
        designs = [
            engine.batch_reports(flight.session.state)[n].design for n in table(flight).shown_batches()
        ]
        assert designs == sorted(designs)
        assert table(flight).batch_under_cursor == 1
        await flight.press("S")
        assert batches(flight)[0] == "L2.2"
        assert table(flight).batch_under_cursor == 1


async def test_shells_fold_and_unfold(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZES["large"]) as pilot:
        flight = await enter(pilot, room="swarm")
        await flight.press("enter")
        assert batches(flight) == ["L1", "L3"]
        await flight.press("left")
        assert batches(flight) == []
        await flight.press("right")
        assert batches(flight) == ["L2.1", "L2.2"]
        await flight.press("right")
        assert batches(flight) == ["L2.1", "L2.2", "L1", "L3"]


async def test_the_filter_narrows_and_esc_widens(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZES["large"]) as pilot:
        flight = await enter(pilot, room="swarm")
        await flight.press("slash", *"run<70")
        await pilot.pause(0.2)
        assert batches(flight) == ["L2.1", "L2.2"]
        await flight.press(*" x>1")
        await pilot.pause(0.2)
        assert "No number is called x" in flight.text("#swarm-foot")
        await flight.press("enter", "escape")
        await pilot.pause(0.2)
        assert len(batches(flight)) == 4


async def test_a_batch_in_depth_and_the_next(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZES["large"]) as pilot:
        flight = await enter(pilot, room="swarm")
        await flight.press("down", "enter")
        report = engine.batch_report(flight.session.state, 1)
        assert flight.swarm.face == "batch"
        assert "L2.1 · 8 × small-battery" in flight.text("#batch-orbit")
        assert f"{100 * report.level_sun:.1f} % in sun" in flight.text("#batch-numbers")
        assert "▮ battery" in flight.text("#batch-compute")
        assert flight.text("#batch-ledgers").count("✔ the lines add up") == 2
        await flight.press("n")
        assert "L2.2 ·" in flight.text("#batch-orbit")
        await flight.press("N", "N")
        assert "L3 ·" in flight.text("#batch-orbit")
        await flight.press("escape")
        assert flight.swarm.face == "table"
        assert table(flight).batch_under_cursor == 3


async def test_an_order_goes_to_all_that_are_marked(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZES["large"]) as pilot:
        flight = await enter(pilot, room="swarm")
        await flight.press("v", "x", "down", "down", "x")
        assert "2 batches marked" in flight.text("#swarm-foot")
        await flight.press("p")
        assert "all that are marked: 2 batches, 16 satellites" in flight.text("#orders-scope")
        await flight.press("down", "enter")
        assert policies(flight) == ["follow-the-sun", "steady", "steady", "follow-the-sun"]


async def test_a_shell_stands_for_its_batches(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZES["large"]) as pilot:
        flight = await enter(pilot, room="swarm")
        await flight.press("p", "down", "enter")
        assert policies(flight) == ["steady", "follow-the-sun", "follow-the-sun", "steady"]


async def test_marking_all_and_none(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZES["large"]) as pilot:
        flight = await enter(pilot, room="swarm")
        await flight.press("X")
        assert table(flight).marked == frozenset(range(4))
        await flight.press("X")
        assert table(flight).marked == frozenset()


async def test_a_refused_order_says_why_and_is_not_given(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZES["large"]) as pilot:
        flight = await enter(pilot, room="swarm")
        await flight.press("v", "d", "enter")
        coming_down = engine.batch_report(flight.session.state, 0).status
        await flight.press("d")
        assert "✖" in flight.text("#orders-verdict")
        assert "L1" in flight.text("#orders-verdict")
        await flight.press("enter")
        assert isinstance(app.screen, OrdersDialog)
        await flight.press("escape")
        assert coming_down == "disposal"
        assert not isinstance(app.screen, OrdersDialog)


async def test_shares_of_work_are_moved_with_the_arrows(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZES["large"]) as pilot:
        flight = await enter(pilot, room="swarm")
        await flight.press("v", "w", "down", "right", "right", "right")
        second = flight.app.screen.query_one("#orders-choice", Menu).chosen
        assert second is not None
        await flight.press("enter")
        mix = engine.batch_report(flight.session.state, 0).mix
        assert mix[second.key] == pytest.approx(0.3)
        assert sum(mix.values()) == pytest.approx(1.0)


async def test_the_scope_can_be_widened_to_the_fleet(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZES["large"]) as pilot:
        flight = await enter(pilot, room="swarm")
        await flight.press("v", "p", "tab", "end", "tab", "down", "enter")
        assert set(policies(flight)) == {"follow-the-sun"}


async def test_the_calendar_shows_every_shell(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZES["large"]) as pilot:
        flight = await enter(pilot, room="swarm")
        await flight.press("e")
        shown = flight.text("#swarm-calendar")
        assert "550 km 53.0° ×2" in shown
        assert "650 km 98.0° ×2" in shown
        assert flight.swarm.query_one(HeatCalendar).has_focus
        await flight.press("e")
        assert flight.swarm.face == "table"


async def test_mission_control_opens_its_batch_here(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZES["large"]) as pilot:
        flight = await enter(pilot)
        await flight.press("n", "b")
        assert "L2.1 ·" in flight.text("#batch-orbit")
        await flight.press("1")
        assert isinstance(app.screen, MissionScreen)


async def test_without_batches_the_room_says_what_to_do(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZES["large"]) as pilot:
        flight = await enter(pilot, BEGUN, room="swarm")
        assert "Nothing flies yet." in flight.text("#swarm-lines")
        await flight.press("enter", "x", "X", "s", "S", "v", "left", "right", "e", "p", "w", "a", "d", "n")
        assert flight.swarm.face == "table"


async def test_a_small_terminal_shows_one_panel_at_a_time(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZES["small"]) as pilot:
        flight = await enter(pilot, room="swarm")
        await flight.press("down", "enter")
        panels = ("#batch-orbit", "#batch-numbers", "#batch-compute", "#batch-ledgers")
        for turn in range(5):
            shown = [name for name in panels if flight.swarm.query_one(name).region.area > 0]
            assert shown == [panels[turn % 4]]
            await flight.press("tab")


async def test_every_face_can_be_drawn_at_every_size(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        flight = await enter(pilot, room="swarm")
        for keys in ((), ("down", "enter"), ("escape", "e")):
            await flight.press(*keys)
            for size in ODD_SIZES:
                await pilot.resize_terminal(*size)
                await settled(pilot)
        assert flight.swarm.face == "calendar"


async def test_the_table_follows_time(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZES["large"]) as pilot:
        flight = await enter(pilot, room="swarm")
        before = flight.text("#swarm-lines")
        await flight.press("full_stop")
        await flight.press("full_stop")
        assert flight.text("#swarm-lines") != before
