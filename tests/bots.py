"""Bots at play for tests: runs of many seeds, kept for the tests that look at the same ones."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from statistics import fmean

import numpy as np

from engine.analysis.bots import BOTS, BotRun, play
from engine.kernels.layout import Field
from engine.model.scenario import Scenario
from engine.orders import Order
from engine.rules.objectives import objectives
from engine.state import CampaignState
from tests.campaigns import catalogue, scenarios

RANKING = ("do-nothing", "greedy", "advisor")
"""From the player who should do worst to the one who should do best."""

CONTESTS = ("race", "gigawatt-2045", "beat-the-ground")
"""Scenarios in which that order must hold on the mean of many seeds."""


_SHARES = (Field.CHIP_HEALTH, Field.ARRAY_HEALTH, Field.BATTERY_HEALTH, Field.SOC_MIN)


def hold(state: CampaignState) -> None:
    """What the engine promises of any state of a player."""
    hold_company(state)
    assert all(pull.until_day > state.day for pull in state.happened.pulls)


def hold_company(state: CampaignState) -> None:
    """What it promises of a rival too, whose world is that of the month before."""
    first = round(100.0 * state.scenario.cash_usd)
    assert first + sum(line.amount_cents for line in state.ledger) == state.cash_cents
    assert np.isfinite(state.fleet.blocks).all()
    for field in _SHARES:
        values = state.fleet.column(field)
        assert ((values >= 0.0) & (values <= 1.0)).all()
    assert (state.fleet.column(Field.ALIVE_COUNT) <= state.fleet.column(Field.LAUNCHED_COUNT)).all()
    for objective in objectives(state):
        assert 0.0 <= objective.progress <= 1.0
    assert 0.0 < state.capital.founders_share <= 1.0


@lru_cache(maxsize=256)
def run(scenario: str, bot: str, seed: int, company: str | None = None, until: int | None = None) -> BotRun:
    """One campaign of a bot, played once however many tests ask, and looked at every year."""

    def watched(state: CampaignState) -> tuple[Order, ...]:
        if state.date.month == 1:
            hold(state)
            for rival in state.rivals:
                hold_company(rival.state)
        return BOTS[bot](state)

    return play(_scenario(scenario, company), catalogue(), bot, seed, until, watched)


def plausible(runs: Sequence[BotRun]) -> None:
    """Campaigns that reached their end or ran out of money, none of them twice the same."""
    for one in runs:
        assert one.date == one.until or not one.survived
        assert 0.0 <= one.score <= 1.0
        assert 0.0 <= one.computing_w <= one.best_w
    ends = {(one.cash_usd, one.work_pflop_days, one.date) for one in runs}
    assert len(ends) > 0.75 * len(runs), ends


def _scenario(scenario_id: str, company: str | None) -> Scenario:
    base = scenarios()[scenario_id]
    return base if company is None else base.model_copy(update={"company": company})


def told(scenario: str, seeds: range) -> str:
    """Mean score and survivors of each bot, for the report of a test."""
    rows = []
    for bot in RANKING:
        runs = [run(scenario, bot, seed) for seed in seeds]
        scores = [one.score for one in runs]
        spread = f"{min(scores):.3f} to {max(scores):.3f}"
        alive = f"{survivors(scenario, bot, seeds)} of {len(runs)} solvent"
        rows.append(f"{scenario} {bot}: mean {fmean(scores):.3f}, {spread}, {alive}")
    return "\n".join(rows)


def mean_score(scenario: str, bot: str, seeds: range) -> float:
    """Mean objective score over seeds."""
    return fmean(run(scenario, bot, seed).score for seed in seeds)


def survivors(scenario: str, bot: str, seeds: range) -> int:
    """How many campaigns did not run out of money."""
    return sum(run(scenario, bot, seed).survived for seed in seeds)
