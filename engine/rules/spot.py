"""The price of the day: the quote, what the ground makes of it, and what the fleet's own supply does."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from engine.events import day_of
from engine.formulas.books import market_price_usd_per_pflop_day
from engine.formulas.market import demand_price_usd_per_pflop_day, generation_worth
from engine.kernels.layout import Field
from engine.model.catalogue import Catalogue
from engine.model.same import Same
from engine.rules import market
from engine.rules.ground import ground_price_factor
from engine.rules.learning import in_force
from engine.rules.levers import lever
from engine.rules.others import rival_supply
from engine.state import CampaignState
from engine.units import JULIAN_YEAR_DAYS


def is_in_space(catalogue: Catalogue, workload_id: str) -> bool:
    """Whether only satellites can serve a workload, so that the ground does not set its price."""
    return workload_id in catalogue.outlook.in_space


def change_per_year(state: CampaignState, workload_id: str) -> float:
    """Yearly change of a workload's quote under the rules in force."""
    workload = state.catalogue.workloads[workload_id]
    if not (in_force(state) and is_in_space(state.catalogue, workload_id)):
        return market.price_change_per_year(state, workload)
    drift = market.quoted(state, workload).price_change_per_year.nominal
    drift -= workload.price_change_per_year.nominal
    change = state.catalogue.economy.in_space_change_per_year.nominal * lever(state, "price_fall")
    return max(-0.9, change + drift)


def quote_usd_per_pflop_day(state: CampaignState, workload_id: str, day: float) -> float:
    """Price on a day as long as supply is what the quote reckons with; the ground's answer included.

    Quotes of work that the ground does too are means over the years that chips serve; the newest chips begin
    above them.
    """
    workload = market.quoted(state, state.catalogue.workloads[workload_id])
    quoted_usd = market_price_usd_per_pflop_day(
        market.quoted_price_usd(state, workload),
        change_per_year(state, workload_id),
        market.years_since(market.quoted(state, workload), day),
    )
    if in_force(state) and not is_in_space(state.catalogue, workload_id):
        quoted_usd *= state.catalogue.economy.spot_premium.nominal
    return quoted_usd * ground_price_factor(state, workload_id)


def supplies_pflops(
    state: CampaignState, workload_id: str, day: float, own_pflops: float
) -> tuple[float, float]:
    """What is on offer of a workload and what its quote reckons with, in PFLOP/s.

    In orbit alone that is what satellites deliver. Elsewhere the fleet comes on top of what meets demand
    already; where the ground is a rival of its own, it answers for that, and nothing is counted twice.
    """
    wanted = market.demand_pflops(state, state.catalogue.workloads[workload_id], day)
    others = rival_supply(state).get(workload_id, 0.0)
    if is_in_space(state.catalogue, workload_id):
        return max(0.0, own_pflops + others), wanted
    if state.scenario.rules.ground:
        return wanted, wanted
    return max(0.0, wanted + own_pflops + others), wanted


def spot_usd_per_pflop_day(state: CampaignState, workload_id: str, day: float, own_pflops: float) -> float:
    """Price of a PFLOP-day of the newest chips on a day.

    Args:
        state: the campaign.
        workload_id: what is sold.
        day: counted from 2000-01-01.
        own_pflops: what the fleet delivers of it.
    """
    quoted_usd = quote_usd_per_pflop_day(state, workload_id, day)
    if not in_force(state):
        return quoted_usd
    economy = state.catalogue.economy
    supply, wanted = supplies_pflops(state, workload_id, day, own_pflops)
    return demand_price_usd_per_pflop_day(
        quoted_usd, supply, wanted, economy.price_exponent.nominal, economy.price_ceiling.nominal
    )


def earned_usd_per_day(state: CampaignState, workload_id: str, pflops: float) -> float:
    """What some compute would earn a day if it were all of the fleet's that does a workload."""
    workload = state.catalogue.workloads[workload_id]
    if not in_force(state):
        pflops = min(pflops, market.demand_pflops(state, workload, state.day))
    return pflops * spot_usd_per_pflop_day(state, workload_id, state.day, pflops)


# --- generations ---------------------------------------------------------------------------------


def worth(state: CampaignState, workload_id: str) -> float:
    """What the fleet's arithmetic for a workload is worth beside that of the newest chips, 0..1."""
    if not state.fleet.count:
        return 1.0
    slot = market.workload_ids(state.catalogue).index(workload_id)
    done = state.fleet.column(Field.MONTH_PFLOP_DAYS) * market.mixes(state)[slot]
    whole = float(done.sum())
    each = np.array([chip_worth(state, design.accelerator) for design in state.designs.values()])
    return float(np.sum(done * each[state.names.design])) / whole if whole > 0.0 else 1.0


def chip_worth(state: CampaignState, accelerator_id: str) -> float:
    """What a chip's arithmetic is worth beside that of the newest on sale; later ones count in full."""
    discount = state.catalogue.economy.generation_per_year.nominal
    return generation_worth(years_behind(state, accelerator_id), discount)


def years_behind(state: CampaignState, accelerator_id: str) -> float:
    """Years from a chip's first day on sale to that of the newest on sale today; 0 for later ones."""
    newest = _newest_day(Same(state.catalogue), state.day)
    own = day_of(state.catalogue.accelerators[accelerator_id].available_from)
    return max(0.0, (newest - own) / JULIAN_YEAR_DAYS)


@lru_cache(maxsize=256)
def _newest_day(same: Same[Catalogue], day: int) -> int:
    days = [day_of(chip.available_from) for chip in same.thing.accelerators.values()]
    return max((one for one in days if one <= day), default=min(days))
