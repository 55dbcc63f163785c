"""Firsts worth telling: satellites in orbit, and electrical power turned into compute."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.events import Event, EventKind, Severity
from engine.kernels.layout import Field, Status
from engine.simulate.fleet import places
from engine.state import CampaignState, changed

Step = tuple[CampaignState, list[Event]]


@dataclass(frozen=True, slots=True)
class Milestone:
    """A threshold and the sentence told when it is first passed."""

    id: str
    threshold: float
    text: str


SATELLITES = (
    Milestone("satellites-1", 1, "Your first satellite is in orbit."),
    Milestone("satellites-100", 100, "One hundred satellites in orbit: a swarm."),
    Milestone("satellites-1000", 1_000, "One thousand satellites in orbit."),
    Milestone(
        "satellites-10000", 10_000, "Ten thousand satellites: about as many as the largest fleet of 2026."
    ),
    Milestone(
        "satellites-1000000", 1_000_000, "One million satellites: the whole of the largest filing of 2026."
    ),
)
"""Counted over all that reached orbit."""

POWER_W = (
    Milestone("power-first", 1e-9, "First watts from sunlight turned into compute."),
    Milestone("power-kw", 1e3, "One kilowatt of compute in orbit: one fast accelerator."),
    Milestone("power-mw", 1e6, "One megawatt of compute in orbit: a row of racks, no grid, no water."),
    Milestone("power-gw", 1e9, "One gigawatt of compute in orbit: what the newspapers promised."),
)
"""Mean electrical power into accelerators over an orbit."""


_POWER_FIELDS = places(
    Field.STATUS,
    Field.ECLIPSE_FRACTION,
    Field.CHIPS_SUN_W,
    Field.CHIPS_SHADE_W,
    Field.ALIVE_COUNT,
)
_SERVICE = float(Status.SERVICE)


def it_power_w(state: CampaignState) -> float:
    """Electrical power that went into accelerators on the last day that passed, whole fleet, orbit mean."""
    status, shade, in_sun_w, in_shade_w, alive = state.fleet.table(_POWER_FIELDS)
    each_w = in_sun_w * (1.0 - shade) + in_shade_w * shade
    return float(np.add.reduce(alive * each_w, where=status == _SERVICE))


def pass_satellites(state: CampaignState) -> Step:
    """Milestones of satellites launched that are newly passed."""
    return _passed(state, SATELLITES, state.totals.satellites_launched)


def pass_power(state: CampaignState) -> Step:
    """Milestones of power into compute that are newly passed."""
    if all(milestone.id in state.milestones for milestone in POWER_W):
        return state, []
    return _passed(state, POWER_W, it_power_w(state))


def first_light(state: CampaignState) -> Step:
    """The very first power into compute is told after a batch's first day of service; the rest monthly."""
    if POWER_W[0].id in state.milestones or not len(state.names):
        return state, []
    fresh = (state.fleet.column(Field.SERVICE_DAY) + 1.0 == state.day).any()
    return pass_power(state) if fresh else (state, [])


def waiting_day(state: CampaignState) -> int | None:
    """The next day after a first full day of service, while no power has ever been turned into compute."""
    if POWER_W[0].id in state.milestones or not len(state.names):
        return None
    days = state.fleet.column(Field.SERVICE_DAY) + 1.0
    ahead = days[days > state.day]
    return int(ahead.min()) if len(ahead) else None


def _passed(state: CampaignState, milestones: tuple[Milestone, ...], value: float) -> Step:
    fresh = [one for one in milestones if value >= one.threshold and one.id not in state.milestones]
    if not fresh:
        return state, []
    told = [Event(state.day, EventKind.MILESTONE, Severity.NOTICE, one.text) for one in fresh]
    return changed(state, milestones=(*state.milestones, *(one.id for one in fresh))), told
