"""The journal of a campaign being played: every order, written down the moment it is accepted.

One line for each deed, with a checksum before it, behind a first line that says which orders of the campaign
file it goes on from. A line that a crash tore is dropped with all after it. Before the campaign file is
written anew, a mark says which orders it will hold: whichever of the two files a crash leaves behind, it is
known which deeds are missing from it.
"""

from __future__ import annotations

import contextlib
import json
import os
import threading
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from engine.orders import ORDER, AdvanceTo, Order
from engine.store.codec import orders_hash
from engine.store.schema import CampaignFile
from odc_tui.savefiles import MAX_BYTES, Siblings, read_campaign
from odc_tui.undo import Orders, next_waiting, split_at_stop, with_advance

__all__ = ["Deed", "Journal", "missing_deeds", "read_journal", "recovered", "with_deeds", "with_orders"]

_LIMIT = 4 * MAX_BYTES


@dataclass(frozen=True, slots=True)
class Deed:
    """One line of the journal.

    Attributes:
        what: `give` an order, `undo` the last one, `take` or `skip` the next order of the file that waits, or
            `mark` what the campaign file is about to hold.
        order: the order that is given.
        mark: hash of the orders that the campaign file is about to hold.
    """

    what: str
    order: Order | None = None
    mark: str = ""


class Journal:
    """The journal of one campaign, open for appending; two threads may use it.

    A line is handed to the system at once, so a killed program loses nothing. `push` waits until the disk has
    it, which can take long and so is called off the interface thread.
    """

    def __init__(self, path: Path, base: str, whole_bytes: int = 0) -> None:
        """Go on behind the orders that the campaign file holds.

        Args:
            path: the file; it appears with the first deed.
            base: hash of those orders.
            whole_bytes: how much of a journal left behind is kept; what a crash tore is cut off.
        """
        self.path = path
        self._base = base
        self._whole_bytes = whole_bytes
        self._descriptor: int | None = None
        self._last_mark = ""
        self._since_mark = 0
        self._guard = threading.Lock()

    def append(self, deed: Deed) -> None:
        """Write a deed down.

        Raises:
            OSError: it could not be written; the journal is as it was.
        """
        with self._guard:
            descriptor = self._open()
            _write(descriptor, _line(_plain(deed)))
            self._since_mark = 0 if deed.what == "mark" else self._since_mark + 1
            self._last_mark = deed.mark or self._last_mark

    def _open(self) -> int:
        if self._descriptor is None:
            flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
            self._descriptor = os.open(self.path, flags, 0o666)
            os.ftruncate(self._descriptor, self._whole_bytes)
            if not self._whole_bytes:
                _write(self._descriptor, _line({"journal": 1, "base": self._base}))
        return self._descriptor

    def push(self) -> None:
        """Wait until the disk has every line.

        Raises:
            OSError: the disk does not take it.
        """
        with self._guard:
            descriptor = None if self._descriptor is None else os.dup(self._descriptor)
        if descriptor is not None:
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)

    def contained(self, base: str) -> None:
        """The campaign file holds the orders of a mark: begin anew, unless there are deeds since."""
        if not self._since_mark and self._last_mark == base:
            self.restart(base)

    def restart(self, base: str) -> None:
        """Begin anew behind the orders that the campaign file now holds."""
        with self._guard:
            self._close()
            self._base, self._whole_bytes, self._since_mark = base, 0, 0
            with contextlib.suppress(OSError):
                self.path.unlink()

    def close(self) -> None:
        """Let go of the file; what is in it stays."""
        with self._guard:
            self._close()

    def _close(self) -> None:
        if self._descriptor is not None:
            descriptor, self._descriptor = self._descriptor, None
            with contextlib.suppress(OSError):
                self._whole_bytes = os.fstat(descriptor).st_size
            with contextlib.suppress(OSError):
                os.close(descriptor)


@dataclass(frozen=True, slots=True)
class Found:
    """What a journal left behind holds.

    Attributes:
        base: hash of the orders it goes on from.
        deeds: what was done since.
        whole_bytes: how much of the file is not torn.
    """

    base: str
    deeds: tuple[Deed, ...]
    whole_bytes: int


def read_journal(path: Path) -> Found | None:
    """Read a journal as far as it is whole; None if there is none or not even its first line is."""
    try:
        with path.open("rb") as stream:
            data = stream.read(_LIMIT)
    except OSError:
        return None
    records = _records(data)
    first, whole_bytes = next(records, ({}, 0))
    if not isinstance(first.get("base"), str):
        return None
    deeds: list[Deed] = []
    for record, end in records:
        deed = _deed(record)
        if deed is None:
            break
        deeds.append(deed)
        whole_bytes = end
    return Found(first["base"], tuple(deeds), whole_bytes)


def missing_deeds(file: CampaignFile, found: Found) -> tuple[Deed, ...] | None:
    """The deeds of a journal that its campaign file lacks; None if the two do not belong together."""
    base = orders_hash(split_at_stop(file).given)
    marks = [at for at, deed in enumerate(found.deeds) if deed.what == "mark" and deed.mark == base]
    if marks:
        return tuple(deed for deed in found.deeds[marks[-1] + 1 :] if deed.what != "mark")
    if found.base != base:
        return None
    return tuple(deed for deed in found.deeds if deed.what != "mark")


def with_deeds(orders: Orders, deeds: tuple[Deed, ...]) -> Orders:
    """The orders of a campaign once deeds are done."""
    given, waiting = orders.given, orders.waiting
    for deed in deeds:
        if isinstance(deed.order, AdvanceTo):
            given = with_advance(given, deed.order)
        elif deed.order is not None:
            given = (*given, deed.order)
        elif deed.what == "undo":
            given = given[:-1]
        else:
            _, count = next_waiting(waiting)
            given += waiting[count : count + 1] if deed.what == "take" else ()
            waiting = waiting[count + 1 :]
    return Orders(given, waiting)


def with_orders(file: CampaignFile, orders: Orders) -> CampaignFile:
    """The file with these orders; if some wait, it stands where the others lead."""
    day, _ = next_waiting(orders.waiting)
    if day is None:
        return file.with_orders(orders.given).with_header(stop=None)
    dates = [order.date for order in orders.given if isinstance(order, AdvanceTo)]
    stop = dates[-1] if dates else file.header.start
    return file.with_orders(orders.given + orders.waiting).with_header(stop=stop)


def recovered(files: Siblings) -> CampaignFile:
    """The campaign with what its journal holds beyond the file.

    Raises:
        SaveError: the campaign file cannot be used.
    """
    file = read_campaign(files.file)
    found = read_journal(files.journal)
    deeds = missing_deeds(file, found) if found is not None else None
    return with_orders(file, with_deeds(split_at_stop(file), deeds)) if deeds else file


def _write(descriptor: int, line: bytes) -> None:
    """Append a line, or leave the file as it was."""
    size = os.fstat(descriptor).st_size
    try:
        while line:
            line = line[os.write(descriptor, line) :]
    except OSError:
        with contextlib.suppress(OSError):
            os.ftruncate(descriptor, size)
        raise


def _plain(deed: Deed) -> dict[str, Any]:
    record: dict[str, Any] = {"do": deed.what}
    if deed.order is not None:
        record["order"] = deed.order.model_dump(mode="json")
    if deed.mark:
        record["mark"] = deed.mark
    return record


def _line(record: dict[str, Any]) -> bytes:
    body = json.dumps(record, ensure_ascii=True, allow_nan=False, separators=(",", ":")).encode()
    return b"%08x %s\n" % (zlib.crc32(body), body)


def _records(data: bytes) -> Iterator[tuple[dict[str, Any], int]]:
    """The records of a journal up to the first line that is torn, and where each ends."""
    end = 0
    for line in data.split(b"\n")[:-1]:
        end += len(line) + 1
        try:
            whole = int(line[:8], 16) == zlib.crc32(line[9:])
            record = json.loads(line[9:]) if whole else None
        except (ValueError, RecursionError):
            return
        if not isinstance(record, dict):
            return
        yield record, end


def _deed(record: dict[str, Any]) -> Deed | None:
    what, mark = record.get("do"), record.get("mark", "")
    if what in ("undo", "take", "skip", "mark") and isinstance(mark, str):
        return Deed(what, mark=mark)
    try:
        return Deed("give", ORDER.validate_json(json.dumps(record.get("order"))))
    except ValidationError:
        return None
