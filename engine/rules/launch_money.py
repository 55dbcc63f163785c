"""What flights cost, and what is already spoken for."""

from __future__ import annotations

from dataclasses import dataclass

from engine.formulas.capital import insurance_premium_usd
from engine.orders import Launch
from engine.rules.launch_dates import dates_until
from engine.rules.learning import build_usd, in_force, launch_price_usd
from engine.rules.money import cents
from engine.rules.odds import odds
from engine.state import CENTS, CampaignState

COMMITTED_DAYS = 90
"""How far ahead booked flights count as spoken for."""


@dataclass(frozen=True, slots=True)
class FlightCost:
    """The price of identical flights: lift-off, the satellites aboard, and cover, in whole cents."""

    launch_cents: int
    build_cents: int
    insurance_cents: int = 0

    @property
    def total_cents(self) -> int:
        """All together."""
        return self.value_cents + self.insurance_cents

    @property
    def value_cents(self) -> int:
        """What is lost if the flights fail, and what insurers pay."""
        return self.launch_cents + self.build_cents


def flight_cost(state: CampaignState, order: Launch, flights: int = 1) -> FlightCost:
    """What so many flights of an order cost at today's prices; the order's design must be known."""
    launch_cents = cents(launch_price_usd(state, order.vehicle) * flights)
    build_cents = cents(build_usd(state, order.design) * order.count * flights)
    cost = FlightCost(launch_cents, build_cents)
    if not is_insured(state, order):
        return cost
    loading = state.catalogue.economy.insurance_loading.nominal
    premium_usd = insurance_premium_usd(cost.value_cents / CENTS, odds(state, order.vehicle), loading)
    return FlightCost(launch_cents, build_cents, cents(premium_usd))


def is_insured(state: CampaignState, order: Launch) -> bool:
    """Whether insurers bear the risk of an order's flights."""
    wanted = state.capital.insured if order.insured is None else order.insured
    return wanted and in_force(state)


def committed_usd(state: CampaignState) -> float:
    """What flights already booked for the coming three months will cost at today's prices."""
    return committed_cents(state, state.day + COMMITTED_DAYS) / CENTS


def committed_cents(state: CampaignState, until_day: int) -> int:
    """What flights already booked up to and including a day will cost."""
    total, alike = 0, dict[tuple[object, ...], int]()
    for booking in state.bookings:
        order = booking.order
        flights = min(booking.left, dates_until(booking, until_day) * order.flights)
        if not flights:
            continue
        # Companies book flight by flight; what the price depends on is the same for most of them.
        kind = (order.vehicle, order.design, order.count, order.insured, flights)
        if kind not in alike:
            alike[kind] = flight_cost(state, order, flights).total_cents
        total += alike[kind]
    return total
