"""The view inside a day is the day step's own solution."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.errors import EngineError
from engine.kernels.layout import Field
from engine.simulate.fleet import Fleet
from engine.simulate.run import run_span
from engine.simulate.telemetry import SAMPLES, fleet_positions, fleet_telemetry
from tests.fleets import DAY, batch, fleet

START = DAY + 20


@pytest.fixture(scope="module")
def flying() -> Fleet:
    rows = [
        batch(immortal=True),
        batch(inclination_deg=53.0, load_policy="follow-the-sun", immortal=True),
        batch(inclination_deg=53.0, load_policy="ride-through", immortal=True),
        batch(inclination_deg=53.0, changes={"array_area_m2": 20.0}, immortal=True),
    ]
    return run_span(fleet(*rows), 1, DAY, START).fleet


@pytest.mark.parametrize("index", range(4))
@pytest.mark.parametrize("seconds", [0.0, 30_000.0, 86_399.0])
def test_curves_are_those_of_the_day(flying: Fleet, index: int, seconds: float) -> None:
    view = fleet_telemetry(flying, index, START, seconds)
    day = run_span(flying, 1, START, START + 1).fleet.row(index)
    assert view.minutes[0] == pytest.approx(-view.minutes[-1])
    assert np.ptp(view.minutes) == pytest.approx(view.period_min) == pytest.approx(day[Field.PERIOD_S] / 60.0)
    assert view.sun_min + view.shade_min == pytest.approx(view.period_min)
    assert view.shade_min / view.period_min == pytest.approx(day[Field.ECLIPSE_FRACTION])
    assert (1.0 - view.sunlit.mean()) * view.period_min == pytest.approx(view.shade_min, abs=2.5)
    assert view.radiator_k.max() == pytest.approx(day[Field.RADIATOR_MAX_K], abs=0.8)
    assert view.radiator_k.min() == pytest.approx(day[Field.RADIATOR_MIN_K], abs=3.0)
    assert view.junction_k.max() == pytest.approx(day[Field.JUNCTION_MAX_K], abs=0.8)
    assert view.charge_fraction.min() >= day[Field.SOC_MIN] - 0.01
    assert view.charge_fraction.max() <= day[Field.SOC_MAX] + 1e-9
    assert set(np.unique(view.array_w)) <= {0.0, day[Field.ARRAY_POWER_W]}
    assert math.degrees(math.asin(day[Field.SIN_BETA])) == pytest.approx(view.beta_deg)
    assert len(view.minutes) == SAMPLES


@pytest.mark.parametrize("index", range(4))
def test_the_instant_is_the_middle_and_on_the_map(flying: Fleet, index: int) -> None:
    view = fleet_telemetry(flying, index, START, 5000.0)
    middle = SAMPLES // 2
    assert view.now.radiator_k == view.radiator_k[middle]
    assert view.now.sunlit == view.sunlit[middle]
    assert view.now.load_w == view.load_w[middle]
    found = fleet_positions(flying, START, 5000.0)
    first = int(np.flatnonzero(found.batch_index == index)[0])
    assert view.now.lat_deg == pytest.approx(found.lat_deg[first], abs=1e-6)
    assert view.now.lon_deg == pytest.approx(found.lon_deg[first], abs=1e-6)


def test_light_on_the_orbit_is_light_on_the_map(flying: Fleet) -> None:
    """Away from sunrise and sunset, where the map uses the Sun of the instant and the day that of noon."""
    agreed, looked = 0, 0
    for seconds in np.linspace(0.0, 86_000.0, 120):
        view = fleet_telemetry(flying, 1, START, float(seconds))
        if min(view.next_change_min, 3.0) < 3.0 or view.sunlit[57:64].all() != view.sunlit[57:64].any():
            continue
        found = fleet_positions(flying, START, float(seconds))
        looked += 1
        agreed += bool(found.sunlit[np.flatnonzero(found.batch_index == 1)[0]]) == view.now.sunlit
    assert looked > 60
    assert agreed == looked


def test_without_shade_nothing_changes_next(flying: Fleet) -> None:
    view = fleet_telemetry(flying, 0, START, 0.0)
    assert view.next_change_min == math.inf
    assert view.sunlit.all()
    assert view.now.level == pytest.approx(1.0)


def test_looking_changes_nothing_and_repeats(flying: Fleet) -> None:
    before = flying.to_bytes()
    one, other = (fleet_telemetry(flying, 2, START, 777.0) for _ in range(2))
    assert one.radiator_k.tobytes() == other.radiator_k.tobytes()
    assert flying.to_bytes() == before


def test_charge_runs_on_from_one_orbit_to_the_next(flying: Fleet) -> None:
    ends = fleet_telemetry(flying, 2, START, 40_000.0)
    later = fleet_telemetry(flying, 2, START, 40_000.0 + 60.0 * ends.period_min / 2.0)
    assert later.charge_fraction[0] == pytest.approx(ends.now.charge_fraction, abs=0.01)
    assert later.radiator_k[0] == pytest.approx(ends.now.radiator_k, abs=0.5)


def test_there_is_no_batch_beyond_the_last(flying: Fleet) -> None:
    with pytest.raises(EngineError, match="no batch 4 among 4"):
        fleet_telemetry(flying, 4, START, 0.0)
