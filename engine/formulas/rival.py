"""The ground as a rival: what scarce supply does to price, how long power takes, what a swarm spares."""

from __future__ import annotations

import math

from engine.formulas.ranges import Range
from engine.formulas.registry import formula


@formula(
    "scarcity_price",
    symbol="k_p",
    unit="1",
    inputs={"wanted_gw": "GW", "supplied_gw": "GW", "price_exponent": "1", "least": "1", "most": "1"},
    text="k = (D / S)^a, no less and no more than its ends",
    valid="a market around balance, where price moves as Q^-a; 1 where supply meets demand",
    source="constant elasticity; the exponent and the ends are estimates of the catalogue",
)
def scarcity_price(
    wanted_gw: float, supplied_gw: float, price_exponent: float, least: float = 0.25, most: float = 3.0
) -> float:
    """Factor on the price of compute from how scarce it is, ground and orbit together."""
    if supplied_gw <= 0.0:
        return most
    return min(most, max(least, math.pow(wanted_gw / supplied_gw, price_exponent)))


@formula(
    "grid_wait",
    symbol="t_w",
    unit="day",
    inputs={"queue_days": "day", "build_days": "day", "queued_gw": "GW", "yearly_gw": "GW"},
    text="t = max(t_build, t_queue + 365.25 Q / G)",
    valid="the queue is served in order at what a region connects in a year; building goes on meanwhile",
    source="first come, first served",
)
def grid_wait_days(queue_days: float, build_days: float, queued_gw: float, yearly_gw: float) -> float:
    """Time from an order to a data centre at work."""
    return max(build_days, queue_days + 365.25 * queued_gw / yearly_gw)


@formula(
    "grid_energy_spared",
    symbol="E_grid",
    unit="kWh",
    inputs={"compute_kwh": "kWh", "pue": "1", "lift_kwh": "kWh", "build_kwh": "kWh"},
    text="E = E_compute PUE - E_lift - E_build",
    valid="the same computing on the ground less the propellant burnt and what building the satellites took; "
    "below 0 while the swarm has not yet paid back",
    source="energy balance",
)
def grid_energy_spared_kwh(compute_kwh: float, pue: float, lift_kwh: float, build_kwh: float) -> float:
    """Energy that no grid had to supply, net of launch and construction."""
    return compute_kwh * pue - lift_kwh - build_kwh


@formula(
    "lift_energy",
    symbol="E_lift",
    unit="kWh",
    inputs={"lifted_kg": "kg", "lift_kwh_per_kg": "kWh/kg"},
    text="E = m e",
    valid="heating value of the propellants, for each kilogram of payload in orbit",
    source="definition; the figure a kilogram is in the catalogue",
)
def lift_energy_kwh(lifted_kg: float, lift_kwh_per_kg: float) -> float:
    """Energy in the propellants that lifted a mass, or in what was built of it."""
    return lifted_kg * lift_kwh_per_kg


@formula(
    "results_sent",
    symbol="B",
    unit="Tbit",
    inputs={"pflop_days": "PFLOP-day", "bits_per_flop": "bit/FLOP"},
    text="B = W 86400 s b 10^15 / 10^12",
    valid="all results come down; b is the mean over the work done",
    source="definition",
)
def results_sent_tbit(pflop_days: float, bits_per_flop: float) -> float:
    """Data that an amount of computing sends to the ground."""
    return pflop_days * 86_400.0 * bits_per_flop * 1e3


@formula(
    "steady_growth",
    symbol="t_G",
    unit="year",
    inputs={"power_w": "W", "goal_w": "W", "years": "year"},
    text="t = n max(0, P_goal / P - 1)",
    valid="power goes on growing by as much a year as it has on the mean in its first n years; from today",
    source="straight line through nothing at the start",
    limits={"power_w": Range(0.0, above=True)},
)
def steady_growth_years(power_w: float, goal_w: float, years: float) -> float:
    """Time until a power is reached at the pace so far."""
    return years * max(0.0, goal_w / power_w - 1.0)


@formula(
    "water_spared",
    symbol="V",
    unit="L",
    inputs={"compute_kwh": "kWh", "water_l_per_kwh": "L/kWh"},
    text="V = E_compute w",
    valid="on site alone, per kWh of computing; water at the power station is not counted",
    source="definition of water usage effectiveness",
)
def water_spared_l(compute_kwh: float, water_l_per_kwh: float) -> float:
    """Water that no cooling tower evaporated."""
    return compute_kwh * water_l_per_kwh
