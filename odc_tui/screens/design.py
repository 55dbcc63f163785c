"""The design bureau: presets, frozen designs and drafts; the parts of one of them; its budgets, live."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

import engine
from engine.orders import DefineDesign
from engine.outcomes import Accepted
from odc_tui.present import checks as go
from odc_tui.present import design as present
from odc_tui.present import design_fields as fields
from odc_tui.present import design_mend
from odc_tui.present.design_drafts import Drafts, Subject, list_note, slug_of, subjects
from odc_tui.screens.ask_text import AskTextScreen
from odc_tui.screens.campaign import CampaignScreen
from odc_tui.screens.confirm import ConfirmScreen
from odc_tui.screens.design_budgets import DesignBudgets
from odc_tui.screens.go_dialog import GoDialog
from odc_tui.screens.pick_dialog import PickDialog
from odc_tui.widgets.check_list import CheckList
from odc_tui.widgets.chrome import content_of
from odc_tui.widgets.field_form import FieldForm
from odc_tui.widgets.menu import Choice, Menu

if TYPE_CHECKING:
    from engine.model.catalogue import Catalogue
    from engine.model.design import Design
    from engine.state import CampaignState
    from odc_tui.present.checks import Check
    from odc_tui.present.design import Sums

__all__ = ["DesignScreen"]

PANELS = ("list", "parts", "go", "budgets")


class DesignScreen(CampaignScreen):
    """The design bureau.

    Attributes:
        subject: the design in sight.
        drafts: drafts begun in this campaign.
        panel: the panel that has the keys.
    """

    NAME = "design"
    CSS_PATH = "design.tcss"

    def __init__(self) -> None:
        super().__init__()
        self.drafts = Drafts.none()
        self.panel = "list"
        self._subjects: dict[str, Subject] = {}
        self._key = ""
        self._sums: Sums | None = None

    # --- content ---------------------------------------------------------------------------------

    def compose_body(self) -> ComposeResult:
        """List and parts on the left; story, go/no-go and budgets on the right."""
        first = next(iter(self._catalogue.presets.values())).design
        with Horizontal(id="design-body"):
            with Vertical(id="design-left"):
                yield Menu(label_width=22, id="design-list")
                yield FieldForm(
                    fields.rows(first, self._catalogue, self.session.state.date), id="design-parts"
                )
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
        titles = {"list": "Designs", "go": "Go / no-go", "about": "", "parts": "Parts"}
        for name, title in titles.items():
            self.query_one(f"#design-{name}").border_title = title
        menu = self.query_one(Menu)
        menu.ascii_only = self.odc.ascii_only
        menu.focus()
        self._turn_to("list")

    @property
    def _catalogue(self) -> Catalogue:
        catalogue: Catalogue = self.session.state.catalogue
        return catalogue

    # --- what is in sight --------------------------------------------------------------------------

    @property
    def subject(self) -> Subject:
        """The design in sight."""
        found = self._subjects.get(self._key)
        return found if found is not None else next(iter(self._subjects.values()))

    def on_state(self, state: CampaignState) -> None:
        """A day has passed, an order was given or taken back: the list may be another one."""
        before = (self.drafts, tuple(self._subjects))
        self.drafts = self.drafts.reconcile(state.designs)
        self._list()
        if before != (self.drafts, tuple(self._subjects)) or self._sums is None:
            self._show()

    def _list(self, keep: str | None = None) -> None:
        """Bring the list up to date; the cursor follows what became of the design it stood on."""
        state = self.session.state
        self._subjects = {one.key: one for one in subjects(state.catalogue, state.designs, self.drafts)}
        wanted = keep or self._key
        if wanted not in self._subjects:
            wanted = self._heir(wanted)
        self._key = wanted
        lines = [self._line(one) for one in self._subjects.values()]
        menu = self.query_one("#design-list", Menu)
        if tuple(lines) != menu.choices or (menu.chosen and menu.chosen.key != wanted):
            menu.show(lines, keep=wanted)

    def _heir(self, key: str) -> str:
        """Where the cursor goes when its line has gone: from a frozen design to its draft or preset."""
        kind, _, name = key.partition(":")
        draft = self.drafts.frozen_as.get(name) if kind == "frozen" else None
        for heir in (draft.key if draft else "", f"preset:{name}"):
            if heir in self._subjects:
                return heir
        return next(iter(self._subjects))

    def _line(self, subject: Subject) -> Choice:
        sums = engine.budget(subject.design, self._catalogue, subject.altitude_km)
        return Choice(subject.key, subject.design.name, list_note(subject, sums.it_power_w))

    def on_menu_moved(self, message: Menu.Moved) -> None:
        """Another design."""
        message.stop()
        if message.choice.key != self._key and message.choice.key in self._subjects:
            self._key = message.choice.key
            self._show()
            self.refresh_chrome()

    def on_menu_chosen(self, message: Menu.Chosen) -> None:
        """Enter on a design: to its parts."""
        message.stop()
        self._turn_to("parts")

    def _show(self) -> None:
        """Everything about the design in sight."""
        subject = self.subject
        rows = fields.rows(subject.design, self._catalogue, self.session.state.date)
        form = self.query_one(FieldForm)
        form.show(rows)
        form.border_title = f"Parts of {subject.design.name}"
        self._show_sums()

    def _show_sums(self) -> None:
        subject = self.subject
        self._sums = present.sums_of(subject.design, self._catalogue, subject.altitude_km)
        checks = self.checks
        self.query_one(CheckList).show(checks)
        good = "GO: it is frozen, and can be launched" if subject.kind == "frozen" else "GO: it can be frozen"
        self.query_one("#design-verdict", Static).update(content_of(go.verdict(checks, good)))
        changes = len(fields.changes(subject.design, subject.base)) if subject.base else 0
        words = present.story(subject, self._catalogue, changes)
        self.query_one("#design-story", Static).update(content_of(words))
        self.query_one("#design-about").border_title = subject.design.name
        base = subject.base if subject.kind != "preset" else None
        self.query_one(DesignBudgets).show(subject, self._sums, base, self._catalogue)

    @property
    def checks(self) -> tuple[Check, ...]:
        """The go/no-go list of the design in sight."""
        if self._sums is None:
            return ()
        mend = design_mend.offer if self.subject.kind != "frozen" else lambda _fault: ""
        return present.checks_of(self._sums, mend)

    # --- editing -----------------------------------------------------------------------------------

    def on_field_form_edited(self, message: FieldForm.Edited) -> None:
        """A field was changed: in a draft, or in the copy that it begins."""
        message.stop()
        self._set(fields.changed(self.subject.design, message.key, message.value, self._catalogue))

    def _set(self, design: Design) -> None:
        """Put a changed design in the draft in sight, or in a new one."""
        if self.subject.kind != "draft":
            self._begin()
        draft = self.subject
        named = design.model_copy(update={"id": draft.design.id, "name": draft.design.name})
        if not named.links:
            self.tell("A satellite needs at least one link; add another first.", "warning")
            self._show()
            return
        self.drafts = self.drafts.put(
            Subject(draft.key, "draft", named, draft.base, draft.preset, draft.altitude_km)
        )
        self._list(draft.key)
        self._show()

    def _begin(self) -> None:
        source = self.subject
        ids = {*self.session.state.designs, *self._catalogue.presets}
        names = {one.design.name for one in self._subjects.values()}
        self.drafts = self.drafts.begin(source, ids, names)
        self._list(self.drafts.newest.key)
        self.tell(f"{self.drafts.newest.design.name} begins as a copy of {source.design.name}.")

    def on_field_form_wanted(self, message: FieldForm.Wanted) -> None:
        """The whole list of parts."""
        message.stop()
        field = message.field

        def picked(key: str | None) -> None:
            if key is not None:
                field.choose(key)

        self.app.push_screen(PickDialog(field.label.strip(), field.options, field.value), picked)

    @property
    def on_draft(self) -> bool:
        """Whether a draft is in sight."""
        return bool(self._subjects) and self.subject.kind == "draft"

    def do_design_draft(self) -> None:
        """A copy to change."""
        self._begin()
        self._show()
        self._turn_to("parts")

    def do_design_rename(self) -> None:
        """Ask for a name."""
        draft = self.subject

        def named(name: str | None) -> None:
            if name is not None:
                self._rename(draft, name)

        hint = "The id follows from the name. enter take it · esc leave it"
        self.app.push_screen(AskTextScreen("What is the design called?", draft.design.name, hint), named)

    def _rename(self, draft: Subject, name: str) -> None:
        others = {one.design.id for one in self._subjects.values() if one.key != draft.key}
        design = draft.design.model_copy(update={"name": name, "id": slug_of(name, others)})
        self.drafts = self.drafts.put(
            Subject(draft.key, "draft", design, draft.base, draft.preset, draft.altitude_km)
        )
        self._list(draft.key)
        self._show()

    def do_design_reset(self) -> None:
        """Back to what it came from."""
        draft = self.subject
        if draft.base is not None:
            self._set(draft.base)
            self.tell(f"{draft.design.name} is as {draft.base.name} again.")

    def do_design_discard(self) -> None:
        """Throw the draft away."""
        draft = self.subject

        def decided(yes: bool | None) -> None:
            if yes:
                self.drafts = self.drafts.drop(draft.key)
                self._list(f"preset:{draft.preset}")
                self._show()
                self._turn_to("list")

        if not draft.changed:
            decided(True)
            return
        text = "Its changes are lost; nothing that is frozen or flies is touched."
        self.app.push_screen(
            ConfirmScreen(f"Throw {draft.design.name} away?", text, "Throw it away", "Keep it"), decided
        )

    # --- mending -----------------------------------------------------------------------------------

    @property
    def mend_on_offer(self) -> bool:
        """Whether a fault can be mended with a key."""
        return any(check.mend for check in self.checks)

    def do_design_mend(self) -> None:
        """The first mend of the list."""
        self._mend(next(index for index, check in enumerate(self.checks) if check.mend))

    def on_check_list_mended(self, message: CheckList.Mended) -> None:
        """Enter on a line of the list."""
        message.stop()
        if self.checks[message.index].mend:
            self._mend(message.index)
        elif message.checks.checks[message.index].severity != "ok":
            self.tell("This one needs a decision: change the parts it names.")

    def _mend(self, index: int) -> None:
        subject = self.subject
        if self._sums is None:
            return
        fault = self._sums.faults[index]
        mended = design_mend.mend(subject.design, fault, self._catalogue, subject.altitude_km)
        if mended is None:
            self.tell(f"More of it alone does not help. {fault.fix}", "warning")
            return
        self._set(mended)
        self.tell(design_mend.mend_words(mended, fault))

    # --- freezing ----------------------------------------------------------------------------------

    @property
    def freezable(self) -> bool | str:
        """Whether the design in sight can be frozen, or why not."""
        if not self._subjects:
            return False
        if self.subject.kind == "frozen":
            return "This design is frozen already. 3 opens the launch desk, e begins a draft from it."
        if self.subject.design.id in self.session.state.designs:
            return "It is frozen already. 3 opens the launch desk; change a field for a new draft."
        return True

    def do_design_freeze(self) -> None:
        """Show what it costs and what stands against it, then give the order."""
        subject = self.subject
        order = DefineDesign(design=subject.design)
        found = tuple(go.check_of(fault) for fault in self.session.check(order))
        stopped = any(check.severity == "stop" for check in found)
        body = present.freeze_pieces(self.session.state, subject.design, found)
        title = f"Freeze {subject.design.name}?" if not stopped else f"{subject.design.name} cannot be frozen"
        self.app.push_screen(
            GoDialog(title, body, "" if stopped else "freeze it"), partial(self._decided, subject, order)
        )

    def _decided(self, subject: Subject, order: DefineDesign, yes: bool | None) -> None:
        if not yes or not isinstance(self.session.preview(order), Accepted):
            return
        self._key = f"frozen:{subject.design.id}"
        if subject.kind == "draft":
            self.drafts = self.drafts.freeze(subject)
        self.give(order)
        self.tell(f"{subject.design.name} is frozen. 3 opens the launch desk.")

    # --- panels ------------------------------------------------------------------------------------

    def do_design_panel(self) -> None:
        """The next panel."""
        self._turn_to(PANELS[(PANELS.index(self.panel) + 1) % len(PANELS)])

    def do_design_panel_back(self) -> None:
        """The panel before."""
        self._turn_to(PANELS[(PANELS.index(self.panel) - 1) % len(PANELS)])

    def _turn_to(self, panel: str) -> None:
        self.panel = panel
        for name in PANELS:
            self.set_class(name == panel, f"-at-{name}")
        if panel == "parts":
            self.query_one(FieldForm).take_focus()
        else:
            self.query_one(f"#design-{panel}").focus()

    def on_descendant_focus(self) -> None:
        """A click or a key moved the cursor to another panel."""
        focused = self.focused
        for name in PANELS:
            panel = self.query_one(f"#design-{name}")
            if (
                focused is not None
                and (focused is panel or panel in focused.ancestors)
                and name != self.panel
            ):
                self._turn_to(name)

    def do_campaign_menu(self) -> None:
        """Esc goes back to the list first."""
        if self.panel != "list":
            self._turn_to("list")
        else:
            super().do_campaign_menu()
