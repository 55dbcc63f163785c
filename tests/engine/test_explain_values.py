"""Every public formula against published values and against slow, independent ways to the same figure."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

import numpy as np
import pytest

import engine
from engine.formulas.library import FORMULAS
from tests import naive
from tests.campaigns import catalogue

PUBLIC = {
    "orbit_period": ("altitude_km",),
    "node_rate": ("altitude_km", "inclination_deg"),
    "sun_synchronous_inclination": ("altitude_km",),
    "sun_flux": ("date",),
    "beta_angle": ("date", "inclination_deg", "raan_deg"),
    "dawn_dusk_beta": ("date", "altitude_km", "ltan_h"),
    "eclipse_fraction": ("altitude_km", "beta_deg"),
    "critical_beta": ("altitude_km",),
    "annual_lit_fraction": ("altitude_km", "ltan_h", "year"),
    "eclipse_season_days": ("altitude_km", "ltan_h", "year"),
    "earth_view_factor": ("altitude_km", "tilt_deg"),
    "radiator_temperature": (
        "heat_w", "panel_area_m2", "faces", "emissivity", "sink_k", "absorbed_w_m2",
    ),
    "radiator_area": ("heat_w", "temperature_k", "faces", "emissivity", "sink_k", "absorbed_w_m2"),
    "array_power": ("area_m2", "efficiency", "packing", "flux_w_m2", "incidence_deg"),
    "air_density": ("altitude_km", "f107"),
    "decay_lifetime": ("altitude_km", "ballistic_coefficient_kg_m2", "f107"),
    "drag_delta_v": ("altitude_km", "ballistic_coefficient_kg_m2", "f107"),
    "transfer_delta_v": ("from_km", "to_km"),
    "launch_payload": ("vehicle", "altitude_km", "inclination_deg"),
    "launched_power_price": ("mass_kg", "power_kw", "life_years", "launch_usd_per_kg"),
    "wright_price": ("price_usd_per_kg", "at_mass_kg", "future_mass_kg", "learning_rate"),
    "lifetime_penalty": ("failure_rate_per_year", "life_years"),
    "capital_recovery_factor": ("rate", "years"),
    "optical_received_power": (
        "power_w", "aperture_m", "efficiency", "loss_db", "range_km", "wavelength_nm",
    ),
    "swarm_collision_rate": (
        "satellites", "cross_section_m2", "altitude_low_km", "altitude_high_km", "relative_speed_km_s",
    ),
    "checkpoint_goodput": ("checkpoint_s", "mtbf_s", "restart_s"),
    "slant_range": ("altitude_km", "elevation_deg"),
    "max_pass_duration": ("altitude_km", "elevation_deg"),
    "line_of_sight_range": ("altitude_km", "grazing_km"),
}  # fmt: skip
UNITS = {
    "orbit_period": "s", "node_rate": "deg/day", "sun_synchronous_inclination": "deg", "sun_flux": "W/m2",
    "beta_angle": "deg", "dawn_dusk_beta": "deg", "eclipse_fraction": "1", "critical_beta": "deg",
    "annual_lit_fraction": "1", "eclipse_season_days": "days", "earth_view_factor": "1",
    "radiator_temperature": "K", "radiator_area": "m2", "array_power": "W", "air_density": "kg/m3",
    "decay_lifetime": "years", "drag_delta_v": "m/s per year", "transfer_delta_v": "m/s",
    "launch_payload": "kg", "launched_power_price": "USD/kW/year", "wright_price": "USD/kg",
    "lifetime_penalty": "1", "capital_recovery_factor": "1/year", "optical_received_power": "W",
    "swarm_collision_rate": "1/year", "checkpoint_goodput": "1", "slant_range": "km",
    "max_pass_duration": "s", "line_of_sight_range": "km",
}  # fmt: skip
MU, EARTH_KM, SIGMA, YEAR_S = 398600.4418, 6378.137, 5.670374419e-8, 31_557_600.0


def value(name: str, *inputs: Any, **named: Any) -> float:
    """A formula by its public name, inputs in their public order."""
    given = dict(zip(PUBLIC[name], inputs, strict=False)) | named
    return engine.explain(name, given, catalogue() if "vehicle" in given else None, moves=False).value


def days_of(date: str) -> float:
    moment = dt.datetime.fromisoformat(date).replace(tzinfo=dt.UTC)
    return (moment - dt.datetime(2000, 1, 1, 12, tzinfo=dt.UTC)).total_seconds() / 86400.0


def test_every_public_name_and_unit_is_there() -> None:
    assert set(PUBLIC) <= set(engine.formula_names())
    assert {name: FORMULAS[name].unit for name in PUBLIC} == UNITS


# Value, and how near it has to be. Geometry and heat: computed once more for the catalogue of sources; prices
# and link: Suncatcher (arXiv:2511.19468); perihelion and aphelion: tables of the Earth's apsides.
PUBLISHED: list[tuple[str, tuple[Any, ...], float, float]] = [
    *[("orbit_period", (h,), 60.0 * t, 0.3) for h, t in ((550, 95.65), (650, 97.73), (1000, 105.12))],
    *[("eclipse_fraction", (h, 0), f, 5e-5) for h, f in ((550, 0.3723), (650, 0.3620), (1000, 0.3323))],
    *[("critical_beta", (h,), b, 0.05) for h, b in ((550, 67.0), (650, 65.2), (1000, 59.8))],
    *[
        ("sun_synchronous_inclination", (h,), i, 0.005)
        for h, i in ((550, 97.59), (650, 97.99), (1000, 99.48))
    ],
    ("node_rate", (550, 53), -4.49, 0.006),
    ("node_rate", (400, 51.6), -5.00, 0.006),
    ("node_rate", (650, 97.99), 0.986, 0.001),
    ("sun_flux", ("2026-01-03T17:16",), 1361.0 / 0.983302**2, 0.1),
    ("sun_flux", ("2026-07-06T17:31",), 1361.0 / 1.016644**2, 0.2),
    ("beta_angle", ("2026-06-21T08:25", 0, 0), 23.44, 0.01),
    ("beta_angle", ("2026-06-21T08:25", 180, 77), -23.44, 0.01),
    ("beta_angle", ("2026-03-20T14:46", 90, 90), 90.0, 0.05),
    ("beta_angle", ("2026-03-20T14:46", 90, 270), -90.0, 0.05),
    ("beta_angle", ("2026-03-20T14:46", 53, 0), 0.0, 0.02),
    *[("annual_lit_fraction", (h,), f, 0.0006) for h, f in ((500, 0.944), (650, 0.960), (1000, 0.985))],
    ("annual_lit_fraction", (600, 12), 1.0 - 0.367, 0.0006),
    *[("eclipse_season_days", (h,), d, 0.6) for h, d in ((500, 106), (650, 90), (1000, 57))],
    ("eclipse_season_days", (600, 12), 365.0, 1e-9),
    *[("earth_view_factor", (h, 0), f, 5e-4) for h, f in ((550, 0.848), (650, 0.824), (1000, 0.747))],
    *[
        ("earth_view_factor", (h, 90), f, 5e-4)
        for h, f in ((550, 0.258), (650, 0.241), (1000, 0.194), (2000, 0.118))
    ],
    ("radiator_temperature", (120e3, 110, 2, 0.9), 322.0, 0.5),
    ("radiator_temperature", (150e3, 110, 2, 0.9), 340.0, 0.5),
    ("radiator_temperature", (120e3, 110, 1, 0.9), 382.0, 1.0),
    ("radiator_temperature", (120e3, 110, 2, 0.9, 0, 60), 330.0, 0.5),
    ("radiator_temperature", (120e3, 110, 2, 0.9, 0, 120), 338.0, 0.5),
    ("radiator_area", (1039.0, 330, 2, 0.85, 0, 0.85 * 61), 1.0, 0.001),
    *[
        ("radiator_area", (q, t, 1, 0.9), 1.0, 0.002)
        for t, q in ((276, 296), (293, 376), (300, 413), (320, 535), (330, 605), (353, 792), (370, 956))
    ],
    ("array_power", (105, 0.22, 0.90), 28.3e3, 50.0),
    *[
        ("transfer_delta_v", (200, to), dv, 0.6)
        for to, dv in ((300, 59), (400, 116), (550, 199), (650, 253), (1000, 434), (2000, 883))
    ],
    ("launched_power_price", (575, 28.0, 5, 3600), 14786, 1.0),
    ("launched_power_price", (575, 28.0, 5, 200), 821, 1.0),
    ("launched_power_price", (260, 7.0, 5, 3600), 26743, 1.0),
    ("wright_price", (1800, 400e3, 368_300e3 + 400e3, 0.20), 200.0, 0.1),
    ("capital_recovery_factor", (0.10, 10), 0.16275, 5e-6),
    ("capital_recovery_factor", (0.05, 20), 0.08024, 5e-6),
    ("optical_received_power", (5, 0.10, 0.80, 3, 5000, 1550), 1.64e-6, 0.01e-6),
    *[
        ("slant_range", (550, e), 299.792458 * ms, 20.0)
        for e, ms in ((90, 1.8), (40, 2.7), (25, 3.8), (10, 6.1))
    ],
    *[
        ("max_pass_duration", (h, e), 60.0 * t, 3.5)
        for h, row in ((550, (8.0, 5.4, 4.5)), (650, (9.0, 6.2, 5.3)), (1000, (12.6, 9.2, 7.8)))
        for e, t in zip((10, 20, 25), row, strict=True)
    ],
    *[("line_of_sight_range", (h, 80), d, 0.6) for h, d in ((550, 5017), (650, 5545), (1000, 7136))],
]


@pytest.mark.parametrize(("name", "inputs", "published", "within"), PUBLISHED)
def test_published_values(name: str, inputs: tuple[Any, ...], published: float, within: float) -> None:
    assert value(name, *inputs) == pytest.approx(published, abs=within)


DENSITY = {  # NRLMSISE-00 global means at F10.7 of 70, 140, 200, 250 with Ap of 4, 12, 20, 45
    300: (8.1e-12, 2.4e-11, 4.2e-11, 6.0e-11), 400: (7.3e-13, 3.7e-12, 8.0e-12, 1.3e-11),
    500: (9.2e-14, 7.3e-13, 1.9e-12, 3.5e-12), 550: (3.8e-14, 3.4e-13, 9.9e-13, 1.9e-12),
    650: (9.5e-15, 8.5e-14, 2.9e-13, 6.0e-13), 800: (2.9e-15, 1.5e-14, 5.4e-14, 1.3e-13),
    1000: (1.1e-15, 3.6e-15, 9.6e-15, 2.2e-14), 2000: (9.4e-17, 1.7e-16, 3.5e-16, 5.6e-16),
}  # fmt: skip
LIFE_YEARS = {  # BC = 50 kg/m2
    70: {400: 1.8, 450: 5.5, 500: 16, 550: 42, 600: 102, 650: 220, 700: 423, 800: 1170},
    140: {400: 0.43, 450: 1.1, 500: 2.5, 550: 5.6, 600: 12, 650: 25, 700: 50, 800: 171},
    200: {400: 0.22, 450: 0.51, 500: 1.1, 550: 2.2, 600: 4.3, 650: 8.3, 700: 15, 800: 49},
}
DRAG_M_S = {
    70: {400: 14, 500: 1.7, 550: 0.7, 650: 0.17},
    140: {400: 69, 500: 13, 550: 6.2, 600: 3.0, 650: 1.5, 800: 0.27},
    200: {400: 148, 500: 35, 550: 18, 600: 9.4, 650: 5.1, 700: 2.8, 800: 0.95},
}


def test_density_has_every_cell_of_its_table() -> None:
    for height, row in DENSITY.items():
        for f107, density in zip((70, 140, 200, 250), row, strict=True):
            assert value("air_density", height, f107) == pytest.approx(density, rel=1e-9)


@pytest.mark.parametrize("f107", LIFE_YEARS)
def test_lives_and_make_up_of_the_published_tables(f107: int) -> None:
    for height, years in LIFE_YEARS[f107].items():
        assert value("decay_lifetime", height, 50, f107) == pytest.approx(years, rel=0.06), height
    for height, m_s in DRAG_M_S[f107].items():
        assert value("drag_delta_v", height, 50, f107) == pytest.approx(m_s, rel=0.06), height


def test_decay_is_a_fall_followed_step_by_step() -> None:
    height, seconds, step = 420.0, 0.0, 3600.0
    while height > 180.0:
        a_m = 1e3 * (EARTH_KM + height)
        height -= step * 1e-3 * value("air_density", height, 170) * math.sqrt(MU * 1e9 * a_m) / 80.0
        seconds += step
    assert value("decay_lifetime", 420, 80, 170) == pytest.approx(seconds / YEAR_S, rel=0.003)
    assert value("decay_lifetime", 180, 80, 170) == 0.0


PAYLOAD_T = {  # 400 km 53 deg, 550 km 53 deg, then sun-synchronous at 650, 800, 1000 km
    "new-glenn-7x2": ((43, 43), (42, 42), (36, 36), (35, 35), (33, 33)),
    "new-glenn-9x4": ((67, 67), (65, 65), (56, 56), (55, 55), (52, 52)),
    "starship-v3": ((82, 85), (77, 80), (52, 58), (47, 54), (41, 49)),
    "falcon-9": ((16.8, 16.8), (16.3, 16.3), (14, 14), (13.5, 13.5), (13, 13)),
    "falcon-heavy": ((59, 59), (58, 58), (51, 51), (49, 49), (48, 48)),
}


@pytest.mark.parametrize("vehicle", PAYLOAD_T)
def test_payloads_of_the_published_table(vehicle: str) -> None:
    orbits = ((400, 53.0), (550, 53.0), (650, 97.99), (800, 98.60), (1000, 99.48))
    for (height, inclination), (least, most) in zip(orbits, PAYLOAD_T[vehicle], strict=True):
        tonnes = value("launch_payload", vehicle, height, inclination) / 1000.0
        assert least - 0.7 <= tonnes <= most + 0.7


def test_every_vehicle_lifts_its_reference_payload_to_its_reference_orbit() -> None:
    for vehicle_id, vehicle in catalogue().vehicles.items():
        place = (vehicle.ref_altitude_km.nominal, vehicle.ref_inclination_deg.nominal)
        assert value("launch_payload", vehicle_id, *place) == pytest.approx(vehicle.payload_ref_kg.nominal)
        assert value("launch_payload", vehicle_id, 1000, 99.5) < vehicle.payload_ref_kg.nominal


# --- slow ways to the same figure -----------------------------------------------------------------


@pytest.mark.parametrize("date", ["2024-02-29", "2026-05-01T06:30", "2031-11-11", "2049-08-20T23:00"])
@pytest.mark.parametrize(
    ("inclination", "raan"), [(53.0, 10.0), (97.8, 200.0), (30.0, -75.0), (120.0, 359.0)]
)
def test_beta_from_keplers_equation_and_a_cross_product(date: str, inclination: float, raan: float) -> None:
    node, tilt = math.radians(raan), math.radians(inclination)
    ascending = np.array([math.cos(node), math.sin(node), 0.0])
    ahead = np.array([-math.sin(node) * math.cos(tilt), math.cos(node) * math.cos(tilt), math.sin(tilt)])
    sine = float(np.cross(ascending, ahead) @ np.array(naive.sun_vector(days_of(date))[:3]))
    assert value("beta_angle", date, inclination, raan) == pytest.approx(
        math.degrees(math.asin(sine)), abs=0.02
    )


def year_of_betas(altitude_km: float, ltan_h: float, year: int, per_day: int) -> np.ndarray:
    """Beta through a year from Kepler's equation, the mean Sun counted from its own anomaly."""
    first = days_of(f"{year}-01-01")
    count = round((days_of(f"{year + 1}-01-01") - first) * per_day)
    a = EARTH_KM + altitude_km
    cosine = (
        -(2.0 / 3.0)
        * (2.0 * math.pi / (365.2422 * 86400.0))
        * a**3.5
        / (math.sqrt(MU) * 1.08262668e-3 * EARTH_KM**2)
    )
    betas = np.empty(count)
    for k in range(count):
        days = first + (k + 0.5) / per_day
        x, y, z, _ = naive.sun_vector(days)
        node = math.radians(280.46646 + 36000.76983 * days / 36525.0 + 15.0 * (ltan_h - 12.0))
        sideways = math.sin(node) * x - math.cos(node) * y
        betas[k] = math.degrees(math.asin(math.sqrt(1.0 - cosine**2) * sideways + cosine * z))
    return betas


@pytest.mark.parametrize(("altitude", "ltan", "year"), [(650, 18, 2026), (560, 6, 2028), (820, 17.5, 2030)])
def test_the_lit_year_and_its_seasons_by_brute_force(altitude: float, ltan: float, year: int) -> None:
    betas = year_of_betas(altitude, ltan, year, per_day=24)
    ratio = EARTH_KM / (EARTH_KM + altitude)
    around = (np.arange(720) + 0.5) * 2.0 * math.pi / 720.0
    dark = 0.0
    for beta in np.radians(betas[::3]):
        along = math.cos(beta) * np.cos(around)
        dark += float(np.mean((along < 0.0) & (np.sqrt(1.0 - along**2) < ratio)))
    lit = 1.0 - dark / len(betas[::3])
    season = float(np.mean(np.abs(betas) < math.degrees(math.asin(ratio)))) * len(betas) / 24.0
    assert value("annual_lit_fraction", altitude, ltan, year) == pytest.approx(lit, abs=3e-4)
    assert value("eclipse_season_days", altitude, ltan, year) == pytest.approx(season, abs=0.2)
    assert value("dawn_dusk_beta", f"{year}-01-01T00:30", altitude, ltan) == pytest.approx(betas[0], abs=0.02)


@pytest.mark.parametrize("altitude", [350.0, 550.0, 2000.0])
@pytest.mark.parametrize("tilt", [0.0, 15.0, 40.0, 65.0, 80.0, 90.0, 105.0, 130.0])
def test_view_factor_by_summing_over_the_visible_disc(altitude: float, tilt: float) -> None:
    radius, lean, n = math.asin(EARTH_KM / (EARTH_KM + altitude)), math.radians(tilt), 600
    off = radius * (np.arange(n)[:, None] + 0.5) / n
    turn = 2.0 * math.pi * (np.arange(n)[None, :] + 0.5) / n
    facing = np.cos(off) * math.cos(lean) + np.sin(off) * np.cos(turn) * math.sin(lean)
    total = (
        float((np.maximum(facing, 0.0) * np.sin(off)).sum()) * (radius / n) * (2.0 * math.pi / n) / math.pi
    )
    assert value("earth_view_factor", altitude, tilt) == pytest.approx(total, abs=2e-5)


def test_lifetime_penalty_is_planned_over_expected_years() -> None:
    for rate, life in ((0.05, 5.0), (0.09, 5.0), (0.3, 10.0)):
        years = (np.arange(20_000) + 0.5) * life / 20_000
        assert value("lifetime_penalty", rate, life) == pytest.approx(
            1.0 / np.exp(-rate * years).mean(), rel=1e-6
        )


def test_capital_recovery_repays_exactly() -> None:
    for rate, years in ((0.103, 15), (0.15, 5), (0.0, 8)):
        payment = value("capital_recovery_factor", rate, years)
        assert sum(payment / (1.0 + rate) ** k for k in range(1, years + 1)) == pytest.approx(1.0)


def test_goodput_is_the_best_over_all_intervals() -> None:
    for write, between, restart in ((60.0, 11_160.0, 600.0), (5.0, 3600.0, 30.0), (200.0, 40_000.0, 0.0)):
        best = max(
            1.0 - write / tau - (tau / 2.0 + restart) / between for tau in np.geomspace(1.0, 1e6, 40_000)
        )
        assert value("checkpoint_goodput", write, between, restart) == pytest.approx(best, abs=1e-6)


def test_llama_3_kept_more_than_nine_tenths_of_its_time() -> None:
    # 466 interruptions in 54 days; a minute to write, some minutes to restart
    assert 0.86 < value("checkpoint_goodput", 30.0, 54 * 86400 / 466, 300.0) < 0.95


def test_collisions_are_half_of_what_each_satellite_meets() -> None:
    heights = 500.0 + (np.arange(1000) + 0.5) / 1000 * 50.0
    volume_m3 = float((4.0 * math.pi * (EARTH_KM + heights) ** 2).sum() * 0.05) * 1e9
    each = 2e4 * 30.0 * 11e3 / volume_m3 * YEAR_S
    assert value("swarm_collision_rate", 2e4, 30, 500, 550, 11) == pytest.approx(0.5 * 2e4 * each, rel=1e-6)
    assert value("swarm_collision_rate", 2e4, 30, 500, 550) == pytest.approx(
        0.5 * 2e4 * each * 10 / 11, rel=1e-6
    )


def test_the_nodal_period_is_a_little_longer() -> None:
    found = engine.explain("nodal_period", {"altitude_km": 650, "inclination_deg": 97.99}).value
    assert found / value("orbit_period", 650) - 1.0 == pytest.approx(0.0012, abs=0.00005)
