"""Runs blocks of batches through days: the one entry that advances a fleet."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.kernels import at
from engine.kernels._jit import beyond, jit
from engine.kernels.books import (
    judge_service,
    settle_binding,
    wear_parts,
    write_compute,
    write_energy,
    write_heat,
)
from engine.kernels.cycle import find_start, fly_orbit, set_heat
from engine.kernels.dispatch import (
    cap_levels,
    lean_on_warmth,
    name_binding,
    run_battery,
    set_levels,
    share_out,
)
from engine.kernels.hazard import fail_chips, fail_satellites, grow_hazards
from engine.kernels.layout import KEPT, LANES, SHARED, Kind, Sky
from engine.kernels.orbit import (
    begin_day,
    end_orbits,
    face_sun,
    look_up_density,
    make_power,
    meet_air,
    refresh_views,
)
from engine.kernels.radiator import age_radiator, grow_punctures, puncture_loops
from engine.kernels.record import PER_LANE_DAY, VALUE_ROWS, mark_changes, note
from engine.kernels.sky import SKY_COLUMNS
from engine.kernels.throttle import begin_attempt, begin_day_warm, foresee_caps, judge_heat, keep_caps

RETRIES = 8
"""Most attempts to find the level that heat allows, and the power of chips at their own temperature."""
BINDING_PATIENCE_DAYS = 3.0
SATELLITE_LOST = float(Kind.SATELLITE_LOST)


BLOCK = KEPT * LANES
DESIGN_FIELDS = SHARED
SUN_X = int(Sky.SUN_X)
SUN_Y = int(Sky.SUN_Y)
SUN_Z = int(Sky.SUN_Z)
FLUX_W_M2 = int(Sky.FLUX_W_M2)
STORM_CM2_S = int(Sky.STORM_CM2_S)


@jit
def share_power(buffer: NDArray[np.float64], flux_w_m2: float) -> None:
    """From how warm the chips are expected to be to the heat they give off."""
    lean_on_warmth(buffer)
    cap_levels(buffer)
    set_levels(buffer)
    share_out(buffer)
    run_battery(buffer)
    set_heat(buffer, flux_w_m2)


@jit
def run_day(
    buffer: NDArray[np.float64],
    day: float,
    row: NDArray[np.float64],
    infant: NDArray[np.float64],
    oldest_days: int,
) -> None:
    """Takes one block through one day, but for what fails and what there is to tell."""
    begin_day(buffer, day)
    refresh_views(buffer)
    look_up_density(buffer, row)
    face_sun(buffer, row[SUN_X], row[SUN_Y], row[SUN_Z])
    make_power(buffer, row[FLUX_W_M2])
    meet_air(buffer)
    age_radiator(buffer, day)
    begin_day_warm(buffer)
    for _ in range(RETRIES):
        begin_attempt(buffer)
        share_power(buffer, row[FLUX_W_M2])
        find_start(buffer)
        foresee_caps(buffer)
        share_power(buffer, row[FLUX_W_M2])
        fly_orbit(buffer)
        if judge_heat(buffer) == 0.0:
            break
    keep_caps(buffer)
    judge_service(buffer)
    name_binding(buffer)
    write_energy(buffer)
    write_heat(buffer)
    write_compute(buffer, row[STORM_CM2_S])
    wear_parts(buffer)
    end_orbits(buffer)
    grow_hazards(buffer, day, infant, oldest_days, row[STORM_CM2_S])
    grow_punctures(buffer)


@jit
def tell_day(
    buffer: NDArray[np.float64],
    records: NDArray[np.float64],
    told: int,
    day: float,
    first: int,
    lanes: int,
    seed: int,
) -> int:
    """Lets fail what is due, and writes down what happened.

    Returns:
        The number of records there are now.
    """
    written = told
    due = 0.0
    for j in range(LANES):
        due += buffer[at.NEEDS + j]
    if due > 0.0:
        for j in range(lanes):
            if buffer[at.NEEDS + j] > 0.5:
                fail_chips(buffer, j, seed)
                puncture_loops(buffer, j, seed)
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
    return written


@jit
def take_in(buffer: NDArray[np.float64], flat: NDArray[np.float64], designs: NDArray[np.float64]) -> None:
    """Puts a block and what its batches share with others of their designs into the buffer."""
    for k in range(BLOCK):
        buffer[k] = flat[k]
    for j in range(LANES):
        design = beyond(designs, int(buffer[at.DESIGN_ROW + j]) * DESIGN_FIELDS)
        for k in range(DESIGN_FIELDS):
            buffer[BLOCK + k * LANES + j] = design[k]


@jit
def run_blocks(
    blocks: NDArray[np.float64],
    designs: NDArray[np.float64],
    first_block: int,
    count: int,
    seed: int,
    day_from: int,
    n_days: int,
    sky: NDArray[np.float64],
    infant: NDArray[np.float64],
    oldest_days: int,
    records: NDArray[np.float64],
    room: int,
    buffer: NDArray[np.float64],
    done: NDArray[np.int64],
) -> None:
    """Advances blocks, each through all the days, until done or the record arrays might overflow.

    Args:
        blocks: `(n_blocks, KEPT, LANES)`, changed in place.
        designs: `(n, SHARED)`: what batches have in common, by `Field.DESIGN_ROW`.
        first_block: where to begin.
        count: batches in the fleet, at least one; lanes past the last are never recorded.
        seed: of the campaign.
        day_from: day of the first row of `sky`.
        n_days: how many days to run.
        sky: one row a day, from `kernels.sky.sky_rows`.
        infant: growth of the infant hazard by age in days.
        oldest_days: the last place of `infant`.
        records: `(room, 4)`: day, batch, kind and value of what happened, written from the first row.
        room: how many records there is room for.
        buffer: `ROWS * LANES` long; holds the last block run afterwards, with its scratch rows.
        done: receives the block to go on with (`n_blocks` when done) and the number of records written.
    """
    n_blocks = (count + LANES - 1) // LANES
    written = 0
    enough = room - n_days * LANES * PER_LANE_DAY
    block = first_block
    while block < n_blocks and written <= enough:
        flat = beyond(blocks, block * BLOCK)
        take_in(buffer, flat, designs)
        first = block * LANES
        lanes = min(LANES, count - first)
        for k in range(n_days):
            day = float(day_from + k)
            run_day(buffer, day, beyond(sky, k * SKY_COLUMNS), infant, oldest_days)
            written = tell_day(buffer, records, written, day, first, lanes, seed)
        for k in range(BLOCK):
            flat[k] = buffer[k]
        block += 1
    done[0] = block
    done[1] = written
