"""What mission control says while nothing flies: the next sensible step, and the key for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from odc_tui.present import numbers

if TYPE_CHECKING:
    from engine.state import CampaignState
    from odc_tui.present.chrome import Piece


BINDS_HINT: list[Piece] = [
    ("Nothing binds yet. Here you will read which of chips, power, ", "$role-quiet"),
    ("heat, links and demand holds compute down, and the cheapest thing to try.", "$role-quiet"),
]
ORBIT_HINT: list[Piece] = [
    ("One orbit of a batch will be drawn here: power, charge and heat\n", "$role-quiet"),
    ("through sunlight and shade, with the present moving along it.", "$role-quiet"),
]
NO_ECONOMY = (
    "This scenario has no investors, lenders or contracts. race, gigawatt-2045 and beat-the-ground do."
)


@dataclass(frozen=True, slots=True)
class Step:
    """One step toward the first satellite.

    Attributes:
        done: whether it has been taken.
        text: what to do, or what was done.
        key: what to press, empty if there is nothing to press.
    """

    done: bool
    text: str
    key: str = ""


def first_steps(state: CampaignState) -> tuple[Step, ...]:
    """The way from nothing to computing in orbit, as far as it has been gone."""
    return (_design_step(state), _launch_step(state), _flight_step(state), _service_step())


def next_step(state: CampaignState) -> Step:
    """The first step not yet taken."""
    return next(step for step in first_steps(state) if not step.done)


def next_pieces(state: CampaignState) -> list[Piece]:
    """The next step as a sentence with its key."""
    step = next_step(state)
    key: list[Piece] = [("  ", ""), (f" {step.key} ", "$primary bold reverse")] if step.key else []
    return [("▸ ", "$primary bold"), (step.text, ""), *key]


def _design_step(state: CampaignState) -> Step:
    if not state.designs:
        return Step(False, "Design a satellite, or take a preset", "2")
    names = [design.name for design in state.designs.values()]
    more = f" and {len(names) - 1} more" if len(names) > 1 else ""
    return Step(True, f"Designed: {names[0]}{more}")


def _launch_step(state: CampaignState) -> Step:
    if not state.bookings and not len(state.names):
        return Step(False, "Book a flight for it", "3")
    if not state.bookings:
        return Step(True, "Booked and flown")
    flights = sum(booking.left for booking in state.bookings)
    return Step(True, f"Booked: {numbers.counted(flights, 'flight')}")


def _flight_step(state: CampaignState) -> Step:
    if not state.bookings:
        return Step(len(state.names) > 0, "Let time run until lift-off", "space")
    first = min(state.bookings, key=lambda booking: booking.day)
    days = first.day - state.day
    when = "today" if days <= 0 else f"in {numbers.counted(days, 'day')}"
    return Step(False, f"{first.id} lifts off {when}: let time run", "space")


def _service_step() -> Step:
    return Step(False, "Watch it fly and compute")
