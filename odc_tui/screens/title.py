"""The title screen: a small Earth, what there is to do, and how far the engine is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from odc_tui.present import title as present
from odc_tui.screens.base import OdcScreen
from odc_tui.widgets.globe import GlobeView
from odc_tui.widgets.menu import Choice, Menu

if TYPE_CHECKING:
    from odc_tui.campaigns import CampaignInfo

__all__ = ["TitleScreen"]

_NEEDS_ENGINE = ("start", "continue", "scenarios", "sandbox", "load", "help")


class TitleScreen(OdcScreen):
    """Where the program begins and every campaign ends."""

    NAME = "title"

    def __init__(self) -> None:
        super().__init__()
        self._pending = ""

    def compose_body(self) -> ComposeResult:
        """Earth, name, menu, progress."""
        app = self.odc
        yield GlobeView(app.globe_mask, app.services.clock, app.reduced_motion, app.ascii_only)
        with Vertical(id="title-side"):
            yield Static(Content(present.NAME), id="title-name")
            yield Static(Content(present.PROMISE), id="title-promise")
            menu = Menu(self._choices(), label_width=10, id="title-menu")
            menu.ascii_only = app.ascii_only
            yield menu
            yield Static("", id="title-progress")

    def on_mount(self) -> None:
        """Ready to choose at once."""
        self.query_one(Menu).focus()
        self.refresh_progress()

    def on_screen_suspend(self) -> None:
        """No need to turn while nobody looks."""
        self.query_one(GlobeView).rest()

    def on_screen_resume(self) -> None:
        """Turn again, and see which campaigns there are now."""
        super().on_screen_resume()
        self.query_one(GlobeView).turn()
        self.odc.look_for_campaigns()

    @property
    def newest(self) -> CampaignInfo | None:
        """The campaign that "Continue" opens."""
        return present.newest_playable(self.odc.listing)

    def _choices(self) -> list[Choice]:
        app = self.odc
        scenarios = len(app.data.scenarios) if app.data is not None else 0
        entries = present.menu_entries(self.newest, len(app.listing), scenarios, app.saves is not None)
        return [Choice(key, label, note) for key, label, note in entries]

    def refresh_menu(self) -> None:
        """Show what is known by now."""
        self.query_one(Menu).show(self._choices())

    def refresh_progress(self) -> None:
        """Show how far the engine is, and go on with what was chosen meanwhile."""
        app = self.odc
        line = self.query_one("#title-progress", Static)
        if app.trouble:
            line.update(Content.styled(app.trouble, "$role-risk bold"))
        elif app.ready:
            line.update(Content.styled(present.READY, "$role-quiet"))
            self._go_on()
        else:
            done, total, label = app.progress
            text = present.progress_line(done, total, label, app.ascii_only)
            wish = f"{self._label(self._pending)} opens as soon as it is done\n" if self._pending else ""
            line.update(Content.assemble((wish, "$primary"), (text, "$role-quiet")))

    def _label(self, key: str) -> str:
        return next((choice.label for choice in self.query_one(Menu).choices if choice.key == key), "")

    def on_menu_chosen(self, message: Menu.Chosen) -> None:
        """Do it, or remember it until the engine is ready."""
        key = message.choice.key
        if key in _NEEDS_ENGINE and not self.odc.ready:
            self._pending = key
            self.refresh_progress()
        else:
            self._do(key)

    def _go_on(self) -> None:
        key, self._pending = self._pending, ""
        if key:
            self._do(key)

    def _do(self, key: str) -> None:
        app = self.odc
        if key == "quit":
            app.leave()
        elif key == "start":
            app.start_first_flight()
        elif key == "sandbox":
            app.start_sandbox()
        elif key == "continue" and self.newest is not None:
            app.open_campaign(self.newest.slug, self.newest.name)
        elif key == "settings":
            app.push_named("preferences")
        elif key in ("scenarios", "help"):
            app.push_named(key)
        elif key == "load":
            app.push_named("saves")
