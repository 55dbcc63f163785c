"""Fleets to measure with: every shipped satellite in turn, on all kinds of orbits."""

from __future__ import annotations

import random

import numpy as np

from engine.formulas.orbit import sun_synchronous_inclination_deg
from engine.formulas.sun import raan_for_ltan_deg
from engine.kernels.layout import Field
from engine.model.design import LoadPolicy
from engine.simulate.fleet import Fleet
from engine.simulate.lower import batch_row
from engine.simulate.run import run_span
from odc_tui.gamedata import load_game_data

__all__ = ["POLICIES", "SETTLED", "YEAR", "mixed_fleet", "repeated"]

DAY = 9800
SETTLED = DAY + 40
YEAR = 365
POLICIES: tuple[LoadPolicy, ...] = ("steady", "follow-the-sun", "ride-through")


def mixed_fleet(count: int, policy: LoadPolicy, seed: int = 1) -> Fleet:
    """Batches at 500 to 900 km, half on the terminator, half inclined; 40 days old."""
    catalogue = load_game_data().catalogue
    dice = random.Random(seed)  # noqa: S311 (orbits to measure with, not secrets)
    presets = list(catalogue.presets.values())
    rows = []
    for key in range(count):
        altitude_km = dice.uniform(500.0, 900.0)
        terminator = dice.random() < 0.5
        rows.append(
            batch_row(
                presets[key % len(presets)].design,
                catalogue,
                key=key,
                launched_count=50,
                altitude_km=altitude_km,
                inclination_deg=sun_synchronous_inclination_deg(altitude_km)
                if terminator
                else dice.choice((30.0, 53.0, 70.0)),
                raan_deg=raan_for_ltan_deg(DAY, 18.0) if terminator else dice.uniform(0.0, 360.0),
                arg_lat_deg=dice.uniform(0.0, 360.0),
                launch_day=DAY,
                service_day=DAY + 10,
                load_policy=policy,
            )
        )
    return run_span(Fleet.empty().append(np.array(rows)), 1, DAY, SETTLED).fleet


def repeated(fleet: Fleet, count: int, satellites: int | None = None) -> Fleet:
    """A fleet of so many batches that repeats another, with so many satellites a batch if given."""
    rows = np.array([fleet.row(k) for k in range(fleet.count)])[np.arange(count) % fleet.count]
    if satellites is not None:
        rows[:, [Field.ALIVE_COUNT, Field.LAUNCHED_COUNT]] = satellites
    return Fleet.empty().append(rows)
