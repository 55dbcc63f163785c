"""Writing whole columns of the fleet: what rules change about batches in orbit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.kernels.layout import Field
from engine.model.catalogue import Catalogue
from engine.rules.market import mix_places, workload_ids
from engine.simulate.fleet import Fleet


def distinct(keys: NDArray[Any]) -> tuple[list[int], NDArray[np.intp]]:
    """What of some keys differs.

    Args:
        keys: one a batch, of any kind that Python can hash.

    Returns:
        The place where each distinct key is first met, and for every batch the number of its key among them.
    """
    numbers: dict[Any, int] = {}
    each = [numbers.setdefault(key, len(numbers)) for key in keys.tolist()]
    places: list[int] = []
    for place, number in enumerate(each):
        if number == len(places):
            places.append(place)
    return places, np.array(each, np.intp)


def with_column(fleet: Fleet, field: Field, values: NDArray[np.float64]) -> Fleet:
    """The fleet with a column changed; the same fleet if nothing changes."""
    return fleet.with_columns({field: values})


def demand_caps(fleet: Fleet, catalogue: Catalogue, bought: Mapping[str, float]) -> NDArray[np.float64]:
    """The level that customers buy of each batch: the mean over what it computes."""
    cap = np.ones(fleet.count)
    if not bought:
        return cap
    known = workload_ids(catalogue)
    for workload, shares in zip(known, fleet.table(mix_places(len(known))), strict=True):
        if workload in bought:
            cap -= (1.0 - bought[workload]) * shares
    return np.clip(cap, 0.0, 1.0)


def with_demand(fleet: Fleet, catalogue: Catalogue, bought: Mapping[str, float]) -> Fleet:
    """The fleet held to the levels that customers buy."""
    return with_column(fleet, Field.DEMAND_CAP, demand_caps(fleet, catalogue, bought))
