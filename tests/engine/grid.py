"""The grid on which day step and slow reference are compared: orbits by policies, every design in turn."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.simulate.fleet import Fleet
from engine.simulate.run import run_span
from tests.campaigns import catalogue, preset
from tests.fleets import DAY, batch, fleet

ALTITUDES_KM = (300.0, 450.0, 550.0, 650.0, 1000.0, 1500.0, 2000.0)
INCLINATIONS_DEG = (0.0, 28.0, 53.0, 75.0, 98.0, 105.0)
VARIANTS: dict[str, dict[str, Any]] = {
    "as designed": {"load_policy": None},
    "steady": {"load_policy": "steady"},
    "ride-through": {"load_policy": "ride-through"},
    "follow-the-sun": {"load_policy": "follow-the-sun"},
    "hot": {"load_policy": "follow-the-sun", "radiator_area_m2": 0.65},
    "hot and steady": {"load_policy": "steady", "radiator_area_m2": 0.5, "battery_kwh": 6.0},
    "little array": {"load_policy": "steady", "array_area_m2": 0.45, "battery_kwh": 3.0},
    "starved": {"load_policy": "ride-through", "array_area_m2": 0.02},
    "fixed array": {"load_policy": "ride-through", "tracking": "orbit-normal"},
}
SETTLING_DAYS = 12


def grid_rows(every: int = 1, variants: Iterable[str] = VARIANTS) -> tuple[list[str], NDArray[np.float64]]:
    """Names and rows of some variants on the grid, or of every so many of its points."""
    designs = sorted(catalogue().presets)
    points = list(itertools.product(variants, ALTITUDES_KM, INCLINATIONS_DEG))
    names, rows = [], []
    for at, (variant, altitude_km, inclination_deg) in enumerate(points):
        if at % every:
            continue
        name = designs[at % len(designs)]
        row = batch(
            name,
            altitude_km=altitude_km,
            inclination_deg=inclination_deg,
            raan_deg=(47.0 * at) % 360.0,
            count=1,
            key=at,
            immortal=True,
            load_policy=VARIANTS[variant]["load_policy"],
            changes=_changes(name, VARIANTS[variant]),
        )
        names.append(f"{variant}, {name}, {altitude_km:g} km, {inclination_deg:g} deg")
        rows.append(row)
    return names, np.array(rows)


def settled(rows: NDArray[np.float64]) -> tuple[Fleet, int]:
    """The fleet after some days, and the day it then is."""
    return run_span(fleet(*rows), 1, DAY, DAY + SETTLING_DAYS).fleet, DAY + SETTLING_DAYS


def _changes(name: str, variant: dict[str, Any]) -> dict[str, Any]:
    design = preset(name)
    scaled = ("radiator_area_m2", "battery_kwh", "array_area_m2")
    changes = {key: getattr(design, key) * variant[key] for key in scaled if key in variant}
    return changes | ({"tracking": variant["tracking"]} if "tracking" in variant else {})
