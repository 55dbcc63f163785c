"""Orders from screens: whom they are for, what they say, what they would do."""

from __future__ import annotations

from dataclasses import replace

import pytest

import engine
from engine.analysis.ghost import Comparison
from engine.orders import Dispose, Selection, SetLoadPolicy, SetWorkload, StationKeep
from engine.outcomes import Accepted
from odc_tui.present import ghosts, orders
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
    found = engine.compare(state, (order,))
    assert isinstance(found, Comparison)
    lines = {line.name: line for line in ghosts.short_lines(found, state.day, money=False)}
    assert lines["delivered"].change == "the same"  # no shade today
    later = lines["mean of 5 years"]
    assert later.better == -1  # but there will be
    assert later.change.startswith("▼ −")
    assert "season: delivered" in lines
    assert not [name for name in lines if "cash" in name]
    assert "cash in 5 years" in {line.name for line in ghosts.short_lines(found, state.day, money=True)}


def test_the_outlook_of_the_same_is_the_same() -> None:
    state = flying_state()
    found = engine.compare(state, (), engine.horizons_of(state)[:1])
    assert isinstance(found, Comparison)
    lines = ghosts.lines_of(found.without[0], found.with_orders[0], money=True)
    assert {line.change for line in lines} == {"the same"}
    assert {"cash", "hottest chip, spare", "delivered", "power to the chips"} <= {line.name for line in lines}


def test_a_small_change_is_told_even_where_the_figures_read_the_same() -> None:
    state = flying_state()
    found = engine.compare(state, (), engine.horizons_of(state)[:1])
    assert isinstance(found, Comparison)
    look = replace(found.without[0], cash_usd=317e6)
    poorer = replace(look, cash_usd=317e6 - 131.2, heat_margin_k=None)
    lines = {line.name: line for line in ghosts.lines_of(look, poorer, money=True)}
    assert (lines["cash"].without, lines["cash"].with_order) == ("317 M$", "317 M$")
    assert (lines["cash"].change, lines["cash"].better) == ("▼ −131 $", -1)
    assert (lines["hottest chip, spare"].with_order, lines["hottest chip, spare"].change) == ("–", "")
