"""Whole programmes in a few lines: power to begin with, all it costs, price of energy, its interruptions.

Published comparisons are made of these; campaigns are not, since they book every line as it falls due.
"""

from __future__ import annotations

import math

from engine.formulas.registry import formula
from engine.units import JULIAN_YEAR_S

_HOURS_A_YEAR = 8760.0


@formula(
    "start_power",
    symbol="P_0",
    unit="W",
    inputs={"mean_w": "W", "wear_per_year": "1/year", "years": "year", "lit_fraction": "1"},
    text="P_0 = P_mean / (f_lit (1/n) sum over the years k = 0 ... n-1 of (1 - w)^k)",
    valid="arrays that lose one share of their yield with each year that begins; lit share of the year alone",
    source="definition; economics of data centres in orbit (A. McCalip 2025)",
)
def start_power_w(mean_w: float, wear_per_year: float, years: float, lit_fraction: float) -> float:
    """Power in sunlight at the start that gives a mean power over a life of wear and shade."""
    kept = 1.0 - wear_per_year
    mean_share = 1.0 if wear_per_year == 0.0 else (1.0 - math.pow(kept, years)) / (years * wear_per_year)
    return mean_w / (mean_share * lit_fraction)


@formula(
    "programme_cost",
    symbol="C",
    unit="USD",
    inputs={
        "power_w": "W",
        "hardware_usd_per_w": "USD/W",
        "mass_kg": "kg",
        "launch_usd_per_kg": "USD/kg",
        "upkeep_per_year": "1/year",
        "years": "year",
        "engineering_usd": "USD",
    },
    text="C = P c_hw (1 + u n) + m c_launch + C_eng; u is the share of the hardware paid again each year",
    valid="nominal money, nothing discounted",
    source="sum of its parts; economics of data centres in orbit (A. McCalip 2025)",
)
def programme_cost_usd(
    power_w: float,
    hardware_usd_per_w: float,
    mass_kg: float,
    launch_usd_per_kg: float,
    upkeep_per_year: float = 0.0,
    years: float = 1.0,
    engineering_usd: float = 0.0,
) -> float:
    """What hardware, launch, upkeep and engineering come to."""
    hardware_usd = power_w * hardware_usd_per_w
    return hardware_usd * (1.0 + upkeep_per_year * years) + mass_kg * launch_usd_per_kg + engineering_usd


@formula(
    "energy_price",
    symbol="c_E",
    unit="USD/kWh",
    inputs={"cost_usd": "USD", "mean_w": "W", "years": "year"},
    text="c_E = C / (P n 8760 h)",
    valid="constant mean power; nothing discounted; years of 8760 hours",
    source="definition",
)
def energy_price_usd_per_kwh(cost_usd: float, mean_w: float, years: float) -> float:
    """Cost spread over the energy of a life."""
    return cost_usd / (0.001 * mean_w * years * _HOURS_A_YEAR)


@formula(
    "interruption_interval",
    symbol="M",
    unit="s",
    inputs={"units": "1", "failures_per_unit_year": "1/year"},
    text="M = 31557600 s / (N lambda)",
    valid="one job on N units that stops whenever any of them fails; constant rate",
    source="sum of independent Poisson processes",
)
def interruption_interval_s(units: float, failures_per_unit_year: float) -> float:
    """Mean time between interruptions of a job that needs all its units."""
    return JULIAN_YEAR_S / (units * failures_per_unit_year)
