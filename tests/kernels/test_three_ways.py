"""Compiled, checked for bounds, and not compiled at all: the same kernels, the same numbers."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from engine.kernels.layout import FIELDS, Field
from engine.simulate.fleet import Fleet
from engine.simulate.run import run_span
from engine.simulate.telemetry import fleet_positions
from tests.fleets import DAY, batch, fleet

DAYS = 3
SCRIPT = """
import sys
from pathlib import Path
from tests.kernels.test_three_ways import outcome
Path(sys.argv[1]).write_bytes(outcome())
"""


def small_set() -> Fleet:
    """One batch for each branch that matters."""
    frail = batch(key=4, count=30)
    frail[Field.FAILURE_SCALE] = 500.0
    frail[Field.CHIP_FAILURES_PER_DAY] = 0.02
    return fleet(
        batch(key=1),
        batch(key=2, inclination_deg=53.0, load_policy="ride-through", service_day=DAY + 1),
        batch(key=3, changes={"radiator_area_m2": 70.0}),
        frail,
        batch(key=5, inclination_deg=53.0, changes={"array_area_m2": 20.0}),
        batch(key=6, altitude_km=300.0, changes={"propellant_kg": 0.0, "life_years": 0.003}),
    )


def outcome() -> bytes:
    """The small set after some days, and where its satellites then are."""
    now = run_span(small_set(), 1, DAY, DAY + DAYS).fleet
    found = fleet_positions(now, DAY + DAYS, 5000.0)
    return now.to_bytes() + found.lat_deg.tobytes() + found.lon_deg.tobytes()


@pytest.mark.slow
@pytest.mark.parametrize("flag", ["NUMBA_BOUNDSCHECK", "NUMBA_DISABLE_JIT"])
def test_another_way_gives_the_same(flag: str, root: Path, tmp_path: Path) -> None:
    there = tmp_path / "outcome"
    environment = {**os.environ, flag: "1", "PYTHONPATH": str(root)}
    subprocess.run(
        [sys.executable, "-c", SCRIPT, str(there)], cwd=root, env=environment, check=True, timeout=300
    )
    here = outcome()
    other = there.read_bytes()
    if flag == "NUMBA_BOUNDSCHECK":
        assert other == here
        return
    assert len(other) == len(here)
    count = small_set().count
    ours, theirs = (
        np.frombuffer(data[16 : 16 + 8 * FIELDS * count]).reshape(count, FIELDS) for data in (here, other)
    )
    np.testing.assert_allclose(theirs, ours, rtol=1e-9, atol=1e-9)
    tail = 16 + 8 * FIELDS * count
    np.testing.assert_allclose(np.frombuffer(other[tail:]), np.frombuffer(here[tail:]), atol=1e-6)
