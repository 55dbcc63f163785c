"""Where a launch goes: a near-circular orbit, either held against the Sun or at a fixed plane."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from engine.model.base import Frozen, Real


class SunSynchronous(Frozen):
    """A sun-synchronous orbit; the inclination follows from the altitude, the node from `ltan_h`.

    Attributes:
        altitude_km: height over the equatorial radius, 300 to 2000.
        ltan_h: local mean time of the ascending node in hours; 6 and 18 ride the terminator.
    """

    type: Literal["sun-synchronous"] = "sun-synchronous"
    altitude_km: Real = Field(ge=300, le=2000)
    ltan_h: Real = Field(default=18.0, ge=0, lt=24)


class Inclined(Frozen):
    """A plane at a given inclination and node (right ascension of date, at launch)."""

    type: Literal["inclined"] = "inclined"
    altitude_km: Real = Field(ge=300, le=2000)
    inclination_deg: Real = Field(ge=0, le=180)
    raan_deg: Real = Field(default=0.0, ge=0, lt=360)


Orbit = Annotated[SunSynchronous | Inclined, Field(discriminator="type")]
