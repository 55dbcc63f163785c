"""The words of the ask-why panel: the figure, its inputs, what moves it, where it comes from, what if."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import engine
from engine.errors import InputError
from odc_tui.present import numbers, why

if TYPE_CHECKING:
    from engine.analysis.explain import Explanation
    from engine.analysis.formula_inputs import Given
    from engine.analysis.why import Figure, Input
    from engine.model.catalogue import Catalogue
    from odc_tui.present.chrome import Piece

__all__ = ["Answer", "answer", "foot_pieces", "head_pieces", "input_note", "input_pieces", "nudged", "typed"]

QUIET = "$role-quiet"
_STEP = 0.1
_MOVES = 3
_NO_MOVE = 5e-7


@dataclass(frozen=True, slots=True)
class Answer:
    """A figure, what stands behind it, and what it would be with other inputs.

    Attributes:
        found: the explanation of the figure as it is; None for sums and for what was counted.
        changes: inputs the player changed, to see the figure move.
        moved: the figure with these changes; None without any, or if they have no meaning.
        refusal: why the changes have no meaning, or empty.
    """

    figure: Figure
    found: Explanation | None
    changes: Mapping[str, Given]
    moved: float | None = None
    refusal: str = ""

    @property
    def now(self) -> float:
        """What changes are held against: the formula's own value, so that only the change counts."""
        return self.figure.value if self.found is None else self.found.value


def answer(figure: Figure, catalogue: Catalogue, changes: Mapping[str, Given]) -> Answer:
    """Works out a figure, and what it would be with other inputs; nothing else is touched.

    Args:
        figure: the figure.
        catalogue: where ids are looked up.
        changes: other values of some inputs.
    """
    try:
        found = engine.explain_figure(figure, catalogue)
    except InputError as error:
        return Answer(figure, None, {}, None, str(error))
    if not changes:
        return Answer(figure, found, changes)
    if found is None:
        lines = {**figure.given, **changes}
        return Answer(figure, found, changes, sum(float(one) for one in lines.values()))
    try:
        other = engine.explain_figure(figure, catalogue, changes)
    except InputError as error:
        return Answer(figure, found, changes, None, str(error))
    return Answer(figure, found, changes, other.value if other is not None else None)


# --- what is said --------------------------------------------------------------------------------------


def head_pieces(said: Answer) -> list[Piece]:
    """Name, value, what if, formula."""
    figure = said.figure
    pieces: list[Piece] = [(f"{figure.label}\n", "bold"), (why.shown(figure), "bold $primary")]
    symbol = said.found.symbol if said.found else ""
    pieces.append((f"   {figure.subject.lower()}{', ' + symbol if symbol else ''}\n", QUIET))
    if figure.summary:
        pieces.append((f"{figure.summary}\n", QUIET))
    if said.refusal:
        pieces.append((f"✖ {said.refusal}\n", "$role-risk"))
    elif said.moved is not None:
        pieces += [
            ("what if  ", QUIET),
            (why.quantity(said.moved, figure.unit), "bold $role-warn"),
            (f"  {_change(said)}; nothing is touched\n", QUIET),
        ]
    if said.found is not None:
        pieces.append((said.found.text, ""))
    elif figure.inputs:
        pieces.append(("The sum of its lines:", ""))
    return pieces


def _change(said: Answer) -> str:
    moved = said.moved if said.moved is not None else said.now
    if math.isclose(moved, said.now, rel_tol=1e-9):
        return "no change"
    if not said.now:
        return f"from {why.quantity(said.now, said.figure.unit)}"
    return _signed(moved / said.now - 1.0)


def input_note(one: Input, changes: Mapping[str, Given]) -> str:
    """What stands beside an input: its value, whether it was changed, whether it opens."""
    value = changes.get(one.name, one.value)
    mark = "✎ " if one.name in changes else ""
    leads = "  › " if one.figure else "  "
    return f"{mark}{why.precise(value, one.unit)}{leads}{one.origin}"


def input_pieces(one: Input, figures: Mapping[str, Figure]) -> list[Piece]:
    """The input under the cursor in full: value, origin, what it opens."""
    pieces: list[Piece] = [
        (f"\n{one.name} ", "bold"),
        (f"= {why.precise(one.value, one.unit)}: {one.origin}.", QUIET),
    ]
    if one.figure in figures:
        pieces.append((f" enter opens {figures[one.figure].label.lower()}.", "$primary"))
    return pieces


def foot_pieces(said: Answer, again: str) -> list[Piece]:
    """What moves it most, notes, validity, source, and the command that gives the number again.

    Args:
        said: the figure and what stands behind it.
        again: a command line, or empty.
    """
    pieces: list[Piece] = []
    moves = [one for one in said.found.moves if abs(one.change) > _NO_MOVE] if said.found else []
    if moves:
        pieces.append(("\nmoves it ", QUIET))
        pieces.append((", ".join(f"{one.name} {_signed(one.change)}" for one in moves[:_MOVES]), ""))
        pieces.append((" for 1 % more of each", QUIET))
    for name, text in why.remarks(said.figure, said.found):
        pieces += [(f"\n{name:<8} ", "$role-warn" if name == "⚠" else QUIET), (text, "")]
    if again:
        pieces += [("\nc copies ", QUIET), (again, "$role-link")]
    return pieces


def _signed(share: float) -> str:
    return f"{'+' if share > 0 else '−'}{numbers.percent(abs(share))}"


# --- what if -------------------------------------------------------------------------------------------


def nudged(one: Input, now: Given, steps: int) -> Given:
    """An input a tenth of itself further up or down; whole numbers go by one; dates and ids stay."""
    if isinstance(now, str) or isinstance(one.value, str):
        return now
    if isinstance(one.value, int):
        return int(now) + steps
    return now + steps * _STEP * (abs(one.value) or 1.0)


def typed(one: Input, text: str) -> Given | None:
    """What was typed for an input: a number, or the text itself for dates and ids; None if it is neither."""
    text = text.strip().replace(",", "").replace("−", "-")
    if isinstance(one.value, str):
        return text or None
    try:
        number = float(text)
    except ValueError:
        return None
    if not math.isfinite(number):
        return None
    return int(number) if isinstance(one.value, int) and number == int(number) else number
