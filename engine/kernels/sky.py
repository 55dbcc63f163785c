"""The table of days: what is the same for every batch on a day, worked out once a span."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.formulas import drag, sun
from engine.kernels._jit import inline_jit, jit
from engine.kernels.layout import Sky

for _relation in (
    sun.mean_longitude_deg,
    sun.mean_anomaly_rad,
    sun.ecliptic_longitude_rad,
    sun.obliquity_rad,
    sun.sun_distance_au,
):
    inline_jit(_relation)
sun_x = inline_jit(sun.sun_x)
sun_y = inline_jit(sun.sun_y)
sun_z = inline_jit(sun.sun_z)
sun_flux_w_m2 = inline_jit(sun.sun_flux_w_m2)
solar_activity_sfu = inline_jit(sun.solar_activity_sfu)
activity_place = inline_jit(drag.activity_place)

DENSITY_FROM_KM = 100.0
DENSITY_STEP_KM = 50.0
DENSITY_NODES = 41
LOG_DENSITIES = np.array(
    [
        [
            drag.log_density_at(DENSITY_FROM_KM + DENSITY_STEP_KM * node, column)
            for node in range(DENSITY_NODES)
        ]
        for column in range(4)
    ]
)
"""The table of `formulas.drag` on an even grid; its own nodes are on it, so nothing is lost."""
SKY_COLUMNS = int(Sky.LOG_DENSITY) + DENSITY_NODES


@jit
def fill_sky(day_from: int, sky: NDArray[np.float64]) -> None:
    """Fills one row a day, each from its day alone.

    Args:
        day_from: day of the first row, since 2000-01-01; the Sun is taken at 12:00 UTC.
        sky: `(days, SKY_COLUMNS)`, written.
    """
    for k in range(sky.shape[0]):
        day = float(day_from + k)
        sky[k, Sky.SUN_X] = sun_x(day)
        sky[k, Sky.SUN_Y] = sun_y(day)
        sky[k, Sky.SUN_Z] = sun_z(day)
        sky[k, Sky.FLUX_W_M2] = sun_flux_w_m2(day)
        activity = solar_activity_sfu(day)
        sky[k, Sky.F107] = activity
        column, share = activity_place(activity)
        for node in range(DENSITY_NODES):
            low = LOG_DENSITIES[column, node]
            sky[k, Sky.LOG_DENSITY + node] = low + share * (LOG_DENSITIES[column + 1, node] - low)
