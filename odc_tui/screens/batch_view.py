"""Everything about one batch: its orbit, its numbers, where compute, energy and heat go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical, VerticalScroll
from textual.widget import Widget

from odc_tui.present import batch, flow
from odc_tui.present.batch import Bar, Fact
from odc_tui.present.orders import shares_bar
from odc_tui.screens.panels import Panel, entitle
from odc_tui.widgets.orbit_plot import OrbitPlot

if TYPE_CHECKING:
    from engine.analysis.columns import BatchLedger
    from engine.model.report import BatchReport, WaterfallRow
    from odc_tui.present.chrome import Piece
    from odc_tui.widgets.orbit_series import OrbitSeries

__all__ = ["PANELS", "BatchView"]

PANELS = ("orbit", "numbers", "compute", "energy")
"""Where there is no room for all, one of these is shown at a time."""


_BAR = 10


class BatchView(Widget):
    """The drill-down into one batch."""

    def compose(self) -> ComposeResult:
        """Plot and numbers above, waterfall and ledgers below."""
        with Horizontal(id="batch-top"):
            with Container(id="batch-orbit"):
                yield OrbitPlot()
            with VerticalScroll(id="batch-numbers", can_focus=False):
                yield Panel(id="batch-facts")
        with Horizontal(id="batch-bottom"):
            yield Panel(id="batch-compute")
            with Vertical(id="batch-ledgers"):
                yield Panel(id="batch-energy")
                yield Panel(id="batch-heat")

    def on_mount(self) -> None:
        """Name the panels."""
        self._plot = self.query_one(OrbitPlot)
        self._box = self.query_one("#batch-orbit")
        self._facts = self.query_one("#batch-facts", Panel)
        self._compute = self.query_one("#batch-compute", Panel)
        self._energy = self.query_one("#batch-energy", Panel)
        self._heat = self.query_one("#batch-heat", Panel)
        entitle(self._box, "One orbit")
        entitle(self.query_one("#batch-numbers"), "Numbers")
        entitle(self._compute, "Where compute goes", "F what a step more would bring")
        entitle(self.query_one("#batch-ledgers"), "Energy and heat, last day")

    def show(self, report: BatchReport, ledger: BatchLedger, rows: Sequence[WaterfallRow]) -> None:
        """Show the numbers of a day.

        Args:
            report: the batch.
            ledger: its energy and heat.
            rows: its compute, from launched to delivered.
        """
        entitle(self._box, batch.heading(report))
        self._facts.say(fact_pieces(batch.facts(report)))
        limits_head: Piece = ("How far each limit would let it run\n", "$role-quiet bold")
        falls = bar_pieces(flow.bars(rows, report.binding), _BAR)
        self._compute.say([*falls, ("\n", ""), limits_head, *bar_pieces(batch.limits(report), _BAR)])
        self._energy.say([*bar_pieces(batch.energy_bars(ledger), 12), *_closing(batch.energy_gap(ledger))])
        self._heat.say([*bar_pieces(batch.heat_bars(ledger), 12), *_closing(batch.heat_gap(ledger))])

    def show_orbit(self, series: OrbitSeries, words: str) -> None:
        """Show the orbit around the present.

        Args:
            series: the orbit.
            words: how long until sunrise or sunset.
        """
        self._plot.show(series)
        entitle(self._box, subtitle=words)

    def choose_panel(self, number: int) -> None:
        """Where there is no room for all, show this one of `PANELS`."""
        shown = PANELS[number % len(PANELS)]
        self.update_classes({f"-{name}": name == shown for name in PANELS})


def fact_pieces(facts: Sequence[Fact]) -> list[Piece]:
    """Names on the left, values behind them."""
    width = max((len(fact.name) for fact in facts), default=0)
    tones = {
        "text": "",
        "ok": "$role-ok",
        "warn": "$role-warn",
        "risk": "$role-risk bold",
        "quiet": "$role-quiet",
    }
    pieces: list[Piece] = []
    for fact in facts:
        pieces += [(f"{fact.name:<{width}}  ", "$role-quiet"), (f"{fact.value}\n", tones[fact.tone])]
    return pieces


def bar_pieces(bars: Sequence[Bar], width: int) -> list[Piece]:
    """Name, bar, value and note, a line each."""
    names = max((len(bar.name) for bar in bars), default=0)
    values = max((len(bar.value) for bar in bars), default=0)
    pieces: list[Piece] = []
    for bar in bars:
        pieces += [
            (f"{bar.name:<{names}} ", ""),
            (shares_bar(min(1.0, bar.share), width), f"$role-{bar.role}"),
            (f" {bar.value:>{values}}", "bold"),
            (f"  {bar.note}\n", "$role-quiet"),
        ]
    return pieces


def _closing(gap: float) -> list[Piece]:
    return [(f"{batch.closing_words(gap)}\n", "$role-ok" if gap <= batch.CLOSES_WITHIN else "$role-risk")]
