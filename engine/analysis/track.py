"""Where a batch flies next: the ground track of its first satellite."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.formulas.orbit import nodal_period_s
from engine.kernels.layout import Field
from engine.simulate.telemetry import below

if TYPE_CHECKING:
    from engine.state import CampaignState

Floats = NDArray[np.float64]


def ground_track(
    state: CampaignState, batch_index: int, seconds: float, points: int = 90
) -> tuple[Floats, Floats]:
    """Points under the first satellite of a batch, one orbit ahead.

    Args:
        state: the campaign.
        batch_index: row of the batch in the fleet.
        seconds: of the day, where the track begins.
        points: how many, evenly in time.

    Returns:
        Latitudes and longitudes in degrees, each `(points,)`.
    """
    row = state.fleet.row(batch_index)
    inclination_deg = math.degrees(float(row[Field.INCLINATION_RAD]))
    period_s = nodal_period_s(float(row[Field.ALTITUDE_KM]), inclination_deg)
    times = seconds + np.linspace(0.0, 1.0, points) * period_s
    places = [below(row, state.day, time) for time in times.tolist()]
    lat_deg, lon_deg = np.array(places).T
    return lat_deg, lon_deg
