"""The books of a day of a batch, line by line: what batteries took and gave, and where its heat came from."""

from __future__ import annotations

from engine.formulas.registry import formula
from engine.units import STEFAN_BOLTZMANN_W_M2_K4

_DEFINITION = "definition"
_BRIGHT = "one day of a batch without a blackout"


@formula(
    "day_energy",
    symbol="E",
    unit="kWh",
    inputs={"power_w": "W", "satellites": "1"},
    text="E = N P 24 h",
    valid="one day of a batch; P is the mean over the orbit",
    source=_DEFINITION,
)
def day_energy_kwh(power_w: float, satellites: float) -> float:
    """Energy that a mean power of each satellite makes in a day."""
    return 0.024 * satellites * power_w


@formula(
    "day_drawn",
    symbol="E_out",
    unit="kWh",
    inputs={
        "shade_w": "W",
        "sun_w": "W",
        "array_w": "W",
        "eclipse_fraction": "1",
        "one_way_efficiency": "1",
        "satellites": "1",
    },
    text="E = N 24 h [ f L_shade + (1 - f) max(L_sun - P, 0) ] / eta",
    valid=_BRIGHT + "; what the arrays do not carry, batteries do",
    source=_DEFINITION,
)
def day_drawn_kwh(
    shade_w: float,
    sun_w: float,
    array_w: float,
    eclipse_fraction: float,
    one_way_efficiency: float,
    satellites: float,
) -> float:
    """Energy that leaves the cells of a batch in a day, before what is lost on the way out."""
    short_w = max(sun_w - array_w, 0.0)
    mean_w = eclipse_fraction * shade_w + (1.0 - eclipse_fraction) * short_w
    return 0.024 * satellites * mean_w / one_way_efficiency


@formula(
    "day_battery_loss",
    symbol="E_bat",
    unit="kWh",
    inputs={"charged_kwh": "kWh", "drawn_kwh": "kWh", "one_way_efficiency": "1", "worn_kwh": "kWh"},
    text="E = A (1/eta - 1) + D (1 - eta) + w",
    valid=_BRIGHT + "; eta of one way, in or out; w is charge that no longer fits into worn cells",
    source="energy balance of a cell",
)
def day_battery_loss_kwh(
    charged_kwh: float, drawn_kwh: float, one_way_efficiency: float, worn_kwh: float
) -> float:
    """Energy that batteries turn into heat on the way in and out, and what wear takes from full ones."""
    into, out = charged_kwh * (1.0 / one_way_efficiency - 1.0), drawn_kwh * (1.0 - one_way_efficiency)
    return into + out + worn_kwh


@formula(
    "day_curtailed",
    symbol="E_cut",
    unit="kWh",
    inputs={
        "array_w": "W",
        "sun_w": "W",
        "eclipse_fraction": "1",
        "satellites": "1",
        "charged_kwh": "kWh",
        "one_way_efficiency": "1",
    },
    text="E = N 24 h (1 - f) max(P - L_sun, 0) - A / eta",
    valid=_BRIGHT + "; A is what the cells took up",
    source="energy balance at the array",
)
def day_curtailed_kwh(
    array_w: float,
    sun_w: float,
    eclipse_fraction: float,
    satellites: float,
    charged_kwh: float,
    one_way_efficiency: float,
) -> float:
    """Energy that arrays could have given beyond load and charging."""
    spare_kwh = 0.024 * satellites * (1.0 - eclipse_fraction) * max(array_w - sun_w, 0.0)
    return spare_kwh - charged_kwh / one_way_efficiency


@formula(
    "day_stored",
    symbol="dE",
    unit="kWh",
    inputs={"begin_kwh": "kWh", "end_kwh": "kWh", "satellites": "1"},
    text="dE = N (E_end - E_begin)",
    valid="charge of one satellite at sunrise, as a day begins and as it ends",
    source=_DEFINITION,
)
def day_stored_kwh(begin_kwh: float, end_kwh: float, satellites: float) -> float:
    """Charge that the batteries of a batch gain in a day."""
    return satellites * (end_kwh - begin_kwh)


@formula(
    "day_pump",
    symbol="E_pump",
    unit="kWh",
    inputs={"load_w": "W", "output_w": "W", "pump_fraction": "1", "satellites": "1"},
    text="E = N 24 h f_pump (L - P_out)",
    valid=_BRIGHT + "; a pump takes a share of the heat that it moves",
    source=_DEFINITION,
)
def day_pump_kwh(load_w: float, output_w: float, pump_fraction: float, satellites: float) -> float:
    """Energy that the coolant pumps of a batch use in a day."""
    return 0.024 * satellites * pump_fraction * (load_w - output_w)


@formula(
    "day_absorbed",
    symbol="E_abs",
    unit="kWh",
    inputs={"absorbed_w_m2": "W/m2", "panel_area_m2": "m2", "faces": "1", "satellites": "1"},
    text="E = N 24 h q n A",
    valid="one day of a batch; q is taken up by each face",
    source=_DEFINITION,
)
def day_absorbed_kwh(absorbed_w_m2: float, panel_area_m2: float, faces: float, satellites: float) -> float:
    """Heat that the radiators of a batch take up from Earth and Sun in a day."""
    return 0.024 * satellites * absorbed_w_m2 * panel_area_m2 * faces


@formula(
    "day_radiated",
    symbol="E_rad",
    unit="kWh",
    inputs={
        "mean_k": "K",
        "coldest_k": "K",
        "hottest_k": "K",
        "emissivity": "1",
        "panel_area_m2": "m2",
        "faces": "1",
        "satellites": "1",
    },
    text="E = N 24 h eps sigma n A [ T^4 + T^2 (T_max - T_min)^2 / 2 ]",
    valid="one day of a batch; temperatures of an orbit spread evenly between coldest and hottest",
    source="Stefan-Boltzmann law, mean of the fourth power to second order",
)
def day_radiated_kwh(
    mean_k: float,
    coldest_k: float,
    hottest_k: float,
    emissivity: float,
    panel_area_m2: float,
    faces: float,
    satellites: float,
) -> float:
    """Heat that the radiators of a batch send to space in a day."""
    spread_k = hottest_k - coldest_k
    fourth = mean_k * mean_k * (mean_k * mean_k + 0.5 * spread_k * spread_k)
    emitting_m2 = emissivity * panel_area_m2 * faces
    return 0.024 * satellites * STEFAN_BOLTZMANN_W_M2_K4 * emitting_m2 * fourth


@formula(
    "day_heat_kept",
    symbol="dQ",
    unit="kWh",
    inputs={"heat_capacity_j_k": "J/K", "rise_k": "K", "orbits": "1", "satellites": "1"},
    text="dQ = N n C dT",
    valid="one day of a batch; dT is how much warmer an orbit ends than it began",
    source=_DEFINITION,
)
def day_heat_kept_kwh(heat_capacity_j_k: float, rise_k: float, orbits: float, satellites: float) -> float:
    """Heat that stays in radiators, coolant and chips of a batch."""
    return satellites * orbits * heat_capacity_j_k * rise_k / 3.6e6
