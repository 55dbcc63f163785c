"""View factors and panels against orbital-thermal, air against pymsis, bookkeeping against spacedc-mdao."""

from __future__ import annotations

import math

import numpy as np
import pymsis
import pytest
from orbital_thermal import environment, mccalip_exact_vf, transient
from orbitdc.models.reliability import size_reliability
from orbitdc.waterfall import build_waterfall

import engine
from engine.formulas.compute import delivered_pflops
from engine.units import EARTH_RADIUS_KM

pytestmark = pytest.mark.peer

AP = {70.0: 4.0, 140.0: 12.0, 200.0: 20.0, 250.0: 45.0}


def value(name: str, **inputs: float) -> float:
    return engine.explain(name, inputs, moves=False).value


def scaled(altitude_km: float) -> float:
    """The same geometry over the peer's smaller Earth."""
    return altitude_km * environment.EARTH_RADIUS_KM / EARTH_RADIUS_KM


@pytest.mark.parametrize("altitude_km", [300.0, 550.0, 1000.0, 2000.0])
def test_plates_see_as_much_of_the_earth(altitude_km: float) -> None:
    for tilt_deg in range(0, 181, 15):
        theirs = environment.sphere_view_factor(scaled(altitude_km), tilt_deg)
        assert value("earth_view_factor", altitude_km=altitude_km, tilt_deg=tilt_deg) == pytest.approx(
            theirs, abs=1e-6
        )


def test_shadow_and_critical_beta_agree() -> None:
    for altitude_km in (400.0, 650.0, 1500.0):
        critical = environment.beta_critical(scaled(altitude_km))
        assert value("critical_beta", altitude_km=altitude_km) == pytest.approx(critical, abs=1e-9)
        for beta_deg in (0.0, 30.0, 55.0, 80.0):
            theirs = environment.eclipse_fraction(scaled(altitude_km), beta_deg)
            ours = value("eclipse_fraction", altitude_km=altitude_km, beta_deg=beta_deg)
            assert ours == pytest.approx(theirs, abs=1e-9)


@pytest.mark.parametrize(("flux_w_m2", "sink_k"), [(300.0, 0.0), (600.0, 200.0), (1000.0, 255.0)])
def test_panels_come_to_the_same_temperature(flux_w_m2: float, sink_k: float) -> None:
    theirs = transient.steady_state_temperature(flux_w_m2, sink_k, 0.9)
    ours = value(
        "radiator_temperature", heat_w=flux_w_m2, panel_area_m2=1, faces=1, emissivity=0.9, sink_k=sink_k
    )
    assert ours == pytest.approx(theirs, abs=1e-3)


def test_the_plate_of_the_open_calculator_comes_to_the_same_temperature() -> None:
    view = value("earth_view_factor", altitude_km=550 * EARTH_RADIUS_KM / 6371.0, tilt_deg=90)
    ours = value(
        "radiator_temperature",
        heat_w=0.92 * 1361.0,
        panel_area_m2=1,
        faces=2,
        emissivity=0.875,
        absorbed_w_m2=237.0 * view * 0.875,
    )
    assert ours == pytest.approx(mccalip_exact_vf.eqtemp_exact_vf(), abs=0.05)


@pytest.mark.parametrize("altitude_km", [300.0, 400.0, 550.0, 650.0, 800.0, 1000.0])
@pytest.mark.parametrize("f107", list(AP))
def test_the_air_is_as_thin_as_nrlmsise_has_it(altitude_km: float, f107: float) -> None:
    dates = np.array(["2026-03-20", "2026-06-21", "2026-09-22", "2026-12-21"], dtype="datetime64[h]")
    latitudes = np.linspace(-85.0, 85.0, 11)
    grid = pymsis.calculate(
        dates,
        np.arange(0.0, 360.0, 30.0),
        latitudes,
        [altitude_km],
        f107s=np.full(4, f107),
        f107as=np.full(4, f107),
        aps=np.full((4, 7), AP[f107]),
        version=0,
    )
    weights = np.cos(np.radians(latitudes))
    mean = float((grid[..., 0].mean(axis=(0, 1, 3)) * weights).sum() / weights.sum())
    assert value("air_density", altitude_km=altitude_km, f107=f107) == pytest.approx(mean, rel=0.1)


def test_early_failures_cost_as_much_capacity() -> None:
    for rate in (0.03, 0.09, 0.3):
        theirs = size_reliability(1000, rate, 5.0, 0.0, 1.0).mean_surviving_fraction
        assert 1.0 / value("lifetime_penalty", failure_rate_per_year=rate, life_years=5) == pytest.approx(
            theirs
        )


def test_delivered_compute_is_booked_alike() -> None:
    lit, level = 0.63, 0.8
    theirs = build_waterfall(1000.0, {"power": lit, "thermal": level})
    ours = delivered_pflops(1.0, level, 0.0, 1.0 - lit)
    assert 1000.0 * ours == pytest.approx(theirs.delivered_tflops)
    assert math.isclose(theirs.delivered_fraction, ours)
