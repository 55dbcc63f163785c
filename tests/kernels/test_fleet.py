"""The fleet array: rows in, columns out, bytes and back."""

from __future__ import annotations

import numpy as np
import pytest

from engine.errors import EngineError
from engine.kernels import at
from engine.kernels.layout import FIELDS, KEPT, LANES, SHARED, Field
from engine.kernels.scratch import ROWS, Scratch
from engine.rules.fleet_rows import distinct
from engine.simulate.fleet import Fleet, blank_row, places
from engine.simulate.lower import batch_row, cycle_fit, policy_code, policy_name
from engine.simulate.run import run_span
from tests.campaigns import catalogue, preset
from tests.fleets import DAY, batch, fleet


def test_a_batch_takes_a_kilobyte_at_most_and_rows_are_numbered_without_gaps() -> None:
    assert [int(field) for field in Field] == list(range(FIELDS))
    assert [int(row) for row in Scratch] == list(range(FIELDS, ROWS))
    assert KEPT * 8 <= 1024
    assert fleet(*(batch(key=k) for k in range(LANES))).blocks.nbytes <= 1024 * LANES
    assert KEPT + SHARED == FIELDS
    assert {row.name for row in Scratch} & {field.name for field in Field} == set()
    for row in (*Field, *Scratch):
        assert getattr(at, row.name) == row * LANES
    with pytest.raises(AttributeError, match="SPEED_OF_SOUND"):
        _ = at.SPEED_OF_SOUND


@pytest.mark.parametrize("count", [0, 1, LANES - 1, LANES, LANES + 1, 3 * LANES + 5])
def test_rows_come_back_as_they_went_in(count: int) -> None:
    rows = [batch(key=k, count=k + 1) for k in range(count)]
    whole = fleet(*rows)
    assert whole.count == count
    assert whole.column(Field.KEY).tolist() == list(range(count))
    for k, row in enumerate(rows):
        assert whole.row(k).tobytes() == row.tobytes()
    piecemeal = Fleet.empty()
    for row in rows:
        piecemeal = piecemeal.append(row)
    assert piecemeal.blocks.tobytes() == whole.blocks.tobytes()


def test_bytes_and_back() -> None:
    flown = run_span(fleet(*(batch(key=k) for k in range(40))), 1, DAY, DAY + 9).fleet
    again = Fleet.from_bytes(flown.to_bytes())
    assert again.to_bytes() == flown.to_bytes()
    on = [run_span(one, 1, DAY + 9, DAY + 30).fleet.to_bytes() for one in (flown, again)]
    assert on[0] == on[1]
    assert Fleet.from_bytes(Fleet.empty().to_bytes()).count == 0


def test_bytes_that_are_no_fleet_are_refused() -> None:
    data = fleet(batch()).to_bytes()
    broken = np.frombuffer(data, np.uint8).copy()
    broken[16:24] = np.frombuffer(np.float64("nan").tobytes(), np.uint8)
    wrong_version = data[:4] + np.uint32(99).tobytes() + data[8:]
    for bad in (b"", b"ODC", b"x" * 100, data[:-1], data + b"0", wrong_version, broken.tobytes()):
        with pytest.raises(EngineError):
            Fleet.from_bytes(bad)


def test_values_change_in_a_new_fleet_only() -> None:
    one = fleet(*(batch(key=k) for k in range(40)))
    other = one.with_values(Field.DEMAND_CAP, [0, 39], [0.25, 0.5])
    assert one.column(Field.DEMAND_CAP).min() == 1.0
    assert other.column(Field.DEMAND_CAP)[[0, 39]].tolist() == [0.25, 0.5]
    assert other.column(Field.DEMAND_CAP)[1:39].min() == 1.0
    with pytest.raises(EngineError, match="not among the 40"):
        one.with_values(Field.DEMAND_CAP, [40], 0.0)
    with pytest.raises(EngineError, match="not among the 40"):
        one.with_values(Field.DEMAND_CAP, [-1], 0.0)


def test_nothing_of_a_fleet_can_be_written_to() -> None:
    one = fleet(batch())
    for array in (one.blocks, one.column(Field.KEY), one.row(0)):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0.0


def test_a_row_of_another_length_is_refused() -> None:
    with pytest.raises(EngineError, match="fields"):
        Fleet.empty().append(np.zeros((1, FIELDS - 1)))


def test_padding_flies_without_a_stir() -> None:
    """Blank lanes neither divide by zero nor wake up."""
    now = run_span(Fleet.empty().append(blank_row()), 1, DAY, DAY + 50).fleet
    assert np.isfinite(now.blocks).all()
    assert now.column(Field.STATUS)[0] == 0.0
    assert now.column(Field.TOTAL_GENERATED_KWH)[0] == 0.0


@pytest.mark.parametrize("name", sorted(catalogue().presets))
def test_lowering_says_what_the_design_says(name: str) -> None:
    design = preset(name)
    row = batch_row(
        design,
        catalogue(),
        key=3,
        launched_count=10,
        altitude_km=700.0,
        inclination_deg=98.0,
        raan_deg=-30.0,
        arg_lat_deg=400.0,
        launch_day=DAY,
        service_day=DAY + 5,
        mix=(0.25, 0.75),
    )
    chips = catalogue().accelerators[design.accelerator]
    assert row[Field.IT_POWER_W] == pytest.approx(design.accelerator_count * chips.power_w.nominal)
    assert row[Field.CAPACITY_WH] == pytest.approx(1000.0 * design.battery_kwh)
    assert row[Field.RAAN_RAD] == pytest.approx(np.radians(330.0))
    assert row[Field.ARG_LAT_RAD] == pytest.approx(np.radians(40.0))
    assert row[Field.ONE_WAY_EFFICIENCY] ** 2 == pytest.approx(
        catalogue().batteries[design.battery].round_trip_efficiency.nominal
    )
    assert row[Field.MIX_0 : Field.MIX_7 + 1].tolist() == [0.25, 0.75, 0, 0, 0, 0, 0, 0]
    assert policy_name(row[Field.POLICY]) == design.load_policy
    assert np.isfinite(row).all()


@pytest.mark.parametrize("policy", ["steady", "follow-the-sun", "ride-through"])
def test_policies_have_one_number_each(policy: str) -> None:
    assert policy_name(float(policy_code(policy))) == policy


@pytest.mark.parametrize("name", sorted(catalogue().batteries))
def test_cycle_fit_runs_through_the_makers_table(name: str) -> None:
    battery = catalogue().batteries[name]
    full, exponent = cycle_fit(battery)
    assert 1.0 < exponent < 4.0
    for depth, cycles in zip(battery.cycle_life.depth_of_discharge, battery.cycle_life.cycles, strict=True):
        assert 0.2 / (full * depth**exponent) == pytest.approx(cycles, rel=0.6)


@pytest.mark.parametrize("count", [0, 1, LANES, LANES + 1, 3 * LANES + 5])
def test_whole_columns_are_read_and_written_together_as_one_by_one(count: int) -> None:
    whole = fleet(*(batch(key=k, count=k + 1) for k in range(count)))
    wanted = (Field.ALIVE_COUNT, Field.KEY)
    assert whole.table(wanted).tolist() == [whole.column(field).tolist() for field in wanted]
    news = {Field.ALIVE_COUNT: np.arange(count) + 1.0, Field.DEMAND_CAP: np.linspace(0.0, 0.9, count)}
    one_by_one = whole
    for field, values in news.items():
        one_by_one = one_by_one.with_values(field, range(count), values)
    together = whole.with_columns(news)
    assert together.blocks.tobytes() == one_by_one.blocks.tobytes()
    assert together.with_columns(news) is together
    assert whole.column(Field.DEMAND_CAP).tolist() == [1.0] * count


def test_batches_alike_are_told_from_others() -> None:
    places, which = distinct(np.array([7, 3, 7, 7, 2, 3]))
    assert (places, which.tolist()) == ([0, 1, 4], [0, 1, 0, 0, 2, 1])
    nothing, numbers = distinct(np.empty(0))
    assert (nothing, len(numbers)) == ([], 0)


def test_places_read_what_columns_read_and_only_what_batches_keep() -> None:
    whole = fleet(*(batch(key=k, count=k + 1, altitude_km=500.0 + k) for k in range(LANES + 3)))
    fields = (Field.ALTITUDE_KM, Field.KEY, Field.LAUNCHED_COUNT)
    expected = [whole.column(field).tolist() for field in fields]
    assert whole.table(places(*fields)).tolist() == whole.table(fields).tolist() == expected
    with pytest.raises(EngineError, match="do not keep"):
        places(Field.KEY, KEPT)
