"""What binds a batch, a shell or the campaign, and what one step more of each thing would bring.

Nothing here is read from a table: a batch is put beside itself with a step taken, and the day step runs both
to the day that is asked about. Chance is left out on both sides; demand, prices and links stay as they are.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.analysis.ahead import Cancelled
from engine.analysis.shadow_runs import Moment, Ran, Rows, day_of_moment, kinds_of, run
from engine.analysis.steps import build_usd, launch_usd_per_kg
from engine.kernels.layout import Binding, Field, Status
from engine.orders import Order, Selection, SetLoadPolicy, SetWorkload
from engine.rules.budgets import known_budget
from engine.rules.selection import ALTITUDE_WINDOW_KM
from engine.state import CampaignState

__all__ = ["ShadowPrices", "Step", "shadow_prices"]

LEAST_GAIN = 0.002
"""A step that brings a smaller share of compute is no mend."""

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
    for kind in kinds_of(state, rows):
        if cancelled is not None and cancelled():
            return None
        ran.append(run(kind, day_of_moment(kind.craft, when)))
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


def _binding(ran: list[Ran]) -> tuple[Binding, float]:
    """The cap that binds most of the installed compute, and the share it binds."""
    bound: dict[Binding, float] = {}
    for one in ran:
        row = one.kind.craft.row
        installed = float(row[Field.PEAK_PFLOPS] * row[Field.ALIVE_COUNT]) * one.kind.weight
        bound[one.bindings[0]] = bound.get(one.bindings[0], 0.0) + installed
    most = max(bound, key=lambda code: bound[code])
    return most, bound[most] / sum(bound.values())


def _steps(ran: list[Ran], selection: Selection, delivered: float) -> list[Step]:
    keys = dict.fromkeys(step.key for one in ran for step in one.steps[1:])
    steps = [_summed(key, ran, selection, delivered) for key in keys]
    return [*steps, _another(ran[0], delivered)]


def _summed(key: str, ran: list[Ran], selection: Selection, delivered: float) -> Step:
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


def _another(ran: Ran, delivered: float) -> Step:
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
