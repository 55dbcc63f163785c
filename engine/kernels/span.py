"""Runs blocks of batches through days: the one entry that advances a fleet."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.kernels import at
from engine.kernels._jit import jit
from engine.kernels.books import settle_binding, wear_parts, write_compute, write_energy, write_heat
from engine.kernels.cycle import find_start, fly_orbit, judge_junction, set_heat
from engine.kernels.dispatch import cap_levels, name_binding, run_battery, set_levels
from engine.kernels.hazard import fail_chips, fail_satellites, grow_hazards
from engine.kernels.layout import FIELDS, LANES, ROWS, Kind, Sky
from engine.kernels.orbit import (
    begin_day,
    end_orbits,
    face_sun,
    look_up_density,
    make_power,
    meet_air,
    refresh_views,
)
from engine.kernels.record import PER_LANE_DAY, VALUE_ROWS, mark_changes, note

RETRIES = 8
"""Most attempts to find the level at which the junction peaks at its trip temperature."""
BINDING_PATIENCE_DAYS = 3.0
SATELLITE_LOST = float(Kind.SATELLITE_LOST)


@jit
def run_blocks(
    blocks: NDArray[np.float64],
    first_block: int,
    count: int,
    seed: int,
    day_from: int,
    sky: NDArray[np.float64],
    infant: NDArray[np.float64],
    records: NDArray[np.float64],
    peek: NDArray[np.float64],
) -> tuple[int, int]:
    """Advances blocks, each through all the days, until done or the record arrays might overflow.

    Args:
        blocks: `(n_blocks, FIELDS, LANES)`, changed in place.
        first_block: where to begin.
        count: batches in the fleet; lanes past the last are never recorded.
        seed: of the campaign.
        day_from: day of the first row of `sky`.
        sky: one row a day, from `kernels.sky.sky_rows`.
        infant: growth of the infant hazard by age in days.
        records: `(room, 4)`: day, batch, kind and value of what happened, written from the first row.
        peek: empty, or `ROWS * LANES` long to receive the last block run with its scratch rows.

    Returns:
        The block to go on with (`n_blocks` when done) and the number of records written.
    """
    n_days = sky.shape[0]
    written = 0
    room = records.shape[0] - n_days * LANES * PER_LANE_DAY
    buffer = np.zeros(ROWS * LANES)
    for block in range(first_block, blocks.shape[0]):
        if written > room:
            return block, written
        flat = blocks[block].reshape(FIELDS * LANES)
        for k in range(FIELDS * LANES):
            buffer[k] = flat[k]
        first = block * LANES
        lanes = min(LANES, count - first)
        for k in range(n_days):
            day = float(day_from + k)
            row = sky[k]
            begin_day(buffer, day)
            refresh_views(buffer)
            look_up_density(buffer, row)
            face_sun(buffer, row[Sky.SUN_X], row[Sky.SUN_Y], row[Sky.SUN_Z])
            make_power(buffer, row[Sky.FLUX_W_M2])
            meet_air(buffer)
            cap_levels(buffer)
            for attempt in range(RETRIES):
                set_levels(buffer)
                run_battery(buffer)
                set_heat(buffer, row[Sky.FLUX_W_M2])
                find_start(buffer)
                fly_orbit(buffer)
                if judge_junction(buffer, attempt == 0) == 0.0:
                    break
            name_binding(buffer)
            write_energy(buffer)
            write_heat(buffer)
            write_compute(buffer)
            wear_parts(buffer)
            end_orbits(buffer)
            grow_hazards(buffer, day, infant)
            due = 0.0
            for j in range(LANES):
                due += buffer[at.NEEDS + j]
            if due > 0.0:
                for j in range(lanes):
                    if buffer[at.NEEDS + j] > 0.5:
                        fail_chips(buffer, j, seed)
                        lost = fail_satellites(buffer, j, seed)
                        if lost > 0.0:
                            written = note(records, written, day, float(first + j), SATELLITE_LOST, lost)
            settle_binding(buffer, BINDING_PATIENCE_DAYS)
            if mark_changes(buffer) > 0.0:
                for j in range(lanes):
                    kinds = int(buffer[at.NEEDS + j])
                    for kind in range(PER_LANE_DAY):
                        if (kinds >> kind) & 1:
                            value = buffer[VALUE_ROWS[kind] + j]
                            written = note(records, written, day, float(first + j), float(kind), value)
        for k in range(FIELDS * LANES):
            flat[k] = buffer[k]
    if peek.shape[0] > 0:
        for k in range(ROWS * LANES):
            peek[k] = buffer[k]
    return blocks.shape[0], written
