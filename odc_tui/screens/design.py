"""The design bureau: presets, frozen designs and drafts; the parts of one of them; its budgets, live."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

import engine
from engine.errors import OrderError
from engine.orders import DefineDesign
from engine.outcomes import Accepted
from odc_tui.present import checks as go
from odc_tui.present import design as present
from odc_tui.present import design_fields as fields
from odc_tui.present import why_words
from odc_tui.present.design_go import freeze_pieces, story_pieces
from odc_tui.screens.ask_why import Question
from odc_tui.screens.design_budgets import DesignBudgets
from odc_tui.screens.design_desk import DesignDesk
from odc_tui.screens.go_dialog import GoDialog
from odc_tui.screens.panels import entitle
from odc_tui.widgets.check_list import CheckList
from odc_tui.widgets.chrome import content_of
from odc_tui.widgets.field_form import FieldForm
from odc_tui.widgets.menu import Menu

if TYPE_CHECKING:
    from odc_tui.present.design_drafts import Subject

__all__ = ["DesignScreen"]


class DesignScreen(DesignDesk):
    """The design bureau: presets come before sliders, and changing a field of one begins a draft."""

    NAME = "design"
    CSS_PATH = "design.tcss"

    # --- content ---------------------------------------------------------------------------------

    def compose_body(self) -> ComposeResult:
        """List and parts on the left; story, go/no-go and budgets on the right."""
        first = next(iter(self.catalogue.presets.values())).design
        form = fields.rows(first, self.catalogue, self.session.state.date)
        with Horizontal(id="design-body"):
            with Vertical(id="design-left"):
                yield Menu(label_width=20, id="design-list")
                yield FieldForm(form, id="design-parts")
            with Vertical(id="design-right"):
                with Vertical(id="design-about"):
                    yield Static("", id="design-verdict")
                    yield Static("", id="design-story")
                yield CheckList(id="design-go")
                yield DesignBudgets(id="design-budgets")

    def on_mount(self) -> None:
        """The list has the keys; the scenario's suggestion is under the cursor."""
        suggested = self.session.state.scenario.suggested_preset
        self._key = f"preset:{suggested}" if suggested else ""
        entitle(self.query_one("#design-list"), "Designs")
        entitle(self.query_one("#design-go"), "Go / no-go")
        self.query_one(Menu).ascii_only = self.odc.ascii_only
        self.turn_to("list")

    def show_subject(self) -> None:
        """Everything about the design in sight; some 3 ms."""
        subject = self.subject
        self.work_out()
        name = subject.design.name
        form = self.query_one(FieldForm)
        form.show(fields.rows(subject.design, self.catalogue, self.session.state.date))
        entitle(form, f"Parts of {name}")
        entitle(self.query_one("#design-about"), name)
        checks = [finding.check for finding in self.findings]
        self.query_one(CheckList).show(checks)
        good = "GO: it can be launched" if subject.kind == "frozen" else "GO: it can be frozen"
        self.query_one("#design-verdict", Static).update(content_of(go.verdict(checks, good)))
        words = present.story(subject, self.catalogue)
        self.query_one("#design-story", Static).update(content_of(words))
        base = subject.base if subject.kind != "preset" else None
        if self.sums is not None:
            self.query_one(DesignBudgets).show(subject, self.sums, base, self.catalogue)
        self.refresh_chrome()

    def on_menu_chosen(self, message: Menu.Chosen) -> None:
        """Enter on a preset tells its story first; on anything else it goes to the parts."""
        message.stop()
        subject = self.subject
        if subject.kind != "preset" or self.sums is None:
            self.turn_to("parts")
            return
        body = story_pieces(subject, self.catalogue, self.sums)
        dialog = GoDialog(subject.design.name, body, "see its parts", "back to the list")
        self.ask(dialog, partial(self.turn_to, "parts"))

    def question(self) -> Question:
        """The design in sight; the figure that the field with the keys moves comes first."""
        subject = self.subject
        try:
            figures = engine.design_figures(subject.design, self.catalogue, subject.altitude_km)
        except OrderError:
            figures = ()
        start = why_words.DESIGN_FIELDS.get(self.query_one(FieldForm).row_here, "junction")
        return Question(f"Ask why · {subject.design.name}, {subject.altitude_km:g} km", figures, start)

    # --- freezing ----------------------------------------------------------------------------------

    @property
    def freezable(self) -> bool | str:
        """Whether the design in sight can be frozen, or why not."""
        if not self._subjects:
            return False
        if self.subject.kind == "frozen" or self.subject.design.id in self.session.state.designs:
            return "It is frozen already. 3 opens the launch desk; changing a field begins a new draft."
        return True

    def do_design_freeze(self) -> None:
        """Show what it costs and what stands against it, then give the order."""
        subject = self.subject
        order = DefineDesign(design=subject.design)
        found = tuple(go.check_of(fault) for fault in self.session.check(order))
        stopped = any(check.severity == "stop" for check in found)
        body = freeze_pieces(self.session.state, subject.design, found)
        name = subject.design.name
        title = f"Freeze {name}?" if not stopped else f"{name} cannot be frozen yet"
        dialog = GoDialog(title, body, "" if stopped else "freeze it")
        self.ask(dialog, partial(self._freeze, subject, order))

    def _freeze(self, subject: Subject, order: DefineDesign) -> None:
        drafts, key = self.drafts, self._key
        if subject.kind == "draft":
            self.drafts = drafts.freeze(subject)
        self._key = f"frozen:{subject.design.id}"
        if isinstance(self.give(order), Accepted):
            self.tell(f"{subject.design.name} is frozen. 3 opens the launch desk.")
        else:
            self.drafts = drafts
            self.look_at(key)

    # --- panels ------------------------------------------------------------------------------------

    def do_design_panel(self) -> None:
        """The next panel."""
        self.turn(1)

    def do_design_panel_back(self) -> None:
        """The panel before."""
        self.turn(-1)
