"""Launch day: slips and holds, payment, success or loss, stand-downs, and what else moves because of it."""

from __future__ import annotations

from dataclasses import replace

from engine.events import Event, EventKind, Severity
from engine.rules import draw, launch_dates
from engine.rules.delivery import deliver, service_day
from engine.rules.insurance import paid_out, with_flown
from engine.rules.launch_fit import shell_altitude_km
from engine.rules.launch_money import flight_cost, is_insured
from engine.rules.levers import lever
from engine.rules.money import book
from engine.rules.odds import odds
from engine.rules.words import counted, day_text, money
from engine.state import CENTS, Booking, CampaignState, LedgerKind, VehicleStatus, changed

Step = tuple[CampaignState, list[Event]]


def fly_due(state: CampaignState) -> Step:
    """Handles every flight whose announced day has come: each leaves, is moved, or is cancelled."""
    told: list[Event] = []
    while due := [booking for booking in state.bookings if booking.day <= state.day]:
        state, happened = _handle(state, min(due, key=lambda booking: (booking.day, booking.number)))
        told += happened
    return state, told


def _handle(state: CampaignState, booking: Booking) -> Step:
    hold = launch_dates.actual_hold(state, booking)
    if hold is not None:
        return move(state, booking, hold.until_day, hold.reason)
    if state.scenario.rules.slips and not booking.slip_drawn:
        late_days = _slip_days(state, booking)
        booking_known = replace(booking, slip_drawn=True)
        state = _with_booking(state, booking_known)
        if late_days > 0:
            return move(state, booking_known, state.day + late_days, "the operator needs more time")
        booking = booking_known
    group = min(booking.order.flights, booking.left)
    cost = flight_cost(state, booking.order).total_cents
    paid = min(group, state.cash_cents // cost) if state.scenario.rules.money and cost > 0 else group
    told: list[Event] = []
    if paid < group:
        told.append(_cancelled(state, booking, group - max(paid, 0), cost))
    if paid > 0:
        state, happened = _lift_off(state, booking, paid)
        told += happened
    return _gone(state, booking, group), told


def _slip_days(state: CampaignState, booking: Booking) -> int:
    mean = state.catalogue.vehicles[booking.order.vehicle].slip_days.nominal
    if state.ramps:  # a vehicle that flies more often keeps its dates better
        mean = min(mean, launch_dates.gap_days(state, booking.order.vehicle))
    mean *= lever(state, "delays")
    return int(draw.exponential(state.seed, booking.flight_id(booking.flown), "slip", mean))


def move(state: CampaignState, booking: Booking, from_day: int, why: str) -> Step:
    """Moves the next flights of a booking to the first free day from `from_day` on, and tells it."""
    day = launch_dates.free_day_for(state, booking.order.vehicle, from_day, without=booking.number)
    text = f"{booking.id} moves from {day_text(booking.day)} to {day_text(day)}: {why}."
    event = Event(state.day, EventKind.LAUNCH_SLIP, Severity.NOTICE, text, booking.id)
    return _with_booking(state, replace(booking, day=day)), [event]


def _with_booking(state: CampaignState, booking: Booking) -> CampaignState:
    swapped = tuple(booking if old.number == booking.number else old for old in state.bookings)
    return changed(state, bookings=swapped)


def _gone(state: CampaignState, booking: Booking, flights: int) -> CampaignState:
    """Takes flights off a booking; the series goes on at its next date, or later if the vehicle needs it."""
    flown = booking.flown + flights
    if flown >= booking.total:
        left = tuple(old for old in state.bookings if old.number != booking.number)
        return changed(state, bookings=left)
    order = booking.order
    planned = launch_dates.planned_day(order, flown)
    day = max(planned, state.day + launch_dates.gap_days(state, order.vehicle))
    return _with_booking(state, replace(booking, flown=flown, day=day, slip_drawn=False))


def _cancelled(state: CampaignState, booking: Booking, flights: int, cost_cents: int) -> Event:
    text = (
        f"{booking.id}: {counted(flights, 'flight')} cancelled, "
        f"each costs {money(cost_cents / CENTS)} and {money(state.cash_usd)} is in hand."
    )
    return Event(state.day, EventKind.LAUNCH_CANCELLED, Severity.WARNING, text, booking.id)


def _lift_off(state: CampaignState, booking: Booking, flights: int) -> Step:
    cost = flight_cost(state, booking.order, flights)
    state = book(state, LedgerKind.LAUNCH, booking.id, -cost.launch_cents)
    state = book(state, LedgerKind.BUILD, booking.id, -cost.build_cents)
    state = book(state, LedgerKind.INSURANCE, booking.id, -cost.insurance_cents)
    chance = odds(state, booking.order.vehicle)
    good, lost = _fates(state, booking, flights, chance)
    state, lifted_kg = deliver(state, booking, good)
    state = _recorded(state, booking, len(good), len(lost), lifted_kg)
    state = with_flown(state, booking, cost.value_cents // flights, len(good), flights)
    told: list[Event] = []
    if good:
        told.append(_success(state, booking, good))
    if lost:
        told.append(_failure(state, booking, lost))
        if is_insured(state, booking.order):
            state, paid = paid_out(state, booking, cost.value_cents * len(lost) // flights)
            told.append(paid)
        state, happened = _stand_down(state, booking, lost[0])
        told += happened
    return state, told


def _fates(
    state: CampaignState, booking: Booking, flights: int, chance: float
) -> tuple[list[int], list[int]]:
    """Indices of the flights of today that reach orbit, and of those that do not."""
    fates: tuple[list[int], list[int]] = ([], [])
    for index in range(booking.flown, booking.flown + flights):
        fates[draw.uniform(state.seed, booking.flight_id(index), "odds") >= chance].append(index)
    return fates


def _recorded(
    state: CampaignState, booking: Booking, good: int, lost: int, lifted_kg: float
) -> CampaignState:
    vehicle = booking.order.vehicle
    old = state.vehicles[vehicle]
    status = replace(
        old,
        flown=old.flown + good + lost,
        good=old.good + good,
        failed=old.failed + lost,
        last_flight_day=state.day,
        lifted_kg=old.lifted_kg + lifted_kg,
    )
    sums, count = state.totals, booking.order.count
    totals = replace(
        sums,
        flights=sums.flights + good + lost,
        flights_failed=sums.flights_failed + lost,
        satellites_launched=sums.satellites_launched + good * count,
        satellites_lost_at_launch=sums.satellites_lost_at_launch + lost * count,
        lifted_kg=sums.lifted_kg + lifted_kg,
    )
    return changed(state, vehicles={**state.vehicles, vehicle: status}, totals=totals)


def _who(booking: Booking, indices: list[int]) -> str:
    if len(indices) == 1:
        return booking.flight_id(indices[0])
    return f"{len(indices):,} flights of {booking.id}"


def _success(state: CampaignState, booking: Booking, good: list[int]) -> Event:
    order = booking.order
    vehicle = state.catalogue.vehicles[order.vehicle].name
    load = f"{len(good) * order.count:,} × {state.designs[order.design].name}"
    where = f"{shell_altitude_km(order, good[0]):g} km"
    ready = day_text(service_day(state.catalogue, order, state.day))
    text = f"{_who(booking, good)}: {vehicle} has put {load} into orbit at {where}. Check-out until {ready}."
    return Event(state.day, EventKind.LAUNCH_SUCCESS, Severity.NOTICE, text, booking.id)


def _failure(state: CampaignState, booking: Booking, lost: list[int]) -> Event:
    order = booking.order
    vehicle = state.catalogue.vehicles[order.vehicle].name
    satellites = counted(len(lost) * order.count, "satellite")
    text = f"{_who(booking, lost)}: {vehicle} did not reach orbit. {satellites} lost with it."
    return Event(state.day, EventKind.LAUNCH_FAILURE, Severity.ALARM, text, booking.id)


def _stand_down(state: CampaignState, booking: Booking, lost_index: int) -> Step:
    """The inquiry after a lost flight; how long it takes is drawn."""
    vehicle = state.catalogue.vehicles[booking.order.vehicle]
    span = vehicle.stand_down_days
    low = span.nominal / 2 if span.low is None else span.low
    high = span.nominal * 2 if span.high is None else span.high
    flight, late = booking.flight_id(lost_index), lever(state, "delays")
    days = round(draw.triangular(state.seed, flight, "stand-down", low, span.nominal, high) * late)
    return stand_down(state, vehicle.id, days, "an inquiry", but=booking.number) if days > 0 else (state, [])


def stand_down(state: CampaignState, vehicle_id: str, days: int, why: str, *, but: int = 0) -> Step:
    """Grounds a vehicle for some days and moves its flights; one booking, `but`, is left to its own pace."""
    name = state.catalogue.vehicles[vehicle_id].name
    until = max(state.day + days, state.vehicles[vehicle_id].grounded_until_day)
    status: VehicleStatus = replace(state.vehicles[vehicle_id], grounded_until_day=until, announced=False)
    state = changed(state, vehicles={**state.vehicles, vehicle_id: status})
    text = f"{name} stands down until {day_text(until)}: {why}."
    told = [Event(state.day, EventKind.VEHICLE_GROUNDED, Severity.WARNING, text, vehicle_id)]
    for other in state.bookings:
        if other.order.vehicle == vehicle_id and other.number != but and other.day < until:
            state, happened = move(state, other, until, f"{name} stands down")
            told += happened
    return state, told
