"""Random batches: any shipped design bent out of shape, on any orbit, under any policy."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.campaigns import catalogue, preset
from tests.fleets import DAY, batch

POLICIES = ("steady", "follow-the-sun", "ride-through")


@st.composite
def bent_designs(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    """A preset's id, and changes that starve, drown, cook or freeze it."""
    name = draw(st.sampled_from(sorted(catalogue().presets)))
    design = preset(name)
    scale = st.floats(0.05, 4.0)
    changes = {
        "array_area_m2": design.array_area_m2 * draw(scale),
        "radiator_area_m2": design.radiator_area_m2 * draw(scale),
        "battery_kwh": design.battery_kwh * draw(scale),
        "propellant_kg": design.propellant_kg * draw(st.floats(0.0, 1.0)),
        "depth_of_discharge": draw(st.floats(0.05, 0.95)),
        "tracking": draw(st.sampled_from(("two-axis", "one-axis", "orbit-normal"))),
        "life_years": draw(st.floats(0.1, 8.0)),
    }
    return name, changes


@st.composite
def rows(draw: st.DrawFn) -> NDArray[np.float64]:
    """One batch of a bent design, some days old or still being checked out."""
    name, changes = draw(bent_designs())
    age = draw(st.integers(0, 900))
    return batch(
        name,
        altitude_km=draw(st.floats(300.0, 2000.0)),
        inclination_deg=draw(st.one_of(st.none(), st.floats(0.0, 105.0))),
        raan_deg=draw(st.floats(0.0, 359.0)),
        count=draw(st.integers(1, 200)),
        day=DAY - age,
        service_day=DAY - age + draw(st.integers(0, 60)),
        key=draw(st.integers(0, 2**53 - 1)),
        load_policy=draw(st.sampled_from(POLICIES)),
        network_cap=draw(st.sampled_from((0.0, 0.3, 1.0))),
        demand_cap=draw(st.sampled_from((0.0, 0.5, 1.0))),
        changes=changes,
    )
