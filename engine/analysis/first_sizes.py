"""Satellites sized in closed form: where the search for the cheapest begins, and what follows from sizes.

Array, battery and radiator follow from the load, the longest shade and the wear of a life; propellant,
thrusters and shield follow from mass, area and orbit. None of it is trusted: every design is flown before
it is compared.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

from engine.analysis.life_flights import Job
from engine.analysis.steps import build_usd
from engine.formulas import eclipse, sun
from engine.formulas.battery import eclipse_battery_kwh
from engine.formulas.disposal import DISPOSAL_YEARS, disposal_delta_v_m_s
from engine.formulas.orbit import node_rate_deg_day, orbit_period_s
from engine.formulas.thermal import radiator_area_m2
from engine.model.catalogue import Battery, Bus, Radiator, SolarArray
from engine.model.design import Design, LinkFit, LoadPolicy
from engine.rules import design_physics as physics
from engine.rules import launch_fit
from engine.rules.delivery import raan_deg
from engine.rules.design import budget
from engine.rules.design_checks import SHIELDS_MM
from engine.rules.design_parts import resolve
from engine.rules.learning import launch_price_usd
from engine.rules.links import Case, figures_of, links_of
from engine.units import DAY_S, JULIAN_YEAR_S, STANDARD_GRAVITY_M_S2

__all__ = ["Shade", "propelled", "shade_of", "starts"]

DEPTHS = (0.3, 0.5, 0.8)
POLICIES: tuple[LoadPolicy, ...] = ("steady", "follow-the-sun")
MARGIN = 1.08
"""What closed forms leave out: heaters, coatings that age, the warmest day."""

WORN_BATTERY = 0.8
DISPOSAL_DAYS = 180.0
"""A way down by thrust may take so long."""

STORMY_AIR = 6.0
"""Thrust stands so many times the mean drag of moderate activity: the air of a solar maximum."""

_FARTHEST_SUN = 0.967
_COUNTS = 9
_MOST_TERMINALS = 4
_SAMPLE_DAYS = 5
"""Days between looks at the shade of the year."""


@dataclass(frozen=True, slots=True)
class Shade:
    """The year of an orbit: its longest shade and the mean share of an orbit it takes."""

    longest_min: float
    longest_share: float
    mean_share: float


def shade_of(job: Job) -> Shade:
    """The shade of the orbit over the first year."""
    orbit, tilt = job.orbit, math.radians(job.inclination_deg)
    node_deg = raan_deg(orbit, job.state.day)
    drift = node_rate_deg_day(orbit.altitude_km, job.inclination_deg)
    shares = []
    for after in range(0, 365, _SAMPLE_DAYS):
        days = job.state.day + after - 0.5
        sine = eclipse.sin_beta(
            sun.sun_x(days),
            sun.sun_y(days),
            sun.sun_z(days),
            math.cos(tilt),
            math.sin(tilt),
            math.radians(node_deg + drift * after),
        )
        beta_deg = math.degrees(math.asin(max(-1.0, min(1.0, sine))))
        shares.append(eclipse.eclipse_fraction(orbit.altitude_km, beta_deg))
    longest = max(shares)
    period_min = orbit_period_s(orbit.altitude_km) / 60.0
    return Shade(longest * period_min, longest, sum(shares) / len(shares))


def starts(job: Job, accelerators: tuple[str, ...]) -> list[tuple[float, Design]]:
    """First sizes for every accelerator, bus, policy, depth and a ladder of counts, each with a rough cost.

    Args:
        job: what for.
        accelerators: ids of the compute units to try.

    Returns:
        Rough dollars for a PFLOP-day and the design, cheapest first; only what a flight can carry.
    """
    shade = shade_of(job)
    found = []
    for accelerator in accelerators:
        for bus in job.state.catalogue.buses.values():
            for count in _counts(job, accelerator, bus):
                links = _links(job, accelerator, count)
                for policy, depth in product(POLICIES, DEPTHS):
                    if policy != "steady" and depth != DEPTHS[0]:
                        continue
                    design = _sized(job, shade, accelerator, bus.id, count, links, policy, depth)
                    if design is not None:
                        found.append((_rough_usd(job, shade, design), design))
    return sorted((one for one in found if math.isfinite(one[0])), key=lambda one: one[0])


def _counts(job: Job, accelerator: str, bus: Bus) -> list[int]:
    """From one unit to all that the bus can feed, evenly in the logarithm."""
    unit_w = job.state.catalogue.accelerators[accelerator].power_w.nominal
    most = int(0.85 * bus.max_power_w.nominal / unit_w)
    if most < 1:
        return []
    return sorted({max(1, round(most ** (step / (_COUNTS - 1)))) for step in range(_COUNTS)})


def _sized(
    job: Job,
    shade: Shade,
    accelerator: str,
    bus: str,
    count: int,
    links: tuple[LinkFit, ...],
    policy: LoadPolicy,
    depth: float,
) -> Design | None:
    """A design with closed-form sizes; None where no radiator is cold enough."""
    catalogue = job.state.catalogue
    array = min(catalogue.arrays.values(), key=lambda one: _array_usd_per_w(job, one))
    battery = min(catalogue.batteries.values(), key=lambda one: _battery_usd_per_kwh(job, one))
    panel = min(catalogue.radiators.values(), key=lambda one: _radiator_usd_per_w(job, one))
    draft = Design(
        id=f"sized-{accelerator}",
        name=f"Sized for {job.orbit.altitude_km:g} km",
        bus=bus,
        accelerator=accelerator,
        accelerator_count=count,
        array=array.id,
        array_area_m2=1.0,
        battery=battery.id,
        battery_kwh=1.0,
        depth_of_discharge=depth,
        radiator=panel.id,
        radiator_area_m2=1.0,
        radiator_faces=2 if panel.max_faces >= 2 else 1,
        thruster=next(iter(catalogue.thrusters)),
        propellant_kg=0.0,
        links=links,
        load_policy=policy,
        life_years=job.life_years,
    )
    parts = resolve(draft, catalogue)
    climate = physics.climate_at(parts, job.orbit.altitude_km)
    load_w = physics.bus_load_w(draft, parts, 1.0)
    dark_w = load_w if policy == "steady" else physics.bus_load_w(draft, parts, 0.0)
    share, efficiency = shade.longest_share, battery.round_trip_efficiency.nominal
    needed_w = load_w + dark_w * share / (1.0 - share) / efficiency
    worn = (1.0 - array.degradation_per_year.nominal) ** job.life_years * _FARTHEST_SUN
    per_m2_w = physics.sunlit_array(draft, parts, climate)[1] * worn
    aim_k = parts.accelerator.trip_k.nominal - physics.drop_k(parts)
    faces, emissivity = float(draft.radiator_faces), panel.emissivity.nominal
    cooled_m2 = radiator_area_m2(load_w, aim_k, faces, emissivity, 0.0, climate.absorbed_w_m2)
    if not math.isfinite(cooled_m2):
        return None
    stored = eclipse_battery_kwh(dark_w, shade.longest_min, depth, efficiency**0.5) / WORN_BATTERY
    least = 0.02 * load_w / 1000.0
    sizes = {
        "array_area_m2": MARGIN * needed_w / per_m2_w,
        "battery_kwh": MARGIN * max(stored, least),
        "radiator_area_m2": MARGIN * cooled_m2 / panel.fin_efficiency.nominal,
    }
    return completed(job, draft.model_copy(update=sizes))


# --- what follows from the sizes -----------------------------------------------------------------


def completed(job: Job, design: Design) -> Design:
    """The design with shield, thrusters and propellant that follow from the rest."""
    design = design.model_copy(update={"shield_mm": _shield_mm(job, design)})
    thrusters = job.state.catalogue.thrusters.values()
    choices = [propelled(job, design.model_copy(update={"thruster": one.id}), 1.0) for one in thrusters]
    return min(choices, key=lambda one: _lifted_usd(job, one))


def propelled(job: Job, design: Design, keeping: float) -> Design:
    """The design with propellant for its life and the way down, and thrust enough for both.

    Args:
        job: what for.
        design: with everything else.
        keeping: how many times what the budgets expect holding the orbit took in a flight.
    """
    catalogue, height_km = job.state.catalogue, job.orbit.altitude_km
    thruster = catalogue.thrusters[design.thruster]
    exhaust_m_s = thruster.isp_s.nominal * STANDARD_GRAVITY_M_S2
    for _ in range(2):
        sums = budget(design, catalogue, height_km)
        down_m_s = 0.0 if sums.dead_years <= DISPOSAL_YEARS else disposal_delta_v_m_s(height_km)
        need_m_s = 1.05 * keeping * sums.keeping_m_s + 1.02 * down_m_s
        propellant_kg = sums.dry_mass_kg * math.expm1(need_m_s / exhaust_m_s)
        held_m_s2 = STORMY_AIR * sums.keeping_m_s / (job.life_years * JULIAN_YEAR_S)
        newtons = sums.wet_mass_kg * max(down_m_s / (DISPOSAL_DAYS * DAY_S), held_m_s2)
        count = min(64, max(1, math.ceil(newtons / thruster.thrust_n.nominal)))
        design = design.model_copy(update={"propellant_kg": propellant_kg, "thruster_count": count})
    return design


def _shield_mm(job: Job, design: Design) -> float:
    """The thinnest shield under which the chips outlast the life."""
    for shield_mm in SHIELDS_MM:
        sums = budget(
            design.model_copy(update={"shield_mm": shield_mm}), job.state.catalogue, job.orbit.altitude_km
        )
        if 1.05 * sums.dose_krad <= sums.dose_limit_krad:
            return shield_mm
    return SHIELDS_MM[-1]


# --- what is cheapest ----------------------------------------------------------------------------


def _kg_usd(job: Job) -> float:
    """What a kilogram of hardware costs to lift, structure and adapter with it."""
    vehicle = job.state.catalogue.vehicles[job.vehicle]
    lifted_kg = _payload_kg(job)
    return (
        1.1 * (1.0 + vehicle.adapter_fraction.nominal) * launch_price_usd(job.state, job.vehicle) / lifted_kg
    )


def _payload_kg(job: Job) -> float:
    """What the vehicle lifts to the orbit."""
    vehicle = job.state.catalogue.vehicles[job.vehicle]
    lifted_kg: float = launch_fit.fit(vehicle, 1.0, 1e-6, job.orbit).payload_kg
    return max(lifted_kg, 1.0)


def _array_usd_per_w(job: Job, one: SolarArray) -> float:
    """For a watt at the end of life."""
    worn = math.pow(1.0 - one.degradation_per_year.nominal, job.life_years)
    watts = one.efficiency.nominal * one.packing.nominal * worn
    return (one.price_usd_per_m2.nominal + one.areal_mass_kg_m2.nominal * _kg_usd(job)) / watts


def _battery_usd_per_kwh(job: Job, one: Battery) -> float:
    heavy = 1000.0 / one.specific_energy_wh_kg.nominal
    kept = max(0.1, 1.0 - one.calendar_fade_per_year.nominal * job.life_years)
    return (one.price_usd_per_kwh.nominal + heavy * _kg_usd(job)) / kept


def _radiator_usd_per_w(job: Job, one: Radiator) -> float:
    """For a watt at 330 K, its pump aside."""
    flux = one.emissivity.nominal * one.fin_efficiency.nominal * min(one.max_faces, 2)
    return (one.price_usd_per_m2.nominal + one.areal_mass_kg_m2.nominal * _kg_usd(job)) / flux


def _links(job: Job, accelerator: str, count: int) -> tuple[LinkFit, ...]:
    """The terminals that let most compute through for their price and mass."""
    chips_usd = count * job.state.catalogue.accelerators[accelerator].price_usd.nominal
    options = list(_terminals(job))

    def worth(fits: tuple[LinkFit, ...]) -> float:
        links = job.state.catalogue.links
        usd = sum(
            fit.count * (links[fit.link].price_usd.nominal + links[fit.link].mass_kg.nominal * _kg_usd(job))
            for fit in fits
        )
        return _let_through(job, accelerator, count, fits) / (2.0 * chips_usd + usd)

    return max(options, key=worth)


def _terminals(job: Job) -> Iterator[tuple[LinkFit, ...]]:
    links = job.state.catalogue.links.values()
    across: list[tuple[LinkFit, ...]] = [()]
    across += [(LinkFit(link=one.id, count=2),) for one in links if one.kind == "optical-crosslink"]
    for one in links:
        if one.kind != "optical-crosslink":
            for count, more in product(range(1, _MOST_TERMINALS + 1), across):
                yield (LinkFit(link=one.id, count=count), *more)


def _let_through(job: Job, accelerator: str, count: int, fits: tuple[LinkFit, ...]) -> float:
    """Share of the compute that links let become results."""
    preset = next(iter(job.state.catalogue.presets.values())).design
    changes: dict[str, Any] = {"accelerator": accelerator, "accelerator_count": count, "links": fits}
    case = Case(
        float(round(job.orbit.altitude_km)),
        round(10.0 * job.inclination_deg) / 10.0,
        job.spread == "cluster",
        150.0,
        16.0,
        16.0,
        job.mix(),
    )
    found = figures_of(links_of(preset.model_copy(update=changes), job.state.catalogue, case))
    return float(min(1.0, found.network_cap) * found.interconnect * found.served_fraction)


def _lifted_usd(job: Job, design: Design) -> float:
    """Built and lifted, by mass alone."""
    return build_usd(job.state, design) + job.budget(design).wet_mass_kg * _kg_usd(job)


def _rough_usd(job: Job, shade: Shade, design: Design) -> float:
    """Rough dollars for a PFLOP-day; infinite if a flight carries none, or the bus not the load."""
    sums, count = job.budget(design), job.fit(design).count
    bus = job.state.catalogue.buses[design.bus]
    if count < 1 or sums.load_w > bus.max_power_w.nominal:
        return math.inf
    lit = 1.0 if design.load_policy == "steady" else 1.0 - shade.mean_share
    through = _let_through(job, design.accelerator, design.accelerator_count, design.links)
    usd = build_usd(job.state, design) + launch_price_usd(job.state, job.vehicle) / count
    return usd / max(sums.peak_pflops * lit * through * 365.25 * job.life_years, 1e-12)
