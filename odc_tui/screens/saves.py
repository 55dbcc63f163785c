"""The campaigns on disk: load, rename, duplicate, delete."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.app import ComposeResult

from engine.errors import OdcError
from odc_tui.present.campaigns import campaign_details, campaign_note
from odc_tui.screens.ask_text import AskTextScreen
from odc_tui.screens.base import OdcScreen
from odc_tui.screens.confirm import ConfirmScreen
from odc_tui.widgets.menu import Choice, Menu
from odc_tui.widgets.reader import Reader

if TYPE_CHECKING:
    from odc_tui.campaigns import CampaignInfo

__all__ = ["SavesScreen"]


class SavesScreen(OdcScreen):
    """Your campaigns, newest first, then the examples."""

    NAME = "saves"
    CSS_PATH = "scenarios.tcss"

    def __init__(self) -> None:
        super().__init__()
        self._infos: dict[str, CampaignInfo] = {}

    def compose_body(self) -> ComposeResult:
        """List and details."""
        yield Menu(id="saves-list", label_width=16)
        yield Reader(id="saves-details")

    def on_mount(self) -> None:
        """Read the folder."""
        menu = self.query_one(Menu)
        menu.ascii_only = self.odc.ascii_only
        menu.border_title = "Campaigns"
        self.query_one(Reader).border_title = "Details"
        self._read()
        menu.focus()

    def _read(self, keep: str | None = None) -> None:
        saves = self.odc.saves
        infos = (*saves.listing(), *saves.examples()) if saves is not None else ()
        self._infos = {str(info.path): info for info in infos}
        choices = [
            Choice(key, info.name, campaign_note(info), info.problem or "")
            for key, info in self._infos.items()
        ]
        place = next(
            (key for key, info in self._infos.items() if info.slug == keep and not info.example), None
        )
        self.query_one(Menu).show(choices, place)
        if not choices:
            self.query_one(Reader).show([("No campaigns yet. Esc, then Start here.", "$role-quiet")])

    @property
    def current(self) -> CampaignInfo | None:
        """The campaign under the cursor."""
        chosen = self.query_one(Menu).chosen
        return self._infos.get(chosen.key) if chosen is not None else None

    def on_menu_moved(self, message: Menu.Moved) -> None:
        """Tell about the campaign under the cursor."""
        now = dt.datetime.fromtimestamp(self.odc.services.clock(), dt.UTC)
        info = self._infos.get(message.choice.key)
        if info is not None:
            self.query_one(Reader).show(campaign_details(info, now))

    def on_menu_chosen(self, message: Menu.Chosen) -> None:
        """Open it; an example opens as a copy."""
        info = self._infos[message.choice.key]
        if info.problem is not None:
            self.tell(info.problem, "error", title="Cannot be opened")
            return
        self.odc.open_campaign(info.path, info.name)

    # --- what can be done with one ---------------------------------------------------------------

    def do_saves_rename(self) -> None:
        """Ask for another name."""
        info = self._own("An example keeps its name. Duplicate it to have your own.")
        if info is not None:
            self._ask(
                "Rename the campaign", info, lambda saves_name: self._saves.rename(info.slug, saves_name)
            )

    def do_saves_duplicate(self) -> None:
        """Ask for the name of the copy."""
        info = self._own("Open the example instead: that makes a copy of your own.")
        if info is not None:
            self._ask("Name the copy", info, lambda saves_name: self._saves.duplicate(info.slug, saves_name))

    def do_saves_delete(self) -> None:
        """Ask first."""
        info = self._own("An example cannot be deleted.")
        if info is None:
            return
        question = ConfirmScreen(
            f"Delete {info.name}?",
            f"The file {info.path.name} and its journal are removed. This cannot be taken back.",
            "Delete it",
            "Keep it",
        )
        self.app.push_screen(question, lambda yes: self._delete(info) if yes else None)

    @property
    def _saves(self):  # type: ignore[no-untyped-def]
        return self.odc.saves

    def _own(self, otherwise: str) -> CampaignInfo | None:
        """The campaign under the cursor if it is the player's own; else say why not."""
        info = self.current
        if info is not None and info.example:
            self.tell(otherwise, "warning")
            return None
        return info

    def _ask(self, title: str, info: CampaignInfo, deed: Callable[[str], str]) -> None:
        def answered(name: str | None) -> None:
            if name is not None:
                self._try(lambda: deed(name))

        hint = "The file is named after it: lower-case letters, digits and hyphens."
        self.app.push_screen(AskTextScreen(title, info.name, hint), answered)

    def _delete(self, info: CampaignInfo) -> None:
        self._try(lambda: self._saves.delete(info.slug))

    def _try(self, deed: Callable[[], str | None]) -> None:
        """Do something to the folder; say what stands in the way."""
        try:
            slug = deed()
        except (OdcError, OSError) as error:
            self.tell(str(error), "error")
            return
        self._read(slug)
