"""What every policy weighs: which satellite, on which vehicle, at which price for a watt that works."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from engine.events import day_of
from engine.formulas.cost import capital_recovery_factor
from engine.model.orbit import SunSynchronous
from engine.orders import DefineDesign
from engine.rules.budgets import known_budget
from engine.rules.launch_money import committed_cents
from engine.rules.launch_quote import launch_options
from engine.rules.passage import LAST_DATE
from engine.state import CENTS, CampaignState

if TYPE_CHECKING:
    from engine.model.design import Design
    from engine.model.report import LaunchOption

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


def plans(state: CampaignState, design: Design) -> Iterator[Plan]:
    """Every way to launch a design that the rules allow but for money, dearest parts included."""
    rich = replace(state, designs={**state.designs, design.id: design}, cash_cents=10**17)
    craft = known_budget(design, state.catalogue)
    for option in launch_options(rich, design.id, orbit_for(state, design.id)):
        quote = option.quote
        if not quote.go:
            continue
        level = min(craft.power_level, craft.thermal_level)
        shade = quote.lit_fraction if design.load_policy == "follow-the-sun" else 1.0
        watts = craft.it_power_w * level * shade
        flight_usd = (quote.launch_usd + quote.build_usd) / quote.success_odds
        each_usd = flight_usd / option.order.count
        yearly = each_usd * capital_recovery_factor(COST_OF_CAPITAL, design.life_years)
        yield Plan(design, option, each_usd, yearly / watts)


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
