"""Orbits to begin with, and orbits in words."""

from __future__ import annotations

from collections.abc import Mapping

from engine.model.orbit import Inclined, Orbit, SunSynchronous

__all__ = ["ORBITS", "OWN", "orbit_words"]

OWN = "own"
"""Key of an orbit that is none of the presets."""

ORBITS: Mapping[str, tuple[str, str, Orbit]] = {
    "dawn-dusk-650": (
        "dawn-dusk 650 km",
        "along the terminator: in sunlight nearly all year",
        SunSynchronous(altitude_km=650.0, ltan_h=18.0),
    ),
    "dawn-dusk-550": (
        "dawn-dusk 550 km",
        "the same, lower: cheaper to reach, more drag",
        SunSynchronous(altitude_km=550.0, ltan_h=18.0),
    ),
    "dawn-dusk-1400": (
        "dawn-dusk 1,400 km",
        "high enough to miss the shadow all year; costs payload",
        SunSynchronous(altitude_km=1400.0, ltan_h=18.0),
    ),
    "noon-600": (
        "noon 600 km",
        "over the ground at noon and midnight: a third of each orbit in shade",
        SunSynchronous(altitude_km=600.0, ltan_h=12.0),
    ),
    "inclined-53": (
        "53° 550 km",
        "over the cities; the plane turns through sun and shade",
        Inclined(altitude_km=550.0, inclination_deg=53.0),
    ),
    "inclined-28": (
        "28.5° 550 km",
        "straight out of Florida or Texas: the most payload",
        Inclined(altitude_km=550.0, inclination_deg=28.5),
    ),
}
"""Orbits to begin with: name, what they are for, and the orbit."""


def orbit_words(orbit: Orbit) -> str:
    """An orbit in a few words: `650 km sun-synchronous, LTAN 18:00`."""
    if isinstance(orbit, SunSynchronous):
        minutes = round(orbit.ltan_h * 60)
        return f"{orbit.altitude_km:g} km sun-synchronous, LTAN {minutes // 60:02d}:{minutes % 60:02d}"
    return f"{orbit.altitude_km:g} km at {orbit.inclination_deg:g}°, node {orbit.raan_deg:g}°"
