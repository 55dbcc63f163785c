"""One orbit of a design before it is built: sunlight, shade, and what the battery has to carry."""

from __future__ import annotations

import math

from engine.formulas.battery import eclipse_battery_kwh
from engine.formulas.eclipse import eclipse_fraction
from engine.formulas.orbit import orbit_period_s
from engine.model.budget import OrbitNeeds
from engine.model.catalogue import Catalogue
from engine.model.design import Design
from engine.rules.design_budget import DEFAULT_ALTITUDE_KM, budget
from engine.rules.design_parts import Parts, resolve
from engine.rules.design_physics import bus_load_w, terminator_beta_deg


def design_orbit(
    design: Design,
    catalogue: Catalogue,
    altitude_km: float = DEFAULT_ALTITUDE_KM,
    beta_deg: float | None = None,
) -> OrbitNeeds:
    """Power of a new satellite through one orbit, at the load its policy asks for.

    Args:
        design: what is carried.
        catalogue: what its references mean.
        altitude_km: height of the circular orbit.
        beta_deg: angle between Sun and orbital plane; the least of the year on the terminator orbit if left
            out, when shade is longest there.

    Raises:
        OrderError: the design refers to something the catalogue does not have.
    """
    parts = resolve(design, catalogue)
    beta = terminator_beta_deg(altitude_km) if beta_deg is None else beta_deg
    period_min = orbit_period_s(altitude_km) / 60.0
    shade_min = period_min * eclipse_fraction(altitude_km, beta)
    sums = budget(design, catalogue, altitude_km)
    shade_w = _shade_load_w(design, parts)
    efficiency = parts.battery.round_trip_efficiency.nominal
    sun_min = period_min - shade_min
    return OrbitNeeds(
        altitude_km=altitude_km,
        beta_deg=beta,
        sun_min=sun_min,
        shade_min=shade_min,
        array_w=sums.array_power_w * _facing(design, beta),
        load_sun_w=sums.load_w,
        load_shade_w=shade_w,
        recharge_w=shade_w * shade_min / sun_min / efficiency,
        needed_kwh=eclipse_battery_kwh(shade_w, shade_min, design.depth_of_discharge, efficiency**0.5),
        carried_kwh=design.battery_kwh,
        steady_needed_kwh=eclipse_battery_kwh(
            sums.load_w, shade_min, design.depth_of_discharge, efficiency**0.5
        ),
    )


def _shade_load_w(design: Design, parts: Parts) -> float:
    """What runs in the shade: everything, or bus and links alone."""
    return bus_load_w(design, parts, 0.0 if design.load_policy == "follow-the-sun" else 1.0)


def _facing(design: Design, beta_deg: float) -> float:
    """Share of sunlight that the array faces, from how it is tracked."""
    beta = math.radians(beta_deg)
    shares = {"two-axis": 1.0, "one-axis": math.cos(beta), "orbit-normal": math.sin(abs(beta))}
    return shares[design.tracking]
