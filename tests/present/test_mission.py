"""Mission control in words: the balances, what binds, the promises, the first steps."""

from __future__ import annotations

from dataclasses import replace

import pytest

import engine
from engine.kernels.layout import Binding as Cap
from engine.kernels.layout import Field
from engine.model.report import BindingFix, Promises
from engine.orders import DefineDesign, SetLoadPolicy, SetWorkload
from odc_tui.present import empty, mission
from odc_tui.present.binding import BINDINGS, binding_words
from odc_tui.present.chrome import plain
from odc_tui.present.orbit import orbit_view
from tests.campaigns import begin, ordered, preset
from tests.ui.flying import flying_state


def at_noon_and_midnight(batch: int) -> list[mission.Reading]:
    """The power gauge of a batch in sunlight and in shade."""
    state, found = flying_state(), {}
    balance = engine.balance(state, batch)
    for step in range(20):
        view = orbit_view(engine.telemetry(state, batch, 300.0 * step))
        found[view.now.sunlit] = mission.readings(balance, view.now)[0]
    return [found[True], found[False]]


def test_every_cap_of_the_engine_has_words_of_its_own() -> None:
    names = {code.name.lower().replace("_", "-") for code in Cap}
    assert set(BINDINGS) == names
    assert len({words.glyph for words in BINDINGS.values()}) == len(names)
    assert len({words.word for words in BINDINGS.values()}) == len(names)
    assert binding_words("something new").word == "other"


def test_power_is_told_for_the_whole_batch_in_sun_and_shade() -> None:
    sun, shade = at_noon_and_midnight(2)
    assert sun.detail.startswith("spare ")
    assert shade.detail.startswith("battery gives ")
    assert sun.limit == pytest.approx(engine.balance(flying_state(), 2).array_w / 1e6)
    assert sun.worst_text == f"of {sun.limit:.2f} MW"
    assert shade.value_text.endswith(" kW")


def test_the_margin_of_the_hottest_chip_decides_the_mark() -> None:
    state = flying_state()
    cool = mission.readings(engine.balance(state, 0), None)[1]
    hot = mission.readings(engine.balance(state, 3), None)[1]
    assert (cool.health, hot.health) == ("ok", "warn")
    assert cool.margin is not None
    assert cool.margin > 10
    assert hot.worst_text == "360 of 358", "slowed down, so that it stays within 8 K"


@pytest.mark.parametrize(("health", "mark"), [(1.0, "ok"), (0.95, "ok"), (0.7, "warn"), (0.42, "risk")])
def test_a_full_gauge_of_few_chips_that_are_left_is_no_good_news(health: float, mark: str) -> None:
    state = flying_state()
    column = state.fleet.column(Field.PEAK_PFLOPS)[0] * state.fleet.column(Field.ALIVE_COUNT)[0]
    worn = state.fleet.with_values(Field.CHIP_HEALTH, [0], health)
    worn = worn.with_values(Field.DELIVERED_PFLOPS, [0], health * column)
    balance = engine.balance(replace(state, fleet=worn), 0)
    assert balance.binding == "hardware"
    reading = mission.readings(balance, None)[2]
    assert reading.health == mark
    assert ("failed" in reading.detail) == (mark != "ok")


def test_compute_says_what_is_delivered_of_what_is_installed() -> None:
    state = flying_state()
    reading = mission.readings(engine.balance(state), None)[2]
    fleet = engine.fleet_report(state)
    assert reading.value_text == f"{100 * fleet.delivered_pflops / fleet.installed_pflops:.1f} %"
    assert reading.detail.endswith(" EFLOP/s BF16")


def test_a_batch_that_has_not_run_claims_nothing() -> None:
    balance = engine.balance(flying_state(), 0)
    unrun = replace(balance, cooling=replace(balance.cooling, value=0.0, worst=0.0, limit=0.0, margin=0.0))
    for reading in mission.readings(unrun, None):
        assert (reading.value_text, reading.worst, reading.margin, reading.health) == ("–", None, None, "ok")
        assert (reading.worst_text, reading.detail) == ("figures in a day", "")


def test_the_title_of_a_batch_that_has_not_run_leaves_its_beta_out() -> None:
    report = replace(engine.batch_report(flying_state(), 2), radiator_k_max=0.0)
    assert mission.orbit_title(report) == "This orbit · L2.2 · 8 × small-battery · 550 km 53.0°"


def test_titles_name_whom_and_when() -> None:
    state = flying_state()
    view = orbit_view(engine.telemetry(state, 2, 0.0))
    assert mission.balance_titles(engine.balance(state), None)[0] == "Balance whole fleet · orbit mean"
    titles = mission.balance_titles(engine.balance(state, 2), view.now, "sunset in 3 min")
    assert titles == ("Balance L2.2 · sunset in 3 min", "L2.2 · sunset in 3 min", "L2.2")
    report = engine.batch_report(state, 2)
    assert mission.orbit_title(report).startswith(
        "This orbit · L2.2 · 8 × small-battery · 550 km 53.0° · beta "
    )
    assert mission.map_title(state, 32) == "32 satellites in 4 batches"


def test_what_binds_names_the_key_only_if_there_is_an_order() -> None:
    with_order = BindingFix("battery", "The battery is at its limit.", SetLoadPolicy(policy="follow-the-sun"))
    without = BindingFix("hardware", "All chips run.", None)
    assert "f try follow the sun" in plain(mission.binds_pieces(with_order, "follow the sun"))
    assert "f try" not in plain(mission.binds_pieces(without))
    assert plain(mission.binds_line(with_order, "it")) == "▮ BATTERY f try it. The battery is at its limit."
    told = replace(with_order, sentence="The battery is empty. Try the sun policy: about 9 % more compute.")
    assert plain(mission.binds_line(told, "sun")) == (
        "▮ BATTERY f try sun: about 9 % more compute. The battery is empty."
    )


def test_orders_are_named_in_words() -> None:
    mix = BindingFix("network", "", SetWorkload(mix={"training": 0.5, "text-inference": 0.5}))
    assert mission.order_words(mix, flying_state().catalogue.workloads) == "training and text inference"
    assert mission.order_words(BindingFix("none", "", None), {}) == ""


def test_the_next_limits_are_named_without_those_that_are_not_in_the_way() -> None:
    caps = {"hardware": 0.95, "energy": 1.2, "junction": 1.08, "network": 1.0, "battery": 25.0}
    assert mission.next_caps(caps, "hardware") == "then ▲ heat at 108 %, ☼ power at 120 %"
    assert mission.next_caps({"hardware": 0.9, "network": 1.0}, "hardware") == ""
    assert mission.next_caps({"hardware": 1.0, "battery": 25.0}, "hardware") == "then ▮ battery at 999 %"
    assert mission.next_caps({"hardware": 1.0, "battery": 0.0}, "commissioning") == ""


def test_promises_are_measured() -> None:
    kept = Promises(0.96, 0.9, 2.23e6, 753_000.0, 0.000753, 1234.0, 400.0, 250e6, 12.5e6)
    rows = {name: (figure, remark) for name, figure, remark in mission.promise_rows(kept)}
    assert rows["always sunny"][0] == "96.0 %"
    assert rows["grid relief"][0] == "2.23 GWh"
    assert rows["a gigawatt"] == ("0.0753 %", "753 kW to chips")
    assert rows["its price"][0] == "1.23 k$"
    assert rows["pays back"] == ("5.00 %", "of 250 M$ spent")
    unknown = replace(kept, usd_per_pflop_day=None)
    assert {name: figure for name, figure, _ in mission.promise_rows(unknown)}["its price"] == "–"


def test_a_price_is_named_only_after_a_month_of_service() -> None:
    young = Promises(1.0, 0.99, 2.0e4, 1e6, 0.001, 148e3, 1.0, 239e6, 0.0)
    assert ("its price", "too early", "to tell") in mission.promise_rows(young)
    grown = replace(young, service_days=30.0)
    assert ("its price", "148 k$", "a PFLOP-day") in mission.promise_rows(grown)


def test_money_is_judged_in_one_line() -> None:
    free, rich = flying_state(), begin("first-light")
    nothing = Promises(0.0, 0.0, 0.0, 0.0, 0.0, None, 0.0, 0.0, 0.0)
    assert mission.money_verdict(free, replace(nothing, spent_usd=1e6)) == ""
    assert mission.money_verdict(rich, nothing) == ""
    spent = replace(nothing, spent_usd=239e6)
    assert mission.money_verdict(rich, spent) == "239 M$ spent, nothing earned yet"
    month = replace(rich, month_revenue_cents=131_000_000, month_operations_cents=31_000_000)
    earned = replace(spent, earned_usd=2.39e6)
    assert mission.money_verdict(month, earned) == "month +1.00 M$ · 1.00 % earned back"
    lost = replace(rich, month_revenue_cents=0, month_operations_cents=31_000_000)
    assert "month −310 k$" in mission.money_verdict(lost, earned)


def test_the_promises_panel_adds_the_fleet() -> None:
    state = flying_state()
    said = plain(mission.promise_pieces(engine.promises(state), engine.fleet_report(state)))
    assert "in orbit" in said
    assert "in 2 shells" in said


def test_first_steps_follow_what_has_been_done() -> None:
    state = begin("sandbox")
    assert empty.next_step(state).key == "2"
    designed = ordered(state, DefineDesign(design=preset()))
    assert empty.next_step(designed).key == "3"
    assert [step.done for step in empty.first_steps(designed)] == [True, False, False, False]
    booked = flying_state()
    assert empty.first_steps(booked)[0].text == "Designed: Node-100 and 2 more"
