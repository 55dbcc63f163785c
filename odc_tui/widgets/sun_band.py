"""The band of sun and shade under a plot of one orbit, with lengths in words and the present as a diamond."""

from __future__ import annotations

from dataclasses import dataclass

from odc_tui.widgets.cells import CellGrid, text_cells
from odc_tui.widgets.orbit_series import OrbitSeries
from odc_tui.widgets.panel_widget import INK


def minute_cell(series: OrbitSeries, minute: float, width: int) -> int:
    """The cell of a plot this many cells wide that holds a minute of the orbit."""
    share = (minute - float(series.minutes[0])) / series.period_minutes
    return min(max(0, int(share * width)), max(0, width - 1))


@dataclass(frozen=True, eq=False)
class SunBand:
    """Where the orbit runs through sun and shade, on one line.

    Attributes:
        series: the orbit.
        width: cells of the whole orbit.
        ascii_only: `=` and `.` instead of a rule and a shaded block.
    """

    series: OrbitSeries
    width: int
    ascii_only: bool = False

    @property
    def now(self) -> int:
        """The cell of the present, -1 if there is none."""
        minute = self.series.now_minute
        return -1 if minute is None else minute_cell(self.series, minute, self.width)

    def places(self, sunlit: bool) -> list[tuple[int, int]]:
        """First cell and end of each stretch of sun, or of shade: the cells whose middle lies in it."""
        start, scale = float(self.series.minutes[0]), self.width / self.series.period_minutes
        return [
            (round((first - start) * scale), round((last - start) * scale))
            for first, last, flag in self.series.phases()
            if flag == sunlit
        ]

    def put(self, grid: CellGrid, row: int, left: int) -> None:
        """Draw the band from column `left` on."""
        for sunlit in (True, False):
            rule = ("=" if sunlit else ".") if self.ascii_only else ("━" if sunlit else "░")
            for first, end in self.places(sunlit):
                grid.put(row, left + first, rule * (end - first), INK["power" if sunlit else "shade"])
        for sunlit in (False, True):
            placed = self.words(sunlit)
            if placed is not None:
                column, words, ink = placed
                grid.put(row, left + column, words, INK[ink])
        if self.now >= 0:
            grid.put(row, left + self.now, "*" if self.ascii_only else "◆", INK["strong"])

    def words(self, sunlit: bool) -> tuple[int, str, str] | None:
        """Name and length of the sun or the shade: column, words and colour; None if there is no room.

        They stand inside the phase (its longer part, if the start of the orbit cuts it in two), else
        beside it, else the name stands inside alone.
        """
        places = self.places(sunlit)
        if not places:
            return None
        first, end = max(places, key=lambda place: place[1] - place[0])
        shade_minutes = self.series.shade_length_minutes()
        name, minutes, ink = ("shade", shade_minutes, "shade")
        if sunlit:
            name, minutes, ink = ("sun", self.series.period_minutes - shade_minutes, "power")
        words = f" {name} {minutes:.1f} min "
        inside = self._room(first, end, text_cells(words))
        if inside is not None:
            return inside, words, ink
        beside = None if sunlit else self._beside(first, end, text_cells(words))
        if beside is not None and not self._on_sun_words(beside, text_cells(words)):
            return beside, words, "quiet"
        inside = self._room(first, end, len(name))
        return None if inside is None else (inside, name, ink)

    def length(self) -> tuple[str, str]:
        """What to say beside the band: the length of the shade if the band lacks room, else the orbit's."""
        placed = self.words(False)
        shade_minutes = self.series.shade_length_minutes()
        if shade_minutes > 0 and (placed is None or "min" not in placed[1]):
            return "shade", f"{shade_minutes:.1f} min"
        return "orbit", f"{self.series.period_minutes:.1f} min"

    def _room(self, first: int, end: int, cells: int) -> int | None:
        """Where so many cells fit in a stretch without touching the present: in its middle if they can."""
        middle = (first + end - cells) // 2
        if cells <= end - first and not middle <= self.now < middle + cells:
            return middle
        parts = [(first, end)] if not first <= self.now < end else [(first, self.now), (self.now + 1, end)]
        start, stop = max(parts, key=lambda part: part[1] - part[0])
        return (start + stop - cells) // 2 if cells <= stop - start else None

    def _on_sun_words(self, start: int, cells: int) -> bool:
        """Whether so many cells would lie on what is said about the sun."""
        placed = self.words(True)
        return placed is not None and start < placed[0] + text_cells(placed[1]) and placed[0] < start + cells

    def _beside(self, first: int, end: int, cells: int) -> int | None:
        """Where so many cells fit right after a stretch, or else right before it, clear of the present."""
        for start in (end, first - cells):
            if start >= 0 and start + cells <= self.width and not start <= self.now < start + cells:
                return start
        return None
