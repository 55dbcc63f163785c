"""What capital costs: interest, premiums, the worth of what flies, the time that cash lasts."""

from __future__ import annotations

import math

from engine.formulas.registry import formula
from engine.units import JULIAN_YEAR_DAYS


@formula(
    "capital_rate",
    symbol="r",
    unit="1/year",
    inputs={
        "unproven_per_year": "1/year",
        "proven_per_year": "1/year",
        "proven_years": "year",
        "proof_years": "year",
        "record_w": "W",
        "proof_w": "W",
    },
    text="r = r_1 + (r_0 - r_1) max(0, 1 - t / T) max(0, 1 - P / P_1)",
    valid="t counts a year in full if a tenth of P_1 worked all through it; P is the highest power so far",
    source="15 % to the ground's 10.3 % over ten years: SemiAnalysis 2026, through notes; linear in both",
)
def capital_rate_per_year(
    unproven_per_year: float,
    proven_per_year: float,
    proven_years: float,
    proof_years: float,
    record_w: float = 0.0,
    proof_w: float = 1e8,
) -> float:
    """Yearly cost of capital of an operator, from the years and the size of its record."""
    missing = max(0.0, 1.0 - proven_years / proof_years) * max(0.0, 1.0 - record_w / proof_w)
    return proven_per_year + (unproven_per_year - proven_per_year) * missing


@formula(
    "loan_interest",
    symbol="I",
    unit="USD",
    inputs={"debt_usd": "USD", "interest_per_year": "1/year", "span_days": "day"},
    text="I = D r d / 365.25",
    valid="simple interest between two payments; r fixed when the loan was taken",
    source="definition; days over Julian years",
)
def loan_interest_usd(debt_usd: float, interest_per_year: float, span_days: float) -> float:
    """Interest on a loan for a span of days."""
    return debt_usd * interest_per_year * span_days / JULIAN_YEAR_DAYS


@formula(
    "pre_money",
    symbol="V",
    unit="USD",
    inputs={"net_assets_usd": "USD", "record_mw": "MW", "valuation_usd": "USD", "valuation_exponent": "1"},
    text="V = max(E, V_1 P^a)",
    valid="before the money of a raise; P is the highest power so far, V_1 the value at one megawatt",
    source="power law through estimates of the catalogue; never below cash and satellites less debt",
)
def pre_money_usd(
    net_assets_usd: float, record_mw: float, valuation_usd: float, valuation_exponent: float
) -> float:
    """What investors value a company at before they put money into it: its track record, or what it owns."""
    return max(net_assets_usd, valuation_usd * math.pow(record_mw, valuation_exponent))


@formula(
    "diluted_share",
    symbol="s",
    unit="1",
    inputs={"held_share": "1", "pre_money_usd": "USD", "raised_usd": "USD"},
    text="s = s_0 V / (V + M)",
    valid="new shares for all of the money, none sold by those who hold some",
    source="definition",
)
def diluted_share(held_share: float, pre_money_usd: float, raised_usd: float) -> float:
    """What a holder has of a company after a raise."""
    return held_share * pre_money_usd / (pre_money_usd + raised_usd)


@formula(
    "insurance_premium",
    symbol="C_ins",
    unit="USD",
    inputs={"insured_usd": "USD", "odds": "1", "loading": "1"},
    text="C = (1 + l) (1 - p) V",
    valid="launch alone; l is what insurers add to the expected loss, so cover is never below the risk",
    source="expected loss with a loading; campaign rule of 1.25 times the risk",
)
def insurance_premium_usd(insured_usd: float, odds: float, loading: float) -> float:
    """Price of insuring a launch."""
    return (1.0 + loading) * (1.0 - odds) * insured_usd


@formula(
    "book_value",
    symbol="B",
    unit="USD",
    inputs={"paid_usd": "USD", "age_days": "day", "life_years": "year", "alive_share": "1"},
    text="B = C s max(0, 1 - t / L)",
    valid="straight line from lift-off over the design life; what has failed is written off",
    source="straight-line depreciation, definition",
)
def book_value_usd(paid_usd: float, age_days: float, life_years: float, alive_share: float) -> float:
    """What satellites in orbit are worth in the books: what was paid, less the life they have used."""
    return paid_usd * alive_share * max(0.0, 1.0 - age_days / (life_years * JULIAN_YEAR_DAYS))


@formula(
    "debt_limit",
    symbol="D_max",
    unit="USD",
    inputs={"book_usd": "USD", "loan_to_value": "1"},
    text="D = k B",
    valid="satellites in orbit as the only security",
    source="asset-backed lending, definition",
)
def debt_limit_usd(book_usd: float, loan_to_value: float) -> float:
    """Most that lenders advance on satellites in orbit."""
    return book_usd * loan_to_value


@formula(
    "cash_runway",
    symbol="t_cash",
    unit="month",
    inputs={"cash_usd": "USD", "earned_usd": "USD", "running_usd": "USD"},
    text="t = cash / (costs - sales) of a month",
    valid="costs above sales; else cash does not run out and the answer is 0 by convention",
    source="definition",
)
def cash_runway_months(cash_usd: float, earned_usd: float, running_usd: float) -> float:
    """Months that cash lasts at the balance of a month."""
    loss_usd = running_usd - earned_usd
    return max(0.0, cash_usd) / loss_usd if loss_usd > 0.0 else 0.0
