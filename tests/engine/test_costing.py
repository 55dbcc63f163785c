"""Costs of both sides from catalogue and ledger: paths that follow studies, figures a clerk would find."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest

from engine import cost_outlook, levelised_cost
from engine.analysis.levelised import crossover
from engine.analysis.published import load_cases, validate
from engine.conditions.quantities import QUANTITIES
from engine.kernels.layout import Field
from engine.rules.budgets import budget_of
from engine.rules.costing import BOUNDARIES, GroundCost, OrbitCost
from engine.rules.own_cost import launch_years, own_cost
from engine.state import CENTS, CampaignState, LedgerKind
from tests.campaigns import ASSETS, PATIENT, begin, catalogue, flight, in_orbit, ordered, passed


@lru_cache(maxsize=1)
def paid() -> CampaignState:
    """Two flights in different years, with money; the second order's batch a year younger."""
    state = in_orbit(begin("two-rockets", 3, PATIENT), days=340)
    state = ordered(state, flight(state, count=1))
    return passed(state, state.day + 120)


def spent_usd(state: CampaignState, kind: LedgerKind, subject: str = "") -> float:
    lines = (line for line in state.ledger if line.kind is kind and subject in (line.subject, ""))
    return -sum(line.amount_cents for line in lines) / CENTS


def test_the_outlook_lies_where_the_studies_lie() -> None:
    """Around 35, 19, 12 and 9 USD a watt and year, crossing around 2034 and 2040: an outside reading."""
    path = {round(one.year): one.usd_per_w_year for one in cost_outlook(catalogue()).path[1:]}
    assert path[2027] == pytest.approx(35.0, rel=0.15)
    assert path[2030] == pytest.approx(19.0, rel=0.3)
    assert path[2035] == pytest.approx(12.0, rel=0.15)
    assert path[2045] == pytest.approx(9.0, rel=0.15)
    ground = {one.region: one for one in cost_outlook(catalogue()).regions}
    assert ground["us-mean"].usd_per_w_year == pytest.approx(10.0, rel=0.1)
    assert ground["onsite-gas"].usd_per_w_year == pytest.approx(13.0, rel=0.15)
    assert ground["hurried"].usd_per_w_year == pytest.approx(14.5, rel=0.15)
    assert 2031.0 < ground["hurried"].crossover < 2037.0
    assert 2036.0 < ground["us-mean"].crossover < 2045.0


@pytest.mark.parametrize("boundary", BOUNDARIES)
def test_every_report_names_its_boundary_and_one_method(boundary: str) -> None:
    report = cost_outlook(catalogue(), boundary)
    assert report.boundary == boundary
    assert report.method == "capital recovery"
    assert report.orbit["rate"] > 0.0
    years = [one.year for one in report.path]
    assert years == sorted(set(years))


def test_a_wider_boundary_costs_more_on_both_sides() -> None:
    energy, facility, whole = (cost_outlook(catalogue(), boundary) for boundary in BOUNDARIES)
    assert energy.orbit_usd_per_w_year < facility.orbit_usd_per_w_year < whole.orbit_usd_per_w_year
    for less, more, most in zip(energy.regions, facility.regions, whole.regions, strict=True):
        assert less.usd_per_w_year < more.usd_per_w_year < most.usd_per_w_year


def test_at_the_break_even_price_orbit_costs_what_the_ground_does() -> None:
    """Late in the path, where a price exists."""
    outlook = OrbitCost.foreseen(catalogue(), 20.0)
    ground = GroundCost.of(catalogue(), catalogue().regions["us-mean"]).usd_per_w_year
    price = outlook.break_even_usd_per_kg(ground)
    assert price > 0.0
    assert replace(outlook, launch_usd_per_kg=price).usd_per_w_year == pytest.approx(ground)


def test_ten_years_at_once_are_five_and_five() -> None:
    """A path does not depend on where it is cut, apart from when satellites become mendable."""
    outlook, first = catalogue().outlook, OrbitCost.foreseen(catalogue(), 1.0)
    whole = first.later(outlook, 1.0, 3.0)
    halves = first.later(outlook, 1.0, 1.5).later(outlook, 2.5, 1.5)
    assert whole.usd_per_w_year == pytest.approx(halves.usd_per_w_year, rel=1e-12)
    assert OrbitCost.foreseen(catalogue(), 4.0).usd_per_w_year == pytest.approx(whole.usd_per_w_year)


def test_crossover_is_where_the_path_meets_the_ground() -> None:
    path = cost_outlook(catalogue()).path
    assert crossover(path, path[0].usd_per_w_year + 1.0) == path[0].year
    assert crossover(path, 0.5 * path[-1].usd_per_w_year) is None
    middle = 0.5 * (path[3].usd_per_w_year + path[4].usd_per_w_year)
    assert crossover(path, middle) == pytest.approx(0.5 * (path[3].year + path[4].year))


def test_before_anything_works_it_is_what_is_foreseen() -> None:
    state = begin("two-rockets")
    assert own_cost(state) is None
    report = levelised_cost(state)
    assert report.prices == "foreseen"
    assert not report.launched
    assert np.isnan(QUANTITIES["against_ground"].read(state))


def test_own_costs_are_those_of_the_ledger() -> None:
    """Added up here line by line, over the power and the mass of the three satellites that fly."""
    state = paid()
    own = own_cost(state)
    assert own is not None
    budget = budget_of(state, "node-100")
    kilograms, watts = 3.0 * budget.wet_mass_kg, 3.0 * budget.it_power_w
    assert own.launch_usd_per_kg == pytest.approx(spent_usd(state, LedgerKind.LAUNCH) / kilograms)
    hardware = spent_usd(state, LedgerKind.BUILD) + spent_usd(state, LedgerKind.ENGINEERING)
    assert own.satellite_usd_per_w + own.chip_usd_per_w == pytest.approx(hardware / watts)
    assert own.mass_kg_kw + own.chip_mass_kg_kw == pytest.approx(1000.0 * kilograms / watts)
    booked = [line for line in state.ledger if line.kind is LedgerKind.OPERATIONS]
    running = -12.0 * booked[-1].amount_usd
    alive = float(state.fleet.column(Field.ALIVE_COUNT).sum()) * budget.it_power_w
    assert own.upkeep_per_year * own.satellite_usd_per_w == pytest.approx(running / alive)
    assert 0.5 < own.level <= 1.0
    assert levelised_cost(state).prices == "ledger"


def test_years_of_launch_share_out_the_money() -> None:
    """What each year's satellites cost, weighted by their power, is what all cost together."""
    state = paid()
    whole, years = own_cost(state), launch_years(state)
    assert whole is not None
    assert len(years) == 2
    power = {
        year: float(state.fleet.column(Field.LAUNCHED_COUNT)[rows].sum()) for year, rows in years.items()
    }
    total = 0.0
    for year, rows in years.items():
        part = own_cost(state, rows)
        assert part is not None
        total += power[year] * (part.satellite_usd_per_w + part.chip_usd_per_w)
    assert total / sum(power.values()) == pytest.approx(whole.satellite_usd_per_w + whole.chip_usd_per_w)


def test_without_money_prices_are_those_of_the_catalogue() -> None:
    state = in_orbit(days=80)
    own, budget = own_cost(state), budget_of(state, "node-100")
    assert own is not None
    assert own.satellite_usd_per_w + own.chip_usd_per_w == pytest.approx(budget.build_usd / budget.it_power_w)
    assert levelised_cost(state).prices == "catalogue"


def test_against_the_ground_is_a_quantity_of_conditions() -> None:
    state = paid()
    own = own_cost(state)
    assert own is not None
    gas = GroundCost.of(state.catalogue, state.catalogue.regions["onsite-gas"]).usd_per_w_year
    assert QUANTITIES["against_ground"].read(state) == pytest.approx(own.usd_per_w_year / gas)
    assert state.date > dt.date(2027, 1, 1)


def test_ratios_among_the_published_cases_are_of_figures_worked_out_here() -> None:
    """What goes into them is what the formulas give: of the study's own inputs, or of the outlook."""
    folder = ASSETS / "validation"
    texts = {path.name: path.read_text("utf-8") for path in folder.glob("*.toml")}
    found = {one.case.id: one for one in validate(*load_cases(texts), catalogue())}
    semi, bcg = found["semianalysis-ratio"].inputs, found["bcg-ratio"].inputs
    assert semi["orbit_usd_per_w_year"] == pytest.approx(found["semianalysis-orbit"].ours, abs=0.01)
    assert semi["ground_usd_per_w_year"] == pytest.approx(found["semianalysis-ground"].ours, abs=0.01)
    nominal = GroundCost.of(catalogue(), catalogue().regions["us-mean"]).usd_per_w_year
    assert bcg["ground_usd_per_w_year"] == pytest.approx(nominal, abs=0.01)
    later = OrbitCost.foreseen(catalogue(), 2.0).usd_per_w_year
    assert bcg["orbit_usd_per_w_year"] == pytest.approx(later, abs=0.01)
