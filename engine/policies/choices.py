"""What every policy weighs: which satellite, on which vehicle, at which price for a watt that works."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from engine.events import date_of, day_of
from engine.formulas.cost import capital_recovery_factor
from engine.model.design import LinkFit
from engine.model.orbit import SunSynchronous
from engine.model.report import LaunchOption
from engine.model.same import Same
from engine.orders import DefineDesign, Launch
from engine.rules import market
from engine.rules.budgets import known_budget
from engine.rules.launch_dates import earliest_day
from engine.rules.launch_fit import fit, inclination_deg, reaches
from engine.rules.launch_money import committed_cents
from engine.rules.launch_quote import LEAD_DAYS, launch_quote
from engine.rules.passage import LAST_DATE
from engine.state import CENTS, CampaignState, changed

if TYPE_CHECKING:
    from engine.model.budget import DesignBudget
    from engine.model.catalogue import Accelerator, Catalogue, Preset
    from engine.model.design import Design

HIGHEST_KM = 2000.0
COST_OF_CAPITAL = 0.12
"""Between the 15 % that backers of a first fleet ask and the 10 % of data centres on the ground."""

FILLED = 0.95
"""Chips that take the place of others use at least this share of the power that was there for those."""

MOST_DOWNLINKS = 4
"""A satellite has room for so many times the downlinks of the ready-made one."""

TFLOPS_PER_PFLOP = 1000.0


@dataclass(frozen=True, slots=True)
class Plan:
    """A satellite on a vehicle.

    Attributes:
        option: the launch of one full vehicle on its earliest date.
        satellite_usd: a satellite at work in orbit, flights that fail included.
        usd_per_w_year: the same, over the watts of compute it keeps up and its life, by capital recovery.
        watts: what it keeps up, mean over the orbit.
    """

    design: Design
    option: LaunchOption
    satellite_usd: float
    usd_per_w_year: float
    watts: float


def orbit_for(state: CampaignState, design_id: str) -> SunSynchronous:
    """The terminator orbit at the height a ready-made design was drawn for, whatever chips it now carries."""
    preset = preset_of(state.catalogue, design_id)
    return SunSynchronous(altitude_km=float(preset.suggested_altitude_km))


def preset_of(catalogue: Catalogue, design_id: str) -> Preset:
    """The ready-made design that another is made of, by its id: `ai1-class` of `ai1-class-rack-2031`."""
    known = [one for one in catalogue.presets if design_id == one or design_id.startswith(f"{one}-")]
    return catalogue.presets[max(known, key=len)]


def buildable(state: CampaignState) -> Iterator[Design]:
    """Ready-made designs whose chips are on sale."""
    for preset in state.catalogue.presets.values():
        if _on_sale(state, state.catalogue.accelerators[preset.design.accelerator]):
            yield preset.design


def _on_sale(state: CampaignState, chip: Accelerator) -> bool:
    return state.scenario.rules.unlock_all or day_of(chip.available_from) <= state.day


def refitted(state: CampaignState, design: Design) -> Design:
    """A ready-made design with the chips on sale that do most with its power; itself if none do more.

    Arrays and radiators stay, so that chips are taken only if they use nearly all of that power. Downlinks
    are multiplied, up to a bound, so that answers in words still come down.
    """
    chips = state.catalogue.accelerators
    power_w = design.accelerator_count * chips[design.accelerator].power_w.nominal
    best, most = design, design.accelerator_count * chips[design.accelerator].peak_bf16_tflops.nominal
    for chip_id, chip in chips.items():
        count = int(power_w // chip.power_w.nominal)
        if not _on_sale(state, chip) or count * chip.power_w.nominal < FILLED * power_w:
            continue
        if count * chip.peak_bf16_tflops.nominal > most:
            most = count * chip.peak_bf16_tflops.nominal
            news = {
                "id": f"{design.id}-{chip_id}",
                "name": f"{design.name}, {chip.name}",
                "accelerator": chip_id,
                "accelerator_count": count,
                "links": _links_for(state, design, most / TFLOPS_PER_PFLOP),
            }
            best = design.model_copy(update=news)
    return best


def _links_for(state: CampaignState, design: Design, pflops: float) -> tuple[LinkFit, ...]:
    """The terminals of a design, with as many downlinks as answers in words of so much compute need."""
    needed_gbps = pflops * market.default_gbps_per_pflops(state.catalogue)
    times = min(MOST_DOWNLINKS, math.ceil(needed_gbps / downlink_gbps(state.catalogue, design)))
    return tuple(
        LinkFit(link=fit.link, count=max(1, times) * fit.count)
        if state.catalogue.links[fit.link].kind == "optical-downlink"
        else fit
        for fit in design.links
    )


def downlink_gbps(catalogue: Catalogue, design: Design) -> float:
    """Mean rate to the ground of a satellite, by the contact that is quoted for its terminals."""
    fitted = ((catalogue.links[fit.link], fit.count) for fit in design.links)
    return sum(
        count * link.rate_gbps.nominal * link.contact_fraction.nominal
        for link, count in fitted
        if link.kind != "optical-crosslink"
    )


def plans(state: CampaignState, design: Design) -> tuple[Plan, ...]:
    """The best way to launch a design with each vehicle, of those that the rules allow but for money."""
    return _plans(Same(state), Same(design))


# A look asks for the design it has settled on several times; more than one state is not worth its memory.
@lru_cache(maxsize=1)
def _plans(at: Same[CampaignState], of: Same[Design]) -> tuple[Plan, ...]:
    state, design = at.thing, of.thing
    rich = changed(state, designs={**state.designs, design.id: design}, cash_cents=10**17)
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
        found.append(Plan(design, LaunchOption(order, quote), each_usd, yearly_usd / watts, watts))
    return tuple(found)


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
