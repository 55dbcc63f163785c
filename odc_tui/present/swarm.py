"""The swarm screen's lines: which rows there are in which order, and what each of them says."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.reports import SHELL_DEG, SHELL_KM
from odc_tui.present import numbers
from odc_tui.present.binding import binding_words
from odc_tui.present.fleet_table import FleetTable, Floats, Ints, Shells, group_shells

if TYPE_CHECKING:
    from engine.analysis.calendar import EclipseCalendar
    from odc_tui.present.chrome import Piece

ONE_ALTITUDE_KM = 3
"""Batches of a shell that lie no farther apart are said to be at one altitude."""

Pair = tuple[str, str]
"""Text, and the name of its style."""


@dataclass(frozen=True, slots=True)
class SwarmColumn:
    """One column of the table.

    Attributes:
        key: what sorting by it is called.
        title: heading, with the unit.
        width: cells.
        right: whether it holds numbers.
        rank: the highest rank goes first where space is short.
        order: what it is sorted by.
    """

    key: str
    title: str
    width: int
    right: bool
    rank: int
    order: Callable[[FleetTable], Floats | Ints]


def _by_name(names: tuple[str, ...] | list[str], of: Ints) -> Ints:
    """Sorting places of the names a column points into."""
    if not len(names):
        return of
    places = np.empty(len(names), dtype=np.int64)
    places[np.argsort(np.array(names, dtype=np.str_), kind="stable")] = np.arange(len(names))
    return places[of]


COLUMNS = (
    SwarmColumn("id", "batch", 9, False, 0, lambda table: np.arange(len(table))),
    SwarmColumn("design", "design", 13, False, 0, lambda table: _by_name(list(table.designs), table.design)),
    SwarmColumn("alive", "alive", 9, True, 0, lambda table: table.alive),
    SwarmColumn("altitude", "km", 5, True, 7, lambda table: table.altitude_km),
    SwarmColumn("inclination", "incl°", 5, True, 9, lambda table: table.inclination_deg),
    SwarmColumn("beta", "beta°", 5, True, 8, lambda table: table.beta_deg),
    SwarmColumn("lit", "lit %", 5, True, 0, lambda table: table.lit),
    SwarmColumn("level", "run %", 5, True, 0, lambda table: table.level),
    SwarmColumn(
        "binding", "held by", 11, False, 0, lambda table: _by_name(list(table.bindings), table.binding)
    ),
    SwarmColumn("charge", "charge%", 7, True, 6, lambda table: table.soc_min),
    SwarmColumn("spare", "spare K", 7, True, 0, lambda table: table.spare_k),
    SwarmColumn("delivered", "PFLOP/s", 7, True, 0, lambda table: table.delivered_pflops),
    SwarmColumn("health", "chips %", 7, True, 10, lambda table: table.chip_health),
    SwarmColumn("age", "age", 6, True, 11, lambda table: table.age_days),
)
BY_KEY = {column.key: column for column in COLUMNS}
SORT_KEYS = tuple(BY_KEY)


@dataclass(frozen=True, slots=True)
class Arrangement:
    """How the player wants the table: sorted by what, in shells or flat, which shells folded."""

    sort: str = "id"
    descending: bool = False
    by_shell: bool = True
    folded: frozenset[tuple[int, int]] = frozenset()

    def arrow(self, key: str) -> str:
        """The mark of the sorted column."""
        return "" if key != self.sort else ("▾" if self.descending else "▴")


@dataclass(frozen=True, slots=True, eq=False)
class SwarmRows:
    """The lines of the table: `lines[i]` is a batch, or a shell as -1 - its number."""

    table: FleetTable
    shells: Shells
    lines: Ints
    folded: frozenset[tuple[int, int]]
    scale: tuple[float, str]

    def __len__(self) -> int:
        return len(self.lines)

    def batch_at(self, row: int) -> int | None:
        """Number of the batch on a line; None for the line of a shell, or outside."""
        if not 0 <= row < len(self.lines) or self.lines[row] < 0:
            return None
        return int(self.lines[row])

    def shell_at(self, row: int) -> int | None:
        """Number of the shell whose line this is; None for a batch, or outside."""
        if not 0 <= row < len(self.lines) or self.lines[row] >= 0:
            return None
        return -1 - int(self.lines[row])

    def row_of(self, batch: int) -> int | None:
        """The line of a batch; None if it is folded away or filtered out."""
        found = np.flatnonzero(self.lines == batch)
        return int(found[0]) if len(found) else None

    def pairs(self, row: int, marked: bool) -> tuple[Pair, ...]:
        """What a line says: one pair a column, or one that runs across for a shell."""
        shell = self.shell_at(row)
        if shell is not None:
            return (self._shell_pair(shell),)
        return batch_pairs(self.table, int(self.lines[row]), marked, self.scale[0])

    def _shell_pair(self, shell: int) -> Pair:
        all_of = self.shells
        key = shell_key(all_of, shell)
        name = shell_name(
            all_of.lowest_km[shell], all_of.highest_km[shell], float(all_of.inclination_deg[shell])
        )
        text = (
            f"{'▸' if key in self.folded else '▾'} {name} · "
            f"{numbers.counted(int(all_of.batches[shell]), 'batch', 'batches')} · "
            f"{numbers.count(all_of.alive[shell])} of {round(all_of.launched[shell]):,} alive · "
            f"{numbers.percent(all_of.lit[shell])} lit · {numbers.compute(all_of.delivered_pflops[shell])}"
        )
        return text, "strong"


def shell_key(shells: Shells, shell: int) -> tuple[int, int]:
    """What stays the same about a shell while satellites come and go: rounded altitude and inclination."""
    return round(shells.lowest_km[shell] / SHELL_KM), round(shells.inclination_deg[shell] / SHELL_DEG)


def shell_name(lowest_km: float, highest_km: float, inclination_deg: float) -> str:
    """`650 km 98.0°`, or `580–620 km 97.8°` where the batches of a shell lie apart."""
    low, high = round(lowest_km), round(highest_km)
    return f"{low}{f'–{high}' if high - low > ONE_ALTITUDE_KM else ''} km {inclination_deg:.1f}°"


def arrange(
    table: FleetTable, how: Arrangement, shown: NDArray[np.bool_] | None = None, *, unfold: bool = False
) -> SwarmRows:
    """Put the batches in order.

    Args:
        table: the fleet.
        how: sorting and grouping.
        shown: a flag a batch; all if not given.
        unfold: show the batches of folded shells too, as a filter does.
    """
    shells = group_shells(table)
    order = np.argsort(BY_KEY[how.sort].order(table), kind="stable")
    order = order[::-1] if how.descending else order
    if shown is not None:
        order = order[shown[order]]
    folded = frozenset() if unfold else how.folded
    lines = _by_shell(order, shells, folded) if how.by_shell else order
    return SwarmRows(table, shells, lines.astype(np.int64), folded, table_scale(table))


def _by_shell(order: Ints, shells: Shells, folded: frozenset[tuple[int, int]]) -> Ints:
    """Each shell's line, then its batches in the order given unless folded; empty shells are left out."""
    if not len(order):
        return order
    order = order[np.argsort(shells.of[order], kind="stable")]
    present, first = np.unique(shells.of[order], return_index=True)
    parts: list[Ints] = []
    for shell, group in zip(present.tolist(), np.split(order, first[1:]), strict=True):
        parts.append(np.array([-1 - shell]))
        if shell_key(shells, shell) not in folded:
            parts.append(group)
    return np.concatenate(parts)


def table_scale(table: FleetTable) -> tuple[float, str]:
    """What delivered compute is divided by, and the unit then, so that the largest batch fits its column."""
    largest = float(table.installed_pflops.max()) if len(table) else 0.0
    for factor, unit in ((1e6, "ZFLOP/s"), (1e3, "EFLOP/s"), (1.0, "PFLOP/s")):
        if largest >= factor:
            return factor, unit
    return 1e-3, "TFLOP/s"


def batch_pairs(table: FleetTable, batch: int, marked: bool, scale: float) -> tuple[Pair, ...]:
    """What the line of a batch says, one pair a column of `COLUMNS`."""
    words = binding_words(table.bindings[int(table.binding[batch])])
    alive, launched = int(table.alive[batch]), int(table.launched[batch])
    level, spare = float(table.level[batch]), float(table.spare_k[batch])
    return (
        (("●" if marked else " ") + table.ids[batch], "strong" if marked else "text"),
        (table.designs[int(table.design[batch])], "text"),
        (f"{alive:,}/{launched:,}", "text" if alive == launched else "warn"),
        (numbers.count(table.altitude_km[batch]), "text"),
        (f"{table.inclination_deg[batch]:.1f}", "quiet"),
        (numbers.signed_fixed(table.beta_deg[batch], 1), "quiet"),
        (_of_hundred(table.lit[batch]), "power"),
        (_of_hundred(level), "compute"),
        (f"{words.glyph} {words.word}", words.tone),
        (_of_hundred(table.soc_min[batch]), "text"),
        (numbers.signed_fixed(spare, 1) if math.isfinite(spare) else numbers.NONE, _spare_tone(spare)),
        (numbers.figures(table.delivered_pflops[batch] / scale), "compute"),
        (_of_hundred(table.chip_health[batch]), "text"),
        (short_age(int(table.age_days[batch])), "quiet"),
    )


def _of_hundred(share: float) -> str:
    return f"{100 * share:.1f}" if math.isfinite(share) else numbers.NONE


def _spare_tone(spare_k: float) -> str:
    if spare_k >= 5.0 or not math.isfinite(spare_k):
        return "text"
    return "warn" if spare_k > 0.0 else "risk"


def short_age(days: int) -> str:
    """`12 d`, `3.4 y`."""
    return f"{days} d" if days < 365 else f"{days / 365.25:.1f} y"


# --- around the table ------------------------------------------------------------------------------

CALENDAR_HELP: list[Piece] = [
    ("Each cell is a week, each line a shell: how much of an orbit lies in the Earth's shadow.\n", ""),
    ("In a dark week the batteries carry the load, or compute stops; ", "$role-quiet"),
    ("p", "$primary bold"),
    (" changes the load policy, ", "$role-quiet"),
    ("esc", "$primary bold"),
    (" goes back.", "$role-quiet"),
]


def foot(table: FleetTable, marked: int, how: Arrangement, problem: str) -> list[Piece]:
    """The line below the table: a problem of the filter, the marks, or how the table is arranged."""
    if problem:
        return [("✖ ", "$role-risk"), (problem, "")]
    pieces: list[Piece] = []
    if marked:
        batches = numbers.counted(marked, "batch", "batches")
        pieces = [(f"● {batches} marked", "bold"), (": p w a d give them an order  ", "$role-quiet")]
    if len(table):
        way = "falling" if how.descending else "rising"
        order = f"sorted by {how.sort}, {way}, {'under shells' if how.by_shell else 'in one list'}"
        pieces.append((order, "$role-quiet"))
    return pieces


def count_words(table: FleetTable, shown: int) -> str:
    """`12 of 280 batches`."""
    if shown == len(table):
        return numbers.counted(shown, "batch", "batches")
    return f"{shown:,} of {numbers.counted(len(table), 'batch', 'batches')}"


def calendar_names(ahead: EclipseCalendar) -> tuple[str, ...]:
    """`650 km 98.0° ×12`: each shell of the calendar and how many batches it has."""
    columns = (ahead.lowest_km, ahead.highest_km, ahead.inclination_deg, ahead.batches)
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return tuple(f"{shell_name(low, high, tilt)} ×{batches:,}" for low, high, tilt, batches in rows)
