"""Line-rendered widgets made of words, figures and bars: shared colours and bar drawing."""

from __future__ import annotations

from typing import ClassVar

from rich.style import Style

from odc_tui.widgets.cells import CellGrid
from odc_tui.widgets.inks import ink_styles
from odc_tui.widgets.strip_widget import StripWidget

INKS = (
    "text",
    "strong",
    "quiet",
    "groove",
    "cursor",
    "power",
    "heat",
    "compute",
    "link",
    "money",
    "risk",
    "ok",
    "warn",
    "shade",
)
"""Names of what a character can show; `inks` colours them, all but the cursor."""

INK = {name: number for number, name in enumerate(INKS)}
"""Style number of each name."""

_BOLD = ("strong", "risk")
_THEMED = tuple(name for name in INKS if name != "cursor")

_EIGHTHS = " ▏▎▍▌▋▊▉"


class PanelWidget(StripWidget):
    """A widget whose style numbers are those of `INK`, coloured by the theme's roles."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"panel--cursor"}

    DEFAULT_CSS = """
    PanelWidget > .panel--cursor {
        color: $block-cursor-foreground;
        background: $block-cursor-background;
        text-style: bold;
    }
    """

    _inks: tuple[Style, list[Style]] | None = None

    def ink_table(self) -> list[Style]:
        """The style of each style number, kept until a theme, a rule or the ground below changes."""
        base = self.rich_style
        if self._inks is None or self._inks[0] != base:
            table = [base + ink for ink in ink_styles(self.app, _THEMED, _BOLD)]
            table.insert(INK["cursor"], self.get_component_rich_style("panel--cursor"))
            table += [self.get_component_rich_style(name) for name in self.ink_classes()]
            self._inks = base, table
        return self._inks[1]

    def ink_classes(self) -> list[str]:
        """Component classes of a subclass, in the order of the style numbers that follow those of `INK`."""
        return []

    def notify_style_update(self) -> None:
        """New colours, new table."""
        super().notify_style_update()
        self._inks = None


def put_bar(
    grid: CellGrid,
    row: int,
    column: int,
    width: int,
    share: float,
    ink: int,
    *,
    mark_share: float | None = None,
    groove: bool = True,
    ascii_only: bool = False,
) -> None:
    """Draw a horizontal bar, to an eighth of a cell.

    Args:
        grid: where to draw.
        row: its line.
        column: its first cell.
        width: cells of the whole groove; nothing is drawn below 1.
        share: filled part, cut to 0..1; what is not a number fills nothing.
        ink: style number of the filled part.
        mark_share: place of a notch on the bar, 0..1, or None.
        groove: whether to show the empty part.
        ascii_only: `#` and `.` instead of blocks.
    """
    if width < 1:
        return
    share = min(max(share, 0.0), 1.0) if share == share else 0.0
    eighths = round(share * width * 8)
    full, rest = divmod(eighths, 8)
    fill, empty = ("#", ".") if ascii_only else ("█", "░")
    if groove:
        grid.put(row, column, empty * width, INK["groove"])
    if rest and (rest >= 4 or not ascii_only):
        grid.put(row, column + full, fill if ascii_only else _EIGHTHS[rest], ink)
    grid.put(row, column, fill * full, ink)
    if mark_share is not None and mark_share == mark_share:
        cell = min(width - 1, int(min(max(mark_share, 0.0), 1.0) * width))
        grid.put(row, column + cell, "|" if ascii_only else "┃", INK["strong"])


def dot(ascii_only: bool) -> str:
    """The mark between two parts of a sentence of figures."""
    return "-" if ascii_only else "·"
