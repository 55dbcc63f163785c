"""The final report of a campaign as files: a Markdown page and the charts it shows."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from engine.conditions.quantities import QUANTITIES
from odc_tui.present import charts, dates, numbers, why
from odc_tui.present.objectives import standing
from odc_tui.present.quantities import said

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from engine.analysis.final_report import FinalReport, Moment, Sample

__all__ = ["PAGE", "pages"]

PAGE = "report.md"
_LEAST_W = 1e3
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!])")
_CHARTS = {"objectives.svg": "Objectives", "power.svg": "Power", "money.svg": "Cash", "years.svg": "Years"}


def pages(name: str, report: FinalReport) -> Mapping[str, str]:
    """Every file of a report by its name, the page last.

    Args:
        name: what the player calls the campaign.
        report: what it came to.
    """
    shown = {file: text for file, text in _drawn(report) if text}
    return {**shown, PAGE: _page(name, report, tuple(shown))}


# --- charts --------------------------------------------------------------------------------------


def _drawn(report: FinalReport) -> Iterator[tuple[str, str]]:
    if report.objectives:
        yield "objectives.svg", _objectives_chart(report)
    if any(max(one.values["computing"], *one.rivals.values(), 0.0) > 0.0 for one in report.series):
        yield "power.svg", _power_chart(report)
    if report.money and len(report.series) > 1:
        yield "money.svg", _money_chart(report)
    if report.years:
        yield "years.svg", _years_chart(report)
    if report.bound:
        yield "bound.svg", _bound_chart(report)


def _objectives_chart(report: FinalReport) -> str:
    rows = [charts.Bar(one.text, one.progress, standing(one).partition(",")[0]) for one in report.objectives]
    score = "" if report.score is None else f"Score {_percent(report.score)}, weighted mean of"
    return charts.progress("Objectives", f"{score} how far each has come", rows)


def _power_chart(report: FinalReport) -> str:
    course = _course(report.series, "computing")
    wanted = {one.target for one in report.objectives if one.quantity == "computing"}
    marks = [charts.Mark(target, f"asked for: {numbers.power(target)}") for target in sorted(wanted)]
    title = "Power into compute"
    axis = "mean over the orbit, logarithmic"
    own = "you" if report.series[-1].rivals else numbers.power(course[-1][1])
    shown = [charts.Line(own, course)]
    for name in sorted(report.series[-1].rivals):
        theirs = [(one.date, one.rivals.get(name, 0.0)) for one in report.series]
        shown.append(charts.Line(name, theirs))
    return charts.lines(title, axis, shown, marks=marks, least=_LEAST_W, say=_watts)


def _money_chart(report: FinalReport) -> str:
    shown = [charts.Line("cash", _course(report.series, "cash"))]
    if any(one.values["debt"] > 0.0 for one in report.series):
        shown.append(charts.Line("debt", _course(report.series, "debt")))
    return charts.lines("Cash and debt" if len(shown) > 1 else "Cash", "dollars of the day", shown, say=_usd)


def _years_chart(report: FinalReport) -> str:
    parts = [
        ("earned", [one.earned_usd for one in report.years]),
        ("invested", [one.invested_usd for one in report.years]),
        ("running costs", [one.running_usd for one in report.years]),
        ("financing", [one.financing_usd for one in report.years]),
    ]
    kept = [part for part in parts if any(part[1])]
    axis = "dollars a calendar year; what was paid points down"
    return charts.bars("Money in and out", axis, [one.year for one in report.years], kept, say=_usd)


def _bound_chart(report: FinalReport) -> str:
    rows = [charts.Bar(_words(name), share, _percent(share)) for name, share in report.bound]
    return charts.progress("What held compute back", "share of the months at work", rows)


def _course(series: Iterable[Sample], name: str) -> list[tuple[dt.date, float]]:
    return [(one.date, one.values[name]) for one in series]


def _watts(value: float) -> str:
    return _short(numbers.power(value))


def _usd(value: float) -> str:
    return _short(numbers.money(value))


def _short(text: str) -> str:
    """A number with its unit, without noughts that say nothing on an axis."""
    number, _, unit = text.partition(" ")
    return f"{number.rstrip('0').rstrip('.') if '.' in number else number} {unit}"


def _percent(share: float) -> str:
    """Whole per cent, never rounded up to what was not reached."""
    return f"{math.floor(100.0 * share)} %"


# --- page ----------------------------------------------------------------------------------------


def _page(name: str, report: FinalReport, shown: tuple[str, ...]) -> str:
    parts = [
        _head(name, report),
        _asked(report, shown),
        _promised(report),
        _work(report, shown),
        _money(report, shown),
        _race(report),
        _course_of(report.moments),
        _foot(report),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _head(name: str, report: FinalReport) -> str:
    span = f"{dates.day_month_year(report.began)} to {dates.day_month_year(report.date)}"
    played = f"**{_md(report.scenario)}**" + (f", as {_md(report.company)}" if report.company else "")
    return f"# {_md(name)}\n\n{played}, {span}. {_verdict(report)}\n\n> {_md(report.goal)}"


def _verdict(report: FinalReport) -> str:
    met = sum(one.status == "met" for one in report.objectives)
    asked = numbers.counted(len(report.objectives), "objective")
    points = "" if report.score is None else f"**Score {_percent(report.score)}**, {met} of {asked} met. "
    if report.ended:
        return f"{points}The campaign is over: {report.ended}."
    if report.finished_on is not None:
        return f"{points}The score was struck on {dates.day_month_year(report.finished_on)}."
    return f"{points}The campaign goes on."


def _asked(report: FinalReport, shown: tuple[str, ...]) -> str:
    if not report.objectives:
        return ""
    rows = [("objective", "weight", "reached", "stands at")]
    for one in report.objectives:
        value = numbers.NONE if one.value is None else said(QUANTITIES[one.quantity], one.value)
        rows.append((one.text, f"{one.weight:g}", standing(one), value))
    return f"## What was asked\n\n{_picture('objectives.svg', shown)}{_table(rows)}"


def _promised(report: FinalReport) -> str:
    rows = [("promised", "has been", "by", "because")]
    for one in report.scoreboard:
        by = numbers.NONE if one.figure is None else f"{one.figure.label}: {why.shown(one.figure)}"
        rows.append((one.promise, one.verdict, by, one.because))
    return f"## What was promised\n\n{_table(rows)}"


def _work(report: FinalReport, shown: tuple[str, ...]) -> str:
    fleet, sums, kept = report.fleet, report.totals, report.promises
    rows = [
        ("", "in the end"),
        ("satellites", f"{fleet['satellites_alive']:,} alive of {fleet['satellites_launched']:,} launched"),
        ("power into compute", numbers.power(1e3 * fleet["it_power_kw"])),
        ("most power in any month", numbers.power(_most(report.series))),
        ("compute delivered", numbers.scaled(sums["delivered_pflop_days"], "FLOP-days", "P")),
        ("energy no grid had to supply", numbers.scaled(kept.grid_kwh, "Wh", "k")),
        ("time in sunlight", numbers.percent(kept.lit_fraction)),
        ("of a gigawatt", numbers.percent(kept.gigawatt_share)),
    ]
    if kept.usd_per_pflop_day is not None:
        rows.append(("spent for each PFLOP-day so far", numbers.money(kept.usd_per_pflop_day)))
    pictures = _picture("power.svg", shown) + _picture("bound.svg", shown)
    return f"## What was computed\n\n{pictures}{_table(rows)}"


def _most(series: Iterable[Sample]) -> float:
    return max((one.values["computing"] for one in series), default=0.0)


def _money(report: FinalReport, shown: tuple[str, ...]) -> str:
    if not report.years:
        return ""
    head = ("year", "earned", "invested", "running costs", "financing", "cash at its end")
    rows = [head] + [
        (
            str(one.year),
            *(numbers.money(value) for value in (one.earned_usd, one.invested_usd, one.running_usd)),
            *(numbers.money(value) for value in (one.financing_usd, one.cash_usd)),
        )
        for one in report.years
    ]
    accounts = [("account", "in all")] + [(_words(kind), numbers.money(usd)) for kind, usd in report.accounts]
    pictures = _picture("money.svg", shown) + _picture("years.svg", shown)
    tables = f"{_table(rows, right=True)}\n\n{_table(accounts, right=True)}"
    return f"## The money\n\n{pictures}{tables}{_owners(report)}"


def _owners(report: FinalReport) -> str:
    """Who owns what was built, if anything was sold of it."""
    if report.founders_share == 1.0:
        return ""
    sold = 100.0 * (1.0 - report.founders_share)
    return f"\n\nFounders hold {100.0 * report.founders_share:.1f} % of the company, investors {sold:.1f} %."


def _race(report: FinalReport) -> str:
    if len(report.race) < 2:
        return ""
    rows = [("company", "power into compute", "satellites", "flights", "lifted")]
    for one in report.race:
        name = one.name if one.rival else f"{one.name} (you)"
        lifted = f"{one.lifted_kg / 1e3:,.0f} t"
        rows.append((name, numbers.power(one.computing_w), f"{one.satellites:,}", f"{one.flights:,}", lifted))
    return f"## The race\n\n{_table(rows)}"


def _course_of(moments: Iterable[Moment]) -> str:
    told = ((dates.day_month_year(one.date), one.text.partition(" Why: ")[0]) for one in moments)
    lines = [f"- **{date}** {_md(text)}" for date, text in told]
    return "## Its course\n\n" + "\n".join(lines) if lines else ""


def _foot(report: FinalReport) -> str:
    sliders = ", ".join(f"{name.replace('_', ' ')} × {value:g}" for name, value in report.difficulty.items())
    moved = f" Difficulty: {sliders}." if sliders else ""
    units = "Money is in dollars of the day; power is the mean over an orbit."
    again = "The campaign file with its orders plays to the same figures again."
    return f"---\n\nSeed {report.seed}.{moved} {units} {again}"


def _picture(file: str, shown: tuple[str, ...]) -> str:
    return f"![{_CHARTS.get(file, 'What held compute back')}]({file})\n\n" if file in shown else ""


def _table(rows: Sequence[tuple[str, ...]], *, right: bool = False) -> str:
    head, *body = rows
    rule = ["---"] + ["--:" if right else "---"] * (len(head) - 1)
    cells = [head, tuple(rule), *body]
    said_cells = [row if at == 1 else tuple(map(_md, row)) for at, row in enumerate(cells)]
    return "\n".join(f"| {' | '.join(row)} |" for row in said_cells)


def _words(name: str) -> str:
    return name.replace("-", " ")


def _md(text: str) -> str:
    """A text that Markdown shows as it is."""
    return _SPECIAL.sub(r"\\\1", text)
