"""From flights that reached orbit to batches in the fleet: plane, phase, date of service."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from engine.formulas.launch import phasing_days
from engine.formulas.sun import raan_for_ltan_deg
from engine.model.catalogue import Catalogue
from engine.model.orbit import Orbit, SunSynchronous
from engine.orders import Launch
from engine.rules import market
from engine.rules.budgets import budget_of
from engine.rules.launch_fit import inclination_deg, shell_altitude_km
from engine.rules.links import case_of, figures_of, links_of
from engine.simulate.lower import batch_row
from engine.state import Booking, CampaignState

GOLDEN_ANGLE_DEG = 137.50776405003785
"""Flights into one plane enter it this far apart, so that their satellites never bunch."""

_FLIGHT_BITS = 32


def raan_deg(orbit: Orbit, day: int) -> float:
    """Node of date of an orbit entered at 00:00 UTC of a day."""
    if isinstance(orbit, SunSynchronous):
        return raan_for_ltan_deg(day - 0.5, orbit.ltan_h)
    return orbit.raan_deg


def service_day(catalogue: Catalogue, order: Launch, day: int) -> int:
    """The day on which satellites launched on `day` start work: after check-out and, in rings, phasing."""
    economy = catalogue.economy
    days = economy.commissioning_days.nominal
    if order.spread == "ring":
        days += phasing_days(order.orbit.altitude_km, order.count, economy.phasing_offset_km.nominal)
    return day + math.ceil(days)


def deliver(state: CampaignState, booking: Booking, indices: list[int]) -> tuple[CampaignState, float]:
    """Adds a batch for each flight of a booking that reached orbit today.

    Args:
        state: the campaign.
        booking: the launch order.
        indices: its flights, counted from 0.

    Returns:
        The campaign with the batches, and the mass of the satellites in kg.
    """
    if not indices:
        return state, 0.0
    order = booking.order
    number = list(state.designs).index(order.design)
    flights = [index + 1 if booking.total > 1 else 0 for index in indices]
    state = replace(
        state,
        fleet=state.fleet.append(_rows(state, booking, indices)),
        names=state.names.append(booking.number, flights, number),
    )
    return state, budget_of(state, order.design).wet_mass_kg * order.count * len(indices)


def _rows(state: CampaignState, booking: Booking, indices: list[int]) -> NDArray[np.float64]:
    """One row a flight; they differ in identity, shell, plane and phase."""
    order = booking.order
    design = state.designs[order.design]
    mix = market.default_mix(state.catalogue)
    shares = [mix.get(workload, 0.0) for workload in market.workload_ids(state.catalogue)]
    served_from = service_day(state.catalogue, order, state.day)
    node_deg = raan_deg(order.orbit, state.day)
    demand = market.demand_cap(mix, state.market.bought_level)
    shells = {index: shell_altitude_km(order, index) for index in indices}
    carried = {}
    for height_km in set(shells.values()):
        case = case_of(order, height_km, inclination_deg(order.orbit, height_km), tuple(shares))
        carried[height_km] = figures_of(links_of(design, state.catalogue, case))._asdict()
    return np.stack(
        [
            batch_row(
                design,
                state.catalogue,
                key=booking.number << _FLIGHT_BITS | index,
                launched_count=order.count,
                altitude_km=shells[index],
                inclination_deg=inclination_deg(order.orbit, shells[index]),
                raan_deg=node_deg + order.plane_step_deg * index,
                arg_lat_deg=GOLDEN_ANGLE_DEG * index,
                launch_day=state.day,
                service_day=served_from,
                spread=order.spread,
                spacing_m=order.spacing_m,
                **carried[shells[index]],
                demand_cap=demand,
                mix=shares,
            )
            for index in indices
        ]
    )
