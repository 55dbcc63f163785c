"""One orbit of a satellite as plain arrays, and what a plot of it needs to know."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from odc_tui.present.numbers import figures

_FIELDS = ("array_w", "load_w", "charge_fraction", "radiator_k", "junction_k")
_WATTS = ((1e9, "GW"), (1e6, "MW"), (1e3, "kW"))
_NICE = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)


@dataclass(frozen=True, eq=False)
class OrbitSeries:
    """One orbit, sampled.

    Attributes:
        minutes: (n,) rising times from the start of the orbit; the last is its end.
        array_w: (n,) power from the array, W.
        load_w: (n,) power used, W.
        charge_fraction: (n,) battery charge, 0..1.
        radiator_k: (n,) radiator temperature, K.
        junction_k: (n,) chip temperature, K.
        sunlit: (n,) bool.
        now_minute: the present on this clock; None to leave it out.
        shade_minutes: exact length of the shade if known; else it is counted from the samples.
    """

    minutes: NDArray[np.floating] = field(repr=False)
    array_w: NDArray[np.floating] = field(repr=False)
    load_w: NDArray[np.floating] = field(repr=False)
    charge_fraction: NDArray[np.floating] = field(repr=False)
    radiator_k: NDArray[np.floating] = field(repr=False)
    junction_k: NDArray[np.floating] = field(repr=False)
    sunlit: NDArray[np.bool_] = field(repr=False)
    now_minute: float | None = None
    shade_minutes: float | None = None

    def __post_init__(self) -> None:
        if self.minutes.ndim != 1 or self.minutes.size < 2 or not (np.diff(self.minutes) > 0).all():
            raise ValueError("minutes must be at least two rising times")
        wrong = [name for name in (*_FIELDS, "sunlit") if getattr(self, name).shape != self.minutes.shape]
        if wrong:
            raise ValueError(f"one value a minute expected in {', '.join(wrong)}")

    def same_orbit(self, other: OrbitSeries) -> bool:
        """Whether the arrays are the very same objects, so that only the present can have moved."""
        return all(getattr(self, name) is getattr(other, name) for name in ("minutes", "sunlit", *_FIELDS))

    @property
    def period_minutes(self) -> float:
        """Length of the orbit."""
        return float(self.minutes[-1] - self.minutes[0])

    def at(self, name: str, minute: float) -> float:
        """A series between its samples, for example `at("array_w", 12.5)`."""
        return float(np.interp(minute, self.minutes, getattr(self, name)))

    def phases(self) -> tuple[tuple[float, float, bool], ...]:
        """Stretches of sun and shade in order: (first minute, last minute, sunlit).

        A change lies midway between two samples.
        """
        changes = np.flatnonzero(self.sunlit[1:] != self.sunlit[:-1])
        edges = [
            float(self.minutes[0]),
            *((self.minutes[changes] + self.minutes[changes + 1]) / 2).tolist(),
            float(self.minutes[-1]),
        ]
        first = bool(self.sunlit[0])
        return tuple(
            (start, end, first == (number % 2 == 0)) for number, (start, end) in enumerate(pairwise(edges))
        )

    def shade_length_minutes(self) -> float:
        """Minutes of shade in the orbit."""
        if self.shade_minutes is not None:
            return self.shade_minutes
        return sum(end - start for start, end, sunlit in self.phases() if not sunlit)

    def shaded(self, minutes: NDArray[np.floating]) -> NDArray[np.bool_]:
        """Whether each of these minutes lies in shade."""
        flags = np.zeros(np.shape(minutes), dtype=np.bool_)
        for start, end, sunlit in self.phases():
            if not sunlit:
                flags |= (minutes >= start) & (minutes < end)
        return flags


@dataclass(frozen=True)
class Trace:
    """One line of a lane.

    Attributes:
        label: what it is.
        name: field of `OrbitSeries`.
        ink: colour role.
        dotted: drawn as dots, to be told from the other line of its lane.
    """

    label: str
    name: str
    ink: str
    dotted: bool = False


@dataclass(frozen=True)
class Lane:
    """One pane of the plot: lines that share an axis.

    Attributes:
        title: short, in capitals.
        kind: what its numbers are.
        traces: its lines.
    """

    title: str
    kind: Literal["power", "charge", "temperature"]
    traces: tuple[Trace, ...]

    def limits(self, series: OrbitSeries) -> tuple[float, float]:
        """Round axis limits that hold every line of the lane, in the units of the arrays."""
        if self.kind == "charge":
            return 0.0, 1.0
        values = np.concatenate([getattr(series, trace.name) for trace in self.traces])
        values = values[np.isfinite(values)]
        low, high = (float(values.min()), float(values.max())) if values.size else (0.0, 1.0)
        if self.kind == "power":
            return 0.0, nice_above(high)
        return 10.0 * np.floor(low / 10.0), max(
            10.0 * np.ceil(high / 10.0), 10.0 * np.floor(low / 10.0) + 10.0
        )

    def figure(self, value: float, series: OrbitSeries) -> tuple[str, str]:
        """A value of this lane as number and unit; power in the unit that fits the lane's top."""
        if self.kind == "charge":
            return figures(100.0 * value), "%"
        if self.kind == "temperature":
            return f"{value:.0f}" if value == value else figures(value), "K"
        top = self.limits(series)[1]
        scale, unit = next(
            ((s, u) for s, u in ((1e9, "GW"), (1e6, "MW"), (1e3, "kW")) if top >= s), (1.0, "W")
        )
        return figures(value / scale), unit


LANES = (
    Lane(
        "POWER",
        "power",
        (Trace("array", "array_w", "power"), Trace("load", "load_w", "compute", dotted=True)),
    ),
    Lane("CHARGE", "charge", (Trace("battery", "charge_fraction", "money"),)),
    Lane(
        "HEAT",
        "temperature",
        (Trace("radiator", "radiator_k", "heat"), Trace("chips", "junction_k", "compute", dotted=True)),
    ),
)
"""The three panes, top to bottom."""


def nice_above(value: float) -> float:
    """The least round number not below a value: 1, 1.5, 2, 2.5, 3, 4, 5, 6 or 8 times a power of ten."""
    if not value > 0:
        return 1.0
    decade = 10.0 ** np.floor(np.log10(value))
    return float(next(step * decade for step in _NICE if step * decade >= value * (1 - 1e-9)))
