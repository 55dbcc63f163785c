"""Charts as SVG text: lines, steps, bars and shares, with axes, units and titles, on light and dark pages.

Every colour is a class, and the style sheet of each chart gives it a value for either kind of page. Lines
differ by dash and by the name at their end as well as by colour. All texts are escaped here.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

__all__ = ["Bar", "Line", "Mark", "bars", "lines", "progress", "ticks"]

WIDTH, HEIGHT = 860, 420
LEFT, RIGHT, TOP, BOTTOM = 84, 150, 84, 46
_COLOURS = 6
_DASHES = ("", "7 4", "2 3", "10 3 2 3", "5 5", "1 4")
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_LEAST_GAP = 15.0

Say = Callable[[float], str]

_STYLE = """
.page{fill:#ffffff}.text{fill:#1c2430}.quiet{fill:#5b6675}.grid{stroke:#dde2e8}.axis{stroke:#8a94a1}
.s0{stroke:#0b6e99}.s1{stroke:#c2410c}.s2{stroke:#5b4bb5}.s3{stroke:#15803d}.s4{stroke:#a16207}.s5{stroke:#be185d}
.f0{fill:#0b6e99}.f1{fill:#c2410c}.f2{fill:#5b4bb5}.f3{fill:#15803d}.f4{fill:#a16207}.f5{fill:#be185d}
.track{fill:#e8ecf0}.halo{stroke:#ffffff}
@media (prefers-color-scheme: dark){
.page{fill:#10151d}.text{fill:#e6ebf2}.quiet{fill:#98a5b5}.grid{stroke:#26303d}.axis{stroke:#5d6a7a}
.s0{stroke:#56b8e6}.s1{stroke:#fb923c}.s2{stroke:#a99cf5}.s3{stroke:#4ade80}.s4{stroke:#facc15}.s5{stroke:#f472b6}
.f0{fill:#56b8e6}.f1{fill:#fb923c}.f2{fill:#a99cf5}.f3{fill:#4ade80}.f4{fill:#facc15}.f5{fill:#f472b6}
.track{fill:#232c38}.halo{stroke:#10151d}}
text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;font-size:13px}
.title{font-size:18px;font-weight:600}
.halo{paint-order:stroke;stroke-width:4px;stroke-linejoin:round}
"""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a chart.

    Attributes:
        name: shown at its end.
        points: dates with values in the chart's unit; what is not finite leaves a gap.
    """

    name: str
    points: Sequence[tuple[dt.date, float]]


@dataclass(frozen=True, slots=True)
class Mark:
    """A level worth a thin line across the chart, as a target."""

    value: float
    name: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A share of one, with what stands behind it."""

    name: str
    share: float
    note: str


# --- scales --------------------------------------------------------------------------------------


def ticks(low: float, high: float, most: int = 6) -> list[float]:
    """Round values that reach over a range: multiples of 1, 2, 2.5 or 5 times a power of ten.

    Args:
        low: the least value shown.
        high: the greatest, above `low`.
        most: about so many.
    """
    rough = (high - low) / max(1, most - 1)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in _STEPS if factor * power >= rough * (1.0 - 1e-9))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [step * number for number in range(first, last + 1)]


class _Log:
    """Powers of ten from bottom to top."""

    def __init__(self, low: float, high: float) -> None:
        self._first = math.floor(math.log10(low) + 1e-9)
        last = math.ceil(math.log10(high) - 1e-9)
        self._last = max(last, self._first + 1)
        self.ticks = [10.0**power for power in range(self._first, self._last + 1)]

    def at(self, value: float) -> float:
        """Height of a value, 0 at the bottom and 1 at the top; what is too small lies at the bottom."""
        if value <= 0.0:
            return 0.0
        return min(1.0, max(0.0, (math.log10(value) - self._first) / (self._last - self._first)))


class _Linear:
    """Even steps from bottom to top."""

    def __init__(self, low: float, high: float) -> None:
        self.ticks = ticks(low, high if high > low else low + 1.0)

    def at(self, value: float) -> float:
        """Height of a value, 0 at the bottom and 1 at the top."""
        first, last = self.ticks[0], self.ticks[-1]
        return (value - first) / (last - first)


# --- charts --------------------------------------------------------------------------------------


def lines(
    title: str,
    axis: str,
    shown: Sequence[Line],
    *,
    marks: Sequence[Mark] = (),
    least: float | None = None,
    say: Say | None = None,
) -> str:
    """A chart of values over dates.

    Args:
        title: above the chart.
        axis: what the values are, with their unit.
        shown: up to six lines.
        marks: levels to draw across.
        least: the bottom of a logarithmic axis; an even axis if left out.
        say: words for a value on the axis; plain numbers if left out.
    """
    values = [value for line in shown for _, value in line.points if math.isfinite(value)]
    values += [mark.value for mark in marks]
    dates = [date for line in shown for date, _ in line.points]
    top = max(values, default=1.0)
    scale: _Linear | _Log = (
        _Linear(min(0.0, *values, 0.0), top) if least is None else _Log(least, max(top, 10.0 * least))
    )
    first, last = min(dates, default=dt.date(2000, 1, 1)), max(dates, default=dt.date(2001, 1, 1))
    if first == last:
        last = first + dt.timedelta(days=365)
    parts = [*_value_axis(scale, say or _number), *_year_axis(first, last)]
    ends = []
    for number, line in enumerate(shown):
        path, end = _path(line, scale, first, last)
        dash = _DASHES[number % _COLOURS]
        style = f' stroke-dasharray="{dash}"' if dash else ""
        parts.append(f'<path class="s{number % _COLOURS}" fill="none" stroke-width="2.2"{style} d="{path}"/>')
        ends.append((end, number, line.name))
    parts += [*_marks(marks, scale), *_end_names(ends)]
    return _page(title, axis, parts)


def _value_axis(scale: _Linear | _Log, say: Say) -> Iterable[str]:
    for value in scale.ticks:
        y = _y(scale.at(value))
        yield f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
        x, word = LEFT - 8, escape(say(value))
        yield f'<text class="quiet" x="{x}" y="{y + 4:.1f}" text-anchor="end">{word}</text>'


def _year_axis(first: dt.date, last: dt.date) -> Iterable[str]:
    bottom = HEIGHT - BOTTOM
    yield f'<line class="axis" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{bottom}" y2="{bottom}"/>'
    years = [year for year in range(first.year, last.year + 2) if first <= dt.date(year, 1, 1) <= last]
    every = max(1, math.ceil(len(years) / 10))
    for year in years:
        x = _x(dt.date(year, 1, 1), first, last)
        yield f'<line class="axis" x1="{x:.1f}" x2="{x:.1f}" y1="{bottom}" y2="{bottom + 5}"/>'
        if year % every == 0:
            yield _year(x, year)


def _year(x: float, year: int) -> str:
    return f'<text class="quiet" x="{x:.1f}" y="{HEIGHT - BOTTOM + 21}" text-anchor="middle">{year}</text>'


def _marks(marks: Sequence[Mark], scale: _Linear | _Log) -> Iterable[str]:
    for mark in marks:
        y = _y(scale.at(mark.value))
        yield (
            f'<line class="axis" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" '
            'stroke-dasharray="3 5"/>'
        )
        yield f'<text class="quiet halo" x="{LEFT + 6}" y="{y - 5:.1f}">{escape(mark.name)}</text>'


def _path(line: Line, scale: _Linear | _Log, first: dt.date, last: dt.date) -> tuple[str, float]:
    """The path of a line, and the height at which it ends."""
    pieces, drawing, end = [], False, float(HEIGHT - BOTTOM)
    for date, value in line.points:
        if not math.isfinite(value):
            drawing = False
            continue
        end = _y(scale.at(value))
        pieces.append(f"{'L' if drawing else 'M'}{_x(date, first, last):.1f} {end:.1f}")
        drawing = True
    return " ".join(pieces), end


def _end_names(ends: list[tuple[float, int, str]]) -> Iterable[str]:
    """Names beside the ends of lines, moved apart where they would overlap."""
    free = -math.inf
    for wanted, number, name in sorted(ends):
        y = max(wanted, free + _LEAST_GAP)
        free = y
        x = WIDTH - RIGHT + 8
        yield f'<text class="f{number % _COLOURS}" x="{x}" y="{y + 4:.1f}">{escape(name)}</text>'


def bars(
    title: str,
    axis: str,
    years: Sequence[int],
    parts: Sequence[tuple[str, Sequence[float]]],
    say: Say | None = None,
) -> str:
    """A chart of stacked bars, one a year: what is above zero upwards, what is below downwards.

    Args:
        title: above the chart.
        axis: what the values are, with their unit.
        years: one a bar.
        parts: names, each with a value a year.
        say: words for a value on the axis; plain numbers if left out.
    """
    highs = [sum(max(0.0, values[at]) for _, values in parts) for at in range(len(years))]
    lows = [sum(min(0.0, values[at]) for _, values in parts) for at in range(len(years))]
    scale = _Linear(min([0.0, *lows]), max([0.0, *highs]))
    drawn = list(_value_axis(scale, say or _number))
    slot = (WIDTH - LEFT - RIGHT) / max(1, len(years))
    every = max(1, math.ceil(len(years) / 12))
    for at, year in enumerate(years):
        x = LEFT + slot * at + 0.15 * slot
        drawn += _stack(x, 0.7 * slot, [values[at] for _, values in parts], scale)
        if at % every == 0:
            drawn.append(_year(x + 0.35 * slot, year))
    zero = _y(scale.at(0.0))
    drawn.append(f'<line class="axis" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{zero:.1f}" y2="{zero:.1f}"/>')
    drawn += _key([name for name, _ in parts])
    return _page(title, axis, drawn)


def _stack(x: float, wide: float, values: Sequence[float], scale: _Linear) -> Iterable[str]:
    above = below = 0.0
    for number, value in enumerate(values):
        start = above if value >= 0.0 else below
        top, bottom = _y(scale.at(max(start, start + value))), _y(scale.at(min(start, start + value)))
        if value >= 0.0:
            above += value
        else:
            below += value
        if bottom - top > 0.05:
            yield (
                f'<rect class="f{number % _COLOURS}" x="{x:.1f}" y="{top:.1f}" '
                f'width="{wide:.1f}" height="{bottom - top:.1f}"/>'
            )


def _key(names: Sequence[str]) -> Iterable[str]:
    x = WIDTH - RIGHT + 10
    for number, name in enumerate(names):
        y = TOP + 6 + 22 * number
        yield f'<rect class="f{number % _COLOURS}" x="{x}" y="{y}" width="12" height="12"/>'
        yield f'<text class="text" x="{x + 18}" y="{y + 11}">{escape(name)}</text>'


def progress(title: str, axis: str, rows: Sequence[Bar]) -> str:
    """A chart of shares, one bar a row, with a name above and a note behind each."""
    height = TOP + 46 * len(rows) + 20
    drawn = []
    wide = WIDTH - 2 * 28 - 120
    for at, row in enumerate(rows):
        y = TOP + 46 * at + 16
        share = min(1.0, max(0.0, row.share))
        drawn.append(f'<text class="text" x="28" y="{y - 4}">{escape(row.name)}</text>')
        drawn.append(f'<rect class="track" x="28" y="{y + 2}" width="{wide}" height="12" rx="3"/>')
        if share > 0.0:
            drawn.append(
                f'<rect class="f{0 if share < 1.0 else 3}" x="28" y="{y + 2}" '
                f'width="{wide * share:.1f}" height="12" rx="3"/>'
            )
        drawn.append(f'<text class="quiet" x="{28 + wide + 10}" y="{y + 13}">{escape(row.note)}</text>')
    return _page(title, axis, drawn, height)


# --- page ----------------------------------------------------------------------------------------


def _x(date: dt.date, first: dt.date, last: dt.date) -> float:
    share = (date - first).days / (last - first).days
    return LEFT + share * (WIDTH - LEFT - RIGHT)


def _y(share: float) -> float:
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)


def _number(value: float) -> str:
    return f"{value:,.10g}".replace("-", "−")


def _page(title: str, axis: str, parts: Iterable[str], height: int = HEIGHT) -> str:
    name = escape(title)
    body = "\n".join(parts)
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" \
width="{WIDTH}" height="{height}" role="img" aria-label="{escape(title, {'"': "&quot;"})}">
<title>{name}</title>
<style>{_STYLE}</style>
<rect class="page" width="{WIDTH}" height="{height}" rx="8"/>
<text class="text title" x="28" y="34">{name}</text>
<text class="quiet" x="28" y="53">{escape(axis)}</text>
{body}
</svg>
"""
