"""The mend that a refusal offers is one that works, and ended batches take no orders."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from engine.campaign import check
from engine.kernels.layout import Field, Status
from engine.orders import (
    DefineDesign,
    Selection,
    SetLoadPolicy,
    StationKeep,
)
from engine.state import CampaignState
from tests.campaigns import begin, flight, in_orbit, ordered, passed, preset, refused


def designed() -> CampaignState:
    return ordered(begin("sandbox"), DefineDesign(design=preset()))


def strict() -> CampaignState:
    return ordered(begin("two-rockets"), DefineDesign(design=preset()))


def flying() -> CampaignState:
    return in_orbit(days=40, count=2)


def policy(**select: Any) -> Callable[[CampaignState], SetLoadPolicy]:
    return lambda state: SetLoadPolicy(select=Selection(**select), policy="steady")


def test_all_that_is_wrong_is_listed_at_once() -> None:
    state = strict()
    order = flight(state, vehicle="new-glenn-7x2", site="lc-36a", count=500, times=3, every_days=2)
    fields = {fault.field for fault in check(state, order) if fault.severity == "stop"}
    assert fields == {"count", "site", "every_days"}


def test_the_date_a_refusal_offers_is_accepted() -> None:
    state = strict()
    order = flight(state, vehicle="new-glenn-9x4", site="lc-36a", count=1)
    offered = next(word for word in refused(state, order).fix.split() if word[:2] == "20")
    dated = order.model_copy(update={"date": dt.date.fromisoformat(offered)})
    assert [fault for fault in check(state, dated) if fault.severity == "stop"] == []


def test_the_count_a_refusal_offers_is_accepted() -> None:
    state = designed()
    order = flight(state, count=50, vehicle="starship-v3", site="lc-39a")
    offered = int(next(word for word in refused(state, order).fix.split() if word.isdigit()))
    ordered(state, order.model_copy(update={"count": offered}))


def test_ended_batches_cannot_be_ordered_about() -> None:
    state = flying()
    gone = state.fleet.with_values(Field.STATUS, [0], float(Status.REENTERED)).with_values(
        Field.ALIVE_COUNT, [0], 0.0
    )
    answer = refused(replace(state, fleet=gone), StationKeep(keep=False))
    assert answer.reason == "No batch is in orbit."


def test_some_ended_batches_do_not_spoil_an_order_for_the_rest() -> None:
    state = ordered(designed(), flight(designed(), flights=3))
    state = passed(state, state.day + 40)
    gone = state.fleet.with_values(Field.STATUS, [1], float(Status.LOST)).with_values(
        Field.ALIVE_COUNT, [1], 0.0
    )
    state = replace(state, fleet=gone)
    after = ordered(state, SetLoadPolicy(policy="ride-through"))
    assert after.fleet.column(Field.POLICY).tolist() == [2.0, 0.0, 2.0]
    assert refused(state, policy(batches=("L1.2",))(state)).reason == "Every batch that is meant has ended."
