"""Bots at play for tests: runs of many seeds, kept for the tests that look at the same ones."""

from __future__ import annotations

from functools import lru_cache
from statistics import fmean

from engine.analysis.bots import BotRun, play
from engine.model.scenario import Scenario
from tests.campaigns import catalogue, scenarios

RANKING = ("do-nothing", "greedy", "advisor")
"""From the player who should do worst to the one who should do best."""

CONTESTS = ("race", "gigawatt-2045", "beat-the-ground")
"""Scenarios in which that order must hold on the mean of many seeds."""


@lru_cache(maxsize=256)
def run(scenario: str, bot: str, seed: int, company: str | None = None, until: int | None = None) -> BotRun:
    """One campaign of a bot, played once however many tests ask."""
    return play(_scenario(scenario, company), catalogue(), bot, seed, until)


def _scenario(scenario_id: str, company: str | None) -> Scenario:
    base = scenarios()[scenario_id]
    return base if company is None else base.model_copy(update={"company": company})


def mean_score(scenario: str, bot: str, seeds: range) -> float:
    """Mean objective score over seeds."""
    return fmean(run(scenario, bot, seed).score for seed in seeds)


def survivors(scenario: str, bot: str, seeds: range) -> int:
    """How many campaigns did not run out of money."""
    return sum(run(scenario, bot, seed).survived for seed in seeds)
