"""What flights cost, and what is already spoken for."""

from __future__ import annotations

from dataclasses import dataclass

from engine.orders import Launch
from engine.rules.budgets import budget_of
from engine.rules.launch_dates import days_left
from engine.rules.levers import lever
from engine.rules.money import cents
from engine.state import CampaignState

COMMITTED_DAYS = 90
"""How far ahead booked flights count as spoken for."""


@dataclass(frozen=True, slots=True)
class FlightCost:
    """The price of a number of identical flights: lift-off and the satellites aboard, in whole cents."""

    launch_cents: int
    build_cents: int

    @property
    def total_cents(self) -> int:
        """Both together."""
        return self.launch_cents + self.build_cents


def flight_cost(state: CampaignState, order: Launch, flights: int = 1) -> FlightCost:
    """What so many flights of an order cost on the day they leave; the order's design must be known."""
    price_usd = state.catalogue.vehicles[order.vehicle].price_usd.nominal * lever(state, "launch_price")
    build_usd = budget_of(state, order.design).build_usd
    return FlightCost(cents(price_usd * flights), cents(build_usd * order.count * flights))


def committed_cents(state: CampaignState, until_day: int) -> int:
    """What flights already booked up to and including a day will cost."""
    total = 0
    for booking in state.bookings:
        dates = int((days_left(booking) <= until_day).sum())
        flights = min(booking.left, dates * booking.order.flights)
        if flights:
            total += flight_cost(state, booking.order, flights).total_cents
    return total
