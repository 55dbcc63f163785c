"""The eclipse calendar against published seasons, and against its own law of planes."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from engine.analysis.calendar import MAX_PLANES, eclipse_calendar
from engine.events import day_of
from engine.formulas.orbit import orbit_period_s, sun_synchronous_inclination_deg
from engine.formulas.sun import raan_for_ltan_deg
from engine.kernels.layout import Field, Status

TODAY = day_of(dt.date(2029, 1, 1))


def state_of(*planes: tuple[float, float, float], status: Status = Status.SERVICE) -> Any:
    """A state with one batch a plane: altitude in km, inclination and node in degrees."""
    altitude, inclination, raan = np.array(planes).reshape(-1, 3).T
    columns = {
        Field.STATUS: np.full(len(altitude), float(status)),
        Field.ALTITUDE_KM: altitude,
        Field.INCLINATION_RAD: np.radians(inclination),
        Field.RAAN_RAD: np.radians(raan),
    }
    return SimpleNamespace(day=TODAY, fleet=SimpleNamespace(column=columns.__getitem__))


def dawn_dusk(altitude_km: float) -> tuple[float, float, float]:
    return (
        altitude_km,
        sun_synchronous_inclination_deg(altitude_km),
        raan_for_ltan_deg(TODAY - 0.5, 18.0),
    )


@pytest.mark.parametrize(
    ("altitude_km", "season_days", "worst_min", "lit"),
    [(500.0, 106, 22.7, 0.944), (650.0, 90, 19.7, 0.960), (1000.0, 57, 13.0, 0.985)],
)
def test_dawn_dusk_seasons(altitude_km: float, season_days: int, worst_min: float, lit: float) -> None:
    """Against the fact sheet's table of dawn-dusk orbits (LTAN 18:00 held to the mean Sun), to the week."""
    calendar = eclipse_calendar(state_of(dawn_dusk(altitude_km)))
    (shade,) = calendar.shade
    assert 7 * np.count_nonzero(shade) == pytest.approx(season_days, abs=8)
    assert shade.max() * orbit_period_s(altitude_km) / 60 == pytest.approx(worst_min, abs=0.3)
    assert 1 - shade.mean() == pytest.approx(lit, abs=0.001)


def test_a_low_inclined_plane_is_dark_for_a_third_of_every_orbit() -> None:
    """Mean over a year for 550 km, 53 degrees: 0.313 in the fact sheet."""
    planes = [(550.0, 53.0, raan) for raan in range(0, 360, 30)]
    calendar = eclipse_calendar(state_of(*planes))
    assert calendar.shade.mean() == pytest.approx(0.313, abs=0.006)


def test_shells_are_told_apart_and_lowest_comes_first() -> None:
    calendar = eclipse_calendar(state_of((652.0, 98.0, 0.0), (548.0, 53.0, 0.0), (649.0, 98.2, 10.0)))
    assert calendar.batches.tolist() == [1, 2]
    assert calendar.lowest_km.tolist() == [548.0, 649.0]
    assert calendar.highest_km.tolist() == [548.0, 652.0]
    assert calendar.shade.shape == (2, 52)
    assert calendar.first_day == dt.date(2029, 1, 1)


def test_the_darkest_plane_is_at_least_as_dark_as_the_mean() -> None:
    calendar = eclipse_calendar(state_of((550.0, 70.0, 0.0), (550.0, 70.0, 90.0)), weeks=20)
    assert calendar.shade.shape == (1, 20)
    assert (calendar.darkest >= calendar.shade).all()
    assert (calendar.darkest > calendar.shade).any()


def test_many_planes_are_sampled_without_changing_the_picture() -> None:
    many = [(550.0, 53.0, raan) for raan in np.linspace(0, 360, 40 * MAX_PLANES, endpoint=False)]
    few = [(550.0, 53.0, raan) for raan in np.linspace(0, 360, MAX_PLANES, endpoint=False)]
    dense, sparse = eclipse_calendar(state_of(*many)), eclipse_calendar(state_of(*few))
    assert dense.shade == pytest.approx(sparse.shade, abs=0.01)


@pytest.mark.parametrize("status", [Status.DISPOSAL, Status.REENTERED, Status.LOST])
def test_what_no_longer_works_has_no_seasons(status: Status) -> None:
    assert eclipse_calendar(state_of((550.0, 53.0, 0.0), status=status)).shade.shape == (0, 52)
