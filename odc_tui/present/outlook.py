"""What an order would do: the same engine run ahead with it and without it, side by side."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import engine
from engine.outcomes import Accepted
from odc_tui.present import numbers
from odc_tui.present.binding import binding_words

if TYPE_CHECKING:
    from engine.orders import Order
    from engine.outcomes import Outcome
    from engine.state import CampaignState

YEAR_STEPS = 12
STEP_DAYS = 30
MAX_YEAR_BATCHES = 2000
"""Larger fleets are run one day ahead only, so that an answer comes at once."""


@dataclass(frozen=True, slots=True)
class Measures:
    """What is compared. `mean_pflops` is over the year ahead, None if it was not run."""

    delivered_pflops: float
    it_power_kw: float
    soc_min: float
    spare_k: float
    binding: str
    mean_pflops: float | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One compared number in words.

    Attributes:
        better: 1 if the order makes it better, -1 worse, 0 neither.
    """

    name: str
    without: str
    with_order: str
    change: str
    better: int


def measure(state: CampaignState, *, year: bool) -> Measures | None:
    """Run a state one day ahead, and a year if wanted.

    Args:
        state: where to begin; it is not changed.
        year: run twelve months too.

    Returns:
        None if the campaign ends before.
    """
    outcome = engine.advance(state, state.day + 1)
    if not isinstance(outcome, Accepted):
        return None
    fleet = engine.fleet_report(outcome.state)
    return Measures(
        delivered_pflops=fleet.delivered_pflops,
        it_power_kw=fleet.it_power_kw,
        soc_min=fleet.worst_soc_min,
        spare_k=fleet.worst_junction_margin_k,
        binding=fleet.binding,
        mean_pflops=_year_mean(outcome.state) if year else None,
    )


def _year_mean(state: CampaignState) -> float | None:
    """Delivered compute averaged over a year of monthly looks."""
    looks = []
    for _ in range(YEAR_STEPS):
        outcome = engine.advance(state, state.day + STEP_DAYS)
        if not isinstance(outcome, Accepted):
            return None
        state = outcome.state
        looks.append(engine.fleet_report(state).delivered_pflops)
    return sum(looks) / len(looks)


def can_run_a_year(state: CampaignState) -> bool:
    """Whether the fleet is small enough to be run a year ahead while the player looks."""
    return len(state.names) <= MAX_YEAR_BATCHES


def try_order(state: CampaignState, order: Order) -> Outcome:
    """What the engine says to an order; nothing is kept."""
    return engine.preview(state, order)


def compare(without: Measures, with_order: Measures) -> tuple[Line, ...]:
    """The numbers side by side, most telling first."""
    lines = [
        _line("delivered", without.delivered_pflops, with_order.delivered_pflops, numbers.compute),
    ]
    if without.mean_pflops is not None and with_order.mean_pflops is not None:
        lines.append(_line("mean of a year", without.mean_pflops, with_order.mean_pflops, numbers.compute))
    lines += [
        _line("power to the chips", without.it_power_kw * 1000, with_order.it_power_kw * 1000, numbers.power),
        _line("lowest charge", without.soc_min, with_order.soc_min, _points),
        _line("hottest chip, spare", without.spare_k, with_order.spare_k, _kelvin),
    ]
    before, after = binding_words(without.binding), binding_words(with_order.binding)
    lines.append(
        Line(
            "held down by",
            f"{before.glyph} {before.word}",
            f"{after.glyph} {after.word}",
            "the same" if without.binding == with_order.binding else "changes",
            0,
        )
    )
    return tuple(lines)


def _points(share: float) -> str:
    return f"{100 * share:.1f} %" if math.isfinite(share) else f"{numbers.NONE} %"


def _kelvin(value: float) -> str:
    return f"{numbers.signed_fixed(value, 1)} K" if math.isfinite(value) else f"{numbers.NONE} K"


def _line(name: str, before: float, after: float, say: Callable[[float], str]) -> Line:
    old, new = say(before), say(after)
    if old == new or not (math.isfinite(before) and math.isfinite(after)):
        return Line(name, old, new, "the same" if old == new else "", 0)
    change = after - before
    return Line(
        name, old, new, f"{'▲ +' if change > 0 else '▼ −'}{say(abs(change))}", 1 if change > 0 else -1
    )
