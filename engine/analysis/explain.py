"""Any formula, asked by name: its value, what it says, where it comes from and what moves it most."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from engine.analysis.formula_inputs import (
    DATE,
    ID,
    Given,
    close_to,
    needs_catalogue,
    numbers,
    public_inputs,
    shown,
    taken,
)
from engine.errors import InputError
from engine.formulas.library import FORMULAS, SUBJECTS
from engine.formulas.registry import Formula

if TYPE_CHECKING:
    from engine.model.catalogue import Catalogue

__all__ = ["Explanation", "Move", "asks_catalogue", "explain", "formula_called", "formula_names"]

_NUDGE = 0.01
_CALENDAR = "calendar year"


@dataclass(frozen=True, slots=True)
class Move:
    """How much a result moves with one of its inputs.

    Attributes:
        name: the input.
        change: relative change of the result for 1 % more of it: 0.04 is 4 %.
    """

    name: str
    change: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """One figure with all that stands behind it.

    Attributes:
        formula: name of the relation.
        value: the figure, in `unit`.
        unit: `1` for a pure number.
        inputs: what went in, as given, with defaults filled in.
        text: the relation in one line.
        source: where it comes from.
        symbol: how a textbook writes the result.
        valid: where it may be trusted.
        moves: its inputs, the one that moves it most first; dates, ids and whole numbers are left out.
        warnings: inputs beyond what the relation was made for, one sentence each.
    """

    formula: str
    value: float
    unit: str
    inputs: Mapping[str, Given]
    text: str
    source: str
    symbol: str
    valid: str
    moves: tuple[Move, ...] = ()
    warnings: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The object that `odc explain --json` prints."""
        return {
            "formula": self.formula,
            "value": self.value,
            "unit": self.unit,
            "inputs": dict(self.inputs),
            "text": self.text,
            "source": self.source,
        }


def formula_names() -> tuple[str, ...]:
    """Names of all formulas, subject by subject."""
    order = {subject: at for at, subject in enumerate(SUBJECTS)}
    return tuple(sorted(FORMULAS, key=lambda name: order[FORMULAS[name].subject]))


def formula_called(name: str) -> Formula:
    """The formula of a name.

    Raises:
        InputError: there is none; the message suggests one.
    """
    entry = FORMULAS.get(name)
    if entry is None:
        raise InputError(f"no formula is called {shown(name)}", "", close_to(name, formula_names()))
    return entry


def asks_catalogue(name: str) -> bool:
    """Whether explaining a formula takes the catalogue; False for a name that is unknown."""
    return name in FORMULAS and needs_catalogue(FORMULAS[name])


def explain(
    name: str, inputs: Mapping[str, Any], catalogue: Catalogue | None = None, *, moves: bool = True
) -> Explanation:
    """Works out a formula and tells what stands behind the figure.

    Args:
        name: name of the formula.
        inputs: its inputs by name: numbers in the unit of the name, dates in ISO form (00:00 UTC unless
            a time is given), ids as in the catalogue. Those with a default may be left out.
        catalogue: where ids are looked up.
        moves: also work out what moves the figure most.

    Raises:
        InputError: an unknown name, or inputs that are unknown, missing, malformed or without meaning. The
            message suggests what to do.
    """
    entry = formula_called(name)
    given = taken(entry, inputs)
    figures = numbers(entry, given, catalogue)
    _check(entry, given, figures)
    value = _value(entry, figures)
    return Explanation(
        formula=name,
        value=value,
        unit=entry.unit,
        inputs=MappingProxyType(given),
        text=entry.text,
        source=entry.source,
        symbol=entry.symbol,
        valid=entry.valid,
        moves=_moves(entry, given, figures, value) if moves else (),
        warnings=_warnings(entry, given, figures),
    )


def _value(entry: Formula, figures: Mapping[str, float]) -> float:
    try:
        value = float(entry.function(**figures))
    except (ArithmeticError, TypeError, ValueError):  # a power of a negative number is complex: no float
        value = math.nan
    if not math.isfinite(value):
        raise InputError("has no value for these inputs", entry.name, f"valid for: {entry.valid}")
    return value


def _moves(
    entry: Formula, given: Mapping[str, Given], figures: Mapping[str, float], value: float
) -> tuple[Move, ...]:
    if value == 0.0:
        return ()
    found = []
    for name, unit in public_inputs(entry).items():
        if unit in (DATE, ID, _CALENDAR) or entry.range_of(name).whole or not figures.get(name):
            continue
        for step in (_NUDGE, -_NUDGE):
            nudged = {**figures, name: figures[name] * (1.0 + step)}
            try:
                _check(entry, {**given, name: nudged[name]}, nudged)
                change = (_value(entry, nudged) / value - 1.0) * math.copysign(1.0, step)
            except InputError:
                continue
            if entry.range_of(name).holds(nudged[name]):
                found.append(Move(name, change))
                break
    return tuple(sorted(found, key=lambda move: -abs(move.change)))


def _warnings(entry: Formula, given: Mapping[str, Given], figures: Mapping[str, float]) -> tuple[str, ...]:
    said = []
    for name, trusted in entry.trusted.items():
        if not trusted.holds(figures[name]):
            public = "date" if name == "days" else name
            made_for = "the years 1950 to 2050" if name == "days" else trusted.words(entry.inputs[name])
            said.append(f"{public} = {given[public]} is outside what the formula is made for, {made_for}")
    judge = _DOUBTS.get(entry.name)
    doubt = judge(figures) if judge else ""
    return (*said, doubt) if doubt else tuple(said)


# --- what only two inputs together can say --------------------------------------------------------


def _check(entry: Formula, given: Mapping[str, Given], figures: Mapping[str, float]) -> None:
    """Refuses inputs that contradict each other.

    Raises:
        InputError: they do.
    """
    low, high = _ORDERED.get(entry.name, ("", ""))
    if low and figures[low] > figures[high]:
        raise InputError(
            f"{low} = {given[low]} is above {high} = {given[high]}", entry.name, "exchange or correct them"
        )


def _near_field(figures: Mapping[str, float]) -> str:
    reach_km = figures["aperture_m"] ** 2 / (1.0e-6 * figures["wavelength_nm"])
    if figures["range_km"] >= reach_km:
        return ""
    return f"the far field begins near {reach_km:.3g} km; closer by, the formula promises too much"


def _below_reference(figures: Mapping[str, float]) -> str:
    if figures["altitude_km"] >= figures["ref_altitude_km"]:
        return ""
    return f"the payload is known at {figures['ref_altitude_km']:g} km; lower orbits only extrapolate"


_ORDERED = {
    "line_of_sight_range": ("grazing_km", "altitude_km"),
    "swarm_collision_rate": ("altitude_low_km", "altitude_high_km"),
}
_DOUBTS: Mapping[str, Callable[[Mapping[str, float]], str]] = {
    "optical_received_power": _near_field,
    "launch_payload": _below_reference,
}
