"""A batch from check-out to re-entry, and what is told on the way."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from engine.formulas.drag import air_density_kg_m3, decay_lifetime_years, drag_delta_v_m_s_year
from engine.formulas.eclipse import eclipse_fraction
from engine.formulas.orbit import node_rate_deg_day
from engine.formulas.sun import solar_activity_sfu
from engine.kernels.layout import Binding, Field, Kind, Sky, Status
from engine.kernels.sky import (
    DENSITY_FROM_KM,
    DENSITY_NODES,
    DENSITY_STEP_KM,
    WINDOW_DAYS,
    sky_rows,
)
from engine.kernels.storm import FIRST_CYCLE_DAY
from engine.simulate.run import SpanResult, run_span
from tests.fleets import DAY, batch, fleet


def kinds(result: SpanResult) -> list[tuple[int, Kind]]:
    """Day since the start and kind of each record."""
    return [(day - DAY, Kind(kind)) for day, _, kind, _ in result.records.tolist()]


def days_of(result: SpanResult, kind: Kind) -> list[int]:
    return [day for day, found in kinds(result) if found == kind]


def test_service_begins_on_its_day() -> None:
    start = fleet(batch(service_day=DAY + 12, immortal=True))
    waiting = run_span(start, 1, DAY, DAY + 12).fleet.row(0)
    assert waiting[Field.STATUS] == Status.COMMISSIONING
    assert waiting[Field.BINDING] == Binding.COMMISSIONING
    assert waiting[Field.TOTAL_PFLOP_DAYS] == 0.0
    assert waiting[Field.TOTAL_GENERATED_KWH] > 0.0
    result = run_span(start, 1, DAY, DAY + 20)
    assert days_of(result, Kind.IN_SERVICE) == [12]
    assert result.fleet.row(0)[Field.SERVICE_DAYS] == 8.0


def test_plane_drifts_at_the_node_rate() -> None:
    row = batch(inclination_deg=53.0, raan_deg=10.0, altitude_km=550.0, immortal=True)
    now = run_span(fleet(row), 1, DAY, DAY + 30).fleet.row(0)
    drift = np.degrees(now[Field.RAAN_RAD] - row[Field.RAAN_RAD])
    expected = 30.0 * node_rate_deg_day(550.0, 53.0)
    assert (drift - expected + 180.0) % 360.0 - 180.0 == pytest.approx(0.0, abs=1e-6)


def test_sun_synchronous_plane_keeps_its_hour() -> None:
    """After a year the beta angle is what it was on the same date."""
    start = fleet(batch(immortal=True))
    first = run_span(start, 1, DAY, DAY + 1).fleet.row(0)
    later = run_span(start, 1, DAY, DAY + 366).fleet.row(0)
    assert later[Field.SIN_BETA] == pytest.approx(first[Field.SIN_BETA], abs=0.005)


def test_one_eclipse_season_a_year_on_the_terminator() -> None:
    row = batch(immortal=True)
    row[Field.PROPELLANT_KG] = 1e4
    result = run_span(fleet(row), 1, DAY, DAY + 365)
    begins, ends = days_of(result, Kind.ECLIPSE_BEGINS), days_of(result, Kind.ECLIPSE_ENDS)
    assert len(begins) == len(ends) == 1
    season = (ends[0] - begins[0]) % 365
    assert season == pytest.approx(90, abs=2)
    now = result.fleet.row(0)
    lit = now[Field.TOTAL_LIT_S] / (now[Field.SERVICE_DAYS] * 86400.0)
    assert lit == pytest.approx(0.960, abs=0.002)


def test_eclipse_fraction_of_the_day_is_the_formula() -> None:
    now = run_span(fleet(batch(inclination_deg=53.0)), 1, DAY, DAY + 1).fleet.row(0)
    beta = float(np.degrees(np.arcsin(now[Field.SIN_BETA])))
    assert now[Field.ECLIPSE_FRACTION] == pytest.approx(eclipse_fraction(650.0, beta), abs=1e-12)


def test_kept_orbit_stays_and_pays_for_drag() -> None:
    row = batch("h100-demonstrator", altitude_km=500.0, immortal=True)
    now = run_span(fleet(row), 1, DAY, DAY + 2).fleet.row(0)
    assert now[Field.ALTITUDE_KM] == pytest.approx(500.0, abs=1e-9)
    used = row[Field.PROPELLANT_KG] - now[Field.PROPELLANT_KG]
    mass = row[Field.DRY_MASS_KG] + row[Field.PROPELLANT_KG]
    delta_v = used * row[Field.EXHAUST_M_S] / mass
    area = row[Field.BODY_DRAG_M2] + row[Field.ARRAY_DRAG_PER_COS_M2] * np.cos(np.arcsin(now[Field.SIN_BETA]))
    yearly = drag_delta_v_m_s_year(500.0, mass / (2.2 * area), solar_activity_sfu(DAY + 1.0))
    aside = 40.0 * 10.0 ** (-50.0 / 300.0) * 0.05  # manoeuvres a year at 500 km, 5 cm/s each
    assert delta_v == pytest.approx((yearly + aside) * 2 / 365.25, rel=0.02)


@pytest.mark.many_days
def test_abandoned_orbit_decays_within_its_lifetime() -> None:
    row = batch("h100-demonstrator", altitude_km=420.0, immortal=True)
    row[Field.KEEPING] = 0.0
    row[Field.ARRAY_DRAG_PER_COS_M2] = 0.0
    row[Field.LIFE_DAYS] = 1e6
    mass = row[Field.DRY_MASS_KG] + row[Field.PROPELLANT_KG]
    ballistic = mass / (2.2 * row[Field.BODY_DRAG_M2])
    result = run_span(fleet(row), 1, DAY, DAY + 3000)
    (day,) = days_of(result, Kind.REENTRY)
    activity = float(np.mean([solar_activity_sfu(DAY + k) for k in range(day)]))
    assert day / 365.25 == pytest.approx(decay_lifetime_years(420.0, ballistic, activity), rel=0.1)
    now = result.fleet.row(0)
    assert now[Field.STATUS] == Status.REENTERED
    assert now[Field.ALIVE_COUNT] == 0.0
    assert now[Field.BINDING] == Binding.ENDED


def test_propellant_runs_out_once_and_the_orbit_sinks() -> None:
    row = batch("h100-demonstrator", altitude_km=450.0, immortal=True, changes={"propellant_kg": 0.01})
    result = run_span(fleet(row), 1, DAY, DAY + 200)
    assert len(days_of(result, Kind.PROPELLANT_OUT)) == 1
    assert result.fleet.row(0)[Field.ALTITUDE_KM] < 449.0


def test_life_ends_and_thrusters_bring_it_down() -> None:
    row = batch(immortal=True, changes={"life_years": 0.1})
    result = run_span(fleet(row), 1, DAY, DAY + 400)
    assert days_of(result, Kind.END_OF_LIFE) == [37]
    (down,) = days_of(result, Kind.REENTRY)
    assert 37 < down < 300
    assert result.fleet.row(0)[Field.SERVICE_DAYS] == 37.0
    assert kinds(result)[-1] == (down, Kind.REENTRY)


def test_disposal_by_order() -> None:
    now = run_span(fleet(batch(immortal=True)), 1, DAY, DAY + 10).fleet
    now = now.with_values(Field.STATUS, [0], float(Status.DISPOSAL))
    after = run_span(now, 1, DAY + 10, DAY + 11).fleet.row(0)
    assert after[Field.DELIVERED_PFLOPS] == 0.0
    assert after[Field.ALTITUDE_KM] < 649.0


def test_blackout_is_told_when_it_begins_and_when_it_ends() -> None:
    """A fixed array on an orbit that turns edge-on to the Sun and away from it again."""
    row = batch(
        inclination_deg=53.0,
        raan_deg=0.0,
        immortal=True,
        changes={"tracking": "orbit-normal", "array_area_m2": 60.0, "radiator_area_m2": 20.0},
    )
    result = run_span(fleet(row), 1, DAY, DAY + 300)
    told = [kind for _, kind in kinds(result) if kind in (Kind.BLACKOUT_BEGINS, Kind.BLACKOUT_ENDS)]
    assert len(told) >= 2
    assert told[0] == Kind.BLACKOUT_BEGINS
    assert all(one != other for one, other in pairwise(told))
    assert len(told) < 60


@pytest.mark.many_days
def test_battery_wears_out_once() -> None:
    row = batch(inclination_deg=53.0, immortal=True, changes={"depth_of_discharge": 0.8, "life_years": 20.0})
    result = run_span(fleet(row), 1, DAY, DAY + 1500)
    assert len(days_of(result, Kind.BATTERY_WORN)) == 1
    assert result.fleet.row(0)[Field.BATTERY_HEALTH] < 0.8


def test_battery_cycles_wear_as_the_makers_table_says() -> None:
    """35,000 cycles of 30 % to 80 % of capacity: one day of 14.7 cycles takes 0.2 x 14.7 / 35,000."""
    row = batch(inclination_deg=53.0, immortal=True)
    before = run_span(fleet(row), 1, DAY, DAY + 10).fleet.row(0)
    now = run_span(fleet(row), 1, DAY, DAY + 11).fleet.row(0)
    assert now[Field.SOC_MIN] == pytest.approx(0.7, abs=1e-6)
    calendar = before[Field.BATTERY_HEALTH] * before[Field.CALENDAR_FADE_PER_DAY]
    cycled = before[Field.BATTERY_HEALTH] - now[Field.BATTERY_HEALTH] - calendar
    assert cycled == pytest.approx(0.2 * 86400 / now[Field.PERIOD_S] / 35_000, rel=0.35)


@pytest.mark.many_days
def test_array_loses_what_a_year_takes() -> None:
    row = batch(immortal=True)
    now = run_span(fleet(row), 1, DAY, DAY + 1461).fleet.row(0)
    yearly = 1.0 - (1.0 - row[Field.ARRAY_WEAR_PER_DAY]) ** 365.25
    assert now[Field.ARRAY_HEALTH] == pytest.approx((1.0 - yearly) ** 4, rel=1e-9)
    assert yearly == pytest.approx(0.025, abs=1e-9)


def test_a_new_binding_is_told_after_three_days_of_it() -> None:
    start = run_span(fleet(batch(immortal=True)), 1, DAY, DAY + 20).fleet
    capped = start.with_values(Field.DEMAND_CAP, [0], 0.4)
    result = run_span(capped, 1, DAY + 20, DAY + 40)
    assert days_of(result, Kind.BINDING_CHANGED) == [22]
    assert result.records["value"][result.records["kind"] == Kind.BINDING_CHANGED] == Binding.DEMAND
    assert result.fleet.row(0)[Field.LEVEL_SUN] == 0.4
    blinked = run_span(capped, 1, DAY + 20, DAY + 22).fleet.with_values(Field.DEMAND_CAP, [0], 1.0)
    assert not days_of(run_span(blinked, 1, DAY + 22, DAY + 40), Kind.BINDING_CHANGED)


@pytest.mark.parametrize(
    ("options", "binding"),
    [
        ({"network_cap": 0.5}, Binding.NETWORK),
        ({"demand_cap": 0.5}, Binding.DEMAND),
        ({"demand_cap": 0.5, "network_cap": 0.5}, Binding.NETWORK),
    ],
)
def test_caps_of_links_and_customers_bind(options: dict[str, float], binding: Binding) -> None:
    now = run_span(fleet(batch(**options)), 1, DAY, DAY + 3).fleet.row(0)
    assert now[Field.BINDING] == binding
    assert now[Field.LEVEL_SUN] == 0.5


def test_days_of_the_sky_have_the_density_of_the_formula() -> None:
    sky = sky_rows(DAY, DAY + 3)
    for k in range(3):
        activity = solar_activity_sfu(float(DAY + k))
        assert sky[k, Sky.F107] == activity
        for node in range(DENSITY_NODES):
            altitude_km = DENSITY_FROM_KM + node * DENSITY_STEP_KM
            density = np.exp(sky[k, Sky.LOG_DENSITY + node])
            assert density == pytest.approx(air_density_kg_m3(altitude_km, activity), rel=1e-12)


@pytest.mark.parametrize("strength", [0.5, 1.0, 1.6])
def test_the_air_of_a_cycle_follows_its_strength(strength: float) -> None:
    first = (FIRST_CYCLE_DAY // WINDOW_DAYS + 40) * WINDOW_DAYS
    sky = sky_rows(first, first + 2, strengths=(strength, 9.0))
    for k in range(2):
        activity = 70.0 + strength * (solar_activity_sfu(float(first + k)) - 70.0)
        assert sky[k, Sky.F107] == pytest.approx(activity, rel=1e-15)
        for node in (6, 10, 14):
            density = np.exp(sky[k, Sky.LOG_DENSITY + node])
            altitude_km = DENSITY_FROM_KM + node * DENSITY_STEP_KM
            assert density == pytest.approx(air_density_kg_m3(altitude_km, activity), rel=1e-12)
    before = FIRST_CYCLE_DAY - WINDOW_DAYS
    assert (
        sky_rows(before, before + 1, strengths=(strength,)).tolist() == sky_rows(before, before + 1).tolist()
    )
