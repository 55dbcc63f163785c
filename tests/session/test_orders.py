"""Orders in a session: given, refused, taken back, given again, also while time runs."""

from __future__ import annotations

import datetime as dt

import pytest

import engine
from engine.errors import SaveError
from engine.events import EventKind
from engine.orders import AdvanceTo, Dispose, Selection, SetLoadPolicy, StandingOrder, StationKeep
from engine.outcomes import Accepted, Rejected
from odc_tui.savefiles import read_campaign
from odc_tui.session import SPEEDS, Session
from tests.session.conftest import DESIGN, FLIGHT, Player, pass_days


def test_a_new_campaign_stands_at_its_first_second(player: Player) -> None:
    session = player.begin("Ünïcode [b]name[/b]", scenario="first-light")
    assert session.instant == dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
    assert session.name == "Ünïcode [b]name[/b]"
    assert session.scenario.id == "first-light"
    assert session.path == player.folder.resolve() / "unicode-b-name-b.toml"
    assert (session.running, session.read_only, session.dirty, session.notices) == (False, False, False, ())


def test_an_order_changes_the_state_and_the_log(player: Player) -> None:
    session = player.begin()
    version = session.log_version
    assert session.preview(DESIGN) != session.state
    assert not session.state.designs
    outcome = session.give(DESIGN)
    assert isinstance(outcome, Accepted)
    assert list(session.state.designs) == ["h100-demonstrator"]
    assert session.log[-1].kind is EventKind.DESIGN_READY
    assert session.log_version > version


def test_a_refused_order_changes_nothing(player: Player) -> None:
    session = player.begin()
    state, text = session.state, session.path.read_text()
    outcome = session.give(FLIGHT)
    assert isinstance(outcome, Rejected)
    assert next(iter(session.check(FLIGHT))).severity == "stop"
    assert session.state is state
    assert not session.dirty
    assert session.path.read_text() == text


def test_orders_are_taken_back_and_given_again(flown: Session) -> None:
    digests = [engine.digest(flown.state)]
    assert flown.undo_order == FLIGHT
    assert flown.undo() == FLIGHT
    digests.append(engine.digest(flown.state))
    assert flown.redo_order == FLIGHT
    assert flown.undo() == DESIGN
    assert (flown.can_undo, flown.undo(), flown.undo_order) == (False, None, None)
    assert flown.log == ()
    assert flown.redo() == DESIGN
    assert engine.digest(flown.state) == digests[1]
    assert flown.redo() == FLIGHT
    assert engine.digest(flown.state) == digests[0]
    assert (flown.can_redo, flown.redo(), flown.redo_order) == (False, None, None)


def test_a_new_order_after_undo_forgets_what_was_taken_back(flown: Session) -> None:
    flown.undo()
    other = FLIGHT.model_copy(update={"count": 1})
    flown.give(other)
    assert not flown.can_redo
    assert flown.undo_order == other


def test_a_day_that_passed_cannot_be_taken_back(flown: Session) -> None:
    pass_days(flown, 1)
    assert not flown.can_undo
    assert flown.undo() is None
    flown.give(StationKeep(keep=False)) if flown.state.fleet.count else flown.give(
        FLIGHT.model_copy(update={"count": 1})
    )
    assert flown.can_undo


def test_an_order_given_while_time_runs_lands_on_the_newest_state(flown: Session) -> None:
    flown.play(SPEEDS[3])
    flown._sim.elapse(1.0)  # type: ignore[attr-defined]
    outcome = flown.give(SetLoadPolicy(policy="ride-through"))
    assert isinstance(outcome, Accepted)
    assert outcome.state.date == dt.date(2026, 11, 29)
    frame = flown.sync()
    assert frame is None or frame.state.date == dt.date(2026, 11, 29)
    flown._sim.elapse(1.0)  # type: ignore[attr-defined]
    flown.sync()
    assert flown.state.date == dt.date(2026, 12, 6)
    assert flown.running
    assert next(iter(engine.batch_reports(flown.state))).load_policy == "ride-through"


def test_an_advance_is_an_order_too(flown: Session) -> None:
    outcome = flown.give(AdvanceTo(date=dt.date(2027, 1, 1)))
    assert isinstance(outcome, Accepted)
    assert flown.state.date == dt.date(2027, 1, 1)
    assert flown.orders.given[-1] == AdvanceTo(date=dt.date(2027, 1, 1))
    assert not flown.can_undo
    pass_days(flown, 3)
    assert flown.orders.given[-1] == AdvanceTo(date=dt.date(2027, 1, 4))
    assert [order.type for order in flown.orders.given] == ["design", "launch", "advance"]


def test_time_stops_on_the_day_of_an_event_and_says_why(flown: Session) -> None:
    flown.play(SPEEDS[4], stop_on=frozenset({EventKind.LAUNCH_SUCCESS}))
    flown._sim.elapse(1.0)  # type: ignore[attr-defined]
    frame = flown.sync()
    assert frame is not None
    assert frame.stopped_by is not None
    assert (flown.state.date, flown.seconds, flown.running) == (dt.date(2026, 11, 24), 0.0, False)
    assert flown.sync() is None


def test_a_stop_that_an_order_met_is_still_told(flown: Session) -> None:
    flown.play(SPEEDS[4], stop_on=frozenset({EventKind.LAUNCH_SUCCESS}))
    flown._sim.elapse(1.0)  # type: ignore[attr-defined]
    flown.give(StationKeep(keep=False))
    frame = flown.sync()
    assert frame is not None
    assert frame.stopped_by is not None
    assert flown.sync() is None


def test_steps_and_speeds(flown: Session) -> None:
    flown.step_orbit(5_700.0)
    flown.sync()
    assert flown.instant == dt.datetime(2026, 11, 22, 1, 35, tzinfo=dt.UTC)
    flown.step_day()
    flown.sync()
    assert flown.instant == dt.datetime(2026, 11, 23, 1, 35, tzinfo=dt.UTC)
    assert flown.speed == SPEEDS[0]
    flown.slower()
    assert flown.speed == SPEEDS[0]
    for _ in SPEEDS:
        flown.faster()
    assert flown.speed == SPEEDS[-1]
    flown.toggle()
    assert flown.running
    flown.toggle()
    assert not flown.running


def test_the_interface_is_told_of_frames(player: Player, flown: Session) -> None:
    before = player.posts
    flown.play(SPEEDS[0])
    flown._sim.elapse(1.0)  # type: ignore[attr-defined]
    assert player.posts == before + 1
    flown.sync()
    flown._sim.elapse(1.0)  # type: ignore[attr-defined]
    assert player.posts == before + 2


def test_a_disposed_fleet_can_be_taken_back_too(flown: Session) -> None:
    pass_days(flown, 5)
    digest = engine.digest(flown.state)
    flown.give(SetLoadPolicy(policy="ride-through"))
    flown.give(Dispose(select=Selection()))
    flown.undo()
    flown.undo()
    assert engine.digest(flown.state) == digest


def test_an_unknown_scenario_is_the_mistake_of_the_program(player: Player) -> None:
    with pytest.raises(KeyError):
        player.begin(scenario="no-such")


@pytest.mark.parametrize("name", ["", "\u202e", " \t\n"])
def test_a_campaign_cannot_be_called_nothing(flown: Session, name: str) -> None:
    with pytest.raises(SaveError, match="printable"):
        flown.rename(name)
    assert flown.name == "Test"


def test_a_standing_order_is_taken_back_kept_and_given_as_time_passes(flown: Session) -> None:
    order = StandingOrder(
        id="spare", when="every 5 days", order=SetLoadPolicy(policy="follow-the-sun"), limit=2
    )
    assert isinstance(flown.give(order), Accepted)
    assert flown.undo() == order
    assert not flown.state.standing
    flown.redo()
    pass_days(flown, 12)
    (one,) = flown.state.standing
    assert (one.given, one.done) == (2, True)
    flown.save()
    kept = read_campaign(flown.path)
    assert order in kept.orders
