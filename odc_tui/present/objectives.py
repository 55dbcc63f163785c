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
    from engine.model.scenario import Scenario
    from engine.rules.objectives import ObjectiveReport
    from engine.state import CampaignState
    from odc_tui.present.chrome import Piece

__all__ = [
    "NOTHING_ASKED",
    "asked_lines",
    "goal_pieces",
    "goal_words",
    "objective_lines",
    "score_line",
    "standing",
]

_GLYPHS = {"met": "✔", "missed": "✖", "open": "▸"}
_TONES = {"met": "$role-ok", "missed": "$role-risk", "open": "$primary"}
NOTHING_ASKED = "No score is kept in this scenario."


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
    of = f" of {said(quantity, one.target)}" if one.target else ""
    return f"{glyph} {share}, {now}{of}"


def score_line(state: CampaignState) -> str:
    """`Score 41 %; it is struck on 31 Dec 2045.`; empty in a scenario without objectives."""
    score, end = engine.score(state), state.scenario.end_date
    if score is None:
        return ""
    points = f"Score {math.floor(100.0 * score)} %"
    if state.finished_day:
        return f"{points}, struck on {dates.day_month_year(date_of(state.finished_day))}."
    return f"{points}; it is struck on {dates.day_month_year(end)}." if end is not None else f"{points}."


def goal_words(state: CampaignState, *, short: bool = False) -> str:
    """`2 of 6 objectives met · score 41 %`; empty in a scenario that asks for nothing.

    Args:
        state: the campaign.
        short: for a narrow border, with the key that shows them all: `2 of 6 met · score 41 % · O`.
    """
    asked, score = engine.objectives(state), engine.score(state)
    if not asked or score is None:
        return ""
    met = sum(one.status == "met" for one in asked)
    points = f"score {math.floor(100.0 * score)} %"
    if short:
        return f"{met} of {len(asked)} met · {points} · O"
    return f"{met} of {len(asked)} objectives met · {points}"


def goal_pieces(state: CampaignState) -> list[Piece]:
    """All that the scenario asks for: its goal, each objective with how far it has come, the score."""
    pieces: list[Piece] = [(f"{state.scenario.goal}\n\n", "")]
    if words := score_line(state):
        pieces.append((f"{words}\n\n", "bold"))
    asked = engine.objectives(state)
    whole = sum(one.weight for one in asked)
    for one in asked:
        pieces.append((f"{standing(one)}\n", f"{_TONES[one.status]} bold"))
        pieces.append((f"  {one.text} ", ""))
        pieces.append((f"{_share(one.weight, whole)}\n", "$role-quiet"))
    return pieces if asked else [*pieces, (NOTHING_ASKED, "bold")]


def asked_lines(scenario: Scenario) -> tuple[str, ...]:
    """What a scenario asks for before it has begun, each with its share of the score."""
    whole = sum(objective.weight for objective in scenario.objectives)
    return tuple(f"{one.text} {_share(one.weight, whole)}" for one in scenario.objectives)


def _share(weight: float, whole: float) -> str:
    return f"({round(100.0 * weight / whole)} %)"
