"""Satellites and chips fail on the days that drawing every threshold at once would give."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.formulas.hazard import infant_hazard, wear_hazard
from engine.kernels.layout import Field, Kind
from engine.kernels.rng import CHIP_FAILURE, SATELLITE_FAILURE
from engine.simulate.run import run_span
from tests import naive_chance
from tests.fleets import DAY, batch, fleet

SEED = 11


def satellite_hazard(row: np.ndarray, age_days: int) -> float:
    """Cumulative hazard at the end of a day of age, from the formulas."""
    worn = wear_hazard(age_days + 1.0, row[Field.LIFE_DAYS])
    grown = row[Field.FAILURE_SCALE] * (infant_hazard(age_days + 1.0) + worn)
    return float(grown + row[Field.LETHAL_PER_DAY] * (age_days + 1))


@pytest.mark.many_days
@pytest.mark.parametrize(("key", "count", "scale"), [(1, 60, 1.0), (2, 200, 5.0), (3, 7, 40.0), (4, 1, 60.0)])
def test_satellites_fall_on_the_days_of_their_thresholds(key: int, count: int, scale: float) -> None:
    row = batch(key=key, count=count)
    row[Field.FAILURE_SCALE] *= scale
    days = 700
    result = run_span(fleet(row), SEED, DAY, DAY + days)
    hazards = {DAY + age: satellite_hazard(row, age) for age in range(days)}
    expected = naive_chance.failure_days(SEED, key, SATELLITE_FAILURE, count, hazards)
    lost = result.records[result.records["kind"] == Kind.SATELLITE_LOST]
    told = [
        day
        for day, n in zip(lost["day"].tolist(), lost["value"].tolist(), strict=True)
        for _ in range(int(n))
    ]
    assert told == expected
    assert result.fleet.column(Field.ALIVE_COUNT)[0] == count - len(expected)


@pytest.mark.many_days
def test_chips_fail_on_the_days_of_theirs() -> None:
    row = batch(key=9, count=2)
    row[Field.NEXT_FAILURE] = 1e30
    groups = int(row[Field.CHIP_GROUPS])
    days = 900
    now = run_span(fleet(row), SEED, DAY, DAY + days).fleet
    rate = row[Field.CHIP_FAILURES_PER_DAY]
    hazards = {DAY + age: rate * (age + 1) for age in range(days)}
    failed = len(naive_chance.failure_days(SEED, 9, CHIP_FAILURE, groups, hazards))
    assert now.column(Field.CHIP_HEALTH)[0] == pytest.approx(1.0 - failed / groups)
    assert failed > 10


@pytest.mark.many_days
def test_survival_is_the_exponential_of_the_hazard() -> None:
    rows = [batch(key=k, count=100) for k in range(100)]
    days = 365
    now = run_span(fleet(*rows), SEED, DAY, DAY + days).fleet
    expected = math.exp(-satellite_hazard(rows[0], days - 1))
    alive = now.column(Field.ALIVE_COUNT).sum() / 10_000
    assert alive == pytest.approx(expected, abs=4.0 * math.sqrt(expected * (1.0 - expected) / 10_000))


def test_a_batch_of_which_nothing_lives_ends() -> None:
    row = batch(count=3)
    row[Field.FAILURE_SCALE] = 1e6
    now = run_span(fleet(row), SEED, DAY, DAY + 5).fleet.row(0)
    assert now[Field.ALIVE_COUNT] == 0.0
    assert now[Field.DELIVERED_PFLOPS] == 0.0
    assert now[Field.DAY_GENERATED_KWH] == 0.0


def test_no_failure_depends_on_the_company() -> None:
    """A ghost batch never reshuffles the fate of others."""
    row = batch(key=5, count=200)
    alone = run_span(fleet(row), SEED, DAY, DAY + 300).fleet
    pair = run_span(fleet(batch(key=6, count=200), row), SEED, DAY, DAY + 300).fleet
    assert pair.row(1).tobytes() == alone.row(0).tobytes()
    assert pair.row(0)[Field.NEXT_FAILURE] != alone.row(0)[Field.NEXT_FAILURE]
