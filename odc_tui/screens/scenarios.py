"""The scenarios: a list, and the briefing of the one under the cursor."""

from __future__ import annotations

from textual.app import ComposeResult

from odc_tui.present.campaigns import scenario_details
from odc_tui.present.dates import month_year
from odc_tui.screens.base import OdcScreen
from odc_tui.screens.begin_dialog import BeginDialog, Beginning
from odc_tui.widgets.menu import Choice, Menu
from odc_tui.widgets.reader import Reader

__all__ = ["ScenariosScreen"]


class ScenariosScreen(OdcScreen):
    """Choose where to begin, name the campaign, begin."""

    NAME = "scenarios"
    CSS_PATH = "scenarios.tcss"

    def compose_body(self) -> ComposeResult:
        """List and briefing."""
        yield Menu(id="scenario-list", label_width=22)
        yield Reader(id="scenario-briefing")

    def on_mount(self) -> None:
        """Show them, in the order one may try them."""
        data = self.odc.data
        scenarios = tuple(data.scenarios.values()) if data is not None else ()
        menu = self.query_one(Menu)
        menu.ascii_only = self.odc.ascii_only
        menu.border_title = "Scenarios"
        self.query_one(Reader).border_title = "Briefing"
        menu.show([Choice(one.id, one.name, month_year(one.start_date)) for one in scenarios])
        menu.focus()

    def on_menu_moved(self, message: Menu.Moved) -> None:
        """Show the briefing of the scenario under the cursor."""
        data = self.odc.data
        if data is not None:
            self.query_one(Reader).show(scenario_details(data.scenarios[message.choice.key]))

    def on_menu_chosen(self, message: Menu.Chosen) -> None:
        """Ask for a name and how hard it shall be."""
        data, chosen = self.odc.data, message.choice.key
        if data is None:
            return

        def begin(answer: Beginning | None) -> None:
            if answer is not None:
                name, difficulty, company = answer
                seed = self.odc.new_seed()
                self.odc.new_campaign(chosen, name, seed, difficulty=difficulty, company=company)

        companies = tuple(data.catalogue.companies.values())
        self.app.push_screen(BeginDialog(data.scenarios[chosen], companies), begin)
