"""Company files: every reference followed, every figure held to its name, every fault told with its mend."""

from __future__ import annotations

import pytest

from engine.errors import CatalogueError
from engine.events import day_of
from engine.model.quantity import Provenance
from engine.rules.ramps import drawn_ramps
from engine.store.catalogue_text import load_catalogue
from tests.campaigns import ASSETS, begin, catalogue


def texts() -> dict[str, str]:
    """The files of the catalogue and of the companies, by name."""
    found = {path.name: path.read_text("utf-8") for path in (ASSETS / "catalogue").glob("*.toml")}
    return found | {
        f"companies/{path.name}": path.read_text("utf-8") for path in (ASSETS / "companies").glob("*.toml")
    }


def with_change(company: str, old: str, new: str) -> dict[str, str]:
    """The files with one text in a company's replaced."""
    found, name = texts(), f"companies/{company}.toml"
    assert old in found[name]
    return found | {name: found[name].replace(old, new, 1)}


@pytest.mark.parametrize(
    ("company", "old", "new", "words"),
    [
        ("spacex", "[vehicles.falcon-9]", "[vehicles.falcon-8]", "no entry falcon-8"),
        ("spacex", 'preset = "ai1-class"', 'preset = "ai2-class"', "no entry ai2-class"),
        ("spacex", "[buses.ai1-class]", "[buses.ai1]", "no entry ai1"),
        ("spacex", "[in_house.training]", "[in_house.schooling]", "no entry schooling"),
        ("blue-origin", 'unit = "USD"', 'unit = "EUR"', "promises USD"),
        ("blue-origin", '"bo25"', '"bo26"', "bo26"),
        ("blue-origin", "earliest = 2027-09-01", "earliest = 2032-09-01", "in this order"),
        ("blue-origin", "odds = 0.85", "odds = 1.85", "odds"),
        ("independent", "name =", 'id = "me"\nname =', "twice"),
    ],
)
def test_a_fault_in_a_company_is_told_with_its_file(company: str, old: str, new: str, words: str) -> None:
    with pytest.raises(CatalogueError) as told:
        load_catalogue(with_change(company, old, new))
    assert words in str(told.value)
    assert f"companies/{company}.toml" in str(told.value)


def test_a_catalogue_without_companies_is_whole() -> None:
    alone = {name: text for name, text in texts().items() if not name.startswith("companies/")}
    assert load_catalogue(alone).companies == {}
    assert load_catalogue(texts()).fingerprint != load_catalogue(alone).fingerprint


def test_the_filings_are_those_that_were_made() -> None:
    filings = {one.id: one.filing.satellites for one in catalogue().companies.values() if one.filing}
    assert filings == {"blue-origin": 51_600, "spacex": 1_000_000}


def test_work_of_the_own_group_comes_on_top_of_the_market() -> None:
    company = catalogue().companies["spacex"]
    more = company.in_house["training"].demand_pflops.nominal
    market = catalogue().workloads["training"].demand_pflops.nominal
    assert (
        begin("race", company="spacex").catalogue.workloads["training"].demand_pflops.nominal == market + more
    )
    assert begin("race", company="blue-origin").catalogue.workloads == catalogue().workloads


def test_every_step_has_a_source_and_none_lies_in_the_past_of_its_vehicle() -> None:
    for company in catalogue().companies.values():
        for step in company.steps:
            assert isinstance(step, Provenance)
            assert step.earliest >= catalogue().vehicles[step.vehicle].available_from
            assert step.vehicle in company.vehicles


def test_steps_come_as_often_as_their_odds_say() -> None:
    steps = {step.id: step for one in catalogue().companies.values() for step in one.steps}
    seeds = range(400)
    counts = dict.fromkeys(steps, 0)
    for seed in seeds:
        for ramp in drawn_ramps(catalogue(), seed):
            counts[ramp.id] += 1
            assert day_of(steps[ramp.id].earliest) <= ramp.day <= day_of(steps[ramp.id].latest)
    for step_id, count in counts.items():
        # four standard deviations of 400 draws are at most a tenth
        assert count / len(seeds) == pytest.approx(steps[step_id].odds, abs=0.1)
