"""Every scenario from its first day to its last: promises hold all the way, and it ends as it says."""

from __future__ import annotations

import datetime as dt

import pytest

from engine.campaign import advance
from engine.events import EventKind, day_of
from engine.outcomes import Accepted
from engine.playback import Playback
from engine.rules.objectives import objectives, score
from engine.state import CampaignState
from engine.store.codec import load_campaign
from tests.bots import hold
from tests.campaigns import ASSETS, begin, catalogue, scenarios

YEARS = 10
EXAMPLES = ASSETS.parent / "saves" / "examples"
FEW_SEEDS, SEEDS = 5, 20
LIGHT = sorted(one.id for one in scenarios().values() if not one.rules.rivals)


def last_date(state: CampaignState) -> dt.date:
    """The day the score is struck; in a scenario without an end, ten years on."""
    start = state.scenario.start_date
    return state.scenario.end_date or start.replace(year=start.year + YEARS)


def idle(scenario: str, seed: int) -> CampaignState:
    """A campaign in which nobody orders anything, looked at every year."""
    state = begin(scenario, seed)
    end = day_of(last_date(state))
    ended = 0
    while state.day < end:
        outcome = advance(state, min(state.day + 365, end))
        assert isinstance(outcome, Accepted)
        state = outcome.state
        ended += sum(event.kind is EventKind.SCENARIO_END for event in outcome.events)
        hold(state)
    assert ended == (state.scenario.end_date is not None)
    return state


def judge_idle(state: CampaignState) -> None:
    """Who does nothing stays solvent, has built nothing, and scores little."""
    assert not state.ended
    assert not len(state.names)
    result = score(state)
    if result is not None:
        assert result <= 0.25
        assert all(objective.status != "open" for objective in objectives(state))


@pytest.mark.parametrize("scenario", ["beat-the-ground", "suncatcher"])
def test_a_scenario_runs_its_whole_length(scenario: str) -> None:
    judge_idle(idle(scenario, 7))


@pytest.mark.slow
@pytest.mark.parametrize("scenario", sorted(scenarios()))
def test_every_scenario_runs_its_whole_length(scenario: str) -> None:
    run_idle(scenario, range(FEW_SEEDS) if scenario in LIGHT else range(2))


@pytest.mark.seeds
@pytest.mark.parametrize("scenario", LIGHT)
def test_every_light_scenario_runs_its_whole_length_with_many_seeds(scenario: str) -> None:
    run_idle(scenario, range(FEW_SEEDS, SEEDS))


def run_idle(scenario: str, seeds: range) -> None:
    """No two seeds bring the same course, and none does harm to who does nothing."""
    ends = [idle(scenario, seed) for seed in seeds]
    for state in ends:
        judge_idle(state)
    if ends[0].scenario.rules.happenings:
        courses = {tuple(sorted(state.happened.last.items())) for state in ends}
        assert len(courses) == len(ends)


@pytest.mark.slow
def test_a_fleet_flies_on_to_the_end_of_its_scenario_and_beyond() -> None:
    text = (EXAMPLES / "suncatcher-81.toml").read_text("utf-8")
    playback = Playback(load_campaign(text), catalogue(), scenarios())
    for year in range(2029, 2037):
        playback.play_to(day_of(dt.date(year, 1, 1)))
        hold(playback.state)
    ends = [event for event in playback.events if event.kind is EventKind.SCENARIO_END]
    assert [event.date for event in ends] == [dt.date(2034, 1, 1)]
    result = score(playback.state)
    assert result is not None
    assert 0.5 < result < 1.0
