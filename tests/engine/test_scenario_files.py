"""The scenarios and the glossary that ship, and how a wrong one is named."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from engine.errors import GlossaryError, ScenarioError
from engine.store.catalogue_text import (
    load_catalogue,
    load_glossary,
    load_scenarios,
)
from tests.edits import Edit, append, swap

ASSETS = Path(__file__).resolve().parents[2] / "assets"

TEXTS = {path.name: path.read_text("utf-8") for path in sorted((ASSETS / "catalogue").glob("*.toml"))}

SCENARIOS = {path.name: path.read_text("utf-8") for path in sorted((ASSETS / "scenarios").glob("*.toml"))}

GLOSSARY = (ASSETS / "help" / "glossary.toml").read_text("utf-8")

CATALOGUE = load_catalogue(TEXTS)


# --- scenarios ------------------------------------------------------------------------------------


def test_scenarios_come_in_the_order_one_may_try_them() -> None:
    scenarios = load_scenarios(SCENARIOS, CATALOGUE)
    assert list(scenarios) == [
        "first-light",
        "two-rockets",
        "suncatcher",
        "gigawatt-2045",
        "beat-the-ground",
        "race",
        "december-2025",
        "million",
        "starcloud-5gw",
        "sandbox",
    ]
    for scenario in scenarios.values():
        assert scenario.suggested_preset in CATALOGUE.presets
        for text in (scenario.summary, scenario.briefing, scenario.goal):
            assert text.isprintable()
            assert text.endswith(".")


def test_money_is_real_where_it_is_said_to_be() -> None:
    scenarios = load_scenarios(SCENARIOS, CATALOGUE)
    assert scenarios["two-rockets"].rules.money
    assert 400e6 <= scenarios["two-rockets"].cash_usd <= 800e6
    assert scenarios["first-light"].start_date == dt.date(2026, 11, 22)
    for sandbox in ("sandbox", "million", "suncatcher"):
        rules = scenarios[sandbox].rules
        assert not rules.money
        assert not rules.cadence
        assert rules.unlock_all


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (swap("cash_usd = 400e6", "cash = 400e6"), ("first-light.toml", "cash_usd")),
        (swap("cash_usd = 400e6", 'cash_usd = "much"'), ("first-light.toml cash_usd", "without quotes")),
        (swap("cash_usd = 400e6", "cash_usd = -1.0"), ("first-light.toml cash_usd", "greater than or equal")),
        (swap("2026-11-22", '"soon"'), ("first-light.toml start_date", "date")),
        (swap("slips = false", "slip = false"), ("first-light.toml rules", "Did you mean slips?")),
        (swap('"node-100"', '"node-10"'), ("first-light.toml suggested_preset", "Did you mean node-100?")),
        (append("id = 'x'"), ("first-light.toml", "rules")),
        (lambda text: f'id = "x"\n{text}', ("first-light.toml id", "Leave id out")),
    ],
)
def test_a_wrong_scenario_is_named(edit: Edit, words: tuple[str, ...]) -> None:
    text = edit(SCENARIOS["first-light.toml"])
    with pytest.raises(ScenarioError) as caught:
        load_scenarios({"first-light.toml": text}, CATALOGUE)
    for word in words:
        assert word in str(caught.value)


# --- glossary -------------------------------------------------------------------------------------


def test_the_glossary_is_whole() -> None:
    terms = load_glossary(GLOSSARY)
    assert len(terms) >= 45
    names = [term.term.casefold() for term in terms.values()]
    assert names == sorted(names)
    for term in terms.values():
        assert term.text.endswith(".")
        assert term.text.isprintable()
        assert set(term.see) <= set(terms) - {term.id}


def test_a_wrong_glossary_is_named() -> None:
    with pytest.raises(GlossaryError, match=r"glossary\.toml \[albedo\] see: .*Did you mean earth-infrared"):
        load_glossary(GLOSSARY.replace('see = ["earth-infrared"]', 'see = ["earth-infrard"]', 1))
    with pytest.raises(GlossaryError, match=r"glossary\.toml \[x\]: is not a table"):
        load_glossary("x = 1")
    with pytest.raises(GlossaryError, match=r"glossary\.toml \[x\] text: is missing"):
        load_glossary('[x]\nterm = "X"')
