"""Writing whole columns of the fleet: what rules change about batches in orbit."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from engine.kernels.layout import Field
from engine.model.catalogue import Catalogue
from engine.rules.market import workload_ids
from engine.simulate.fleet import Fleet


def with_all(fleet: Fleet, field: Field, value: float) -> Fleet:
    """The fleet with one value in a whole column; the same fleet if it is there already."""
    return with_column(fleet, field, np.full(fleet.count, value))


def with_column(fleet: Fleet, field: Field, values: NDArray[np.float64]) -> Fleet:
    """The fleet with a column changed; the same fleet if nothing changes."""
    changed = np.flatnonzero(fleet.column(field) != values)
    return fleet.with_values(field, changed, values[changed]) if len(changed) else fleet


def with_demand(fleet: Fleet, catalogue: Catalogue, bought: Mapping[str, float]) -> Fleet:
    """The fleet held to the levels that customers buy: each batch to the mean over what it computes."""
    cap = np.ones(fleet.count)
    for slot, workload in enumerate(workload_ids(catalogue)):
        cap -= (1.0 - bought.get(workload, 1.0)) * fleet.column(Field(Field.MIX_0 + slot))
    return with_column(fleet, Field.DEMAND_CAP, np.clip(cap, 0.0, 1.0))
