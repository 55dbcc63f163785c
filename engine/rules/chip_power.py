"""What the chips of a fleet draw, as columns."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.kernels.layout import Field
from engine.state import CampaignState


def chip_power_w(state: CampaignState) -> NDArray[np.float64]:
    """Power into the chips of one satellite on the last day, mean over the orbit, one a batch."""
    shade = np.maximum(state.fleet.column(Field.ECLIPSE_FRACTION), 0.0)
    sun, dark = state.fleet.column(Field.CHIPS_SUN_W), state.fleet.column(Field.CHIPS_SHADE_W)
    return np.asarray(sun * (1.0 - shade) + dark * shade)
