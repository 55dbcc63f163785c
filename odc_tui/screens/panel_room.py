"""A room of several panels: tab goes from one to the next; where there is little width, one is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from odc_tui.screens.campaign import CampaignScreen
from odc_tui.screens.go_dialog import GoDialog
from odc_tui.screens.pick_dialog import pick_for
from odc_tui.widgets.field_form import FieldForm

__all__ = ["PanelRoom"]


class PanelRoom(CampaignScreen):
    """A room with panels; the class `-at-NAME` tells the layout which one has the keys.

    Attributes:
        PANELS: names in the order of tab; the widget of each is `#ROOM-NAME`. Esc goes back to the first.
        panel: the one that has the keys.
    """

    PANELS: ClassVar[tuple[str, ...]] = ()

    def __init__(self) -> None:
        super().__init__()
        self.panel = self.PANELS[0]

    def turn_to(self, panel: str) -> None:
        """Give a panel the keys.

        Args:
            panel: one of `PANELS`.
        """
        self.panel = panel
        self.update_classes({f"-at-{name}": name == panel for name in self.PANELS})
        widget = self.query_one(f"#{self.NAME}-{panel}")
        if isinstance(widget, FieldForm):
            widget.take_focus()
        else:
            widget.focus()
        self.panel_turned()

    def panel_turned(self) -> None:
        """Another panel has the keys; a subclass may show more in it."""

    def turn(self, steps: int) -> None:
        """Go on or back by some panels."""
        self.turn_to(self.PANELS[(self.PANELS.index(self.panel) + steps) % len(self.PANELS)])

    def on_descendant_focus(self) -> None:
        """A click moved the cursor to another panel."""
        focused = self.focused
        for name in self.PANELS:
            panel = self.query_one(f"#{self.NAME}-{name}")
            inside = focused is not None and (focused is panel or panel in focused.ancestors)
            if inside and name != self.panel:
                self.turn_to(name)

    def do_campaign_menu(self) -> None:
        """Esc goes back to the first panel before it opens the menu."""
        if self.panel != self.PANELS[0]:
            self.turn_to(self.PANELS[0])
        else:
            super().do_campaign_menu()

    def ask(self, dialog: GoDialog, decided: Callable[[], None]) -> None:
        """Open the last look before an order. Time stands while the player decides.

        Args:
            dialog: what is asked.
            decided: done if the answer is yes.
        """
        was_running = self.session.running
        if was_running:
            self.do_time_toggle()

        def answered(yes: bool | None) -> None:
            if yes:
                decided()
            if was_running:
                self.do_time_toggle()

        self.app.push_screen(dialog, answered)

    def on_field_form_wanted(self, message: FieldForm.Wanted) -> None:
        """The whole list of a choice."""
        message.stop()
        pick_for(self.app, message.field)
