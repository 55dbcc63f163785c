"""The forecast room: what most futures lie between, branches beside this campaign, standing orders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult

from engine.orders import DropStanding
from odc_tui.present import branches, forecast, standing_desk
from odc_tui.screens.branch_room import BranchRoom
from odc_tui.screens.foreseeing import Bands, Forked, drawn, rehearsed
from odc_tui.screens.panels import entitle
from odc_tui.screens.standing_dialog import StandingDialog
from odc_tui.widgets.menu import Choice, Menu
from odc_tui.widgets.reader import Reader

if TYPE_CHECKING:
    from engine.orders import StandingOrder
    from engine.state import CampaignState
    from odc_tui.screens.ahead_room import Answer, Cancelled
    from odc_tui.screens.foreseeing import Tell

__all__ = ["ForecastScreen"]


class ForecastScreen(BranchRoom):
    """A page with bands or words, and below it the standing orders. One piece of work at a time, in a thread.

    Attributes:
        years: how far to look ahead.
        series: name of the figure shown.
    """

    NAME = "forecast"
    CSS_PATH = "forecast.tcss"

    def __init__(self) -> None:
        super().__init__()
        self.series = ""
        self._found: Bands | None = None
        self._title = ""
        self._listed: tuple[object, ...] | None = None

    # --- content ---------------------------------------------------------------------------------

    def compose_body(self) -> ComposeResult:
        """Page and list."""
        yield Reader(id="forecast-page")
        yield Menu(id="forecast-standing")

    def on_mount(self) -> None:
        """Say what can be asked for."""
        self._page = self.query_one(Reader)
        self._menu = self.query_one(Menu)
        self._menu.ascii_only = self.odc.ascii_only
        self.series = forecast.series_of(self.session.state)[0]
        entitle(self._menu, "Standing orders")
        self._show_page()
        self.take_focus()

    def take_focus(self) -> None:
        """The page has the keys; tab goes to the list."""
        self._page.focus()

    def on_state(self, state: CampaignState) -> None:
        """A standing order was laid down, given or dropped."""
        if state.standing != self._listed:
            self._listed = state.standing
            lines = standing_desk.menu_lines(state)
            self._menu.label_width = max((len(key) for key, _ in lines), default=0)
            self._menu.show([Choice(key, key, note) for key, note in lines])
            self._menu.set_class(not lines, "-none")
            entitle(self._menu, subtitle="" if lines else standing_desk.NONE_YET)

    def on_resize(self, event: events.Resize) -> None:
        """The bars are as long as there is room."""
        super().on_resize(event)
        if self.is_mounted and self._found is not None:
            self.call_after_refresh(self._show_page)

    def _show_page(self) -> None:
        """The bands if there are some, else what the keys do."""
        entitle(self._page, self._title or forecast.band_title(self.series, self.years))
        found, width = self._found, max(40, self.size.width - 6)
        if found is None:
            self._page.show(forecast.hint_pieces(self.series, self.years))
        elif found.other is None:
            self._page.show(forecast.band_pieces(found.found, self.series, width))
        else:
            entitle(self._page, f"{forecast.band_title(self.series, self.years)} · beside {found.label}")
            pieces = branches.twin_pieces(found.found, found.other, found.label, self.series, width)
            self._page.show([*pieces, (f"\n{found.note}", "$role-quiet")])

    # --- work ------------------------------------------------------------------------------------

    def show_waiting(self, words: str) -> None:
        """What was found before is gone."""
        self._found, self._title = None, ""
        entitle(self._page, "Working it out")
        self._page.show([("◌ ", "$role-quiet"), (f"{words} Esc gives it up.", "$role-quiet")])

    def show_progress(self, share: float, words: str) -> None:
        """A bar and what is done."""
        self._page.show(forecast.progress_pieces(share, words))

    def show_answer(self, title: str, answer: Answer) -> None:
        """Bands, or words."""
        self._title = title
        if isinstance(answer, Bands):
            self._found = answer
            self._show_page()
            return
        entitle(self._page, title)
        self._page.show(answer.told if isinstance(answer, Forked) else answer or [])
        if isinstance(answer, Forked):
            self.offer_branch(answer)

    def show_given_up(self) -> None:
        """What can be asked for."""
        self._page.show([("Given up.\n", ""), *forecast.hint_pieces(self.series, self.years)])

    # --- commands --------------------------------------------------------------------------------

    def do_forecast_draw(self) -> None:
        """Draw futures of every figure at once."""
        state, waiting = self.session.state, self.session.orders.waiting

        def work(cancelled: Cancelled, tell: Tell) -> Bands | None:
            return drawn(state, waiting, self.years, cancelled, tell)

        self.drawn_with = None
        self.begin("", f"Drawing {forecast.DRAWS} futures …", work)

    def do_forecast_series(self) -> None:
        """The next figure."""
        names = forecast.series_of(self.session.state)
        self.series = names[(names.index(self.series) + 1) % len(names)]
        self._again()

    def do_forecast_span(self) -> None:
        """One, five or twenty years; what was drawn for another span is of no use."""
        spans = list(forecast.SPANS)
        self.years = spans[(spans.index(self.years) + 1) % len(spans)]
        was_drawn, self._found = self._found is not None, None
        if not was_drawn:
            self._again()
        elif self.drawn_with is not None:
            self.draw_both(self.drawn_with)
        else:
            self.do_forecast_draw()

    def _again(self) -> None:
        self._title = ""
        if not self.at_work:
            self._show_page()

    def do_forecast_rehearse(self) -> None:
        """Try the standing orders in force through a year."""
        state, waiting = self.session.state, self.session.orders.waiting

        def work(cancelled: Cancelled, _tell: Tell) -> Answer:
            return rehearsed(state, waiting, (), cancelled)[1]

        self.begin("Dry run of the standing orders", "Running through the year to come …", work)

    def do_forecast_panel(self) -> None:
        """From the page to the list, or back."""
        (self._page if self._menu.has_focus else self._menu).focus()

    def do_forecast_add(self) -> None:
        """Open the form. Time stands meanwhile."""
        session = self.session
        session.pause()

        def decided(order: StandingOrder | None) -> None:
            if order is not None and not hasattr(self.give(order), "reason"):
                self.tell(f"Laid down: {standing_desk.order_line(order)}. z takes it back.")

        choices = standing_desk.choices(session.state, session.orders.given)
        self.app.push_screen(StandingDialog(session.state, choices, session.orders.waiting), decided)

    def do_forecast_drop(self) -> None:
        """Drop the one under the cursor."""
        chosen = self._menu.chosen
        if chosen is not None:
            self.give(DropStanding(id=chosen.key))
