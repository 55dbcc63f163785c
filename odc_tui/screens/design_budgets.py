"""The budgets of a design: figures, one orbit, heat, and the ledgers of mass, cost and load."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Static

import engine
from odc_tui.present import design as present
from odc_tui.screens.panels import entitle
from odc_tui.widgets.budget_bar import Budget, BudgetLedger, BudgetRow
from odc_tui.widgets.chrome import content_of
from odc_tui.widgets.roles import Role
from odc_tui.widgets.sized_text import SizedText

if TYPE_CHECKING:
    from engine.model.catalogue import Catalogue
    from engine.model.design import Design
    from odc_tui.present.design import Sums
    from odc_tui.present.design_drafts import Subject

__all__ = ["DesignBudgets"]


class DesignBudgets(VerticalScroll, can_focus=True):
    """All numbers of one design."""

    def compose(self) -> ComposeResult:
        """Figures beside orbit and heat; three ledgers below."""
        with Horizontal(id="budgets-top"):
            yield SizedText(id="budgets-figures")
            with Vertical(id="budgets-flows"):
                yield SizedText(id="budgets-orbit")
                yield Static("", id="budgets-heat")
        with Horizontal(id="budgets-ledgers"):
            yield BudgetLedger(id="ledger-mass")
            yield BudgetLedger(id="ledger-cost")
            yield BudgetLedger(id="ledger-load")

    def on_mount(self) -> None:
        """Name the panels."""
        for name, title in (("figures", "Figures"), ("orbit", "One orbit"), ("heat", "Heat")):
            self.query_one(f"#budgets-{name}").border_title = title
        for name, title in (("mass", "Mass, kg"), ("cost", "Cost of one, M$"), ("load", "Load, kW")):
            self.query_one(f"#ledger-{name}").border_title = title

    def show(self, subject: Subject, sums: Sums, base: Design | None, catalogue: Catalogue) -> None:
        """Show the numbers of a design.

        Args:
            subject: the design.
            sums: what was worked out about it.
            base: what it is compared with.
            catalogue: where the parts of both are found.
        """
        other = engine.budget(base, catalogue, subject.altitude_km) if base is not None else None
        found = present.figures(sums.budget, other)
        figures = self.query_one("#budgets-figures", SizedText)
        figures.say(lambda width: present.figure_pieces(found, width, figures.content_size.height))
        entitle(figures, subtitle=f"vs {base.name}" if base is not None and subject.changed else "")
        orbit = self.query_one("#budgets-orbit", SizedText)
        entitle(orbit, f"Shadiest orbit, {subject.altitude_km:g} km")
        orbit.say(lambda width: present.orbit_pieces(sums, subject.design.load_policy, width))
        self.query_one("#budgets-heat", Static).update(content_of(present.heat_pieces(sums.budget)))
        masses = tuple((line.label, line.value) for line in sums.budget.mass_lines_kg)
        self._show("mass", Budget("Mass", "kg", _rows(masses)))
        costs = tuple((line.label, line.value / 1e6) for line in sums.budget.cost_lines_usd)
        self._show("cost", Budget("Cost of one", "M$", _rows(costs), Role.MONEY))
        loads = tuple((line.label, line.value / 1e3) for line in sums.budget.load_lines_w)
        limit = sums.budget.array_power_w / 1e3
        self._show("load", Budget("Load", "kW", _rows(loads), Role.POWER, limit, limit_name="array"))

    def _show(self, name: str, budget: Budget) -> None:
        self.query_one(f"#ledger-{name}", BudgetLedger).show(budget)


def _rows(lines: tuple[tuple[str, float], ...]) -> tuple[BudgetRow, ...]:
    return tuple(BudgetRow(label, value) for label, value in lines)
