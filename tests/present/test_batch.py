"""One batch in numbers: facts with units, limits, ledgers that say whether they close."""

from __future__ import annotations

from dataclasses import replace

import pytest

import engine
from odc_tui.present import batch
from tests.ui.flying import flying_state


@pytest.mark.parametrize("index", range(4))
def test_every_fact_fits_its_panel_and_carries_a_unit(index: int) -> None:
    facts = batch.facts(engine.batch_report(flying_state(), index))
    assert len({fact.name for fact in facts}) == len(facts)
    assert all(len(fact.name) + 2 + len(fact.value) <= 50 for fact in facts)
    assert not any({"nan", "inf"} & set(fact.value.split()) for fact in facts)


def test_one_report_alone_is_the_one_among_all() -> None:
    state = flying_state()
    assert [engine.batch_report(state, index) for index in range(4)] == list(engine.batch_reports(state))


def test_columns_say_what_the_reports_say() -> None:
    state = flying_state()
    columns, reports = engine.fleet_columns(state), engine.batch_reports(state)
    for index, report in enumerate(reports):
        assert columns.ids[index] == report.id
        assert columns.designs[columns.design[index]] == report.design
        assert columns.bindings[columns.binding[index]] == report.binding
        assert columns.level[index] == pytest.approx(report.compute_level)
        assert columns.lit[index] == pytest.approx(1 - report.eclipse_fraction)
        assert columns.spare_k[index] == pytest.approx(report.trip_k - report.junction_k_max)
        assert columns.installed_pflops[index] == pytest.approx(report.installed_pflops)
        assert (columns.alive[index], columns.age_days[index]) == (report.alive_count, report.age_days)


def test_limits_come_tightest_first_and_the_binding_one_is_marked() -> None:
    report = engine.batch_report(flying_state(), 2)
    bars = batch.limits(report)
    assert bars[0].name == "▮ battery"
    assert bars[0].note == "holds it down now"
    assert [bar.share for bar in bars] == sorted(bar.share for bar in bars)


@pytest.mark.parametrize("index", range(4))
def test_ledgers_close_and_their_lines_add_up(index: int) -> None:
    ledger = engine.batch_ledger(flying_state(), index)
    assert batch.energy_gap(ledger) <= batch.CLOSES_WITHIN
    assert batch.heat_gap(ledger) <= batch.CLOSES_WITHIN
    assert batch.closing_words(batch.energy_gap(ledger)) == "✔ the lines add up"


def test_a_ledger_that_does_not_close_says_so() -> None:
    ledger = replace(engine.batch_ledger(flying_state(), 0), used_kwh=0.0)
    assert batch.closing_words(batch.energy_gap(ledger)).startswith("✖")


def test_a_batch_at_rest_has_empty_ledgers() -> None:
    nothing = replace(
        engine.batch_ledger(flying_state(), 0),
        **dict.fromkeys(("generated_kwh", "used_kwh", "conversion_kwh", "battery_loss_kwh"), 0.0),
        **dict.fromkeys(("curtailed_kwh", "stored_kwh", "heat_in_kwh"), 0.0),
        **dict.fromkeys(("radiated_kwh", "heat_stored_kwh"), 0.0),
    )
    assert {bar.value for bar in batch.energy_bars(nothing)} == {"0 Wh"}
    assert batch.closing_words(batch.heat_gap(nothing)) == "✔ the lines add up"


def test_words_for_light_temperature_and_work() -> None:
    report = engine.batch_report(flying_state(), 0)
    assert batch.shade_words(report) == "sun all orbit long"
    assert batch.shade_words(replace(report, eclipse_fraction=0.25, period_s=6000.0)) == (
        "sun 75.0 min, shade 25.0 min"
    )
    assert batch.kelvin(341.15) == "341 K (68 °C)"
    assert batch.kelvin(0.0) == "– K"
    assert batch.mix_words({"training": 0.4, "text-inference": 0.6}) == "text inference 60 %, training 40 %"
    assert batch.status_words(replace(report, status="commissioning")).startswith("in check-out until ")
    assert batch.heading(report).startswith("L1 · 8 × node-100 · 650 km, 98.0° · beta ")
