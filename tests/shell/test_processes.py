"""Work shared out among copies of the process: the same answers, errors told, nothing left behind."""

from __future__ import annotations

import os
import signal
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from engine.analysis.forecasting import forecast
from engine.analysis.ghost import Horizon, compare
from engine.orders import SetLoadPolicy
from odc_tui.processes import Forks, workers
from tests.campaigns import in_orbit

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="copies are made on Linux alone")


def _square_and_place(number: int) -> tuple[int, int]:
    return number * number, os.getpid()


def _reciprocal(number: int) -> float:
    return 1.0 / number


def _gone(number: int) -> int:
    os._exit(number)


def _running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("pieces", [0, 1, 2, 7])
def test_answers_come_in_order_from_copies_that_end(pieces: int) -> None:
    answers = list(Forks(2).map(_square_and_place, range(pieces)))
    assert [square for square, _ in answers] == [number**2 for number in range(pieces)]
    places = {place for _, place in answers}
    assert len(places) == min(pieces, 2)
    assert os.getpid() not in places
    assert not any(_running(place) for place in places)


def test_copies_end_when_nobody_asks_any_more() -> None:
    answers = Forks(2).map(_square_and_place, range(1000))
    _, place = next(answers)
    assert _running(place)
    answers.close()  # type: ignore[attr-defined]
    assert not _running(place)


def test_errors_and_deaths_are_told() -> None:
    with pytest.raises(ZeroDivisionError):
        list(Forks(2).map(_reciprocal, [1, 2, 0]))
    with pytest.raises(RuntimeError, match="died"):
        list(Forks(2).map(_gone, [1, 2]))


def test_bands_are_the_same_whoever_draws() -> None:
    state = in_orbit(days=60, times=2)
    days = [state.day + 40, state.day + 90]
    alone = forecast(state, days, 6, ("cash", "work"))
    told: list[tuple[int, int]] = []
    shared = forecast(
        state, days, 6, ("cash", "work"), executor=Forks(2), progress=lambda *now: told.append(now)
    )
    assert alone == shared
    assert told == [(number, 6) for number in range(1, 7)]


def test_threads_stand_in_where_there_is_nothing_to_share_or_a_thread_already() -> None:
    with workers(1) as one:
        assert isinstance(one, ThreadPoolExecutor)
    with ThreadPoolExecutor(1) as threads:
        threads.submit(os.getpid).result()
        with workers(2) as stood_in:
            assert isinstance(stood_in, ThreadPoolExecutor)
    with workers(2) as copies:
        assert isinstance(copies, Forks)


def test_one_piece_is_promised_and_can_be_called_off() -> None:
    promise = Forks(2).submit(_square_and_place, 9)
    square, place = promise.result()
    assert (square, promise.result()[0]) == (81, 81)
    assert not _running(place)
    assert not promise.cancel()
    with pytest.raises(ZeroDivisionError):
        Forks(2).submit(_reciprocal, 0).result()
    given_up = Forks(2).submit(signal.pause)
    assert given_up.cancel()
    assert given_up.cancelled()


def test_both_sides_of_a_comparison_are_the_same_in_copies() -> None:
    state = in_orbit(days=60)
    days = [Horizon("soon", "soon", state.day + 40)]
    order = SetLoadPolicy(policy="follow-the-sun")
    assert compare(state, (order,), days, executor=Forks(2)) == compare(state, (order,), days)
