"""The law of the day step: how a span is cut, who flies beside whom, and where, never changes a bit."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from engine.errors import EngineError
from engine.kernels.layout import LANES, Field
from engine.kernels.sky import WINDOW_DAYS
from engine.simulate.fleet import Fleet
from engine.simulate.run import SpanResult, run_span
from tests.fleets import DAY, batch, fleet
from tests.kernels.shapes import rows

Row = NDArray[np.float64]


def same(one: SpanResult, other: SpanResult) -> None:
    assert one.fleet.to_bytes() == other.fleet.to_bytes()
    assert one.records.tobytes() == other.records.tobytes()


@pytest.mark.many_days
@given(
    st.lists(rows(), min_size=1, max_size=5),
    st.integers(0, 2**40),
    st.integers(2, 150),
    st.sets(st.integers(1, 149), max_size=6),
)
def test_cuts_leave_no_trace(batches: list[Row], seed: int, days: int, cuts: set[int]) -> None:
    start = fleet(*batches)
    whole = run_span(start, seed, DAY, DAY + days)
    places = [0, *sorted(cut for cut in cuts if cut < days), days]
    pieces, records = start, []
    for first, last in pairwise(places):
        result = run_span(pieces, seed, DAY + first, DAY + last)
        pieces = result.fleet
        records.append(result.records)
    same(whole, SpanResult(pieces, np.concatenate(records)))


@pytest.mark.many_days
@given(rows(), st.lists(rows(), min_size=1, max_size=4), st.integers(0, 3 * LANES))
def test_neighbours_and_places_leave_no_trace(row: Row, others: list[Row], place: int) -> None:
    alone = run_span(fleet(row), 5, DAY, DAY + 40)
    crowd = [others[k % len(others)] for k in range(3 * LANES)]
    crowd.insert(place, row)
    together = run_span(fleet(*crowd), 5, DAY, DAY + 40)
    assert together.fleet.row(place).tobytes() == alone.fleet.row(0).tobytes()
    mine = together.records[together.records["batch"] == place]
    assert mine["value"].tobytes() == alone.records["value"].tobytes()
    assert mine["day"].tolist() == alone.records["day"].tolist()


def test_a_hot_neighbour_changes_nothing() -> None:
    """A junction that needs several attempts makes its whole block try again."""
    cool = batch(key=1)
    hot = batch(key=2, changes={"radiator_area_m2": 60.0})
    alone = run_span(fleet(cool), 1, DAY, DAY + 30).fleet.row(0)
    beside = run_span(fleet(hot, cool), 1, DAY, DAY + 30).fleet
    assert beside.column(Field.CAP_JUNCTION)[0] < 0.7
    assert beside.row(1).tobytes() == alone.tobytes()


def test_the_fleet_given_is_not_touched() -> None:
    start = fleet(batch())
    before = start.to_bytes()
    run_span(start, 1, DAY, DAY + 3)
    assert start.to_bytes() == before


def test_a_span_of_no_days_or_no_batches_is_empty() -> None:
    start = fleet(batch())
    assert run_span(start, 1, DAY, DAY).fleet is start
    assert run_span(Fleet.empty(), 1, DAY, DAY + 5).fleet.count == 0
    with pytest.raises(EngineError, match="back"):
        run_span(start, 1, DAY, DAY - 1)


@pytest.mark.many_days
def test_records_come_by_day_batch_and_kind_and_survive_a_full_table() -> None:
    """Many blocks with many failures: the record table is emptied on the way and nothing is lost."""
    many = [batch(key=k, count=200, raan_deg=float(k % 360)) for k in range(40 * LANES)]
    for row in many:
        row[Field.FAILURE_SCALE] = 3000.0
    result = run_span(fleet(*many), 1, DAY, DAY + WINDOW_DAYS + 8)
    keys = list(zip(*(result.records[name].tolist() for name in ("day", "batch", "kind")), strict=True))
    assert keys == sorted(keys)
    lost = result.records[result.records["kind"] == 3]
    gone = 200 * len(many) - result.fleet.column(Field.ALIVE_COUNT).sum()
    assert lost["value"].sum() == gone > 0


@pytest.mark.parametrize("least_blocks", [1, 2, 3, 16])
def test_sharing_a_fleet_out_among_threads_leaves_no_trace(
    least_blocks: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.simulate.run._LEAST_BLOCKS", least_blocks)
    many = fleet(*(batch(key=k, count=200) for k in range(6 * LANES - 7)))
    whole = run_span(many, 3, DAY, DAY + 200)
    assert len(whole.records)
    with ThreadPoolExecutor(2) as threads:
        same(whole, run_span(many, 3, DAY, DAY + 200, threads))


def test_seeds_matter() -> None:
    rows_ = [batch(key=k, count=200) for k in range(20)]
    one = run_span(fleet(*rows_), 1, DAY, DAY + 200).fleet.column(Field.ALIVE_COUNT)
    other = run_span(fleet(*rows_), 2, DAY, DAY + 200).fleet.column(Field.ALIVE_COUNT)
    assert one.tolist() != other.tolist()
