"""A budget as a ledger: name, value, share bar a row, and a total against its limit."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from textual.strip import Strip

from odc_tui.present.numbers import figures, percent
from odc_tui.widgets.cells import CellGrid, shorten, text_cells
from odc_tui.widgets.panel_widget import INK, PanelWidget, put_bar
from odc_tui.widgets.roles import Health, Role

_NARROWEST_BAR = 6
_SHARE_CELLS = 7


@dataclass(frozen=True)
class BudgetRow:
    """One line of a budget.

    Attributes:
        name: plain text.
        value: in the budget's unit; negative for what gives back.
        role: colour of the bar; None for the budget's own.
        note: a word or two after the figures, where there is room.
    """

    name: str
    value: float
    role: Role | None = None
    note: str = ""


@dataclass(frozen=True)
class Budget:
    """A budget of one quantity.

    Attributes:
        title: for example `Mass`.
        unit: of all values.
        rows: what adds up.
        role: colour of the bars.
        limit: what the total may be; None if nothing limits it.
        total_name: name of the last row.
        limit_name: what sets the limit, for example `New Glenn to 650 km`.
    """

    title: str
    unit: str
    rows: tuple[BudgetRow, ...] = field(default_factory=tuple)
    role: Role = Role.QUIET
    limit: float | None = None
    total_name: str = "Total"
    limit_name: str = ""

    @property
    def total(self) -> float:
        """Sum of the rows."""
        return sum(row.value for row in self.rows)

    def words(self, value: float) -> str:
        """A figure with the decimals the greatest row needs for four figures, so that columns add up."""
        values = [row.value for row in self.rows]
        greatest = max(map(abs, values), default=abs(self.total))
        most = max(0, 3 - math.floor(math.log10(greatest))) if greatest >= 1 else 3
        decimals = next(d for d in range(most + 1) if all(round(v, d) == round(v, most) for v in values))
        text = f"{value:,.{decimals}f}".replace("-", "−")
        if value and float(text.replace(",", "").replace("−", "-")) == 0:
            return f"<{10.0**-decimals:.{decimals}f}"
        return text

    def health(self) -> Health:
        """Over the limit, within the last twentieth of it, or well inside."""
        if self.limit is None or self.total <= 0.95 * self.limit:
            return Health.OK
        return Health.WARN if self.total <= self.limit else Health.BAD

    def verdict(self) -> str:
        """What is left of the limit, in words; empty without a limit."""
        if self.limit is None:
            return ""
        spare = self.limit - self.total
        return (
            f"{figures(spare)} {self.unit} spare" if spare >= 0 else f"over by {figures(-spare)} {self.unit}"
        )


class BudgetLedger(PanelWidget):
    """A titled ledger with aligned figures; bars shrink and go as the room does."""

    DEFAULT_CSS = "BudgetLedger { height: auto; width: 1fr; }"

    def __init__(
        self,
        budget: Budget | None = None,
        *,
        name: str | None = None,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._budget = budget

    @property
    def budget(self) -> Budget | None:
        """What is on show."""
        return self._budget

    def show(self, budget: Budget) -> None:
        """Show a budget; nothing is drawn if it is the same as before."""
        if budget != self._budget:
            taller = self._budget is None or len(budget.rows) != len(self._budget.rows)
            self._budget = budget
            self.redraw()
            if taller:
                self.refresh(layout=True)

    def content_lines(self, width: int) -> int:
        """Title, rows, rule, total."""
        del width
        return 3 + len(self._budget.rows) if self._budget else 0

    def build_strips(self, width: int, height: int) -> list[Strip]:
        """Draw the ledger; where lines are short the title goes first, then small rows are summed up."""
        grid = CellGrid(width, height, INK["text"])
        if self._budget is not None:
            self._put_ledger(grid, self._budget)
        return grid.strips(self.ink_table(), self.plain)

    def _put_ledger(self, grid: CellGrid, budget: Budget) -> None:
        columns = _Columns.fit(budget, grid.width)
        rows = _fitting_rows(budget, grid.height)
        line = 0
        if grid.height >= len(rows) + 3:
            grid.put(0, 0, budget.title, INK["strong"], max_cells=columns.value_end)
            grid.put_right(0, columns.value_end, budget.unit, INK["quiet"])
            if columns.bar_cells:
                grid.put_right(0, columns.share_end, "share", INK["quiet"])
            line = 1
        for row in rows:
            self._put_row(grid, line, row, budget, columns)
            line += 1
        if grid.height >= line + 2:
            rule = "-" if self.plain else "─"
            grid.put(line, 0, rule * max(columns.value_end, columns.share_end), INK["groove"])
            line += 1
        self._put_total(grid, line, budget, columns)

    def _put_row(self, grid: CellGrid, line: int, row: BudgetRow, budget: Budget, columns: _Columns) -> None:
        grid.put(line, 0, shorten(row.name, columns.name_cells, self.plain), INK["text"])
        grid.put_right(line, columns.value_end, budget.words(row.value), INK["strong"])
        share = row.value / budget.total if budget.total > 0 else float("nan")
        if columns.bar_cells:
            ink = INK[(row.role or budget.role).value]
            start = columns.value_end + 2
            put_bar(grid, line, start, columns.bar_cells, share, ink, groove=False, ascii_only=self.plain)
            grid.put_right(line, columns.share_end, percent(share), INK["quiet"])
        if row.note and columns.share_end + 2 < grid.width:
            room = grid.width - columns.share_end - 2
            grid.put(line, columns.share_end + 2, row.note, INK["quiet"], max_cells=room)

    def _put_total(self, grid: CellGrid, line: int, budget: Budget, columns: _Columns) -> None:
        health = budget.health()
        grid.put(line, 0, shorten(budget.total_name, columns.name_cells, self.plain), INK["strong"])
        grid.put_right(line, columns.value_end, budget.words(budget.total), INK["strong"])
        if budget.limit is None:
            return
        source = f" ({budget.limit_name})" if budget.limit_name else ""
        limit = f"of {figures(budget.limit, 4)} {budget.unit}"
        words = f"{health.mark(self.plain)} {limit}, {budget.verdict()}{source}"
        room = grid.width - columns.value_end - 2
        if text_cells(words) > room:
            words = f"{health.mark(self.plain)} {budget.verdict()}"
        grid.put(line, columns.value_end + 2, words, INK[health.value], max_cells=max(0, room))


@dataclass(frozen=True)
class _Columns:
    """Where the columns of a ledger end."""

    name_cells: int
    value_end: int
    bar_cells: int
    share_end: int

    @classmethod
    def fit(cls, budget: Budget, width: int) -> _Columns:
        labels = (budget.title, budget.total_name, *(row.name for row in budget.rows))
        names = max(map(text_cells, labels))
        numbers = (budget.total, *(row.value for row in budget.rows))
        values = max(text_cells(text) for text in (budget.unit, *map(budget.words, numbers)))
        name_cells = min(names, max(4, width - values - 2))
        value_end = min(width, name_cells + 2 + values)
        notes = max((text_cells(row.note) for row in budget.rows), default=0)
        room = width - value_end - 2 - _SHARE_CELLS - (notes + 2 if notes else 0)
        bar_cells = min(room, 24) if room >= _NARROWEST_BAR else 0
        share_end = value_end + 2 + bar_cells + _SHARE_CELLS if bar_cells else value_end
        return cls(name_cells, value_end, bar_cells, share_end)


def _fitting_rows(budget: Budget, height: int) -> tuple[BudgetRow, ...]:
    """All rows if the lines suffice, else the greatest in their order and the sum of the others."""
    room = height - 1
    if len(budget.rows) <= room:
        return budget.rows
    if room < 2:
        return ()
    keep = sorted(budget.rows, key=lambda row: -abs(row.value))[: room - 1]
    kept = tuple(row for row in budget.rows if row in keep)[: room - 1]
    others = len(budget.rows) - len(kept)
    rest = budget.total - sum(row.value for row in kept)
    return (*kept, BudgetRow(f"{others} others", rest))
