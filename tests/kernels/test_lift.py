"""What the kernel recorded, in words."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from engine.events import Event, EventKind, Severity
from engine.kernels.layout import Binding, Kind
from engine.simulate.lift import lift
from engine.simulate.run import RECORD
from engine.state import CampaignState


def told(*records: tuple[int, int, int, float]) -> tuple[Event, ...]:
    return told_of(60.0, *records)


def told_of(launched: float, *records: tuple[int, int, int, float]) -> tuple[Event, ...]:
    fleet = SimpleNamespace(column=lambda _field: np.full(2000, launched))
    state: Any = SimpleNamespace(batch_id=lambda index: f"L{index + 1}", fleet=fleet)
    return lift(cast(CampaignState, state), np.array(list(records), RECORD))


def test_nothing_happened() -> None:
    assert told() == ()


@pytest.mark.parametrize(
    ("kind", "value", "event_kind", "severity", "words"),
    [
        (
            Kind.IN_SERVICE,
            60.0,
            EventKind.IN_SERVICE,
            Severity.NOTICE,
            "L3 enters service with 60 satellites.",
        ),
        (Kind.ECLIPSE_BEGINS, 0.0123, EventKind.ECLIPSE_BEGINS, Severity.INFO, "1.2 % of each orbit"),
        (Kind.ECLIPSE_ENDS, 0.0, EventKind.ECLIPSE_ENDS, Severity.INFO, "leaves its eclipse season"),
        (Kind.SATELLITE_LOST, 1.0, EventKind.SATELLITE_LOST, Severity.NOTICE, "loses a satellite"),
        (Kind.SATELLITE_LOST, 4.0, EventKind.SATELLITE_LOST, Severity.NOTICE, "loses 4 satellites"),
        (Kind.BLACKOUT_BEGINS, 0.4, EventKind.BLACKOUT, Severity.ALARM, "40 % of what keeps it alive"),
        (Kind.BLACKOUT_ENDS, 1.0, EventKind.BLACKOUT, Severity.NOTICE, "has power again"),
        (Kind.BATTERY_WORN, 0.799, EventKind.BATTERY_WORN, Severity.WARNING, "less than 80 %"),
        (Kind.RADIATOR_WORN, 0.75, EventKind.RADIATOR_WORN, Severity.WARNING, "75 % of its radiator is left"),
        (Kind.BINDING_CHANGED, float(Binding.MEMORY), EventKind.BINDING_CHANGED, Severity.INFO, "memory"),
        (Kind.PROPELLANT_OUT, 431.2, EventKind.PROPELLANT_OUT, Severity.WARNING, "at 431 km"),
        (Kind.END_OF_LIFE, 9.0, EventKind.END_OF_LIFE, Severity.NOTICE, "end of its design life"),
        (Kind.REENTRY, 179.0, EventKind.REENTRY, Severity.NOTICE, "re-enters"),
        (Kind.BINDING_CHANGED, float(Binding.JUNCTION), EventKind.BINDING_CHANGED, Severity.INFO, "by heat"),
    ],
)
def test_one_record_is_one_event(
    kind: Kind, value: float, event_kind: EventKind, severity: Severity, words: str
) -> None:
    (event,) = told((9800, 2, kind, value))
    assert (event.day, event.kind, event.severity, event.subject) == (9800, event_kind, severity, "L3")
    assert words in event.text


def test_satellites_lost_before_service_are_named_when_it_begins() -> None:
    (whole,) = told_of(1.0, (9800, 2, Kind.IN_SERVICE, 1.0))
    assert whole.text == "L3 enters service with 1 satellite."
    (short,) = told_of(12.0, (9800, 2, Kind.IN_SERVICE, 11.0))
    assert short.text == "L3 enters service with 11 of 12 satellites: 1 failed in check-out."


def test_up_to_three_alike_are_told_apart() -> None:
    events = told(*((9800, k, Kind.ECLIPSE_ENDS, 0.0) for k in range(3)))
    assert [event.subject for event in events] == ["L1", "L2", "L3"]


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind != Kind.BINDING_CHANGED])
def test_more_alike_are_one_event_with_their_number(kind: Kind) -> None:
    (event,) = told(*((9800, k, kind, 2.0) for k in range(1500)))
    assert event.subject == ""
    assert "1,500" in event.text
    assert kind != Kind.SATELLITE_LOST or "3,000" in event.text


def test_many_new_bindings_are_counted_by_what_binds() -> None:
    events = told(
        *(
            (9800, k, Kind.BINDING_CHANGED, float(Binding.DEMAND if k % 5 else Binding.ENERGY))
            for k in range(10)
        )
    )
    assert [event.text[:2] for event in events] == ["2 ", "8 "]
    assert "energy" in events[0].text
    assert "demand" in events[1].text


def test_days_and_kinds_come_in_order() -> None:
    events = told(
        (9800, 4, Kind.REENTRY, 0.0), (9800, 5, Kind.IN_SERVICE, 1.0), (9801, 0, Kind.ECLIPSE_ENDS, 0.0)
    )
    assert [event.kind for event in events] == [
        EventKind.IN_SERVICE,
        EventKind.REENTRY,
        EventKind.ECLIPSE_ENDS,
    ]
