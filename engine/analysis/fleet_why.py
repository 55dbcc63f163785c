"""The figures of a whole campaign: fleet, market, promises, money."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from engine import insight
from engine.analysis.batch_why import batch_figures
from engine.analysis.cost_why import cost_figures
from engine.analysis.economy_why import economy_figures, price_figures
from engine.analysis.flow_why import flow_figures
from engine.analysis.money_why import money_figures
from engine.analysis.promise_why import promise_figures
from engine.analysis.why import Figure, counted, given, worked
from engine.kernels.layout import Field
from engine.reports import totals
from engine.rules.market import (
    demand_pflops,
    price_change_per_year,
    price_usd_per_pflop_day,
    quoted_demand_pflops,
    quoted_price_usd,
    workload_ids,
    years_since,
)

if TYPE_CHECKING:
    from engine.state import CampaignState

__all__ = ["campaign_figures", "figures"]

_WHOLE = "sum over the fleet, last day"
_SINCE = "since the first day in service"


def figures(state: CampaignState, batch_index: int | None = None) -> tuple[Figure, ...]:
    """Every figure that can be asked why: of one batch and the campaign, or of the campaign alone.

    Args:
        state: the campaign.
        batch_index: row of a batch in the fleet, or None.

    Returns:
        The batch's figures first; ids are unique.
    """
    own = batch_figures(state, batch_index) if batch_index is not None else ()
    return (*own, *campaign_figures(state))


def campaign_figures(state: CampaignState) -> tuple[Figure, ...]:
    """The figures of the whole campaign."""
    fleet = [one.about("Fleet") for one in _fleet(state)] if state.fleet.count else []
    money = [one.about("Money") for one in money_figures(state)] if state.scenario.rules.money else []
    money += [one.about("Money") for one in economy_figures(state)]
    cost = [one.about("Against the ground") for one in cost_figures(state)]
    market = [one.about("Market") for one in (*_ground(state), *_market(state), *price_figures(state))]
    kept = [one.about("Promises") for one in promise_figures(state)]
    return (*fleet, *kept, *money, *cost, *market)


def _fleet(state: CampaignState) -> Iterator[Figure]:
    balance = insight.balance(state)
    satellites = f"{balance.satellites:,} satellites at work, powers added up."
    yield counted(
        "fleet-satellites",
        "Satellites in orbit",
        "1",
        float(state.fleet.column(Field.ALIVE_COUNT).sum()),
        "All that are alive, whether they work or not.",
    )
    yield counted("fleet-array", "Fleet array power", "W", balance.array_w, satellites)
    yield counted("fleet-load", "Fleet load", "W", balance.power.value, satellites)
    delivered, installed = balance.compute.value, balance.compute.limit
    yield counted("fleet-delivered", "Fleet compute", "PFLOP/s", delivered, satellites)
    yield worked(
        "fleet-level",
        "Fleet level",
        "share_of",
        part=given(delivered, _WHOLE, "fleet-delivered"),
        whole=given(installed, "healthy or not, in living satellites"),
    )
    yield worked(
        "fleet-link",
        "Downlink in use",
        "share_of",
        part=given(balance.link.value, "Gbit/s, sum over the fleet"),
        whole=given(balance.link.limit, "Gbit/s that all terminals carry"),
    )
    yield from flow_figures(state)
    yield from _promises(state)


def _promises(state: CampaignState) -> Iterator[Figure]:
    kept = insight.promises(state)
    column = state.fleet.column
    launched, served = column(Field.LAUNCHED_COUNT), column(Field.SERVICE_DAYS) * 86_400.0
    lit_s, served_s = float((column(Field.TOTAL_LIT_S) * launched).sum()), float((served * launched).sum())
    if served_s > 0.0:
        yield worked(
            "promise-lit",
            "Always sunny",
            "share_of",
            kept.lit_fraction,
            part=given(lit_s, f"satellite-seconds in sunlight {_SINCE}"),
            whole=given(served_s, f"satellite-seconds {_SINCE}"),
        )
    delivered = float(column(Field.TOTAL_PFLOP_DAYS).sum())
    could = float((column(Field.PEAK_PFLOPS) * launched * column(Field.SERVICE_DAYS)).sum())
    yield worked(
        "promise-level",
        "Always at work",
        "share_of",
        kept.level,
        part=given(delivered, f"PFLOP-days delivered {_SINCE}"),
        whole=given(could, "PFLOP-days of all that was launched, at full level"),
    )
    yield counted(
        "promise-grid",
        "Grid relief",
        "kWh",
        kept.grid_kwh,
        "Energy used in orbit since the first day, added up day by day.",
    )
    yield worked(
        "promise-gigawatt",
        "A gigawatt",
        "share_of",
        kept.gigawatt_share,
        part=given(kept.it_power_w, "W into accelerators, whole fleet, last day"),
        whole=given(insight.GIGAWATT_W, "one gigawatt, W"),
    )
    if kept.usd_per_pflop_day is not None:
        yield worked(
            "usd-per-pflop-day",
            "Cost of a PFLOP-day",
            "spent_per_pflop_day",
            kept.usd_per_pflop_day,
            note="Everything booked against everything delivered, nothing discounted: satellites that have "
            "just been launched make it dear.",
            spent_usd=given(totals(state)["spent_usd"], "all debits of the ledger"),
            pflop_days=given(delivered, f"delivered {_SINCE}"),
        )


def _ground(state: CampaignState) -> Iterator[Figure]:
    """What the ground's supply and the player's make of prices; nothing under rules without it."""
    if not state.ground.built_gw:
        return
    ground, outlook = state.ground, state.catalogue.outlook
    yield worked(
        "price-scarcity",
        "Scarcity of compute",
        "scarcity_price",
        ground.price_factor,
        note="A factor on the price of all that the ground can compute too, as of the last quarter.",
        wanted_gw=given(ground.wanted_gw, "demand that may run anywhere, in power on the ground"),
        supplied_gw=given(
            sum(ground.built_gw.values()) + ground.orbit_gw, f"of it {ground.orbit_gw:.3g} GW from orbit"
        ),
        price_exponent=given(outlook.price_exponent.nominal, "catalogue"),
        least=given(outlook.price_least.nominal, "catalogue"),
        most=given(outlook.price_most.nominal, "catalogue"),
    )


def _market(state: CampaignState) -> Iterator[Figure]:
    """What customers pay and want today, by workload; those that the fleet computes come first."""
    names = workload_ids(state.catalogue)
    held = {
        name: float(state.fleet.column(Field(Field.MIX_0 + slot)).sum()) if state.fleet.count else 0.0
        for slot, name in enumerate(names)
    }
    for name in sorted(names, key=lambda one: -held[one]):
        workload = state.catalogue.workloads[name]
        years = given(years_since(workload, state.day), f"from {workload.reference_date} to today")
        yield worked(
            f"price-{name}",
            f"Price, {name.replace('-', ' ')}",
            "market_price",
            price_usd_per_pflop_day(state, workload, state.day),
            price_usd_per_pflop_day=given(
                quoted_price_usd(state, workload), f"quote of {workload.reference_date}, catalogue"
            ),
            change_per_year=given(price_change_per_year(state, workload), "catalogue and difficulty"),
            years=years,
        )
        yield worked(
            f"demand-{name}",
            f"Demand, {name.replace('-', ' ')}",
            "market_demand",
            demand_pflops(state, workload, state.day),
            demand_pflops=given(
                quoted_demand_pflops(state, workload), f"{workload.reference_date}, catalogue and difficulty"
            ),
            change_per_year=given(workload.demand_growth_per_year.nominal, "catalogue"),
            years=years,
        )
