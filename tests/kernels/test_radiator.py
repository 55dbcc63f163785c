"""Radiators in flight: coatings that age, loops that are holed, spares that stand in."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.kernels.layout import LOOP_GROUPS, Field, Kind
from engine.kernels.rng import PUNCTURE
from engine.simulate.run import run_span
from tests.fleets import DAY, NEVER, batch, fleet
from tests.naive_chance import failure_days

SEED = 11


def test_holes_come_on_the_days_that_drawing_all_thresholds_at_once_gives() -> None:
    row = batch(key=77, count=3)
    row[Field.PUNCTURES_PER_DAY] = 0.01
    hazards = {DAY + k: 0.01 * (k + 1) for k in range(120)}
    expected = failure_days(SEED, 77, PUNCTURE, 15, hazards)
    lost = []
    now = fleet(row)
    for day in range(DAY, DAY + 120):
        before = now.column(Field.LOOPS_LOST)[0]
        now = run_span(now, SEED, day, day + 1).fleet
        lost += [day] * int(now.column(Field.LOOPS_LOST)[0] - before)
    assert lost == expected
    assert 3 < len(lost) < 15


def test_a_single_satellite_loses_area_only_when_its_spares_are_gone() -> None:
    row = batch(count=1, changes={"radiator_loops": 4, "spare_loops": 2})
    row[Field.PUNCTURES_PER_DAY] = 0.02
    now, shares = fleet(row), {}
    for day in range(DAY, DAY + 500):
        now = run_span(now, SEED, day, day + 1).fleet
        lost = int(now.column(Field.LOOPS_LOST)[0])
        shares[lost] = now.column(Field.RADIATING_SHARE)[0]
    by_hand = {0: 1.0, 1: 1.0, 2: 1.0, 3: 0.75, 4: 0.5, 5: 0.25, 6: 0.01}
    assert len(shares) == 7
    assert shares == pytest.approx({lost: by_hand[lost] for lost in shares})


def test_large_batches_lose_loops_at_the_rate_of_the_flux() -> None:
    rows = [batch(key=k, count=5000, immortal=True) for k in range(64)]
    for row in rows:
        row[Field.NEXT_PUNCTURE] = 0.0
        row[Field.PUNCTURES_PER_DAY] = 2e-4
    lost = run_span(fleet(*rows), SEED, DAY, DAY + 500).fleet.column(Field.LOOPS_LOST)
    expected = LOOP_GROUPS * (1.0 - math.exp(-0.1))
    assert lost.mean() == pytest.approx(expected, abs=4.0 * math.sqrt(expected / len(rows)))


def test_less_radiator_runs_hotter_and_is_told_once() -> None:
    row = batch(count=1, changes={"spare_loops": 0})
    row[[Field.NEXT_FAILURE, Field.NEXT_CHIP_FAILURE]] = NEVER
    whole = run_span(fleet(row), SEED, DAY, DAY + 2).fleet.row(0)
    row[Field.PUNCTURES_PER_DAY] = 0.004
    result = run_span(fleet(row), SEED, DAY, DAY + 200)
    holed = result.fleet.row(0)
    told = result.records[result.records["kind"] == Kind.RADIATOR_WORN]
    assert holed[Field.LOOPS_LOST] >= 1.0
    assert holed[Field.RADIATOR_MAX_K] > whole[Field.RADIATOR_MAX_K] + 5.0
    assert len(told) == 1
    assert told["value"][0] < 0.95


@pytest.mark.parametrize("years", [0.0, 2.5, 5.0, 9.0])
def test_a_coating_ages_to_its_end_of_life_and_no_further(years: float) -> None:
    """With nothing to reject, a panel settles where what it takes up from Earth and Sun it gives off."""
    row = batch(day=DAY - round(365.25 * years), immortal=True, changes={"life_years": 50.0})
    row[[Field.IT_POWER_W, Field.FIXED_LOAD_W, Field.OUTPUT_W]] = 1e-6
    row[Field.MIN_COOLANT_K] = 3.0
    row[Field.KEEPING] = 0.0
    now = run_span(fleet(row), SEED, DAY, DAY + 6).fleet.row(0)
    share = min(years / 5.0, 1.0)
    emissivity, absorptivity = 0.9 + share * (0.87 - 0.9), 0.2 + share * (0.4 - 0.2)
    flux = 1361.0 * 1.0165  # early November
    direct = flux * math.sin(math.radians(2.0)) / 2.0
    noon = 0.3 * flux * now[Field.INFRARED_VIEW] * math.sqrt(1.0 - now[Field.SIN_BETA] ** 2)
    taken = absorptivity * (direct + noon / math.pi) + emissivity * 237.0 * now[Field.INFRARED_VIEW]
    settled_k = (taken / (emissivity * 5.670374419e-8)) ** 0.25
    assert now[Field.RADIATOR_MEAN_K] == pytest.approx(settled_k, abs=1.0)


def test_chips_draw_what_their_own_temperature_makes_of_them() -> None:
    row = batch(immortal=True)
    now = run_span(fleet(row), SEED, DAY, DAY + 30).fleet.row(0)
    level = now[Field.LEVEL_SUN]
    junction_k = now[Field.RADIATOR_MEAN_K] + 31.0 * level
    expected = 66 * 1500.0 * level * (1.0 + 0.004 * (junction_k - 358.0))
    assert now[Field.CHIPS_SUN_W] == pytest.approx(expected, rel=2e-3)
    heat = now[Field.DAY_USED_KWH] + now[Field.DAY_CONVERSION_KWH] + now[Field.DAY_BATTERY_LOSS_KWH]
    assert now[Field.DAY_HEAT_IN_KWH] > heat * (1.0 - 2e-3) - now[Field.OUTPUT_W] * 24e-3 * 20.0


def test_memory_binds_where_its_limit_is_nearer_and_throttles_by_the_same_law() -> None:
    row = batch(
        "ai1-class",
        immortal=True,
        changes={"accelerator": "vera-rubin-nvl72", "array_area_m2": 1100.0, "radiator_area_m2": 180.0},
    )
    now = run_span(fleet(row), SEED, DAY, DAY + 5).fleet.row(0)
    assert now[Field.CAP_MEMORY] < now[Field.CAP_JUNCTION] < 1.0
    assert now[Field.LEVEL_SUN] == pytest.approx(now[Field.CAP_MEMORY])
    over_k = now[Field.MEMORY_MAX_K] - now[Field.MEMORY_LIMIT_K]
    assert over_k == pytest.approx(8.0 * (1.0 - now[Field.LEVEL_SUN]), abs=0.15)
    assert now[Field.JUNCTION_MAX_K] - now[Field.TRIP_K] < over_k
    assert np.isfinite(now).all()
