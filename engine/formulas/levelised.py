"""Levelised cost of power for computing, in orbit and on the ground, by one method: capital recovery.

Every figure is per watt that does useful work, and year. What belongs to it, its cost boundary, is what is
put in: with chips and building left at nothing it is energy alone, with chips at nothing the facility, with
all the total cost of ownership. With a rate of 0 the capital recovery is a straight line; a figure made so is
no match for one with a rate.
"""

from __future__ import annotations

import math

from engine.formulas.cost import capital_recovery_factor, lifetime_penalty
from engine.formulas.ranges import Range
from engine.formulas.registry import formula

_HOURS_A_YEAR = 8766.0
_RATES = {"rate": Range(0.0, 1.0)}
_METHOD = "annuity formula; levelised cost as in Suncatcher (arXiv:2511.19468) and SemiAnalysis 2026"


@formula(
    "cost_path",
    symbol="v",
    unit="1",
    inputs={"now": "1", "change_per_year": "1/year", "years": "year", "floor": "1"},
    text="v = max(v_floor, v_now (1 + g)^t)",
    valid="v in the unit of its value now; t from the date it holds for",
    source="constant yearly change down to a floor; figures from the catalogue of the outlook",
    limits={"years": Range(0.0)},
)
def cost_path(now: float, change_per_year: float, years: float, floor: float = 0.0) -> float:
    """A cost, mass or price some years on, falling by a constant share a year to a floor."""
    return max(floor, now * math.pow(1.0 + change_per_year, years))


@formula(
    "straight_path",
    symbol="v",
    unit="1",
    inputs={"now": "1", "later": "1", "span_years": "year", "years": "year"},
    text="v = v_now + (v_later - v_now) min(1, t / T)",
    valid="v in the unit of its values; t from the date of the first",
    source="straight line between two estimates",
    limits={"years": Range(0.0)},
)
def straight_path(now: float, later: float, span_years: float, years: float) -> float:
    """A rate that moves evenly from one value to another, and stays there."""
    return now + (later - now) * min(1.0, years / span_years)


@formula(
    "capital_cost",
    symbol="c_K",
    unit="USD/W/year",
    inputs={
        "capital_usd_per_w": "USD/W",
        "rate": "1",
        "years": "year",
        "failure_rate_per_year": "1/year",
        "upkeep_per_year": "1/year",
    },
    text="c = K (CRF(r, n) Pi_life(lambda, n) + u)",
    valid="equal payments at the end of each year; a rate of 0 makes it a straight line over n years",
    source=_METHOD,
    trusted=_RATES,
)
def capital_usd_per_w_year(
    capital_usd_per_w: float,
    rate: float,
    years: float,
    failure_rate_per_year: float = 0.0,
    upkeep_per_year: float = 0.0,
) -> float:
    """What a watt of capital costs a year, with interest, early failures and upkeep."""
    recovered = capital_recovery_factor(rate, years) * lifetime_penalty(failure_rate_per_year, years)
    return capital_usd_per_w * (recovered + upkeep_per_year)


@formula(
    "ground_power_cost",
    symbol="c_g",
    unit="USD/W/year",
    inputs={
        "electricity_usd_per_mwh": "USD/MWh",
        "pue": "1",
        "facility_usd_per_w": "USD/W",
        "facility_years": "year",
        "chip_usd_per_w": "USD/W",
        "chip_years": "year",
        "rate": "1",
        "upkeep_per_year": "1/year",
        "level": "1",
    },
    text="c = 0.008766 p PUE + (K_f (CRF(r, n_f) + u) + K_c CRF(r, n_c)) / x",
    valid="boundary by what is put in: energy (no facility, no chips), facility (no chips), all; upkeep "
    "of the facility alone, chips under warranty; x is the share of the year at work",
    source=_METHOD,
    limits={"level": Range(0.0, 1.0, above=True)},
    trusted=_RATES,
)
def ground_power_usd_per_w_year(
    electricity_usd_per_mwh: float,
    pue: float,
    facility_usd_per_w: float = 0.0,
    facility_years: float = 15.0,
    chip_usd_per_w: float = 0.0,
    chip_years: float = 5.0,
    rate: float = 0.0,
    upkeep_per_year: float = 0.0,
    level: float = 1.0,
) -> float:
    """Levelised cost of a watt of computing on the ground, for each year it works."""
    energy = 1e-6 * _HOURS_A_YEAR * electricity_usd_per_mwh * pue
    facility = capital_usd_per_w_year(facility_usd_per_w, rate, facility_years, 0.0, upkeep_per_year)
    chips = capital_usd_per_w_year(chip_usd_per_w, rate, chip_years)
    return energy + (facility + chips) / level


@formula(
    "orbit_power_cost",
    symbol="c_o",
    unit="USD/W/year",
    inputs={
        "satellite_usd_per_w": "USD/W",
        "mass_kg_kw": "kg/kW",
        "launch_usd_per_kg": "USD/kg",
        "satellite_years": "year",
        "chip_usd_per_w": "USD/W",
        "chip_mass_kg_kw": "kg/kW",
        "chip_years": "year",
        "rate": "1",
        "failure_rate_per_year": "1/year",
        "upkeep_per_year": "1/year",
        "level": "1",
    },
    text="c = ((K_s + m p / 1000) CRF(r, n_s) Pi(n_s) + (K_c + m_c p / 1000) CRF(r, n_c) Pi(n_c)"
    " + u K_s) / x",
    valid="boundary by what is put in, as on the ground; masses and money per watt of computing, m without "
    "chips; nothing is mended, Pi is the lifetime penalty; u is running cost as a share of the satellite; x "
    "is the share of the year at work",
    source=_METHOD,
    limits={"level": Range(0.0, 1.0, above=True)},
    trusted=_RATES,
)
def orbit_power_usd_per_w_year(
    satellite_usd_per_w: float,
    mass_kg_kw: float,
    launch_usd_per_kg: float,
    satellite_years: float,
    chip_usd_per_w: float = 0.0,
    chip_mass_kg_kw: float = 0.0,
    chip_years: float = 5.0,
    rate: float = 0.0,
    failure_rate_per_year: float = 0.0,
    upkeep_per_year: float = 0.0,
    level: float = 1.0,
) -> float:
    """Levelised cost of a watt of computing in orbit, for each year it works."""
    fixed = orbit_hardware_usd_per_w_year(
        satellite_usd_per_w, satellite_years, chip_usd_per_w, chip_years, rate, failure_rate_per_year,
        upkeep_per_year,
    )  # fmt: skip
    per_kg = lifted_kg_per_w_year(
        mass_kg_kw, satellite_years, chip_mass_kg_kw, chip_years, rate, failure_rate_per_year
    )
    return (fixed + per_kg * launch_usd_per_kg) / level


@formula(
    "orbit_hardware_cost",
    symbol="c_H",
    unit="USD/W/year",
    inputs={
        "satellite_usd_per_w": "USD/W",
        "satellite_years": "year",
        "chip_usd_per_w": "USD/W",
        "chip_years": "year",
        "rate": "1",
        "failure_rate_per_year": "1/year",
        "upkeep_per_year": "1/year",
    },
    text="c = K_s (CRF(r, n_s) Pi(n_s) + u) + K_c CRF(r, n_c) Pi(n_c)",
    valid="the part of the cost in orbit that launch has no hand in, before the share of the year at work",
    source=_METHOD,
    trusted=_RATES,
)
def orbit_hardware_usd_per_w_year(
    satellite_usd_per_w: float,
    satellite_years: float,
    chip_usd_per_w: float = 0.0,
    chip_years: float = 5.0,
    rate: float = 0.0,
    failure_rate_per_year: float = 0.0,
    upkeep_per_year: float = 0.0,
) -> float:
    """What satellite and chips cost a year without their launch."""
    satellite = capital_usd_per_w_year(
        satellite_usd_per_w, rate, satellite_years, failure_rate_per_year, upkeep_per_year
    )
    chips = capital_usd_per_w_year(chip_usd_per_w, rate, chip_years, failure_rate_per_year)
    return satellite + chips


@formula(
    "lifted_mass_rate",
    symbol="m_dot",
    unit="kg/W/year",
    inputs={
        "mass_kg_kw": "kg/kW",
        "satellite_years": "year",
        "chip_mass_kg_kw": "kg/kW",
        "chip_years": "year",
        "rate": "1",
        "failure_rate_per_year": "1/year",
    },
    text="m = (m_s CRF(r, n_s) Pi(n_s) + m_c CRF(r, n_c) Pi(n_c)) / 1000",
    valid="discounted as money is, so that times a launch price it is the yearly cost of launch",
    source=_METHOD,
    trusted=_RATES,
)
def lifted_kg_per_w_year(
    mass_kg_kw: float,
    satellite_years: float,
    chip_mass_kg_kw: float = 0.0,
    chip_years: float = 5.0,
    rate: float = 0.0,
    failure_rate_per_year: float = 0.0,
) -> float:
    """Mass whose launch a watt of computing pays for in a year."""
    bus = capital_usd_per_w_year(mass_kg_kw, rate, satellite_years, failure_rate_per_year)
    chips = capital_usd_per_w_year(chip_mass_kg_kw, rate, chip_years, failure_rate_per_year)
    return 0.001 * (bus + chips)


@formula(
    "break_even_launch_price",
    symbol="p_L*",
    unit="USD/kg",
    inputs={
        "ground_usd_per_w_year": "USD/W/year",
        "hardware_usd_per_w_year": "USD/W/year",
        "lifted_kg_per_w_year": "kg/W/year",
        "level": "1",
    },
    text="p* = (c_g x - c_H) / m",
    valid="both sides within one cost boundary and by one method; below 0 no launch price is low enough",
    source="orbit_power_cost set equal to ground_power_cost; closure after Turyshev 2026, arXiv:2604.27197",
)
def break_even_launch_price_usd_per_kg(
    ground_usd_per_w_year: float,
    hardware_usd_per_w_year: float,
    lifted_kg_per_w_year: float,
    level: float = 1.0,
) -> float:
    """The launch price at which orbit costs what the ground does."""
    return (ground_usd_per_w_year * level - hardware_usd_per_w_year) / lifted_kg_per_w_year


@formula(
    "crossover_year",
    symbol="t_x",
    unit="year",
    inputs={"before_year": "year", "before_gap": "1", "after_gap": "1"},
    text="t = t_1 + d_1 / (d_1 - d_2)",
    valid="two years in a row, d of orbit less ground: above 0 in the first, not above 0 in the next",
    source="straight line between two years",
)
def crossover_year(before_year: float, before_gap: float, after_gap: float) -> float:
    """When a gap that is still open in one year closes on the way to the next."""
    return before_year + before_gap / (before_gap - after_gap)


@formula(
    "compute_price",
    symbol="c_C",
    unit="USD/PFLOP-day",
    inputs={"power_usd_per_w_year": "USD/W/year", "chip_w_per_pflops": "W/PFLOP/s"},
    text="c = c_W w / 365.25",
    valid="the power cost is per watt at work, so that nothing is lost on the way to results",
    source="definition",
)
def compute_usd_per_pflop_day(power_usd_per_w_year: float, chip_w_per_pflops: float) -> float:
    """Levelised cost of a PFLOP-day from that of power."""
    return power_usd_per_w_year * chip_w_per_pflops / 365.25


@formula(
    "cost_ratio",
    symbol="k",
    unit="1",
    inputs={"orbit_usd_per_w_year": "USD/W/year", "ground_usd_per_w_year": "USD/W/year"},
    text="k = c_o / c_g",
    valid="both sides within one cost boundary and by one method",
    source="definition",
    limits={"ground_usd_per_w_year": Range(0.0, above=True)},
)
def cost_ratio(orbit_usd_per_w_year: float, ground_usd_per_w_year: float) -> float:
    """How many times as dear orbit is as the ground."""
    return orbit_usd_per_w_year / ground_usd_per_w_year
