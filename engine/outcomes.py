"""What the engine answers: an order is accepted with its events, or refused with a reason and a mend."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from engine.events import Event
    from engine.state import CampaignState


@dataclass(frozen=True, slots=True)
class Fault:
    """One line of a go/no-go list.

    Attributes:
        severity: `stop` refuses the order, `risk` can be taken knowingly, `ok` is a line that passed.
        field: the part of the order it is about, as `vehicle` or `orbit.altitude_km`.
        reason: what is so, with the number.
        fix: what to do about it; empty for `ok`.
    """

    severity: Literal["stop", "risk", "ok"]
    field: str
    reason: str
    fix: str = ""


@dataclass(frozen=True, slots=True)
class Accepted:
    """The order holds: the state after it, and what happened."""

    state: CampaignState
    events: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejected:
    """The order does not hold, and nothing has changed.

    Attributes:
        reason: why, in a sentence with the number.
        field: the part of the order at fault.
        fix: what would make it hold.
    """

    reason: str
    field: str
    fix: str


Outcome = Accepted | Rejected
