"""What stays in the books of a flight: cover that pays, satellites built, and what each batch was worth."""

from __future__ import annotations

from dataclasses import replace

from engine.events import Event, EventKind, Severity
from engine.rules.learning import in_force
from engine.rules.money import book
from engine.rules.words import money
from engine.state import CENTS, Booking, CampaignState, LedgerKind, changed


def paid_out(state: CampaignState, booking: Booking, amount_cents: int) -> tuple[CampaignState, Event]:
    """Insurers pay the value of what was lost today."""
    state = book(state, LedgerKind.PAYOUT, booking.id, amount_cents)
    text = f"Insurers pay {money(amount_cents / CENTS)} for {booking.id}."
    return state, Event(state.day, EventKind.INSURANCE, Severity.NOTICE, text, booking.id)


def with_flown(
    state: CampaignState, booking: Booking, each_cents: int, good: int, flights: int
) -> CampaignState:
    """Counts what was built for flights of today, and keeps what each new batch cost.

    Args:
        state: the campaign, with the new batches in its fleet.
        booking: the launch order.
        each_cents: price of one flight and its satellites.
        good: flights that reached orbit, each a new batch.
        flights: flights that left.
    """
    if not in_force(state):
        return state
    old, order = state.capital, booking.order
    bus = state.designs[order.design].bus
    built = {**old.built, bus: old.built.get(bus, 0) + order.count * flights}
    paid_cents = (*old.paid_cents, *[each_cents] * good)
    return changed(state, capital=replace(old, built=built, paid_cents=paid_cents))
