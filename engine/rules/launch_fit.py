"""Whether a manifest fits a vehicle: mass to that orbit, volume in the fairing, places on the dispenser."""

from __future__ import annotations

import math
from dataclasses import dataclass

from engine.formulas import launch
from engine.formulas.orbit import sun_synchronous_inclination_deg
from engine.model.catalogue import LaunchSite, Vehicle
from engine.model.orbit import Orbit, SunSynchronous
from engine.orders import Launch

LOWEST_KM = 300.0
HIGHEST_KM = 2000.0


@dataclass(frozen=True, slots=True)
class Fit:
    """The numbers of one flight: what the vehicle lifts there and how many satellites that is.

    `fit_limit` says which of `mass`, `volume` and `slots` is used up first.
    """

    altitude_km: float
    inclination_deg: float
    delta_v_m_s: float
    payload_kg: float
    volume_m3: float
    slots: int
    mass_count: int
    volume_count: int
    satellite_kg: float
    satellite_m3: float
    adapter_fraction: float

    @property
    def count(self) -> int:
        """Satellites that fit by mass, volume and slots."""
        return min(self.mass_count, self.volume_count, self.slots)

    @property
    def limit(self) -> str:
        """What is used up first."""
        return min((self.mass_count, "mass"), (self.volume_count, "volume"), (self.slots, "slots"))[1]

    def adapter_kg(self, count: int) -> float:
        """Mass of adapters and dispenser for so many satellites."""
        return self.adapter_fraction * self.satellite_kg * count

    def loaded_kg(self, count: int) -> float:
        """Mass of so many satellites with their adapters."""
        return (1.0 + self.adapter_fraction) * self.satellite_kg * count


def inclination_deg(orbit: Orbit, altitude_km: float | None = None) -> float:
    """Inclination of an orbit, at its own altitude or at another shell of the series."""
    if isinstance(orbit, SunSynchronous):
        return sun_synchronous_inclination_deg(orbit.altitude_km if altitude_km is None else altitude_km)
    return orbit.inclination_deg


def shell_altitude_km(order: Launch, index: int) -> float:
    """Altitude that the flight with this index of the series goes to."""
    return order.orbit.altitude_km + order.altitude_step_km * (index % order.shells)


def hardest_altitude_km(order: Launch) -> float:
    """The highest shell of the series: if the manifest fits there, it fits everywhere."""
    last = min(order.shells, order.times * order.flights) - 1
    return max(order.orbit.altitude_km, order.orbit.altitude_km + order.altitude_step_km * last)


def fit(
    vehicle: Vehicle, satellite_kg: float, satellite_m3: float, orbit: Orbit, altitude_km: float | None = None
) -> Fit:
    """What one flight of a vehicle to an orbit can carry of a satellite.

    Args:
        vehicle: the catalogue entry.
        satellite_kg: mass of one satellite at lift-off.
        satellite_m3: its stowed volume.
        orbit: where it goes.
        altitude_km: another shell of the same series, if not the orbit's own altitude.
    """
    target_km = orbit.altitude_km if altitude_km is None else altitude_km
    inclination = inclination_deg(orbit, target_km)
    delta_v_m_s = launch.launch_delta_v_m_s(
        target_km, inclination, vehicle.ref_altitude_km.nominal, vehicle.ref_inclination_deg.nominal
    )
    payload_kg = launch.launch_payload_kg(
        vehicle.payload_ref_kg.nominal,
        vehicle.upper_dry_kg.nominal,
        vehicle.upper_isp_s.nominal,
        vehicle.ref_altitude_km.nominal,
        vehicle.ref_inclination_deg.nominal,
        target_km,
        inclination,
    )
    adapter = vehicle.adapter_fraction.nominal
    volume_m3 = vehicle.fairing_volume_m3.nominal
    return Fit(
        altitude_km=target_km,
        inclination_deg=inclination,
        delta_v_m_s=delta_v_m_s,
        payload_kg=payload_kg,
        volume_m3=volume_m3,
        slots=vehicle.max_satellites,
        mass_count=math.floor(payload_kg / ((1.0 + adapter) * satellite_kg)),
        volume_count=math.floor(volume_m3 / satellite_m3),
        satellite_kg=satellite_kg,
        satellite_m3=satellite_m3,
        adapter_fraction=adapter,
    )


def reaches(site: LaunchSite, inclination: float) -> bool:
    """Whether a site's corridors allow an inclination without a dog-leg."""
    return any(low <= inclination <= high for low, high in site.inclinations_deg)


def corridors_text(site: LaunchSite) -> str:
    """The corridors of a site in words: `28.5-57°, 97-105°`."""
    return ", ".join(f"{low:g}-{high:g}°" for low, high in site.inclinations_deg)
