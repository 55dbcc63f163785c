"""Runs a fleet through days."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.errors import EngineError
from engine.formulas.hazard import infant_hazard
from engine.kernels.layout import LANES
from engine.kernels.record import PER_LANE_DAY
from engine.kernels.scratch import ROWS
from engine.kernels.sky import WINDOW_DAYS, sky_rows
from engine.kernels.span import run_blocks
from engine.simulate.fleet import Fleet

if TYPE_CHECKING:
    from concurrent.futures import Executor

RECORD = np.dtype([("day", "<i8"), ("batch", "<i8"), ("kind", "<i8"), ("value", "<f8")])
"""One thing that happened, as the kernel tells it; `kind` is a `kernels.layout.Kind`."""

_LEAST_BLOCKS = 16
"""A part of a fleet for a thread of its own has at least so many blocks: half a millisecond a month."""
_MOST_PARTS = 8
_OLDEST_DAYS = 20_000
_SEED_BITS = 63


class Sky(NamedTuple):
    """What the Sun does to a campaign beyond the common table of days."""

    seed: int
    strengths: tuple[float, ...]
    often: float


@dataclass(frozen=True, slots=True, eq=False)
class SpanResult:
    """A fleet after a span, and what happened on the way.

    Attributes:
        records: array of `RECORD`, by day, then batch, then kind.
    """

    fleet: Fleet
    records: NDArray[np.void]


def run_span(
    fleet: Fleet,
    seed: int,
    day_from: int,
    day_to: int,
    executor: Executor | None = None,
    sun_strengths: tuple[float, ...] = (),
    storms: float = 1.0,
) -> SpanResult:
    """Advances every batch from 00:00 UTC of one day to 00:00 of another.

    Cutting a span anywhere gives the same bits: each day is a function of the fleet, the seed and the day. So
    does sharing it out, since no batch looks at another.

    Args:
        fleet: the batches; not changed.
        seed: of the campaign; taken modulo 2**63.
        day_from: first day to run, since 2000-01-01.
        day_to: the day to stop at, not run itself.
        executor: threads of the caller, among which a large fleet is shared out.
        sun_strengths: of the coming cycles, see `sky_rows`.
        storms: factor on how often solar storms begin.

    Raises:
        EngineError: the days run backwards.
    """
    if day_to < day_from:
        raise EngineError(f"a span cannot run from day {day_from} back to {day_to}", "run_span")
    if fleet.count == 0 or day_to == day_from:
        return SpanResult(fleet, np.empty(0, RECORD))
    blocks = fleet.blocks.copy()
    parts = 1 if executor is None else min(max(len(blocks) // _LEAST_BLOCKS, 1), _MOST_PARTS)
    edges = [len(blocks) * part // parts for part in range(parts + 1)]

    sky = Sky(seed % (1 << _SEED_BITS), sun_strengths, storms)

    def run_part(edge: tuple[int, int]) -> list[NDArray[np.void]]:
        return _run_days(blocks, fleet, sky, edge, day_from, day_to)

    ran = map(run_part, pairwise(edges)) if executor is None else executor.map(run_part, pairwise(edges))
    told = [records for part in ran for records in part]
    records = np.concatenate(told) if told else np.empty(0, RECORD)
    if len(records) > 1:
        records = records[np.lexsort((records["kind"], records["batch"], records["day"]))]
    return SpanResult(fleet.flown(blocks), records)


def _run_days(
    blocks: NDArray[np.float64], fleet: Fleet, sky: Sky, edge: tuple[int, int], day_from: int, day_to: int
) -> list[NDArray[np.void]]:
    """Runs the blocks between two edges through all days, in place; returns what happened."""
    begin, end = edge
    share = blocks[begin:end]
    told: list[NDArray[np.void]] = []
    start = day_from
    while start < day_to:
        stop = min(start + WINDOW_DAYS, day_to)
        count = min(fleet.count - begin * LANES, len(share) * LANES)
        told += _run_window(share, fleet.designs, count, sky, start, stop)
        start = stop
    if begin:
        for records in told:
            records["batch"] += begin * LANES
    return told


def _run_window(
    blocks: NDArray[np.float64], designs: NDArray[np.float64], count: int, sky: Sky, start: int, stop: int
) -> list[NDArray[np.void]]:
    """Runs all blocks through the days of one piece, in place, emptying the table of records as it fills."""
    flat, shared = blocks.reshape(-1), designs.reshape(-1)
    rows = sky_rows(start, stop, sky.seed, sky.strengths, sky.often).reshape(-1)
    infant = infant_growth()
    room = 4 * (stop - start) * LANES * PER_LANE_DAY
    table, buffer, done = np.empty(4 * room), np.zeros(ROWS * LANES), np.zeros(2, np.int64)
    days, oldest = stop - start, len(infant) - 1
    told = []
    block = 0
    while block < len(blocks):
        run_blocks(
            flat, shared, block, count, sky.seed, start, days, rows, infant, oldest, table, room, buffer, done
        )
        block, written = int(done[0]), int(done[1])
        if written:
            records = np.empty(written, RECORD)
            for column, name in enumerate(("day", "batch", "kind", "value")):
                records[name] = table[column : 4 * written : 4]
            told.append(records)
    return told


@lru_cache(maxsize=1)
def infant_growth() -> NDArray[np.float64]:
    """What each day of age adds to the infant hazard."""
    hazards = np.array([infant_hazard(float(age)) for age in range(_OLDEST_DAYS + 1)])
    growth: NDArray[np.float64] = np.diff(hazards)
    growth.flags.writeable = False
    return growth
