"""The go/no-go list of a long advance: all that the engine can foresee of it, with dates and mends.

The campaign is run ahead as planned: with its bookings and standing orders, without bad luck. Launches
succeed on their dates, nothing fails by chance, no storm comes. What goes wrong even then can be known.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from engine.analysis.ahead import Cancelled, RunAhead
from engine.events import EventKind, Severity, day_of
from engine.formulas.disposal import disposal_delta_v_m_s
from engine.kernels.layout import Field, Status
from engine.outcomes import Fault
from engine.rules.words import counted, day_text, figures, money, percent

if TYPE_CHECKING:
    from engine.events import Event
    from engine.state import CampaignState, SiteStatus
    from engine.store.schema import FileOrder

__all__ = ["outlook"]

STRIDE_DAYS = 15
"""So often a run ahead is looked at; an eclipse season lasts weeks."""

DEEP_FALL = 0.05
"""A fall of the level by more than this share is told."""

OTHER_SEED = 0x6F64635F6C6F6F6B
"""Seed of every run ahead, whatever the campaign's own: what is still drawn tells nothing of its luck."""

_NEVER = 1e30
_NAMED = 3

CROWD = ""
"""Subject of an event that tells of many batches at once."""


@dataclass(frozen=True, slots=True)
class _Told:
    """How events of a kind are told: about what, what one batch does or several do, and what to do."""

    field: str
    one: str
    several: str
    fix: str


_KINDS = {
    EventKind.BLACKOUT: _Told(
        "power",
        "runs out of charge",
        "run out of charge",
        "Carry more battery or array, or let it follow the Sun.",
    ),
    EventKind.PROPELLANT_OUT: _Told(
        "propellant",
        "uses up its propellant",
        "use up their propellant",
        "Bring it down before, or plan what replaces it.",
    ),
    EventKind.BATTERY_WORN: _Told(
        "battery",
        "has worn batteries",
        "have worn batteries",
        "Spare them by following the Sun, or plan a replacement.",
    ),
    EventKind.END_OF_LIFE: _Told(
        "life",
        "reaches the end of its design life",
        "reach the end of their design life",
        "Book what replaces it in time.",
    ),
    EventKind.REENTRY: _Told(
        "orbit", "re-enters", "re-enter", "Hold the altitude, or plan what replaces it."
    ),
}
"""Events of batches, told together."""

_SENTENCES = {
    EventKind.BANKRUPT: ("cash", "stop", "Book fewer flights, earn more first, or raise money."),
    EventKind.CASH_WARNING: ("cash", "risk", "Book fewer flights, earn more first, or raise money."),
    EventKind.LAUNCH_CANCELLED: ("launch", "risk", "Move it to when it can be paid, or carry fewer."),
    EventKind.STANDING_REFUSED: ("standing", "risk", "Change it so that it holds, or drop it."),
    EventKind.COVENANT: ("cash", "risk", "Repay early, or earn more first."),
    EventKind.CONTRACT: ("contract", "risk", "Deliver more of that workload, or accept the penalty."),
    EventKind.OBJECTIVE_MISSED: ("objective", "risk", "Plan for it before its day, or let it go."),
}
"""Events told by their own text."""


def outlook(
    state: CampaignState,
    day: int,
    orders: Sequence[FileOrder] = (),
    cancelled: Cancelled | None = None,
) -> tuple[Fault, ...] | None:
    """Everything that can be foreseen of the days until a day, `stop` lines first.

    Nothing here refuses the advance: a player may overrule every line knowingly. What chance will bring is
    not told: the run ahead has other luck than the campaign.

    Args:
        state: the campaign.
        day: the day that time is to pass until.
        orders: orders that wait, given as their days come.
        cancelled: asked on the way whether to give up.

    Returns:
        Lines with severity `stop` (the campaign ends), `risk` or `ok`; None if cancelled.
    """
    if state.ended or day <= state.day:
        return ()
    seen = _Seen(state)
    ahead = RunAhead(_as_planned(state), tuple(orders), cancelled, seen.see)
    for stop in [*range(state.day + STRIDE_DAYS, day, STRIDE_DAYS), day]:
        if not ahead.run_to(stop):
            return None
    lines = [*seen.lines(), *_ways_down(state, ahead.state), *_refusals(ahead)]
    rank = {"stop": 0, "risk": 1, "ok": 2}
    return tuple(sorted(lines, key=lambda line: rank[line.severity]))


def _as_planned(state: CampaignState) -> CampaignState:
    """The campaign with luck that is neither good nor bad, and not its own."""
    rules = state.scenario.rules.model_copy(
        update={"launch_failures": False, "slips": False, "happenings": False}
    )
    calm = state.scenario.difficulty.model_copy(update={"storms": 0.0})
    scenario = state.scenario.model_copy(update={"rules": rules, "difficulty": calm})
    everyone = np.arange(state.fleet.count)
    fleet = state.fleet
    for field in (Field.NEXT_FAILURE, Field.NEXT_CHIP_FAILURE):
        fleet = fleet.with_values(field, everyone, _NEVER)
    sites = {site_id: _announced(state, site_id, status) for site_id, status in state.sites.items()}
    return replace(state, scenario=scenario, fleet=fleet, sites=sites, seed=OTHER_SEED)


def _announced(state: CampaignState, site_id: str, status: SiteStatus) -> SiteStatus:
    """A closed site opens when its operator says it will."""
    closure = state.catalogue.launch_sites[site_id].closure
    if status.announced or closure is None or status.reopen_day <= state.day:
        return status
    days = (day_of(closure.expected), day_of(closure.latest), state.day + 1)
    return replace(status, reopen_day=next((day for day in days if day > state.day), state.day + 1))


class _Seen:
    """What a run ahead shows on its way."""

    def __init__(self, state: CampaignState) -> None:
        self._first = state
        self._events: list[Event] = []
        self._level = self._lowest_level = _level(state)
        self._level_day = self._cash_day = state.day
        self._least_cash_usd = state.cash_usd
        self._binding = ""

    def see(self, state: CampaignState, events: tuple[Event, ...]) -> None:
        """Note what happened, and the lowest figures so far."""
        self._events += events
        level = _level(state)
        if level is not None and self._level is not None:
            self._level = max(self._level, level)
            if self._lowest_level is None or level < self._lowest_level:
                self._lowest_level, self._level_day = level, state.day
        elif self._level is None:
            self._level = self._lowest_level = level
        if state.cash_usd < self._least_cash_usd:
            self._least_cash_usd, self._cash_day = state.cash_usd, state.day

    def lines(self) -> Iterator[Fault]:
        """All of it as lines."""
        yield from self._sentences()
        yield from self._batches()
        yield from self._season()
        yield from self._cash()

    def _sentences(self) -> Iterator[Fault]:
        for event in self._events:
            if event.kind in _SENTENCES and event.severity in (Severity.WARNING, Severity.ALARM):
                field, severity, fix = _SENTENCES[event.kind]
                stop = severity == "stop"
                yield Fault("stop" if stop else "risk", field, f"{day_text(event.day)}: {event.text}", fix)

    def _batches(self) -> Iterator[Fault]:
        ended: set[str] = set()
        for kind, told in _KINDS.items():
            first: dict[str, int] = {}
            for event in self._events:
                if event.kind is kind and event.subject not in ended:
                    first.setdefault(event.subject, event.day)
            if kind is EventKind.END_OF_LIFE:  # that what has ended its service comes down is no news
                ended |= set(first)
            if first:
                yield Fault("risk", told.field, _together(first, told), told.fix)

    def _season(self) -> Iterator[Fault]:
        if self._level is None or self._lowest_level is None:
            return
        least, most = percent(self._lowest_level), percent(self._level)
        when = day_text(self._level_day)
        if self._lowest_level < (1.0 - DEEP_FALL) * self._level:
            reason = f"Compute falls to {least} of what is installed around {when}, from {most} at best."
            fix = "See what a step more brings then: F on the screen, odc binding FILE --when season."
            yield Fault("risk", "power", reason, fix)
        else:
            yield Fault("ok", "power", f"Compute holds at {least} of what is installed or more.")

    def _cash(self) -> Iterator[Fault]:
        if not self._first.scenario.rules.money:
            return
        least = money(self._least_cash_usd)
        if self._least_cash_usd >= 0.0:
            yield Fault("ok", "cash", f"Cash is lowest on {day_text(self._cash_day)}: {least}.")


def _level(state: CampaignState) -> float | None:
    """What batches in service deliver of what they could; None while there are none."""
    column = state.fleet.column
    serving = (column(Field.STATUS) == Status.SERVICE) & (column(Field.JUNCTION_MAX_K) > 0.0)
    installed = float(np.sum((column(Field.PEAK_PFLOPS) * column(Field.ALIVE_COUNT))[serving]))
    return float(np.sum(column(Field.DELIVERED_PFLOPS)[serving])) / installed if installed > 0.0 else None


def _together(first: dict[str, int], told: _Told) -> str:
    """Batches to which the same happens, by id and by the first of their days."""
    named = sorted(first, key=lambda one: (first[one], one))
    ids = ", ".join(named[:_NAMED])
    more = f" and {len(named) - _NAMED:,} more" if len(named) > _NAMED else ""
    day = day_text(first[named[0]])
    if CROWD in first:
        return f"Many batches {told.several}, the first on {day}."
    if len(named) == 1:
        return f"{ids} {told.one} on {day}."
    return f"{counted(len(named), 'batch')} ({ids}{more}) {told.several}, the first on {day}."


def _ways_down(before: CampaignState, after: CampaignState) -> Iterator[Fault]:
    """Batches that could come down by their own thrust today, and could not at the end."""
    count = before.fleet.count
    if not count:
        return
    lost = (_can_come_down(before) & ~_can_come_down(after)[:count]) & (
        after.fleet.column(Field.STATUS)[:count] == Status.SERVICE
    )
    rows = np.flatnonzero(lost)
    if len(rows):
        ids = ", ".join(before.batch_id(int(row)) for row in rows[:_NAMED])
        more = f" and {len(rows) - _NAMED:,} more" if len(rows) > _NAMED else ""
        left = float(np.min(after.fleet.column(Field.PROPELLANT_KG)[rows]))
        reason = (
            f"By {day_text(after.day)} {ids}{more} will have too little propellant for the way down: "
            f"{figures(left)} kg at the least."
        )
        yield Fault("risk", "propellant", reason, "Bring them down before, or fly lower.")


def _can_come_down(state: CampaignState) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    column = state.fleet.column
    have = column(Field.EXHAUST_M_S) * np.log1p(column(Field.PROPELLANT_KG) / column(Field.DRY_MASS_KG))
    need = np.array([disposal_delta_v_m_s(height) for height in column(Field.ALTITUDE_KM).tolist()])
    return np.asarray(have >= need)


def _refusals(ahead: RunAhead) -> Iterator[Fault]:
    for refusal in ahead.refusals:
        answer = refusal.answer
        yield Fault("risk", f"orders[{refusal.number}]", f"{refusal.kind}: {answer.reason}", answer.fix)
