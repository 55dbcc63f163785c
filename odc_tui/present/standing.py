"""Standing orders in words: what stands, what came of it, and what a dry run counts."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from engine.events import date_of
from engine.orders import (
    CancelFlights,
    Dispose,
    Launch,
    LaunchAhead,
    Selection,
    SetLoadPolicy,
    SetWorkload,
    StationKeep,
)
from odc_tui.present import numbers

if TYPE_CHECKING:
    from engine.analysis.rehearsal import DryRun, Hits
    from engine.orders import Order, Repeatable
    from engine.state import CampaignState, Standing

__all__ = ["hits_data", "inner_words", "run_data", "run_lines", "standing_data", "standing_rows"]

NO_MORE = "no more"


def inner_words(order: Order | Repeatable) -> str:
    """What is given, in a few words: `4 × node-100 on falcon-9 to 650 km, +30 days`."""
    match order:
        case Launch() | LaunchAhead():
            flights = order.times * order.flights
            load = f"{flights} × {order.count:,}" if flights > 1 else f"{order.count:,}"
            where = f"{order.orbit.altitude_km:g} km"
            return f"{load} × {order.design} on {order.vehicle} to {where}, {order.date}"
        case CancelFlights():
            return f"cancel {order.launch}"
        case SetLoadPolicy():
            return f"load policy {order.policy} for {_whom(order.select)}"
        case SetWorkload():
            return f"workload {', '.join(order.mix)} for {_whom(order.select)}"
        case StationKeep():
            what = "hold the altitude" if order.keep else "let the orbit decay"
            return f"{what}, {_whom(order.select)}"
        case Dispose():
            return f"bring down {_whom(order.select)}"
    return str(order.type).replace("-", " ")


def _whom(selection: Selection) -> str:
    parts = list(selection.batches)
    if selection.design is not None:
        parts.append(selection.design)
    if selection.orbit_altitude_km is not None:
        parts.append(f"at {selection.orbit_altitude_km:g} km")
    return " ".join(parts) or "the fleet"


def _often(one: Standing) -> str:
    return f"{one.given:,} of {one.order.limit:,}" if one.order.limit else f"{one.given:,}"


def standing_rows(state: CampaignState) -> list[list[str]]:
    """A table of the standing orders of a campaign, its head first."""
    rows = [["id", "when", "order", "given", "refused", "next look"]]
    for one in state.standing:
        due = NO_MORE if one.done else date_of(one.due_day).isoformat()
        words = inner_words(one.order.order)
        rows.append([one.id, one.order.when.strip(), words, _often(one), f"{one.refusals:,}", due])
    return rows


def standing_data(state: CampaignState) -> list[dict[str, Any]]:
    """The same as data."""
    return [
        {
            "id": one.id,
            "when": one.order.when.strip(),
            "order": one.order.order.model_dump(mode="json"),
            "words": inner_words(one.order.order),
            "since": date_of(one.since_day).isoformat(),
            "next_look": None if one.done else date_of(one.due_day).isoformat(),
            "looks": one.looks,
            "met": one.met,
            "given": one.given,
            "limit": one.order.limit,
            "cooldown_days": one.order.cooldown_days,
            "last_given": None if one.given_day < 0 else date_of(one.given_day).isoformat(),
            "refusals": one.refusals,
            "reason": one.reason,
        }
        for one in state.standing
    ]


def run_lines(found: DryRun, *, money: bool) -> tuple[list[list[str]], list[str]]:
    """What a dry run counts, as a table and as sentences below it.

    Args:
        found: the dry run.
        money: whether money plays a part in this campaign.
    """
    rows = [["id", "looks", "held", "given", "refused", "first", "last"]]
    for one in found.hits:
        days = [date_of(day).isoformat() for day in one.given_days]
        ends = [days[0], days[-1]] if days else [numbers.NONE, numbers.NONE]
        rows.append([one.id, *(f"{n:,}" for n in (one.looks, one.met, one.given, one.refusals)), *ends])
    lines = [f"{date_of(day)}  {text}" for one in found.hits for day, text in one.reasons]
    lines += [f"{one.id} reaches its limit." for one in found.hits if one.done]
    with_them = numbers.scaled(found.work_pflop_days, "FLOP-days", "P")
    without = numbers.scaled(found.work_without_pflop_days, "FLOP-days", "P")
    lines.append(f"Delivered in that time: {with_them}, without them {without}.")
    if money:
        cash, bare = numbers.money(found.cash_usd), numbers.money(found.cash_without_usd)
        lines.append(f"Cash at the end: {cash}, without them {bare}.")
    if found.ended:
        lines.append(f"The campaign ends on {date_of(found.last_day)}: {found.ended}.")
    return rows, lines


def run_data(found: DryRun) -> dict[str, Any]:
    """A dry run as data."""
    return asdict(found) | {
        "first_day": date_of(found.first_day).isoformat(),
        "last_day": date_of(found.last_day).isoformat(),
        "hits": [hits_data(one) for one in found.hits],
    }


def hits_data(one: Hits) -> dict[str, Any]:
    """The counts of one standing order as data."""
    return asdict(one) | {
        "given_days": [date_of(day).isoformat() for day in one.given_days],
        "reasons": [{"date": date_of(day).isoformat(), "text": text} for day, text in one.reasons],
    }
