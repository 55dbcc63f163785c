"""What a scenario asks for, as lines: how far each objective has come, and the score."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import engine
from engine.conditions.quantities import QUANTITIES
from engine.events import date_of
from odc_tui.present import dates, numbers
from odc_tui.present.quantities import said

if TYPE_CHECKING:
    from engine.model.scenario import Objective, Scenario
    from engine.rules.objectives import ObjectiveReport
    from engine.state import CampaignState

__all__ = ["asked_lines", "objective_lines", "score_line", "standing"]

_GLYPHS = {"met": "✔", "missed": "✖", "open": "▸"}


def objective_lines(state: CampaignState) -> tuple[str, ...]:
    """One line an objective: a glyph and a word for where it stands, then what it asks."""
    return tuple(f"{standing(one)}  {one.text}" for one in engine.objectives(state))


def standing(one: ObjectiveReport) -> str:
    """`▸ 41 %, 410 kW of 1.00 MW`, `✔ met 3 Mar 2029` or `✖ missed at 12 %`."""
    glyph = _GLYPHS[one.status]
    if one.status == "met" and one.met_on is not None:
        return f"{glyph} met {dates.day_month_year(one.met_on)}"
    share = f"{math.floor(100.0 * one.progress)} %"
    if one.status == "missed":
        return f"{glyph} missed at {share}"
    quantity = QUANTITIES[one.quantity]
    now = numbers.NONE if one.value is None else said(quantity, one.value)
    return f"{glyph} {share}, {now} of {said(quantity, one.target)}"


def score_line(state: CampaignState) -> str:
    """`Score 41 %; it is struck on 31 Dec 2045.`; empty in a scenario without objectives."""
    score, end = engine.score(state), state.scenario.end_date
    if score is None:
        return ""
    points = f"Score {math.floor(100.0 * score)} %"
    if state.finished_day:
        return f"{points}, struck on {dates.day_month_year(date_of(state.finished_day))}."
    return f"{points}; it is struck on {dates.day_month_year(end)}." if end is not None else f"{points}."


def asked_lines(scenario: Scenario) -> tuple[str, ...]:
    """What a scenario asks for before it has begun, each with its share of the score."""
    whole = sum(objective.weight for objective in scenario.objectives)
    return tuple(f"{one.text} {_share(one, whole)}" for one in scenario.objectives)


def _share(objective: Objective, whole: float) -> str:
    return f"({round(100.0 * objective.weight / whole)} %)"
