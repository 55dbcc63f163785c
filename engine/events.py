"""What can happen in a campaign, as it is told to the player and written into reports."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How loudly an event speaks."""

    INFO = "info"
    NOTICE = "notice"
    WARNING = "warning"
    ALARM = "alarm"


class EventKind(StrEnum):
    """The closed list of what can happen; auto-pause and filters choose from it."""

    DESIGN_READY = "design-ready"
    LAUNCH_BOOKED = "launch-booked"
    LAUNCH_SUCCESS = "launch-success"
    LAUNCH_FAILURE = "launch-failure"
    LAUNCH_SLIP = "launch-slip"
    LAUNCH_CANCELLED = "launch-cancelled"
    IN_SERVICE = "in-service"
    VEHICLE_AVAILABLE = "vehicle-available"
    VEHICLE_GROUNDED = "vehicle-grounded"
    SITE_REOPENED = "site-reopened"
    ECLIPSE_BEGINS = "eclipse-begins"
    ECLIPSE_ENDS = "eclipse-ends"
    BINDING_CHANGED = "binding-changed"
    SATELLITE_LOST = "satellite-lost"
    BLACKOUT = "blackout"
    SOLAR_STORM = "solar-storm"
    BATTERY_WORN = "battery-worn"
    RADIATOR_WORN = "radiator-worn"
    PROPELLANT_OUT = "propellant-out"
    REENTRY = "re-entry"
    DISPOSED = "disposed"
    END_OF_LIFE = "end-of-life"
    POLICY_CHANGED = "policy-changed"
    STANDING_GIVEN = "standing-given"
    STANDING_REFUSED = "standing-refused"
    MONTH_CLOSED = "month-closed"
    CASH_WARNING = "cash-warning"
    BANKRUPT = "bankrupt"
    MILESTONE = "milestone"
    OBJECTIVE_MET = "objective-met"
    OBJECTIVE_MISSED = "objective-missed"
    SCENARIO_END = "scenario-end"
    HAPPENING = "happening"
    CAPITAL = "capital"
    COVENANT = "covenant"
    INSURANCE = "insurance"
    OFFER = "offer"
    CONTRACT = "contract"
    RIVAL = "rival"


@dataclass(frozen=True, slots=True)
class Event:
    """One dated thing that happened.

    Attributes:
        day: UTC day, counted from 2000-01-01.
        subject: id of the batch, launch, vehicle or site it is about, or empty.
    """

    day: int
    kind: EventKind
    severity: Severity
    text: str
    subject: str = ""

    @property
    def date(self) -> dt.date:
        """The UTC date of `day`."""
        return date_of(self.day)


EPOCH = dt.date(2000, 1, 1)


def day_of(date: dt.date) -> int:
    """Days from 2000-01-01 to `date`."""
    return (date - EPOCH).days


def date_of(day: int) -> dt.date:
    """The UTC date `day` days after 2000-01-01."""
    return EPOCH + dt.timedelta(days=day)
