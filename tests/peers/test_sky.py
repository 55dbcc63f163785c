"""The Sun against astropy, orbits against sgp4, shadow against both together."""

from __future__ import annotations

import datetime as dt
import math

import astropy.units as u
import numpy as np
import pytest
from astropy.coordinates import TEME, get_sun
from astropy.time import Time
from astropy.utils import iers
from numpy.typing import NDArray
from sgp4.api import WGS84, Satrec

import engine
from engine.analysis.formula_inputs import days_of
from engine.formulas.sun import sun_x, sun_y, sun_z
from engine.units import EARTH_RADIUS_KM, MU_KM3_S2

pytestmark = pytest.mark.peer
iers.conf.auto_download = False
iers.conf.auto_max_age = None

START = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
EPOCH_1949 = dt.datetime(1949, 12, 31, tzinfo=dt.UTC)


def value(name: str, **inputs: object) -> float:
    return engine.explain(name, inputs, moves=False).value


def suns(times: Time) -> NDArray[np.float64]:
    """Unit vectors to the Sun in the frame of sgp4, `(n, 3)`."""
    place = get_sun(times).transform_to(TEME(obstime=times)).cartesian.xyz.to_value(u.km).T
    found: NDArray[np.float64] = place / np.linalg.norm(place, axis=1)[:, None]
    return found


def satellite(altitude_km: float, inclination_deg: float, raan_deg: float) -> Satrec:
    """A circular orbit without drag."""
    made = Satrec()
    per_min = 60.0 * math.sqrt(MU_KM3_S2 / (EARTH_RADIUS_KM + altitude_km) ** 3)
    epoch = (START - EPOCH_1949) / dt.timedelta(days=1)
    angles = (0.0, math.radians(inclination_deg), 0.0, per_min, math.radians(raan_deg))
    made.sgp4init(WGS84, "i", 1, epoch, 0.0, 0.0, 0.0, 1e-6, *angles)
    return made


def flown(made: Satrec, days: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Positions and velocities at times after the start."""
    first = Time(START)
    jd = np.full(len(days), first.jd1)
    errors, places, speeds = made.sgp4_array(jd, first.jd2 + days)
    assert not errors.any()
    return places, speeds


def test_the_sun_stands_where_astropy_has_it() -> None:
    moments = [START - dt.timedelta(days=k) for k in range(0, 3650, 73)]
    toward = suns(Time(moments))
    for moment, sun in zip(moments, toward, strict=True):
        at = days_of(moment)
        ours = np.array([sun_x(at), sun_y(at), sun_z(at)])
        assert math.degrees(math.acos(min(1.0, float(ours @ sun)))) < 0.02


def test_its_distance_gives_the_flux() -> None:
    for k in range(0, 365, 30):
        moment = START + dt.timedelta(days=k)
        distance = get_sun(Time(moment)).distance.to_value(u.au)
        ours = value("sun_flux", date=moment.replace(tzinfo=None).isoformat())
        assert ours == pytest.approx(1361.0 / distance**2, rel=3e-4)


@pytest.mark.parametrize(("altitude_km", "inclination_deg"), [(420, 51.6), (550, 53), (650, 98), (1200, 30)])
def test_planes_drift_as_sgp4_drifts_them(altitude_km: float, inclination_deg: float) -> None:
    days = np.linspace(0.0, 30.0, 4001)
    places, speeds = flown(satellite(altitude_km, inclination_deg, 100.0), days)
    spin = np.cross(places, speeds)
    nodes = np.unwrap(np.arctan2(spin[:, 0], -spin[:, 1]))
    slope = math.degrees(float(np.polyfit(days, nodes, 1)[0]))
    ours = value("node_rate", altitude_km=altitude_km, inclination_deg=inclination_deg)
    assert ours == pytest.approx(slope, rel=5e-3)


@pytest.mark.parametrize(("altitude_km", "inclination_deg"), [(420, 51.6), (550, 53), (650, 98), (1200, 30)])
def test_nodes_follow_each_other_as_in_sgp4(altitude_km: float, inclination_deg: float) -> None:
    days = np.arange(0.0, 5.0, 10.0 / 86400.0)
    places, _ = flown(satellite(altitude_km, inclination_deg, 0.0), days)
    below = places[:-1, 2]
    above = places[1:, 2]
    rising = np.flatnonzero((below < 0.0) & (above >= 0.0))
    crossings = days[rising] + (days[1] - days[0]) * below[rising] / (below[rising] - above[rising])
    period_s = float(np.diff(crossings).mean()) * 86400.0
    ours = value("nodal_period", altitude_km=altitude_km, inclination_deg=inclination_deg)
    assert ours == pytest.approx(period_s, rel=1.5e-3)


@pytest.mark.parametrize("raan_deg", [0.0, 60.0, 130.0, 250.0])
def test_satellites_of_sgp4_are_in_shade_as_long_as_the_formula_says(raan_deg: float) -> None:
    days = np.arange(0.0, 1.0, 5.0 / 86400.0)
    places, _ = flown(satellite(550.0, 53.0, raan_deg), days)
    sun = suns(Time([START + dt.timedelta(hours=12)]))[0]
    along = places @ sun
    aside = np.linalg.norm(places - along[:, None] * sun, axis=1)
    share = float(((along < 0.0) & (aside < EARTH_RADIUS_KM)).mean())
    node = raan_deg + 0.5 * value("node_rate", altitude_km=550, inclination_deg=53)
    beta = value("beta_angle", date="2026-03-01T12:00", inclination_deg=53, raan_deg=node)
    assert value("eclipse_fraction", altitude_km=550, beta_deg=beta) == pytest.approx(share, abs=0.006)
