"""The table of days: what is the same for every batch on a day, worked out once and kept."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.formulas import drag, sun
from engine.kernels.layout import Sky
from engine.kernels.storm import STORM_DAYS, cycle_strength, storm_classes, storms, swung_sfu

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


WINDOW_DAYS = 32
"""Tables are kept for windows of so many days, which begin at multiples of it; spans run in such pieces."""


def sky_rows(
    day_from: int,
    day_to: int,
    seed: int | None = None,
    strengths: tuple[float, ...] = (),
    often: float = 1.0,
) -> NDArray[np.float64]:
    """The table of some days, each row from its day and the seed alone; the Sun is taken at 12:00 UTC.

    Args:
        day_from: first day, since 2000-01-01.
        day_to: the day after the last.
        seed: of the campaign, for its solar storms; None leaves the Sun calm.
        strengths: swing of the activity of each cycle from 2030 on, as a share of the projected; those not
            given go as projected.
        often: factor on how often solar storms begin.

    Returns:
        `(days, SKY_COLUMNS)`, read-only.
    """
    pieces = []
    while day_from < day_to:
        window = day_from // WINDOW_DAYS
        first = window * WINDOW_DAYS
        if seed is None:
            table = _swung(window, cycle_strength(first, strengths))
        else:
            table = _stormy_window(window, seed, strengths, often)
        pieces.append(table[day_from - first : day_to - first])
        day_from = first + WINDOW_DAYS
    return pieces[0] if len(pieces) == 1 else np.concatenate(pieces)


@lru_cache(maxsize=512)
def _window(number: int) -> NDArray[np.float64]:
    days = [float(number * WINDOW_DAYS + k) for k in range(WINDOW_DAYS)]
    sky = np.empty((WINDOW_DAYS, SKY_COLUMNS))
    activity = [sun.solar_activity_sfu(day) for day in days]
    sky[:, Sky.SUN_X] = [sun.sun_x(day) for day in days]
    sky[:, Sky.SUN_Y] = [sun.sun_y(day) for day in days]
    sky[:, Sky.SUN_Z] = [sun.sun_z(day) for day in days]
    sky[:, Sky.FLUX_W_M2] = [sun.sun_flux_w_m2(day) for day in days]
    sky[:, Sky.F107] = activity
    sky[:, Sky.STORM_CM2_S] = 0.0
    sky[:, Sky.LOG_DENSITY :] = _log_densities(activity)
    sky.flags.writeable = False
    return sky


def _log_densities(activity: list[float]) -> NDArray[np.float64]:
    """Log of the density at each node of altitude, day by day."""
    places = [drag.activity_place(flux) for flux in activity]
    columns = np.array([column for column, _ in places])
    share = np.array([share for _, share in places])[:, None]
    low, high = LOG_DENSITIES[columns], LOG_DENSITIES[columns + 1]
    return np.asarray(low + share * (high - low))


@lru_cache(maxsize=1024)
def _swung(number: int, strength: float) -> NDArray[np.float64]:
    """The table of a window in a stronger or weaker cycle; the calm one itself if it goes as projected."""
    calm = _window(number)
    if strength == 1.0:
        return calm
    sky = calm.copy()
    sky[:, Sky.F107] = [swung_sfu(activity, strength) for activity in calm[:, Sky.F107].tolist()]
    sky[:, Sky.LOG_DENSITY :] = _log_densities(sky[:, Sky.F107].tolist())
    sky.flags.writeable = False
    return sky


@lru_cache(maxsize=512)
def _stormy_window(number: int, seed: int, strengths: tuple[float, ...], often: float) -> NDArray[np.float64]:
    """The table of a window with the storms of a seed; the calm one itself where there are none."""
    first = number * WINDOW_DAYS
    calm = _swung(number, cycle_strength(first, strengths))
    if not any(storm_classes(seed, first - STORM_DAYS + 1, first + WINDOW_DAYS, often, strengths)):
        return calm
    found = np.array(storms(seed, first, first + WINDOW_DAYS, often, strengths))
    sky = calm.copy()
    sky[:, Sky.STORM_CM2_S] = found[:, 0]
    sky[:, Sky.LOG_DENSITY :] += np.log(found[:, 1])[:, None]
    sky.flags.writeable = False
    return sky
