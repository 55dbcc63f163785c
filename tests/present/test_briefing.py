"""The briefing: each sentence from a state where it is true."""

from __future__ import annotations

from dataclasses import replace

import engine
from engine.orders import DefineDesign, SetLoadPolicy
from odc_tui.present.briefing import briefing
from tests.campaigns import begin, ordered, preset
from tests.ui.flying import flying_state


def test_a_mend_that_was_tried_is_suggested_first() -> None:
    state = flying_state()
    fix = engine.binding_fix(state)
    told = briefing(state, state.log)
    assert told.binds == fix.sentence
    if isinstance(fix.order, SetLoadPolicy):
        assert told.suggestion == f"Try another load policy: {fix.order.policy.replace('-', ' ')}."
    else:
        assert told.suggestion == "Book the next flight."


def test_money_is_told_with_how_long_it_lasts() -> None:
    state = begin("two-rockets", cash_usd=60e6)
    losing = replace(state, month_operations_cents=1_000_000_000)
    assert (
        briefing(losing, ()).stands[1] == "60.0 M$ in hand; at the rate of last month that lasts 6.00 months."
    )
    earning = replace(state, month_revenue_cents=1_000_000_000)
    assert "brought more than it cost" in briefing(earning, ()).stands[1]
    assert len(briefing(begin("sandbox"), ()).stands) == 1


def test_each_stage_has_its_next_step() -> None:
    state = ordered(begin("sandbox"), DefineDesign(design=preset()))
    assert briefing(state, ()).suggestion == "Book a first flight."
    over = replace(state, ended="bankrupt")
    assert "The campaign is over: bankrupt." in briefing(over, ()).stands
    assert "earlier save" in briefing(over, ()).suggestion
