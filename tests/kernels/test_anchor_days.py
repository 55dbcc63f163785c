"""The day step against the slow integrator of `tests.naive`, which finds its own levels.

Each case flies the kernel for some days, then one more day both ways: energy and compute within 0.5 %,
daily temperatures within 1 K, least charge within one point. The engine's vectorised reference, which
goes where this integrator is too slow to go, flies the same days and must agree with it more closely
still.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.analysis.reference import Flight
from engine.analysis.reference_day import DayFlown
from engine.kernels.layout import Binding, Field
from engine.simulate.run import run_span
from tests.fleets import DAY, batch, fleet
from tests.naive import DAY_S, Craft, Trace

ORBITS = 15
LEAST_WH = 1.0

LOW = {"inclination_deg": 53.0, "raan_deg": 40.0}
CASES: dict[str, tuple[Binding, dict[str, Any]]] = {
    "full sun on the terminator": (Binding.HARDWARE, {}),
    "hot on the terminator": (Binding.JUNCTION, {"changes": {"radiator_area_m2": 80.0}}),
    "steady, battery bound": (Binding.BATTERY, LOW),
    "ride-through, battery bound": (Binding.BATTERY, {**LOW, "load_policy": "ride-through"}),
    "follow the sun, cold shade": (Binding.HARDWARE, {**LOW, "load_policy": "follow-the-sun"}),
    "follow the sun, throttled": (
        Binding.JUNCTION,
        {**LOW, "load_policy": "follow-the-sun", "changes": {"radiator_area_m2": 90.0}},
    ),
    "steady, too little array": (
        Binding.ENERGY,
        {**LOW, "changes": {"array_area_m2": 300.0, "battery_kwh": 300.0}},
    ),
    "starved": (Binding.BLACKOUT, {**LOW, "changes": {"array_area_m2": 20.0}}),
    "array fixed along the orbit normal": (
        Binding.BATTERY,
        {"inclination_deg": 70.0, "raan_deg": 10.0, "changes": {"tracking": "orbit-normal"}},
    ),
    "high and near the equator": (
        Binding.BATTERY,
        {
            "design": "starlink-v3-compute",
            "inclination_deg": 5.0,
            "raan_deg": 0.0,
            "altitude_km": 1500.0,
            "load_policy": "ride-through",
        },
    ),
    "memory too warm on the terminator": (
        Binding.MEMORY,
        {
            "design": "ai1-class",
            "changes": {
                "accelerator": "vera-rubin-nvl72",
                "array_area_m2": 1100.0,
                "radiator_area_m2": 180.0,
                "load_policy": "steady",
            },
        },
    ),
    "old and holed, throttled through shade": (
        Binding.JUNCTION,
        {**LOW, "load_policy": "follow-the-sun", "day": DAY - 1700, "holed": 0.7},
    ),
    "low and retrograde": (
        Binding.BATTERY,
        {"inclination_deg": 105.0, "raan_deg": 200.0, "altitude_km": 430.0, "load_policy": "ride-through"},
    ),
    "small, one face, low": (
        Binding.HARDWARE,
        {"design": "h100-demonstrator", "altitude_km": 400.0, "inclination_deg": 53.0, "raan_deg": 200.0},
    ),
}


SETTLING_DAYS = {True: 4, False: 20}
"""By whether the orbit is so low that it decays quickly."""


def anchor_row(name: str) -> NDArray[np.float64]:
    """A case on its first day; it drifts, and loses nothing by chance."""
    options = dict(CASES[name][1])
    holed = options.pop("holed", 1.0)
    row = batch(count=1, immortal=True, **options)
    row[Field.RADIATING_SHARE] = holed
    row[Field.KEEPING] = 0.0
    return row


def settling_days(name: str) -> int:
    return SETTLING_DAYS[bool(anchor_row(name)[Field.ALTITUDE_KM] < 450.0)]


@lru_cache(maxsize=2)
def referenced(days: int) -> tuple[tuple[str, ...], DayFlown]:
    """The day after some, flown by the vectorised reference for all cases that take as long to settle."""
    names = tuple(name for name in CASES if settling_days(name) == days)
    before = run_span(fleet(*map(anchor_row, names)), 1, DAY, DAY + days).fleet
    after = run_span(before, 1, DAY + days, DAY + days + 1).fleet
    rows, later = (np.array([one.row(at) for at in range(len(names))]) for one in (before, after))
    return names, Flight.begin(rows, DAY + days, 5.0).fly_day(rows, later, DAY + days)


def flown(craft: Craft, charge_wh: float, kelvin: float) -> Trace:
    """A day of whole orbits from the first sunrise, energies scaled to 24 hours."""
    levels = craft.find_levels(kelvin)
    start_s = craft.sunrise_s()
    span_s = ORBITS * craft.period_s
    _, _, settled = craft.fly(levels, start_s - craft.period_s, craft.period_s, craft.capacity_wh, kelvin)
    trace, _, _ = craft.fly(levels, start_s, span_s, charge_wh, settled)
    for name in ("generated", "used", "curtailed", "battery_loss", "compute_s", "heat_in"):
        setattr(trace, name, getattr(trace, name) * DAY_S / span_s)
    return trace


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
def test_anchor_day(name: str) -> None:
    binding, _ = CASES[name]
    days = settling_days(name)
    before = run_span(fleet(anchor_row(name)), 1, DAY, DAY + days).fleet
    now = run_span(before, 1, DAY + days, DAY + days + 1).fleet.row(0)
    state = before.row(0)
    # a battery flown to its floor runs dry within the last step of a shade arc, so that step is a short one
    craft = Craft(state, DAY + days, step_s=5.0 if binding == Binding.BATTERY else 10.0)
    slow = flown(craft, float(state[Field.CHARGE_WH]), float(state[Field.SUNRISE_K]))

    assert now[Field.BINDING] == binding
    assert now[Field.DAY_GENERATED_KWH] * 1e3 == pytest.approx(slow.generated, rel=5e-3)
    assert now[Field.DAY_USED_KWH] * 1e3 == pytest.approx(slow.used, rel=5e-3)
    at_work = now[Field.DELIVERED_PFLOPS] / now[Field.GOODPUT]
    computed_s = at_work / now[Field.PEAK_PFLOPS] * DAY_S
    assert computed_s == pytest.approx(slow.compute_s, rel=5e-3, abs=1.0)
    assert now[Field.DAY_HEAT_IN_KWH] * 1e3 == pytest.approx(slow.heat_in, rel=5e-3)
    assert now[Field.DAY_BATTERY_LOSS_KWH] * 1e3 == pytest.approx(slow.battery_loss, rel=0.03, abs=10.0)
    assert now[Field.RADIATOR_MIN_K] == pytest.approx(slow.least_k, abs=1.0)
    assert now[Field.RADIATOR_MAX_K] == pytest.approx(slow.most_k, abs=1.0)
    assert now[Field.JUNCTION_MAX_K] == pytest.approx(slow.junction_k, abs=1.0)
    assert now[Field.MEMORY_MAX_K] == pytest.approx(slow.memory_k, abs=1.0)
    assert now[Field.SOC_MIN] == pytest.approx(slow.least_charge / craft.capacity_wh, abs=0.01)
    assert now[Field.SOC_MAX] == pytest.approx(slow.most_charge / craft.capacity_wh, abs=0.01)

    names, reference = referenced(days)
    lane = names.index(name)
    assert reference.generated[lane] == pytest.approx(slow.generated, rel=3e-3)
    assert reference.used[lane] == pytest.approx(slow.used, rel=3e-3)
    assert reference.compute_s[lane] == pytest.approx(slow.compute_s, rel=3e-3, abs=1.0)
    assert reference.least_k[lane] == pytest.approx(slow.least_k, abs=0.5)
    assert reference.most_k[lane] == pytest.approx(slow.most_k, abs=0.5)
    assert reference.junction_k[lane] == pytest.approx(slow.junction_k, abs=0.5)
    assert reference.least_charge[lane] / craft.capacity_wh == pytest.approx(
        slow.least_charge / craft.capacity_wh, abs=0.006
    )
    assert reference.dark[lane] == (binding == Binding.BLACKOUT)
