"""How campaigns come back: by checkpoint or by their orders, under other rules, with orders that wait."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

import engine
from engine.errors import SaveError
from engine.orders import AdvanceTo, SetLoadPolicy, StationKeep
from engine.playback import Playback
from engine.store.codec import dump_campaign, load_campaign
from odc_tui.gamedata import GameData
from odc_tui.session import SPEEDS, Session
from tests.campaigns import catalogue, scenarios
from tests.session.conftest import Player, pass_days
from tests.store.files import WRITTEN


@pytest.fixture
def days_played(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The days that playing orders again has taken, one entry for each stretch."""
    stretches: list[int] = []
    play = Playback.play_to

    def noted(self: Playback, day: int, progress: object = None) -> None:
        stretches.append(day - self.state.day)
        play(self, day)

    monkeypatch.setattr(Playback, "play_to", noted)
    return stretches


def closed(session: Session) -> str:
    """Close a session; the digest it ended with."""
    digest = engine.digest(session.state)
    session.close()
    return digest


def under(player: Player, rules: str) -> GameData:
    return GameData(player.data.catalogue, player.data.scenarios, rules)


def test_a_checkpoint_saves_playing_the_days_again(
    player: Player, flown: Session, days_played: list[int]
) -> None:
    pass_days(flown, 100)
    flown.give(SetLoadPolicy(policy="ride-through"))
    digest = closed(flown)
    again = player.open()
    assert engine.digest(again.state) == digest
    assert days_played == [0]
    assert again.log == flown.log


@pytest.mark.parametrize("harm", ["delete", "empty", "tear", "flip", "other"])
def test_without_its_checkpoint_a_campaign_is_played_again(
    harm: str, player: Player, flown: Session, days_played: list[int]
) -> None:
    pass_days(flown, 100)
    digest = closed(flown)
    path = player.folder / "test.checkpoint"
    data = path.read_bytes()
    harmed = {
        "empty": b"",
        "tear": data[: len(data) // 2],
        "flip": data[:-9] + bytes([data[-9] ^ 1]) + data[-8:],
        "other": b"odc-checkpoint 2 9\n{}",
    }
    path.unlink() if harm == "delete" else path.write_bytes(harmed[harm])
    again = player.open()
    assert engine.digest(again.state) == digest
    assert days_played == [100]
    assert again.notices == ()


def test_a_checkpoint_of_other_orders_is_not_used(
    player: Player, flown: Session, days_played: list[int]
) -> None:
    pass_days(flown, 100)
    flown.close()
    flown.path.write_text(flown.path.read_text().replace("count = 2", "count = 1"))
    assert player.open().state.totals.satellites_launched == 1
    assert days_played == [100]


def test_orders_added_by_hand_go_on_from_the_checkpoint(
    player: Player, flown: Session, days_played: list[int]
) -> None:
    pass_days(flown, 100)
    flown.close()
    with flown.path.open("a") as file:
        file.write('\n[[orders]]\ntype = "station-keep"\nkeep = false\n[[orders]]\ntype = "advance"\n')
        file.write("date = 2027-04-01\n")
    again = player.open()
    assert again.state.date == dt.date(2027, 4, 1)
    assert days_played == [30]
    played = engine.replay(load_campaign(flown.path.read_text()), catalogue(), scenarios())
    assert engine.digest(played.state) == engine.digest(again.state)


def test_a_crash_after_more_days_goes_on_from_the_checkpoint(
    player: Player, flown: Session, days_played: list[int]
) -> None:
    pass_days(flown, 100)
    flown.play(SPEEDS[3])
    flown._sim.elapse(1.0)  # type: ignore[attr-defined]
    flown.sync()
    flown.tick()
    digest = engine.digest(flown.state)
    player.crash(flown)
    again = player.open()
    assert engine.digest(again.state) == digest
    assert days_played == [7]


def test_changed_rules_leave_the_past_as_it_was(player: Player, flown: Session) -> None:
    pass_days(flown, 100)
    digest = closed(flown)
    again = player.open(data=under(player, "ffffffffffffffff"))
    assert engine.digest(again.state) == digest
    assert "Its past stays as it was" in again.notices[0]
    again.give(StationKeep(keep=False))
    again.close()
    header = load_campaign(again.path.read_text()).header
    assert (header.carried, header.rules) == (2, "ffffffffffffffff")
    third = player.open(data=under(player, "ffffffffffffffff"))
    assert third.notices == ()
    third.close()
    assert load_campaign(third.path.read_text()).header.carried == 2


def test_changed_rules_without_a_checkpoint_tell_what_they_change(player: Player, flown: Session) -> None:
    pass_days(flown, 100)
    flown.close()
    (player.folder / "test.checkpoint").unlink()
    quiet = player.open(data=under(player, "ffffffffffffffff"))
    assert quiet.notices == ()
    quiet.close()
    text = flown.path.read_text()
    digest = engine.digest(quiet.state)
    flown.path.write_text(text.replace(digest, "0" * 64).replace("satellites = 2", "satellites = 77"))
    told = player.open(data=under(player, "eeeeeeeeeeeeeeee"))
    assert "satellites 77 → 2" in told.notices[0]
    assert not told.dirty


def test_changed_rules_that_refuse_an_order_say_so(player: Player, flown: Session) -> None:
    pass_days(flown, 100)
    flown.close()
    (player.folder / "test.checkpoint").unlink()
    flown.path.write_text(flown.path.read_text().replace("count = 2", "count = 9999"))
    with pytest.raises(SaveError, match="the rules have changed, and an order is refused now"):
        player.open(data=under(player, "ffffffffffffffff"))


def waiting(player: Player, stop: dt.date) -> Path:
    """A file whose orders after a day wait."""
    path = player.folder / "waits.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(dump_campaign(load_campaign(WRITTEN).with_header(stop=stop)))
    return path


def test_orders_that_wait_are_given_when_their_day_comes(player: Player) -> None:
    path = waiting(player, dt.date(2027, 4, 1))
    whole = engine.replay(load_campaign(WRITTEN), catalogue(), scenarios())
    session = player.open(path)
    assert session.state.date == dt.date(2027, 4, 1)
    assert [order.type for order in session.orders.waiting] == ["advance", "load-policy", "advance"]
    pass_days(session, (whole.state.date - session.state.date).days)
    assert [order.type for order in session.orders.given] == [
        "design", "launch", "advance", "load-policy", "advance",
    ]  # fmt: skip
    session.close()
    again = player.open(path)
    assert engine.digest(again.state) == engine.digest(whole.state)
    assert load_campaign(path.read_text()).header.stop is None


def test_an_advance_stops_for_the_orders_that_wait(player: Player) -> None:
    session = player.open(waiting(player, dt.date(2027, 4, 1)))
    session.give(AdvanceTo(date=dt.date(2028, 3, 1)))
    whole = engine.replay(load_campaign(WRITTEN), catalogue(), scenarios())
    assert engine.digest(session.state) == engine.digest(whole.state)


def test_orders_that_wait_survive_saving_and_a_crash(player: Player) -> None:
    path = waiting(player, dt.date(2027, 4, 1))
    session = player.open(path)
    pass_days(session, 10)
    file = load_campaign(path.read_text())
    assert file.header.stop == dt.date(2027, 4, 11)
    assert [order.type for order in file.orders] == ["design", "launch", "advance", "load-policy", "advance"]
    session.give(StationKeep(keep=False))
    session.play(SPEEDS[-1], until=session.state.day + 100)
    for _ in range(5):
        session._sim.elapse(1.0)  # type: ignore[attr-defined]
        session.sync()
    session.tick()
    digest = engine.digest(session.state)
    player.crash(session)
    again = player.open(path)
    assert engine.digest(again.state) == digest
    assert "load-policy" in [order.type for order in again.orders.given]
    played = engine.replay(load_campaign(path.read_text()), catalogue(), scenarios())
    assert engine.digest(played.state) == digest


def test_an_order_that_waited_in_vain_stops_time_and_says_why(player: Player) -> None:
    path = waiting(player, dt.date(2027, 4, 1))
    path.write_text(
        path.read_text().replace('policy = "steady"', 'select = { batches = ["L9"] }\npolicy = "steady"')
    )
    session = player.open(path)
    session.play(SPEEDS[-1])
    frames = []
    for _ in range(5):
        session._sim.elapse(1.0)  # type: ignore[attr-defined]
        frames.append(session.sync())
    refused = [frame.refused for frame in frames if frame is not None and frame.refused is not None]
    assert "L9" in refused[0].reason
    assert session.state.date == dt.date(2027, 6, 1)
    assert not session.running
    session.close()
    assert [order.type for order in load_campaign(path.read_text()).orders] == ["design", "launch", "advance"]
