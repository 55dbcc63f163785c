"""Orders from screens: whom they are for, what they say, what they would do."""

from __future__ import annotations

import pytest

import engine
from engine.orders import Dispose, Selection, SetLoadPolicy, SetWorkload, StationKeep
from engine.outcomes import Accepted, Rejected
from odc_tui.present import orders, outlook
from odc_tui.present.orders import OrderKind
from tests.present.fleets import fleet
from tests.ui.flying import flying_state


def test_scopes_come_likeliest_first() -> None:
    table = fleet(6)
    labels = [scope.label for scope in orders.scopes(table, 1, frozenset({0, 3}))]
    assert [label.partition(":")[0] for label in labels] == [
        "all that are marked",
        "batch L2",
        "every ai1",
        "the whole fleet",
    ]
    assert labels[1] == "batch L2: 23 satellites"


def test_a_lone_batch_is_not_offered_as_a_fleet_too() -> None:
    assert [scope.label for scope in orders.scopes(fleet(1), 0, frozenset())] == ["batch L1: 24 satellites"]


@pytest.mark.parametrize(
    ("batches", "selection"),
    [
        ({0, 1, 2, 3}, Selection()),
        ({1, 2}, Selection(design="small-battery")),
        ({0}, Selection(design="node-100")),
        ({1}, Selection(batches=("L2.1",))),
        ({0, 1, 2}, Selection(batches=("L1", "L2"))),
        ({0, 2}, Selection(batches=("L1", "L2.2"))),
    ],
)
def test_selections_are_as_short_as_they_can_be(batches: set[int], selection: Selection) -> None:
    table = engine.fleet_columns(flying_state())
    assert orders.select(table, frozenset(batches)) == selection


@pytest.mark.parametrize("batches", [{0, 1, 2, 3}, {1, 2}, {1}, {0, 1, 2}, {0, 2}, {3, 2}])
def test_the_engine_means_the_same_batches(batches: set[int]) -> None:
    state = flying_state()
    selection = orders.select(engine.fleet_columns(state), frozenset(batches))
    outcome = engine.preview(state, SetLoadPolicy(select=selection, policy="ride-through"))
    assert isinstance(outcome, Accepted)
    changed = {
        index
        for index, report in enumerate(engine.batch_reports(outcome.state))
        if report.load_policy == "ride-through"
    }
    assert changed == batches


def test_what_the_engine_suggests_is_named() -> None:
    table = engine.fleet_columns(flying_state())
    assert orders.scope_of(Selection(), table).label.startswith("the whole fleet")
    assert orders.scope_of(Selection(batches=("L3",)), table).label == "batch L3"
    assert orders.scope_of(Selection(batches=("L1", "L3")), table).label == "the 2 batches held down"


@pytest.mark.parametrize(
    ("kind", "choice", "order"),
    [
        (OrderKind.POLICY, "steady", SetLoadPolicy(policy="steady")),
        (OrderKind.ALTITUDE, "keep", StationKeep(keep=True)),
        (OrderKind.ALTITUDE, "decay", StationKeep(keep=False)),
        (OrderKind.DISPOSE, "dispose", Dispose(select=Selection())),
        (OrderKind.WORKLOAD, "training", SetWorkload(mix={"training": 0.75, "text-inference": 0.25})),
    ],
)
def test_a_choice_becomes_an_order(kind: OrderKind, choice: str, order: object) -> None:
    mix = {"training": 3.0, "text-inference": 1.0}
    assert orders.order_of(kind, choice, Selection(), mix) == order


def test_every_kind_has_choices_with_a_meaning() -> None:
    workloads = flying_state().catalogue.workloads
    for kind in OrderKind:
        found = orders.choices(kind, workloads)
        assert found
        assert all(choice.label and choice.meaning for choice in found)
    assert {choice.key for choice in orders.choices(OrderKind.WORKLOAD, workloads)} == set(workloads)


def test_shares_always_add_up_to_one() -> None:
    mix = {"a": 1.0}
    for slug, step in (("b", 0.1), ("b", 0.1), ("c", 0.3), ("a", -0.2), ("b", 0.9), ("c", -1.0)):
        mix = orders.nudge(mix, slug, step)
        assert sum(mix.values()) == pytest.approx(1.0)
        assert all(0 < share <= 1 for share in mix.values())
    assert orders.nudge({"a": 1.0}, "a", -0.5) == {"a": 1.0}
    assert orders.normalised({"a": 0.0}) == {}


def test_the_bar_of_a_share() -> None:
    assert orders.shares_bar(0.6) == "██████░░░░"


def test_the_outlook_says_what_an_order_changes() -> None:
    state = flying_state()
    order = SetLoadPolicy(select=Selection(batches=("L1",)), policy="follow-the-sun")
    outcome = outlook.try_order(state, order)
    assert isinstance(outcome, Accepted)
    without, with_order = outlook.measure(state, year=True), outlook.measure(outcome.state, year=True)
    assert without is not None
    assert with_order is not None
    lines = {line.name: line for line in outlook.compare(without, with_order)}
    assert lines["delivered"].change == "the same"  # no shade today
    assert lines["mean of a year"].better == -1  # but there will be
    assert lines["mean of a year"].change.startswith("▼ −")


def test_the_outlook_of_the_same_is_the_same() -> None:
    state = flying_state()
    now = outlook.measure(state, year=False)
    assert now is not None
    assert {line.change for line in outlook.compare(now, now)} == {"the same"}
    assert "mean of a year" not in {line.name for line in outlook.compare(now, now)}


def test_a_refusal_is_an_answer() -> None:
    state = flying_state()
    refusal = outlook.try_order(state, Dispose(select=Selection(batches=("L9",))))
    assert isinstance(refusal, Rejected)
    assert outlook.can_run_a_year(state)
