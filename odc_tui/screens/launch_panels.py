"""The two tables of the launch desk: ways to launch, and the calendar."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import engine
from odc_tui.present import launch as present
from odc_tui.widgets.line_table import Cell, Column, LineTable

if TYPE_CHECKING:
    from engine.model.report import CalendarEntry, LaunchOption
    from engine.state import CampaignState

__all__ = ["CalendarTable", "WayTable"]


class _Lines:
    """Rows made when they come into sight."""

    def __init__(self, count: int, cells: Callable[[int], Sequence[tuple[str, str]]]) -> None:
        self._count = count
        self._cells = cells

    def __len__(self) -> int:
        return self._count

    def cells(self, row: int) -> Sequence[Cell]:
        """One cell a column."""
        return [Cell(text, style) for text, style in self._cells(row)]


class WayTable(LineTable):
    """Vehicles and sites: price, first date, how many fit, odds, or why not. Enter takes one."""

    COLUMNS = (
        Column("", 7),
        Column("vehicle", 13),
        Column("from", 8),
        Column("price", 8, right=True),
        Column("first date", 11, right=True),
        Column("fit", 4, right=True),
        Column("odds", 7, right=True, rank=2),
        Column("a satellite", 11, right=True, rank=3),
        Column("limit, or why not", 0, rank=4),
    )

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(self.COLUMNS, empty="No vehicle flies.", id=id)

    def show_ways(self, state: CampaignState, options: Sequence[LaunchOption], here: int) -> None:
        """Show the ways there are.

        Args:
            state: the campaign.
            options: the ways, best first.
            here: the one that is chosen.
        """
        lines = _Lines(len(options), lambda row: present.way_cells(state, options[row]))
        self.show(lines, cursor=here)


class CalendarTable(LineTable):
    """Flights that are booked, earliest first."""

    COLUMNS = (
        Column("date", 11),
        Column("", 11, rank=3),
        Column("id", 6),
        Column("vehicle", 14),
        Column("carries", 18, rank=1),
        Column("to", 8, rank=2),
    )

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(
            self.COLUMNS, empty="No flight is booked yet.\nb books the one above.", heading=False, id=id
        )
        self._entries: tuple[CalendarEntry, ...] = ()

    def show_calendar(self, state: CampaignState) -> None:
        """Show what is booked."""
        self._entries = entries = engine.calendar(state)
        self.show(_Lines(len(entries), lambda row: present.calendar_cells(state, entries[row])))

    @property
    def launch_here(self) -> str | None:
        """Id of the launch order under the cursor."""
        if not self._entries:
            return None
        return self._entries[self.cursor].id.partition(".")[0]
