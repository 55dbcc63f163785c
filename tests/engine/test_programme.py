"""Formulas of whole programmes against sums written out."""

from __future__ import annotations

from typing import Any

import pytest

import engine

YEAR_S = 31_557_600.0


def value(name: str, **inputs: Any) -> float:
    return engine.explain(name, inputs, moves=False).value


def test_the_power_to_start_with_makes_up_for_wear_and_shade() -> None:
    kept = sum(0.98 * (1.0 - 0.025) ** year for year in range(5)) / 5
    found = value("start_power", mean_w=1e9, wear_per_year=0.025, years=5, lit_fraction=0.98)
    assert found == pytest.approx(1e9 / kept, rel=1e-12)
    assert value("start_power", mean_w=1e9, wear_per_year=0, years=5, lit_fraction=0.5) == pytest.approx(2e9)


def test_a_programme_costs_what_its_parts_cost() -> None:
    hardware, upkeep = 1e6 * 20.0, 5 * 0.1 * 1e6 * 20.0
    found = value(
        "programme_cost",
        power_w=1e6,
        hardware_usd_per_w=20,
        mass_kg=3e4,
        launch_usd_per_kg=1000,
        upkeep_per_year=0.1,
        years=5,
        engineering_usd=7e6,
    )
    assert found == pytest.approx(hardware + upkeep + 3e7 + 7e6)
    assert value("energy_price", cost_usd=8.76e6, mean_w=1e6, years=1) == pytest.approx(1.0)


def test_a_job_on_many_units_stops_as_often_as_all_of_them_together() -> None:
    assert value("interruption_interval", units=1, failures_per_unit_year=1) == pytest.approx(YEAR_S)
    rate = 419 / (54 / 365.25) / 16384
    found = value("interruption_interval", units=16384, failures_per_unit_year=rate)
    assert found == pytest.approx(54 * 86400 / 419)
