"""One orbit turned to begin at sunrise: the same numbers, in an order that stands still."""

from __future__ import annotations

import math

import numpy as np
import pytest

import engine
from odc_tui.present.orbit import minutes_since_sunrise, moved_to, orbit_view
from tests.ui.flying import flying_state

SHADED, SUNNY = 2, 0


@pytest.mark.parametrize("seconds", [0.0, 1000.0, 2500.0, 5000.0, 40_000.0])
def test_the_orbit_runs_from_sunrise_through_sun_then_shade(seconds: float) -> None:
    told = engine.telemetry(flying_state(), SHADED, seconds)
    view = orbit_view(told)
    assert (np.diff(view.minutes) > 0).all()
    assert view.minutes[-1] - view.minutes[0] == pytest.approx(told.period_min)
    changes = np.flatnonzero(view.sunlit[1:] != view.sunlit[:-1])
    assert view.sunlit[0]
    assert not view.sunlit[-2]
    assert len(changes) == 1
    assert view.minutes[changes[0]] == pytest.approx(told.sun_min, abs=1.0)


@pytest.mark.parametrize("seconds", [0.0, 1000.0, 2500.0, 40_000.0])
def test_the_present_lies_on_the_curves(seconds: float) -> None:
    told = engine.telemetry(flying_state(), SHADED, seconds)
    view = orbit_view(told)
    for curve, value in (
        (view.radiator_k, told.now.radiator_k),
        (view.charge_fraction, told.now.charge_fraction),
    ):
        assert np.interp(view.now_minute, view.minutes, curve) == pytest.approx(value, rel=1e-9)
    assert view.now.spare_w == pytest.approx(told.now.array_w - told.now.load_w)


def test_the_picture_stands_still_while_the_present_moves() -> None:
    state = flying_state()
    first = orbit_view(engine.telemetry(state, SHADED, 600.0))
    later = engine.telemetry(state, SHADED, 900.0)
    second = moved_to(first, later)
    assert second.minutes is first.minutes
    assert second.array_w is first.array_w
    assert second.now_minute - first.now_minute == pytest.approx(5.0, abs=0.02)
    assert second.now.radiator_k == later.now.radiator_k


def test_an_orbit_without_shade_goes_by_the_clock() -> None:
    told = engine.telemetry(flying_state(), SUNNY, 1200.0)
    view = orbit_view(told)
    assert math.isinf(told.next_change_min)
    assert minutes_since_sunrise(told) == pytest.approx(20.0)
    assert view.sunlit.all()
    assert view.change_words == "no shade"


def test_words_count_down_to_the_next_change() -> None:
    state = flying_state()
    words = {
        orbit_view(engine.telemetry(state, SHADED, 300.0 * n)).change_words.split()[0] for n in range(20)
    }
    assert words == {"sunset", "sunrise"}
