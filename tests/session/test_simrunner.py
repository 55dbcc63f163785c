"""The worker thread: exact stops, newest frame only, no event lost, quiet when there is nothing to do."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from engine.events import EventKind
from odc_tui.simrunner import SPEEDS, Frame, SimRunner
from tests.session.test_timekeeper import Calendar, Toy

PATIENCE_S = 20.0


class Watcher:
    """Takes frames as the interface would."""

    def __init__(self, toy: Toy) -> None:
        self.posted = threading.Semaphore(0)
        self.sim = SimRunner(toy, Calendar(), self.posted.release)  # type: ignore[arg-type]
        self.frames: list[Frame] = []

    def until_still(self) -> Frame:
        """Take frames until time stands."""
        while True:
            assert self.posted.acquire(timeout=PATIENCE_S)
            frame = self.sim.take()
            if frame is not None:
                self.frames.append(frame)
                if not frame.running:
                    return frame


@pytest.fixture
def toy() -> Toy:
    return Toy()


@pytest.fixture
def watcher(toy: Toy) -> Iterator[Watcher]:
    one = Watcher(toy)
    yield one
    one.sim.close(PATIENCE_S)
    assert not one.sim._thread.is_alive()


def test_time_runs_to_the_day_asked_for(watcher: Watcher) -> None:
    watcher.sim.set_speed(SPEEDS[-1])
    watcher.sim.play(until=1020)
    frame = watcher.until_still()
    assert (frame.state.day, frame.seconds) == (1020, 0.0)
    days = [each.state.day for each in watcher.frames]
    assert days == sorted(days)


def test_time_stops_for_an_event_and_no_event_is_lost(watcher: Watcher, toy: Toy) -> None:
    toy.happens = (1003, 1005, 1008)
    watcher.sim.set_speed(SPEEDS[-1])
    watcher.sim.play(until=1006)
    watcher.until_still()
    watcher.sim.play(stop_on=frozenset({EventKind.LAUNCH_SUCCESS}))
    frame = watcher.until_still()
    assert (frame.state.day, frame.seconds) == (1008, 0.0)
    assert frame.stopped_by is not None
    told = [event.day for each in watcher.frames for event in each.events]
    assert told == [1003, 1005, 1008]


def test_a_step_is_one_day_and_an_orbit_moves_the_clock(watcher: Watcher) -> None:
    watcher.sim.step_seconds(5_700.0)
    assert watcher.until_still().seconds == 5_700.0
    watcher.sim.step_days(1)
    assert (watcher.until_still().state.day, watcher.frames[-1].seconds) == (1001, 5_700.0)


def test_a_hold_stands_still_until_it_is_given_up(watcher: Watcher) -> None:
    watcher.sim.set_speed(SPEEDS[-1])
    watcher.sim.play()
    assert watcher.posted.acquire(timeout=PATIENCE_S)
    held = watcher.sim.hold()
    assert watcher.sim._keeper.state.day == held.state.day
    watcher.sim.adopt(Calendar(5000))  # type: ignore[arg-type]
    watcher.sim.pause()
    frame = watcher.until_still()
    assert frame.state.day >= 5000
    assert frame.generation > held.generation


def test_the_interface_is_told_once_until_it_has_taken_the_frame(watcher: Watcher) -> None:
    for seconds in range(1, 6):
        watcher.sim.step_seconds(float(seconds))
    assert watcher.posted.acquire(timeout=PATIENCE_S)
    assert not watcher.posted.acquire(blocking=False)
    frame = watcher.sim.take()
    assert frame is not None
    assert frame.seconds == 15.0
    assert watcher.sim.take() is None
    watcher.sim.step_seconds(1.0)
    assert watcher.posted.acquire(timeout=PATIENCE_S)


def test_a_pause_holds_at_once(watcher: Watcher) -> None:
    watcher.sim.set_speed(SPEEDS[-1])
    watcher.sim.play()
    watcher.sim.pause()
    frame = watcher.sim.hold()
    watcher.sim.release()
    assert not frame.running
    assert watcher.sim.hold().state is frame.state
    watcher.sim.release()


def test_closing_twice_is_one_closing(watcher: Watcher) -> None:
    watcher.sim.play()
    watcher.sim.close(PATIENCE_S)
    watcher.sim.close(PATIENCE_S)
    assert not watcher.sim._thread.is_alive()


class Slow(Toy):
    """A chunk that takes until somebody lets it end."""

    def __init__(self) -> None:
        super().__init__()
        self.at_work, self.may_end = threading.Event(), threading.Event()

    def advance(self, state: Any, day: int, stop_on: Any = frozenset()) -> Any:
        self.at_work.set()
        assert self.may_end.wait(PATIENCE_S)
        return super().advance(state, day, stop_on)


def test_a_frame_is_taken_without_waiting_for_a_chunk() -> None:
    slow = Slow()
    watcher = Watcher(slow)
    try:
        watcher.sim.step_days(1)
        assert slow.at_work.wait(PATIENCE_S)
        taken: list[Frame | None] = []
        taker = threading.Thread(target=lambda: taken.append(watcher.sim.take()))
        taker.start()
        taker.join(PATIENCE_S)
        assert not taker.is_alive()
        assert taken[0] is not None
        assert taken[0].state.day == Calendar().day
    finally:
        slow.may_end.set()
        watcher.sim.close(PATIENCE_S)
