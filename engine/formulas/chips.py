"""Chips and heat: what leakage adds to their power, and how far they slow down when they run hot."""

from __future__ import annotations

from engine.formulas.registry import formula

LEAKAGE_PER_K = 0.004
"""Growth of a chip's power with its temperature, as a share of its rated power for each kelvin."""

LEAST_FACTOR = 0.5
"""Power of a cold chip over its rated power: what switching alone takes."""

THROTTLE_BAND_K = 8.0
"""From the trip temperature, where a chip begins to slow down, to where it stands still."""


@formula(
    "leakage_factor",
    symbol="l",
    unit="1",
    inputs={"junction_k": "K", "trip_k": "K"},
    text="l = 1 + 0.004 (T_j - T_trip), no less than 0.5",
    valid="silicon at full speed; rated power is what it draws at its trip temperature; published growth "
    "runs from 0.3 to 1 % for each kelvin; published down to 70 K below, carried on in a straight line",
    source="a published claim of 30 % less energy at a junction of 35 than of 105 C is 0.43 % a kelvin; "
    "0.5 to 1 % from memory of makers' figures; rounded down",
)
def leakage_factor(junction_k: float, trip_k: float) -> float:
    """Power of a chip at a temperature over its rated power."""
    return max(1.0 + LEAKAGE_PER_K * (junction_k - trip_k), LEAST_FACTOR)


@formula(
    "throttle_level",
    symbol="x",
    unit="1",
    inputs={"junction_k": "K", "trip_k": "K"},
    text="x = (T_trip + 8 K - T_j) / 8 K, clipped to 0..1",
    valid="own law: full speed up to the trip temperature, nothing from 8 K above it",
    source="shutdown follows throttling by 5 to 10 K in makers' figures; linear between",
)
def throttle_level(junction_k: float, trip_k: float) -> float:
    """Share of its speed that a hot chip, or its memory, still allows."""
    return min(1.0, max(0.0, (trip_k + THROTTLE_BAND_K - junction_k) / THROTTLE_BAND_K))


@formula(
    "throttle_temperature",
    symbol="T_x",
    unit="K",
    inputs={"trip_k": "K", "level": "1"},
    text="T_x = T_trip + 8 K (1 - x)",
    valid="own law, throttle_level read backwards",
    source="shutdown follows throttling by 5 to 10 K in makers' figures; linear between",
)
def throttle_temperature_k(trip_k: float, level: float) -> float:
    """Temperature at which a chip is slowed to a share of its speed."""
    return trip_k + THROTTLE_BAND_K * (1.0 - level)
