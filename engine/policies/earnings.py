"""What work brings in: the mix that earns most with a fleet, and what one more satellite earns."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from engine.kernels.layout import Field
from engine.policies.choices import downlink_gbps
from engine.rules import market
from engine.rules.budgets import budget_of, known_budget
from engine.rules.learning import in_force
from engine.rules.spot import spot_usd_per_pflop_day
from engine.units import JULIAN_YEAR_DAYS

if TYPE_CHECKING:
    from engine.model.design import Design
    from engine.state import CampaignState

AT_WORK = 0.9
"""Share of the peak that is delivered and in time: shade, wear, stops and late answers take the rest."""

KEPT_PER_YEAR = 0.87
"""What is left of a fleet's compute a year on: chips that stop, cells and coatings that age."""

STEPS = 20
"""The fleet is given to workloads in so many equal parts."""

MOST_BITS_PER_FLOP = 1e-7
"""Work whose results are longer than this floods the way down of most satellites."""


def fleet_pflops(state: CampaignState) -> float:
    """Compute that all living satellites deliver at best."""
    column = state.fleet.column
    return AT_WORK * float(np.sum(column(Field.PEAK_PFLOPS) * column(Field.ALIVE_COUNT)))


def booked_pflops(state: CampaignState) -> float:
    """The same of satellites on their way to orbit."""
    each = (
        booking.left * booking.order.count * budget_of(state, booking.order.design).peak_pflops
        for booking in state.bookings
    )
    return AT_WORK * sum(each)


def best_mix(state: CampaignState) -> dict[str, float]:
    """Shares of work that bring the fleet most money at today's prices, in steps of a twentieth."""
    given = _given(state, max(fleet_pflops(state), 1e-9), _carried_gbps_per_pflops(state))
    whole = sum(given.values())
    return {workload_id: round(amount / whole, 9) for workload_id, amount in given.items() if amount > 0.0}


def _given(state: CampaignState, pflops: float, carried_gbps: float) -> dict[str, float]:
    """Compute by workload, each part given to the work that then earns most more and still comes down.

    Args:
        state: the campaign.
        pflops: all that is given.
        carried_gbps: what downlinks carry for each PFLOP/s.
    """
    part = pflops / STEPS
    given = dict.fromkeys(_fit_workloads(state), 0.0)
    each_gbps = {one: market.gbps_per_pflops(state.catalogue.workloads[one]) for one in given}
    gains = {one: _gain_usd_per_day(state, one, 0.0, part, state.day) for one in given}
    least, left_gbps = min(each_gbps.values()), pflops * carried_gbps
    for step in range(STEPS):
        spare_gbps = left_gbps - (STEPS - 1 - step) * part * least
        fit = [one for one in given if each_gbps[one] <= least or part * each_gbps[one] <= spare_gbps]
        best = max(fit, key=gains.__getitem__)
        given[best] += part
        gains[best] = _gain_usd_per_day(state, best, given[best], part, state.day)
        left_gbps -= part * each_gbps[best]
    return given


def _carried_gbps_per_pflops(state: CampaignState) -> float:
    """What downlinks carry for each PFLOP/s, of the living design that has least of it."""
    living = state.fleet.column(Field.ALIVE_COUNT) > 0.0
    flying = np.unique(state.names.design[living]).tolist()
    designs = tuple(state.designs.values())
    return min((_carried_by(state, designs[number]) for number in flying), default=math.inf)


def _carried_by(state: CampaignState, design: Design) -> float:
    return downlink_gbps(state.catalogue, design) / known_budget(design, state.catalogue).peak_pflops


def _fit_workloads(state: CampaignState) -> list[str]:
    """Work that a fleet of rings can do: nothing in lockstep, nothing that floods the way down."""
    return [
        workload_id
        for workload_id, workload in state.catalogue.workloads.items()
        if workload.tolerates_interruption and workload.bits_per_flop.nominal <= MOST_BITS_PER_FLOP
    ]


def _gain_usd_per_day(state: CampaignState, workload_id: str, have: float, more: float, day: float) -> float:
    return _sales_usd_per_day(state, workload_id, have + more, day) - _sales_usd_per_day(
        state, workload_id, have, day
    )


def _sales_usd_per_day(state: CampaignState, workload_id: str, pflops: float, day: float) -> float:
    """What so much of a workload sells for on a day, own supply in the price or bounded by demand."""
    if not in_force(state):
        pflops = min(pflops, market.demand_pflops(state, state.catalogue.workloads[workload_id], day))
    return pflops * spot_usd_per_pflop_day(state, workload_id, day, pflops) if pflops > 0.0 else 0.0


def life_earnings_usd(state: CampaignState, design: Design) -> float:
    """What one more satellite brings in over its life, operations paid, at the prices foreseen.

    The fleet is taken as it will be once all that is booked has flown; one more lowers the price for all.
    """
    craft = known_budget(design, state.catalogue)
    pflops = AT_WORK * craft.peak_pflops * min(craft.power_level, craft.thermal_level)
    carried_gbps = _carried_by(state, design)
    given = _given(state, max(fleet_pflops(state) + booked_pflops(state), pflops), carried_gbps)
    shares = {
        one: min(1.0, carried_gbps / market.gbps_per_pflops(state.catalogue.workloads[one])) for one in given
    }
    economy = state.catalogue.economy
    yearly_usd = (
        craft.build_usd * economy.operations_per_year.nominal + economy.ground_cost_usd_per_year.nominal
    )
    earned = 0.0
    for year in range(max(1, round(design.life_years))):
        day = state.day + (year + 0.5) * JULIAN_YEAR_DAYS
        best = max(
            shares[one] * _gain_usd_per_day(state, one, have, pflops, day) for one, have in given.items()
        )
        earned += KEPT_PER_YEAR ** (year + 0.5) * best * JULIAN_YEAR_DAYS - yearly_usd
    return earned
