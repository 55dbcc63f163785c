"""Promises that hold on every batch and day, whatever is flown: ledgers close, numbers stay in bounds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from engine.kernels.layout import Binding, Field, Status
from engine.simulate.fleet import Fleet
from engine.simulate.run import run_span
from tests.fleets import DAY, batch, fleet
from tests.kernels.shapes import rows

Row = NDArray[np.float64]

POWER_OUT = (
    Field.DAY_USED_KWH,
    Field.DAY_CONVERSION_KWH,
    Field.DAY_BATTERY_LOSS_KWH,
    Field.DAY_CURTAILED_KWH,
    Field.DAY_STORED_KWH,
)
SHARES = (
    Field.CHIP_HEALTH,
    Field.ARRAY_HEALTH,
    Field.BATTERY_HEALTH,
    Field.LEVEL_SUN,
    Field.LEVEL_SHADE,
    Field.SERVED_SHARE,
    Field.SOC_MIN,
    Field.SOC_MAX,
)


def closes(fleet_now: Fleet) -> None:
    """Both ledgers of the last day, to 1e-9 of what flowed."""
    generated = fleet_now.column(Field.DAY_GENERATED_KWH)
    spent = np.sum([fleet_now.column(line) for line in POWER_OUT], axis=0)
    flow = generated + np.abs(fleet_now.column(Field.DAY_STORED_KWH)) + 1e-9
    assert np.max(np.abs(generated - spent) / flow) < 1e-9
    heat = fleet_now.column(Field.DAY_HEAT_IN_KWH)
    gone = fleet_now.column(Field.DAY_RADIATED_KWH) + fleet_now.column(Field.DAY_HEAT_STORED_KWH)
    assert np.max(np.abs(heat - gone) / (heat + 1e-9)) < 1e-9


def in_bounds(fleet_now: Fleet) -> None:
    assert np.isfinite(fleet_now.blocks).all()
    for field in SHARES:
        values = fleet_now.column(field)
        assert values.min() >= 0.0, field
        assert values.max() <= 1.0 + 1e-9, field
    capacity = fleet_now.column(Field.CAPACITY_WH)
    assert (fleet_now.column(Field.CHARGE_WH) >= 0.0).all()
    assert (fleet_now.column(Field.CHARGE_WH) <= capacity * (1.0 + 1e-12)).all()
    assert (fleet_now.column(Field.PROPELLANT_KG) >= 0.0).all()
    assert (fleet_now.column(Field.ALIVE_COUNT) <= fleet_now.column(Field.LAUNCHED_COUNT)).all()
    assert (fleet_now.column(Field.ALIVE_COUNT) >= 0.0).all()
    for line in (*POWER_OUT[:3], Field.DAY_GENERATED_KWH, Field.DAY_RADIATED_KWH):
        assert (fleet_now.column(line) >= 0.0).all(), line
    floor = -1e-9 * (1.0 + fleet_now.column(Field.DAY_GENERATED_KWH))
    assert (fleet_now.column(Field.DAY_CURTAILED_KWH) >= floor).all()
    kelvin = fleet_now.column(Field.RADIATOR_MIN_K)
    assert (kelvin <= fleet_now.column(Field.RADIATOR_MAX_K)).all()
    assert set(fleet_now.column(Field.BINDING)) <= {float(code) for code in Binding}


@pytest.mark.many_days
@given(st.lists(rows(), min_size=1, max_size=6), st.integers(0, 400), st.integers(0, 2**40))
def test_every_day_closes_and_stays_in_bounds(batches: list[Row], skip: int, seed: int) -> None:
    now = run_span(fleet(*batches), seed, DAY, DAY + skip).fleet
    for day in range(DAY + skip, DAY + skip + 12):
        before = now
        now = run_span(now, seed, day, day + 1).fleet
        closes(now)
        in_bounds(now)
        change = now.column(Field.CHARGE_WH) - before.column(Field.CHARGE_WH)
        kwh = change * before.column(Field.ALIVE_COUNT) / 1000.0
        present = (before.column(Field.ALIVE_COUNT) > 0) & (before.column(Field.STATUS) <= Status.DISPOSAL)
        stored = now.column(Field.DAY_STORED_KWH)[present]
        assert stored == pytest.approx(kwh[present], abs=1e-6, rel=1e-9)


@pytest.mark.many_days
@given(rows(), st.integers(1, 60))
def test_orders_on_any_day_break_nothing(row: Row, days: int) -> None:
    now = run_span(fleet(row), 1, DAY, DAY + days).fleet
    for field, value in (
        (Field.POLICY, 2.0),
        (Field.KEEPING, 0.0),
        (Field.DEMAND_CAP, 0.0),
        (Field.POLICY, 0.0),
        (Field.NETWORK_CAP, 1.0),
        (Field.STATUS, float(Status.DISPOSAL)),
    ):
        if now.column(Field.STATUS)[0] > Status.DISPOSAL:
            break
        now = run_span(now.with_values(field, [0], value), 1, DAY + days, DAY + days + 1).fleet
        days += 1
        closes(now)
        in_bounds(now)


def test_totals_are_the_days_added_up() -> None:
    now = fleet(batch(inclination_deg=53.0, load_policy="ride-through"))
    sums = dict.fromkeys(("generated", "used", "lost", "curtailed", "stored", "compute"), 0.0)
    for day in range(DAY, DAY + 40):
        now = run_span(now, 3, day, day + 1).fleet
        row = now.row(0)
        sums["generated"] += row[Field.DAY_GENERATED_KWH]
        sums["used"] += row[Field.DAY_USED_KWH]
        sums["lost"] += row[Field.DAY_CONVERSION_KWH] + row[Field.DAY_BATTERY_LOSS_KWH]
        sums["curtailed"] += row[Field.DAY_CURTAILED_KWH]
        sums["stored"] += row[Field.DAY_STORED_KWH]
        sums["compute"] += row[Field.DELIVERED_PFLOPS]
    row = now.row(0)
    assert row[Field.TOTAL_GENERATED_KWH] == pytest.approx(sums["generated"])
    assert row[Field.TOTAL_USED_KWH] == pytest.approx(sums["used"])
    assert row[Field.TOTAL_LOST_KWH] == pytest.approx(sums["lost"])
    assert row[Field.TOTAL_CURTAILED_KWH] == pytest.approx(sums["curtailed"])
    assert row[Field.TOTAL_STORED_KWH] == pytest.approx(sums["stored"], abs=1e-9)
    assert row[Field.TOTAL_PFLOP_DAYS] == pytest.approx(sums["compute"])
    assert row[Field.MONTH_PFLOP_DAYS] == row[Field.TOTAL_PFLOP_DAYS]
    assert row[Field.SERVICE_DAYS] == 40.0


def test_heat_is_what_the_electricity_became() -> None:
    """Away from the heater, heat rejected is all power used and lost, less light and radio."""
    row = batch(inclination_deg=53.0, load_policy="ride-through", immortal=True)
    before = run_span(fleet(row), 1, DAY, DAY + 30).fleet
    now = run_span(before, 1, DAY + 30, DAY + 31).fleet.row(0)
    electric = sum(now[line] for line in POWER_OUT[:3])
    share_out = now[Field.OUTPUT_W] * 24.0 * 20 / 1000.0
    thruster = electric - share_out - now[Field.HEAT_W] * 24.0 * 20 / 1000.0
    propellant = before.row(0)[Field.PROPELLANT_KG] - now[Field.PROPELLANT_KG]
    burn_s = propellant * now[Field.EXHAUST_M_S] / now[Field.THRUST_N]
    assert thruster == pytest.approx(now[Field.THRUSTER_W] * burn_s / 3.6e6 * 20, rel=1e-3)
