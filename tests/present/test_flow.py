"""Where compute goes: bars that only fall, words for what is lost, the step to ask about."""

from __future__ import annotations

from dataclasses import replace

import pytest

import engine
from engine.kernels.layout import Field
from odc_tui.present import flow, why_words
from tests.ui.flying import BATCHES, flying_state


@pytest.mark.parametrize("batch", [None, *range(len(BATCHES))])
def test_the_bars_only_fall_and_end_at_what_is_delivered(batch: int | None) -> None:
    state = flying_state()
    rows = engine.waterfall(state, batch)
    shares = [bar.share for bar in flow.bars(rows, "hardware")]
    assert shares == sorted(shares, reverse=True)
    assert shares[0] == 1.0
    reports = engine.batch_reports(state)
    meant = reports if batch is None else (reports[batch],)
    launched = sum(one.installed_pflops * one.launched_count / one.alive_count for one in meant)
    assert shares[-1] == pytest.approx(sum(one.delivered_pflops for one in meant) / launched)


def test_each_loss_has_its_reason() -> None:
    state = flying_state()
    fleet = state.fleet.with_values(Field.ALIVE_COUNT, [2], 6.0)
    rows = engine.waterfall(replace(state, fleet=fleet), 2)
    report = engine.batch_report(state, 2)
    notes = {bar.name: bar.note for bar in flow.bars(rows, report.binding)}
    # a quarter of the satellites is gone, and of the chips in the others what the report says
    assert notes["healthy"] == f"−{100 * (1 - 0.75 * report.chip_health):.1f} % failed"
    assert notes["at work"].endswith("▮ battery")
    assert notes["results"].endswith("interrupted")
    assert notes["launched"] == notes["in step"] == notes["delivered"] == ""
    assert flow.most_lost(rows) == "level"
    said = "".join(text for text, _ in flow.summary(rows, report.binding))
    assert said.startswith("Most is lost at “at work”: −")


def test_where_nothing_is_lost_it_says_so() -> None:
    rows = tuple(replace(row, value=100.0, share=1.0) for row in engine.waterfall(flying_state(), 0))
    assert flow.most_lost(rows) == "served"
    assert flow.summary(rows, "none")[0][0] == "Hardly anything is lost. "
    assert flow.title(rows, "L1") == "Where compute goes · L1 · 100 % arrives"


def test_every_step_can_be_asked_why() -> None:
    state = flying_state()
    own = {one.id for one in engine.figures(state, 2)}
    fleet = {one.id for one in engine.figures(state)}
    for row in engine.waterfall(state, 2):
        line = f"{flow.STEPS[row.name]:<9} ██████  1.00 EFLOP/s"
        for known in (own, fleet):
            found = why_words.figure_at(line, 12, known)
            figure = next(one for one in engine.figures(state, 2) if one.id == found)
            whole = engine.waterfall(state, 2 if known is own else None)
            assert figure.value == pytest.approx(next(one.value for one in whole if one.name == row.name))
    assert f"step-{flow.most_lost(engine.waterfall(state, 2))}" in own
    assert f"flow-{flow.most_lost(engine.waterfall(state))}" in fleet
