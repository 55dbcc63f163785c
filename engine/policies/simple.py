"""The two players a plan has to beat: one who does nothing, and one who buys whatever leaves first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.events import day_of
from engine.policies.choices import affordable_count, buildable, free_usd, frozen, orbit_for
from engine.rules.budgets import known_budget
from engine.rules.launch_quote import launch_options

if TYPE_CHECKING:
    from engine.model.design import Design
    from engine.orders import Order
    from engine.state import CampaignState


def do_nothing(_state: CampaignState) -> tuple[Order, ...]:
    """Nothing at all: cash stays, and so does the sky."""
    return ()


def greedy(state: CampaignState) -> tuple[Order, ...]:
    """The largest satellite that money can develop, on whatever leaves first, with all the cash there is.

    It reads neither odds nor prices, keeps no reserve, and leaves workloads as they are delivered.
    """
    if not state.designs:
        design = _largest(state)
        return (frozen(design),) if design is not None else ()
    design_id = tuple(state.designs)[-1]
    options = launch_options(state, design_id, orbit_for(state, design_id))
    possible = [one for one in options if one.quote.earliest is not None and one.quote.fit_count > 0]
    spare = free_usd(state)
    for option in sorted(possible, key=lambda one: (day_of(one.order.date), one.order.vehicle)):
        count = affordable_count(option, spare)
        if count:
            return (option.order.model_copy(update={"count": count}),)
    return ()


def _largest(state: CampaignState) -> Design | None:
    """The design of most power whose engineering leaves at least half of the cash."""
    spare = free_usd(state)
    known = [(known_budget(design, state.catalogue), design) for design in buildable(state)]
    paid = [(craft.it_power_w, design) for craft, design in known if craft.nre_usd <= 0.5 * spare]
    return max(paid, key=lambda pair: pair[0])[1] if paid else None
