"""What is wrong with a design: each fault with the part, the reason with its number, and a mend."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from engine.errors import OrderError
from engine.model.design import Design, LinkFit
from engine.outcomes import Fault
from engine.rules.design import budget, design_faults
from tests.campaigns import catalogue
from tests.designs import altitudes, designs

CATALOGUE = catalogue()


@given(design=designs, altitude_km=altitudes)
def test_faults_agree_with_the_budget_and_each_has_a_mend(design: Design, altitude_km: float) -> None:
    sums = budget(design, CATALOGUE, altitude_km)
    faults = design_faults(design, CATALOGUE, altitude_km)
    severities = [fault.severity for fault in faults]
    assert severities == sorted(severities, key=lambda severity: severity != "stop")
    for fault in faults:
        assert fault.field
        assert fault.reason.endswith(".")
        assert fault.fix.endswith((".", "?"))
        assert fault.reason.isprintable()
    hot = any(f.field == "radiator_area_m2" and f.reason.startswith("At full power") for f in faults)
    assert hot == (sums.junction_k > sums.trip_k or sums.memory_k > sums.memory_limit_k)
    dim = any(fault.field == "array_area_m2" and "in full sunlight" in fault.reason for fault in faults)
    assert dim == (sums.array_power_w < sums.load_w)
    mute = any(fault.reason.startswith("Nothing can be sent") for fault in faults)
    assert mute == all(fit.link.startswith("optical-crosslink") for fit in design.links)


@given(design=designs, altitude_km=altitudes)
def test_the_radiator_mend_mends(design: Design, altitude_km: float) -> None:
    """The area advised, three figures of it and a hundredth more, keeps the chips below their limit."""
    for fault in design_faults(design, CATALOGUE, altitude_km):
        if fault.field == "radiator_area_m2" and " to " in fault.fix:
            area = float(fault.fix.split(" to ")[1].split(" m²")[0].replace(",", ""))
            mended = design.model_copy(update={"radiator_area_m2": area * 1.01})
            sums = budget(mended, CATALOGUE, altitude_km)
            assert sums.thermal_margin_k >= 0.0


# --- single faults ---------------------------------------------------------------------------------


NODE = CATALOGUE.presets["node-100"].design

AI1 = CATALOGUE.presets["ai1-class"].design


def faults_of(design: Design, **changes: Any) -> tuple[Fault, ...]:
    return design_faults(design.model_copy(update=changes), CATALOGUE)


@pytest.mark.parametrize(
    ("design", "changes", "field", "severity", "words"),
    [
        (
            NODE,
            {"array_area_m2": 300.0},
            "array_area_m2",
            "risk",
            ("73.1 kW", "114 kW", "Enlarge it from 300"),
        ),
        (NODE, {"array_area_m2": 5.0}, "array_area_m2", "stop", ("1.22 kW",)),
        (NODE, {"array_area_m2": 480.0}, "array_area_m2", "risk", ("19.7 min of shade", "recharge")),
        (NODE, {"radiator_area_m2": 90.0}, "radiator_area_m2", "risk", ("358 K", "Enlarge it from 90.0 to")),
        (NODE, {"radiator_area_m2": 5.0}, "radiator_area_m2", "stop", ("6 % of full compute",)),
        (NODE, {"battery_kwh": 1.0}, "battery_kwh", "stop", ("35.4 min of shade", "1.00 kWh")),
        (NODE, {"battery_kwh": 60.0}, "battery_kwh", "risk", ("19.7 min of shade", "60.0 kWh")),
        (AI1, {"load_policy": "ride-through"}, "battery_kwh", "risk", ("24.0 kW", "147 kW")),
        (NODE, {"accelerator_count": 200}, "bus", "stop", ("Node-100 bus carries 200 kW", "less compute")),
        (
            NODE,
            {"shield_mm": 200.0, "accelerator_count": 100_000},
            "mass",
            "stop",
            ("the strongest vehicle",),
        ),
        (NODE, {"array_area_m2": 2e5}, "volume", "stop", ("the largest fairing holds 1,000 m³",)),
        (NODE, {"links": (LinkFit(link="optical-crosslink-100g", count=2),)}, "links", "stop", ("ground",)),
        (
            NODE,
            {"links": (LinkFit(link="rf-ka", count=1),)},
            "links",
            "risk",
            ("1.49 Gbit/s", "0.100 Gbit/s"),
        ),
        (
            NODE,
            {"radiator": "body-mounted"},
            "radiator_faces",
            "stop",
            ("one free face", "radiator_faces to 1"),
        ),
        (NODE, {"propellant_kg": 1.0}, "propellant_kg", "risk", ("6.07 m/s", "650 km", "5 years")),
    ],
)
def test_fault(
    design: Design, changes: dict[str, Any], field: str, severity: str, words: tuple[str, ...]
) -> None:
    found = [
        fault for fault in faults_of(design, **changes) if (fault.field, fault.severity) == (field, severity)
    ]
    text = " | ".join(f"{fault.reason} {fault.fix}" for fault in found)
    assert found, faults_of(design, **changes)
    for word in words:
        assert word in text


@pytest.mark.parametrize("field", ["bus", "accelerator", "array", "battery", "radiator", "thruster"])
def test_an_unknown_part_is_a_fault_and_no_crash(field: str) -> None:
    known = getattr(NODE, field)
    (fault,) = faults_of(NODE, **{field: f"{known}x"})
    assert (fault.severity, fault.field) == ("stop", field)
    assert fault.fix.startswith(f"Did you mean {known}")
    with pytest.raises(OrderError, match=f"design.{field}"):
        budget(NODE.model_copy(update={field: "nothing-like-it"}), CATALOGUE)
