"""The half of the design bureau that knows drafts: the list, the design in sight, what is done to it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import engine
from odc_tui.present import design as present
from odc_tui.present import design_fields as fields
from odc_tui.present import design_mend
from odc_tui.present.design_drafts import Drafts, Subject, list_note, slug_of, subjects
from odc_tui.present.design_go import findings
from odc_tui.present.size_form import first_form
from odc_tui.screens.ask_text import AskTextScreen
from odc_tui.screens.confirm import ConfirmScreen
from odc_tui.screens.panel_room import PanelRoom
from odc_tui.screens.size_dialog import SizeDialog, Wanted
from odc_tui.widgets.check_list import CheckList
from odc_tui.widgets.field_form import FieldForm
from odc_tui.widgets.menu import Choice, Menu

if TYPE_CHECKING:
    from engine.model.catalogue import Catalogue
    from engine.model.design import Design
    from engine.state import CampaignState
    from odc_tui.present.design import Sums
    from odc_tui.present.design_go import Finding
    from odc_tui.present.size_form import SizeForm

__all__ = ["DesignDesk"]


class DesignDesk(PanelRoom):
    """A list of designs and the one in sight. Drafts are kept while the program runs.

    Attributes:
        drafts: drafts begun in this campaign.
        sums: what was worked out about the design in sight.
        findings: its go/no-go list, with the faults behind the lines.
    """

    PANELS = ("list", "parts", "go", "budgets")

    def __init__(self) -> None:
        super().__init__()
        self.drafts = Drafts.none()
        self.sums: Sums | None = None
        self.findings: tuple[Finding, ...] = ()
        self._subjects: dict[str, Subject] = {}
        self._key = ""
        self._asked: SizeForm | None = None

    def show_subject(self) -> None:
        """Show everything about the design in sight."""

    @property
    def catalogue(self) -> Catalogue:
        """What parts there are."""
        catalogue: Catalogue = self.session.state.catalogue
        return catalogue

    # --- what is in sight --------------------------------------------------------------------------

    @property
    def subject(self) -> Subject:
        """The design in sight."""
        found = self._subjects.get(self._key)
        return found if found is not None else next(iter(self._subjects.values()))

    @property
    def on_draft(self) -> bool:
        """Whether a draft is in sight."""
        return bool(self._subjects) and self.subject.kind == "draft"

    def look_at(self, key: str) -> None:
        """Bring a design into sight.

        Args:
            key: its place in the list, as `preset:node-100`.
        """
        self._key = key
        self.bring_list()
        self.show_subject()

    def on_state(self, state: CampaignState) -> None:
        """A day has passed, an order was given or taken back: the list may be another one."""
        before = tuple(self._subjects)
        self.drafts = self.drafts.reconcile(state.designs)
        self.bring_list()
        if before != tuple(self._subjects) or not self.session.running:
            self.show_subject()

    def bring_list(self) -> None:
        """Bring the list up to date; the cursor follows what became of the design it stood on."""
        state = self.session.state
        self._subjects = {one.key: one for one in subjects(state.catalogue, state.designs, self.drafts)}
        if self._key not in self._subjects:
            self._key = self._heir(self._key)
        lines = [self._line(one) for one in self._subjects.values()]
        menu = self.query_one("#design-list", Menu)
        if tuple(lines) != menu.choices or (menu.chosen and menu.chosen.key != self._key):
            menu.show(lines, keep=self._key)

    def _heir(self, key: str) -> str:
        """Where the cursor goes when its line has gone: from a frozen design to its draft or preset."""
        kind, _, name = key.partition(":")
        draft = self.drafts.frozen_as.get(name) if kind == "frozen" else None
        for heir in (draft.key if draft else "", f"preset:{name}", f"frozen:{name}"):
            if heir in self._subjects:
                return heir
        return next(iter(self._subjects))

    def _line(self, subject: Subject) -> Choice:
        sums = engine.budget(subject.design, self.catalogue, subject.altitude_km)
        return Choice(subject.key, subject.design.name, list_note(subject, sums.it_power_w))

    def on_menu_moved(self, message: Menu.Moved) -> None:
        """Another design."""
        message.stop()
        if message.choice.key != self._key and message.choice.key in self._subjects:
            self._key = message.choice.key
            self.show_subject()

    # --- editing -----------------------------------------------------------------------------------

    def on_field_form_edited(self, message: FieldForm.Edited) -> None:
        """A field was changed: in a draft, or in the copy that it begins."""
        message.stop()
        self.put(fields.changed(self.subject.design, message.key, message.value, self.catalogue))

    def put(self, design: Design) -> None:
        """Put a changed design in the draft in sight, or in a new one.

        Args:
            design: the name and id of the draft stay as they are.
        """
        if not design.links:
            self.tell("A satellite needs at least one link; add another first.", "warning")
            self.show_subject()
            return
        if self.subject.kind != "draft":
            self.begin()
        draft = self.subject
        named = design.model_copy(update={"id": draft.design.id, "name": draft.design.name})
        self.drafts = self.drafts.put(replace(draft, design=named))
        self.look_at(draft.key)

    def begin(self) -> None:
        """Begin a draft as a copy of the design in sight."""
        source = self.subject
        ids = {*self.session.state.designs, *self.catalogue.presets}
        names = {one.design.name for one in self._subjects.values()}
        self.drafts = self.drafts.begin(source, ids, names)
        self.look_at(self.drafts.newest.key)

    def do_design_draft(self) -> None:
        """A copy to change."""
        self.begin()
        self.turn_to("parts")

    def do_design_size(self) -> None:
        """Have a satellite proposed; taken, it is a draft. Time stands meanwhile."""
        self.session.pause()

        def decided(wanted: Wanted | None) -> None:
            if wanted is not None:
                self._asked = wanted.form
                self._adopt(wanted)

        form = self._asked or first_form(self.session.state)
        self.app.push_screen(SizeDialog(self.session.state, form), decided)

    def _adopt(self, wanted: Wanted) -> None:
        """A draft from a proposal, judged at its altitude; reset brings the proposal back."""
        design = wanted.found.design
        source = Subject("", "preset", design, altitude_km=wanted.form.altitude_km)
        names = {one.design.name for one in self._subjects.values()}
        self.drafts = self.drafts.begin(source, {*self.session.state.designs, *self.catalogue.presets}, names)
        draft = self.drafts.newest
        if design.name not in names:
            named = draft.design.model_copy(update={"name": design.name})
            self.drafts = self.drafts.put(replace(draft, design=named))
        self.look_at(draft.key)
        self.turn_to("parts")

    def do_design_rename(self) -> None:
        """Ask for a name."""
        draft = self.subject

        def named(name: str | None) -> None:
            if name is not None:
                others = {one.design.id for one in self._subjects.values() if one.key != draft.key}
                design = draft.design.model_copy(update={"name": name, "id": slug_of(name, others)})
                self.drafts = self.drafts.put(replace(draft, design=design))
                self.look_at(draft.key)

        hint = "The id follows from the name. enter take it · esc leave it"
        self.app.push_screen(AskTextScreen("What is the design called?", draft.design.name, hint), named)

    def do_design_reset(self) -> None:
        """Back to what it came from."""
        draft = self.subject
        if draft.base is not None:
            self.put(draft.base)
            self.tell(f"{draft.design.name} is as {draft.base.name} again.")

    def do_design_discard(self) -> None:
        """Throw the draft away, after asking if it holds changes."""
        draft = self.subject
        if not draft.changed:
            self._discard(draft)
            return

        def decided(yes: bool | None) -> None:
            if yes:
                self._discard(draft)

        text = "Its changes are lost; nothing that is frozen or flies is touched."
        title = f"Throw {draft.design.name} away?"
        self.app.push_screen(ConfirmScreen(title, text, "Throw it away", "Keep it"), decided)

    def _discard(self, draft: Subject) -> None:
        self.drafts = self.drafts.drop(draft.key)
        self.look_at(f"preset:{draft.preset}")
        self.turn_to("list")

    # --- mending -----------------------------------------------------------------------------------

    @property
    def mend_on_offer(self) -> bool:
        """Whether a fault can be mended with a key."""
        return any(finding.check.mend for finding in self.findings)

    def do_design_mend(self) -> None:
        """The first mend of the list."""
        self.mend(next(finding for finding in self.findings if finding.check.mend))

    def on_check_list_mended(self, message: CheckList.Mended) -> None:
        """Enter on a line of the list."""
        message.stop()
        self.mend(self.findings[message.index])

    def mend(self, finding: Finding) -> None:
        """Change the least that clears a fault, or say why that cannot be.

        Args:
            finding: a line of the list.
        """
        subject, fault = self.subject, finding.fault
        if fault is None or finding.check.severity == "ok":
            return
        if not finding.check.mend:
            self.tell(f"This one needs a decision. {fault.fix}")
            return
        mended = design_mend.mend(subject.design, fault, self.catalogue, subject.altitude_km)
        if mended is None:
            self.tell(f"More of it alone does not help. {fault.fix}", "warning")
            return
        self.put(mended)
        self.tell(design_mend.mend_words(mended, fault))

    def work_out(self) -> None:
        """Budgets, orbit and faults of the design in sight."""
        subject = self.subject
        self.sums = present.sums_of(subject.design, self.catalogue, subject.altitude_km)
        self.findings = findings(self.session.state, subject, self.sums)
