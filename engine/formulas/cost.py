"""What things cost: launch per unit of power, learning, losses over a life, and paying for capital."""

from __future__ import annotations

import math

from engine.formulas.ranges import Range
from engine.formulas.registry import formula


@formula(
    "launched_power_price",
    symbol="c_L",
    unit="USD/kW/year",
    inputs={"mass_kg": "kg", "power_kw": "kW", "life_years": "year", "launch_usd_per_kg": "USD/kg"},
    text="c = m p / (P L)",
    valid="launch alone: no hardware, no discounting, power taken as constant over the life",
    source="definition; table 1 of Suncatcher, arXiv:2511.19468",
)
def launched_power_price_usd_per_kw_year(
    mass_kg: float, power_kw: float, life_years: float, launch_usd_per_kg: float
) -> float:
    """Cost of lifting a satellite, for each kilowatt and year it serves."""
    return mass_kg * launch_usd_per_kg / (power_kw * life_years)


@formula(
    "wright_price",
    symbol="p",
    unit="USD/kg",
    inputs={
        "price_usd_per_kg": "USD/kg",
        "at_mass_kg": "kg",
        "future_mass_kg": "kg",
        "learning_rate": "1",
    },
    text="p = p_0 (M / M_0)^log2(1 - r)",
    valid="both masses are cumulative; r is the fall in price with each doubling",
    source="Wright 1936; learning curve of Suncatcher, arXiv:2511.19468",
)
def wright_price_usd_per_kg(
    price_usd_per_kg: float, at_mass_kg: float, future_mass_kg: float, learning_rate: float
) -> float:
    """Price after a cumulative mass has been launched, from the price at another."""
    return price_usd_per_kg * math.pow(future_mass_kg / at_mass_kg, math.log2(1.0 - learning_rate))


@formula(
    "learning_factor",
    symbol="f",
    unit="1",
    inputs={"before": "1", "made": "1", "learning_rate": "1"},
    text="f = ((N_0 + n) / N_0)^log2(1 - r)",
    valid="N_0 is what had been made or lifted when the price was quoted, n what came since, in one unit",
    source="Wright 1936: the same fall with each doubling of all that was ever made",
)
def learning_factor(before: float, made: float, learning_rate: float) -> float:
    """What is left of a quoted price after more has been made."""
    return math.pow((before + made) / before, math.log2(1.0 - learning_rate))


@formula(
    "industry_lifted",
    symbol="M",
    unit="t",
    inputs={"lifted_t": "t", "year_t": "t", "growth_per_year": "1/year", "years": "year"},
    text="M = M_0 + m ((1 + g)^t - 1) / ln(1 + g)",
    valid="launchers that recover a stage, world-wide; m is the rate per year at t = 0; no campaign in it",
    source="integral of a yearly rate that grows steadily; estimates from the catalogue",
    limits={"years": Range(-10.0, 200.0)},
)
def industry_lifted_t(lifted_t: float, year_t: float, growth_per_year: float, years: float) -> float:
    """All that the industry has lifted by a date, in tonnes."""
    rate = math.log1p(growth_per_year)
    return lifted_t + year_t * (math.expm1(years * rate) / rate if rate > 0.0 else years)


@formula(
    "lifetime_penalty",
    symbol="Pi_life",
    unit="1",
    inputs={"failure_rate_per_year": "1/year", "life_years": "year"},
    text="Pi = lambda L / (1 - exp(-lambda L)), 1 at lambda = 0",
    valid="constant failure rate, no repair: planned capacity-years over those that are expected",
    source="mean of exp(-lambda t) over the life; lifetime penalty after Turyshev 2026, arXiv:2604.27197",
)
def lifetime_penalty(failure_rate_per_year: float, life_years: float) -> float:
    """How many times dearer early failures make each year of capacity that is delivered."""
    losses = failure_rate_per_year * life_years
    return losses / -math.expm1(-losses) if losses > 0.0 else 1.0


@formula(
    "capital_recovery_factor",
    symbol="CRF",
    unit="1/year",
    inputs={"rate": "1", "years": "year"},
    text="CRF = r / (1 - (1 + r)^-n), 1/n at r = 0",
    valid="equal payments at the end of each year; r as a fraction",
    source="annuity formula",
    trusted={"rate": Range(0.0, 1.0)},
)
def capital_recovery_factor(rate: float, years: float) -> float:
    """Yearly payment that repays one unit of capital with interest."""
    return rate / -math.expm1(-years * math.log1p(rate)) if rate > 0.0 else 1.0 / years
