"""A balance gauge: how much is used of what there is, now and at the worst moment of the orbit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip

from odc_tui.present.numbers import figures
from odc_tui.widgets.cells import CellGrid, shorten, text_cells
from odc_tui.widgets.panel_widget import INK, PanelWidget, dot, put_bar
from odc_tui.widgets.roles import Health, Role

_WIDE_FROM = 40
_BAR_START = 10
_SHORTEST_BAR = 4
_VALUE_CELLS = 9
_WORST_CELLS = 13
_PART = " · "


@dataclass(frozen=True)
class GaugeReading:
    """What one gauge shows. Texts left empty are made from the numbers.

    Attributes:
        label: POWER, COOLING, COMPUTE or LINK.
        role: gives the bar its colour.
        value: now, in `unit`.
        limit: the full end of the bar.
        unit: of all three numbers.
        low: the empty end of the bar (a temperature does not start at zero).
        worst: the value at the worst moment of the orbit, a notch on the bar; None for none.
        margin: what is left before the limit, in `unit`; None to say nothing.
        health: how the figure stands against its limit.
        detail: a line of parts, for example `array 148 · load 121 · battery +27`.
        value_text: instead of value and unit.
        worst_text: instead of `worst of limit`.
        key: what `WhyAsked` carries; the label if empty.
    """

    label: str
    role: Role
    value: float
    limit: float
    unit: str
    low: float = 0.0
    worst: float | None = None
    margin: float | None = None
    health: Health = Health.OK
    detail: str = ""
    value_text: str = ""
    worst_text: str = ""
    key: str = ""

    def share(self, value: float) -> float:
        """Where a value lies on the bar: 0 at the empty end, 1 at the limit, NaN if they are the same."""
        span = self.limit - self.low
        return (value - self.low) / span if span > 0 else float("nan")

    def now_words(self) -> str:
        """The value with its unit."""
        return self.value_text or f"{figures(self.value)} {self.unit}"

    def worst_words(self) -> str:
        """The worst of the orbit beside the limit."""
        if self.worst_text:
            return self.worst_text
        return (
            f"{_trimmed(self.worst)} of {_trimmed(self.limit)}"
            if self.worst is not None
            else f"of {_trimmed(self.limit)}"
        )

    def margin_words(self) -> str:
        """What is left, or by how much it is too much."""
        if self.margin is None:
            return ""
        if self.margin < 0:
            return f"over by {_trimmed(-self.margin)} {self.unit}"
        return f"margin {_trimmed(self.margin)} {self.unit}"


class BalanceGauge(PanelWidget, can_focus=True):
    """One balance, on one to three lines, at any width.

    From 40 cells on: mark, label, bar, value, worst of orbit; then detail and margin. Narrower: the worst of
    the orbit goes to the second line and the detail to the third. One line alone keeps mark, label, bar,
    value.
    """

    DEFAULT_CSS = "BalanceGauge { height: auto; width: 1fr; }"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "why", "Ask why", show=False)]

    @dataclass
    class WhyAsked(Message):
        """Someone wants to know where the figure comes from (Enter or a click).

        Attributes:
            gauge: the widget.
            key: the reading's key, or its label.
        """

        gauge: BalanceGauge
        key: str

        @property
        def control(self) -> BalanceGauge:
            """The widget, for `@on` selectors."""
            return self.gauge

    def __init__(
        self,
        reading: GaugeReading | None = None,
        *,
        name: str | None = None,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._reading = reading

    @property
    def reading(self) -> GaugeReading | None:
        """What is on show."""
        return self._reading

    def show(self, reading: GaugeReading) -> None:
        """Show a reading; nothing is drawn if it is the same as before."""
        if reading != self._reading:
            self._reading = reading
            self.redraw()

    def content_lines(self, width: int) -> int:
        """Two lines when wide, three when narrow and there is a detail to tell."""
        narrow_detail = width < _WIDE_FROM and self._reading is not None and self._reading.detail
        return 3 if narrow_detail else 2

    def build_strips(self, width: int, height: int) -> list[Strip]:
        """Draw the reading."""
        grid = CellGrid(width, height, INK["text"])
        if self._reading is not None:
            wide = width >= _WIDE_FROM
            self._put_first_line(grid, self._reading, wide)
            for row, (left, right) in enumerate(self._more_lines(self._reading, wide), start=1):
                self._put_line(grid, row, left, right, self._reading.health)
        return grid.strips(self.ink_table(), self.plain)

    def _put_first_line(self, grid: CellGrid, reading: GaugeReading, wide: bool) -> None:
        health_ink = INK[reading.health.value]
        grid.put(0, 0, reading.health.mark(self.plain), health_ink)
        grid.put(
            0,
            2,
            shorten(reading.label, _BAR_START - 3),
            INK["cursor" if self.has_focus else reading.role.value],
        )
        end = grid.width
        if wide:
            words = shorten(reading.worst_words(), _WORST_CELLS, self.plain)
            grid.put_right(0, end, words, INK["quiet"])
            end -= _WORST_CELLS + 1
        value_ink = INK["strong"] if reading.health is Health.OK else health_ink
        start = grid.put_right(0, end, reading.now_words(), value_ink)
        # The column of values is as wide for every gauge, so that bars of one panel end alike.
        bar_end = min(start, end - _VALUE_CELLS + 1) - 1
        if bar_end - _BAR_START < _SHORTEST_BAR:
            return
        put_bar(
            grid,
            0,
            _BAR_START,
            bar_end - _BAR_START,
            reading.share(reading.value),
            INK[reading.role.value],
            mark_share=None if reading.worst is None else reading.share(reading.worst),
            ascii_only=self.plain,
        )

    def _more_lines(self, reading: GaugeReading, wide: bool) -> list[tuple[str, str]]:
        """Left and right parts of the lines below the first."""
        if wide:
            return [(reading.detail, reading.margin_words())]
        worst = reading.worst_text or f"{reading.worst_words()} {reading.unit}"
        return [(worst, reading.margin_words()), (reading.detail, "")]

    def _put_line(self, grid: CellGrid, row: int, left: str, right: str, health: Health) -> None:
        if health is Health.OK and text_cells(left) + text_cells(right) + 4 > grid.width:
            right = ""  # a comfortable margin gives way to the detail
        if right:
            grid.put_right(row, grid.width, right, INK["quiet"] if health is Health.OK else INK[health.value])
        room = grid.width - 2 - (text_cells(right) + 2 if right else 0)
        left = _whole_parts(left, room)
        left = left.replace(_PART, f" {dot(self.plain)} ")
        grid.put(row, 2, shorten(left, room, self.plain), INK["quiet"])

    def action_why(self) -> None:
        """Ask where the figure comes from."""
        if self._reading is not None:
            self.post_message(self.WhyAsked(self, self._reading.key or self._reading.label))

    def on_click(self, _event: events.Click) -> None:
        """A click asks why."""
        self.action_why()


def _whole_parts(detail: str, room: int) -> str:
    """As many of the parts of a detail as fit, at least the first."""
    parts = detail.split(_PART)
    while len(parts) > 1 and text_cells(_PART.join(parts)) > room:
        parts.pop()
    return _PART.join(parts)


def _trimmed(value: float) -> str:
    """Three figures without idle zeros: `7`, `29.5`."""
    text = figures(value)
    return text.rstrip("0").rstrip(".") if "." in text else text
