"""The table of days: what is the same for every batch on a day, worked out once a span."""

from __future__ import annotations

import math

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
    drag._between,
):
    inline_jit(_relation)
sun_x = inline_jit(sun.sun_x)
sun_y = inline_jit(sun.sun_y)
sun_z = inline_jit(sun.sun_z)
sun_flux_w_m2 = inline_jit(sun.sun_flux_w_m2)
solar_activity_sfu = inline_jit(sun.solar_activity_sfu)
air_density_kg_m3 = inline_jit(drag.air_density_kg_m3)

DENSITY_FROM_KM = 100.0
DENSITY_STEP_KM = 50.0
DENSITY_NODES = 41
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
        for node in range(DENSITY_NODES):
            altitude_km = DENSITY_FROM_KM + DENSITY_STEP_KM * node
            sky[k, Sky.LOG_DENSITY + node] = math.log(air_density_kg_m3(altitude_km, activity))
