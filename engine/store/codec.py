"""Campaign files: text to orders and back. A wrong text ends in one `SaveError` of one line."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import replace
from functools import reduce
from typing import Any

from pydantic import ValidationError

from engine.errors import SaveError
from engine.store.blame import blame, dotted, place
from engine.store.layout import file_text, order_text
from engine.store.migrate import migrate
from engine.store.prescan import Outline, prescan
from engine.store.schema import DOCUMENT, FIRST_DATE, FORMAT, LAST_DATE, CampaignFile, FileOrder
from engine.store.tables import parse_tables

_PLACE = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")


def load_campaign(text: str, name: str = "campaign") -> CampaignFile:
    """Read a campaign file.

    Args:
        text: the whole file.
        name: what to call the file in messages, usually its file name.

    Raises:
        SaveError: the text is no campaign; the message is one line with file, line, key, fault and mend.
    """
    return _loaded(text, name, {})


def load_orders(text: str, name: str = "orders") -> CampaignFile:
    """Read orders alone, written as in a campaign file; a whole campaign file will do too.

    Args:
        text: the whole file.
        name: what to call the file in messages.

    Returns:
        The orders with their lines; the header means nothing if the text has none.

    Raises:
        SaveError: as for a campaign file, or there is no order in it.
    """
    file = _loaded(text, name, {"format": FORMAT, "campaign": {"name": "orders", "scenario": "sandbox"}})
    if not file.orders:
        raise SaveError("holds no order", name, "write [[orders]] tables as in a campaign file")
    return file


def _loaded(text: str, name: str, otherwise: dict[str, Any]) -> CampaignFile:
    """The file of a text; `otherwise` stands for the tables it may leave out."""
    outline = prescan(text, name)
    data = migrate(otherwise | _parsed(text, outline, name), name)
    try:
        document = DOCUMENT.validate_python(data, strict=True)
    except ValidationError as error:
        raise blame(error, data, outline, name) from None
    spans = outline.spans("orders")
    known = len(spans) == len(document.orders)
    file = CampaignFile(
        header=document.campaign,
        orders=document.orders,
        saved=document.saved,
        preface=_preface(text),
        written=tuple(_texts(text, spans)) if known else (),
        lines=tuple(outline.line(start) for start, _ in spans) if known else (),
    )
    _check_dates(file, outline, name)
    return file


def dump_campaign(file: CampaignFile) -> str:
    """Write a campaign file: header, then one table an order, runs of advances as one.

    Orders that came from a text keep their layout and comments; the result is read back before it is trusted.
    """
    text = file_text(file)
    if not file.written:
        return text
    try:
        if load_campaign(text).orders == file.coalesced().orders:
            return text
    except SaveError:
        pass
    return file_text(replace(file, written=(), preface=""))


def chain_hash(before: str, order: FileOrder) -> str:
    """Hash of a run of orders, from the hash of the run before its last one; empty for no orders.

    It depends on what orders say, not on how a text lays them out.
    """
    return hashlib.sha256(f"{before}\n{order_text(order)}".encode()).hexdigest()


def orders_hash(orders: Iterable[FileOrder]) -> str:
    """Hash of a run of orders."""
    return reduce(chain_hash, orders, "")


def _parsed(text: str, outline: Outline, name: str) -> dict[str, Any]:
    try:
        return parse_tables(text, outline)
    except (ValueError, RecursionError, OverflowError, MemoryError) as error:
        raise _not_toml(error, text, name) from None


def _not_toml(error: Exception, text: str, name: str) -> SaveError:
    message = str(error)
    found = _PLACE.search(message)
    what = message[: found.start()] if found else message
    if isinstance(error, RecursionError):
        what = "brackets nest too deeply"
    where = f"{name}:{found[1]}:{found[2]}" if found and found[1] else f"{name}:{text.count(chr(10)) + 1}"
    mend = (
        "correct the line" if found and found[1] else "the file seems cut short; take a backup or the journal"
    )
    return SaveError(f"not TOML: {what[:1].lower()}{what[1:]}", where, mend)


def _check_dates(file: CampaignFile, outline: Outline, name: str) -> None:
    """Refuse dates the engine is not made for, and dates before the campaign begins."""
    first = file.header.start or FIRST_DATE
    for index, order in enumerate(file.orders):
        date = getattr(order, "date", None)
        if date is None or first <= date <= LAST_DATE:
            continue
        path = ("orders", index, "date")
        why = f", before the campaign starts on {first}" if FIRST_DATE <= date < first else ""
        raise SaveError(
            f"is {date}{why}",
            f"{place(path, outline, name)}: {dotted(path)}",
            f"use a date from {first} to {LAST_DATE}",
        )


def _preface(text: str) -> str:
    """The comment lines a text begins with, up to the first blank line or key."""
    lines: list[str] = []
    for line in text.lstrip("\ufeff").splitlines():
        if not line.startswith("#"):
            break
        lines.append(line)
    return "\n".join(lines)


def _texts(text: str, spans: list[tuple[int, int]]) -> list[str]:
    """The text of each order, with the comment lines right above it."""
    starts = [_with_comments(text, start) for start, _ in spans]
    nexts = [*starts[1:], len(text)][: len(starts)]
    return [
        text[start : min(end, following)].strip("\n")
        for start, (_, end), following in zip(starts, spans, nexts, strict=True)
    ]


def _with_comments(text: str, offset: int) -> int:
    """Where the run of comment lines begins that ends right above a table header."""
    while offset > 0:
        above = text.rfind("\n", 0, offset - 1) + 1
        if not text.startswith("#", above):
            break
        offset = above
    return offset
