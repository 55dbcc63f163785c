"""Satellites on the map against plain vector geometry."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.formulas import sun
from engine.formulas.orbit import arg_lat_rate_rad_s, node_rate_rad_s
from engine.kernels.layout import Field, Status
from engine.kernels.place import slot_stride
from engine.simulate.fleet import Fleet
from engine.simulate.run import run_span
from engine.simulate.telemetry import SwarmPositions, fleet_positions
from tests.fleets import DAY, batch, fleet


def placed_by_hand(row: np.ndarray, slot: int, seconds: float) -> tuple[float, float, bool]:
    """Latitude, longitude and light of one slot of a ring, by rotating vectors."""
    altitude_km, cos_i = float(row[Field.ALTITUDE_KM]), float(row[Field.COS_INCLINATION])
    slots = int(row[Field.LAUNCHED_COUNT])
    raan = row[Field.RAAN_RAD] + node_rate_rad_s(altitude_km, cos_i) * seconds
    u = (
        row[Field.ARG_LAT_RAD]
        + arg_lat_rate_rad_s(altitude_km, cos_i) * seconds
        + 2.0 * math.pi * slot / slots
    )
    i = row[Field.INCLINATION_RAD]
    tilt = np.array([[1, 0, 0], [0, math.cos(i), -math.sin(i)], [0, math.sin(i), math.cos(i)]])
    turn = np.array([[math.cos(raan), -math.sin(raan), 0], [math.sin(raan), math.cos(raan), 0], [0, 0, 1]])
    r = turn @ tilt @ np.array([math.cos(u), math.sin(u), 0.0])
    instant = DAY + seconds / 86400.0 - 0.5
    toward = np.array([sun.sun_x(instant), sun.sun_y(instant), sun.sun_z(instant)])
    along = float(r @ toward)
    aside_km = (6378.137 + altitude_km) * math.sqrt(max(1.0 - along * along, 0.0))
    lon = math.degrees(math.atan2(r[1], r[0])) - sun.greenwich_angle_deg(instant)
    return math.degrees(math.asin(r[2])), (lon + 180.0) % 360.0 - 180.0, along > 0 or aside_km > 6378.137


@pytest.mark.parametrize("seconds", [0.0, 1234.5, 43_200.0, 86_399.0])
def test_rings_are_where_vectors_say(seconds: float) -> None:
    rows = [
        batch(count=12, inclination_deg=53.0, raan_deg=77.0, arg_lat_deg=300.0),
        batch(count=7, altitude_km=900.0),
        batch(count=5, inclination_deg=0.0, raan_deg=3.0),
        batch(count=9, inclination_deg=105.0, raan_deg=200.0),
    ]
    found = fleet_positions(fleet(*rows), DAY, seconds)
    at = 0
    for index, row in enumerate(rows):
        for slot in range(int(row[Field.LAUNCHED_COUNT])):
            lat, lon, lit = placed_by_hand(row, slot, seconds)
            assert found.batch_index[at] == index
            assert found.lat_deg[at] == pytest.approx(lat, abs=1e-6)
            assert (found.lon_deg[at] - lon + 180.0) % 360.0 - 180.0 == pytest.approx(0.0, abs=1e-6)
            assert found.sunlit[at] == lit
            at += 1
    assert len(found.lat_deg) == at


def test_sun_stands_overhead_where_it_is_noon() -> None:
    found = fleet_positions(Fleet.empty(), DAY, 43_200.0)
    assert found.sun_lon_deg == pytest.approx(-4.1, abs=0.2)  # equation of time at the end of October: 16 min
    assert found.sun_lat_deg == pytest.approx(-13.9, abs=0.3)
    assert len(found.lat_deg) == 0


def test_a_cluster_flies_together() -> None:
    found = fleet_positions(fleet(batch(count=81, spread="cluster")), DAY, 0.0)
    assert np.ptp(found.lat_deg) < 0.3


def test_longitudes_and_latitudes_stay_on_the_map() -> None:
    rows = [batch(count=50, inclination_deg=float(i), raan_deg=7.0 * i) for i in range(0, 106, 5)]
    for seconds in np.linspace(0.0, 86_400.0, 7):
        found = fleet_positions(fleet(*rows), DAY, float(seconds))
        assert np.isfinite(found.lat_deg).all()
        assert np.abs(found.lat_deg).max() <= 90.0
        assert found.lon_deg.min() >= -180.0
        assert found.lon_deg.max() <= 180.0


def ring(alive: int) -> SwarmPositions:
    row = batch(count=20, key=4)
    row[Field.ALIVE_COUNT] = alive
    return fleet_positions(fleet(row), DAY, 0.0)


def test_the_dead_leave_gaps_and_never_return() -> None:
    before: set[tuple[float, float]] = set()
    for alive in range(21):
        found = ring(alive)
        now = set(zip(found.lat_deg.tolist(), found.lon_deg.tolist(), strict=True))
        assert len(now) == alive
        assert before <= now
        before = now


def test_what_is_down_is_not_shown() -> None:
    rows = [batch(), batch(), batch()]
    rows[0][Field.STATUS] = Status.REENTERED
    rows[1][Field.STATUS] = Status.LOST
    assert set(fleet_positions(fleet(*rows), DAY, 0.0).batch_index.tolist()) == {2}


@pytest.mark.parametrize("slots", [1, 2, 3, 7, 12, 60, 81, 1000, 9973])
def test_the_walk_around_the_ring_visits_every_slot(slots: int) -> None:
    stride = slot_stride(slots)
    assert len({k * stride % slots for k in range(slots)}) == slots


def test_a_day_by_the_clock_ends_where_the_next_begins() -> None:
    start = fleet(batch(count=3, inclination_deg=53.0, immortal=True))
    end = fleet_positions(start, DAY, 86_400.0)
    begin = fleet_positions(run_span(start, 1, DAY, DAY + 1).fleet, DAY + 1, 0.0)
    assert end.lat_deg == pytest.approx(begin.lat_deg, abs=1e-6)
    assert end.lon_deg == pytest.approx(begin.lon_deg, abs=1e-6)
