"""What every policy weighs: which satellite, on which vehicle, at which price for a watt that works."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from engine.events import date_of, day_of
from engine.formulas.cost import capital_recovery_factor
from engine.model.orbit import SunSynchronous
from engine.model.report import LaunchOption
from engine.orders import DefineDesign, Launch
from engine.rules.budgets import known_budget
from engine.rules.launch_dates import earliest_day
from engine.rules.launch_fit import fit, inclination_deg, reaches
from engine.rules.launch_money import committed_cents
from engine.rules.launch_quote import LEAD_DAYS, launch_quote
from engine.rules.passage import LAST_DATE
from engine.state import CENTS, CampaignState

if TYPE_CHECKING:
    from engine.model.budget import DesignBudget
    from engine.model.design import Design

HIGHEST_KM = 2000.0
COST_OF_CAPITAL = 0.12
"""Between the 15 % that backers of a first fleet ask and the 10 % of data centres on the ground."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A satellite on a vehicle.

    Attributes:
        option: the launch of one full vehicle on its earliest date.
        satellite_usd: a satellite at work in orbit, flights that fail included.
        usd_per_w_year: the same, over the watts of compute it keeps up and its life, by capital recovery.
    """

    design: Design
    option: LaunchOption
    satellite_usd: float
    usd_per_w_year: float


def orbit_for(state: CampaignState, preset_id: str) -> SunSynchronous:
    """The terminator orbit at the height a ready-made design was drawn for."""
    return SunSynchronous(altitude_km=float(state.catalogue.presets[preset_id].suggested_altitude_km))


def buildable(state: CampaignState) -> Iterator[Design]:
    """Ready-made designs whose chips are on sale."""
    for preset in state.catalogue.presets.values():
        part = state.catalogue.accelerators[preset.design.accelerator]
        if state.scenario.rules.unlock_all or day_of(part.available_from) <= state.day:
            yield preset.design


def plans(state: CampaignState, design: Design) -> list[Plan]:
    """The best way to launch a design with each vehicle, of those that the rules allow but for money."""
    rich = replace(state, designs={**state.designs, design.id: design}, cash_cents=10**17)
    craft = known_budget(design, state.catalogue)
    found = []
    for order in _ways(rich, craft, design):
        quote = launch_quote(rich, order)
        if not quote.go:
            continue
        level = min(craft.power_level, craft.thermal_level)
        shade = quote.lit_fraction if design.load_policy == "follow-the-sun" else 1.0
        watts = craft.it_power_w * level * shade
        flight_usd = (quote.launch_usd + quote.build_usd) / quote.success_odds
        each_usd = flight_usd / order.count
        yearly_usd = each_usd * capital_recovery_factor(COST_OF_CAPITAL, design.life_years)
        found.append(Plan(design, LaunchOption(order, quote), each_usd, yearly_usd / watts))
    return found


def _ways(state: CampaignState, craft: DesignBudget, design: Design) -> Iterator[Launch]:
    """A full load on each vehicle, from the site in reach that it can leave soonest."""
    orbit = orbit_for(state, design.id)
    sites, tilt_deg = state.catalogue.launch_sites, inclination_deg(orbit)
    for vehicle in state.catalogue.vehicles.values():
        count = fit(vehicle, craft.wet_mass_kg, craft.stowed_volume_m3, orbit).count
        reachable = [site for site in vehicle.sites if site in sites and reaches(sites[site], tilt_deg)]
        if count < 1 or not reachable:
            continue
        day, site = min(
            (earliest_day(state, vehicle.id, one, state.day + LEAD_DAYS), one) for one in reachable
        )
        yield Launch(
            design=design.id, count=count, vehicle=vehicle.id, site=site, orbit=orbit, date=date_of(day)
        )


def free_usd(state: CampaignState) -> float:
    """Cash that no booked flight needs."""
    if not state.scenario.rules.money:
        return math.inf
    return (state.cash_cents - committed_cents(state, day_of(LAST_DATE))) / CENTS


def affordable_count(option: LaunchOption, usd: float) -> int:
    """How many satellites of a flight an amount pays for; 0 if not one."""
    quote, most = option.quote, option.order.count
    each_usd = quote.build_usd / most
    if not math.isfinite(usd) or each_usd <= 0.0:
        return most if usd >= quote.launch_usd else 0
    return max(0, min(most, math.floor((usd - quote.launch_usd) / each_usd)))


def frozen(design: Design) -> DefineDesign:
    """The order that freezes a design."""
    return DefineDesign(design=design)
