"""The shells of a fleet, grouped from its columns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.analysis.columns import FleetColumns as FleetTable
from engine.reports import SHELL_DEG, SHELL_KM

__all__ = ["FleetTable", "Floats", "Ints", "Shells", "group_shells"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Shells:
    """Batches that fly at nearly the same altitude and inclination.

    Attributes:
        of: (batches,) number of each batch's shell.
        lowest_km: (shells,) altitude of the lowest batch.
        highest_km: (shells,) altitude of the highest batch.
        inclination_deg: (shells,) mean over the batches.
        batches: (shells,) how many.
        alive: (shells,) living satellites.
        launched: (shells,) satellites launched.
        lit: (shells,) mean lit share, weighted with living satellites.
        delivered_pflops: (shells,) sum.
    """

    of: Ints
    lowest_km: Floats
    highest_km: Floats
    inclination_deg: Floats
    batches: Ints
    alive: Floats
    launched: Floats
    lit: Floats
    delivered_pflops: Floats

    def __len__(self) -> int:
        return len(self.batches)


def group_shells(table: FleetTable) -> Shells:
    """Group batches by altitude (steps of 50 km) and inclination (whole degrees), lowest shell first."""
    altitude = np.round(table.altitude_km / SHELL_KM).astype(np.int64)
    inclination = np.round(table.inclination_deg / SHELL_DEG).astype(np.int64)
    keys, of = np.unique(altitude * 1000 + inclination, return_inverse=True)
    count = np.bincount(of, minlength=len(keys))

    def total(column: Floats | Ints) -> Floats:
        return np.bincount(of, weights=column, minlength=len(keys)).astype(np.float64)

    lowest, highest = np.full(len(keys), np.inf), np.full(len(keys), -np.inf)
    np.minimum.at(lowest, of, table.altitude_km)
    np.maximum.at(highest, of, table.altitude_km)
    alive = total(table.alive)
    with np.errstate(invalid="ignore", divide="ignore"):
        lit = np.where(alive > 0, total(table.lit * table.alive) / alive, total(table.lit) / count)
    return Shells(
        of=of.astype(np.int64),
        lowest_km=lowest,
        highest_km=highest,
        inclination_deg=total(table.inclination_deg) / count,
        batches=count.astype(np.int64),
        alive=alive,
        launched=total(table.launched),
        lit=lit,
        delivered_pflops=total(table.delivered_pflops),
    )
