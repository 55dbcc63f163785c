"""Help: every key of the screen it was opened from, and the glossary, both searched with `/`."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.widgets import Input

import engine
from odc_tui.actions import COMMANDS, Command, Context, key_label
from odc_tui.present import help as present
from odc_tui.screens.base import OdcScreen
from odc_tui.widgets.reader import Reader

if TYPE_CHECKING:
    from engine.model.glossary import Term

__all__ = ["HelpScreen"]


class HelpScreen(OdcScreen):
    """Two columns where there is room, one below the other where there is not.

    Args:
        about: name of the screen whose keys are shown.
        campaign: whether that screen belongs to a campaign.
    """

    NAME: ClassVar[str] = "help"
    CSS_PATH = "help.tcss"

    def __init__(self, about: str = "title", campaign: bool = False) -> None:
        super().__init__()
        self._about = Context(screen=about, campaign=campaign, ready=True)
        self._terms: tuple[Term, ...] = ()

    def compose_body(self) -> ComposeResult:
        """Search line, keys, words."""
        yield Input(placeholder="a word, then enter; esc clears", id="help-search")
        yield Reader(id="help-keys")
        yield Reader(id="help-words")

    def on_mount(self) -> None:
        """Read the glossary and show everything."""
        self._terms = tuple(engine.load_glossary(self.odc.services.read_asset("help/glossary.toml")).values())
        self.query_one("#help-search").display = False
        self.query_one("#help-keys", Reader).border_title = "Keys"
        self.query_one("#help-words", Reader).border_title = "Glossary"
        self.query_one("#help-words" if self._about.screen == "title" else "#help-keys").focus()

    def on_resize(self, event: events.Resize) -> None:
        """The texts are wrapped to the columns."""
        super().on_resize(event)
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        words = self.query_one(Input).value
        keys, glossary = self.query_one("#help-keys", Reader), self.query_one("#help-words", Reader)
        keys.show(present.key_pieces(_rows(self._about), words, keys.content_size.width))
        glossary.show(present.glossary_pieces(self._terms, words, glossary.content_size.width))

    def do_help_search(self) -> None:
        """Open the search line."""
        search = self.query_one(Input)
        search.display = True
        search.focus()

    def on_input_changed(self) -> None:
        """Search as one types."""
        self._show()

    def on_input_submitted(self) -> None:
        """Read what was found."""
        self.query_one("#help-words").focus()

    def do_go_back(self) -> None:
        """Clear the search first, then leave."""
        search = self.query_one(Input)
        if search.display:
            search.value = ""
            search.display = False
            self.query_one("#help-keys").focus()
        else:
            super().do_go_back()


def _rows(about: Context) -> dict[str, list[present.KeyRow]]:
    """The keys of a screen under their headings."""
    return {
        group: [present.KeyRow(_keys(command), command.label, command.help) for command in commands]
        for group, commands in COMMANDS.help(about).items()
    }


def _keys(command: Command) -> str:
    # The key of the unshifted plus is a convenience, not a second key to learn.
    return command.shown_keys or " ".join(key_label(key) for key in command.keys if key != "equals_sign")
