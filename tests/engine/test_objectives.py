"""Objectives: what counts, when they are judged, and that no cut of time changes the score."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.conditions.quantities import QUANTITIES
from engine.errors import InputError, ScenarioError
from engine.events import Event, EventKind
from engine.fingerprint import digest
from engine.kernels.layout import Field
from engine.model.scenario import Difficulty, Objective, Scenario
from engine.reports import report
from engine.rules.levers import moved_odds
from engine.rules.objectives import objectives, score, share_reached
from engine.state import CampaignState
from engine.store.codec import dump_campaign, load_campaign
from engine.store.scenario_text import load_scenarios
from odc_tui.commands.new import parse_difficulty
from tests.campaigns import ASSETS, begin, catalogue, happened, in_orbit, ordered, passed, scenarios

END = dt.date(2036, 1, 1)
LAUNCHED = {"id": "launched", "text": "Launch two.", "quantity": "launched", "target": 2.0}


def asked(*wanted: dict[str, Any], **changes: Any) -> CampaignState:
    """The sandbox with objectives."""
    return begin("sandbox", objectives=tuple(Objective(**one) for one in wanted), **changes)


def kinds(events: tuple[Event, ...]) -> list[EventKind]:
    return [one.kind for one in events if one.kind.value.startswith(("objective", "scenario"))]


@given(
    start=st.floats(-1e9, 1e9),
    span=st.floats(1.0, 1e9) | st.floats(-1e9, -1.0),
    value=st.floats(-1e12, 1e12),
    more=st.floats(0.0, 1e12),
)
def test_progress_runs_from_nothing_to_all_whichever_way_is_better(
    start: float, span: float, value: float, more: float
) -> None:
    one = Objective(**LAUNCHED | {"start": start, "target": start + span})
    better = value + more if span > 0 else value - more
    assert 0.0 <= share_reached(one, value) <= share_reached(one, better) <= 1.0
    assert share_reached(one, one.target) == 1.0
    assert share_reached(one, one.start) == 0.0
    assert share_reached(one, float("nan")) == 0.0
    assert {share_reached(one, float("inf")), share_reached(one, float("-inf"))} == {0.0, 1.0}


def test_an_objective_is_met_in_the_month_it_is_reached_and_stays_met() -> None:
    state = in_orbit(asked(LAUNCHED | {"target": 2.0}), days=60, count=2)
    (one,) = objectives(state)
    assert (one.status, one.progress, one.value) == ("met", 1.0, 2.0)
    assert one.met_on == dt.date(2027, 1, 1)
    assert [event.text for event in state.log if event.kind is EventKind.OBJECTIVE_MET] == [
        "Objective met: Launch two."
    ]
    assert score(state) == 1.0


def test_progress_is_live_between_judgements_and_the_best_counts() -> None:
    state = in_orbit(asked(LAUNCHED | {"target": 8.0}), days=1, count=2)
    assert objectives(state)[0].progress == pytest.approx(0.25)
    assert state.goals == {}


def test_a_missed_date_keeps_what_was_reached() -> None:
    last = dt.date(2027, 1, 20)
    state = in_orbit(asked(LAUNCHED | {"target": 8.0, "by": last}), days=0, count=2)
    told = happened(state, dt.date(2027, 3, 1))
    missed = [one for one in told if one.kind is EventKind.OBJECTIVE_MISSED]
    assert [(one.date, one.text) for one in missed] == [
        (last, "Objective missed, 25 % of it reached: Launch two.")
    ]
    assert objectives(passed(state, dt.date(2028, 1, 1)))[0].progress == pytest.approx(0.25)


def test_what_counts_on_a_day_is_judged_on_that_day_alone() -> None:
    day = dt.date(2027, 6, 15)
    alive = LAUNCHED | {"quantity": "satellites", "counts": "day", "by": day}
    state = in_orbit(asked(alive), days=60, count=2)
    assert state.goals == {}
    assert objectives(state)[0].progress == 1.0
    assert kinds(happened(state, day)) == [EventKind.OBJECTIVE_MET]


def test_the_end_strikes_the_score_and_the_campaign_goes_on() -> None:
    end = dt.date(2027, 5, 15)
    both = (LAUNCHED, LAUNCHED | {"id": "many", "target": 8.0, "weight": 3.0})
    state = in_orbit(asked(*both, end_date=end), days=0, count=2)
    told = happened(state, dt.date(2027, 9, 1))
    assert kinds(told) == [EventKind.OBJECTIVE_MET, EventKind.OBJECTIVE_MISSED, EventKind.SCENARIO_END]
    assert told[-1].date > end
    final = next(one for one in told if one.kind is EventKind.SCENARIO_END)
    assert final.date == end
    assert "Score 43 %, 1 of 2 objectives met. Play on" in final.text
    after = passed(state, dt.date(2028, 1, 1))
    assert not after.ended
    assert score(after) == pytest.approx((1.0 + 3.0 * 0.25) / 4.0)
    later = ordered(after)
    assert kinds(happened(later, dt.date(2029, 1, 1))) == []


def test_bankruptcy_strikes_the_score_at_once() -> None:
    solvent = {"id": "solvent", "text": "Have money.", "quantity": "cash", "target": 0.0, "start": -1e9}
    start = begin("two-rockets", objectives=(Objective(**solvent, counts="day"),), end_date=END)
    broke = passed(replace(start, cash_cents=-(10**13)), dt.date(2040, 1, 1))
    assert broke.ended == "bankrupt"
    assert broke.finished_day == broke.day
    assert score(broke) == 0.0
    final = [one for one in broke.log if one.kind is EventKind.SCENARIO_END]
    assert [one.text for one in final] == [
        "Two rockets ends early: bankrupt. Score 0 %, 0 of 1 objective met."
    ]


@settings(max_examples=8, deadline=None)
@given(cuts=st.lists(st.integers(1, 900), max_size=4))
def test_cuts_of_time_change_no_score(cuts: list[int]) -> None:
    state = asked(
        LAUNCHED | {"by": dt.date(2027, 8, 9)},
        LAUNCHED | {"id": "cash", "quantity": "cash", "target": 1.0, "counts": "day"},
        end_date=dt.date(2028, 2, 3),
    )
    target = state.day + 900
    whole = passed(state, target)
    for day in sorted(set(cuts)):
        if day < 900:
            state = passed(state, whole.day - 900 + day)
    assert digest(passed(state, target)) == digest(whole)
    assert whole.finished_day == (dt.date(2028, 2, 3) - dt.date(2000, 1, 1)).days


def test_reports_name_objectives_and_score() -> None:
    state = in_orbit(asked(LAUNCHED | {"by": dt.date(2028, 1, 1)}), days=60, count=2)
    told = report(state)
    assert told["score"] == 1.0
    assert told["objectives"][0]["met_on"] == "2027-01-01"
    assert told["objectives"][0]["by"] == "2028-01-01"
    assert report(begin("sandbox"))["score"] is None


# --- what ships -----------------------------------------------------------------------------------


@pytest.mark.parametrize("scenario", scenarios().values(), ids=lambda one: one.id)
def test_what_a_scenario_asks_for_can_be_measured_and_judged(scenario: Scenario) -> None:
    for objective in scenario.objectives:
        assert objective.quantity in QUANTITIES
        assert objective.text.endswith(".")
        last = scenario.ends_by(objective)
        assert last is not None
        assert scenario.start_date < last
        assert scenario.end_date is not None
        assert last <= scenario.end_date
    fresh = begin(scenario.id)
    judged = [one for one in objectives(fresh) if not one.progress]
    assert len(judged) >= len(scenario.objectives) - 2


def test_the_new_scenarios_start_with_the_money_they_are_about() -> None:
    told = {name: one.cash_usd for name, one in scenarios().items() if one.rules.economy}
    assert told == {"race": 6e9, "gigawatt-2045": 4e9, "beat-the-ground": 3e9}
    race = scenarios()["race"]
    assert [(one.amount_usd, one.at_power_w) for one in race.raises] == [(8e9, 10e6), (25e9, 100e6)]
    wacc = scenarios()["gigawatt-2045"].wacc
    assert (wacc.first, wacc.proven) == (0.15, 0.103)


def test_the_least_capital_pays_for_a_programme_and_three_launches() -> None:
    figures = catalogue()
    nre_usd = max(bus.nre_usd.nominal for bus in figures.buses.values())
    flight_usd = max(
        vehicle.price_usd.nominal for vehicle in figures.vehicles.values() if vehicle.id != "starship-v2"
    )
    for scenario in scenarios().values():
        if scenario.rules.economy:
            assert scenario.cash_usd >= nre_usd + 3 * flight_usd


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        ("target = 81", "target = 0"),
        ('id = "alive"', 'id = "cluster"'),
        ("end_date = 2034-01-01", "end_date = 2027-01-01"),
    ],
)
def test_a_scenario_that_cannot_be_scored_is_refused(edit: str, words: str) -> None:
    text = (ASSETS / "scenarios" / "suncatcher.toml").read_text("utf-8")
    with pytest.raises(ScenarioError, match=r"suncatcher\.toml"):
        load_scenarios({"suncatcher.toml": text.replace(edit, words)})


# --- difficulty -----------------------------------------------------------------------------------


def test_sliders_are_kept_in_the_campaign_file_and_override_the_scenario() -> None:
    text = 'format = 1\n[campaign]\nname = "x"\nscenario = "sandbox"\ndifficulty = { launch_odds = 0.8 }\n'
    file = load_campaign(text)
    assert file.header.difficulty == Difficulty(launch_odds=0.8)
    assert "difficulty = { launch_odds = 0.8 }" in dump_campaign(file)
    eased = Difficulty(demand=2.0, launch_odds=2.0).changed_by(file.header.difficulty)
    assert eased == Difficulty(demand=2.0, launch_odds=0.8)


@given(odds=st.floats(0.0, 1.0), factor=st.floats(0.5, 4.0), more=st.floats(0.0, 3.0))
def test_moved_odds_stay_odds_and_rise_with_the_slider(odds: float, factor: float, more: float) -> None:
    assert 0.0 <= moved_odds(odds, factor) <= moved_odds(odds, factor + more) + 1e-12 <= 1.0 + 1e-12
    assert moved_odds(odds, 1.0) == odds


def test_sliders_are_read_from_a_command_line() -> None:
    assert parse_difficulty("launch_odds=0.8, price-fall=0") == Difficulty(launch_odds=0.8, price_fall=0.0)
    assert parse_difficulty(None) == Difficulty()
    for wrong, words in (("luck=1", "luck"), ("demand", "name=factor"), ("demand=99", "less than or equal")):
        with pytest.raises(InputError, match=words):
            parse_difficulty(wrong)


def test_the_price_slider_moves_what_a_launch_costs() -> None:
    plain, dear = (
        in_orbit(
            begin(
                "two-rockets",
                rules={"launch_failures": False, "slips": False},
                difficulty=Difficulty(launch_price=factor),
            ),
            days=0,
            count=1,
        )
        for factor in (None, 1.5)
    )
    paid = [sum(line.amount_cents for line in one.ledger if line.kind == "launch") for one in (plain, dear)]
    assert paid[1] == pytest.approx(1.5 * paid[0], abs=1)


def test_the_demand_and_price_sliders_move_what_is_earned() -> None:
    base = {"launch_failures": False, "slips": False}
    revenues = []
    for sliders in (Difficulty(), Difficulty(price_fall=0.0), Difficulty(demand=0.1)):
        start = begin("two-rockets", rules=base, difficulty=sliders)
        state = in_orbit(start, days=60, count=1)
        revenues.append(passed(state, dt.date(2027, 12, 1)).month_revenue_cents)
    assert revenues[1] > revenues[0] * 1.15
    assert revenues[2] <= revenues[0]


def test_the_storm_slider_moves_how_often_storms_come() -> None:
    counts = []
    for factor in (0.0, None, 5.0):
        start = begin("sandbox", seed=4, difficulty=Difficulty(storms=factor))
        told = happened(in_orbit(start, days=0, count=1), dt.date(2036, 1, 1))
        counts.append(sum("arrives" in one.text for one in told if one.kind is EventKind.SOLAR_STORM))
    assert counts[0] == 0
    assert counts[2] > 2 * counts[1] > 0


def test_the_debris_slider_moves_how_often_satellites_steer_clear() -> None:
    paces = []
    for factor in (None, 2.0):
        state = in_orbit(begin("sandbox", difficulty=Difficulty(debris=factor)), days=200, count=1)
        paces.append(float(state.fleet.column(Field.AVOIDANCE_M_S_PER_DAY)[0]))
    assert paces[1] == pytest.approx(2.0 * paces[0], rel=0.01)
