"""Mission control: focus, gauges through sun and shade, what binds, the log, an empty fleet, every size."""

from __future__ import annotations

import numpy as np
import pytest
from textual.widgets import Input

import engine
from engine.orders import DefineDesign, SetLoadPolicy
from odc_tui.present.objectives import NOTHING_ASKED
from odc_tui.screens.mission import MissionScreen
from odc_tui.screens.orders_dialog import OrdersDialog
from odc_tui.screens.read_dialog import ReadDialog
from odc_tui.screens.swarm import SwarmScreen
from odc_tui.settings import Settings
from odc_tui.widgets.gauge import BalanceGauge, GaugeReading
from odc_tui.widgets.line_table import LineTable
from odc_tui.widgets.roles import Health
from odc_tui.widgets.swarm_map import SwarmMap
from tests.campaigns import preset
from tests.ui.conftest import SIZES, settled
from tests.ui.flying import BATCHES, BEGUN, Flight, MakeApp, enter
from tests.ui.racing import RACING

ODD_SIZES = [
    (0, 0),
    (1, 1),
    (79, 24),
    (80, 24),
    (80, 40),
    (109, 33),
    (110, 24),
    (120, 40),
    (200, 60),
    (33, 7),
]


def gauges(flight: Flight) -> dict[str, GaugeReading]:
    found = [gauge.reading for gauge in flight.mission.query(BalanceGauge)]
    return {reading.label: reading for reading in found if reading is not None}


async def test_every_panel_speaks_of_the_batch_in_focus(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZES["large"]) as pilot:
        flight = await enter(pilot)
        for name in (*BATCHES[1:], BATCHES[0]):
            await flight.press("n")
            assert f"This orbit · {name} ·" in flight.text("#mission-orbit")
            assert f"Balance {name} ·" in flight.text("#mission-balance")
        await flight.press("N", "N")
        assert flight.mission.focus_batch == 2


async def test_gauges_follow_the_orbit_through_sun_and_shade(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZES["large"]) as pilot:
        flight = await enter(pilot)
        await flight.press("n", "n")
        seen = {}
        for _ in range(16):
            flight.session.step_orbit(360.0)
            app.state_changed()
            await settled(pilot)
            told = engine.telemetry(flight.session.state, 2, flight.session.seconds)
            power = gauges(flight)["POWER"]
            assert power.value == pytest.approx(told.now.load_w * 8 / 1e6, rel=1e-6)
            seen[told.now.sunlit] = power.detail
            title = flight.text("#mission-balance").splitlines()[0]
            assert ("sunset in" if told.now.sunlit else "sunrise in") in title
        assert seen[True].startswith("spare ")
        assert seen[False].startswith("battery gives ")


async def test_what_is_past_its_limit_is_marked(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZES["large"]) as pilot:
        flight = await enter(pilot)
        assert gauges(flight)["COOLING"].health is Health.OK
        await flight.press("N")
        assert gauges(flight)["COOLING"].health is Health.WARN
        assert "▲ HEAT" in flight.text("#mission-binds")
        assert "⚠ COOLING" in flight.text("#mission-balance")


async def test_the_fix_is_tried_before_it_is_given(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZES["large"]) as pilot:
        flight = await enter(pilot)
        await flight.press("n")
        assert "▮ BATTERY" in flight.text("#mission-binds")
        order = engine.binding_fix(flight.session.state, 1).order
        assert isinstance(order, SetLoadPolicy)
        await flight.press("f")
        assert isinstance(app.screen, OrdersDialog)
        assert f"▸ {order.policy.replace('-', ' ')}" in flight.text("#orders-choice").replace("  ", " ")
        assert "delivered" in flight.text("#orders-effect")
        assert "✔" in flight.text("#orders-verdict")
        before = engine.batch_report(flight.session.state, 1).load_policy
        await flight.press("enter")
        assert isinstance(app.screen, MissionScreen)
        policies = [report.load_policy for report in engine.batch_reports(flight.session.state)]
        assert before == "steady"
        assert policies == ["steady", order.policy, "steady", "steady"]
        await flight.press("z")
        assert engine.batch_report(flight.session.state, 1).load_policy == "steady"


async def test_without_a_fix_the_key_says_why(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZES["large"]) as pilot:
        flight = await enter(pilot)
        assert not flight.mission.fix_on_offer
        await flight.press("f")
        assert isinstance(app.screen, MissionScreen)
        assert any("the panel says what would help" in told.message for told in app._notifications)


async def test_the_whole_fleet_at_a_key(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZES["large"]) as pilot:
        flight = await enter(pilot)
        await flight.press("v")
        fleet = engine.balance(flight.session.state)
        assert "whole fleet" in flight.text("#mission-balance")
        assert gauges(flight)["COMPUTE"].value == pytest.approx(fleet.compute.value)
        await flight.press("v")
        assert "Balance L1 ·" in flight.text("#mission-balance")


async def test_an_empty_fleet_is_taught_the_next_step(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZES["large"]) as pilot:
        flight = await enter(pilot, BEGUN)
        assert "▸ Design a satellite" in flight.text("#mission-balance")
        assert "One orbit of a batch will be drawn here" in flight.text("#mission-orbit-hint")
        flight.mission.give(DefineDesign(design=preset()))
        await settled(pilot)
        assert "✔ Designed" in flight.text("#mission-balance")
        assert "▸ Book a flight" in flight.text("#mission-balance")
        await flight.press("n", "f", "p", "v", "o", "b")
        assert isinstance(app.screen, MissionScreen)


async def test_the_log_is_narrowed_as_one_types(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZES["large"]) as pilot:
        flight = await enter(pilot)
        lines = flight.mission.query_one("#log-lines", LineTable)
        whole = len(lines.rows)
        await flight.press("slash", *"eclipse")
        assert 0 < len(lines.rows) < whole
        shown = [lines.rows.cells(row)[2].text for row in range(len(lines.rows))]
        assert all("eclipse" in text for text in shown)
        await flight.press("escape")
        assert len(lines.rows) == whole
        assert lines.has_focus
        assert not flight.mission.query_one("#log-filter", Input).display


async def test_what_is_typed_into_the_filter_is_never_markup(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZES["large"]) as pilot:
        flight = await enter(pilot)
        await flight.press("slash")
        flight.mission.query_one("#log-filter", Input).value = "[/b] [red]\\"
        await settled(pilot)
        assert "No line is like that" in flight.text("#mission-log")
        assert "only [/b] [red]\\" in flight.text("#mission-log")


async def test_a_line_of_the_log_leads_to_its_cause(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZES["large"]) as pilot:
        flight = await enter(pilot)
        await flight.press("slash", *"L2.2 battery", "enter", "enter")
        assert isinstance(app.screen, SwarmScreen)
        assert (flight.swarm.face, flight.swarm.open_index) == ("batch", 2)
        assert "L2.2 ·" in flight.text("#batch-orbit")


async def test_a_click_on_the_map_looks_at_what_flies_there(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZES["large"]) as pilot:
        flight = await enter(pilot)
        chart = flight.mission.query_one(SwarmMap)
        places = engine.positions(flight.session.state, flight.session.seconds)
        target = int(np.flatnonzero(places.batch_index == 2)[3])
        across = (places.lon_deg[target] + 180) / 360 * chart.size.width
        down = (90 - places.lat_deg[target]) / 180 * chart.size.height
        await pilot.click(SwarmMap, offset=(int(across) + 1, int(down) + 1))
        await settled(pilot)
        assert flight.mission.focus_batch == 2


async def test_at_speeds_the_eye_cannot_follow_the_orbit_mean_is_shown(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZES["large"]) as pilot:
        flight = await enter(pilot)
        before = flight.session.state.day
        await flight.press("space", *("plus",) * 5)
        await flight.elapse(1.0)
        assert flight.session.state.day > before
        await flight.press("n")
        assert "Balance L2.1 · orbit mean" in flight.text("#mission-balance")
        await flight.press("space")
        assert "orbit mean" not in flight.text("#mission-balance")


async def test_time_stands_while_an_order_is_decided(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZES["large"]) as pilot:
        flight = await enter(pilot)
        await flight.press("space")
        assert flight.session.running
        await flight.press("p")
        assert not flight.session.running
        await flight.press("escape")
        assert flight.session.running


async def test_in_a_small_terminal_the_orbit_takes_the_place_of_the_map(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZES["small"]) as pilot:
        flight = await enter(pilot)
        assert flight.mission.query_one("#mission-map").region.area > 0
        assert flight.mission.query_one("#mission-orbit").region.area == 0
        assert "■ CHIPS" in flight.text("#mission-binds-line")
        await flight.press("o")
        assert flight.mission.query_one("#mission-orbit").region.area > 0
        assert "ORBIT" in flight.text("#mission-orbit")


@pytest.mark.parametrize("campaign", ["empty", "flying"])
async def test_every_size_can_be_drawn(make_app: MakeApp, campaign: str) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        flight = await enter(pilot, BEGUN) if campaign == "empty" else await enter(pilot)
        for size in ODD_SIZES:
            await pilot.resize_terminal(*size)
            await settled(pilot)
        assert flight.mission.is_current


async def test_the_title_of_the_balance_is_never_cut(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZES["small"]) as pilot:
        flight = await enter(pilot)
        await flight.press("n")
        assert "─ L2.1 · sunset in 31 min ─" in flight.text("#mission-balance").splitlines()[0]
        await pilot.resize_terminal(*SIZES["large"])
        await settled(pilot)
        assert "─ Balance L2.1 · sunset in 31 min ─" in flight.text("#mission-balance").splitlines()[0]


async def test_no_cursor_blinks_where_nothing_shall_move(make_app: MakeApp) -> None:
    for still in (True, False):
        app = make_app(Settings(reduced_motion=still, briefing=False))
        async with app.run_test(size=SIZES["small"]) as pilot:
            flight = await enter(pilot)
            await flight.press("slash")
            assert app.screen.query_one("#log-filter", Input).cursor_blink is not still


async def test_objectives_are_a_line_and_a_key_away_in_a_small_terminal(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZES["small"]) as pilot:
        flight = await enter(pilot, RACING)
        state = flight.session.state
        asked = engine.objectives(state)
        met = sum(one.status == "met" for one in asked)
        assert f"{met} of {len(asked)} met · score {int(100 * engine.score(state))} % · O" in flight.text()
        await flight.press("O")
        told = str(app.screen.query_one("#go-body Static").render())
        assert all(one.text in told for one in asked)
        await flight.press("escape", "3", "O")
        assert isinstance(app.screen, ReadDialog)


async def test_a_scenario_without_objectives_says_so(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZES["small"]) as pilot:
        flight = await enter(pilot, BEGUN)
        assert "score" not in flight.text()
        await flight.press("O")
        assert NOTHING_ASKED in flight.text("#dialog")
