"""More of a part never makes worse what it is for, mass and altitude held."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from engine.kernels.layout import Binding, Field
from engine.simulate.run import run_span
from tests.fleets import DAY, batch, fleet
from tests.kernels.shapes import rows

Row = NDArray[np.float64]

MORE = st.floats(1.001, 3.0)
PANEL = (
    Field.RADIATING_M2,
    Field.RADIATING_AGED_M2,
    Field.ABSORBING_M2,
    Field.ABSORBING_AGED_M2,
    Field.HEAT_CAPACITY_J_K,
)
"""What more panel of the same kind brings."""


def later(row: Row, days: int = 15) -> Row:
    held = row.copy()
    held[[Field.NEXT_FAILURE, Field.NEXT_CHIP_FAILURE, Field.NEXT_PUNCTURE]] = 1e30
    held[Field.KEEPING] = 1.0
    held[Field.PROPELLANT_KG] = 1e6
    return run_span(fleet(held), 1, DAY, DAY + days).fleet.row(0)


def scaled(row: Row, factor: float, *fields: Field) -> Row:
    more = row.copy()
    more[list(fields)] *= factor
    return more


@pytest.mark.many_days
@given(rows(), MORE)
def test_more_radiator_never_runs_hotter_at_the_same_load(row: Row, factor: float) -> None:
    # nothing throttles, and chips this far below their limit draw the least they can: the load is the same
    row[Field.TRIP_K] = row[Field.MEMORY_LIMIT_K] = 1e4
    row[Field.MIN_COOLANT_K] = 3.0
    small, large = later(row), later(scaled(row, factor, *PANEL))
    assert large[Field.RADIATOR_MAX_K] <= small[Field.RADIATOR_MAX_K] + 0.05


@pytest.mark.many_days
@given(rows(), MORE)
def test_more_array_never_yields_less_energy(row: Row, factor: float) -> None:
    small, large = later(row), later(scaled(row, factor, Field.ARRAY_GAIN_M2))
    assert large[Field.TOTAL_GENERATED_KWH] >= small[Field.TOTAL_GENERATED_KWH]
    assert large[Field.CAP_ENERGY] >= small[Field.CAP_ENERGY] - 1e-9


@pytest.mark.many_days
@given(rows(), st.floats(1.0, 60.0))
def test_a_higher_trip_temperature_never_computes_less(row: Row, kelvin: float) -> None:
    row[Field.MIN_COOLANT_K] = 3.0
    strict = later(row)
    lax = row.copy()
    lax[[Field.TRIP_K, Field.MEMORY_LIMIT_K]] += kelvin
    assert later(lax)[Field.TOTAL_PFLOP_DAYS] >= strict[Field.TOTAL_PFLOP_DAYS] * (1.0 - 2e-3)


@pytest.mark.many_days
@pytest.mark.parametrize("policy", ["steady", "follow-the-sun", "ride-through"])
def test_throttled_chips_peak_where_their_level_allows(policy: str) -> None:
    row = batch(changes={"radiator_area_m2": 80.0, "battery_kwh": 400.0}, load_policy=policy)
    bound = 0
    for day in range(1, 200, 9):
        now = later(row, day)
        if now[Field.BINDING] == Binding.JUNCTION:
            bound += 1
            allowed = now[Field.TRIP_K] + 8.0 * (1.0 - now[Field.LEVEL_SUN] / now[Field.CHIP_HEALTH])
            assert allowed - 0.12 <= now[Field.JUNCTION_MAX_K] <= allowed + 0.03
    assert bound > 15
