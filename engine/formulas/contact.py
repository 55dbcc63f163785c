"""When a ground site sees a satellite, and how much of what is made reaches customers in time."""

from __future__ import annotations

import math

from engine.formulas.orbit import max_pass_duration_s
from engine.formulas.ranges import Range
from engine.formulas.registry import formula
from engine.units import DAY_S, EARTH_RADIUS_KM

STEPS = 720
"""Places along half a turn at which the contact integral is taken; more change nothing the eye could see."""

_SINES = tuple(math.sin(math.pi * ((step + 0.5) / STEPS - 0.5)) for step in range(STEPS))
"""Of the argument of latitude at each of these places, from the southernmost to the northernmost."""

_OUTSIDE = Range(1.0e-3, 1.0e6)


@formula(
    "ground_reach",
    symbol="s",
    unit="km",
    inputs={"altitude_km": "km", "elevation_deg": "deg"},
    text="s = R lambda, cos(E + lambda) = R cos E / a",
    valid="spherical Earth; along the ground, from the site to the point under the satellite",
    source="triangle of site, satellite and Earth's centre",
)
def ground_reach_km(altitude_km: float, elevation_deg: float) -> float:
    """Distance along the ground at which a satellite stands at an elevation."""
    elevation = math.radians(elevation_deg)
    high_km = EARTH_RADIUS_KM + altitude_km
    return EARTH_RADIUS_KM * (math.acos(EARTH_RADIUS_KM * math.cos(elevation) / high_km) - elevation)


@formula(
    "contact_time",
    symbol="t_c",
    unit="min/day",
    inputs={"altitude_km": "km", "inclination_deg": "deg", "site_lat_deg": "deg", "elevation_deg": "deg"},
    text="t = 1440/(2 pi) integral over u of acos[(cos lambda - sin phi sin d) / (cos phi cos d)] / pi du, "
    "sin d = sin i sin u, cos(E + lambda) = R cos E / a",
    valid="mean over many days: the node stands at every longitude equally often; circular orbits, sphere",
    source="share of a parallel that lies inside the circle a site sees, spherical trigonometry",
    limits={"altitude_km": _OUTSIDE},
)
def contact_time_min_day(
    altitude_km: float, inclination_deg: float, site_lat_deg: float, elevation_deg: float
) -> float:
    """Minutes a day, in the mean, that a site sees a satellite above an elevation."""
    cos_reach = math.cos(ground_reach_km(altitude_km, elevation_deg) / EARTH_RADIUS_KM)
    site = math.radians(min(max(site_lat_deg, -89.999), 89.999))
    sin_site, cos_site = math.sin(site), math.cos(site)
    sin_i = math.sin(math.radians(inclination_deg))
    total = 0.0
    for sin_u in _SINES:
        sin_lat = sin_i * sin_u
        clear = 1.0 - sin_lat * sin_lat
        across = cos_site * math.sqrt(clear if clear > 1.0e-12 else 1.0e-12)
        cosine = (cos_reach - sin_site * sin_lat) / across
        if cosine <= -1.0:
            total += 1.0
        elif cosine < 1.0:
            total += math.acos(cosine) / math.pi
    return DAY_S / 60.0 * total / STEPS


@formula(
    "passes_per_day",
    symbol="m",
    unit="1/day",
    inputs={"contact_min": "min/day", "altitude_km": "km", "elevation_deg": "deg"},
    text="m = t_c / (pi/4 t_pass)",
    valid="passes cross the circle a site sees at every distance equally often; its rotation ignored",
    source="mean chord of a circle is pi/4 of its diameter",
    limits={"altitude_km": _OUTSIDE},
)
def passes_per_day(contact_min: float, altitude_km: float, elevation_deg: float) -> float:
    """How many times a day a satellite comes by, from the time it is seen."""
    mean_pass_min = 0.25 * math.pi * max_pass_duration_s(altitude_km, elevation_deg) / 60.0
    return contact_min / mean_pass_min


@formula(
    "site_diversity",
    symbol="A",
    unit="1",
    inputs={"clear_share": "1", "sites": "1"},
    text="A = 1 - (1 - p)^n",
    valid="sites far enough apart that their weather has nothing in common",
    source="probability that not all sites are clouded over",
)
def site_diversity(clear_share: float, sites: float) -> float:
    """Chance that at least one of several optical sites is clear."""
    return 1.0 - math.pow(1.0 - clear_share, sites)


@formula(
    "timely_share",
    symbol="q",
    unit="1",
    inputs={"contact_share": "1", "passes": "1/day", "path_ms": "ms", "patience_s": "s"},
    text="q = min(1, c + m (L - d) / 86400 s); 0 if the path alone takes longer than L",
    valid="results are made at all times equally; passes evenly spread over the day, none overlap",
    source="share of a day that lies in a pass or less than L - d before one",
)
def timely_share(contact_share: float, passes: float, path_ms: float, patience_s: float) -> float:
    """Share of results that reach the ground while somebody still waits for them, without any relay."""
    spare_s = patience_s - 0.001 * path_ms
    if spare_s < 0.0:
        return 0.0
    return min(1.0, contact_share + passes * spare_s / DAY_S)


@formula(
    "served_fraction",
    symbol="s",
    unit="1",
    inputs={"relay_share": "1", "timely": "1"},
    text="s = r + (1 - r) q",
    valid="a relay is fast enough whenever one is found; without one a result waits for a pass",
    source="definition",
)
def served_fraction(relay_share: float, timely: float) -> float:
    """Share of results that reach customers in time, by relay or directly."""
    return relay_share + (1.0 - relay_share) * timely
