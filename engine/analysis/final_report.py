"""What a campaign came to: its objectives, its course, its money, its work, and what held it back.

A plain structure; how it reads and looks is for the front ends.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from engine.analysis.scoreboard import PromiseLine, promises_json, scoreboard
from engine.conditions.quantities import QUANTITIES
from engine.events import Event, EventKind, Severity, date_of
from engine.insight import promises
from engine.reports import binding_of, fleet_rows, objective_rows, totals
from engine.rules.objectives import ObjectiveReport, objectives, score
from engine.rules.rivals import Position, race_standing
from engine.state import CENTS, FINANCING, LedgerKind

if TYPE_CHECKING:
    import datetime as dt

    from engine.model.report import Promises
    from engine.state import CampaignState

__all__ = ["SERIES", "FinalReport", "Moment", "Sample", "YearOfMoney", "final_report", "sample"]

SERIES = ("cash", "debt", "computing", "delivered", "satellites", "revenue", "operations")
"""Quantities whose course a report shows."""

MOST_MOMENTS = 40

_RANK: Mapping[EventKind, int] = {
    EventKind.SCENARIO_END: 0,
    EventKind.BANKRUPT: 0,
    EventKind.OBJECTIVE_MET: 1,
    EventKind.OBJECTIVE_MISSED: 1,
    EventKind.MILESTONE: 2,
    EventKind.LAUNCH_FAILURE: 3,
    EventKind.RIVAL: 4,
    EventKind.HAPPENING: 5,
    EventKind.CASH_WARNING: 5,
    EventKind.DESIGN_READY: 6,
    EventKind.SOLAR_STORM: 7,
}
"""Kinds of events that a report may tell, the weightiest lowest."""


@dataclass(frozen=True, slots=True)
class Sample:
    """How a campaign stood on one day.

    Attributes:
        values: the quantities of `SERIES` in their own units.
        binding: name of what held most of the compute down; `none` with nothing at work.
        rivals: power into compute of each rival, in W, by its name.
    """

    date: dt.date
    values: Mapping[str, float]
    binding: str
    rivals: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Moment:
    """Something worth remembering."""

    date: dt.date
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class YearOfMoney:
    """The cash of a calendar year; the four add up to its change.

    Attributes:
        earned_usd: what customers and insurers paid.
        invested_usd: engineering, satellites and launches, below zero.
        running_usd: everything else that was paid, below zero.
        financing_usd: from owners and lenders, less what went back to them.
        cash_usd: in hand when it ended.
    """

    year: int
    earned_usd: float
    invested_usd: float
    running_usd: float
    financing_usd: float
    cash_usd: float


@dataclass(frozen=True, slots=True)
class FinalReport:
    """A campaign from its first day to the day it stands at.

    Attributes:
        ended: why it is over; empty while it can be played on.
        finished_on: the date the score was struck; None while it is open.
        difficulty: sliders that stand elsewhere than at 1.
        accounts: what each kind of ledger line adds up to, largest first.
        scoreboard: what was promised, and what has become of it.
        bound: what held most of the compute down, as a share of the months at work.
        founders_share: what the owners of the first day still hold, 0..1; 1 if nothing was raised.
        race: the player and the rivals, whoever has most power at work first; the player alone without any.
        series: its course, oldest first.
    """

    scenario: str
    company: str
    seed: int
    began: dt.date
    date: dt.date
    ended: str
    finished_on: dt.date | None
    goal: str
    difficulty: Mapping[str, float]
    score: float | None
    objectives: tuple[ObjectiveReport, ...]
    moments: tuple[Moment, ...]
    money: bool
    years: tuple[YearOfMoney, ...]
    accounts: tuple[tuple[str, float], ...]
    fleet: Mapping[str, Any]
    totals: Mapping[str, float]
    promises: Promises
    scoreboard: tuple[PromiseLine, ...]
    bound: tuple[tuple[str, float], ...]
    founders_share: float
    race: tuple[Position, ...]
    series: tuple[Sample, ...]


def sample(state: CampaignState) -> Sample:
    """How a campaign stands today, for its course."""
    values = {name: QUANTITIES[name].read(state) for name in SERIES}
    rivals = {one.name: one.computing_w for one in race_standing(state) if one.rival}
    return Sample(state.date, values, binding_of(state)[0] if state.fleet.count else "none", rivals)


def final_report(
    state: CampaignState, events: Iterable[Event], samples: Sequence[Sample] = ()
) -> FinalReport:
    """What a campaign came to.

    Args:
        state: where it stands.
        events: all that has happened, oldest first.
        samples: its course, as `sample` read it on the way.
    """
    scenario = state.scenario
    company = state.catalogue.companies.get(scenario.company or "")
    return FinalReport(
        scenario=scenario.name,
        company=company.name if company is not None else "",
        seed=state.seed,
        began=scenario.start_date,
        date=state.date,
        ended=state.ended,
        finished_on=date_of(state.finished_day) if state.finished_day else None,
        goal=scenario.goal,
        difficulty=scenario.difficulty.model_dump(exclude_none=True),
        score=score(state),
        objectives=objectives(state),
        moments=_moments(events),
        money=scenario.rules.money,
        years=_years(state),
        accounts=_accounts(state),
        fleet=fleet_rows(state),
        totals=totals(state),
        promises=promises(state),
        scoreboard=scoreboard(state),
        bound=_bound(samples),
        founders_share=state.capital.founders_share,
        race=race_standing(state),
        series=tuple(samples),
    )


def report_json(state: CampaignState, report: FinalReport) -> dict[str, Any]:
    """A report as plain data; what has no value is None."""
    plain = {name: getattr(report, name) for name in FinalReport.__slots__}
    plain |= {
        "format": 1,
        "objectives": objective_rows(state),
        "promises": asdict(report.promises),
        "scoreboard": promises_json(state)["promises"],
        "moments": [{**asdict(one), "date": one.date.isoformat()} for one in report.moments],
        "years": [asdict(one) for one in report.years],
        "race": [asdict(one) for one in report.race],
        "series": [_plain_sample(one) for one in report.series],
    }
    return {
        name: value.isoformat() if name in ("began", "date", "finished_on") and value is not None else value
        for name, value in plain.items()
    }


def _plain_sample(one: Sample) -> dict[str, Any]:
    values = {name: value if math.isfinite(value) else None for name, value in one.values.items()}
    return {"date": one.date.isoformat(), **values, "binding": one.binding, "rivals": one.rivals}


# --- course --------------------------------------------------------------------------------------


def _moments(events: Iterable[Event]) -> tuple[Moment, ...]:
    """The weightiest events, and the first flight that went well, in the order of their days."""
    found: list[tuple[int, int, Event]] = []
    flown = False
    for at, event in enumerate(events):
        first = event.kind is EventKind.LAUNCH_SUCCESS and not flown
        flown |= first
        told = event.kind in _RANK and event.severity is not Severity.INFO
        if first or told:
            found.append((2 if first else _RANK[event.kind], at, event))
    kept = sorted(found, key=lambda one: one[:2])[:MOST_MOMENTS]
    kept.sort(key=lambda one: one[1])
    return tuple(Moment(event.date, event.kind.value, event.text) for _, _, event in kept)


def _bound(samples: Sequence[Sample]) -> tuple[tuple[str, float], ...]:
    working = [one.binding for one in samples if one.values["delivered"] > 0.0]
    counts = Counter(working)
    return tuple((name, count / len(working)) for name, count in counts.most_common())


# --- money ---------------------------------------------------------------------------------------

_EARNED = frozenset({LedgerKind.REVENUE, LedgerKind.PAYOUT, LedgerKind.CONTRACT, LedgerKind.STUDY})
_INVESTED = frozenset({LedgerKind.ENGINEERING, LedgerKind.LAUNCH, LedgerKind.BUILD})


def _years(state: CampaignState) -> tuple[YearOfMoney, ...]:
    """Cash by calendar year, exact to the cent, from the ledger alone."""
    sums: dict[int, dict[str, int]] = {}
    for line in state.ledger:
        row = sums.setdefault(date_of(line.day).year, dict.fromkeys(_SIDES, 0))
        row[_side(line.kind)] += line.amount_cents
    cash = state.cash_cents - sum(sum(row.values()) for row in sums.values())
    years = []
    for year in range(state.scenario.start_date.year, state.date.year + 1) if sums else ():
        row = sums.get(year, dict.fromkeys(_SIDES, 0))
        cash += sum(row.values())
        earned, invested, running, financing = (row[side] / CENTS for side in _SIDES)
        years.append(YearOfMoney(year, earned, invested, running, financing, cash / CENTS))
    return tuple(years)


_SIDES = ("earned", "invested", "running", "financing")


def _side(kind: LedgerKind) -> str:
    if kind in _EARNED:
        return "earned"
    if kind in _INVESTED:
        return "invested"
    return "financing" if kind in FINANCING else "running"


def _accounts(state: CampaignState) -> tuple[tuple[str, float], ...]:
    sums: Counter[str] = Counter()
    for line in state.ledger:
        sums[line.kind.value] += line.amount_cents
    found = [(kind, amount_cents / CENTS) for kind, amount_cents in sums.items()]
    return tuple(sorted(found, key=lambda one: (-abs(one[1]), one[0])))
