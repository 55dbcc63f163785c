"""What a session writes is what was played: after a pause, after leaving, after a crash at any moment."""

from __future__ import annotations

import datetime as dt
import errno
import json
from pathlib import Path
from typing import Any

import pytest

import engine
from engine.errors import SaveError
from engine.events import EventKind
from engine.orders import AdvanceTo, SetLoadPolicy, StationKeep
from engine.store.codec import load_campaign
from odc_tui import atomic, journal, savefiles
from odc_tui.background import Background
from odc_tui.session import SPEEDS, Session
from odc_tui.simrunner import SimRunner
from tests.campaigns import catalogue, scenarios
from tests.session.conftest import DESIGN, FLIGHT, Player, pass_days


def replayed(path: Path) -> str:
    """The digest that the campaign file leads to, played from its first day without a session."""
    played = engine.replay(load_campaign(path.read_text(), path.name), catalogue(), scenarios())
    assert played.refusal is None, played.refusal
    return engine.digest(played.state)


def test_a_pause_writes_the_campaign_and_ends_the_journal(flown: Session) -> None:
    assert flown.dirty
    assert flown.save_status.kind == "unsaved"
    assert flown._saver.files.journal.exists()
    pass_days(flown, 5)
    assert (flown.dirty, flown.save_status.kind, flown.save_status.text) == (
        False,
        "saved",
        "saved 12:03",
    )
    assert not flown._saver.files.journal.exists()
    assert replayed(flown.path) == engine.digest(flown.state)


def test_leaving_writes_the_campaign_and_opening_brings_it_back(player: Player, flown: Session) -> None:
    pass_days(flown, 30)
    flown.give(SetLoadPolicy(policy="ride-through"))
    digest = engine.digest(flown.state)
    assert flown.close()
    assert flown.close()
    again = player.open()
    assert engine.digest(again.state) == digest == replayed(again.path)
    assert again.notices == ()
    assert not again.dirty
    assert again.undo_order == SetLoadPolicy(policy="ride-through")
    assert again.undo() is not None
    assert [event.kind for event in again.log][-1] is not EventKind.POLICY_CHANGED


def test_the_head_of_the_file_tells_how_it_stands(player: Player, flown: Session) -> None:
    pass_days(flown, 10)
    (info,) = player.saves.listing()
    assert (info.slug, info.name, info.date, info.satellites) == ("test", "Test", flown.state.date, 2)
    saved = load_campaign(flown.path.read_text()).saved
    assert saved is not None
    assert saved.digest == engine.digest(flown.state)


def test_an_order_on_the_day_of_a_stop_is_played_again_in_its_place(player: Player) -> None:
    session = player.begin()
    session.give(DESIGN)
    session.give(FLIGHT.model_copy(update={"date": session.state.date}))
    session.play(SPEEDS[2], stop_on=frozenset({EventKind.LAUNCH_SUCCESS}))
    session._sim.elapse(3.0)  # type: ignore[attr-defined]
    session.sync()
    assert session.state.fleet.count == 1
    session.give(StationKeep(keep=False))
    pass_days(session, 3)
    assert replayed(session.path) == engine.digest(session.state)


def test_a_crash_loses_no_order(player: Player, flown: Session) -> None:
    pass_days(flown, 5)
    flown.give(SetLoadPolicy(policy="ride-through"))
    flown.give(StationKeep(keep=False))
    flown.undo()
    digest, text = engine.digest(flown.state), flown.path.read_text()
    player.crash(flown)
    assert player.folder.joinpath("test.toml").read_text() == text
    again = player.open()
    assert engine.digest(again.state) == digest == replayed(again.path)
    assert "Recovered 3 entries" in again.notices[0]
    assert not again._saver.files.journal.exists()


def test_a_crash_loses_no_time_that_a_tick_has_noted(player: Player, flown: Session) -> None:
    flown.play(SPEEDS[3])
    flown._sim.elapse(1.0)  # type: ignore[attr-defined]
    flown.sync()
    flown.tick()
    digest = engine.digest(flown.state)
    player.crash(flown)
    assert engine.digest(player.open().state) == digest


@pytest.mark.parametrize("cut", range(1, 12))
def test_a_journal_torn_at_its_end_loses_the_torn_order_only(
    cut: int, player: Player, flown: Session
) -> None:
    flown.undo()
    digest = engine.digest(flown.state)
    flown.give(FLIGHT)
    player.crash(flown)
    path = flown._saver.files.journal
    path.write_bytes(path.read_bytes()[:-cut])
    again = player.open()
    assert engine.digest(again.state) == digest
    again.give(FLIGHT)
    player.crash(again)
    assert player.open().state.bookings


def test_a_crash_between_writing_the_file_and_ending_the_journal(
    player: Player, flown: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal.Journal, "restart", lambda self, base: None)
    flown.save()
    flown.give(FLIGHT.model_copy(update={"count": 1}))
    digest = engine.digest(flown.state)
    assert flown._saver.files.journal.exists()
    player.crash(flown)
    monkeypatch.undo()
    again = player.open()
    assert engine.digest(again.state) == digest
    assert len(again.orders.given) == 3


def test_a_crash_before_the_file_was_written(
    player: Player, flown: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flown._saver, "_write", lambda: None)
    flown.save()
    flown.give(FLIGHT.model_copy(update={"count": 1}))
    digest = engine.digest(flown.state)
    player.crash(flown)
    again = player.open()
    assert engine.digest(again.state) == digest


def test_orders_given_while_the_file_is_written_are_kept(player: Player) -> None:
    jobs: list[Any] = []

    class Later:
        def submit(self, job: Any) -> None:
            jobs.append(job)

        def wait(self, timeout_s: float) -> bool:
            while jobs:
                jobs.pop(0)()
            return True

        def close(self) -> None: ...

    session = player.begin(worker=Later)
    session.give(DESIGN)
    session.save()
    assert session.save_status.kind == "saving"
    session.give(FLIGHT)
    session.save()
    session.give(FLIGHT.model_copy(update={"count": 1}))
    session._saver._worker.wait(0)
    assert session.dirty
    assert len(load_campaign(session.path.read_text()).orders) == 2
    digest = engine.digest(session.state)
    player.crash(session)
    assert engine.digest(player.open().state) == digest


def full_disk(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_is_told_and_the_game_goes_on(
    player: Player, flown: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = flown.path.read_text()
    monkeypatch.setattr(atomic, "write_text", full_disk)
    monkeypatch.setattr(journal, "_write", full_disk)
    pass_days(flown, 5)
    flown.give(StationKeep(keep=False))
    status = flown.save_status
    assert (status.kind, status.text) == ("trouble", "not saved: the disk is full; playing on")
    assert flown.path.read_text() == before
    monkeypatch.undo()
    for _ in range(10):
        flown.tick()
    assert flown.save_status.kind == "saved"
    flown.give(SetLoadPolicy(policy="ride-through"))
    digest = engine.digest(flown.state)
    player.crash(flown)
    again = player.open()
    assert engine.digest(again.state) == digest == replayed(again.path)


def test_a_journal_that_does_not_belong_is_kept_aside(player: Player, flown: Session) -> None:
    pass_days(flown, 2)
    flown.give(StationKeep(keep=False))
    player.crash(flown)
    text = flown.path.read_text()
    flown.path.write_text(text.replace("count = 2", "count = 1"))
    again = player.open()
    assert "test.journal-kept-1" in again.notices[0]
    assert [order.type for order in again.orders.given] == ["design", "launch", "advance"]
    assert (player.folder / "test.journal-kept-1").exists()


def test_a_second_program_looks_on_and_saves_a_copy(player: Player, flown: Session) -> None:
    pass_days(flown, 5)
    second = player.open()
    assert second.read_only
    assert "Another program" in second.notices[0]
    text = flown.path.read_text()
    second.give(StationKeep(keep=False))
    pass_days(second, 5)
    assert second.save_status.text == "read-only, not saved"
    assert flown.path.read_text() == text
    digest = engine.digest(second.state)
    copy = second.save_as("My copy")
    player.sessions.append(copy)
    assert not copy.read_only
    assert (copy.name, copy.path.name, copy.dirty) == ("My copy", "my-copy.toml", False)
    assert engine.digest(copy.state) == digest == replayed(copy.path)
    assert flown.path.read_text() == text
    assert not flown.read_only


def test_a_closed_folder_is_played_without_saving(player: Player, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(atomic, "write_text", closed)
    session = player.begin()
    assert session.read_only
    assert "nothing is saved" in session.notices[0]
    session.give(DESIGN)
    assert not session.close()


def test_a_campaign_in_a_closed_folder_is_read_only(
    player: Player, flown: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    flown.close()

    def denied(lock: savefiles.Lock) -> bool:
        lock.denied = True
        return False

    monkeypatch.setattr(savefiles.Lock, "take", denied)
    again = player.open()
    assert again.read_only
    assert "folder cannot be written" in again.notices[0]


def test_renaming_changes_the_name_in_the_file(player: Player, flown: Session) -> None:
    flown.rename("Another \x1b[31mname")
    assert flown.name == "Another [31mname"
    assert load_campaign(flown.path.read_text()).name == "Another [31mname"


def test_an_example_opens_as_a_copy_of_ones_own(player: Player, root: Path) -> None:
    example = root / "saves" / "examples" / "first-watts.toml"
    text = example.read_text()
    session = player.open(example)
    assert session.path.parent == player.folder.resolve()
    assert session.state.date == dt.date(2028, 6, 1)
    session.give(StationKeep(keep=False))
    session.close()
    assert example.read_text() == text
    assert session.path.read_text().startswith("# One satellite, one chip, one year")


def test_a_file_anywhere_is_played_where_it_lies(player: Player, tmp_path: Path) -> None:
    path = tmp_path / "elsewhere" / "mine.toml"
    path.parent.mkdir()
    path.write_text('format = 1\n[campaign]\nname = "Mine"\nscenario = "sandbox"\n')
    session = player.open(path)
    session.give(DESIGN)
    session.close()
    assert 'type = "design"' in path.read_text()


def test_a_link_stays_a_link(player: Player, flown: Session, tmp_path: Path) -> None:
    flown.close()
    link = tmp_path / "link.toml"
    link.symlink_to(flown.path)
    session = player.open(link)
    session.give(StationKeep(keep=False)) if session.state.fleet.count else session.undo()
    session.close()
    assert link.is_symlink()
    assert len(load_campaign(flown.path.read_text()).orders) == 1
    second = player.open()
    assert not second.read_only


@pytest.mark.parametrize("which", ["no-such", "../etc/passwd", "UPPER", "a/b"])
def test_what_is_not_there_is_refused_in_one_line_and_leaves_nothing_behind(
    which: str, player: Player, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    with pytest.raises(SaveError) as caught:
        player.open(which)
    assert "\n" not in str(caught.value)
    assert [*elsewhere.rglob("*")] == []


def test_a_refused_order_of_the_file_names_its_line_and_frees_the_lock(
    player: Player, flown: Session
) -> None:
    flown.close()
    flown.path.write_text(flown.path.read_text().replace("count = 2", "count = 9999"))
    with pytest.raises(SaveError, match=r"test\.toml:\d+: orders\[2\]\.count"):
        player.open()
    flown.path.write_text(flown.path.read_text().replace("count = 9999", "count = 2"))
    assert not player.open().read_only


def test_progress_is_told_while_orders_are_played(player: Player, flown: Session) -> None:
    pass_days(flown, 200)
    flown.close()
    (player.folder / "test.checkpoint").unlink()
    shares: list[float] = []
    player.open(progress=lambda share, label: shares.append(share))
    assert shares[-1] == pytest.approx(1)
    assert len(shares) > 3


def test_the_whole_way_with_real_threads(player: Player) -> None:
    session = player.begin("Threads", sim=SimRunner, worker=Background)
    session.give(DESIGN)
    session.give(FLIGHT)
    session.give(AdvanceTo(date=dt.date(2026, 12, 24)))
    session.play(SPEEDS[-1])
    session.give(SetLoadPolicy(policy="ride-through"))
    session.pause()
    session.give(StationKeep(keep=False))
    assert session.close(20.0)
    assert replayed(session.path) == engine.digest(session.state)
    assert json.dumps(engine.report(session.state))
