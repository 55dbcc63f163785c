"""The world outside the company: luck, happenings, the ground, other companies as seen from here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.model.catalogue import Workload


@dataclass(frozen=True, slots=True)
class Luck:
    """How the world outside goes on: as projected, unless a forecast draws it otherwise.

    Attributes:
        sun_strengths: swing of each cycle of the Sun from 2030 on, as a share of the projected.
        workloads: workloads quoted otherwise than in the catalogue, by id.
    """

    sun_strengths: tuple[float, ...] = ()
    workloads: Mapping[str, Workload] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Coming:
    """Something that happens later this month."""

    day: int
    id: str


@dataclass(frozen=True, slots=True)
class Pull:
    """A factor that something which happened puts on a figure, up to but not on a day.

    Attributes:
        happening: id of what happened.
        lever: which figure.
        of: vehicles or workloads meant; all if empty.
        from_km: lowest and `to_km` highest altitude meant, for debris.
    """

    happening: str
    lever: str
    of: tuple[str, ...]
    factor: float
    until_day: int
    from_km: float
    to_km: float


@dataclass(frozen=True, slots=True)
class Happened:
    """What has befallen the campaign from outside; empty under rules without happenings.

    Attributes:
        looked_day: first of the month that was drawn last.
        coming: what happens in the rest of that month.
        pulls: factors in force.
        last: the day each happening last took place, by id.
    """

    looked_day: int = 0
    coming: tuple[Coming, ...] = ()
    pulls: tuple[Pull, ...] = ()
    last: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class GroundBuild:
    """Data centres ordered together on the ground: at work from `day`."""

    region: str
    day: int
    gw: float


@dataclass(frozen=True, slots=True)
class Ground:
    """The rival on the ground, as of the last quarter. Powers are of computing that may run anywhere.

    Attributes:
        built_gw: at work, by region.
        builds: ordered and waiting for power or walls, in the order of their days.
        wanted_gw: demand; `orbit_gw` of it is met from orbit.
        price_factor: what scarcity makes of the quoted prices; 1 in balance.
    """

    built_gw: Mapping[str, float] = field(default_factory=dict)
    builds: tuple[GroundBuild, ...] = ()
    wanted_gw: float = 0.0
    orbit_gw: float = 0.0
    price_factor: float = 1.0


@dataclass(frozen=True, slots=True)
class Ramp:
    """A step in the future of a vehicle, as it will really come; nobody is told before its day.

    Attributes:
        id: of the step in the file of the company.
        flights_per_year: the pace from then on; 0 if the step leaves it.
        polar: whether inclinations above 60 degrees open with it.
    """

    id: str
    vehicle: str
    day: int
    flights_per_year: float
    polar: bool


@dataclass(frozen=True, slots=True)
class Shell:
    """What others have in one shell of orbits: satellites that steer, and dead ones."""

    number: int
    steered: float
    derelict: float


@dataclass(frozen=True, slots=True)
class Others:
    """What the other companies of a race do, as this one sees it since the last month began.

    Attributes:
        booked: days of their flights to come, sorted, by vehicle.
        good: flights of theirs that succeeded in this campaign, by vehicle; `failed` likewise.
        last_flight: day of their last flight, by vehicle.
        grounded_until: the day until which their failures ground a vehicle.
        lifted_kg: mass of their satellites brought to orbit.
        delivered_pflops: what they offer, by workload.
        shells: what they have in orbit.
    """

    booked: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    good: Mapping[str, int] = field(default_factory=dict)
    failed: Mapping[str, int] = field(default_factory=dict)
    last_flight: Mapping[str, int] = field(default_factory=dict)
    grounded_until: Mapping[str, int] = field(default_factory=dict)
    lifted_kg: float = 0.0
    delivered_pflops: Mapping[str, float] = field(default_factory=dict)
    shells: tuple[Shell, ...] = ()
