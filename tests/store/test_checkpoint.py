"""A checkpoint gives back the state to the last bit, or nothing at all."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import SaveError
from engine.events import EventKind
from engine.fingerprint import digest
from engine.model.scenario import Objective
from engine.orders import DefineDesign
from engine.state import CampaignState
from engine.store.checkpoint import Head, Origin, decode, encode, plain_fields, read_head, scenario_hash
from tests.campaigns import begin, catalogue, flight, in_orbit, ordered, passed, preset, scenarios

ORIGIN = Origin(orders=3, hash="h", rules="r", catalogue="c", scenario="s")


def a_campaign() -> CampaignState:
    """A campaign with money, luck, a flight in orbit, a series booked and a long log."""
    state = ordered(begin(seed=3, cash_usd=5e9), DefineDesign(design=preset()))
    state = ordered(state, flight(state, times=6, every_days=40))
    return passed(state, state.date + dt.timedelta(days=120))


@pytest.fixture(scope="module")
def state() -> CampaignState:
    return a_campaign()


@pytest.fixture(scope="module")
def data(state: CampaignState) -> bytes:
    return encode(state, ORIGIN)


def opened(data: bytes, state: CampaignState) -> CampaignState:
    head, at = read_head(data)
    return decode(head, data[at:], state.scenario, state.catalogue)


def test_a_state_comes_back_to_the_last_bit_and_goes_on_alike(state: CampaignState, data: bytes) -> None:
    assert state.fleet.count
    assert state.bookings
    again = opened(data, state)
    assert digest(again) == digest(state)
    later = state.date + dt.timedelta(days=90)
    assert digest(passed(again, later)) == digest(passed(state, later))


def test_what_happened_and_what_was_reached_come_back() -> None:
    rules = {"launch_failures": False, "slips": False, "cadence": False, "happenings": True}
    asked = (Objective(id="two", text="Launch two.", quantity="launched", target=8.0),)
    state = in_orbit(begin("two-rockets", 11, rules, objectives=asked), days=0, count=2)
    state = passed(state, dt.date(2031, 1, 10), EventKind.HAPPENING)
    while not state.happened.pulls:
        state = passed(state, state.day + 400, EventKind.HAPPENING)
    assert state.goals
    again = opened(encode(state, ORIGIN), state)
    assert digest(again) == digest(state)
    later = state.date + dt.timedelta(days=700)
    assert digest(passed(again, later)) == digest(passed(state, later))


def test_every_field_of_a_state_is_written_or_named() -> None:
    fields = {field.name for field in dataclasses.fields(CampaignState)}
    assert plain_fields() == fields - {"scenario", "catalogue"}


def test_the_head_tells_what_it_is_the_outcome_of(state: CampaignState, data: bytes) -> None:
    head, at = read_head(data[:5000])
    assert (head.origin, head.day, head.batches) == (ORIGIN, state.day, state.fleet.count)
    assert len(data) == at + head.body_bytes


def test_a_campaign_without_batches_comes_back(state: CampaignState) -> None:
    first = begin()
    assert digest(opened(encode(first, ORIGIN), first)) == digest(first)


@given(st.data())
def test_a_flipped_bit_is_noticed(draw: st.DataObject) -> None:
    state = a_campaign_once()
    data = bytearray(encode(state, ORIGIN))
    at = draw.draw(st.integers(0, len(data) - 1))
    data[at] ^= 1 << draw.draw(st.integers(0, 7))
    try:
        head, body = read_head(bytes(data))
        again = decode(head, bytes(data[body:]), state.scenario, state.catalogue)
    except SaveError:
        return
    assert digest(again) == digest(state)  # the bit was in what the head says of its origin


_ONCE: list[CampaignState] = []


def a_campaign_once() -> CampaignState:
    if not _ONCE:
        _ONCE.append(a_campaign())
    return _ONCE[0]


@given(st.binary(max_size=400))
def test_any_bytes_are_refused(data: bytes) -> None:
    for start in (data, b"odc-checkpoint 1 " + data, b"odc-checkpoint 1 40\n" + data):
        with pytest.raises(SaveError, match="played again"):
            read_head(start)


@pytest.mark.parametrize(
    "changes",
    [
        {"plain_bytes": 10**9},
        {"fleet_bytes": 10**12},
        {"batches": 10**9},
        {"dtype": "|O"},
        {"fields": 0},
        {"sha256": "x"},
    ],
)
def test_a_head_that_promises_too_much_is_refused_before_anything_is_read(
    changes: dict[str, object], data: bytes
) -> None:
    head, _ = read_head(data)
    text = head.model_copy(update=changes).model_dump_json(warnings=False).encode()
    with pytest.raises(SaveError, match="head"):
        read_head(b"odc-checkpoint 1 %d\n" % len(text) + text + b"\n")


@pytest.mark.parametrize("changes", [{"fields": 7}, {"day": 1}, {"batches": 0, "names_bytes": 0}])
def test_a_head_that_does_not_fit_its_body_is_refused(
    changes: dict[str, object], data: bytes, state: CampaignState
) -> None:
    head, at = read_head(data)
    wrong = Head(**(head.model_dump() | changes))
    with pytest.raises(SaveError):
        decode(wrong, data[at:], state.scenario, state.catalogue)


def test_scenarios_that_differ_in_anything_have_other_hashes() -> None:
    hashes = {scenario_hash(one) for one in scenarios().values()}
    assert len(hashes) == len(scenarios())
    one = scenarios()["sandbox"]
    assert scenario_hash(one) == scenario_hash(one.model_copy())
    assert scenario_hash(one) != scenario_hash(one.model_copy(update={"cash_usd": 1.0}))
    assert catalogue().fingerprint
