"""Time of the player becomes days of the campaign: exactly, and never more than was asked for."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.events import Event, EventKind, Severity
from engine.outcomes import Accepted, Rejected
from odc_tui.simclock import DAY_S, SPEEDS, TimeKeeper


@dataclasses.dataclass(frozen=True)
class Calendar:
    """A campaign that is nothing but its day, and the last day of which everything has happened."""

    day: int = 1000
    done: int = 999


class Toy:
    """Days pass; on some of them something happens, on one the campaign ends."""

    def __init__(self, happens: tuple[int, ...] = (), last: int = 10**9) -> None:
        self.happens = happens
        self.last = last
        self.asked: list[int] = []

    def advance(self, state: Any, day: int, stop_on: Any = frozenset()) -> Accepted | Rejected:
        self.asked.append(day - state.day)
        if day > self.last:
            return Rejected("The calendar ends.", "date", "Stop.")
        events = []
        for today in range(state.done + 1, day + 1):
            if today in self.happens:
                events.append(Event(today, EventKind.LAUNCH_SUCCESS, Severity.NOTICE, "It flies."))
                if EventKind.LAUNCH_SUCCESS in stop_on:
                    return Accepted(Calendar(today, today), tuple(events))  # type: ignore[arg-type]
        return Accepted(Calendar(day, day), tuple(events))  # type: ignore[arg-type]


def keeper(toy: Toy | None = None, speed: int = 2) -> TimeKeeper:
    made = TimeKeeper(toy or Toy(), Calendar())  # type: ignore[arg-type]
    made.speed = SPEEDS[speed]
    return made


def work_off(made: TimeKeeper) -> None:
    while made.running and made.due_days:
        made.advance_days(made.due_days)


def test_speeds_rise_from_an_orbit_in_ten_seconds_to_ten_years_a_minute() -> None:
    rates = [speed.rate for speed in SPEEDS]
    assert rates == sorted(rates)
    assert SPEEDS[0].rate * 10 == pytest.approx(95 * 60)
    assert SPEEDS[-1].rate * 60 == pytest.approx(3652.5 * DAY_S)
    assert len({speed.key for speed in SPEEDS}) == len(SPEEDS)


def test_the_clock_moves_within_the_day_and_midnight_lets_a_day_pass() -> None:
    made = keeper(speed=1)
    made.start(frozenset(), None)
    made.elapse(3.0)
    assert (made.state.day, made.seconds) == (1000, 3 * 3600)
    made.elapse(22.0)
    work_off(made)
    assert (made.state.day, made.seconds) == (1001, 3600)


def test_nothing_moves_while_time_stands() -> None:
    made = keeper()
    made.elapse(100.0)
    assert (made.state.day, made.seconds, made.due_days) == (1000, 0.0, 0)


@given(st.lists(st.floats(0, 2), max_size=30), st.integers(1, 4))
def test_time_is_the_sum_of_its_parts(parts: list[float], speed: int) -> None:
    made = keeper(speed=speed)
    made.start(frozenset(), None)
    for part in parts:
        made.elapse(min(part, 0.2))
        work_off(made)
        assert 0 <= made.seconds < DAY_S
    passed_s = (made.state.day - 1000) * DAY_S + made.seconds
    assert passed_s == pytest.approx(sum(min(part, 0.2) for part in parts) * SPEEDS[speed].rate, abs=1.0)


def test_a_slow_stretch_is_not_made_up_for() -> None:
    made = keeper(speed=5)
    made.start(frozenset(), None)
    made.elapse(3600.0, leeway_s=0.25)
    assert made.due_days <= 0.25 * SPEEDS[5].rate / DAY_S + 1


def test_time_stops_on_the_very_day_of_the_event_at_its_first_second() -> None:
    made = keeper(Toy(happens=(1007,)), speed=3)
    made.start(frozenset({EventKind.LAUNCH_SUCCESS}), None)
    made.elapse(1.8)
    work_off(made)
    assert (made.state.day, made.seconds, made.running) == (1007, 0.0, False)
    assert made.stopped_by is not None
    assert made.stopped_by.day == 1007
    assert [event.text for event in made.frame(0).events] == ["It flies."]
    assert made.frame(0).events == ()


def test_what_is_due_on_the_present_day_takes_the_day_to_happen() -> None:
    made = keeper(Toy(happens=(1000,)))
    made.start(frozenset({EventKind.LAUNCH_SUCCESS}), None)
    made.elapse(1.1)
    work_off(made)
    assert (made.state.day, made.running) == (1001, False)
    assert made.stopped_by is not None


def test_time_stops_at_the_day_asked_for() -> None:
    made = keeper(speed=4)
    made.start(frozenset(), 1010)
    made.elapse(1.0)
    work_off(made)
    assert (made.state.day, made.seconds, made.running) == (1010, 0.0, False)
    made.start(frozenset(), 1010)
    assert not made.running


def test_a_refusal_stops_time_and_is_told() -> None:
    made = keeper(Toy(last=1000))
    made.start(frozenset(), None)
    made.elapse(1.1)
    work_off(made)
    assert made.refused is not None
    assert (made.state.day, made.running) == (1000, False)


def test_a_step_keeps_the_time_of_day_and_a_jump_crosses_midnight() -> None:
    made = keeper()
    made.seconds = 80_000.0
    made.start(frozenset(), made.state.day + 1, rush=True)
    work_off(made)
    assert (made.state.day, made.seconds, made.running) == (1001, 80_000.0, False)
    made.jump(10_000.0)
    assert (made.state.day, made.seconds, made.running) == (1002, 3_600.0, False)


def test_another_day_begins_at_its_first_second() -> None:
    made = keeper()
    made.seconds = 500.0
    made.adopt(Calendar(1000))  # type: ignore[arg-type]
    assert made.seconds == 500.0
    made.adopt(Calendar(1001))  # type: ignore[arg-type]
    assert made.seconds == 0.0
