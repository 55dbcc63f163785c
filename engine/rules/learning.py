"""Prices that fall as more is made: launches with what is lifted, satellites with those of their line."""

from __future__ import annotations

from functools import lru_cache

from engine.events import day_of
from engine.formulas.cost import industry_lifted_t, learning_factor
from engine.model.budget import DesignBudget
from engine.model.catalogue import Catalogue, Economy
from engine.model.design import Design
from engine.model.same import Same
from engine.rules.budgets import budget_of, known_budget
from engine.rules.levers import lever
from engine.rules.others import rival_lifted_t
from engine.state import CampaignState
from engine.units import JULIAN_YEAR_DAYS


def in_force(state: CampaignState) -> bool:
    """Whether the rules of the economy apply to a campaign."""
    return state.scenario.rules.money and state.scenario.rules.economy


def years_since(economy: Economy, day: float) -> float:
    """Julian years from the date of the economy's figures to a day."""
    return (day - day_of(economy.reference_date)) / JULIAN_YEAR_DAYS


def industry_t(economy: Economy, day: float, extra_t: float = 0.0) -> float:
    """All that the industry has lifted by a day, in tonnes.

    Args:
        economy: of the catalogue.
        day: counted from 2000-01-01.
        extra_t: what a campaign and its rivals have lifted besides.
    """
    base_t = industry_lifted_t(
        economy.industry_t.nominal,
        economy.industry_year_t.nominal,
        economy.industry_growth_per_year.nominal,
        years_since(economy, day),
    )
    return base_t + extra_t


def launch_factor(economy: Economy, day: float, extra_t: float = 0.0) -> float:
    """What is left of quoted launch prices on a day; 1 until reuse is routine."""
    gate_t = economy.reuse_gate_t.nominal
    beyond_t = max(0.0, industry_t(economy, day, extra_t) - gate_t)
    return learning_factor(gate_t, beyond_t, economy.launch_learning.nominal)


def lifted_besides_t(state: CampaignState) -> float:
    """What the campaign and its rivals have lifted, in tonnes."""
    return state.totals.lifted_kg / 1000.0 + rival_lifted_t(state)


def launch_price_on_usd(catalogue: Catalogue, vehicle_id: str, day: float, extra_t: float = 0.0) -> float:
    """Price of a flight on a day, learning and floor included."""
    vehicle, economy = catalogue.vehicles[vehicle_id], catalogue.economy
    quoted_usd = vehicle.price_usd.nominal
    if not vehicle.industry_learning:
        return quoted_usd
    floor_usd = economy.launch_floor_usd_per_kg.nominal * vehicle.payload_ref_kg.nominal
    return max(quoted_usd * launch_factor(economy, day, extra_t), min(quoted_usd, floor_usd))


def launch_price_usd(state: CampaignState, vehicle_id: str) -> float:
    """Price of a flight today."""
    quoted_usd = state.catalogue.vehicles[vehicle_id].price_usd.nominal
    if in_force(state):
        quoted_usd = launch_price_on_usd(state.catalogue, vehicle_id, state.day, lifted_besides_t(state))
    return quoted_usd * lever(state, "launch_price", vehicle_id)


def build_factor(catalogue: Catalogue, bus_id: str, built: float) -> float:
    """What is left of the quoted build price of a line, chips left out, after so many more satellites."""
    heritage = catalogue.buses[bus_id].heritage_built.nominal
    return learning_factor(heritage, built, catalogue.economy.build_learning.nominal)


def build_price_usd(design: Design, catalogue: Catalogue, built: float) -> float:
    """Price of one satellite after so many of its line; chips are bought at their market price."""
    sums = known_budget(design, catalogue)
    chips_usd = _chips_usd(Same(sums))
    return chips_usd + (sums.build_usd - chips_usd) * build_factor(catalogue, design.bus, built)


@lru_cache(maxsize=512)
def _chips_usd(sums: Same[DesignBudget]) -> float:
    return sum(line.value for line in sums.thing.cost_lines_usd if line.part == "accelerator")


def build_usd(state: CampaignState, design_id: str) -> float:
    """Price of the next satellite of a design frozen in the campaign, chips and the rest moved by levers."""
    design, whole_usd = state.designs[design_id], budget_of(state, design_id).build_usd
    if in_force(state):
        whole_usd = build_price_usd(design, state.catalogue, state.capital.built.get(design.bus, 0))
    dearer_chips, dearer_rest = lever(state, "chip_price") - 1.0, lever(state, "build_price") - 1.0
    chips_usd = _chips_usd(Same(known_budget(design, state.catalogue)))
    return whole_usd + dearer_chips * chips_usd + dearer_rest * (whole_usd - chips_usd)


def nre_usd(state: CampaignState, design: Design) -> float:
    """Engineering of a new design: in full, or a share of it on a bus that another design has paid for."""
    whole_usd = known_budget(design, state.catalogue).nre_usd
    if in_force(state) and any(known.bus == design.bus for known in state.designs.values()):
        return whole_usd * state.catalogue.economy.family_nre.nominal
    return whole_usd
