"""Fleets made up for the tests of what is said about them."""

from __future__ import annotations

import numpy as np

from odc_tui.present.fleet_table import FleetTable

BINDINGS = ("hardware", "battery", "junction", "commissioning")
DESIGNS = ("node-100", "ai1", "Demo")


def fleet(count: int = 6) -> FleetTable:
    """Batches L1, L2 ... that alternate between two shells (650 km, 98.0° and 550 km, 53.0°)."""
    n = np.arange(count)
    odd = n % 2 == 1
    return FleetTable(
        ids=[f"L{number + 1}" for number in n],
        designs=DESIGNS,
        bindings=BINDINGS,
        design=n % 3,
        binding=n % 4,
        alive=24 - (n % 5),
        launched=np.full(count, 24),
        altitude_km=np.where(odd, 550.0, 650.0) + (n % 3),
        inclination_deg=np.where(odd, 53.0, 98.0),
        beta_deg=np.where(odd, -12.0, 58.9),
        lit=np.where(odd, 0.64, 0.96),
        level=1.0 / (1 + n),
        soc_min=np.where(odd, 0.7, 0.95),
        spare_k=np.where(n == 3, np.nan, 12.0 - 3.0 * n),
        delivered_pflops=24.0 * 10.0 / (1 + n),
        installed_pflops=np.full(count, 24.0 * 10.0),
        chip_health=np.full(count, 0.987),
        age_days=200 * n,
    )
