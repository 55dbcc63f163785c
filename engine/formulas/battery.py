"""Batteries: how cycles and years wear them."""

from __future__ import annotations

from engine.formulas.registry import formula


@formula(
    "cycle_damage",
    symbol="D",
    unit="1",
    inputs={"depth": "1", "damage_full": "1", "exponent": "1"},
    text="D = D_1 depth^k; cycle life to 80 % is 0.2 / D",
    valid="depth 0.01 to 1; D_1 and k fitted to the maker's cycle life against depth",
    source="Miner's rule on a power-law cycle life",
)
def cycle_damage(depth: float, damage_full: float, exponent: float) -> float:
    """Share of capacity that one cycle of a depth takes."""
    return float(damage_full * depth**exponent)


@formula(
    "eclipse_battery",
    symbol="E",
    unit="kWh",
    inputs={"load_w": "W", "eclipse_min": "min", "depth": "1", "one_way_efficiency": "1"},
    text="E = P t / (eta depth)",
    valid="one eclipse ridden through at constant load",
    source="definition of depth of discharge",
)
def eclipse_battery_kwh(
    load_w: float, eclipse_min: float, depth: float, one_way_efficiency: float = 1.0
) -> float:
    """Capacity that carries a load through an eclipse within a depth of discharge."""
    return load_w * eclipse_min / 60_000.0 / (depth * one_way_efficiency)
