"""From the compute that was launched to the compute that is delivered, loss by loss."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from engine.batch_numbers import Floats, mean_level
from engine.kernels.layout import Field, Status
from engine.model.report import WaterfallRow

if TYPE_CHECKING:
    from engine.state import CampaignState

UNIT = "PFLOP/s"


def waterfall(state: CampaignState, batch_index: int | None = None) -> tuple[WaterfallRow, ...]:
    """Where the compute of a batch, or of all that are in service, went on the last day that passed.

    Args:
        state: the campaign.
        batch_index: row of a batch in the fleet, or None for all in service.

    Returns:
        Rows from installed to delivered; the share of each row times the value before it is its value.
    """
    sums = [float(np.sum(part)) for part in _parts(state, batch_index)]
    installed, healthy, level, good, in_step, delivered = sums
    steps = (
        ("installed", installed, "healthy_compute"),
        ("healthy", healthy, "healthy_compute"),
        ("level", level, "delivered_compute"),
        ("goodput", good, "goodput"),
        ("interconnect", in_step, "batch_compute"),
        ("served", delivered, "batch_compute"),
        ("delivered", delivered, "batch_compute"),
    )
    before = installed
    rows = []
    for name, value, formula in steps:
        share = value / before if before > 0.0 else 1.0
        rows.append(WaterfallRow(name, value, UNIT, min(share, 1.0), formula))
        before = value
    return tuple(rows)


def _parts(state: CampaignState, batch_index: int | None) -> list[Floats]:
    """Compute of each batch meant: launched, healthy, at its level, good, in step, and in time."""
    column = state.fleet.column
    launched = column(Field.PEAK_PFLOPS) * column(Field.LAUNCHED_COUNT)
    alive = column(Field.PEAK_PFLOPS) * column(Field.ALIVE_COUNT)
    good, step, served = column(Field.GOODPUT), column(Field.INTERCONNECT), column(Field.SERVED_FRACTION)
    kept = good * step * served
    delivered = column(Field.DELIVERED_PFLOPS)
    level = np.divide(delivered, kept, out=alive * mean_level(state), where=kept > 0.0)
    healthy = np.maximum(alive * column(Field.CHIP_HEALTH), level)  # what failed last night still worked
    parts = (launched, healthy, level, level * good, level * good * step, delivered)
    return [_meant(state, batch_index, part) for part in parts]


def _meant(state: CampaignState, batch_index: int | None, values: Floats) -> Floats:
    if batch_index is not None:
        return values[batch_index : batch_index + 1]
    return np.asarray(values[state.fleet.column(Field.STATUS) == Status.SERVICE])
