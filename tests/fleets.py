"""Batches and fleets for tests of the physics: shipped parts, any orbit, no money."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.formulas.orbit import sun_synchronous_inclination_deg
from engine.formulas.sun import raan_for_ltan_deg
from engine.kernels.layout import Field
from engine.simulate.fleet import Fleet
from engine.simulate.lower import batch_row
from tests.campaigns import catalogue, preset

DAY = 9800  # 2026-10-31
NEVER = 1e30


def batch(
    design: str = "node-100",
    *,
    altitude_km: float = 650.0,
    inclination_deg: float | None = None,
    raan_deg: float | None = None,
    count: int = 20,
    day: int = DAY,
    key: int = 1,
    immortal: bool = False,
    changes: dict[str, Any] | None = None,
    **options: Any,
) -> NDArray[np.float64]:
    """One row, in service from its first day; sun-synchronous at LTAN 18:00 unless a plane is given.

    `immortal` batches lose neither satellites, chips nor coolant loops, `changes` are to fields of the
    design, and other options are handed on to `batch_row`.
    """
    inclination = sun_synchronous_inclination_deg(altitude_km) if inclination_deg is None else inclination_deg
    given = {"launch_day": day, "service_day": day, "arg_lat_deg": 0.0, **options}
    row = batch_row(
        preset(design, **(changes or {})),
        catalogue(),
        key=key,
        launched_count=count,
        altitude_km=altitude_km,
        inclination_deg=inclination,
        raan_deg=raan_for_ltan_deg(day, 18.0) if raan_deg is None else raan_deg,
        **given,
    )
    if immortal:
        row[[Field.NEXT_FAILURE, Field.NEXT_CHIP_FAILURE, Field.NEXT_PUNCTURE]] = NEVER
    return row


def fleet(*rows: NDArray[np.float64]) -> Fleet:
    """A fleet of rows."""
    return Fleet.empty().append(np.array(rows)) if rows else Fleet.empty()
