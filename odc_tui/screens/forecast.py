"""The forecast room: what most futures lie between, another campaign beside this one, standing orders."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.message import Message
from textual.worker import get_current_worker

from engine.errors import EngineError
from engine.orders import DropStanding
from odc_tui.present import forecast, standing_desk
from odc_tui.present.forms import Option
from odc_tui.screens.campaign import CampaignScreen
from odc_tui.screens.foreseeing import beside, drawn, rehearsed
from odc_tui.screens.panels import entitle
from odc_tui.screens.pick_dialog import PickDialog
from odc_tui.screens.standing_dialog import StandingDialog
from odc_tui.widgets.menu import Choice, Menu
from odc_tui.widgets.reader import Reader

if TYPE_CHECKING:
    from engine.analysis.forecasting import Forecast
    from engine.orders import StandingOrder
    from engine.state import CampaignState
    from odc_tui.present.chrome import Piece

__all__ = ["ForecastScreen"]

Cancelled = Callable[[], bool]


@dataclass
class Progressed(Message):
    """So many futures of so many are drawn, for the work of that number."""

    number: int
    done: int
    total: int


@dataclass
class Answered(Message):
    """Work has come to its end.

    Attributes:
        number: which work; older ones are dropped.
        title: what the page is called now.
        answer: a forecast, or words; None if it was given up.
    """

    number: int
    title: str
    answer: Forecast | list[Piece] | None


class ForecastScreen(CampaignScreen):
    """A page with bands or words, and below it the standing orders. One piece of work at a time, in a thread.

    Attributes:
        years: how far to look ahead.
        series: name of the figure shown.
        at_work: whether the engine is at work for this room.
    """

    NAME = "forecast"
    CSS_PATH = "forecast.tcss"

    def __init__(self) -> None:
        super().__init__()
        self.years = 5
        self.series = ""
        self.at_work = False
        self._number = 0
        self._found: Forecast | None = None
        self._title = ""
        self._listed: tuple[object, ...] | None = None

    # --- content ---------------------------------------------------------------------------------

    def compose_body(self) -> ComposeResult:
        """Page and list."""
        yield Reader(id="forecast-page")
        yield Menu((), label_width=16, id="forecast-standing")

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
        if self._found is not None:
            self._page.show(forecast.band_pieces(self._found, self.series, max(40, self.size.width - 6)))
        else:
            self._page.show(forecast.hint_pieces(self.series, self.years))

    # --- work ------------------------------------------------------------------------------------

    def _begin(
        self, title: str, words: str, work: Callable[[Cancelled, int], Forecast | list[Piece] | None]
    ) -> None:
        """Have something worked out in a thread."""
        self._number += 1
        self.at_work = True
        self._found = None
        self._page.show([("◌ ", "$role-quiet"), (f"{words} Esc gives it up.", "$role-quiet")])
        self.run_worker(
            partial(self._work, self._number, title, work), thread=True, exclusive=True, group="ahead"
        )
        self.refresh_chrome()

    def _work(
        self, number: int, title: str, work: Callable[[Cancelled, int], Forecast | list[Piece] | None]
    ) -> None:
        """In a worker thread."""
        gone = get_current_worker()
        try:
            answer = work(lambda: gone.is_cancelled, number)
        except (EngineError, OSError) as error:
            answer = [("✖ ", "$role-risk"), (str(error), "")]
        if not gone.is_cancelled:
            self.post_message(Answered(number, title, answer))

    def on_progressed(self, message: Progressed) -> None:
        """Tell how far it has come."""
        message.stop()
        if message.number == self._number and self.at_work:
            self._page.show(forecast.progress_pieces(message.done, message.total))

    def on_answered(self, message: Answered) -> None:
        """Show what was found, if it is what was asked for last."""
        message.stop()
        if message.number != self._number:
            return
        self.at_work = False
        self._title = message.title
        if isinstance(message.answer, list) or message.answer is None:
            entitle(self._page, self._title)
            self._page.show(message.answer or [])
        else:
            self._found = message.answer
            self._title = ""
            self._show_page()
        self.refresh_chrome()

    def do_campaign_menu(self) -> None:
        """Esc gives up what is being worked out first."""
        if not self.at_work:
            super().do_campaign_menu()
            return
        self._number += 1
        self.at_work = False
        self.workers.cancel_group(self, "ahead")
        self._page.show([("Given up. ", ""), *forecast.hint_pieces(self.series, self.years)])

    # --- commands --------------------------------------------------------------------------------

    def do_forecast_draw(self) -> None:
        """Draw futures of every figure at once."""
        state, waiting = self.session.state, self.session.orders.waiting

        def work(cancelled: Cancelled, number: int) -> Forecast | None:
            def tell(done: int, total: int) -> None:
                self.post_message(Progressed(number, done, total))

            return drawn(state, waiting, self.years, cancelled, tell)

        self._title = ""
        self._begin("", f"Drawing {forecast.DRAWS} futures …", work)

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
        if was_drawn or self.at_work:
            self.do_forecast_draw()
        else:
            self._again()

    def _again(self) -> None:
        self._title = ""
        if not self.at_work:
            self._show_page()

    def do_forecast_branch(self) -> None:
        """Choose a campaign, and lay it beside this one."""
        saves = self.odc.saves
        own = self.session.path
        others = [one for one in saves.listing() if one.path != own and not one.problem] if saves else []
        if not others:
            self.tell(
                "There is no other saved campaign. Save this one under another name, or fork it, first."
            )
            return

        def chosen(slug: str | None) -> None:
            for one in others:
                if one.slug == slug:
                    self._compare(one.path, one.name)

        options = [Option(one.slug, one.name, f"{one.scenario}, {one.slug}.toml") for one in others]
        self.app.push_screen(PickDialog("Beside this campaign", options, others[0].slug), chosen)

    def _compare(self, path: Path, name: str) -> None:
        file, data = self.session.file, self.odc.data
        if data is None:
            return
        names = forecast.series_of(self.session.state)[:3]
        work = partial(beside, file, path, name, data, names)
        self._begin(f"Beside {name}", "Playing both campaigns …", lambda cancelled, _: work(cancelled))

    def do_forecast_rehearse(self) -> None:
        """Try the standing orders in force through a year."""
        work = partial(rehearsed, self.session.state, self.session.orders.waiting, ())
        words = "Running through the year to come …"
        self._begin("Dry run of the standing orders", words, lambda cancelled, _: work(cancelled)[1])

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
