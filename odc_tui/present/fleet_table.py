"""The fleet as columns, one array a quantity: what the swarm screen sorts, filters and groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

SHELL_STEP_KM = 10.0
SHELL_STEP_DEG = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class FleetTable:
    """All batches, column by column; every array has one entry a batch, in fleet order.

    Attributes:
        ids: `L3`, `L3.17`.
        designs: names of designs; `design` points into it.
        bindings: names of caps; `binding` points into it.
        level: share of the installed compute at work, 0..1, mean of the orbit.
        spare_k: the hottest moment of a junction below the trip temperature.
        chip_health: healthy share of the chips in living satellites.
    """

    ids: Sequence[str]
    designs: Sequence[str]
    bindings: Sequence[str]
    design: Ints
    binding: Ints
    alive: Ints
    launched: Ints
    altitude_km: Floats
    inclination_deg: Floats
    beta_deg: Floats
    lit: Floats
    level: Floats
    soc_min: Floats
    spare_k: Floats
    delivered_pflops: Floats
    installed_pflops: Floats
    chip_health: Floats
    age_days: Ints

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True, eq=False)
class Shells:
    """Batches that fly at nearly the same altitude and inclination.

    Attributes:
        of: (batches,) number of each batch's shell.
        altitude_km: (shells,) mean over the batches.
        inclination_deg: (shells,) mean over the batches.
        batches: (shells,) how many.
        alive: (shells,) living satellites.
        launched: (shells,) satellites launched.
        lit: (shells,) mean lit share, weighted with living satellites.
        delivered_pflops: (shells,) sum.
    """

    of: Ints
    altitude_km: Floats
    inclination_deg: Floats
    batches: Ints
    alive: Floats
    launched: Floats
    lit: Floats
    delivered_pflops: Floats

    def __len__(self) -> int:
        return len(self.batches)


def group_shells(table: FleetTable) -> Shells:
    """Group batches by altitude (steps of 10 km) and inclination (whole degrees), lowest shell first."""
    altitude = np.round(table.altitude_km / SHELL_STEP_KM).astype(np.int64)
    inclination = np.round(table.inclination_deg / SHELL_STEP_DEG).astype(np.int64)
    keys, of = np.unique(altitude * 1000 + inclination, return_inverse=True)
    count = np.bincount(of, minlength=len(keys))

    def total(column: Floats | Ints) -> Floats:
        return np.bincount(of, weights=column, minlength=len(keys)).astype(np.float64)

    alive = total(table.alive)
    with np.errstate(invalid="ignore", divide="ignore"):
        lit = np.where(alive > 0, total(table.lit * table.alive) / alive, total(table.lit) / count)
    return Shells(
        of=of.astype(np.int64),
        altitude_km=total(table.altitude_km) / count,
        inclination_deg=total(table.inclination_deg) / count,
        batches=count.astype(np.int64),
        alive=alive,
        launched=total(table.launched),
        lit=lit,
        delivered_pflops=total(table.delivered_pflops),
    )
