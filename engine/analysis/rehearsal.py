"""Standing orders tried over a stretch of time: how often each is looked at, holds, is given, is refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from engine import campaign
from engine.analysis.ahead import Cancelled, RunAhead
from engine.conditions.quantities import QUANTITIES
from engine.events import EventKind
from engine.orders import DropStanding, StandingOrder
from engine.outcomes import Rejected

if TYPE_CHECKING:
    from engine.events import Event
    from engine.state import CampaignState, Standing
    from engine.store.schema import FileOrder

__all__ = ["DryRun", "Hits", "dry_run"]

_KINDS = (EventKind.STANDING_GIVEN, EventKind.STANDING_REFUSED)


@dataclass(frozen=True, slots=True)
class Hits:
    """What came of one standing order during a dry run.

    Attributes:
        id: of the standing order.
        looks: days on which it was looked at.
        met: of these, on how many its condition held.
        given: how often its order was given.
        given_days: the days of these.
        refusals: how often its order was refused.
        reasons: each different reason that was told, with the day it was told first.
        done: whether its limit was reached.
    """

    id: str
    looks: int
    met: int
    given: int
    given_days: tuple[int, ...]
    refusals: int
    reasons: tuple[tuple[int, str], ...]
    done: bool


@dataclass(frozen=True, slots=True)
class DryRun:
    """A stretch of time with standing orders in force; nothing of it is kept.

    Attributes:
        first_day: the day it began.
        last_day: the day it came to; earlier than asked for if the campaign ended.
        hits: one entry a standing order, in the order they are looked at.
        cash_usd: money in hand at the end, and `cash_without_usd` had none of them been in force.
        work_pflop_days: compute delivered in that time; `work_without_pflop_days` likewise.
        ended: why the campaign is over by then; empty if it runs on.
    """

    first_day: int
    last_day: int
    hits: tuple[Hits, ...]
    cash_usd: float
    cash_without_usd: float
    work_pflop_days: float
    work_without_pflop_days: float
    ended: str


def dry_run(
    state: CampaignState,
    last_day: int,
    standing: Sequence[StandingOrder] = (),
    orders: Sequence[FileOrder] = (),
    cancelled: Cancelled | None = None,
) -> DryRun | Rejected | None:
    """Run a campaign with standing orders in force, and count what each of them does.

    The year to come begins at the present state; for the year that has passed, give the state of a year ago
    and the orders given since.

    Args:
        state: where the run begins.
        last_day: the day it ends.
        standing: laid down at the beginning, besides those in force.
        orders: given as their days come.
        cancelled: asked on the way whether to give up.

    Returns:
        The counts; a refusal if one of `standing` cannot be laid down; None if cancelled.
    """
    began = state
    for order in standing:
        outcome = campaign.apply(state, order)
        if isinstance(outcome, Rejected):
            return outcome
        state = outcome.state
    counts = _Counts(state)
    after = _run(state, last_day, tuple(orders), cancelled, counts)
    before = _run(*_without_standing(began, last_day, orders), cancelled, None)
    if after is None or before is None:
        return None
    return DryRun(
        first_day=began.day,
        last_day=after.day,
        hits=counts.hits(),
        cash_usd=after.cash_usd,
        cash_without_usd=before.cash_usd,
        work_pflop_days=_work_pflop_days(after) - _work_pflop_days(began),
        work_without_pflop_days=_work_pflop_days(before) - _work_pflop_days(began),
        ended=after.ended,
    )


def _run(
    state: CampaignState,
    last_day: int,
    orders: tuple[FileOrder, ...],
    cancelled: Cancelled | None,
    counts: _Counts | None,
) -> CampaignState | None:
    """The state at the end; None if cancelled."""
    ahead = RunAhead(state, orders, cancelled, None if counts is None else counts.see)
    return ahead.state if ahead.run_to(last_day) else None


def _without_standing(
    state: CampaignState, last_day: int, orders: Sequence[FileOrder]
) -> tuple[CampaignState, int, tuple[FileOrder, ...]]:
    """The same campaign with nothing that stands."""
    others = tuple(one for one in orders if not isinstance(one, StandingOrder | DropStanding))
    return replace(state, standing=()), last_day, others


def _work_pflop_days(state: CampaignState) -> float:
    return QUANTITIES["work"].read(state)


class _Counts:
    """What a run shows of standing orders, gathered as it goes."""

    def __init__(self, began: CampaignState) -> None:
        self._began = {(one.id, one.since_day): one for one in began.standing}
        self._last = dict(self._began)
        self._events: list[Event] = []

    def see(self, state: CampaignState, events: tuple[Event, ...]) -> None:
        """Note how things stand."""
        self._last |= {(one.id, one.since_day): one for one in state.standing}
        self._events += [event for event in events if event.kind in _KINDS]

    def hits(self) -> tuple[Hits, ...]:
        """One entry a standing order."""
        return tuple(self._hits(key, one) for key, one in self._last.items())

    def _hits(self, key: tuple[str, int], one: Standing) -> Hits:
        before = self._began.get(key)
        mine = [event for event in self._events if event.subject == one.id]
        return Hits(
            id=one.id,
            looks=one.looks - (before.looks if before else 0),
            met=one.met - (before.met if before else 0),
            given=one.given - (before.given if before else 0),
            given_days=tuple(event.day for event in mine if event.kind is EventKind.STANDING_GIVEN),
            refusals=one.refusals - (before.refusals if before else 0),
            reasons=tuple(
                (event.day, event.text) for event in mine if event.kind is EventKind.STANDING_REFUSED
            ),
            done=one.done,
        )
