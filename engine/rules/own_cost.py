"""What a watt of computing has cost a campaign: its own money, masses, losses and hours of work."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.events import date_of, day_of
from engine.formulas.levelised import straight_path
from engine.kernels.layout import Field, Status
from engine.model.budget import DesignBudget
from engine.model.design import Design
from engine.rules.budgets import budget_of
from engine.rules.costing import GroundCost, OrbitCost, chip_w_per_pflops
from engine.rules.debt import rate_per_year
from engine.rules.milestones import it_power_w
from engine.state import CENTS, CampaignState, LedgerKind
from engine.units import JULIAN_YEAR_DAYS

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]

LEAST_DAYS = 30.0
"""Time in service before the share of it at work says anything."""

_CAPITAL = frozenset({LedgerKind.BUILD, LedgerKind.INSURANCE, LedgerKind.PAYOUT})
_RUNNING = frozenset(
    {
        LedgerKind.OPERATIONS,
        LedgerKind.GROUND_SITES,
        LedgerKind.SPECTRUM,
        LedgerKind.DISPOSAL,
        LedgerKind.DERELICTS,
    }
)
_POWER_PARTS = frozenset({"array", "battery"})
_YEAR = 1.0


@dataclass(frozen=True, slots=True)
class _Sums:
    """What some batches are made of, all that was launched of them.

    Attributes:
        it_w: power into compute at full level.
        build_usd: at the prices of the catalogue; `chips_usd` and `power_usd` of it.
        wet_kg: `chips_kg` and `power_kg` of it.
        life_years: mean of the designs by power.
    """

    it_w: float
    build_usd: float
    chips_usd: float
    power_usd: float
    wet_kg: float
    chips_kg: float
    power_kg: float
    life_years: float


def own_cost(state: CampaignState, rows: Rows | None = None) -> OrbitCost | None:
    """What a watt of computing costs with the campaign's own satellites, everything included.

    Capital is what the ledger says was paid for the flights of these batches, engineering in proportion; a
    campaign without money takes the catalogue's prices. Losses are those seen once a satellite-year has
    passed, before that the outlook's.

    Args:
        state: the campaign.
        rows: batches to look at; all in service or launched within a life if left out.

    Returns:
        Inputs and cost; None before these batches have been at work for a month.
    """
    rows = _counted_rows(state) if rows is None else rows
    level, years = _level(state, rows), _service_years(state, rows)
    if not len(rows) or level <= 0.0 or years * JULIAN_YEAR_DAYS < LEAST_DAYS:
        return None
    sums = _sums(state, rows)
    launch_usd, capital_usd = _paid_usd(state, rows, sums)
    satellite_usd = max(capital_usd - sums.chips_usd, 0.0)
    bare_kg = max(sums.wet_kg - sums.chips_kg, 1e-9)
    bare_usd = max(sums.build_usd - sums.chips_usd, 1e-9)
    satellite_usd_per_w = max(satellite_usd / sums.it_w, 1e-6)
    return OrbitCost(
        satellite_usd_per_w=satellite_usd_per_w,
        mass_kg_kw=1000.0 * bare_kg / sums.it_w,
        launch_usd_per_kg=launch_usd / sums.wet_kg,
        satellite_years=sums.life_years,
        chip_usd_per_w=min(sums.chips_usd, capital_usd) / sums.it_w,
        chip_mass_kg_kw=1000.0 * sums.chips_kg / sums.it_w,
        chip_years=sums.life_years,
        rate=capital_rate(state),
        failure_rate_per_year=_failures_per_year(state, rows),
        upkeep_per_year=_running_usd_per_w_year(state, sums) / satellite_usd_per_w,
        level=min(level, 1.0),
        power_cost_share=min(sums.power_usd / bare_usd, 1.0),
        power_mass_share=min(sums.power_kg / bare_kg, 1.0),
    )


def own_w_per_pflops(state: CampaignState) -> float:
    """Power of a PFLOP/s in the fleet's chips, at full level; of the ground's newest without a fleet."""
    column = state.fleet.column
    pflops = float((column(Field.PEAK_PFLOPS) * column(Field.LAUNCHED_COUNT)).sum())
    watts = float((column(Field.IT_POWER_W) * column(Field.LAUNCHED_COUNT)).sum())
    return watts / pflops if pflops > 0.0 else chip_w_per_pflops(state.catalogue, state.day)


def launch_years(state: CampaignState) -> dict[int, Rows]:
    """Batches by the calendar year they were launched in."""
    days = state.fleet.column(Field.LAUNCH_DAY)
    years = [date_of(int(day)).year for day in days]
    return {year: np.flatnonzero(np.array(years) == year) for year in sorted(set(years))}


def against_ground(state: CampaignState, benchmark: int = 1) -> float:
    """The campaign's own cost over that of a benchmark region, chips included; not a number before any."""
    own = own_cost(state)
    if own is None:
        return math.nan
    outlook = state.catalogue.outlook
    name = outlook.benchmarks[min(benchmark, len(outlook.benchmarks) - 1)]
    return own.usd_per_w_year / GroundCost.of(state.catalogue, state.catalogue.regions[name]).usd_per_w_year


def capital_rate(state: CampaignState) -> float:
    """What capital asks of the campaign today: less, the more power has been at work."""
    if state.scenario.rules.economy:
        return rate_per_year(state)
    terms = state.scenario.wacc
    return straight_path(terms.first, terms.proven, terms.proven_power_w, it_power_w(state))


def outlook_years(state: CampaignState, day: float | None = None) -> float:
    """Julian years from the outlook's reference date to a day, or to today."""
    reference = day_of(state.catalogue.outlook.reference_date)
    return ((state.day if day is None else day) - reference) / JULIAN_YEAR_DAYS


# --- parts -------------------------------------------------------------------------------------------


def _counted_rows(state: CampaignState) -> Rows:
    """Batches in service that were launched within the life of their design."""
    column = state.fleet.column
    lives = np.array([design.life_years for design in state.designs.values()])
    if not state.fleet.count:
        return np.empty(0, np.intp)
    young = state.day - column(Field.LAUNCH_DAY) <= JULIAN_YEAR_DAYS * lives[state.names.design]
    return np.flatnonzero(young & (column(Field.STATUS) == Status.SERVICE))


def _mean_alive(state: CampaignState, rows: Rows) -> Floats:
    return 0.5 * (state.fleet.column(Field.LAUNCHED_COUNT) + state.fleet.column(Field.ALIVE_COUNT))[rows]


def _service_years(state: CampaignState, rows: Rows) -> float:
    """Longest time one of the batches has been in service."""
    return float(np.max(state.fleet.column(Field.SERVICE_DAYS)[rows], initial=0.0)) / JULIAN_YEAR_DAYS


def _level(state: CampaignState, rows: Rows) -> float:
    """Compute delivered over that of all living satellites at full level, while in service."""
    column = state.fleet.column
    could = column(Field.PEAK_PFLOPS)[rows] * _mean_alive(state, rows) * column(Field.SERVICE_DAYS)[rows]
    whole = float(could.sum())
    return float(column(Field.TOTAL_PFLOP_DAYS)[rows].sum()) / whole if whole > 0.0 else 0.0


def _failures_per_year(state: CampaignState, rows: Rows) -> float:
    """Losses seen, as a constant rate; the outlook's until a satellite-year has passed."""
    column = state.fleet.column
    years = float((_mean_alive(state, rows) * column(Field.SERVICE_DAYS)[rows]).sum()) / JULIAN_YEAR_DAYS
    if years < _YEAR:
        return OrbitCost.foreseen(state.catalogue, max(0.0, outlook_years(state))).failure_rate_per_year
    lost = float((column(Field.LAUNCHED_COUNT) - column(Field.ALIVE_COUNT))[rows].sum())
    return lost / years


def _sums(state: CampaignState, rows: Rows) -> _Sums:
    launched = state.fleet.column(Field.LAUNCHED_COUNT)[rows]
    counts = np.bincount(state.names.design[rows], weights=launched, minlength=len(state.designs))
    total = np.zeros(8)
    for design, count in zip(state.designs.values(), counts.tolist(), strict=True):
        if count:
            total += count * np.array(_of_one(state, design, budget_of(state, design.id)))
    it_w, build_usd, chips_usd, power_usd, wet_kg, chips_kg, power_kg, watt_years = total.tolist()
    life_years = watt_years / it_w
    return _Sums(it_w, build_usd, chips_usd, power_usd, wet_kg, chips_kg, power_kg, life_years)


def _of_one(state: CampaignState, design: Design, budget: DesignBudget) -> tuple[float, ...]:
    """The fields of `_Sums` for one satellite, its life weighted by power."""
    accelerator = state.catalogue.accelerators[design.accelerator]
    return (
        budget.it_power_w,
        budget.build_usd,
        design.accelerator_count * accelerator.price_usd.nominal,
        sum(line.value for line in budget.cost_lines_usd if line.part in _POWER_PARTS),
        budget.wet_mass_kg,
        design.accelerator_count * accelerator.mass_kg.nominal,
        sum(line.value for line in budget.mass_lines_kg if line.part in _POWER_PARTS),
        budget.it_power_w * design.life_years,
    )


def _paid_usd(state: CampaignState, rows: Rows, sums: _Sums) -> tuple[float, float]:
    """What was paid for launch, and for the satellites with engineering and cover."""
    if not state.scenario.rules.money:
        foreseen = OrbitCost.foreseen(state.catalogue, max(0.0, outlook_years(state)))
        return foreseen.launch_usd_per_kg * sums.wet_kg, sums.build_usd
    orders, counts = _launched_by_order(state, np.arange(state.fleet.count))
    picked, own = _launched_by_order(state, rows)
    shares = dict.fromkeys((f"L{one}" for one in orders), 0.0)
    for order, count in zip(picked, own, strict=True):
        shares[f"L{order}"] = count / counts[orders.index(order)]
    whole = float((state.fleet.column(Field.IT_POWER_W) * state.fleet.column(Field.LAUNCHED_COUNT)).sum())
    return _ledger_usd(state, shares, min(sums.it_w / whole, 1.0))


def _launched_by_order(state: CampaignState, rows: Rows) -> tuple[list[int], list[float]]:
    """Numbers of launch orders, and the satellites that they put into orbit."""
    orders, places = np.unique(state.names.launch[rows], return_inverse=True)
    counts = np.bincount(places, weights=state.fleet.column(Field.LAUNCHED_COUNT)[rows])
    return orders.tolist(), np.maximum(counts, 1.0).tolist()


def _ledger_usd(state: CampaignState, shares: Mapping[str, float], others: float) -> tuple[float, float]:
    """Money for launch and for other capital.

    Args:
        state: the campaign.
        shares: what part of a launch order is meant.
        others: what part is meant of engineering, and of orders of which nothing reached orbit.
    """
    launch_cents, capital_cents = 0.0, 0.0
    for line in state.ledger:
        if line.kind is LedgerKind.LAUNCH:
            launch_cents -= shares.get(line.subject, others) * line.amount_cents
        elif line.kind is LedgerKind.ENGINEERING:
            capital_cents -= others * line.amount_cents
        elif line.kind in _CAPITAL:
            capital_cents -= shares.get(line.subject, others) * line.amount_cents
    return launch_cents / CENTS, capital_cents / CENTS


def _running_usd_per_w_year(state: CampaignState, sums: _Sums) -> float:
    """What the last month cost without interest, over the power of all that live; else by the catalogue."""
    column = state.fleet.column
    alive_w = float((column(Field.IT_POWER_W) * column(Field.ALIVE_COUNT)).sum())
    running_cents = 0
    for line in reversed(state.ledger):
        if line.day < state.books_day:
            break
        running_cents -= line.amount_cents if line.kind in _RUNNING and line.day == state.books_day else 0
    if running_cents and alive_w > 0.0:
        return 12.0 * running_cents / CENTS / alive_w
    return state.catalogue.economy.operations_per_year.nominal * sums.build_usd / sums.it_w
