"""Figures of levelised cost: what a watt of computing costs here and on the ground, down to its inputs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from engine.analysis.why import Figure, given, worked
from engine.rules.costing import BOUNDARIES, Boundary, GroundCost, OrbitCost
from engine.rules.own_cost import own_cost, own_w_per_pflops

if TYPE_CHECKING:
    from engine.state import CampaignState

__all__ = ["cost_figures"]

_ORIGINS = {
    "satellite_usd_per_w": "build, cover and engineering paid, chips left out, over power launched",
    "mass_kg_kw": "budgets of the designs, chips left out",
    "launch_usd_per_kg": "launch paid over mass in orbit",
    "satellite_years": "life of the designs",
    "chip_usd_per_w": "accelerators at the price of the catalogue",
    "chip_mass_kg_kw": "accelerators, catalogue",
    "chip_years": "with the satellite: nothing is changed in orbit",
    "rate": "what capital asks, from the scenario and the record",
    "failure_rate_per_year": "losses in service; the outlook's in the first satellite-year",
    "upkeep_per_year": "last month's running costs over the satellites' price",
    "level": "delivered over what living satellites could have, while in service",
}


def cost_figures(state: CampaignState, boundary: Boundary = "tco") -> tuple[Figure, ...]:
    """A watt of computing of this campaign against each benchmark; nothing before a month of work.

    Args:
        state: the campaign.
        boundary: what counts.
    """
    own = own_cost(state)
    return () if own is None else tuple(_figures(state, own.within(boundary), boundary))


def _figures(state: CampaignState, own: OrbitCost, boundary: Boundary) -> Iterator[Figure]:
    note = f"Capital recovery; {BOUNDARIES[boundary]}."
    inputs: dict[str, Any] = {name: given(value, _ORIGINS[name]) for name, value in own.inputs.items()}
    orbit = worked("levelised-cost", "Cost of a watt in orbit", "orbit_power_cost", note=note, **inputs)
    yield orbit
    yield worked(
        "levelised-compute",
        "Levelised cost of a PFLOP-day",
        "compute_price",
        note=note,
        power_usd_per_w_year=given(orbit.value, "of this campaign", orbit.id),
        chip_w_per_pflops=given(own_w_per_pflops(state), "chips of the fleet at full level"),
    )
    for name in state.catalogue.outlook.benchmarks:
        yield from _against(state, own, orbit, name, boundary)


def _against(
    state: CampaignState, own: OrbitCost, orbit: Figure, name: str, boundary: Boundary
) -> Iterator[Figure]:
    region = state.catalogue.regions[name]
    cost = GroundCost.of(state.catalogue, region, boundary)
    inputs: dict[str, Any] = {
        one: given(value, f"{region.name}, catalogue") for one, value in cost.inputs.items()
    }
    label = f"Cost of a watt, {region.name}"
    ground = worked(f"ground-cost-{name}", label, "ground_power_cost", **inputs)
    yield ground
    yield worked(
        f"cost-ratio-{name}",
        f"Orbit against {region.name}",
        "cost_ratio",
        orbit_usd_per_w_year=given(orbit.value, "of this campaign", orbit.id),
        ground_usd_per_w_year=given(ground.value, region.name, ground.id),
    )
    yield worked(
        f"break-even-{name}",
        f"Break-even launch price, {region.name}",
        "break_even_launch_price",
        note="Below 0 no price of launch is low enough: the hardware alone costs more.",
        ground_usd_per_w_year=given(ground.value, region.name, ground.id),
        hardware_usd_per_w_year=given(own.hardware_usd_per_w_year, "satellite and chips, all but launch"),
        lifted_kg_per_w_year=given(own.lifted_kg_per_w_year, "mass, its life and its losses"),
        level=given(own.level, "share of the year at work"),
    )
