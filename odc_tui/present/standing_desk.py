"""Standing orders on the screen: the list, what a new one can be, and the dry run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from engine.events import date_of
from engine.model.design import LoadPolicy
from engine.orders import (
    Dispose,
    Launch,
    LaunchAhead,
    Selection,
    SetLoadPolicy,
    SetWorkload,
    StandingOrder,
)
from odc_tui.present.forecast import aligned
from odc_tui.present.standing import inner_words, run_lines

if TYPE_CHECKING:
    from engine.analysis.rehearsal import DryRun
    from engine.orders import Order, Repeatable
    from engine.state import CampaignState
    from engine.store.schema import FileOrder
    from odc_tui.present.chrome import Piece

__all__ = [
    "NONE_YET",
    "WHEN_EXAMPLES",
    "Offer",
    "choices",
    "menu_lines",
    "new_order",
    "order_line",
    "run_pieces",
]

NONE_YET = "none in force · n adds one"
WHEN_EXAMPLES = "every month · every 90 days if cash > 200 M$ · if level < 60 % · while runway < 12 months"
_AHEAD = "+180 days"
_LAST_LAUNCHES = 3


@dataclass(frozen=True, slots=True)
class Offer:
    """One order that makes sense as a standing one."""

    key: str
    label: str
    order: Repeatable


def menu_lines(state: CampaignState) -> list[tuple[str, str]]:
    """Id and words of each standing order in force."""
    lines = []
    for one in state.standing:
        due = "no more" if one.done else f"next look {date_of(one.due_day)}"
        refused = f", refused {one.refusals:,}" if one.refusals else ""
        words = f"{order_line(one.order)} · given {one.given:,}{refused} · {due}"
        lines.append((one.id, words))
    return lines


def order_line(order: StandingOrder) -> str:
    """When and what, in one line."""
    return f"{order.when.strip()}: {inner_words(order.order)}"


def choices(state: CampaignState, given: Sequence[FileOrder | Order]) -> tuple[Offer, ...]:
    """What a standing order can give here: launches like the last ones, policies, workloads, disposal.

    Args:
        state: the campaign.
        given: the orders given so far.
    """
    found: dict[str, Repeatable] = {}
    for order in reversed(given):
        if isinstance(order, Launch) and len(found) < _LAST_LAUNCHES:
            plan = {name: getattr(order, name) for name in Launch.model_fields if name != "date"}
            again = LaunchAhead(**plan, date=_AHEAD)
            found.setdefault(inner_words(again), again)
    everyone = Selection()
    for policy in get_args(LoadPolicy):
        order_ = SetLoadPolicy(policy=policy, select=everyone)
        found[inner_words(order_)] = order_
    for workload in state.catalogue.workloads:
        mix = SetWorkload(mix={workload: 1.0}, select=everyone)
        found[inner_words(mix)] = mix
    for design in state.designs:
        down = Dispose(select=Selection(design=design))
        found[inner_words(down)] = down
    return tuple(Offer(str(number), words, order) for number, (words, order) in enumerate(found.items()))


def new_order(state: CampaignState, when: str, offer: Offer) -> StandingOrder:
    """A standing order under the first id that is free."""
    taken = {one.id for one in state.standing}
    number = next(number for number in range(1, len(taken) + 2) if f"s{number}" not in taken)
    return StandingOrder(id=f"s{number}", when=when.strip(), order=offer.order)


def run_pieces(found: DryRun, *, money: bool) -> list[Piece]:
    """What a dry run counts.

    Args:
        found: the dry run.
        money: whether money plays a part in this campaign.
    """
    rows, lines = run_lines(found, money=money)
    first, last = date_of(found.first_day), date_of(found.last_day)
    pieces: list[Piece] = [(f"Dry run, {first} to {last}: nothing of it is kept.\n", "bold")]
    if found.hits:
        pieces += aligned(rows, left=1)
    return [*pieces, ("\n".join(lines), "")]
