"""A state as bytes, so that opening a long campaign is quick. Disposable: the orders are the truth.

Layout: a first line with a mark and the length of the head; the head, one JSON object that says what
follows, how long it is, and of which orders, rules and catalogue it is the outcome; then three sections:
plain values as JSON, the names of batches as 32-bit integers, the rows of the fleet as 64-bit floats. Every
length is checked against its bound before a byte of a section is looked at, and the sections against a
checksum.
"""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import numpy as np
from pydantic import Base64Bytes, Field, TypeAdapter, ValidationError

from engine.errors import EngineError, SaveError
from engine.events import Event
from engine.kernels.layout import FIELDS
from engine.model.base import Frozen
from engine.model.catalogue import Catalogue, Workload
from engine.model.design import Design
from engine.model.scenario import Scenario
from engine.orders import Launch, StandingOrder
from engine.simulate.fleet import Fleet
from engine.state import (
    Booking,
    CampaignState,
    Capital,
    Customers,
    Goal,
    Ground,
    Happened,
    LedgerLine,
    Luck,
    Market,
    Names,
    Others,
    Ramp,
    Rival,
    SiteStatus,
    Standing,
    Totals,
    VehicleStatus,
)

__all__ = ["MAX_BYTES", "Head", "Origin", "decode", "encode", "read_head", "scenario_hash"]

MAX_BYTES = 600_000_000
_MAX_HEAD = 4_096
_MAX_BATCHES = 500_000
_MAX_PLAIN = 100_000_000
_MARK = b"odc-checkpoint 1 "
_WHERE = "checkpoint"
_MEND = "it is not needed; the orders are played again"

_PLAIN: dict[str, Any] = {
    "seed": int,
    "day": int,
    "cash_cents": int,
    "designs": dict[str, Design],
    "bookings": tuple[Booking, ...],
    "vehicles": dict[str, VehicleStatus],
    "sites": dict[str, SiteStatus],
    "next_launch": int,
    "ledger": tuple[LedgerLine, ...],
    "books_day": int,
    "month_operations_cents": int,
    "month_revenue_cents": int,
    "market": Market,
    "totals": Totals,
    "milestones": tuple[str, ...],
    "log": tuple[Event, ...],
    "ended": str,
    "goals": dict[str, Goal],
    "finished_day": int,
    "standing": tuple[Standing, ...],
    "ground": Ground,
    "capital": Capital,
    "customers": Customers,
    "ramps": tuple[Ramp, ...],
    "others": Others,
    "luck": Luck,
    "happened": Happened,
}
"""The fields of a state that are written as JSON; scenario and catalogue are named, not written."""

_RIVALS = "rivals"
_PACKED = TypeAdapter(list[tuple[str, tuple[str, ...], Base64Bytes]])
"""Company, firsts told and checkpoint of each rival."""


class Origin(Frozen):
    """Of what a checkpoint is the outcome.

    Attributes:
        orders: how many orders of the file lie before it, without the advance that leads to its day.
        hash: hash of those orders.
        rules: hash of the rules they were played under.
        catalogue: fingerprint of the catalogue.
        scenario: hash of the scenario.
    """

    orders: int = Field(ge=0, le=1_000_000)
    hash: str
    rules: str
    catalogue: str
    scenario: str


class Head(Frozen):
    """What a checkpoint says about itself before any of it is read."""

    origin: Origin
    day: int
    batches: int = Field(ge=0, le=_MAX_BATCHES)
    fields: int = Field(ge=1, le=10_000)
    dtype: str = Field(pattern=r"^<f8$")
    plain_bytes: int = Field(ge=0, le=_MAX_PLAIN)
    names_bytes: int = Field(ge=0, le=12 * _MAX_BATCHES)
    fleet_bytes: int = Field(ge=0, le=MAX_BYTES)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")

    @property
    def body_bytes(self) -> int:
        """Length of the three sections."""
        return self.plain_bytes + self.names_bytes + self.fleet_bytes


def scenario_hash(scenario: Scenario) -> str:
    """Hash of all that a scenario says."""
    return hashlib.sha256(scenario.model_dump_json().encode()).hexdigest()[:16]


def encode(state: CampaignState, origin: Origin) -> bytes:
    """A state as bytes.

    Args:
        state: the state right after the last day that passed.
        origin: what it is the outcome of.
    """
    values = {name: _adapter(name).dump_python(getattr(state, name), mode="json") for name in _PLAIN}
    values[_RIVALS] = [_packed(rival, origin) for rival in state.rivals]
    plain = json.dumps(values, allow_nan=False, separators=(",", ":")).encode()
    columns = (state.names.launch, state.names.flight, state.names.design)
    names = b"".join(column.astype("<i4").tobytes() for column in columns)
    fleet = state.fleet.to_bytes()
    body = plain + names + fleet
    head = Head(
        origin=origin,
        day=state.day,
        batches=state.fleet.count,
        fields=FIELDS,
        dtype="<f8",
        plain_bytes=len(plain),
        names_bytes=len(names),
        fleet_bytes=len(fleet),
        sha256=hashlib.sha256(body).hexdigest(),
    )
    text = head.model_dump_json().encode()
    return _MARK + b"%d\n" % len(text) + text + b"\n" + body


def read_head(start: bytes) -> tuple[Head, int]:
    """What a checkpoint says about itself.

    Args:
        start: at least its first 5,000 bytes, or all of it.

    Returns:
        The head, and where the sections begin.

    Raises:
        SaveError: these are not the first bytes of a checkpoint of this version.
    """
    line, _, rest = start.partition(b"\n")
    length = line.removeprefix(_MARK)
    if not line.startswith(_MARK) or not length.isdigit() or not 0 < int(length[:9]) <= _MAX_HEAD:
        raise SaveError("is no checkpoint of this version", _WHERE, _MEND)
    text = rest[: int(length)]
    try:
        return Head.model_validate_json(text), len(line) + len(text) + 2
    except ValidationError:
        raise SaveError("has a head that cannot be read", _WHERE, _MEND) from None


def decode(
    head: Head, body: bytes, scenario: Scenario, catalogue: Catalogue, rivals: tuple[Rival, ...] = ()
) -> CampaignState:
    """The state that `encode` wrote.

    Args:
        head: from `read_head`.
        body: the sections.
        scenario: what the campaign started from.
        catalogue: what its designs refer to.
        rivals: those of its first day.

    Raises:
        SaveError: the sections are not what the head says, or are of another layout.
    """
    if len(body) != head.body_bytes or hashlib.sha256(body).hexdigest() != head.sha256:
        raise SaveError("is torn or was changed", _WHERE, _MEND)
    if head.fields != FIELDS or head.names_bytes != 12 * head.batches:
        raise SaveError("has another layout than this version", _WHERE, _MEND)
    names_at, fleet_at = head.plain_bytes, head.plain_bytes + head.names_bytes
    try:
        values, packed = _plain_values(body[:names_at])
        values[_RIVALS] = _unpacked(packed, rivals)
        fleet = Fleet.from_bytes(body[fleet_at:])
    except (EngineError, ValidationError, ValueError, RecursionError):
        raise SaveError("cannot be read", _WHERE, _MEND) from None
    if fleet.count != head.batches or values["day"] != head.day:
        raise SaveError("does not hold what its head says", _WHERE, _MEND)
    names = _names(body[names_at:fleet_at], head.batches, len(values["designs"]))
    return CampaignState(scenario=scenario, catalogue=catalogue, fleet=fleet, names=names, **values)


def _plain_values(text: bytes) -> tuple[dict[str, Any], Any]:
    raw = json.loads(text)
    if not isinstance(raw, Mapping) or set(raw) != {*_PLAIN, _RIVALS}:
        raise ValueError("other fields than a state has")
    values = {name: _adapter(name).validate_json(json.dumps(raw[name]), strict=True) for name in _PLAIN}
    return values, raw[_RIVALS]


def _packed(rival: Rival, origin: Origin) -> list[Any]:
    return [rival.company, rival.told, b64encode(encode(rival.state, origin)).decode()]


def _unpacked(packed: Any, first: tuple[Rival, ...]) -> tuple[Rival, ...]:
    """The rivals, each a checkpoint within the checkpoint; they must be those of the first day."""
    found = _PACKED.validate_python(packed)
    if [company for company, _, _ in found] != [rival.company for rival in first]:
        raise ValueError("other rivals than the campaign began with")
    rivals = []
    for (company, told, data), rival in zip(found, first, strict=True):
        head, at = read_head(data)
        state = decode(head, data[at:], rival.state.scenario, rival.state.catalogue)
        rivals.append(Rival(company, state, told))
    return tuple(rivals)


def _names(data: bytes, batches: int, designs: int) -> Names:
    columns = np.frombuffer(data, "<i4").reshape(3, batches).astype(np.int32)
    if batches and (columns.min() < 0 or columns[2].max() >= designs):
        raise SaveError("names a design that is not there", _WHERE, _MEND)
    columns.flags.writeable = False
    return Names(*columns)


_ADAPTERS: dict[str, TypeAdapter[Any]] = {}


def _adapter(name: str) -> TypeAdapter[Any]:
    """The validator of one field; types of the state name others that only type checkers import there."""
    if name not in _ADAPTERS:
        adapter: TypeAdapter[Any] = TypeAdapter(_PLAIN[name])
        named = (Launch, Event, Design, StandingOrder, Workload)
        known = {one.__name__: one for one in named}
        adapter.rebuild(_types_namespace=known)
        _ADAPTERS[name] = adapter
    return _ADAPTERS[name]


def plain_fields() -> set[str]:
    """The fields that go through this module; with scenario and catalogue, all that a state has."""
    return {*_PLAIN, _RIVALS, "fleet", "names"} & {field.name for field in fields(CampaignState)}
