"""From the compute that was launched to the compute that is delivered, loss by loss."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.batch_numbers import Floats, mean_level
from engine.kernels.layout import Field, Status
from engine.model.report import WaterfallRow

if TYPE_CHECKING:
    from engine.state import CampaignState

UNIT = "PFLOP/s"
_FORMULAS = {
    "installed": "healthy_compute",
    "healthy": "healthy_compute",
    "level": "delivered_compute",
    "goodput": "goodput",
    "interconnect": "batch_compute",
    "served": "batch_compute",
    "delivered": "batch_compute",
}


def waterfall(state: CampaignState, batch_index: int | None = None) -> tuple[WaterfallRow, ...]:
    """Where the compute of a batch, or of all that are in service, went on the last day that passed.

    Args:
        state: the campaign.
        batch_index: row of a batch in the fleet, or None for all in service.

    Returns:
        Rows from installed to delivered; the share of each row times the value before it is its value.
    """
    meant = in_service(state) if batch_index is None else slice(batch_index, batch_index + 1)
    sums = {name: float(np.sum(left[meant])) for name, left in steps(state).items()}
    sums["delivered"] = sums["served"]
    before = sums["installed"]
    rows = []
    for name, value in sums.items():
        share = value / before if before > 0.0 else 1.0
        rows.append(WaterfallRow(name, value, UNIT, min(share, 1.0), _FORMULAS[name]))
        before = value
    return tuple(rows)


def steps(state: CampaignState) -> dict[str, Floats]:
    """What each step leaves of the compute of every batch, in service or not.

    Args:
        state: the campaign.

    Returns:
        PFLOP/s, one a batch, by the names of rows, from installed to served.
    """
    column = state.fleet.column
    launched = column(Field.PEAK_PFLOPS) * column(Field.LAUNCHED_COUNT)
    alive = column(Field.PEAK_PFLOPS) * column(Field.ALIVE_COUNT)
    good, step, served = column(Field.GOODPUT), column(Field.INTERCONNECT), column(Field.SERVED_FRACTION)
    kept = good * step * served
    delivered = column(Field.DELIVERED_PFLOPS)
    level = np.divide(delivered, kept, out=alive * mean_level(state), where=kept > 0.0)
    healthy = np.maximum(alive * column(Field.CHIP_HEALTH), level)  # what failed last night still worked
    return {
        "installed": launched,
        "healthy": healthy,
        "level": level,
        "goodput": level * good,
        "interconnect": level * good * step,
        "served": delivered,
    }


def in_service(state: CampaignState) -> NDArray[np.bool_]:
    """Which batches the waterfall of the fleet is about."""
    return np.asarray(state.fleet.column(Field.STATUS) == Status.SERVICE)
