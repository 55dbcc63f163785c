"""Orders to batches: whom they are for, what can be chosen, and the order that follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from engine.orders import Dispose, Order, Selection, SetLoadPolicy, SetWorkload, StationKeep
from odc_tui.present import numbers

if TYPE_CHECKING:
    from engine.model.catalogue import Workload
    from engine.model.design import LoadPolicy
    from odc_tui.present.fleet_table import FleetTable


class OrderKind(StrEnum):
    """What can be changed about batches."""

    POLICY = "load policy"
    WORKLOAD = "workload"
    ALTITUDE = "altitude"
    DISPOSE = "dispose"


@dataclass(frozen=True, slots=True)
class Scope:
    """Whom an order is for.

    Attributes:
        label: as `batch L3, 24 satellites`.
        selection: the same for the engine.
        batches: how many.
    """

    label: str
    selection: Selection
    batches: int


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose: what it is called, and what it means in a sentence."""

    key: str
    label: str
    meaning: str


POLICIES: dict[LoadPolicy, Choice] = {
    "steady": Choice(
        "steady", "steady", "The same compute all orbit; the battery carries the shade. Full again at sunset."
    ),
    "follow-the-sun": Choice(
        "follow-the-sun", "follow the sun", "Full compute in sunlight, none in the shade. Spares the battery."
    ),
    "ride-through": Choice(
        "ride-through",
        "ride through",
        "Use the battery to its limit, then do less. Most compute, most wear.",
    ),
}
KEEPING = (
    Choice("keep", "hold altitude", "Thrusters make up for drag as long as there is propellant."),
    Choice("decay", "let it decay", "No propellant is used; the orbit sinks until the satellites burn up."),
)
DISPOSAL = (
    Choice(
        "dispose",
        "end their service",
        "Compute stops, and the satellites come down. Undo works until a day has passed; then it is final.",
    ),
)


def scopes(table: FleetTable, focus: int | None, marked: frozenset[int]) -> tuple[Scope, ...]:
    """Whom an order can be for, likeliest first.

    Args:
        table: the fleet.
        focus: the batch in focus, if any.
        marked: batches marked by the player.
    """
    found: list[Scope] = []
    if marked:
        found.append(_scope("all that are marked", table, marked))
    if focus is not None and focus < len(table):
        found.append(_scope(f"batch {table.ids[focus]}", table, frozenset({focus})))
        design = int(table.design[focus])
        same = frozenset(np.flatnonzero(table.design == design).tolist())
        if 1 < len(same) < len(table):
            found.append(_scope(f"every {table.designs[design]}", table, same))
    if len(table) > 1:
        found.append(_scope("the whole fleet", table, frozenset(range(len(table)))))
    return tuple(found)


def _scope(label: str, table: FleetTable, batches: frozenset[int]) -> Scope:
    alive = int(table.alive[sorted(batches)].sum())
    many = f"{numbers.counted(len(batches), 'batch', 'batches')}, " if len(batches) > 1 else ""
    return Scope(
        f"{label}: {many}{numbers.counted(alive, 'satellite')}", select(table, batches), len(batches)
    )


def scope_of(selection: Selection, table: FleetTable) -> Scope:
    """A selection the engine suggests, in words."""
    if selection == Selection():
        return _scope("the whole fleet", table, frozenset(range(len(table))))
    if len(selection.batches) == 1:
        return Scope(f"batch {selection.batches[0]}", selection, 1)
    many = len(selection.batches)
    return Scope(f"the {numbers.counted(many, 'batch', 'batches')} held down", selection, many)


def select(table: FleetTable, batches: frozenset[int]) -> Selection:
    """The shortest selection that means exactly these: the fleet, a design, whole launches, or ids."""
    wanted = np.zeros(len(table), dtype=np.bool_)
    wanted[sorted(batches)] = True
    if wanted.all():
        return Selection()
    designs = np.unique(table.design[wanted]).tolist()
    if len(designs) == 1 and np.array_equal(table.design == designs[0], wanted):
        return Selection(design=table.designs[designs[0]])
    return Selection(batches=tuple(_names(table, batches)))


def _names(table: FleetTable, batches: frozenset[int]) -> list[str]:
    """Ids of batches, with the bare launch id where all its batches are meant."""
    launches: dict[str, list[int]] = {}
    for number, name in enumerate(table.ids):
        launches.setdefault(name.partition(".")[0], []).append(number)
    names: list[str] = []
    for launch, members in launches.items():
        chosen = [number for number in members if number in batches]
        names += [launch] if len(chosen) == len(members) else [table.ids[number] for number in chosen]
    return names


def mix_choices(workloads: Mapping[str, Workload]) -> tuple[Choice, ...]:
    """The kinds of work there are."""
    return tuple(Choice(slug, work.name, work.summary) for slug, work in workloads.items())


def normalised(mix: Mapping[str, float]) -> dict[str, float]:
    """Shares that add up to one; empty if all are nothing."""
    total = sum(mix.values())
    return {slug: share / total for slug, share in mix.items() if share > 0} if total > 0 else {}


def nudge(mix: Mapping[str, float], slug: str, step: float) -> dict[str, float]:
    """Give one kind of work more or less, and the others the rest in their old proportion.

    Args:
        mix: shares that add up to one.
        slug: the work to change.
        step: change of its share.
    """
    share = round(min(1.0, max(0.0, mix.get(slug, 0.0) + step)), 2)
    others = {name: value for name, value in mix.items() if name != slug}
    total = sum(others.values())
    if not others or total == 0.0:
        return {slug: 1.0}
    rest = {name: value * (1.0 - share) / total for name, value in others.items()}
    return {name: value for name, value in {**rest, slug: share}.items() if value > 1e-6}


def order_of(kind: OrderKind, choice: str, selection: Selection, mix: Mapping[str, float]) -> Order:
    """The order that a choice means.

    Args:
        kind: what is changed.
        choice: key of the choice; not used for a workload.
        selection: whom it is for.
        mix: shares of work, for a workload.
    """
    match kind:
        case OrderKind.POLICY:
            return SetLoadPolicy.model_validate({"select": selection, "policy": choice})
        case OrderKind.WORKLOAD:
            return SetWorkload(select=selection, mix=normalised(mix))
        case OrderKind.ALTITUDE:
            return StationKeep(select=selection, keep=choice == "keep")
        case OrderKind.DISPOSE:
            return Dispose(select=selection)


def shares_bar(share: float, width: int = 10) -> str:
    """A share as a bar of blocks, readable without colour."""
    filled = round(share * width)
    return "█" * filled + "░" * (width - filled)


def choices(kind: OrderKind, workloads: Mapping[str, Workload]) -> Sequence[Choice]:
    """What can be chosen for a kind of order."""
    match kind:
        case OrderKind.POLICY:
            return tuple(POLICIES.values())
        case OrderKind.WORKLOAD:
            return mix_choices(workloads)
        case OrderKind.ALTITUDE:
            return KEEPING
        case OrderKind.DISPOSE:
            return DISPOSAL
