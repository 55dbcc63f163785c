"""What ground sites see of an orbit: share of the day, passes, and how far the nearest one is."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from engine.formulas.contact import contact_time_min_day, ground_reach_km, passes_per_day
from engine.formulas.orbit import slant_range_km
from engine.model.catalogue import Catalogue, GroundSite
from engine.model.same import Same
from engine.units import EARTH_RADIUS_KM

ALTITUDE_STEP_KM = 5.0
INCLINATION_STEP_DEG = 0.5
"""Contact changes by some per cent over steps of this size; orbits within one share the answer."""

DAY_MIN = 1440.0
_PLACES = 72


@dataclass(frozen=True, slots=True)
class Contact:
    """What the ground sites of one kind see of a satellite, in the mean.

    Attributes:
        minutes: a day in contact, clouds taken off; never more than the day has.
        passes: a day, clouds taken off.
        path_km: along the orbit from the satellite to where the nearest site sees it; 0 within sight.
        slant_km: from there down to the site.
        sites: minutes a day above the least elevation by site, clouds not taken off.
    """

    minutes: float
    passes: float
    path_km: float
    slant_km: float
    sites: tuple[tuple[str, float], ...]

    @property
    def share(self) -> float:
        """Share of the day in contact."""
        return self.minutes / DAY_MIN


NO_CONTACT = Contact(0.0, 0.0, 0.0, 0.0, ())


def contact(catalogue: Catalogue, kind: str, altitude_km: float, inclination_deg: float) -> Contact:
    """What sites of a kind see of an orbit; worked out once for orbits that hardly differ.

    Args:
        catalogue: with the sites.
        kind: `radio` or `optical`.
        altitude_km: of the orbit.
        inclination_deg: of the orbit.
    """
    height = max(1.0, round(altitude_km / ALTITUDE_STEP_KM))
    tilt = round(inclination_deg / INCLINATION_STEP_DEG)
    return _contact(Same(catalogue), kind, height * ALTITUDE_STEP_KM, tilt * INCLINATION_STEP_DEG)


@lru_cache(maxsize=1024)
def _contact(same: Same[Catalogue], kind: str, altitude_km: float, inclination_deg: float) -> Contact:
    sites = [site for site in same.thing.ground_sites.values() if site.kind in (kind, "both")]
    if not sites:
        return NO_CONTACT
    seen = []
    minutes = passes = 0.0
    for site in sites:
        least_deg = site.least_elevation_deg.nominal
        alone = _site_minutes(altitude_km, inclination_deg, site.lat_deg.nominal, least_deg)
        clear = site.clear_share.nominal if kind == "optical" else 1.0
        seen.append((site.id, alone))
        minutes += clear * alone
        passes += clear * passes_per_day(alone, altitude_km, least_deg)
    slant_km = max(slant_range_km(altitude_km, site.least_elevation_deg.nominal) for site in sites)
    path_km = _mean_path_km(sites, altitude_km, inclination_deg)
    return Contact(min(minutes, DAY_MIN), passes, path_km, slant_km, tuple(seen))


# Radio and light meet at most sites, and every catalogue has the same ones.
_site_minutes = lru_cache(maxsize=8192)(contact_time_min_day)


def _mean_path_km(sites: list[GroundSite], altitude_km: float, inclination_deg: float) -> float:
    """Mean way along the orbit's sphere from anywhere on the orbit to where the nearest site sees it."""
    turn = (np.arange(_PLACES) + 0.5) * (2.0 * math.pi / _PLACES)
    sin_lat = math.sin(math.radians(inclination_deg)) * np.sin(turn)[:, None]
    cos_lat = np.sqrt(1.0 - sin_lat**2)
    nearest = np.full((_PLACES, _PLACES), math.pi)
    for site in sites:
        lat, lon = math.radians(site.lat_deg.nominal), math.radians(site.lon_deg.nominal)
        cosine = math.sin(lat) * sin_lat + math.cos(lat) * cos_lat * np.cos(turn - lon)[None, :]
        reach = ground_reach_km(altitude_km, site.least_elevation_deg.nominal) / EARTH_RADIUS_KM
        nearest = np.minimum(nearest, np.arccos(np.clip(cosine, -1.0, 1.0)) - reach)
    return float(np.mean(np.maximum(nearest, 0.0))) * (EARTH_RADIUS_KM + altitude_km)
