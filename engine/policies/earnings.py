"""What work brings in: the mix that earns most with a fleet, and what one more satellite earns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from engine.kernels.layout import Field
from engine.rules import market
from engine.rules.budgets import known_budget
from engine.units import JULIAN_YEAR_DAYS

if TYPE_CHECKING:
    from engine.model.design import Design
    from engine.state import CampaignState

AT_WORK = 0.9
"""Share of the peak that is delivered and in time: shade, wear, stops and late answers take the rest."""

SHARES = 20
"""Steps that the share of one workload is tried in."""


def fleet_pflops(state: CampaignState) -> float:
    """Peak of all satellites that live or are booked to fly within the month."""
    return float(np.sum(state.fleet.column(Field.PEAK_PFLOPS) * state.fleet.column(Field.ALIVE_COUNT)))


def best_mix(state: CampaignState) -> dict[str, float]:
    """Shares of work that bring the fleet most money at today's prices: dear work until it is sold out."""
    pflops = AT_WORK * fleet_pflops(state)
    left, mix = 1.0, {}
    for workload_id in sorted(_fit_workloads(state), key=lambda one: -_price(state, one)):
        wanted = market.demand_pflops(state, state.catalogue.workloads[workload_id], state.day)
        share = min(left, wanted / pflops) if pflops > 0.0 else left
        share = round(share * SHARES) / SHARES if share < left else left
        if share > 0.0:
            mix[workload_id] = share
            left = round(left - share, 9)
        if left <= 0.0:
            break
    return mix


def _fit_workloads(state: CampaignState) -> list[str]:
    """Work that a fleet of rings can do: nothing in lockstep, nothing that floods the way down."""
    return [
        workload_id
        for workload_id, workload in state.catalogue.workloads.items()
        if workload.tolerates_interruption and workload.bits_per_flop.nominal <= _MOST_BITS
    ]


_MOST_BITS = 1e-7


def _price(state: CampaignState, workload_id: str) -> float:
    return market.price_usd_per_pflop_day(state, state.catalogue.workloads[workload_id], state.day)


def life_earnings_usd(state: CampaignState, design: Design) -> float:
    """What one more satellite brings in over its life, operations paid, at the prices foreseen."""
    craft = known_budget(design, state.catalogue)
    pflops = AT_WORK * craft.peak_pflops * min(craft.power_level, craft.thermal_level)
    economy = state.catalogue.economy
    yearly_usd = (
        craft.build_usd * economy.operations_per_year.nominal + economy.ground_cost_usd_per_year.nominal
    )
    earned, fleet = 0.0, AT_WORK * fleet_pflops(state)
    for year in range(max(1, round(design.life_years))):
        middle = state.day + (year + 0.5) * JULIAN_YEAR_DAYS
        earned += pflops * JULIAN_YEAR_DAYS * _marginal_price(state, fleet, middle) - yearly_usd
    return earned


def _marginal_price(state: CampaignState, fleet: float, day: float) -> float:
    """Best price on a day of work that the fleet as it is leaves undone."""
    best = 0.0
    for workload_id in _fit_workloads(state):
        workload = state.catalogue.workloads[workload_id]
        if market.demand_pflops(state, workload, day) > fleet:
            best = max(best, market.price_usd_per_pflop_day(state, workload, day))
    return best
