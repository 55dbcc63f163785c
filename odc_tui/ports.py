"""What the session asks of the engine, so that tests can play without physics."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from engine.events import EventKind
    from engine.orders import Order
    from engine.outcomes import Accepted, Fault, Rejected
    from engine.state import CampaignState

__all__ = ["Clockwork", "EnginePort"]


class Clockwork(Protocol):
    """What lets days pass; the module `engine` is one."""

    def advance(
        self, state: CampaignState, day: int, stop_on: AbstractSet[EventKind] = ..., /
    ) -> Accepted | Rejected:
        """Days pass until a day, or until an event of a kind to stop for."""


class EnginePort(Clockwork, Protocol):
    """All that a session asks; the module `engine` is one."""

    def apply(self, state: CampaignState, order: Order, /) -> Accepted | Rejected:
        """Carry an order out, or refuse it."""

    def check(self, state: CampaignState, order: Order, /) -> tuple[Fault, ...]:
        """What speaks for and against an order."""

    def digest(self, state: CampaignState, /) -> str:
        """Hash of the whole state."""
