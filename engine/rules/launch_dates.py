"""When a vehicle can fly from a site: availability, outages, stand-downs and the pace of its operator."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.events import day_of
from engine.model.catalogue import LaunchSite
from engine.orders import Launch
from engine.rules.ramps import flights_per_year
from engine.rules.words import day_text, within
from engine.state import Booking, CampaignState, SiteStatus

YEAR_DAYS = 365


@dataclass(frozen=True, slots=True)
class Hold:
    """A reason that keeps a vehicle on the ground until a day; `field` is the order's part to change."""

    field: str
    until_day: int
    reason: str


def gap_days(state: CampaignState, vehicle_id: str) -> int:
    """Days that lie at least between two flights of a vehicle; 0 under rules without cadence."""
    if not state.scenario.rules.cadence:
        return 0
    return math.ceil(YEAR_DAYS / flights_per_year(state, vehicle_id))


def known_holds(state: CampaignState, vehicle_id: str, site_id: str) -> list[Hold]:
    """What is publicly known to keep a vehicle from flying out of a site, each with the day it ends."""
    holds = [_availability(state, vehicle_id), _stand_down(state, vehicle_id), _outage(state, site_id)]
    return [hold for hold in holds if hold is not None]


def _availability(state: CampaignState, vehicle_id: str) -> Hold | None:
    vehicle = state.catalogue.vehicles[vehicle_id]
    day = day_of(vehicle.available_from)
    if state.scenario.rules.unlock_all or day <= state.day:
        return None
    return Hold("vehicle", day, f"{vehicle.name} is not for sale before {day_text(day)}")


def _stand_down(state: CampaignState, vehicle_id: str) -> Hold | None:
    own, theirs = state.vehicles[vehicle_id].grounded_until_day, state.others.grounded_until
    day = max(own, theirs.get(vehicle_id, 0))
    if day <= state.day:
        return None
    name = state.catalogue.vehicles[vehicle_id].name
    return Hold("vehicle", day, f"{name} stands down after its failure until {day_text(day)}")


def _outage(state: CampaignState, site_id: str) -> Hold | None:
    """The outage as announced: the day it really ends is known once it has ended."""
    site = state.catalogue.launch_sites[site_id]
    status = state.sites.get(site_id)
    if status is None or not state.scenario.rules.cadence:
        return None
    if not status.closed_day <= state.day < status.reopen_day:
        return None
    expected, latest, reason = _announced(site, status)
    until = expected if state.day < expected else max(latest, state.day + 1)
    return Hold("site", until, f"{site.name} is closed until about {day_text(until)}: {reason}")


def _announced(site: LaunchSite, status: SiteStatus) -> tuple[int, int, str]:
    """The day a closed site is expected to reopen, the latest thought possible, and why it is closed."""
    if status.reason or site.closure is None:
        return status.expected_day, status.latest_day, f"{status.reason}."
    return day_of(site.closure.expected), day_of(site.closure.latest), site.closure.reason


def actual_hold(state: CampaignState, booking: Booking) -> Hold | None:
    """What keeps the next flights of a booking on the ground today, fate included."""
    order = booking.order
    status = state.vehicles[order.vehicle]
    holds = [_availability(state, order.vehicle), _stand_down(state, order.vehicle)]
    site = state.sites.get(order.site)
    if state.scenario.rules.cadence and site and site.closed_day <= state.day < site.reopen_day:
        name = state.catalogue.launch_sites[order.site].name
        why = f" ({within(site.reason)})" if site.reason else ""
        holds.append(Hold("site", site.reopen_day, f"{name} is not ready{why}"))
    gap = gap_days(state, order.vehicle)
    last = max(status.last_flight_day, state.others.last_flight.get(order.vehicle, -1))
    if last >= 0 and last + gap > state.day:
        holds.append(Hold("date", last + gap, "the pad is being turned round"))
    return max((hold for hold in holds if hold), key=lambda hold: hold.until_day, default=None)


def series_days(order: Launch) -> NDArray[np.int64]:
    """The planned days of a series, one a date."""
    return day_of(order.date) + order.every_days * np.arange(order.times, dtype=np.int64)


def planned_day(order: Launch, index: int) -> int:
    """The day that the flight with this index of a series was ordered for."""
    return day_of(order.date) + order.every_days * (index // order.flights)


def booked_days(state: CampaignState, vehicle_id: str, without: int = -1) -> NDArray[np.int64]:
    """Sorted days on which a vehicle has flown last or is booked by anybody, leaving out one launch order."""
    lasts = (state.vehicles[vehicle_id].last_flight_day, state.others.last_flight.get(vehicle_id, -1))
    days = [day for day in lasts if day >= 0]
    days += state.others.booked.get(vehicle_id, ())
    for booking in state.bookings:
        if booking.order.vehicle == vehicle_id and booking.number != without:
            days += days_left(booking).tolist() if booking.order.times > 1 else single_day(booking)
    return np.array(sorted(days), np.int64)


def days_left(booking: Booking) -> NDArray[np.int64]:
    """The days on which a booking still has flights, as far as they are known, one a date."""
    days = series_days(booking.order)[booking.flown // booking.order.flights :]
    return np.maximum(days, booking.day)


def single_day(booking: Booking) -> list[int]:
    """The same of an order for one date: that day, unless all has flown."""
    order = booking.order
    return [] if booking.flown >= order.flights else [max(day_of(order.date), booking.day)]


def dates_until(booking: Booking, last_day: int) -> int:
    """On how many dates up to and including a day a booking still has flights."""
    if booking.order.times > 1:
        return int((days_left(booking) <= last_day).sum())
    return sum(day <= last_day for day in single_day(booking))


def first_clash(days: NDArray[np.int64], taken: NDArray[np.int64], gap: int) -> int | None:
    """The first of `days` that lies less than `gap` days from one of `taken` (sorted), or None."""
    if gap == 0 or not len(taken):
        return None
    after = np.searchsorted(taken, days)
    to_next = taken[np.minimum(after, len(taken) - 1)] - days
    to_last = days - taken[np.maximum(after - 1, 0)]
    near = (np.abs(to_next) < gap) | (np.abs(to_last) < gap)
    return int(days[int(np.argmax(near))]) if near.any() else None


def free_day(taken: NDArray[np.int64], from_day: int, gap: int) -> int:
    """The first day from `from_day` on that lies at least `gap` days from each of `taken` (sorted)."""
    day = from_day
    if gap == 0:
        return day
    for other in taken[np.searchsorted(taken, from_day - gap) :].tolist():
        if other - day >= gap:
            break
        if abs(other - day) < gap:
            day = other + gap
    return day


def earliest_day(state: CampaignState, vehicle_id: str, site_id: str, from_day: int | None = None) -> int:
    """The first day on which a single flight of a vehicle from a site could be booked."""
    holds = known_holds(state, vehicle_id, site_id)
    start = max([state.day if from_day is None else from_day, *(hold.until_day for hold in holds)])
    return free_day_for(state, vehicle_id, start)


def free_day_for(state: CampaignState, vehicle_id: str, from_day: int, without: int = -1) -> int:
    """The first day from `from_day` on that is far enough from a vehicle's other flights, but one order's."""
    gap = gap_days(state, vehicle_id)
    return free_day(booked_days(state, vehicle_id, without), from_day, gap) if gap else from_day
