"""How the rules say dates, money and lists: three significant figures, units always, plain English."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from engine.events import date_of

_SCALES = ((1e12, "T$"), (1e9, "B$"), (1e6, "M$"), (1e3, "k$"))
_POWERS = ((1e9, "GW"), (1e6, "MW"), (1e3, "kW"))
_NAMED = 6
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def figures(value: float) -> str:
    """Three significant figures, thousands separated: `1,240`, `71.3`, `0.052`."""
    if value == 0.0:
        return "0"
    if abs(value) >= 999.5:
        return f"{float(f'{value:.3g}'):,.0f}"
    text = f"{value:#.3g}".rstrip(".")
    return f"{value:.3g}" if "e" in text else text


def money(usd: float) -> str:
    """Dollars in the largest fitting unit: `412 M$`, `1.30 B$`, `−3.20 k$`."""
    for scale, unit in _SCALES:
        if abs(usd) >= 0.9995 * scale:
            return f"{figures(usd / scale)} {unit}".replace("-", "−")
    return f"{usd:.0f} $".replace("-", "−")


def power(watts: float) -> str:
    """Power in the largest fitting unit: `8.58 GW`, `6.59 MW`, `120 kW`."""
    for scale, unit in _POWERS:
        if abs(watts) >= 0.9995 * scale:
            return f"{figures(watts / scale)} {unit}"
    return f"{figures(watts)} W"


def day_text(day: int) -> str:
    """A day as `3 Mar 2029`."""
    date = date_of(day)
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def tonnes(mass_kg: float) -> str:
    """A mass as `33.6 t`, or in kg below one tonne."""
    return f"{figures(mass_kg / 1000.0)} t" if mass_kg >= 1000.0 else f"{figures(mass_kg)} kg"


def percent(share: float) -> str:
    """A share as `71 %`, with tenths near the ends where they matter; beyond the whole in three figures."""
    value = 100.0 * share
    if value >= 100.5:
        return f"{figures(value)} %"
    return f"{value:.0f} %" if 1.0 <= value <= 99.0 else f"{value:.1f} %"


def counted(count: int, thing: str) -> str:
    """`1 satellite`, `2 satellites`, `12,000 satellites`."""
    many = thing + ("es" if thing.endswith(("ch", "s")) else "s")
    return f"{count:,} {thing if count == 1 else many}"


def within(name: str) -> str:
    """A name or a headline inside a sentence: its first letter small, names of places and things kept."""
    return name[:1].lower() + name[1:]


def did_you_mean(wrong: str, known: Iterable[str], nothing: str) -> str:
    """A mend for an id that does not exist: the nearest that do, or `nothing` if none exist at all."""
    ids = list(known)
    if not ids:
        return nothing
    near = difflib.get_close_matches(wrong, ids, n=3, cutoff=0.5)
    if near:
        return f"Did you mean {' or '.join(near)}?"
    more = f" and {len(ids) - _NAMED:,} more" if len(ids) > _NAMED else ""
    return f"Known: {', '.join(ids[:_NAMED])}{more}."
