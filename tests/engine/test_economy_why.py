"""Every figure of the economy can be asked why, and its formula gives it again."""

from __future__ import annotations

import datetime as dt

import pytest

import engine
from engine.analysis.why import Figure, explain_figure
from engine.orders import Borrow, SetWorkload
from engine.state import CampaignState
from tests.campaigns import begin, catalogue, flight, ordered, passed
from tests.engine.test_capital import company, working


@pytest.fixture(scope="module")
def state() -> CampaignState:
    one = ordered(working(), Borrow(amount_usd=9e6), SetWorkload(mix={"eo-batch": 0.5, "training": 0.5}))
    return passed(one, dt.date(2028, 4, 1))


@pytest.fixture(scope="module")
def figures(state: CampaignState) -> dict[str, Figure]:
    return {figure.id: figure for figure in engine.figures(state)}


def test_the_economy_is_among_the_figures(figures: dict[str, Figure]) -> None:
    wanted = {
        "wacc",
        "debt-limit",
        "debt",
        "book-value",
        "industry-lifted",
        "launch-learning",
        "line-node-100",
    }
    wanted |= {"income-2026", "income-2027", "spot-eo-batch", "spot-training", "worth-b200", "record"}
    assert wanted <= set(figures)


def test_formulas_give_the_figures_again(figures: dict[str, Figure]) -> None:
    asked = [one for one in figures.values() if one.subject in ("Money", "Market") and one.formula]
    assert len(asked) > 12
    for figure in asked:
        found = explain_figure(figure, catalogue())
        assert found is not None
        assert found.value == pytest.approx(figure.value, rel=1e-9), figure.id


def test_a_year_of_income_is_that_of_the_books(figures: dict[str, Figure], state: CampaignState) -> None:
    for year in engine.books(state).years:
        figure = figures[f"income-{year.name}"]
        assert figure.value == pytest.approx(year.net_cents / 100.0)
        assert sum(float(line.value) for line in figure.inputs) == pytest.approx(figure.value)


def test_a_premium_is_part_of_what_a_flight_costs() -> None:
    state = company({"launch_failures": True})
    order = flight(state, vehicle="starship-v3", site="lc-39a", insured=True)
    asked = {figure.id: figure for figure in engine.launch_figures(state, order)}
    quote = engine.launch_quote(state, order)
    found = explain_figure(asked["premium"], catalogue())
    assert found is not None
    assert found.value == pytest.approx(quote.insurance_usd, rel=1e-6)
    assert asked["flight-cost"].value == quote.launch_usd + quote.build_usd + quote.insurance_usd
    said = [fault.reason for fault in quote.faults if fault.field == "insured"]
    assert said[0].startswith("Insured for")
    bare = engine.launch_quote(state, order.model_copy(update={"insured": False}))
    assert "Cover would cost" in next(fault.reason for fault in bare.faults if fault.field == "insured")


def test_nothing_is_asked_of_an_economy_that_is_not_there() -> None:
    ids = {figure.id for figure in engine.figures(passed(begin(), dt.date(2027, 3, 1)))}
    assert not {"wacc", "launch-learning", "spot-eo-batch", "income-2027"} & ids
