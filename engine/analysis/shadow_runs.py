"""Batches put beside themselves with a step taken, and run to the day that is asked about."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.analysis.calendar import eclipse_calendar
from engine.analysis.steps import Craft, Taken, craft_of, steps_of
from engine.kernels.layout import Binding, Field
from engine.rules import market
from engine.simulate.fleet import Fleet
from engine.simulate.run import run_span
from engine.state import CampaignState
from engine.units import JULIAN_YEAR_DAYS

__all__ = ["SETTLING_DAYS", "Kind", "Moment", "Ran", "Rows", "day_of_moment", "kinds_of", "run"]

Rows = NDArray[np.intp]

Moment: TypeAlias = Literal["now", "season", "eol"]
"""Today, the darkest week of the coming year, or the last days of the design life."""

MOST_KINDS = 6
"""Kinds of batches that are run, those with most compute first; the rest is taken to be like them."""

SETTLING_DAYS = 3
"""Days until a step shows: the first still feels the charge from before, the second how warm chips were."""

_WEEKS = 53

_LEAST_SEASON = 0.005

_SHELL_KM = 25.0


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """Batches alike, and the one of them that is run; `weight` says for how many times itself it stands."""

    craft: Craft
    weight: float


@dataclass(frozen=True, slots=True, eq=False)
class Ran:
    """One kind after its run: each step with what the batch then delivers and earns; the first is no step."""

    kind: Kind
    day: int
    steps: tuple[Taken, ...]
    pflops: NDArray[np.float64]
    usd_per_year: NDArray[np.float64]
    bindings: tuple[Binding, ...]


def kinds_of(state: CampaignState, rows: Rows) -> list[Kind]:
    """The kinds with most compute; of each the batch in its middle, weighted so that they stand for all."""
    column = state.fleet.column
    installed = (column(Field.PEAK_PFLOPS) * column(Field.ALIVE_COUNT))[rows]
    parts: list[NDArray[np.float64] | NDArray[np.int32]] = [
        state.names.design[rows],
        *(column(field)[rows] for field in (Field.POLICY, Field.BINDING, Field.SPREAD)),
        np.round(column(Field.ALTITUDE_KM)[rows] / _SHELL_KM),
        np.rint(np.degrees(column(Field.INCLINATION_RAD)[rows])).astype(np.int32),
    ]
    _, which = np.unique(np.stack(parts, axis=1), axis=0, return_inverse=True)
    which = which.reshape(-1)
    weights = np.bincount(which, installed)
    largest = np.argsort(-weights, kind="stable")[:MOST_KINDS]
    scale = float(weights.sum()) / float(weights[largest].sum())
    kinds = []
    for number in largest:
        members = np.flatnonzero(which == number)
        middle = members[len(members) // 2]
        weight = scale * float(weights[number]) / float(installed[middle])
        kinds.append(Kind(craft_of(state, int(rows[middle])), weight))
    return kinds


def day_of_moment(craft: Craft, when: Moment) -> int:
    """The day that is run to: soon, in the darkest week of the coming year, or at the end of life."""
    soon = max(craft.state.day, int(craft.row[Field.SERVICE_DAY])) + SETTLING_DAYS
    if when == "season":
        return max(soon, _darkest_day(craft))
    if when == "eol":
        return max(soon, int(craft.row[Field.LAUNCH_DAY] + craft.row[Field.LIFE_DAYS]) - SETTLING_DAYS)
    return soon


def _darkest_day(craft: Craft) -> int:
    """The middle of the darkest week of the coming year; 0 if no week differs from the others."""
    alone = replace(craft.state, fleet=Fleet.empty().append(craft.row))
    shade = eclipse_calendar(alone, _WEEKS).shade[0]
    if float(np.ptp(shade)) < _LEAST_SEASON:
        return 0
    return craft.state.day + 7 * int(np.argmax(shade)) + 4


def run(kind: Kind, day: int) -> Ran:
    """All steps of a kind side by side, in one run."""
    craft = kind.craft
    steps = (Taken("", "", craft.row, craft.mix), *steps_of(craft))
    fleet = Fleet.empty().append(np.stack([step.row for step in steps]))
    after = run_span(fleet, craft.state.seed, craft.state.day, day).fleet
    pflops = after.column(Field.DELIVERED_PFLOPS).copy()
    sales = _Sales(kind)
    usd_per_year = [sales.usd_per_year(step, float(each)) for step, each in zip(steps, pflops, strict=True)]
    return Ran(
        kind,
        day,
        steps,
        pflops,
        np.array(usd_per_year),
        tuple(Binding(int(code)) for code in after.column(Field.BINDING)),
    )


class _Sales:
    """What customers would pay for the compute of a kind: today's prices, no more than they still want."""

    def __init__(self, kind: Kind) -> None:
        state, mixes = kind.craft.state, market.mixes(kind.craft.state)
        known = [state.catalogue.workloads[one] for one in market.workload_ids(state.catalogue)]
        delivered = state.fleet.column(Field.DELIVERED_PFLOPS)
        own = kind.weight * float(kind.craft.row[Field.DELIVERED_PFLOPS]) * np.array(kind.craft.mix)
        others = np.maximum(mixes @ delivered - own, 0.0)
        wanted = np.array([market.demand_pflops(state, one, state.day) for one in known])
        self._free_pflops = np.maximum(wanted - others, 0.0) / kind.weight
        self._usd = np.array([market.price_usd_per_pflop_day(state, one, state.day) for one in known])
        self._paid = state.scenario.rules.money

    def usd_per_year(self, step: Taken, pflops: float) -> float:
        """For the one batch that is run; 0 under rules without money."""
        if not self._paid:
            return 0.0
        sold = np.minimum(pflops * np.array(step.mix), self._free_pflops)
        return float(sold @ self._usd) * JULIAN_YEAR_DAYS
