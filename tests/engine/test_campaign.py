"""A campaign from its first day: orders change it, refusals do not, and what happens is told in order."""

from __future__ import annotations

import datetime as dt
import importlib.util
from dataclasses import FrozenInstanceError, fields

import pytest

import engine
from engine.campaign import advance, apply, check, preview
from engine.events import EventKind
from engine.kernels.layout import Field, Status
from engine.orders import ORDER, AdvanceTo, CancelFlights, DefineDesign
from engine.outcomes import Accepted, Rejected
from engine.rules.launch_quote import best_launch
from engine.rules.passage import LAST_DATE
from engine.state import LOG_LENGTH, changed
from tests.campaigns import (
    PATIENT,
    begin,
    catalogue,
    done,
    flight,
    happened,
    in_orbit,
    ordered,
    passed,
    preset,
    refused,
)


def kinds(events: tuple[engine.Event, ...]) -> list[EventKind]:
    return [event.kind for event in events]


def test_a_newcomer_reaches_the_first_watts_with_three_orders() -> None:
    state = ordered(begin("first-light"), DefineDesign(design=preset()))
    option = best_launch(state, "node-100")
    assert option is not None
    assert option.quote.go
    state = ordered(state, option.order)
    events = happened(state, option.order.date + dt.timedelta(days=60))
    told = [event.kind for event in events if event.kind is not EventKind.MONTH_CLOSED]
    assert told[:3] == [EventKind.LAUNCH_SUCCESS, EventKind.MILESTONE, EventKind.IN_SERVICE] or (
        EventKind.SATELLITE_LOST in told
    )
    assert any("turned into compute" in event.text for event in events)
    state = passed(state, option.order.date + dt.timedelta(days=60))
    assert state.fleet.count == 1
    assert state.fleet.column(Field.STATUS)[0] == Status.SERVICE
    assert state.fleet.column(Field.DELIVERED_PFLOPS)[0] > 0.0


def test_orders_leave_the_old_state_alone() -> None:
    state = ordered(begin(), DefineDesign(design=preset()))
    before = engine.digest(state)
    ordered(state, flight(state))
    passed(ordered(state, flight(state)), state.day + 100)
    assert engine.digest(state) == before


def test_preview_is_apply_thrown_away() -> None:
    state = ordered(begin(), DefineDesign(design=preset()))
    order = flight(state)
    seen, kept = preview(state, order), apply(state, order)
    assert isinstance(seen, Accepted)
    assert isinstance(kept, Accepted)
    assert engine.digest(seen.state) == engine.digest(kept.state)


def test_the_first_stop_of_check_is_the_refusal_of_apply() -> None:
    state = begin()
    order = flight(state, design="node-100", vehicle="falcon-x")
    stops = [fault for fault in check(state, order) if fault.severity == "stop"]
    refusal = refused(state, order)
    assert len(stops) == 2
    assert (refusal.reason, refusal.field, refusal.fix) == (stops[0].reason, stops[0].field, stops[0].fix)


def test_events_are_told_in_order_of_their_days() -> None:
    state = in_orbit(days=5)
    events = happened(state, state.day + 2000)
    assert len(events) > 60
    days = [event.day for event in events]
    assert days == sorted(days)


def test_the_log_keeps_the_newest_events() -> None:
    state = in_orbit(days=5)
    for _ in range(59):
        state = passed(state, state.day + 366)
    assert len(state.log) == LOG_LENGTH
    assert state.log[-1].day <= state.day
    assert state.log[-1].day > state.day - 60


def test_a_flight_ordered_for_today_leaves_as_soon_as_time_runs() -> None:
    state = ordered(begin(rules=PATIENT), DefineDesign(design=preset()))
    state = ordered(state, flight(state, date=state.date))
    assert not state.fleet.count
    after = passed(state, state.day + 1)
    assert after.fleet.count == 1
    assert after.fleet.column(Field.LAUNCH_DAY)[0] == state.day


def test_series_are_named_by_flight_and_lone_flights_by_order() -> None:
    state = ordered(begin("sandbox"), DefineDesign(design=preset()))
    state = ordered(state, flight(state), flight(state, times=2, flights=2, every_days=5))
    state = passed(state, state.day + 30)
    assert state.names.ids() == ["L1", "L2.1", "L2.2", "L2.3", "L2.4"]
    assert [state.batch_id(row) for row in range(5)] == state.names.ids()
    assert not state.bookings


def test_a_cancelled_series_flies_no_more() -> None:
    state = ordered(begin("sandbox"), DefineDesign(design=preset()))
    state = ordered(state, flight(state, times=5, every_days=10))
    state = passed(state, state.day + 25)
    assert state.fleet.count == 2
    state = passed(ordered(state, CancelFlights(launch="L1")), state.day + 100)
    assert state.fleet.count == 2


@pytest.mark.parametrize(
    ("date", "reason"),
    [
        (dt.date(2026, 11, 22), "It is already 2026-11-22."),
        (dt.date(2020, 1, 1), "That date has passed: it is 2026-11-22."),
        (LAST_DATE + dt.timedelta(days=1), "Campaigns reach to 2100-01-01 at most."),
    ],
)
def test_time_does_not_run_backwards_nor_for_ever(date: dt.date, reason: str) -> None:
    state = begin()
    for outcome in (apply(state, AdvanceTo(date=date)), advance(state, date)):
        assert isinstance(outcome, Rejected)
        assert outcome.reason == reason
        assert outcome.field == "date"
        assert outcome.fix.startswith("Choose ")


def test_days_by_number_and_by_date_are_the_same() -> None:
    state = in_orbit(days=5)
    by_number, by_date = passed(state, state.day + 40), passed(state, state.date + dt.timedelta(days=40))
    by_order = ordered(state, AdvanceTo(date=state.date + dt.timedelta(days=40)))
    assert engine.digest(by_number) == engine.digest(by_date) == engine.digest(by_order)


def test_orders_written_as_plain_data_are_the_orders() -> None:
    state = ordered(begin(), DefineDesign(design=preset()))
    order = flight(state)
    assert ORDER.validate_python(order.model_dump(mode="json")) == order


def test_public_names_all_resolve_to_what_they_are_called() -> None:
    for name in engine.__all__:
        value = getattr(engine, name)
        assert name == "__version__" or value.__name__ in (name, "apply")
        assert importlib.util.find_spec(f"engine.{name}") is None, "the module would hide the name"
    with pytest.raises(AttributeError, match="no attribute 'undo'"):
        engine.undo  # noqa: B018


def test_new_campaign_is_empty_and_has_the_money_of_its_scenario() -> None:
    state = begin(cash_usd=123.456)
    assert state.cash_cents == 12_346
    assert not state.designs
    assert not state.ledger
    assert not state.log
    assert set(state.vehicles) == set(catalogue().vehicles)
    assert done(apply(state, AdvanceTo(date=dt.date(2026, 11, 23)))).day == state.day + 1


def test_a_changed_state_shares_all_the_rest_and_stays_frozen() -> None:
    state = begin()
    later = changed(state, day=state.day + 1, ended="bankrupt")
    assert (later.day, later.ended, state.ended) == (state.day + 1, "bankrupt", "")
    others = {one.name for one in fields(state)} - {"day", "ended"}
    assert all(getattr(later, name) is getattr(state, name) for name in others)
    with pytest.raises(KeyError, match="dya"):
        changed(state, dya=3)
    with pytest.raises(FrozenInstanceError):
        later.day = 0  # type: ignore[misc]
