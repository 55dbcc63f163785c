"""Any design that the catalogue allows, for hypothesis."""

from __future__ import annotations

from hypothesis import strategies as st

from engine.model.design import Design, LinkFit
from tests.campaigns import catalogue

__all__ = ["altitudes", "designs"]

CATALOGUE = catalogue()

designs = st.builds(
    Design,
    id=st.just("tried"),
    name=st.just("Tried"),
    bus=st.sampled_from(sorted(CATALOGUE.buses)),
    accelerator=st.sampled_from(sorted(CATALOGUE.accelerators)),
    accelerator_count=st.integers(1, 200),
    array=st.sampled_from(sorted(CATALOGUE.arrays)),
    array_area_m2=st.floats(1.0, 5000.0),
    tracking=st.sampled_from(["two-axis", "one-axis", "orbit-normal"]),
    battery=st.sampled_from(sorted(CATALOGUE.batteries)),
    battery_kwh=st.floats(0.1, 1000.0),
    depth_of_discharge=st.floats(0.05, 0.95),
    radiator=st.sampled_from(sorted(CATALOGUE.radiators)),
    radiator_area_m2=st.floats(0.5, 2000.0),
    radiator_faces=st.sampled_from([1, 2]),
    thruster=st.sampled_from(sorted(CATALOGUE.thrusters)),
    thruster_count=st.integers(1, 8),
    propellant_kg=st.floats(0.0, 500.0),
    links=st.lists(
        st.builds(LinkFit, link=st.sampled_from(sorted(CATALOGUE.links)), count=st.integers(1, 8)),
        min_size=1,
        max_size=4,
    ).map(tuple),
    shield_mm=st.floats(0.0, 50.0),
    load_policy=st.sampled_from(["steady", "follow-the-sun", "ride-through"]),
    life_years=st.floats(0.5, 15.0),
)

altitudes = st.floats(300.0, 2000.0)
