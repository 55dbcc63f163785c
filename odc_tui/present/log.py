"""The event log as rows: a glyph for each severity, a small filter language, and where a line leads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from engine.events import Event, EventKind, Severity

Room = Literal["mission", "design", "launch", "swarm", "finance"]

GLYPHS = {Severity.INFO: "·", Severity.NOTICE: "●", Severity.WARNING: "⚠", Severity.ALARM: "✖"}
RANK = {Severity.INFO: 0, Severity.NOTICE: 1, Severity.WARNING: 2, Severity.ALARM: 3}

FILTER_HELP = (
    "words that must occur · info, notice, warning or alarm: at least that loud · -word: must not occur"
)

_LEADS_TO: dict[EventKind, Room] = {
    EventKind.DESIGN_READY: "design",
    EventKind.LAUNCH_BOOKED: "launch",
    EventKind.LAUNCH_SUCCESS: "launch",
    EventKind.LAUNCH_FAILURE: "launch",
    EventKind.LAUNCH_SLIP: "launch",
    EventKind.LAUNCH_CANCELLED: "launch",
    EventKind.VEHICLE_AVAILABLE: "launch",
    EventKind.VEHICLE_GROUNDED: "launch",
    EventKind.SITE_REOPENED: "launch",
    EventKind.IN_SERVICE: "swarm",
    EventKind.ECLIPSE_BEGINS: "swarm",
    EventKind.ECLIPSE_ENDS: "swarm",
    EventKind.BINDING_CHANGED: "swarm",
    EventKind.SATELLITE_LOST: "swarm",
    EventKind.BLACKOUT: "swarm",
    EventKind.SOLAR_STORM: "swarm",
    EventKind.BATTERY_WORN: "swarm",
    EventKind.RADIATOR_WORN: "swarm",
    EventKind.PROPELLANT_OUT: "swarm",
    EventKind.REENTRY: "swarm",
    EventKind.DISPOSED: "swarm",
    EventKind.END_OF_LIFE: "swarm",
    EventKind.POLICY_CHANGED: "swarm",
    EventKind.MONTH_CLOSED: "finance",
    EventKind.CASH_WARNING: "finance",
    EventKind.CAPITAL: "finance",
    EventKind.COVENANT: "finance",
    EventKind.INSURANCE: "finance",
    EventKind.OFFER: "finance",
    EventKind.CONTRACT: "finance",
    EventKind.OBJECTIVE_MET: "finance",
    EventKind.OBJECTIVE_MISSED: "finance",
    EventKind.RIVAL: "finance",
}


@dataclass(frozen=True, slots=True)
class LogRow:
    """One line of the log.

    Attributes:
        leads_to: the screen where the cause can be looked at.
        subject: id to focus there, or empty.
    """

    date: str
    glyph: str
    severity: Severity
    text: str
    leads_to: Room
    subject: str


@dataclass(frozen=True, slots=True)
class LogFilter:
    """What a line must be and say to be shown; see `parse_filter`."""

    at_least: Severity = Severity.INFO
    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()

    def shows(self, event: Event) -> bool:
        """Whether `event` passes."""
        if RANK[event.severity] < RANK[self.at_least]:
            return False
        said = f"{event.text} {event.subject} {event.kind}".casefold()
        return all(word in said for word in self.wanted) and not any(word in said for word in self.unwanted)


def parse_filter(text: str) -> LogFilter:
    """Read what a person typed after `/`.

    Args:
        text: blanks separate words. `info`, `notice`, `warning` and `alarm` (or their plural) set the least
            severity; `-word` hides lines with the word; any other word has to occur. Case does not matter.
    """
    at_least, wanted, unwanted = Severity.INFO, [], []
    for word in text.casefold().split():
        if word.rstrip("s") in set(Severity):
            at_least = max(at_least, Severity(word.rstrip("s")), key=RANK.__getitem__)
        elif word.startswith("-"):
            unwanted += [word[1:]] if word[1:] else []
        else:
            wanted.append(word)
    return LogFilter(at_least, tuple(wanted), tuple(unwanted))


def log_row(event: Event) -> LogRow:
    """The line that tells `event`, dated as `06 May 2029`."""
    return LogRow(
        date=f"{event.date:%d %b %Y}",
        glyph=GLYPHS[event.severity],
        severity=event.severity,
        text=event.text,
        leads_to=_LEADS_TO.get(event.kind, "mission"),
        subject=event.subject,
    )


def log_rows(events: Sequence[Event], text: str = "", limit: int = 500) -> tuple[LogRow, ...]:
    """The newest lines that pass the filter, newest first.

    Args:
        events: oldest first, as the engine gives them.
        text: the filter as typed.
        limit: how many lines at most; older ones are left out.
    """
    chosen, rows = parse_filter(text), []
    for event in reversed(events):
        if chosen.shows(event):
            rows.append(log_row(event))
            if len(rows) == limit:
                break
    return tuple(rows)
