"""The books of an orbit, a day and a campaign: how figures on a screen come from those behind them."""

from __future__ import annotations

from engine.formulas.registry import formula

_DEFINITION = "definition"


@formula(
    "lit_share",
    symbol="f_lit",
    unit="1",
    inputs={"eclipse_fraction": "1"},
    text="f_lit = 1 - f",
    valid="one orbit",
    source=_DEFINITION,
)
def lit_share(eclipse_fraction: float) -> float:
    """Share of an orbit in sunlight."""
    return 1.0 - eclipse_fraction


@formula(
    "orbit_mean_load",
    symbol="L",
    unit="W",
    inputs={"sun_w": "W", "shade_w": "W", "eclipse_fraction": "1"},
    text="L = (1 - f) L_sun + f L_shade",
    valid="mean over one orbit",
    source=_DEFINITION,
)
def orbit_mean_load_w(sun_w: float, shade_w: float, eclipse_fraction: float) -> float:
    """Load over an orbit from the loads in sun and shade."""
    return sun_w * (1.0 - eclipse_fraction) + shade_w * eclipse_fraction


@formula(
    "mean_level",
    symbol="x",
    unit="1",
    inputs={"level_sun": "1", "level_shade": "1", "eclipse_fraction": "1"},
    text="x = (1 - f) x_sun + f x_shade",
    valid="mean over one orbit; a level is a share of all accelerators at full power",
    source=_DEFINITION,
)
def mean_level(level_sun: float, level_shade: float, eclipse_fraction: float) -> float:
    """Level of compute over an orbit."""
    return level_sun * (1.0 - eclipse_fraction) + level_shade * eclipse_fraction


@formula(
    "compute_power",
    symbol="P_it",
    unit="W",
    inputs={"full_w": "W", "level": "1", "leakage": "1"},
    text="P_it = P_full x l",
    valid="idle accelerators draw nothing",
    source=_DEFINITION,
)
def compute_power_w(full_w: float, level: float, leakage: float = 1.0) -> float:
    """Power that goes into accelerators at a level."""
    return full_w * level * leakage


@formula(
    "batch_compute",
    symbol="C_b",
    unit="PFLOP/s",
    inputs={
        "each_pflops": "PFLOP/s",
        "satellites": "1",
        "running": "1",
        "goodput": "1",
        "interconnect": "1",
        "served": "1",
    },
    text="C_b = C N r g eta_x s",
    valid="mean over a day; r is the share of the day that was not spent in the dark",
    source=_DEFINITION,
)
def batch_compute_pflops(
    each_pflops: float,
    satellites: float,
    running: float,
    goodput: float = 1.0,
    interconnect: float = 1.0,
    served: float = 1.0,
) -> float:
    """Compute that the satellites of a batch deliver together."""
    return each_pflops * satellites * running * goodput * interconnect * served


@formula(
    "day_generated",
    symbol="E_gen",
    unit="kWh",
    inputs={"array_w": "W", "eclipse_fraction": "1", "satellites": "1"},
    text="E = N P (1 - f) 24 h",
    valid="one day of a batch",
    source=_DEFINITION,
)
def day_generated_kwh(array_w: float, eclipse_fraction: float, satellites: float) -> float:
    """Energy that the arrays of a batch give in a day."""
    return 0.024 * satellites * array_w * (1.0 - eclipse_fraction)


@formula(
    "day_used",
    symbol="E_used",
    unit="kWh",
    inputs={"load_w": "W", "pmad_efficiency": "1", "satellites": "1"},
    text="E = N L eta 24 h",
    valid="one day of a batch without a blackout; L at the array's side, eta of the converters",
    source=_DEFINITION,
)
def day_used_kwh(load_w: float, pmad_efficiency: float, satellites: float) -> float:
    """Energy that reaches the loads of a batch in a day."""
    return 0.024 * satellites * load_w * pmad_efficiency


@formula(
    "day_conversion_loss",
    symbol="E_conv",
    unit="kWh",
    inputs={"load_w": "W", "pmad_efficiency": "1", "satellites": "1"},
    text="E = N L (1 - eta) 24 h",
    valid="one day of a batch without a blackout; L at the array's side, eta of the converters",
    source=_DEFINITION,
)
def day_conversion_loss_kwh(load_w: float, pmad_efficiency: float, satellites: float) -> float:
    """Energy that the converters of a batch turn into heat in a day."""
    return 0.024 * satellites * load_w * (1.0 - pmad_efficiency)


@formula(
    "share_of",
    symbol="s",
    unit="1",
    inputs={"part": "1", "whole": "1"},
    text="s = part / whole",
    valid="both in one unit; 0 of nothing is 0",
    source=_DEFINITION,
)
def share_of(part: float, whole: float) -> float:
    """What part of a whole something is."""
    return part / whole if whole > 0.0 else 0.0


@formula(
    "market_price",
    symbol="p",
    unit="USD/PFLOP-day",
    inputs={"price_usd_per_pflop_day": "USD/PFLOP-day", "change_per_year": "1/year", "years": "year"},
    text="p = p_0 (1 + g)^t",
    valid="t in Julian years from the date of the quote",
    source="constant yearly change; quotes from the catalogue of workloads",
)
def market_price_usd_per_pflop_day(
    price_usd_per_pflop_day: float, change_per_year: float, years: float
) -> float:
    """Price of a PFLOP-day, moved from the date of a quote."""
    return float(price_usd_per_pflop_day * (1.0 + change_per_year) ** years)


@formula(
    "market_demand",
    symbol="d",
    unit="PFLOP/s",
    inputs={"demand_pflops": "PFLOP/s", "change_per_year": "1/year", "years": "year"},
    text="d = d_0 (1 + g)^t",
    valid="t in Julian years from the reference date",
    source="constant yearly growth; estimates from the catalogue of workloads",
)
def market_demand_pflops(demand_pflops: float, change_per_year: float, years: float) -> float:
    """Compute that customers would buy from orbit, moved from a reference date."""
    return float(demand_pflops * (1.0 + change_per_year) ** years)


@formula(
    "launch_price_per_kg",
    symbol="p_L",
    unit="USD/kg",
    inputs={"launch_usd": "USD", "mass_kg": "kg"},
    text="p = price of the flight / mass of its satellites",
    valid="launch alone; adapters pay nothing",
    source=_DEFINITION,
)
def launch_price_usd_per_kg(launch_usd: float, mass_kg: float) -> float:
    """What a kilogram of satellite costs to lift on a flight."""
    return launch_usd / mass_kg


@formula(
    "spent_per_pflop_day",
    symbol="c",
    unit="USD/PFLOP-day",
    inputs={"spent_usd": "USD", "pflop_days": "PFLOP-day"},
    text="c = everything spent / everything delivered",
    valid="since the first day of a campaign, nothing discounted",
    source=_DEFINITION,
)
def spent_usd_per_pflop_day(spent_usd: float, pflop_days: float) -> float:
    """What a delivered PFLOP-day has cost so far."""
    return spent_usd / pflop_days
