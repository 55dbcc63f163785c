"""The finance room in words and curves: money, cost of a watt, promises, deals, race, ledger. Pure functions.

Working all of it out takes tenths of a second in a long campaign, so a room asks for it in a thread.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import engine
from engine.events import date_of
from odc_tui.present import books as book_words
from odc_tui.present import dates, numbers
from odc_tui.present.empty import NO_ECONOMY
from odc_tui.present.objectives import objective_lines, score_line
from odc_tui.present.orders import shares_bar
from odc_tui.present.promises import promise_pieces

if TYPE_CHECKING:
    from engine.analysis.accounts import Books, Statement
    from engine.analysis.levelised import Boundary, CostReport
    from engine.rules.rivals import Position
    from engine.state import CampaignState
    from odc_tui.present.chrome import Piece

__all__ = [
    "BOUNDARIES",
    "CostLine",
    "FinanceView",
    "cost_lines",
    "finance_view",
    "ledger_pieces",
    "money_pieces",
    "race_pieces",
]

BOUNDARIES: dict[Boundary, str] = {"energy": "energy", "facility": "facility", "tco": "total"}
"""Cost boundaries in the order of the key that turns them, each in a word."""

_NAME_CELLS, _COLUMN_CELLS = 17, 10
_MOST_COLUMNS = 6
_LEDGER_LINES = 200
_BAR = 10
_LETTERS = "abcdefgh"


@dataclass(frozen=True, slots=True)
class CostLine:
    """A curve of the cost plot: letter, colour role, what it is, years and dollars a watt and year."""

    letter: str
    ink: str
    words: str
    points: tuple[tuple[float, float], ...]
    marks: bool = False


@dataclass(frozen=True, slots=True)
class FinanceView:
    """Everything the room shows of one day.

    Attributes:
        cost_title: names the cost boundary; `cost_foot` is the crossover.
        curves: of the plot, with `cost_key` below it.
    """

    day: int
    money: tuple[Piece, ...]
    deals: tuple[Piece, ...]
    promises: tuple[Piece, ...]
    race: tuple[Piece, ...]
    ledger: tuple[Piece, ...]
    race_title: str
    cost_title: str
    cost_foot: str
    cost_key: tuple[Piece, ...]
    curves: tuple[CostLine, ...]


def finance_view(state: CampaignState, boundary: Boundary = "tco", width: int = 56) -> FinanceView:
    """Work out what the room shows.

    Args:
        state: the campaign.
        boundary: what counts as cost of a watt.
        width: characters a line of the statement may take.
    """
    kept = engine.books(state)
    report = engine.levelised_cost(state, boundary)
    curves = cost_lines(report)
    has_money = state.scenario.rules.money
    return FinanceView(
        day=state.day,
        money=tuple(money_pieces(kept, width, worn=state.scenario.rules.economy) if has_money else _NO_MONEY),
        deals=tuple(deal_pieces(kept, economy=state.scenario.rules.economy)),
        promises=tuple(promise_pieces(engine.scoreboard(state), width)),
        race=tuple(race_pieces(state)),
        ledger=tuple(ledger_pieces(state)),
        race_title="Race and goal" if state.rivals else "Goal",
        cost_title=f"A watt of computing, {BOUNDARIES[boundary]} cost: $ a year · b turns",
        cost_foot=_crossover(report),
        cost_key=tuple(_key(report, curves)),
        curves=curves,
    )


# --- money ---------------------------------------------------------------------------------------

_NO_MONEY: list[Piece] = [("Nothing costs money under the rules of this scenario.", "$role-quiet")]


def money_pieces(kept: Books, width: int, *, worn: bool = True) -> list[Piece]:
    """Cash, debt and runway; below them the last month beside the newest years."""
    balance = kept.balance
    pieces: list[Piece] = [
        ("cash ", "$role-quiet"),
        (numbers.money(balance.cash_cents / 100.0), "$role-money bold" if balance.cash_cents >= 0 else _RISK),
        ("   debt ", "$role-quiet"),
        (numbers.money(balance.debt_cents / 100.0), "bold"),
        (f"   {book_words.runway_words(kept)}\n\n", "" if kept.runway_months is None else "$role-warn"),
    ]
    columns = max(2, min(_MOST_COLUMNS, (width - _NAME_CELLS) // _COLUMN_CELLS))
    shown: list[Statement] = list(kept.years[-(columns - 1) :] if kept.month else kept.years[-columns:])
    names = [one.name for one in shown]
    if kept.month is not None:
        shown.insert(0, kept.month)
        names.insert(0, dates.month_year(date_of(kept.month.first_day)))
    rows = book_words.income_rows(shown, worn=worn)
    rows[0][1:] = names
    return [*pieces, *_statement_lines(rows)]


_RISK = "$role-risk bold"
_SUMS = ("net income", "cash at the end")


def _statement_lines(rows: Sequence[Sequence[str]]) -> list[Piece]:
    pieces: list[Piece] = []
    for name, *cells in rows:
        head = name in ("income", "cash")
        style = "$role-quiet bold" if head else "bold" if name in _SUMS else ""
        line = "".join(f"{cell:>{_COLUMN_CELLS}}" for cell in cells)
        pieces.append((f"{name:<{_NAME_CELLS}}{line}".rstrip() + "\n", style))
    return pieces


def ledger_pieces(state: CampaignState) -> list[Piece]:
    """What came in and went out, newest first."""
    if not state.ledger:
        return [("Nothing has been booked yet.", "$role-quiet")]
    pieces: list[Piece] = []
    for line in reversed(state.ledger[-_LEDGER_LINES:]):
        sign, style = ("+", "$role-money") if line.amount_cents >= 0 else ("−", "")
        what = line.kind.value.replace("-", " ")
        pieces += [
            (f"{dates.day_month_year(date_of(line.day)):>11}  ", "$role-quiet"),
            (f"{sign}{numbers.money(abs(line.amount_usd)):>9}  ", style),
            (f"{what} ", ""),
            (f"{line.subject}\n", "$role-quiet"),
        ]
    older = len(state.ledger) - _LEDGER_LINES
    return [*pieces, (f"and {older:,} older lines\n", "$role-quiet")] if older > 0 else pieces


def deal_pieces(kept: Books, *, economy: bool) -> list[Piece]:
    """Money to be had, contracts that run, offers that wait for an answer."""
    if not economy:
        return [(f"{NO_ECONOMY}\n", "$role-quiet")]
    parts = (
        ("On offer · c takes one", [str(one["text"]) for one in kept.offers], ""),
        ("Capital", book_words.funding_lines(kept), ""),
        ("Loans", book_words.loan_lines(kept), "none"),
        ("Contracts that run", [str(one["text"]) for one in kept.contracts], "none"),
        ("", book_words.chance_lines(kept), ""),
    )
    pieces: list[Piece] = []
    for head, lines, empty in parts:
        if head and (lines or empty):
            pieces.append((f"{head}\n", "$role-quiet bold"))
        pieces += [(f"{line}\n", "") for line in lines]
        if not lines and empty:
            pieces.append((f"{empty}\n", "$role-quiet"))
    return pieces


# --- cost of a watt --------------------------------------------------------------------------------


def cost_lines(report: CostReport) -> tuple[CostLine, ...]:
    """The curves: the ground in the benchmark regions, orbit as foreseen, and what was launched."""
    ground = [
        CostLine(letter, "quiet", one.name, ((report.path[0].year, one.usd_per_w_year),))
        for letter, one in zip(_LETTERS, report.regions[:3], strict=False)
    ]
    path = tuple((one.year, one.usd_per_w_year) for one in report.path)
    launched = tuple((one.year, one.usd_per_w_year) for one in report.launched)
    own = (CostLine("x", "money", "launched in that year", launched, marks=True),) if launched else ()
    return (*ground, CostLine("O", "power", "orbit, if costs fall as foreseen", path), *own)


def _crossover(report: CostReport) -> str:
    nominal = report.regions[0]
    if nominal.crossover is None:
        return f"orbit stays dearer than {nominal.name} up to {report.path[-1].year:.0f}"
    if nominal.crossover <= report.path[0].year:
        return f"orbit is cheaper than {nominal.name} today"
    return f"orbit meets {nominal.name} about {nominal.crossover:.0f}"


def _key(report: CostReport, curves: Sequence[CostLine]) -> list[Piece]:
    today = f"{numbers.figures(report.orbit_usd_per_w_year)} $/W today"
    pieces: list[Piece] = [("O ", "$role-power bold"), (f"orbit {today}", "")]
    if any(curve.marks for curve in curves):
        pieces += [("   x ", "$role-money bold"), ("launched that year", "")]
    pieces.append(("\n", ""))
    for curve, one in zip(curves, report.regions[:3], strict=False):
        meets = "never met" if one.crossover is None else f"met {one.crossover:.0f}"
        value = f"{numbers.figures(one.usd_per_w_year)} $/W, {meets}"
        pieces += [(f"{curve.letter} ", "bold"), (f"{one.name} ", ""), (f"{value}\n", "$role-quiet")]
    return [*pieces, (f"{report.boundary_text}; {report.method}", "$role-quiet")]


# --- race and goal ---------------------------------------------------------------------------------


def race_pieces(state: CampaignState) -> list[Piece]:
    """Who has how much power at work, as bars, and how far the objectives have come."""
    pieces: list[Piece] = []
    if state.rivals:
        table = engine.race_standing(state)
        most = max(1.0, *(one.computing_w for one in table))
        wide = max(len(_who(one)) for one in table)
        for place, one in enumerate(table, start=1):
            pieces += _position(place, one, one.computing_w / most, wide)
    if not state.scenario.objectives:
        return [*pieces, (f"{state.scenario.goal}\n", "")]
    pieces.append((f"{score_line(state)}\n", "bold"))
    return [*pieces, *((f"{line}\n", "") for line in objective_lines(state))]


def _who(one: Position) -> str:
    return one.name if one.rival or one.name == "You" else f"{one.name}, you"


def _position(place: int, one: Position, share: float, wide: int) -> list[Piece]:
    flown = one.ended or f"{one.satellites:,} sat."
    return [
        (f"{place} {_who(one):<{wide}} ", "" if one.rival else "bold"),
        (shares_bar(share, _BAR), "$role-link" if one.rival else "$role-compute"),
        (f" {numbers.power(one.computing_w):>8}", "bold"),
        (f"  {flown}\n", "$role-quiet"),
    ]
