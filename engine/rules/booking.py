"""Putting launch orders on the calendar and taking them off."""

from __future__ import annotations

from engine.events import Event, EventKind, Severity, day_of
from engine.model.report import CalendarEntry
from engine.orders import CancelFlights, Launch
from engine.outcomes import Accepted, Fault
from engine.rules import launch_dates
from engine.rules.launch_fit import shell_altitude_km
from engine.rules.words import counted, day_text, did_you_mean
from engine.state import Booking, CampaignState, changed


def book_launch(state: CampaignState, order: Launch) -> Accepted:
    """Enters the order; nothing is paid before lift-off."""
    booking = Booking(state.next_launch, order, 0, day_of(order.date))
    vehicle = state.catalogue.vehicles[order.vehicle].name
    load = f"{order.count:,} × {state.designs[order.design].name}"
    series = f" and {counted(booking.total - 1, 'more flight')}" if booking.total > 1 else ""
    text = f"{booking.id} is booked: {vehicle} with {load} on {day_text(booking.day)}{series}."
    state = changed(state, bookings=(*state.bookings, booking), next_launch=state.next_launch + 1)
    event = Event(state.day, EventKind.LAUNCH_BOOKED, Severity.INFO, text, booking.id)
    return Accepted(state, (event,))


def cancel_faults(state: CampaignState, order: CancelFlights) -> tuple[Fault, ...]:
    """Whether there is such an order with flights to come."""
    ids = [booking.id for booking in state.bookings]
    if order.launch in ids:
        return ()
    flown = order.launch in {f"L{number}" for number in set(state.names.launch.tolist())}
    reason = f"{order.launch} has flown." if flown else f"There is no booked launch {order.launch}."
    return (Fault("stop", "launch", reason, did_you_mean(order.launch, ids, "Nothing is booked.")),)


def cancel(state: CampaignState, order: CancelFlights) -> Accepted:
    """Takes the flights that are still to come off the calendar; nothing was paid, so nothing comes back."""
    booking = next(one for one in state.bookings if one.id == order.launch)
    left = tuple(one for one in state.bookings if one is not booking)
    text = f"{booking.id}: {counted(booking.left, 'flight')} taken off the calendar."
    event = Event(state.day, EventKind.LAUNCH_CANCELLED, Severity.NOTICE, text, booking.id)
    return Accepted(changed(state, bookings=left), (event,))


def calendar(state: CampaignState, limit: int = 100) -> tuple[CalendarEntry, ...]:
    """The next dates on the launch calendar, earliest first; a series is spread out only as far as shown."""
    entries = [entry for booking in state.bookings for entry in _entries(booking, limit)]
    return tuple(sorted(entries, key=lambda entry: (entry.day, entry.id))[:limit])


def _entries(booking: Booking, limit: int) -> list[CalendarEntry]:
    order = booking.order
    entries = []
    for place, day in enumerate(launch_dates.days_left(booking)[:limit].tolist()):
        index = booking.flown + place * order.flights
        entries.append(
            CalendarEntry(
                booking.flight_id(index),
                day,
                order.vehicle,
                order.site,
                order.design,
                order.count,
                min(order.flights, booking.total - index),
                shell_altitude_km(order, index),
            )
        )
    return entries
