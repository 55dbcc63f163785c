"""What binds a batch, a shell or the campaign, and what one step more of each thing would bring.

Nothing here is read from a table: a batch is put beside itself with a step taken, and the day step runs both
to the day that is asked about. Chance is left out on both sides; demand, prices and links stay as they are.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.analysis.ahead import Cancelled
from engine.analysis.calendar import eclipse_calendar
from engine.analysis.steps import Craft, Taken, build_usd, craft_of, launch_usd_per_kg, steps_of
from engine.kernels.layout import Binding, Field, Status
from engine.orders import Order, Selection, SetLoadPolicy, SetWorkload
from engine.rules import market
from engine.rules.budgets import known_budget
from engine.rules.selection import ALTITUDE_WINDOW_KM
from engine.simulate.fleet import Fleet
from engine.simulate.run import run_span
from engine.state import CampaignState
from engine.units import JULIAN_YEAR_DAYS

__all__ = ["Moment", "ShadowPrices", "Step", "shadow_prices"]

Rows = NDArray[np.intp]

Moment: TypeAlias = Literal["now", "season", "eol"]
"""Today, the darkest week of the coming year, or the last days of the design life."""

MOST_KINDS = 6
"""Kinds of batches that are run, those with most compute first; the rest is taken to be like them."""

LEAST_GAIN = 0.002
"""A step that brings a smaller share of compute is no mend."""

SETTLING_DAYS = 3
"""Days until a step shows: the first still feels the charge from before, the second how warm chips were."""

_WEEKS = 53
_LEAST_SEASON = 0.005
_SHELL_KM = 25.0

_TENTHS = {
    "array": "a tenth more array",
    "battery": "a tenth more battery",
    "radiator": "a tenth more radiator",
    "chips": "a tenth more compute units",
    "downlink": "one more downlink each",
    "crosslink": "one more crosslink each",
    "higher": "50 km higher",
    "lower": "50 km lower",
}
"""Steps in words where batches of several kinds take them."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step, and what it brings on the day that was asked about.

    Attributes:
        key: `array`, `battery`, `radiator`, `chips`, `downlink`, `crosslink`, `higher`, `lower`, `satellite`,
            `policy-NAME` or `workload-NAME`.
        label: what changes, in words with figures.
        gain_pflops: compute delivered more, over all satellites meant.
        gain_share: the same as a share of what is delivered without the step.
        extra_kg: mass that all of them together weigh more.
        extra_usd: what they cost more, built and lifted at today's least price.
        pflops_per_musd: gain for a million dollars more; None where the step costs nothing.
        pflops_per_kg: gain for a kilogram more; None where it weighs nothing.
        earns_usd_per_year: what customers pay more in a year, at today's prices.
        binding: what binds after the step.
        order: the order that takes it today; None for what only the next design or flight can take.
    """

    key: str
    label: str
    gain_pflops: float
    gain_share: float
    extra_kg: float
    extra_usd: float
    pflops_per_musd: float | None
    pflops_per_kg: float | None
    earns_usd_per_year: float
    binding: str
    order: Order | None


@dataclass(frozen=True, slots=True)
class ShadowPrices:
    """What binds, and what a step of each thing is worth.

    Attributes:
        scope: `batch L3`, `shell at 650 km` or `campaign`.
        moment: `now`, `season` or `eol`.
        day: the day that was run to, of the kind with most compute.
        binding: the cap that binds most compute then.
        binding_share: the share of compute it binds.
        delivered_pflops: compute delivered then without any step.
        satellites: living satellites meant.
        kinds: kinds of batches that were run.
        steps: those that gain come first; among them those that cost nothing, then by gain for a dollar.
        best: the cheapest step that gains; None if none does.
    """

    scope: str
    moment: Moment
    day: int
    binding: str
    binding_share: float
    delivered_pflops: float
    satellites: int
    kinds: int
    steps: tuple[Step, ...]
    best: Step | None


@dataclass(frozen=True, slots=True, eq=False)
class _Kind:
    """Batches alike, and the one of them that is run; `weight` says for how many times itself it stands."""

    craft: Craft
    weight: float


@dataclass(frozen=True, slots=True, eq=False)
class _Ran:
    """One kind after its run: each step with what the batch then delivers and earns; the first is no step."""

    kind: _Kind
    day: int
    steps: tuple[Taken, ...]
    pflops: NDArray[np.float64]
    usd_per_year: NDArray[np.float64]
    bindings: tuple[Binding, ...]


def shadow_prices(
    state: CampaignState,
    batch_index: int | None = None,
    shell_km: float | None = None,
    when: Moment = "now",
    cancelled: Cancelled | None = None,
) -> ShadowPrices | None:
    """Find what binds, and what one step more of each thing would bring.

    Args:
        state: the campaign.
        batch_index: row of a batch; None for more than one.
        shell_km: only batches within 25 km of this altitude; None for the whole campaign.
        when: the day that is asked about.
        cancelled: asked between kinds of batches whether to give up.

    Returns:
        The prices; None if no batch that is meant is in orbit and not on its way down, or if cancelled.
    """
    rows = _rows(state, batch_index, shell_km)
    if not len(rows):
        return None
    ran = []
    for kind in _kinds(state, rows):
        if cancelled is not None and cancelled():
            return None
        ran.append(_run(kind, _day(kind.craft, when)))
    scope, selection = _scope(state, batch_index, shell_km)
    binding, share = _binding(ran)
    delivered = sum(float(one.pflops[0]) * one.kind.weight for one in ran)
    earned = sum(float(one.usd_per_year[0]) * one.kind.weight for one in ran)
    judge = _Judge(delivered, earned)
    steps = judge.ranked(_steps(ran, selection, delivered))
    return ShadowPrices(
        scope=scope,
        moment=when,
        day=ran[0].day,
        binding=_name(binding),
        binding_share=share,
        delivered_pflops=delivered,
        satellites=int(state.fleet.column(Field.ALIVE_COUNT)[rows].sum()),
        kinds=len(ran),
        steps=steps,
        best=next((one for one in steps if judge.gains(one)), None),
    )


# --- whom ----------------------------------------------------------------------------------------


def _rows(state: CampaignState, batch_index: int | None, shell_km: float | None) -> Rows:
    column = state.fleet.column
    meant = (column(Field.STATUS) <= Status.SERVICE) & (column(Field.ALIVE_COUNT) > 0)
    if shell_km is not None:
        meant &= np.abs(column(Field.ALTITUDE_KM) - shell_km) <= ALTITUDE_WINDOW_KM
    rows = np.flatnonzero(meant)
    return rows if batch_index is None else rows[rows == batch_index]


def _scope(state: CampaignState, batch_index: int | None, shell_km: float | None) -> tuple[str, Selection]:
    if batch_index is not None:
        return f"batch {state.batch_id(batch_index)}", Selection(batches=(state.batch_id(batch_index),))
    if shell_km is not None:
        return f"shell at {shell_km:g} km", Selection(orbit_altitude_km=shell_km)
    return "campaign", Selection()


def _kinds(state: CampaignState, rows: Rows) -> list[_Kind]:
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
        kinds.append(_Kind(craft_of(state, int(rows[middle])), weight))
    return kinds


# --- when ----------------------------------------------------------------------------------------


def _day(craft: Craft, when: Moment) -> int:
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


# --- running -------------------------------------------------------------------------------------


def _run(kind: _Kind, day: int) -> _Ran:
    """All steps of a kind side by side, in one run."""
    craft = kind.craft
    steps = (Taken("", "", craft.row, craft.mix), *steps_of(craft))
    fleet = Fleet.empty().append(np.stack([step.row for step in steps]))
    after = run_span(fleet, craft.state.seed, craft.state.day, day).fleet
    pflops = after.column(Field.DELIVERED_PFLOPS).copy()
    sales = _Sales(kind)
    usd_per_year = [sales.usd_per_year(step, float(each)) for step, each in zip(steps, pflops, strict=True)]
    return _Ran(
        kind,
        day,
        steps,
        pflops,
        np.array(usd_per_year),
        tuple(Binding(int(code)) for code in after.column(Field.BINDING)),
    )


class _Sales:
    """What customers would pay for the compute of a kind: today's prices, no more than they still want."""

    def __init__(self, kind: _Kind) -> None:
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


def _binding(ran: list[_Ran]) -> tuple[Binding, float]:
    """The cap that binds most of the installed compute, and the share it binds."""
    bound: dict[Binding, float] = {}
    for one in ran:
        row = one.kind.craft.row
        installed = float(row[Field.PEAK_PFLOPS] * row[Field.ALIVE_COUNT]) * one.kind.weight
        bound[one.bindings[0]] = bound.get(one.bindings[0], 0.0) + installed
    most = max(bound, key=lambda code: bound[code])
    return most, bound[most] / sum(bound.values())


# --- what a step brings --------------------------------------------------------------------------


def _steps(ran: list[_Ran], selection: Selection, delivered: float) -> list[Step]:
    keys = dict.fromkeys(step.key for one in ran for step in one.steps[1:])
    steps = [_summed(key, ran, selection, delivered) for key in keys]
    return [*steps, _another(ran[0], delivered)]


def _summed(key: str, ran: list[_Ran], selection: Selection, delivered: float) -> Step:
    """One step over all kinds that can take it."""
    gain = kg = usd = earns = 0.0
    label, binding, order = "", Binding.NONE, None
    for one in ran:
        place = next((at for at, step in enumerate(one.steps) if step.key == key), None)
        if place is None:
            continue
        step, weight = one.steps[place], one.kind.weight
        satellites = float(one.kind.craft.row[Field.ALIVE_COUNT]) * weight
        gain += float(one.pflops[place] - one.pflops[0]) * weight
        earns += float(one.usd_per_year[place] - one.usd_per_year[0]) * weight
        kg += step.extra_kg * satellites
        usd += step.extra_usd * satellites
        if not label:
            label = step.label if len(ran) == 1 else _TENTHS.get(key, step.label.partition(" → ")[2])
            binding, order = one.bindings[place], _for(step.order, selection)
    return _step(key, label, gain, kg, usd, earns, delivered, binding, order)


def _for(order: Order | None, selection: Selection) -> Order | None:
    """The order to all that are meant."""
    if isinstance(order, SetLoadPolicy | SetWorkload):
        return order.model_copy(update={"select": selection})
    return order


def _another(ran: _Ran, delivered: float) -> Step:
    """One satellite more, like those of the kind with most compute; nothing where nobody buys more."""
    craft = ran.kind.craft
    sums = known_budget(craft.design, craft.state.catalogue)
    alive = max(float(craft.row[Field.ALIVE_COUNT]), 1.0)
    sold = 0.0 if ran.bindings[0] is Binding.DEMAND else 1.0
    lift_usd = sums.wet_mass_kg * launch_usd_per_kg(craft.state, craft.row)
    usd = build_usd(craft.state, craft.design) + lift_usd
    gain, earns = sold * float(ran.pflops[0]) / alive, sold * float(ran.usd_per_year[0]) / alive
    label = f"one more {craft.design.name}"
    return _step("satellite", label, gain, sums.wet_mass_kg, usd, earns, delivered, ran.bindings[0], None)


def _step(
    key: str,
    label: str,
    gain: float,
    kg: float,
    usd: float,
    earns: float,
    delivered: float,
    binding: Binding,
    order: Order | None,
) -> Step:
    return Step(
        key=key,
        label=label,
        gain_pflops=gain,
        gain_share=gain / delivered if delivered > 0.0 else float(gain > 0.0),
        extra_kg=kg,
        extra_usd=usd,
        pflops_per_musd=1e6 * gain / usd if usd > 0.0 else None,
        pflops_per_kg=gain / kg if kg > 0.0 else None,
        earns_usd_per_year=earns,
        binding=_name(binding),
        order=order,
    )


@dataclass(frozen=True, slots=True)
class _Judge:
    """Which steps are worth taking: by what customers pay for them, or by compute where nobody pays."""

    delivered_pflops: float
    earned_usd_per_year: float

    def worth(self, step: Step) -> float:
        """Gain as a share of what there is."""
        if self.earned_usd_per_year > 0.0:
            return step.earns_usd_per_year / self.earned_usd_per_year
        return step.gain_share

    def gains(self, step: Step) -> bool:
        """Whether a step is worth its name."""
        return self.worth(step) >= LEAST_GAIN

    def ranked(self, steps: list[Step]) -> tuple[Step, ...]:
        """What gains before what does not; free steps first, by gain; then by gain for a dollar."""

        def rank(step: Step) -> tuple[bool, bool, float]:
            free = step.pflops_per_musd is None
            return (not self.gains(step), not free, -self.worth(step) / (1.0 if free else step.extra_usd))

        return tuple(sorted(steps, key=rank))


def _name(code: Binding) -> str:
    return code.name.lower().replace("_", "-")
