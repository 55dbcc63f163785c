"""The four balances, one under the other; while nothing flies, the way to the first satellite instead."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical

from odc_tui.present.empty import Step
from odc_tui.present.mission import Reading
from odc_tui.screens.panels import Panel, entitle
from odc_tui.screens.readings import gauge_of
from odc_tui.widgets.gauge import BalanceGauge

__all__ = ["BalancePanel"]

_GAUGES = 4
_BORDER = 6
"""A corner, a line and a blank stand on either side of a title."""


class BalancePanel(Vertical):
    """Gauges, or first steps."""

    def compose(self) -> ComposeResult:
        """Four gauges that take no focus here, and the steps."""
        for _ in range(_GAUGES):
            gauge = BalanceGauge()
            gauge.can_focus = False
            yield gauge
        yield Panel(id="balance-steps")

    _titles: tuple[str, ...] = ()

    def on_mount(self) -> None:
        """Find the parts once."""
        self._gauges = list(self.query(BalanceGauge))
        self._steps = self.query_one(Panel)

    def show(self, titles: Sequence[str], readings: Sequence[Reading]) -> None:
        """Show balances.

        Args:
            titles: whose, and when, the longest first; the border takes the first that it has room for.
            readings: power, cooling, compute, link.
        """
        self._titles = tuple(titles)
        self._entitle()
        self._show_gauges(shown=True)
        for gauge, reading in zip(self._gauges, readings, strict=True):
            gauge.show(gauge_of(reading))

    def on_resize(self) -> None:
        """There may be room for another title."""
        self._entitle()

    def _entitle(self) -> None:
        room = self.outer_size.width - _BORDER
        if self._titles and room > 0:
            entitle(self, next((one for one in self._titles if len(one) <= room), self._titles[-1]))

    def teach(self, steps: Sequence[Step]) -> None:
        """Show the way to the first satellite."""
        self._titles = ("First steps",)
        self._entitle()
        self._show_gauges(shown=False)
        self._steps.say(step_pieces(steps))

    def _show_gauges(self, *, shown: bool) -> None:
        for gauge in self._gauges:
            gauge.display = shown
        self._steps.display = not shown


def step_pieces(steps: Sequence[Step]) -> list[tuple[str, str]]:
    """A list with marks: done, next, later."""
    pieces: list[tuple[str, str]] = []
    nexts = next((number for number, step in enumerate(steps) if not step.done), len(steps))
    for number, step in enumerate(steps):
        mark, style = (
            ("✔", "$role-ok")
            if step.done
            else ("▸", "$primary bold")
            if number == nexts
            else ("·", "$role-quiet")
        )
        pieces += [(f"{mark} ", style), (step.text, "" if number <= nexts else "$role-quiet")]
        if step.key and number == nexts:
            pieces += [("  ", ""), (f" {step.key} ", "$primary bold reverse")]
        pieces.append(("\n\n", ""))
    return pieces
