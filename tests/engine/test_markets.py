"""Markets that answer to supply: prices worked out by hand, and who pays for older chips."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.events import day_of
from engine.formulas.capital import capital_rate_per_year
from engine.formulas.cost import capital_recovery_factor, lifetime_penalty
from engine.formulas.market import demand_price_usd_per_pflop_day, generation_worth
from engine.orders import DefineDesign, Selection, SetWorkload
from engine.rules import learning, market, spot
from engine.rules.budgets import known_budget
from engine.rules.launch_fit import fit
from engine.state import CampaignState, LedgerKind
from tests.campaigns import TERMINATOR, begin, catalogue, flight, ordered, passed, preset
from tests.engine.test_capital import company, lines, working

EDGE, TEXT = "eo-batch", "text-inference"
KW_PER_PFLOPS = 132.0 / 180.0
"""A GB300 rack, which the quotes are made for."""


def usd_per_w_year(state: CampaignState, megawatts: float) -> float:
    """What the market in orbit pays for a watt of today's racks, if so much of them is at work."""
    pflops = 1000.0 * megawatts / KW_PER_PFLOPS
    price = spot.spot_usd_per_pflop_day(state, EDGE, day_of(dt.date(2026, 11, 1)), pflops)
    return price * 365.25 / KW_PER_PFLOPS / 1000.0


@pytest.mark.parametrize(("megawatts", "pays"), [(1.0, 100.0), (10.0, 25.1), (100.0, 6.31), (0.3, 206.0)])
def test_the_market_in_orbit_pays_a_hundred_dollars_a_watt_for_the_first_megawatt(
    megawatts: float, pays: float
) -> None:
    assert usd_per_w_year(company(), megawatts) == pytest.approx(pays, rel=0.03)


def test_nobody_pays_more_than_the_ceiling() -> None:
    assert usd_per_w_year(company(), 1e-6) == pytest.approx(300.0, rel=0.01)
    assert usd_per_w_year(company(), 0.0) == usd_per_w_year(company(), 1e-6)


@given(supply=st.floats(0, 1e9), more=st.floats(0, 1e9), quoted=st.floats(1, 1e8), exponent=st.floats(0, 1))
def test_more_supply_never_raises_the_price_nor_lowers_the_sales(
    supply: float, more: float, quoted: float, exponent: float
) -> None:
    low, high = (
        demand_price_usd_per_pflop_day(25.0, amount, quoted, exponent) for amount in (supply + more, supply)
    )
    assert low <= high * (1 + 1e-12)
    assert low * (supply + more) >= high * supply * (1 - 1e-9)


def test_the_large_market_hardly_notices_a_megawatt_and_does_a_hundred_gigawatts() -> None:
    state, day = company(), day_of(dt.date(2027, 1, 1))
    quoted = 1.65 * market.price_usd_per_pflop_day(state, catalogue().workloads[TEXT], day)
    assert spot.spot_usd_per_pflop_day(state, TEXT, day, 1364.0) == pytest.approx(quoted, rel=1e-3)
    assert spot.spot_usd_per_pflop_day(state, TEXT, day, 1.364e8) < 0.3 * quoted


def test_without_the_economy_the_price_is_the_quote() -> None:
    state, day = begin(), day_of(dt.date(2029, 6, 1))
    for name, workload in catalogue().workloads.items():
        quoted = market.price_usd_per_pflop_day(state, workload, day)
        assert spot.spot_usd_per_pflop_day(state, name, day, 1e9) == quoted


def test_a_month_sells_all_at_the_price_of_its_own_supply() -> None:
    state = ordered(working(), SetWorkload(mix={EDGE: 1.0}))
    closed = passed(state, dt.date(2027, 3, 1))
    assert closed.market.bought_level == {}
    sold = closed.totals.sold_pflop_days - state.totals.sold_pflop_days
    middle = 0.5 * (state.day + closed.day)
    price = spot.spot_usd_per_pflop_day(state, EDGE, middle, sold / 28.0)
    older = 0.97 ** ((dt.date(2027, 1, 1) - dt.date(2025, 1, 1)).days / 365.25)
    assert lines(closed, LedgerKind.REVENUE)[-1] == pytest.approx(100 * sold * price * older, abs=1)
    assert sold > 1000.0


def test_older_chips_earn_a_little_less_each_year() -> None:
    state = company(start_date=dt.date(2027, 6, 1))
    assert spot.chip_worth(state, "vera-rubin-nvl72") == 1.0
    assert spot.chip_worth(state, "gb300-nvl72") == pytest.approx(0.97 ** (487 / 365.25))
    assert spot.chip_worth(state, "rack-2043") == 1.0, "not yet sold"
    later = replace(state, day=day_of(dt.date(2043, 6, 1)))
    assert spot.chip_worth(later, "gb300-nvl72") == pytest.approx(0.97**17.33, rel=1e-3)
    assert generation_worth(0.0, 0.1) == 1.0


def test_racks_to_come_keep_the_watts_and_double_in_three_years() -> None:
    first = catalogue().accelerators["gb300-nvl72"]
    for name, chip in catalogue().accelerators.items():
        if not name.startswith("rack-"):
            continue
        years = (chip.available_from - dt.date(2026, 11, 1)).days / 365.25
        growth = chip.peak_bf16_tflops.nominal / first.peak_bf16_tflops.nominal
        assert growth == pytest.approx(2 ** (years / 3.1), rel=0.03)
        assert chip.power_w.nominal == first.power_w.nominal


def test_five_years_of_sales_come_to_what_the_quote_says() -> None:
    """12.5 B$ a year and gigawatt, from a rack that sells each year at the price of the day."""
    state, start = company(), day_of(dt.date(2026, 11, 1))
    days = [start + 365.25 * 5 * (k + 0.5) / 100 for k in range(100)]
    mean = sum(spot.spot_usd_per_pflop_day(state, TEXT, day, 1.0) for day in days) / 100
    assert mean == pytest.approx(catalogue().workloads[TEXT].price_usd_per_pflop_day.nominal, rel=0.01)


@pytest.mark.parametrize(
    ("year", "vehicle", "built", "life_years", "record_years", "failures", "foreseen"),
    [
        (2026, "starship-v3", 0, 5.0, 0.0, 0.1, 35.0),
        (2030, "starship-v4", 500, 5.0, 4.0, 0.08, 19.0),
        (2035, "starship-v4", 5_000, 7.0, 9.0, 0.06, 12.0),
        (2045, "starship-v4", 50_000, 10.0, 19.0, 0.05, 9.0),
    ],
)
def test_costs_follow_the_path_that_studies_foresee(
    year: int,
    vehicle: str,
    built: int,
    life_years: float,
    record_years: float,
    failures: float,
    foreseen: float,
) -> None:
    """USD a watt and year by capital recovery, within a quarter; no launch fails, nine tenths are at work."""
    craft, design = known_budget(preset("ai1-class"), catalogue()), preset("ai1-class")
    fits = fit(catalogue().vehicles[vehicle], craft.wet_mass_kg, craft.stowed_volume_m3, TERMINATOR).count
    day = day_of(dt.date(year, 11, 1))
    paid = learning.build_price_usd(design, catalogue(), built)
    paid += learning.launch_price_on_usd(catalogue(), vehicle, day) / fits
    rate = capital_rate_per_year(0.15, 0.103, record_years, 10.0)
    yearly = paid * capital_recovery_factor(rate, life_years) * lifetime_penalty(failures, life_years)
    yearly += 0.02 * craft.build_usd + 20_000.0
    assert yearly / (0.9 * craft.it_power_w) == pytest.approx(foreseen, rel=0.25)


@pytest.mark.parametrize(("workload", "pays"), [(TEXT, False), ("rich-inference", False), (EDGE, True)])
def test_a_rack_of_2026_lives_off_the_market_in_orbit_alone(workload: str, pays: bool) -> None:
    """What nine AI1 satellites sell in their life, against what they cost built and lifted."""
    state = ordered(begin("beat-the-ground", 3), DefineDesign(design=preset("ai1-class")))
    state = ordered(state, flight(state, design="ai1-class", count=9, vehicle="falcon-heavy", site="lc-39a"))
    state = passed(state, dt.date(2027, 9, 20))
    state = passed(ordered(state, SetWorkload(select=Selection(), mix={workload: 1.0})), dt.date(2032, 9, 1))
    sums = {kind: sum(line.amount_usd for line in state.ledger if line.kind is kind) for kind in LedgerKind}
    cost_usd = -sums[LedgerKind.BUILD] - sums[LedgerKind.LAUNCH]
    assert cost_usd > 2e8
    assert (sums[LedgerKind.REVENUE] > cost_usd) == pays
    assert pays or sums[LedgerKind.REVENUE] < 0.5 * cost_usd
