"""What a campaign is out for, in watts of compute: objectives that fall due, raises within reach."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from engine.events import day_of
from engine.kernels.layout import Field, Status
from engine.policies.choices import free_usd
from engine.policies.earnings import KEPT_PER_YEAR
from engine.rules.budgets import budget_of
from engine.rules.capital import next_raise
from engine.rules.learning import in_force
from engine.rules.milestones import it_power_w
from engine.rules.odds import odds
from engine.units import JULIAN_YEAR_DAYS

if TYPE_CHECKING:
    from engine.state import CampaignState

LAST_YEARS, WINDOW_YEARS = 1.5, 5.0
"""A fleet is built as late as can be, when everything is cheapest: in the years that its flights take, with
these for slips and stand-downs, and in no more than those, since what flies wears out."""

CHEAP = 0.1
"""What takes no more than this share of the free cash need not wait for its day."""

OF_THE_DAY = ("against_ground", "lead")
"""What is judged by the fleet at work on one day: the later it is built, the cheaper, and the more of it."""

ALL_THAT_CAN_BE_PAID_W = 1e12

SPARE_POWER = 1.15
"""It builds so many times the power asked for, since launches fail and chips wear out on the way there."""

QUICK_YEARS = 2.0
"""A raise is reached for when the way to it takes no longer: a slow fleet dies as fast as it grows."""

WORTH = 1.2
"""A raise has to bring so many times what the way to it costs."""


def planned_w(state: CampaignState) -> float:
    """Power into compute once all that is in orbit works and all that is booked has flown, by its odds."""
    column = state.fleet.column
    young = (column(Field.STATUS) < Status.SERVICE) | (column(Field.LEVEL_SUN) <= 0.0)
    coming = float((column(Field.IT_POWER_W) * column(Field.ALIVE_COUNT))[young].sum())
    for booking in state.bookings:
        each_w = budget_of(state, booking.order.design).it_power_w * booking.order.count
        coming += booking.left * each_w * odds(state, booking.order.vehicle)
    return it_power_w(state) + coming


def wanted_w(state: CampaignState, usd_per_w: float, w_per_year: float) -> float:
    """Power that is worth building towards today, at what a watt at work costs; 0 if none is.

    Args:
        state: the campaign.
        usd_per_w: a watt of compute in orbit, launch and failures included.
        w_per_year: power that the vehicles of today can bring up in a year.
    """
    have, spare = planned_w(state), free_usd(state)
    found = []
    for target, day in _targets(state):
        cost_usd = (target - have) * usd_per_w
        flown_w = min(target - have, spare / usd_per_w)
        if cost_usd <= CHEAP * spare or state.day >= day - _window_days(flown_w / max(w_per_year, 1.0)):
            found.append(target)
    offer = next_raise(state) if in_force(state) else None
    if offer is not None:
        years = max(0.0, offer.at_power_w - have) / max(w_per_year, 1.0)
        needed_w = offer.at_power_w * (1.0 + (1.0 - KEPT_PER_YEAR) * years)
        cost = SPARE_POWER * max(0.0, needed_w - have) * usd_per_w
        if years <= QUICK_YEARS and cost <= spare and offer.amount_usd >= WORTH * cost:
            found.append(needed_w)
    return SPARE_POWER * max(found, default=0.0)


def thrift_counts(state: CampaignState) -> bool:
    """Whether an objective that is open asks what a watt costs, so that power may not be bought dearly."""
    return any(
        objective.quantity == "against_ground" and _open(state, objective.id)
        for objective in state.scenario.objectives
    )


def _open(state: CampaignState, objective_id: str) -> bool:
    goal = state.goals.get(objective_id)
    return goal is None or goal.status == "open"


def _window_days(flying_years: float) -> float:
    """How long before its last day a fleet is begun whose flights take so many years."""
    return min(WINDOW_YEARS, LAST_YEARS + max(0.0, flying_years)) * JULIAN_YEAR_DAYS


def _targets(state: CampaignState) -> Iterator[tuple[float, int]]:
    """Power that objectives still ask for, each with the last day that counts."""
    for objective in state.scenario.objectives:
        by = state.scenario.ends_by(objective)
        if by is None or not _open(state, objective.id):
            continue
        if objective.quantity == "computing":
            yield objective.target, day_of(by)
        elif objective.quantity in OF_THE_DAY and objective.counts == "day":
            yield ALL_THAT_CAN_BE_PAID_W, day_of(by)
