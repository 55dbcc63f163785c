"""Radiation, storms and interruptions: the relations against published figures, the kernel against them."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.formulas import compute, hazard, radiation
from engine.formulas.disposal import tumbling_ballistic_kg_m2
from engine.formulas.drag import decay_lifetime_years
from engine.formulas.sun import solar_activity_sfu
from engine.kernels.layout import Field, Sky
from engine.kernels.rng import SOLAR_STORM
from engine.kernels.sky import WINDOW_DAYS, sky_rows
from engine.kernels.storm import draws, storm_classes, storms
from engine.simulate.run import run_span
from tests import naive_chance
from tests.fleets import DAY, batch, fleet

HEIGHTS = st.floats(300.0, 2000.0)
TILTS = st.floats(0.0, 180.0)
STORM_SEED, STORM_DAY = 1, 9869
"""The first storm of this seed after `DAY`; the test of the draws holds it."""


# --- dose ------------------------------------------------------------------------------------------


def test_dose_on_the_terminator_orbit_is_what_google_published() -> None:
    """About 150 rad a year at 650 km behind 10 mm of aluminium."""
    assert radiation.radiation_dose_rad_per_year(650.0, 97.99, 10.0) == pytest.approx(150.0, rel=0.05)


@pytest.mark.parametrize(
    ("altitude_km", "krad_per_year"),
    [(300.0, 0.3), (500.0, 0.6), (650.0, 1.0), (800.0, 2.0), (1000.0, 5.0), (1500.0, 30.0), (2000.0, 80.0)],
)
def test_dose_behind_a_thin_shield_follows_the_published_trend(
    altitude_km: float, krad_per_year: float
) -> None:
    """An open model's figures for a few millimetres, good to an order of magnitude; within a factor of 2."""
    ours = radiation.radiation_dose_rad_per_year(altitude_km, 98.0, 2.0) / 1000.0
    assert 0.5 < ours / krad_per_year < 2.0


@pytest.mark.parametrize(
    ("altitude_km", "inclination_deg", "rad_per_year"), [(500.0, 28.5, 170.0), (400.0, 51.6, 150.0)]
)
def test_dose_behind_four_millimetres_is_of_the_published_size(
    altitude_km: float, inclination_deg: float, rad_per_year: float
) -> None:
    """Yearly doses that were published for two orbits of stations, from the same belt models."""
    ours = radiation.radiation_dose_rad_per_year(altitude_km, inclination_deg, 4.0)
    assert 0.5 < ours / rad_per_year < 2.0


def test_five_years_at_550_km_take_three_to_six_krad_behind_a_thin_shield() -> None:
    ours = 5.0 * radiation.radiation_dose_rad_per_year(550.0, 53.0, 1.0) / 1000.0
    assert 3.0 < ours < 6.0


@given(HEIGHTS, TILTS, st.floats(0.0, 100.0), st.floats(0.0, 100.0))
def test_more_shield_never_more_dose(altitude_km: float, tilt_deg: float, thin: float, more: float) -> None:
    behind = radiation.radiation_dose_rad_per_year
    assert behind(altitude_km, tilt_deg, thin + more) <= behind(altitude_km, tilt_deg, thin)


def test_doubling_a_thick_shield_leaves_six_tenths() -> None:
    ten, twenty = (radiation.proton_dose_rad_per_year(50.0, mm) for mm in (10.0, 20.0))
    assert twenty / ten == pytest.approx(0.6, rel=1e-12)


@given(HEIGHTS, TILTS)
def test_an_orbit_and_its_mirror_meet_the_same_belts(altitude_km: float, tilt_deg: float) -> None:
    for flux in (radiation.trapped_proton_flux_cm2_s, radiation.trapped_electron_flux_cm2_s):
        assert flux(altitude_km, tilt_deg) == pytest.approx(flux(altitude_km, 180.0 - tilt_deg), rel=1e-9)


def test_belts_thicken_with_altitude_and_leave_the_low_equator_alone() -> None:
    at_53 = [radiation.trapped_proton_flux_cm2_s(float(height), 53.0) for height in range(300, 2001, 50)]
    assert at_53 == sorted(at_53)
    assert radiation.trapped_proton_flux_cm2_s(400.0, 0.0) < 0.01 < at_53[2]


def test_low_orbits_spend_five_to_ten_per_cent_of_their_time_in_the_anomaly() -> None:
    for altitude_km in (500.0, 550.0, 600.0):
        for inclination_deg in (30.0, 53.0, 98.0):
            assert 0.04 < radiation.anomaly_share(altitude_km, inclination_deg) < 0.12


def test_upsets_of_a_chip_are_those_of_the_beam_test() -> None:
    """At 150 rad a year: 8.8 silent errors and 3.4 memory errors in a chip and year."""
    assert radiation.upset_rate_per_day(150.0, 17.0) * 365.25 == pytest.approx(8.8, abs=0.05)
    assert radiation.upset_rate_per_day(150.0, 44.0) * 365.25 == pytest.approx(3.4, abs=0.05)


def test_chips_last_to_their_limit_and_not_to_twice_it() -> None:
    assert 1.0 - math.exp(-radiation.dose_hazard(1.0)) == pytest.approx(0.04, abs=0.005)
    assert 1.0 - math.exp(-radiation.dose_hazard(1.43)) == pytest.approx(0.5, abs=0.02)
    assert math.exp(-radiation.dose_hazard(2.0)) < 1e-4


# --- storms ----------------------------------------------------------------------------------------


def test_storms_are_drawn_bit_for_bit_as_the_kernels_draw() -> None:
    days = np.arange(DAY, DAY + 50)
    for seed in (0, 1, 2**63 - 1):
        expected = [naive_chance.uniform(seed, 0, SOLAR_STORM, int(day)) for day in days]
        assert draws(seed, days).tolist() == expected


def test_a_cycle_has_fourteen_strong_storms_and_most_of_them_while_the_sun_is_active() -> None:
    first, days = 11140, 4018
    counts, active = [], 0
    for seed in range(60):
        found = storm_classes(seed, first, first + days)
        counts.append(sum(size > 0 for size in found))
        active += sum(size > 0 and solar_activity_sfu(first + k) > 100.0 for k, size in enumerate(found))
    assert np.mean(counts) == pytest.approx(14.0, abs=3.0 * math.sqrt(14.0 / 60.0))
    assert active > 0.7 * sum(counts)


@pytest.mark.parametrize("strength", [0.4, 1.7])
def test_strong_cycles_of_the_sun_have_more_storms(strength: float) -> None:
    """As often as the rate at each day's activity adds up to; the cycle before goes as projected."""
    first, days = 11140, 4018
    swung = (70.0 + strength * (solar_activity_sfu(float(first + k)) - 70.0) for k in range(days))
    expected = sum(radiation.storm_rate_per_year(sfu) / 365.25 for sfu in swung)
    assert abs(expected / 14.0 - 1.0) > 0.2
    counts = []
    for seed in range(60):
        found = storm_classes(seed, first, first + days, strengths=(strength,))
        counts.append(sum(size > 0 for size in found))
        before = storm_classes(seed, first - 900, first, strengths=(strength,))
        assert before == storm_classes(seed, first - 900, first)
    assert np.mean(counts) == pytest.approx(expected, abs=3.0 * math.sqrt(expected / 60.0))


def test_most_storms_are_strong_some_severe_few_extreme() -> None:
    found = [size for seed in range(100) for size in storm_classes(seed, 11140, 15158) if size]
    shares = [found.count(size) / len(found) for size in (3, 4, 5)]
    assert shares == pytest.approx([10 / 14, 3 / 14, 1 / 14], abs=0.05)


def test_a_storm_follows_from_its_day_however_the_days_are_asked_for() -> None:
    whole = storms(STORM_SEED, DAY, DAY + 400)
    pieces = [row for k in range(0, 400, 7) for row in storms(STORM_SEED, DAY + k, DAY + min(k + 7, 400))]
    assert list(whole) == pieces
    protons = [row[0] for row in whole]
    assert protons[STORM_DAY - DAY : STORM_DAY - DAY + 4] == pytest.approx(
        [314.16, 157.08, 78.54, 0.0], abs=0.01
    )
    assert protons[STORM_DAY - DAY - 1] == 0.0


def test_a_storm_thickens_the_air_of_its_days_alone() -> None:
    first = STORM_DAY // WINDOW_DAYS * WINDOW_DAYS
    calm, stormy = sky_rows(first, first + WINDOW_DAYS), sky_rows(first, first + WINDOW_DAYS, STORM_SEED)
    ratio = np.exp(stormy[:, Sky.LOG_DENSITY :] - calm[:, Sky.LOG_DENSITY :])
    expected = [factor for _, factor in storms(STORM_SEED, first, first + WINDOW_DAYS)]
    assert ratio[:, 3] == pytest.approx(expected, rel=1e-12)
    assert max(expected) == pytest.approx(1.3)
    assert sky_rows(first + 64, first + 65, STORM_SEED)[0, Sky.STORM_CM2_S] == 0.0


@pytest.mark.parametrize(("inclination_deg", "share"), [(53.0, 0.0), (90.0, 35.0 / 90.0), (98.0, 0.380)])
def test_storms_reach_the_polar_caps_alone(inclination_deg: float, share: float) -> None:
    assert radiation.storm_exposure(inclination_deg) == pytest.approx(share, abs=5e-4)


def test_a_storm_day_brings_more_errors_dose_and_drag_to_a_polar_orbit() -> None:
    start = fleet(
        batch(key=1, immortal=True), batch(key=2, inclination_deg=50.0, raan_deg=0.0, immortal=True)
    )
    eve = run_span(start, STORM_SEED, DAY, STORM_DAY).fleet
    day = run_span(eve, STORM_SEED, STORM_DAY, STORM_DAY + 1).fleet
    calm = run_span(eve, STORM_SEED + 1, STORM_DAY, STORM_DAY + 1).fleet
    polar, inclined = 0, 1
    lost = 1.0 - day.column(Field.GOODPUT)
    assert lost[polar] > 1.5 * (1.0 - calm.column(Field.GOODPUT)[polar])
    assert lost[inclined] == 1.0 - calm.column(Field.GOODPUT)[inclined]
    taken = day.column(Field.DOSE_SHARE) - eve.column(Field.DOSE_SHARE)
    assert taken[polar] > 2.0 * eve.column(Field.DOSE_SHARE_PER_DAY)[polar]
    assert taken[inclined] == pytest.approx(eve.column(Field.DOSE_SHARE_PER_DAY)[inclined])
    burnt = eve.column(Field.PROPELLANT_KG) - day.column(Field.PROPELLANT_KG)
    calm_burnt = eve.column(Field.PROPELLANT_KG) - calm.column(Field.PROPELLANT_KG)
    assert np.all(burnt > 1.1 * calm_burnt)
    assert np.all(burnt < 1.3 * calm_burnt)


# --- what the day step makes of it -------------------------------------------------------------------


def test_dose_adds_up_day_by_day() -> None:
    row = batch(immortal=True)
    days = 60
    now = run_span(fleet(row), 0, DAY, DAY + days).fleet.row(0)
    protons = sum(flux for flux, _ in storms(0, DAY, DAY + days))
    expected = days * row[Field.DOSE_SHARE_PER_DAY] + protons * row[Field.STORM_DOSE_SHARE]
    assert now[Field.DOSE_SHARE] == pytest.approx(expected, rel=1e-12)
    yearly_rad = radiation.radiation_dose_rad_per_year(650.0, 98.0, 2.0)
    assert row[Field.DOSE_SHARE_PER_DAY] == pytest.approx(yearly_rad / 365.25 / 15_000.0, rel=1e-12)


@pytest.mark.many_days
def test_dose_wears_out_the_chips() -> None:
    """Behind half a millimetre at 1,500 km they are past their limit in a few months."""
    row = batch(altitude_km=1500.0, changes={"shield_mm": 0.5}, count=20)
    row[Field.NEXT_FAILURE] = 1e30
    row[Field.CHIP_FAILURES_PER_DAY] = 0.0
    days = int(1.43 / row[Field.DOSE_SHARE_PER_DAY])
    half = run_span(fleet(row), 0, DAY, DAY + days).fleet.row(0)
    assert half[Field.CHIP_HEALTH] == pytest.approx(0.5, abs=0.06)
    assert run_span(fleet(row), 0, DAY, DAY + days // 2).fleet.row(0)[Field.CHIP_HEALTH] > 0.99
    assert run_span(fleet(row), 0, DAY, DAY + 2 * days).fleet.row(0)[Field.CHIP_HEALTH] == 0.0


@given(st.floats(0.5, 20.0), st.floats(0.5, 20.0))
def test_a_batch_behind_more_shield_takes_no_more_dose(thin: float, more: float) -> None:
    bare, shielded = (batch(changes={"shield_mm": mm}) for mm in (thin, min(thin + more, 40.0)))
    assert shielded[Field.DOSE_SHARE_PER_DAY] <= bare[Field.DOSE_SHARE_PER_DAY]
    assert shielded[Field.UPSET_LOSS] <= bare[Field.UPSET_LOSS]


def test_work_that_idles_in_shade_pays_a_stop_each_orbit() -> None:
    options = {"inclination_deg": 53.0, "raan_deg": 0.0, "immortal": True}
    steady = run_span(fleet(batch(load_policy="steady", **options)), 0, DAY, DAY + 5).fleet.row(0)
    idle = run_span(fleet(batch(load_policy="follow-the-sun", **options)), 0, DAY, DAY + 5).fleet.row(0)
    sunlit_s = idle[Field.PERIOD_S] * (1.0 - idle[Field.ECLIPSE_FRACTION])
    assert steady[Field.GOODPUT] - idle[Field.GOODPUT] == pytest.approx(60.0 / sunlit_s, rel=1e-9)


def test_training_in_a_cluster_loses_more_than_answering_questions() -> None:
    questions = batch("suncatcher-class", count=81, spread="cluster", mix=(1.0, 0.0, 0.0, 0.0))
    training = batch("suncatcher-class", count=81, spread="cluster", mix=(0.0, 0.0, 0.0, 1.0))
    assert questions[Field.UPSET_LOSS] < 0.01
    per_day = 81 * 64 * (150.0 / 365.25 * (1 / 17 + 1 / 44 + 1 / 1265) + 0.1 / 365.25)
    between_s = 86400.0 / per_day
    expected = math.sqrt(2.0 * 20.0 / between_s) + 60.0 / between_s
    assert training[Field.UPSET_LOSS] == pytest.approx(expected, rel=0.05)


def test_the_largest_published_training_was_interrupted_every_three_hours() -> None:
    """466 interruptions in 54 days on 16,384 accelerators; more than nine tenths of the time was good."""
    between_s = compute.interrupt_interval_s(16_384.0, 466.0 / 54.0 / 16_384.0)
    assert between_s / 3600.0 == pytest.approx(2.8, abs=0.05)
    assert compute.checkpoint_goodput(20.0, between_s, 300.0) > 0.9
    assert math.isinf(compute.interrupt_interval_s(100.0, 0.0))


# --- traffic -----------------------------------------------------------------------------------------


def test_the_largest_fleet_steers_clear_forty_times_a_year() -> None:
    """207,152 manoeuvres in half a year by 10,087 satellites."""
    assert hazard.background_avoidance_per_year(550.0, 40.0) == pytest.approx(2 * 207_152 / 10_087, rel=0.05)
    assert hazard.background_avoidance_per_year(850.0, 40.0) == pytest.approx(400.0)


def test_derelicts_weigh_two_hundred_times_what_steered_satellites_do() -> None:
    dead = hazard.swarm_avoidance_per_year(0.0, 100.0, 500.0, 550.0)
    assert dead == pytest.approx(hazard.swarm_avoidance_per_year(20_000.0, 0.0, 500.0, 550.0))
    volume_km3 = 4.0 / 3.0 * math.pi * ((6378.137 + 550.0) ** 3 - (6378.137 + 500.0) ** 3)
    assert dead == pytest.approx(100.0 / volume_km3 * math.pi * 1.4**2 * 10.0 * 31_557_600.0, rel=1e-9)
    assert math.isinf(hazard.swarm_avoidance_per_year(1.0, 1.0, 500.0, 500.0))


def test_steering_clear_takes_propellant_and_service() -> None:
    row = batch(altitude_km=850.0, immortal=True)
    assert row[Field.AVOIDANCE_M_S_PER_DAY] == pytest.approx(400.0 * 0.05 / 365.25)
    assert row[Field.CALM_LOSS] == pytest.approx(400.0 * 0.5 / 8766.0)
    quiet = row.copy()
    quiet[[Field.AVOIDANCE_M_S_PER_DAY, Field.CALM_LOSS]] = 0.0
    now = run_span(fleet(row, quiet), 0, DAY, DAY + 10).fleet
    used = row[Field.PROPELLANT_KG] - now.column(Field.PROPELLANT_KG)
    mass = row[Field.DRY_MASS_KG] + row[Field.PROPELLANT_KG]
    assert (used[0] - used[1]) * row[Field.EXHAUST_M_S] / mass == pytest.approx(
        10 * 400.0 * 0.05 / 365.25, rel=1e-3
    )
    assert now.column(Field.ALTITUDE_KM) == pytest.approx(850.0, abs=1e-9)
    assert now.column(Field.GOODPUT)[1] - now.column(Field.GOODPUT)[0] == pytest.approx(400.0 * 0.5 / 8766.0)


def test_a_dead_satellite_of_the_announced_kind_comes_down_in_about_a_year() -> None:
    """2.14 t behind 600 m2 of array and 110 m2 of radiator, tumbling: 2 to 3 kg/m2."""
    ballistic = tumbling_ballistic_kg_m2(2140.0, 1.5, 710.0)
    assert 2.0 < ballistic < 3.0
    assert 1.0 < decay_lifetime_years(650.0, ballistic, 140.0) < 1.5
