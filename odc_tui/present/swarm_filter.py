"""What a person types after `/` on the swarm screen: words, and comparisons such as `spare<5`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from odc_tui.present.binding import binding_words
from odc_tui.present.fleet_table import FleetTable, Floats

FILTER_HELP = (
    "words: id, design, what binds · numbers: alive km incl beta lit run charge spare chips age, as spare<5"
)

NUMBERS: dict[str, Callable[[FleetTable], Floats]] = {
    "alive": lambda table: table.alive.astype(float),
    "km": lambda table: table.altitude_km,
    "incl": lambda table: table.inclination_deg,
    "beta": lambda table: table.beta_deg,
    "lit": lambda table: 100 * table.lit,
    "run": lambda table: 100 * table.level,
    "charge": lambda table: 100 * table.soc_min,
    "spare": lambda table: table.spare_k,
    "chips": lambda table: 100 * table.chip_health,
    "age": lambda table: table.age_days.astype(float),
}
"""The numbers a filter can compare, in the units of the table's headings."""

_COMPARISON = re.compile(r"([a-z]+)(<=|>=|<|>|=)(-?\d+(?:\.\d+)?)")
_TESTS: dict[str, Callable[[Floats, float], NDArray[np.bool_]]] = {
    "<": lambda values, limit: values < limit,
    ">": lambda values, limit: values > limit,
    "<=": lambda values, limit: values <= limit,
    ">=": lambda values, limit: values >= limit,
    "=": lambda values, limit: np.round(values) == np.round(limit),
}


@dataclass(frozen=True, slots=True)
class FilterResult:
    """Which batches are shown, and what could not be understood (empty if all was)."""

    shown: NDArray[np.bool_]
    problem: str = ""


def filter_fleet(table: FleetTable, text: str) -> FilterResult:
    """Choose batches.

    Args:
        table: the fleet.
        text: blanks separate conditions, all of which must hold. `spare<5` compares a number; any other word
            has to begin the id, or occur in the design or in what binds; `-word` must not.

    Returns:
        A flag a batch. A comparison with an unknown name does not restrict and is told as a problem.
    """
    shown, problem = np.ones(len(table), dtype=np.bool_), ""
    for word in text.casefold().split():
        comparison = _COMPARISON.fullmatch(word)
        if comparison is None:
            shown &= _mentions(table, word.removeprefix("-")) != word.startswith("-")
        elif comparison[1] in NUMBERS:
            with np.errstate(invalid="ignore"):
                shown &= _TESTS[comparison[2]](NUMBERS[comparison[1]](table), float(comparison[3]))
        else:
            problem = f"No number is called {comparison[1]}. There are {', '.join(NUMBERS)}."
    return FilterResult(shown, problem)


def _mentions(table: FleetTable, word: str) -> NDArray[np.bool_]:
    """A flag a batch: whether its id begins with `word`, or its design or what binds it contains it."""
    by_id = np.fromiter((one.casefold().startswith(word) for one in table.ids), np.bool_, len(table))
    by_design = np.array([word in name.casefold() for name in table.designs] or [False])
    said = (f"{name} {binding_words(name).word}" for name in table.bindings)
    by_binding = np.array([word in words for words in said] or [False])
    if not len(table):
        return by_id
    mentions: NDArray[np.bool_] = by_id | by_design[table.design] | by_binding[table.binding]
    return mentions
