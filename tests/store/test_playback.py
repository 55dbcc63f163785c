"""A campaign file leads to one state, however its playing is cut, and refusals name their order."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import engine
from engine.errors import SaveError
from engine.events import day_of
from engine.fingerprint import digest
from engine.orders import AdvanceTo, DefineDesign, StationKeep
from engine.outcomes import Rejected
from engine.playback import Playback, expand
from engine.store.codec import load_campaign
from engine.store.schema import CampaignFile, PresetDesign
from tests.campaigns import catalogue, scenarios
from tests.store.files import WRITTEN


def playback(file: CampaignFile, name: str = "f.toml") -> Playback:
    return Playback(file, catalogue(), scenarios(), name)


def test_a_file_is_played_to_where_its_orders_lead() -> None:
    played = engine.replay(load_campaign(WRITTEN), catalogue(), scenarios())
    assert played.refusal is None
    assert played.state.date == dt.date(2028, 3, 1)
    assert played.state.designs["mine"].battery_kwh == 80
    assert played.state.fleet.count == 1
    assert played.played == len(played.file.orders) == played.base_count


@settings(max_examples=12)
@given(st.lists(st.dates(dt.date(2026, 11, 22), dt.date(2028, 3, 1)), max_size=5))
def test_stops_on_the_way_change_nothing(dates: list[dt.date]) -> None:
    whole = engine.replay(load_campaign(WRITTEN), catalogue(), scenarios())
    cut = playback(load_campaign(WRITTEN))
    for date in sorted(dates):
        cut.play_to(day_of(date))
        assert cut.state.date == date
    cut.play_to(cut.end_day)
    assert digest(cut.state) == digest(whole.state)
    assert cut.events == whole.events


def test_orders_after_a_stop_wait() -> None:
    file = load_campaign(WRITTEN).with_header(stop=dt.date(2027, 6, 1))
    played = engine.replay(file, catalogue(), scenarios())
    assert played.state.date == dt.date(2027, 6, 1)
    assert [order.type for order in file.orders[played.played :]] == ["advance"]
    played.play_to(day_of(dt.date(2028, 3, 1)))
    assert digest(played.state) == digest(
        engine.replay(load_campaign(WRITTEN), catalogue(), scenarios()).state
    )


def test_time_can_pass_beyond_the_orders_or_stop_before_them() -> None:
    file = load_campaign(WRITTEN)
    beyond = engine.replay(file, catalogue(), scenarios(), until=day_of(dt.date(2028, 9, 1)))
    assert beyond.state.date == dt.date(2028, 9, 1)
    before = engine.replay(file, catalogue(), scenarios(), until=day_of(dt.date(2027, 2, 1)))
    assert before.state.date == dt.date(2027, 2, 1)
    assert before.state.fleet.count == 0


def test_whoever_watches_may_end_the_playing_and_go_on_later() -> None:
    seen: list[int] = []

    def watch(day: int) -> None:
        seen.append(day)
        if len(seen) == 2:
            raise InterruptedError

    cut = playback(load_campaign(WRITTEN))
    cut.watcher = watch
    with pytest.raises(InterruptedError):
        cut.play_to(cut.end_day)
    assert cut.state.day == seen[-1] < cut.end_day
    cut.play_to(cut.end_day)
    assert digest(cut.state) == digest(engine.replay(load_campaign(WRITTEN), catalogue(), scenarios()).state)


def test_progress_rises_to_one() -> None:
    shares: list[float] = []
    engine.replay(load_campaign(WRITTEN), catalogue(), scenarios(), lambda share, label: shares.append(share))
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1)


def test_an_advance_to_the_present_day_is_nothing_and_one_into_the_past_is_refused() -> None:
    file = load_campaign(WRITTEN)
    today = replace(file, orders=(AdvanceTo(date=dt.date(2026, 11, 22)),))
    assert engine.replay(today, catalogue(), scenarios()).refusal is None
    back = replace(file, orders=(AdvanceTo(date=dt.date(2027, 1, 2)), AdvanceTo(date=dt.date(2027, 1, 1))))
    refusal = engine.replay(back, catalogue(), scenarios()).refusal
    assert refusal is not None
    assert refusal.number == 2


REFUSALS = [
    ('vehicle = "starship-v4"', 'vehicle = "starship-v5"', "orders[2].vehicle (launch)", "starship-v4"),
    ("count = 10", "count = 90", "orders[2].count (launch)", "or fewer"),
    ('site = "lc-39a"', 'site = "starbase"', "orders[2].orbit (launch)", "launch from"),
    ("date = 2027-03-01", "date = 2026-11-01", "orders[2].date (launch)", "or later"),
    ('preset = "ai1-class"', 'preset = "ai1-clas"', "orders[1].preset (design)", '"ai1-class"'),
    ("battery_kwh = 80", 'bus = "omnibus"', "orders[1].bus (design)", ""),
    ('design = "mine"', 'design = "yours"', "orders[2].design (launch)", "mine"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "place", "mend"), REFUSALS)
def test_a_refused_order_is_named_with_line_reason_and_mend(
    old: str, new: str, place: str, mend: str
) -> None:
    file = load_campaign(WRITTEN.replace(old, new), "f.toml")
    played = engine.replay(file, catalogue(), scenarios())
    assert played.refusal is not None
    error = played.refusal.as_error("f.toml")
    assert place in str(error)
    assert mend in error.mend
    assert "\n" not in str(error)
    assert played.over
    state = played.state
    played.play_to(state.day + 100)
    assert played.state is state


def test_an_unknown_scenario_is_refused_with_the_one_that_was_meant() -> None:
    file = load_campaign(WRITTEN.replace('"sandbox"', '"sandbocks"'))
    with pytest.raises(SaveError, match="sandbox") as caught:
        playback(file)
    assert caught.value.where == "f.toml: campaign.scenario"


def test_a_start_of_its_own_moves_the_first_day() -> None:
    file = load_campaign(WRITTEN).with_header(start=dt.date(2026, 12, 24))
    assert playback(file).state.date == dt.date(2026, 12, 24)


def test_a_preset_stands_for_its_design_with_the_changes() -> None:
    whole = catalogue().presets["ai1-class"].design
    plain = expand(PresetDesign(preset="ai1-class"), catalogue())
    assert plain == DefineDesign(design=whole)
    changed = expand(load_campaign(WRITTEN).orders[0], catalogue())
    assert changed == DefineDesign(design=whole.model_copy(update={"id": "mine", "battery_kwh": 80.0}))
    assert isinstance(expand(PresetDesign(preset="no-such"), catalogue()), Rejected)
    keep = StationKeep(keep=True)
    assert expand(keep, catalogue()) is keep


def test_a_playback_goes_on_from_a_state_it_is_given() -> None:
    whole = engine.replay(load_campaign(WRITTEN), catalogue(), scenarios())
    first = engine.replay(load_campaign(WRITTEN), catalogue(), scenarios(), until=day_of(dt.date(2027, 6, 1)))
    second = playback(load_campaign(WRITTEN))
    second.resume(first.base, first.base_count)
    second.play_to(second.end_day)
    assert digest(second.state) == digest(whole.state)
