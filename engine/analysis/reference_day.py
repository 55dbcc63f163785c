"""What the slow reference keeps of a day it has flown: sums, least and most."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.analysis.reference_sky import Doubles, Flags

__all__ = ["LEAST", "MOST", "SUMS", "DayFlown", "blank", "keep"]


@dataclass(slots=True)
class DayFlown:
    """One day, `(n,)` each: energies in Wh of one satellite, scaled from whole orbits to 24 hours.

    Attributes:
        compute_s: seconds of full compute.
        flown_s: 24 hours, once scaled.
        noon_least_k: of the orbit around noon alone; `noon_most_k`, `noon_junction_k` likewise.
        dark: whether bus or heater went short of what they need at any time, with no compute to give way.
        at_edge: whether some orbits met the shadow and others missed it.
    """

    generated: Doubles
    used: Doubles
    compute_s: Doubles
    sunlit_s: Doubles
    heater_sun_j: Doubles
    heater_shade_j: Doubles
    flown_s: Doubles
    least_k: Doubles
    most_k: Doubles
    junction_k: Doubles
    memory_k: Doubles
    lacked_w: Doubles
    warm_sun_ks: Doubles
    warm_shade_ks: Doubles
    least_charge: Doubles
    most_charge: Doubles
    noon_least_k: Doubles
    noon_least_charge: Doubles
    noon_most_k: Doubles
    noon_junction_k: Doubles
    dark: Flags
    at_edge: Flags


SUMS = (
    "generated", "used", "compute_s", "sunlit_s", "heater_sun_j", "heater_shade_j", "flown_s",
    "warm_sun_ks", "warm_shade_ks",
)  # fmt: skip
LEAST = ("least_k", "least_charge", "noon_least_k", "noon_least_charge")
MOST = ("most_k", "junction_k", "memory_k", "lacked_w", "most_charge", "noon_most_k", "noon_junction_k")


def blank(count: int) -> DayFlown:
    """A day on which nothing has been flown yet."""
    zero, high = np.zeros(count), np.full(count, np.inf)
    sums = {name: zero.copy() for name in SUMS}
    least = {name: high.copy() for name in LEAST}
    most = {name: np.negative(high) for name in MOST}
    return DayFlown(**sums, **least, **most, dark=zero > 0.0, at_edge=zero > 0.0)


def keep(told: DayFlown, whole: DayFlown, lanes: Flags) -> None:
    """Take the sums of some batches over into the whole day."""
    for name in SUMS:
        np.copyto(getattr(whole, name), getattr(told, name), where=lanes)
