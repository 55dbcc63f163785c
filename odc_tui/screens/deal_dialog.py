"""Orders about money: choose what, see what the rules say of it, then give the order or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from odc_tui.present.deals import TITLES, Deal, DealKind, deals, verdict_pieces
from odc_tui.screens.base import OdcModal
from odc_tui.widgets.chrome import content_of
from odc_tui.widgets.menu import Choice, Menu, OrderMenu

if TYPE_CHECKING:
    from engine.state import CampaignState

__all__ = ["DealDialog"]

_YEARS = (1, 15)


class DealDialog(OdcModal):
    """Dismissed with the order to give, or None.

    Args:
        state: the campaign; time has to stand while this is open.
        kind: what the player wants.
    """

    CSS_PATH = "deal_dialog.tcss"
    BINDINGS: ClassVar[list[Any]] = [
        ("left,h,minus", "years(-1)", "Shorter"),
        ("right,l,plus,equals_sign", "years(1)", "Longer"),
    ]

    def __init__(self, state: CampaignState, kind: DealKind) -> None:
        super().__init__()
        self._state = state
        self._kind = kind
        self._years = 5
        self._possible = False
        self._deals: dict[str, Deal] = {}

    def compose_dialog(self) -> ComposeResult:
        """Title, list, what it is, verdict, keys."""
        yield Static(Content(TITLES[self._kind]), classes="dialog-title")
        yield OrderMenu(label_width=60, id="deal-list")
        yield Static("", id="deal-text")
        yield Static("", id="deal-verdict")
        yield Static("", id="deal-keys", classes="dialog-keys")

    def on_mount(self) -> None:
        """Begin with the first."""
        self.query_one(Menu).ascii_only = self.odc.ascii_only
        self.query_one(Menu).focus()
        self._list()

    def _list(self) -> None:
        menu = self.query_one(Menu)
        place = menu.cursor
        self._deals = {one.key: one for one in deals(self._state, self._kind, self._years)}
        menu.show([Choice(one.key, one.label) for one in self._deals.values()])
        menu.cursor = place
        self._say()

    def _say(self) -> None:
        self._say_verdict()
        years = " · ←/→ years" if self._kind is DealKind.BORROW else ""
        keys = f"enter give this order{years} · esc leave it" if self._possible else f"esc back{years}"
        self.query_one("#deal-keys", Static).update(Content(keys))

    def _say_verdict(self) -> None:
        chosen = self.query_one(Menu).chosen
        if chosen is None or chosen.key not in self._deals:
            self.query_one("#deal-verdict", Static).update(Content(_EMPTY[self._kind]))
            return
        deal = self._deals[chosen.key]
        pieces, self._possible = verdict_pieces(self._state, deal)
        self.query_one("#deal-text", Static).update(Content(deal.text))
        self.query_one("#deal-verdict", Static).update(content_of(pieces))

    def action_years(self, steps: int) -> None:
        """A loan that runs longer, or less long."""
        if self._kind is DealKind.BORROW:
            self._years = max(_YEARS[0], min(_YEARS[1], self._years + steps))
            self._list()

    def on_menu_moved(self, message: Menu.Moved) -> None:
        """Another verdict."""
        message.stop()
        self._say()

    def on_menu_chosen(self, message: Menu.Chosen) -> None:
        """Give it, unless the rules refuse it."""
        message.stop()
        if self._possible and message.choice.key in self._deals:
            self.dismiss(self._deals[message.choice.key].order)


_EMPTY = {
    DealKind.RAISE: "",
    DealKind.BORROW: "",
    DealKind.REPAY: "There is no debt. Nothing has to be repaid.",
    DealKind.CONTRACT: "Nothing is on offer today. Offers come as months begin.",
    DealKind.INSURE: "",
}
