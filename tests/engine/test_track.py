"""The ground track ahead: it begins under the satellite and keeps to its inclination."""

from __future__ import annotations

import math

import pytest

import engine
from tests.ui.flying import flying_state


@pytest.mark.parametrize("batch", range(4))
def test_the_track_begins_under_the_first_satellite(batch: int) -> None:
    state = flying_state()
    lat_deg, lon_deg = engine.ground_track(state, batch, 1234.0)
    now = engine.telemetry(state, batch, 1234.0).now
    assert (lat_deg[0], lon_deg[0]) == pytest.approx((now.lat_deg, now.lon_deg))


@pytest.mark.parametrize("batch", range(4))
def test_the_track_reaches_its_inclination_and_returns_to_its_latitude(batch: int) -> None:
    state = flying_state()
    lat_deg, lon_deg = engine.ground_track(state, batch, 0.0, points=361)
    tilt = engine.batch_report(state, batch).inclination_deg
    assert max(abs(lat_deg)) == pytest.approx(min(tilt, 180 - tilt), abs=0.05)
    assert lat_deg[-1] == pytest.approx(lat_deg[0], abs=0.02)
    # Meanwhile the Earth has turned under it, 15.04 degrees an hour eastward.
    period_h = engine.telemetry(state, batch, 0.0).period_min / 60
    shift = (lon_deg[-1] - lon_deg[0] + 180) % 360 - 180
    assert shift == pytest.approx(-15.04 * period_h, abs=0.5)
    assert not any(math.isnan(value) for value in lon_deg)
