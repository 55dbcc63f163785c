"""Formulas against published and independently computed values."""

from __future__ import annotations

import datetime as dt
import math

import numpy as np
import pytest

import engine.formulas.battery
import engine.formulas.compute
import engine.formulas.launch  # noqa: F401 (registers)
from engine.events import day_of
from engine.formulas import drag, eclipse, hazard, orbit, power, sun, thermal
from engine.formulas.registry import FORMULAS, formula
from tests import naive


@pytest.mark.parametrize(
    ("altitude_km", "minutes", "speed_km_s", "shade", "critical_deg", "inclination_deg"),
    [
        (550.0, 95.65, 7.585, 0.3723, 67.0, 97.59),
        (650.0, 97.73, 7.531, 0.3620, 65.2, 97.99),
        (1000.0, 105.12, 7.350, 0.3323, 59.8, 99.48),
    ],
)
def test_table_of_low_orbits(
    altitude_km: float,
    minutes: float,
    speed_km_s: float,
    shade: float,
    critical_deg: float,
    inclination_deg: float,
) -> None:
    assert orbit.orbit_period_s(altitude_km) / 60.0 == pytest.approx(minutes, abs=0.005)
    assert orbit.orbit_speed_km_s(altitude_km) == pytest.approx(speed_km_s, abs=0.0005)
    assert eclipse.eclipse_fraction(altitude_km, 0.0) == pytest.approx(shade, abs=5e-5)
    assert eclipse.critical_beta_deg(altitude_km) == pytest.approx(critical_deg, abs=0.05)
    assert orbit.sun_synchronous_inclination_deg(altitude_km) == pytest.approx(inclination_deg, abs=0.005)


@pytest.mark.parametrize(
    ("altitude_km", "inclination_deg", "deg_day"),
    [(550, 53, -4.49), (400, 51.6, -5.00), (550, 30, -6.46), (500, 26, -6.88), (650, 97.99, 0.986)],
)
def test_node_rates(altitude_km: float, inclination_deg: float, deg_day: float) -> None:
    assert orbit.node_rate_deg_day(altitude_km, inclination_deg) == pytest.approx(deg_day, abs=0.006)


def test_no_inclination_is_sun_synchronous_too_high_up() -> None:
    assert orbit.sun_synchronous_inclination_deg(7000.0) == 180.0


@pytest.mark.parametrize(
    ("altitude_km", "least_beta_deg", "longest_min", "season_days", "lit"),
    [(500.0, 59.2, 22.7, 106, 0.944), (650.0, 58.6, 19.7, 90, 0.960), (1000.0, 57.1, 13.0, 57, 0.985)],
)
def test_dawn_dusk_year(
    altitude_km: float, least_beta_deg: float, longest_min: float, season_days: float, lit: float
) -> None:
    inclination = math.radians(orbit.sun_synchronous_inclination_deg(altitude_km))
    first = day_of(dt.date(2026, 1, 1))
    betas, shades = [], []
    for hour in range(0, 365 * 24, 4):
        days = first + hour / 24.0 - 0.5
        raan = math.radians(sun.raan_for_ltan_deg(days, 18.0))
        toward = (sun.sun_x(days), sun.sun_y(days), sun.sun_z(days))
        sine = eclipse.sin_beta(*toward, math.cos(inclination), math.sin(inclination), raan)
        betas.append(abs(math.degrees(math.asin(sine))))
        shades.append(eclipse.eclipse_fraction(altitude_km, betas[-1]))
    period_min = orbit.orbit_period_s(altitude_km) / 60.0
    assert min(betas) == pytest.approx(least_beta_deg, abs=0.1)
    assert max(shades) * period_min == pytest.approx(longest_min, abs=0.1)
    assert np.mean(np.array(shades) > 0.0) * 365 == pytest.approx(season_days, abs=1.0)
    assert 1.0 - np.mean(shades) == pytest.approx(lit, abs=0.001)


@pytest.mark.parametrize("days", [0.0, 3652.25, 9800.0, 12345.6, 18000.0])
def test_sun_against_keplers_equation(days: float) -> None:
    x, y, z, flux = naive.sun_vector(days)
    cosine = x * sun.sun_x(days) + y * sun.sun_y(days) + z * sun.sun_z(days)
    assert math.degrees(math.acos(min(cosine, 1.0))) < 0.02
    assert sun.sun_flux_w_m2(days) == pytest.approx(flux, rel=3e-4)


def test_flux_swings_by_three_per_cent() -> None:
    year = [sun.sun_flux_w_m2(9497.0 + k) for k in range(366)]
    assert min(year) == pytest.approx(1317.0, abs=2.0)
    assert max(year) == pytest.approx(1408.0, abs=2.0)


def test_sidereal_angle_of_a_worked_example() -> None:
    # Meeus, Astronomical Algorithms, example 12.a: 1987-04-10 00:00 UT is 13 h 10 m 46.3668 s
    angle = sun.greenwich_angle_deg(day_of(dt.date(1987, 4, 10)) - 0.5)
    assert angle == pytest.approx(15.0 * (13 + 10 / 60 + 46.3668 / 3600), abs=0.001)


def test_solar_activity_has_its_knots_and_repeats() -> None:
    knots = {(2026, 1, 1): 140.0, (2028, 1, 1): 95.0, (2030, 7, 2): 72.0, (2035, 5, 27): 150.0}
    for date, flux in knots.items():
        assert sun.solar_activity_sfu(float(day_of(dt.date(*date)))) == pytest.approx(flux, abs=0.5)
    assert sun.solar_activity_sfu(16000.0) == sun.solar_activity_sfu(16000.0 - 4018.0)


@pytest.mark.parametrize(
    ("altitude_km", "nadir", "edge"), [(550, 0.848, 0.258), (650, 0.824, 0.241), (1000, 0.747, 0.194)]
)
def test_view_factors_of_a_plate(altitude_km: float, nadir: float, edge: float) -> None:
    assert thermal.earth_view_factor(altitude_km, 0.0) == pytest.approx(nadir, abs=5e-4)
    assert thermal.earth_view_factor(altitude_km, 90.0) == pytest.approx(edge, abs=5e-4)
    assert naive.edge_view(altitude_km) == pytest.approx(edge, abs=5e-4)
    assert thermal.earth_view_factor(altitude_km, 180.0) == 0.0


@pytest.mark.parametrize("tilt_deg", [10.0, 30.0, 45.0, 60.0, 75.0, 89.0, 100.0, 120.0, 150.0])
def test_view_factor_by_counting_rays(tilt_deg: float) -> None:
    """Sum cos(angle to the normal) over the Earth's disc as the plate sees it."""
    radius = math.asin(6378.137 / (6378.137 + 650.0))
    tilt, n, total = math.radians(tilt_deg), 400, 0.0
    for i in range(n):
        off = radius * (i + 0.5) / n
        around = (np.arange(n) + 0.5) * 2.0 * math.pi / n
        facing = math.cos(off) * math.cos(tilt) + math.sin(off) * math.sin(tilt) * np.cos(around)
        total += math.sin(off) * float(np.maximum(facing, 0.0).sum())
    counted = total * (radius / n) * (2.0 * math.pi / n) / math.pi
    assert thermal.earth_view_factor(650.0, tilt_deg) == pytest.approx(counted, abs=2e-4)


def test_radiator_of_the_announced_compute_satellite() -> None:
    assert thermal.radiator_temperature_k(120e3, 110.0, 2, 0.9) == pytest.approx(322.0, abs=0.6)
    assert thermal.radiator_temperature_k(150e3, 110.0, 2, 0.9) == pytest.approx(340.0, abs=0.6)
    warm = thermal.radiator_temperature_k(120e3, 110.0, 2, 0.9, 0.0, 60.0)
    assert warm == pytest.approx(330.0, abs=4.0)


def test_radiator_of_a_megawatt() -> None:
    area = thermal.radiator_area_m2(1e6, 330.0, 2, 0.85, absorbed_w_m2=0.85 * 61.0)
    assert area == pytest.approx(962.0, abs=1.0)
    assert thermal.radiator_temperature_k(1e6, area, 2, 0.85, 0.0, 0.85 * 61.0) == pytest.approx(330.0)


@pytest.mark.parametrize(("cell_yield", "celsius"), [(0.22, 48.0), (0.30, 39.0)])
def test_cells_facing_the_sun(cell_yield: float, celsius: float) -> None:
    kelvin = power.cell_temperature_k(1361.0, 0.90, 0.85, cell_yield, 0.0, 0.258)
    assert kelvin - 273.15 == pytest.approx(celsius, abs=0.6)


def test_cell_temperature_closes_its_balance() -> None:
    kelvin = power.cell_temperature_k(1400.0, 0.92, 0.85, 0.2, -0.004, 0.24)
    electric = 1400.0 * 0.2 * power.hot_factor(-0.004, kelvin)
    gained = 1400.0 * 0.92 + 2.0 * 0.85 * 237.0 * 0.24
    assert gained - electric == pytest.approx(2.0 * 0.85 * 5.670374419e-8 * kelvin**4, rel=1e-9)


def test_array_of_a_starlink() -> None:
    assert power.array_power_w(105.0, 0.22, 0.90) / 1e3 == pytest.approx(28.3, abs=0.05)


def test_array_load_carries_pump_and_converter() -> None:
    load = power.array_load_w(100e3, 500.0, 0.9, 0.015)
    assert 0.9 * load == pytest.approx(100e3 + 0.015 * (load - 500.0))


@pytest.mark.parametrize(
    ("f107", "altitude_km", "years"),
    [(70, 400, 1.8), (70, 550, 42), (140, 400, 0.43), (140, 550, 5.6), (140, 800, 171), (200, 650, 8.3)],
)
def test_passive_lifetimes(f107: float, altitude_km: float, years: float) -> None:
    assert drag.decay_lifetime_years(altitude_km, 50.0, f107) == pytest.approx(years, rel=0.06)


@pytest.mark.parametrize(
    ("f107", "altitude_km", "m_s"),
    [(70, 400, 14), (140, 400, 69), (200, 400, 148), (140, 550, 6.2), (200, 800, 0.95)],
)
def test_drag_make_up(f107: float, altitude_km: float, m_s: float) -> None:
    assert drag.drag_delta_v_m_s_year(altitude_km, 50.0, f107) == pytest.approx(m_s, rel=0.05)


def test_density_table_and_its_ends() -> None:
    assert drag.air_density_kg_m3(500.0, 140.0) == pytest.approx(7.3e-13)
    assert drag.air_density_kg_m3(500.0, 250.0) == pytest.approx(3.5e-12)
    assert drag.air_density_kg_m3(500.0, 400.0) == pytest.approx(3.5e-12)
    assert drag.air_density_kg_m3(500.0, 20.0) == pytest.approx(9.2e-14)
    assert drag.air_density_kg_m3(250.0, 140.0) > 2.4e-11
    middle = drag.air_density_kg_m3(425.0, 140.0)
    assert middle == pytest.approx(math.sqrt(3.7e-12 * 1.6e-12))


@pytest.mark.parametrize("beta_deg", [5.0, 20.0, 45.0, 70.0, 89.0])
def test_wind_share_is_the_mean_over_an_orbit(beta_deg: float) -> None:
    """Radiator normal along sun x nadir; velocity across nadir; mean of |n . v| by summing."""
    beta = math.radians(beta_deg)
    theta = (np.arange(100_000) + 0.5) * 2.0 * math.pi / 100_000
    nadir = np.stack([np.cos(theta), np.sin(theta), 0 * theta])
    velocity = np.stack([-np.sin(theta), np.cos(theta), 0 * theta])
    toward = np.array([math.cos(beta), 0.0, math.sin(beta)])[:, None] * np.ones_like(theta)
    normal = np.cross(toward.T, nadir.T)
    normal /= np.linalg.norm(normal, axis=1)[:, None]
    summed = float(np.abs((normal * velocity.T).sum(axis=1)).mean())
    assert drag.wind_share(math.sin(beta)) == pytest.approx(summed, rel=1e-6)


def test_wind_share_at_the_ends() -> None:
    assert drag.wind_share(1.0) == pytest.approx(1.0)
    assert drag.wind_share(0.0) == 0.0


@pytest.mark.parametrize(("years", "survive"), [(0.25, 0.985), (1.0, 0.972), (5.0, 0.943), (10.0, 0.922)])
def test_castet_and_saleh_reliability(years: float, survive: float) -> None:
    assert math.exp(-hazard.infant_hazard(365.25 * years)) == pytest.approx(survive, abs=0.001)


def test_wear_out_is_late() -> None:
    assert hazard.wear_hazard(365.25, 5 * 365.25) < 1e-6
    assert hazard.wear_hazard(5 * 365.25, 5 * 365.25) == pytest.approx(0.039, abs=0.001)


def test_debris_grows_with_altitude() -> None:
    flux = hazard.lethal_debris_flux_m2_year
    assert flux(550.0) == pytest.approx(1e-6)
    assert flux(850.0) == pytest.approx(1e-5)
    assert flux(200.0) == pytest.approx(2e-7)
    assert flux(1500.0) == pytest.approx(1e-5)


@pytest.mark.parametrize(
    ("name", "arguments", "value"),
    [
        ("transfer_delta_v", (200.0, 650.0), 253.0),
        ("transfer_delta_v", (200.0, 2000.0), 883.0),
        ("slant_range", (650.0, 90.0), 650.0),
        ("line_of_sight_range", (550.0, 80.0), 5017.0),
        ("line_of_sight_range", (1000.0, 80.0), 7136.0),
        ("max_pass_duration", (550.0, 10.0), 8.0 * 60),
        ("max_pass_duration", (650.0, 25.0), 5.3 * 60),
        ("eclipse_battery", (120e3, 19.7, 0.3), 131.0),
        ("delivered_compute", (10.0, 1.0, 0.5, 0.4), 8.0),
        ("cycle_damage", (0.5, 4e-5, 2.0), 1e-5),
        ("nodal_period", (650.0, 97.99), 97.73 * 60 * 1.0012),
    ],
)
def test_registered_values(name: str, arguments: tuple[float, ...], value: float) -> None:
    assert FORMULAS[name].function(*arguments) == pytest.approx(value, rel=0.01)


def test_registry_knows_every_formula_whole() -> None:
    assert len(FORMULAS) >= 25
    for name, entry in FORMULAS.items():
        assert name == entry.name
        assert entry.symbol
        assert entry.unit
        assert entry.text
        assert entry.valid
        assert entry.source
        assert all(entry.inputs.values())


def test_registry_refuses_a_wrong_or_second_entry() -> None:
    def twice(x_km: float) -> float:
        return 2.0 * x_km

    about = {"symbol": "y", "unit": "km", "text": "y = 2x", "valid": "always", "source": "algebra"}
    with pytest.raises(ValueError, match="not the parameters"):
        formula("twice", inputs={"y_km": "km"}, **about)(twice)
    with pytest.raises(ValueError, match="already"):
        formula("orbit_period", inputs={"x_km": "km"}, **about)(twice)
