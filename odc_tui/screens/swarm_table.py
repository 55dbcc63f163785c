"""The table of the swarm room: shells and batches, sorted, folded, filtered and marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from odc_tui.present import swarm as present
from odc_tui.present.fleet_table import FleetTable
from odc_tui.present.swarm import COLUMNS, SORT_KEYS, Arrangement, SwarmRows, arrange, shell_key
from odc_tui.present.swarm_filter import FILTER_HELP, filter_fleet
from odc_tui.screens.panels import Panel, entitle
from odc_tui.widgets.line_table import Cell, Column, LineTable

__all__ = ["SwarmTable"]

_EMPTY = "Nothing flies yet.\nBook a launch first: 3 opens the launch desk."
_NO_MATCH = "No batch is like that. Esc shows all again."

Folded = frozenset[tuple[int, int]]


class _Lines:
    """The rows of the table as cells, with the marks of the player."""

    def __init__(self, rows: SwarmRows, marked: frozenset[int]) -> None:
        self.rows = rows
        self.marked = marked
        self._known: dict[int, tuple[Cell, ...]] = {}

    def __len__(self) -> int:
        return len(self.rows)

    def cells(self, row: int) -> Sequence[Cell]:
        """One cell a column, or one for a shell."""
        if row not in self._known:
            marked = self.rows.batch_at(row) in self.marked
            self._known[row] = tuple(Cell(text, style) for text, style in self.rows.pairs(row, marked))
        return self._known[row]


class SwarmTable(Vertical):
    """Filter line, table, and a line below that says what is shown.

    Attributes:
        arrangement: sorting, grouping, folding.
        marked: batches the player has marked.
    """

    @dataclass
    class Opened(Message):
        """A batch was opened."""

        batch: int

    @dataclass
    class Narrowed(Message):
        """Another filter was typed: the table wants to be shown again."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.arrangement = Arrangement()
        self.marked: frozenset[int] = frozenset()
        self._table: FleetTable | None = None
        self._rows: SwarmRows | None = None

    def compose(self) -> ComposeResult:
        """Filter, table, foot."""
        yield Input(placeholder=FILTER_HELP, id="swarm-filter", compact=True)
        yield LineTable((), empty=_EMPTY, id="swarm-lines")
        yield Panel(id="swarm-foot")

    def on_mount(self) -> None:
        """No filter yet."""
        self.query_one(Input).display = False
        entitle(self, "Swarm")

    @property
    def lines(self) -> LineTable:
        """The table itself."""
        return self.query_one(LineTable)

    # --- showing ---------------------------------------------------------------------------------

    def show(self, table: FleetTable, keep: int | None = None) -> None:
        """Show a fleet; the cursor stays on its batch or line.

        Args:
            table: the fleet.
            keep: the batch the cursor goes to.
        """
        focus = keep if keep is not None else self.batch_under_cursor
        self._table = table
        self.marked = frozenset(batch for batch in self.marked if batch < len(table))
        text = self.query_one(Input).value
        found = filter_fleet(table, text)
        self._rows = arrange(table, self.arrangement, found.shown, unfold=bool(text.strip()))
        cursor = self._rows.row_of(focus) if focus is not None else None
        self.lines.say_when_empty(_NO_MATCH if len(table) else _EMPTY)
        self.lines.show(_Lines(self._rows, self.marked), columns=self._columns(), cursor=cursor)
        shown = int(found.shown.sum())
        pieces = present.foot(table, len(self.marked), self.arrangement, found.problem)
        self.query_one("#swarm-foot", Panel).say(pieces)
        entitle(self, subtitle=present.count_words(table, shown))

    def _again(self) -> None:
        if self._table is not None:
            self.show(self._table)

    def _columns(self) -> tuple[Column, ...]:
        unit = self._rows.scale[1] if self._rows is not None else "PFLOP/s"
        return tuple(
            Column(
                unit if column.key == "delivered" else column.title,
                column.width,
                column.right,
                column.rank,
                self.arrangement.arrow(column.key),
            )
            for column in COLUMNS
        )

    # --- the cursor ------------------------------------------------------------------------------

    @property
    def batch_under_cursor(self) -> int | None:
        """The batch the cursor is on, if it is on one."""
        return self._rows.batch_at(self.lines.cursor) if self._rows is not None else None

    @property
    def shell_under_cursor(self) -> int | None:
        """The shell whose line the cursor is on."""
        return self._rows.shell_at(self.lines.cursor) if self._rows is not None else None

    def batches_of(self, shell: int) -> frozenset[int]:
        """All batches of a shell."""
        if self._rows is None:
            return frozenset()
        return frozenset((self._rows.shells.of == shell).nonzero()[0].tolist())

    def shown_batches(self) -> list[int]:
        """Batches in the order of the table."""
        return [line for line in self._rows.lines.tolist() if line >= 0] if self._rows is not None else []

    def on_line_table_chosen(self, message: LineTable.Chosen) -> None:
        """Open the batch, or fold the shell."""
        message.stop()
        self.open()

    def open(self) -> None:
        """Open the batch under the cursor; fold or unfold a shell."""
        batch, shell = self.batch_under_cursor, self.shell_under_cursor
        if batch is not None:
            self.post_message(self.Opened(batch))
        elif shell is not None and self._rows is not None:
            self._fold(self.arrangement.folded ^ {shell_key(self._rows.shells, shell)})

    # --- shells ----------------------------------------------------------------------------------

    def _fold(self, folded: Folded) -> None:
        cursor = self.lines.cursor
        self.arrangement = replace(self.arrangement, folded=folded)
        self._again()
        self.lines.cursor = cursor

    def fold(self, *, folded: bool) -> None:
        """Fold or unfold the shell under the cursor; all of them if it is so already."""
        if self._rows is None or not self.arrangement.by_shell:
            return
        batch, shell = self.batch_under_cursor, self.shell_under_cursor
        if shell is None and batch is not None:
            shell = int(self._rows.shells.of[batch])
        if shell is None:
            return
        key, now = shell_key(self._rows.shells, shell), self.arrangement.folded
        if (key in now) == folded:
            every = frozenset(shell_key(self._rows.shells, one) for one in range(len(self._rows.shells)))
            self._fold(every if folded else frozenset())
        else:
            self._fold(now | {key} if folded else now - {key})
        self.lines.cursor = self._rows.lines.tolist().index(-1 - shell)

    def group(self) -> None:
        """Under shells, or in one list."""
        self._arrange(by_shell=not self.arrangement.by_shell)

    def sort(self, step: int) -> None:
        """Sort by another column."""
        place = SORT_KEYS.index(self.arrangement.sort)
        self._arrange(sort=SORT_KEYS[(place + step) % len(SORT_KEYS)])

    def reverse(self) -> None:
        """Turn the order round."""
        self._arrange(descending=not self.arrangement.descending)

    def _arrange(self, **changes: str | bool) -> None:
        self.arrangement = replace(self.arrangement, **changes)  # type: ignore[arg-type]
        self._again()

    # --- marks -----------------------------------------------------------------------------------

    def mark(self) -> None:
        """Mark or unmark the batch and go on to the next; on a shell, all its batches."""
        batch, shell = self.batch_under_cursor, self.shell_under_cursor
        if batch is not None:
            self.marked ^= {batch}
            self._again()
            self.lines.action_move(1)
        elif shell is not None:
            self._toggle(self.batches_of(shell))

    def mark_all(self) -> None:
        """Mark what is shown, or unmark it."""
        self._toggle(frozenset(self.shown_batches()))

    def _toggle(self, batches: frozenset[int]) -> None:
        self.marked = self.marked - batches if batches <= self.marked else self.marked | batches
        self._again()

    # --- the filter ------------------------------------------------------------------------------

    def open_filter(self) -> None:
        """Let the player type what to look for."""
        line = self.query_one(Input)
        line.display = True
        line.focus()

    def close_filter(self) -> bool:
        """Show everything again.

        Returns:
            Whether there was a filter to close.
        """
        line = self.query_one(Input)
        if not line.display:
            return False
        line.value = ""
        line.display = False
        self.lines.focus()
        return True

    def on_input_changed(self, message: Input.Changed) -> None:
        """Filter as one types."""
        message.stop()
        self.post_message(self.Narrowed())

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Back to the table; the filter stays, unless it is empty."""
        message.stop()
        if message.value.strip():
            self.lines.focus()
        else:
            self.close_filter()
