"""Levelised cost: one method on both sides, boundaries by what is put in, paths that a reader can follow."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.formulas.levelised import (
    break_even_launch_price_usd_per_kg,
    capital_usd_per_w_year,
    compute_usd_per_pflop_day,
    cost_path,
    crossover_year,
    ground_power_usd_per_w_year,
    lifted_kg_per_w_year,
    orbit_hardware_usd_per_w_year,
    orbit_power_usd_per_w_year,
    straight_path,
)
from engine.formulas.rival import (
    grid_energy_spared_kwh,
    grid_wait_days,
    lift_energy_kwh,
    scarcity_price,
    water_spared_l,
)

RATES = st.floats(0.0, 0.3)
MONEY = st.floats(0.0, 200.0)
LIVES = st.integers(1, 25)


@given(capital=st.floats(0.1, 200.0), rate=st.floats(0.001, 0.3), years=LIVES)
def test_the_payments_of_a_life_are_worth_the_capital(capital: float, rate: float, years: int) -> None:
    """Discounted one by one, as a bank would."""
    paid = capital_usd_per_w_year(capital, rate, years)
    worth = sum(paid / (1.0 + rate) ** year for year in range(1, years + 1))
    assert worth == pytest.approx(capital, rel=1e-9)


def test_a_rate_of_nothing_is_a_straight_line() -> None:
    assert capital_usd_per_w_year(30.0, 0.0, 15.0) == 2.0
    assert orbit_power_usd_per_w_year(22.0, 0.0, 0.0, 5.0) == pytest.approx(4.4)


def test_energy_on_the_ground_is_price_times_hours() -> None:
    """A kilowatt of computing for a year at 98 USD/MWh and PUE 1.2: 8,766 h, worked out by hand."""
    assert ground_power_usd_per_w_year(98.0, 1.2) == pytest.approx(1030.9e-3, abs=5e-5)


@given(rate=RATES, launch=st.floats(0.0, 5000.0), level=st.floats(0.3, 1.0), failures=st.floats(0.0, 0.5))
def test_more_within_the_boundary_never_costs_less(
    rate: float, launch: float, level: float, failures: float
) -> None:
    facility = orbit_power_usd_per_w_year(22.0, 19.0, launch, 5.0, 0.0, 0.0, 5.0, rate, failures, 0.02, level)
    whole = orbit_power_usd_per_w_year(22.0, 19.0, launch, 5.0, 26.0, 8.0, 5.0, rate, failures, 0.02, level)
    assert 0.0 < facility < whole
    energy = ground_power_usd_per_w_year(98.0, 1.2, rate=rate, level=level)
    built = ground_power_usd_per_w_year(98.0, 1.2, 13.5, 15.0, rate=rate, upkeep_per_year=0.02, level=level)
    chips = ground_power_usd_per_w_year(98.0, 1.2, 13.5, 15.0, 26.0, 5.0, rate, 0.02, level)
    assert energy < built < chips


@given(
    satellite=MONEY,
    mass=st.floats(1.0, 80.0),
    chips=MONEY,
    rate=RATES,
    failures=st.floats(0.0, 0.5),
    level=st.floats(0.3, 1.0),
    ground=st.floats(0.5, 40.0),
)
def test_at_the_break_even_price_both_sides_cost_the_same(
    satellite: float,
    mass: float,
    chips: float,
    rate: float,
    failures: float,
    level: float,
    ground: float,
) -> None:
    """Put back into the cost in orbit, the price gives the ground's; also where it is below nothing."""
    price = break_even_launch_price_usd_per_kg(
        ground,
        orbit_hardware_usd_per_w_year(satellite, 5.0, chips, 4.0, rate, failures, 0.02),
        lifted_kg_per_w_year(mass, 5.0, 8.0, 4.0, rate, failures),
        level,
    )
    orbit = orbit_power_usd_per_w_year(
        satellite, mass, price, 5.0, chips, 8.0, 4.0, rate, failures, 0.02, level
    )
    assert orbit == pytest.approx(ground, rel=1e-6, abs=1e-6)


def test_paths_fall_to_their_floor_and_rates_stay_where_they_arrive() -> None:
    assert cost_path(1000.0, -0.2, 3.0) == pytest.approx(512.0)
    assert cost_path(1000.0, -0.2, 30.0, 80.0) == 80.0
    assert straight_path(0.15, 0.10, 10.0, 5.0) == pytest.approx(0.125)
    assert straight_path(0.15, 0.10, 10.0, 25.0) == pytest.approx(0.10)


def test_lines_cross_where_geometry_says() -> None:
    """Three above in 2034 and one below in 2035: three quarters of the way."""
    assert crossover_year(2034.0, 3.0, -1.0) == 2034.75


def test_compute_costs_its_power() -> None:
    """10 USD a watt and year, 730 W for a PFLOP/s: 7,300 USD a year, a 365.25th of it a day."""
    assert compute_usd_per_pflop_day(10.0, 730.0) == pytest.approx(7300.0 / 365.25)


def test_scarcity_raises_the_price_and_plenty_lowers_it() -> None:
    assert scarcity_price(10.0, 10.0, 0.6) == 1.0
    assert scarcity_price(10.0, 20.0, 0.6) == pytest.approx(math.exp(-0.6 * math.log(2.0)))
    assert scarcity_price(10.0, 0.0, 0.6) == 3.0
    assert scarcity_price(10.0, 1e9, 0.6) == 0.25


def test_queues_and_walls() -> None:
    assert grid_wait_days(400.0, 700.0, 0.0, 1.0) == 700.0
    assert grid_wait_days(400.0, 300.0, 2.0, 1.0) == pytest.approx(400.0 + 730.5)


def test_what_a_swarm_spares_is_net() -> None:
    """100 kg cost 17 MWh to lift; a megawatt-hour of computing spares 1.2 on the grid and 420 L of water."""
    lift = lift_energy_kwh(100.0, 170.0)
    assert grid_energy_spared_kwh(1000.0, 1.2, lift, 0.0) == pytest.approx(1200.0 - 17_000.0)
    assert water_spared_l(1000.0, 0.42) == pytest.approx(420.0)
