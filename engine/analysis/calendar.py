"""When the shells of a fleet fly through the Earth's shadow: one year ahead, week by week."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.events import date_of
from engine.formulas.eclipse import shadow_cosine, sin_beta
from engine.formulas.orbit import node_rate_rad_s
from engine.formulas.sun import sun_x, sun_y, sun_z
from engine.kernels.layout import Field, Status
from engine.reports import SHELL_DEG, SHELL_KM
from engine.units import DAY_S

if TYPE_CHECKING:
    from engine.state import CampaignState

MAX_PLANES = 24
"""Planes of a shell that are looked at; of more, so many spread evenly over its nodes."""

_NOON_OF_EPOCH_DAYS = 0.5  # the Sun's formulas count from 2000-01-01 12:00


@dataclass(frozen=True, slots=True, eq=False)
class EclipseCalendar:
    """How dark the coming weeks are, shell by shell.

    Attributes:
        first_day: the day week 0 begins.
        lowest_km: (shells,) altitude of the lowest batch; shells come lowest first.
        highest_km: (shells,) altitude of the highest batch.
        inclination_deg: (shells,) mean of the planes looked at.
        batches: (shells,) living batches.
        shade: (shells, weeks) share of an orbit in the Earth's shadow at midweek, mean of the planes.
        darkest: (shells, weeks) the same for the darkest plane.
    """

    first_day: dt.date
    lowest_km: NDArray[np.float64]
    highest_km: NDArray[np.float64]
    inclination_deg: NDArray[np.float64]
    batches: NDArray[np.int64]
    shade: NDArray[np.float64]
    darkest: NDArray[np.float64]


def eclipse_calendar(state: CampaignState, weeks: int = 52) -> EclipseCalendar:
    """Works out the eclipse seasons to come from the planes as they are today.

    Planes drift by the Earth's bulge; altitudes are taken to hold. Shells are batches alike to 50 km of
    altitude and a degree of inclination.

    Args:
        state: the campaign.
        weeks: how many weeks ahead.

    Returns:
        One row a shell, lowest first; none for a fleet without living batches.
    """
    status = state.fleet.column(Field.STATUS)
    living = np.flatnonzero((status == Status.COMMISSIONING) | (status == Status.SERVICE))
    altitude_km = state.fleet.column(Field.ALTITUDE_KM)[living]
    inclination_rad = state.fleet.column(Field.INCLINATION_RAD)[living]
    raan_rad = state.fleet.column(Field.RAAN_RAD)[living]
    key = np.round(altitude_km / SHELL_KM) * 1000 + np.round(np.degrees(inclination_rad) / SHELL_DEG)
    shells, of = np.unique(key, return_inverse=True)
    members = [_spread(np.flatnonzero(of == shell), raan_rad) for shell in range(len(shells))]
    shade = np.empty((len(shells), weeks))
    darkest = np.empty((len(shells), weeks))
    suns = [_sun(state.day + 7 * week + 3) for week in range(weeks)]
    for row, planes in enumerate(members):
        table = np.array(
            [
                _plane_shade(altitude_km[p], inclination_rad[p], raan_rad[p], state.day, suns)
                for p in planes.tolist()
            ]
        )
        shade[row], darkest[row] = table.mean(axis=0), table.max(axis=0)
    return EclipseCalendar(
        first_day=date_of(state.day),
        lowest_km=np.array([altitude_km[of == shell].min() for shell in range(len(shells))]),
        highest_km=np.array([altitude_km[of == shell].max() for shell in range(len(shells))]),
        inclination_deg=np.array([np.degrees(inclination_rad[planes].mean()) for planes in members]),
        batches=np.bincount(of, minlength=len(shells)).astype(np.int64),
        shade=shade,
        darkest=darkest,
    )


def _spread(batches: NDArray[np.intp], raan_rad: NDArray[np.float64]) -> NDArray[np.intp]:
    """At most MAX_PLANES of the batches, evenly over their nodes."""
    ordered = batches[np.argsort(raan_rad[batches], kind="stable")]
    if len(ordered) <= MAX_PLANES:
        return ordered
    return ordered[np.arange(MAX_PLANES) * len(ordered) // MAX_PLANES]


def _sun(day: int) -> tuple[int, float, float, float]:
    """A day and the unit vector to the Sun at its noon."""
    days = day + 0.5 - _NOON_OF_EPOCH_DAYS
    return day, sun_x(days), sun_y(days), sun_z(days)


def _plane_shade(
    altitude_km: float,
    inclination_rad: float,
    raan_rad: float,
    today: int,
    suns: list[tuple[int, float, float, float]],
) -> list[float]:
    """Share of an orbit in shadow on each of the days."""
    cos_i, sin_i = math.cos(inclination_rad), math.sin(inclination_rad)
    drift_per_day = node_rate_rad_s(altitude_km, cos_i) * DAY_S
    shares = []
    for day, x, y, z in suns:
        node = raan_rad + drift_per_day * (day + 0.5 - today)
        sine = sin_beta(x, y, z, cos_i, sin_i, node)
        shares.append(math.acos(shadow_cosine(altitude_km, math.sqrt(max(0.0, 1.0 - sine * sine)))) / math.pi)
    return shares
