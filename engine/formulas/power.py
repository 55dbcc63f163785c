"""Power from sunlight, the temperature of the cells, and the load a level of compute puts on the array."""

from __future__ import annotations

import math

from engine.formulas.registry import formula
from engine.units import CELL_REFERENCE_K, EARTH_INFRARED_W_M2, STEFAN_BOLTZMANN_W_M2_K4


@formula(
    "array_power",
    symbol="P",
    unit="W",
    inputs={
        "area_m2": "m2",
        "efficiency": "1",
        "packing": "1",
        "flux_w_m2": "W/m2",
        "incidence_deg": "deg",
    },
    text="P = A S eta eta_pack cos(incidence)",
    valid="new cells at 28 C, sunlight on the active side",
    source="definition of efficiency",
)
def array_power_w(
    area_m2: float, efficiency: float, packing: float, flux_w_m2: float = 1361.0, incidence_deg: float = 0.0
) -> float:
    """Power of a new array in sunlight."""
    return area_m2 * flux_w_m2 * efficiency * packing * max(0.0, math.cos(math.radians(incidence_deg)))


def pointing_factor(fixed: float, per_cos: float, per_sin: float, cos_beta: float, sin_beta: float) -> float:
    """Share of sunlight an array meets: two-axis 1, one-axis cos beta, along the orbit normal |sin beta|."""
    return fixed + per_cos * cos_beta + per_sin * abs(sin_beta)


def hot_factor(coefficient_per_k: float, cell_k: float) -> float:
    """Yield at a cell temperature over yield at 28 C: 1 + gamma (T - 28 C), never below 0."""
    return max(0.0, 1.0 + coefficient_per_k * (cell_k - CELL_REFERENCE_K))


@formula(
    "cell_temperature",
    symbol="T_cell",
    unit="K",
    inputs={
        "light_w_m2": "W/m2",
        "absorptivity": "1",
        "emissivity": "1",
        "cell_yield": "1",
        "coefficient_per_k": "1/K",
        "view_factor": "1",
    },
    text="alpha S - eta S [1 + gamma (T - 28 C)] + 2 eps E_ir F = 2 eps sigma T^4",
    valid="a thin panel in the Sun's light, one temperature through, both faces radiating; "
    "sunlight reflected by the Earth is left out",
    source="heat balance; three Newton steps from the constant-efficiency solution",
)
def cell_temperature_k(
    light_w_m2: float,
    absorptivity: float,
    emissivity: float,
    cell_yield: float,
    coefficient_per_k: float,
    view_factor: float,
) -> float:
    """Temperature of an array under load; `light_w_m2` is sunlight times the cosine of incidence."""
    radiating = 2.0 * emissivity * STEFAN_BOLTZMANN_W_M2_K4
    warmth = 2.0 * emissivity * EARTH_INFRARED_W_M2 * view_factor + light_w_m2 * absorptivity
    drain = light_w_m2 * cell_yield
    kelvin = math.sqrt(math.sqrt(max(warmth - drain, 1.0) / radiating))
    for _ in range(3):
        cubed = radiating * kelvin * kelvin * kelvin
        excess = warmth - drain * (1.0 + coefficient_per_k * (kelvin - CELL_REFERENCE_K)) - cubed * kelvin
        kelvin += excess / (4.0 * cubed + drain * coefficient_per_k)
    return kelvin


@formula(
    "array_load",
    symbol="L",
    unit="W",
    inputs={
        "bus_side_w": "W",
        "output_w": "W",
        "pmad_efficiency": "1",
        "pump_fraction": "1",
    },
    text="L = (S - f P_out) / (eta - f): eta L carries S and a pump that takes f of the heat L - P_out",
    valid="pump fraction below the conversion efficiency",
    source="balance at the power bus",
)
def array_load_w(bus_side_w: float, output_w: float, pmad_efficiency: float, pump_fraction: float) -> float:
    """What the array or battery must deliver for loads at the bus, with conversion loss and coolant pump."""
    return (bus_side_w - pump_fraction * output_w) / (pmad_efficiency - pump_fraction)
