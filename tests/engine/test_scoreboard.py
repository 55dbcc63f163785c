"""The promises scoreboard: six lines, each judged by a figure that its formula gives again."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import pytest

from engine import explain_figure, figures, promises_json, scoreboard
from engine.analysis.promise_why import compute_kwh
from engine.analysis.scoreboard import PromiseLine
from engine.kernels.layout import Binding, Field
from engine.rules.budgets import budget_of
from engine.state import CampaignState
from tests.campaigns import PATIENT, begin, catalogue, in_orbit

NAMES = ["sunlight", "grid", "cost", "scale", "results", "race"]


@lru_cache(maxsize=1)
def flying() -> CampaignState:
    return in_orbit(begin("two-rockets", 3, PATIENT), days=150)


def line(state: CampaignState, name: str) -> PromiseLine:
    return next(one for one in scoreboard(state) if one.id == name)


def value(state: CampaignState, name: str) -> float:
    return next(one.value for one in figures(state) if one.id == name)


def test_before_anything_flies_nothing_is_judged() -> None:
    board = scoreboard(begin("two-rockets"))
    assert [one.id for one in board] == NAMES
    assert {one.verdict for one in board} <= {"too early", "no rival"}
    assert all(one.value is None for one in board)


def test_every_line_has_its_figures_and_formulas_give_them_again() -> None:
    board = scoreboard(flying())
    assert [one.id for one in board] == NAMES
    for one in board[:-1]:
        assert one.figures, one.id
        assert one.because.endswith(".")
        for figure in one.figures:
            found = explain_figure(figure, catalogue())
            assert found is None or found.value == pytest.approx(figure.value, rel=1e-9)
    known = {one.id for one in figures(flying())}
    assert {figure.id for one in board for figure in one.figures} <= known


def test_energy_spared_is_net_of_launch_and_making() -> None:
    """Two satellites, by hand: their compute at PUE 1.2 less 170 and 280 kWh for each kilogram lifted."""
    state = flying()
    budget = budget_of(state, "node-100")
    days = float(state.fleet.column(Field.TOTAL_PFLOP_DAYS).sum()) / budget.peak_pflops
    assert compute_kwh(state) == pytest.approx(days * 24.0 * budget.it_power_w / 1000.0)
    expected = 1.2 * compute_kwh(state) - (170.0 + 280.0) * state.totals.lifted_kg
    assert value(state, "grid-spared") == pytest.approx(expected)
    assert value(state, "water-spared") == pytest.approx(0.42 * compute_kwh(state))
    assert line(state, "grid").verdict == ("kept" if expected > 0.0 else "not kept")


def test_sunlight_is_held_against_solar_plants() -> None:
    state = flying()
    lit = value(state, "promise-lit")
    assert value(state, "sun-multiple") == pytest.approx(lit / 0.244)
    assert line(state, "sunlight").verdict == ("kept" if lit >= 0.95 else "in part")


def test_a_first_fleet_is_dearer_than_the_ground() -> None:
    found = line(flying(), "cost")
    assert found.figure is not None
    assert found.figure.id == "cost-ratio-us-mean"
    assert found.value is not None
    assert found.value > 1.0
    assert found.verdict in ("on course", "not kept")


def test_a_swarm_held_by_its_downlink_does_not_keep_the_promise() -> None:
    state = flying()
    assert line(state, "results").verdict == "kept"
    held = replace(state, fleet=state.fleet.with_values(Field.BINDING, [0], [float(Binding.NETWORK)]))
    assert line(held, "results").verdict == "not kept"
    assert value(held, "downlink-bound") == 1.0


def test_a_gigawatt_once_at_work_stays_kept() -> None:
    state = flying()
    assert line(state, "scale").verdict == "not kept"
    assert line(replace(state, milestones=(*state.milestones, "power-gw")), "scale").verdict == "kept"


def test_as_data_each_promise_carries_its_formula_and_inputs() -> None:
    told = promises_json(flying())
    for one in told["promises"][:-1]:
        head = one["figures"][0]
        assert (one["value"], one["unit"]) == (head["shown"], head["unit"])
        assert head["formula"]
        assert head["inputs"]


def test_in_a_race_nobody_leads_without_a_watt() -> None:
    assert line(begin("race"), "race").verdict == "too early"
