"""Runs blocks of batches through days: the one entry that advances a fleet."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.kernels._jit import inline_jit, jit
from engine.kernels.books import settle_binding, wear_parts, write_compute, write_energy, write_heat
from engine.kernels.cycle import find_start, fly_orbit, judge_junction, set_heat
from engine.kernels.dispatch import cap_levels, name_binding, run_battery, set_levels
from engine.kernels.hazard import fail_chips, fail_satellites, grow_hazards
from engine.kernels.layout import FIELDS, LANES, ROWS, At, Kind, Sky
from engine.kernels.orbit import (
    begin_day,
    end_orbits,
    face_sun,
    look_up_density,
    make_power,
    meet_air,
    refresh_views,
)
from engine.kernels.record import PER_LANE_DAY, mark_changes, note, tell_lane

RETRIES = 8
"""Most attempts to find the level at which the junction peaks at its trip temperature."""
BINDING_PATIENCE_DAYS = 3.0


@inline_jit
def solve_day(b: NDArray[np.float64], flux_w_m2: float) -> None:
    """Finds levels, battery and temperatures of the day; tries again where a junction is too hot."""
    cap_levels(b)
    for attempt in range(RETRIES):
        set_levels(b)
        run_battery(b)
        set_heat(b, flux_w_m2)
        find_start(b)
        fly_orbit(b)
        if judge_junction(b, attempt == 0) == 0.0:
            break
    name_binding(b)


@inline_jit
def advance_day(
    b: NDArray[np.float64], row: NDArray[np.float64], day: int, infant: NDArray[np.float64]
) -> None:
    """One day of one block, all but its draws and records."""
    begin_day(b, float(day))
    refresh_views(b)
    look_up_density(b, row)
    face_sun(b, row[Sky.SUN_X], row[Sky.SUN_Y], row[Sky.SUN_Z])
    make_power(b, row[Sky.FLUX_W_M2])
    meet_air(b)
    solve_day(b, row[Sky.FLUX_W_M2])
    write_energy(b)
    write_heat(b)
    write_compute(b)
    wear_parts(b)
    end_orbits(b)
    grow_hazards(b, float(day), infant)


@jit
def run_blocks(
    blocks: NDArray[np.float64],
    first_block: int,
    count: int,
    seed: int,
    day_from: int,
    sky: NDArray[np.float64],
    infant: NDArray[np.float64],
    days: NDArray[np.int64],
    batches: NDArray[np.int64],
    kinds: NDArray[np.int64],
    values: NDArray[np.float64],
    peek: NDArray[np.float64],
) -> tuple[int, int]:
    """Advances blocks, each through all the days, until done or the record arrays might overflow.

    Args:
        blocks: `(n_blocks, FIELDS, LANES)`, changed in place.
        first_block: where to begin.
        count: batches in the fleet; lanes past the last are never recorded.
        seed: of the campaign.
        day_from: day of the first row of `sky`.
        sky: one row a day, from `fill_sky`.
        infant: growth of the infant hazard by age in days.
        days: records, written from 0; so are `batches`, `kinds` and `values`.
        batches: batch of each record.
        kinds: its `Kind`.
        values: its number.
        peek: empty, or `ROWS * LANES` long to receive the last block run with its scratch rows.

    Returns:
        The block to go on with (`n_blocks` when done) and the number of records written.
    """
    n_days = sky.shape[0]
    at = 0
    room = days.shape[0] - n_days * LANES * PER_LANE_DAY
    buffer = np.zeros(ROWS * LANES)
    for block in range(first_block, blocks.shape[0]):
        if at > room:
            return block, at
        flat = blocks[block].reshape(FIELDS * LANES)
        for k in range(FIELDS * LANES):
            buffer[k] = flat[k]
        first = block * LANES
        lanes = min(LANES, count - first)
        for k in range(n_days):
            day = day_from + k
            advance_day(buffer, sky[k], day, infant)
            due = 0.0
            for j in range(LANES):
                due += buffer[At.NEEDS + j]
            if due > 0.0:
                for j in range(lanes):
                    if buffer[At.NEEDS + j] > 0.5:
                        fail_chips(buffer, j, seed)
                        lost = fail_satellites(buffer, j, seed)
                        if lost > 0.0:
                            at = note(
                                days, batches, kinds, values, at, day, first + j, Kind.SATELLITE_LOST, lost
                            )
            settle_binding(buffer, BINDING_PATIENCE_DAYS)
            if mark_changes(buffer) > 0.0:
                for j in range(lanes):
                    if buffer[At.NEEDS + j] > 0.5:
                        at = tell_lane(buffer, j, days, batches, kinds, values, at, day, first + j)
        for k in range(FIELDS * LANES):
            flat[k] = buffer[k]
    if peek.shape[0] > 0:
        for k in range(ROWS * LANES):
            peek[k] = buffer[k]
    return blocks.shape[0], at
