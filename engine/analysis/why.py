"""Figures that can be asked why: each with the formula behind it and the live inputs that give it again."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from engine.analysis.explain import Explanation, explain, formula_called
from engine.analysis.formula_inputs import Given, defaults, public_inputs
from engine.errors import InputError

if TYPE_CHECKING:
    from engine.model.catalogue import Catalogue

__all__ = ["Figure", "Input", "counted", "explain_figure", "figure_json", "given", "summed", "worked"]


@dataclass(frozen=True, slots=True)
class Input:
    """One live input of a figure.

    Attributes:
        name: what the formula calls it; of a sum, what the line is called.
        value: a number in `unit`, an ISO date or an id.
        unit: as the formula has it; `1` for a pure number, `date`, `id`.
        origin: where the value comes from, in words.
        figure: id of the figure that it is itself, or empty.
    """

    name: str
    value: Given
    unit: str
    origin: str
    figure: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as the game shows it, and what it follows from.

    Attributes:
        id: one word, unique among the figures of one question.
        label: what it is called.
        subject: heading it stands under.
        value: as shown, in `unit`.
        formula: name of the relation that gives it; empty for a sum of its inputs, or for what was counted.
        inputs: what goes in, in the order of the formula.
        note: what a reader should know besides: how it was counted, where the formula only comes near.
        exact: the formula gives the shown value again; else it is the steady case of something that the day
            step follows in detail.
    """

    id: str
    label: str
    subject: str
    value: float
    unit: str
    formula: str = ""
    inputs: tuple[Input, ...] = ()
    note: str = ""
    exact: bool = True

    @property
    def given(self) -> dict[str, Given]:
        """Inputs by name, as `explain` takes them."""
        return {one.name: one.value for one in self.inputs}

    @property
    def summary(self) -> str:
        """What the formula gives, in a sentence; empty without one."""
        return formula_called(self.formula).summary if self.formula else ""

    def about(self, subject: str) -> Figure:
        """The same figure under a heading."""
        return replace(self, subject=subject)


@dataclass(frozen=True, slots=True)
class _Known:
    value: Given
    origin: str
    figure: str


def given(value: Given, origin: str, figure: str = "") -> _Known:
    """An input with its origin, for `worked`.

    Args:
        value: the number, date or id.
        origin: where it comes from, in words.
        figure: id of the figure that it is itself.
    """
    return _Known(value if isinstance(value, str | int) else float(value), origin, figure)


def worked(
    figure_id: str,
    label: str,
    formula: str,
    value: float | None = None,
    *,
    note: str = "",
    exact: bool = True,
    catalogue: Catalogue | None = None,
    **inputs: _Known,
) -> Figure:
    """A figure with a formula behind it.

    Args:
        figure_id: one word.
        label: what it is called.
        formula: name of the relation.
        value: as the game has it; what the formula gives if left out.
        note: what a reader should know besides.
        exact: whether the formula gives the value again.
        catalogue: where ids are looked up, needed only without a `value`.
        inputs: each with its origin.
    """
    entry = formula_called(formula)
    units = public_inputs(entry)
    usual = {name: given(value, "as usual") for name, value in defaults(entry).items()}
    known = {**usual, **inputs}
    rows = tuple(
        Input(name, known[name].value, unit, known[name].origin, known[name].figure)
        for name, unit in units.items()
    )
    if value is None:
        value = explain(formula, {row.name: row.value for row in rows}, catalogue, moves=False).value
    return Figure(figure_id, label, "", float(value), entry.unit, formula, rows, note, exact)


def summed(
    figure_id: str, label: str, unit: str, value: float, lines: tuple[Input, ...], note: str = ""
) -> Figure:
    """A figure that is the sum of its lines.

    Args:
        figure_id: one word.
        label: what it is called.
        unit: of the figure and of every line.
        value: as the game has it.
        lines: signed, so that they add up to the value.
        note: what a reader should know besides.
    """
    return Figure(figure_id, label, "", float(value), unit, "", lines, note)


def counted(figure_id: str, label: str, unit: str, value: float, note: str) -> Figure:
    """A figure that nothing gives again but counting.

    Args:
        figure_id: one word.
        label: what it is called.
        unit: of the figure.
        value: as the game has it.
        note: who counted it, and how.
    """
    return Figure(figure_id, label, "", float(value), unit, "", (), note)


def explain_figure(
    figure: Figure, catalogue: Catalogue | None = None, changes: Mapping[str, Any] | None = None
) -> Explanation | None:
    """What stands behind a figure, with what moves it most; None for sums and for what was counted.

    Args:
        figure: the figure.
        catalogue: where ids are looked up.
        changes: other values of some inputs, to see the figure move; nothing else is touched.

    Raises:
        InputError: a change has no meaning.
    """
    if not figure.formula:
        return None
    return explain(figure.formula, {**figure.given, **(changes or {})}, catalogue)


def figure_json(figure: Figure, catalogue: Catalogue | None = None) -> dict[str, Any]:
    """A figure as `odc explain --campaign` prints it: the object of `explain`, and what is beside it."""
    try:
        found = explain_figure(figure, catalogue)
    except InputError:
        found = None
    return {
        "figure": figure.id,
        "label": figure.label,
        "summary": figure.summary,
        "subject": figure.subject,
        "shown": _finite(figure.value),
        "formula": figure.formula,
        "value": found.value if found else _finite(figure.value),
        "unit": figure.unit,
        "inputs": figure.given,
        "origins": {one.name: one.origin for one in figure.inputs},
        "figures": {one.name: one.figure for one in figure.inputs if one.figure},
        "text": found.text if found else " + ".join(one.name for one in figure.inputs),
        "source": found.source if found else "",
        "moves": {move.name: move.change for move in found.moves} if found else {},
        "warnings": list(found.warnings) if found else [],
        "note": figure.note,
        "exact": figure.exact,
    }


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
