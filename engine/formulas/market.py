"""What customers pay: less where more is on offer, less for older chips, and by contract."""

from __future__ import annotations

import math

from engine.formulas.registry import formula


@formula(
    "demand_price",
    symbol="p",
    unit="USD/PFLOP-day",
    inputs={
        "price_usd_per_pflop_day": "USD/PFLOP-day",
        "supply_pflops": "PFLOP/s",
        "quoted_pflops": "PFLOP/s",
        "price_exponent": "1",
        "most": "1",
    },
    text="p = p_0 min(c, (S / S_0)^-a)",
    valid="p_0 is what is paid when S_0 is on offer; nobody pays more than c times that",
    source="constant elasticity; 100 USD a watt and year at 1 MW in orbit, falling as Q^-0.6",
)
def demand_price_usd_per_pflop_day(
    price_usd_per_pflop_day: float,
    supply_pflops: float,
    quoted_pflops: float,
    price_exponent: float,
    most: float = 3.0,
) -> float:
    """Price of compute from how much of it is on offer."""
    if supply_pflops <= 0.0:
        return price_usd_per_pflop_day * most
    return price_usd_per_pflop_day * min(most, math.pow(supply_pflops / quoted_pflops, -price_exponent))


@formula(
    "generation_worth",
    symbol="g",
    unit="1",
    inputs={"behind_years": "year", "discount_per_year": "1/year"},
    text="g = (1 - d)^t",
    valid="t from the day the chip was first sold to that of the newest on sale",
    source="constant yearly discount; estimate of the catalogue",
)
def generation_worth(behind_years: float, discount_per_year: float) -> float:
    """What arithmetic of an older chip is worth beside that of the newest."""
    return math.pow(1.0 - discount_per_year, behind_years)


@formula(
    "reserved_price",
    symbol="p_c",
    unit="USD/PFLOP-day",
    inputs={
        "price_usd_per_pflop_day": "USD/PFLOP-day",
        "change_per_year": "1/year",
        "years": "year",
        "share": "1",
    },
    text="p_c = s p ((1 + g)^n - 1) / (n ln(1 + g))",
    valid="mean of a price that changes steadily over the term; s is what buyers leave of it for certainty",
    source="mean of an exponential; share drawn with the offer",
)
def reserved_price_usd_per_pflop_day(
    price_usd_per_pflop_day: float, change_per_year: float, years: float, share: float
) -> float:
    """Fixed price of a contract over several years, from the market's price today."""
    growth = math.log1p(change_per_year) * years
    mean = math.expm1(growth) / growth if growth != 0.0 else 1.0
    return price_usd_per_pflop_day * mean * share


@formula(
    "service_shortfall",
    symbol="C_sla",
    unit="USD",
    inputs={
        "due_pflop_days": "PFLOP-day",
        "served_pflop_days": "PFLOP-day",
        "service_level": "1",
        "reserved_usd_per_pflop_day": "USD/PFLOP-day",
    },
    text="C = p max(0, a D - S)",
    valid="one month; D was due, S was served, a is the level agreed; what is missing is paid for again",
    source="service-level agreements, definition",
)
def service_shortfall_usd(
    due_pflop_days: float, served_pflop_days: float, service_level: float, reserved_usd_per_pflop_day: float
) -> float:
    """What a month below the service level costs, besides the sales that are missing."""
    return reserved_usd_per_pflop_day * max(0.0, service_level * due_pflop_days - served_pflop_days)
