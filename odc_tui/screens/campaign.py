"""A room of a running campaign: header, tabs, keys for time and orders, and what happens as time passes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult

import engine
from odc_tui.actions.common import ROOMS
from odc_tui.present.chrome import HeaderFacts
from odc_tui.present.objectives import goal_pieces
from odc_tui.screens.ask_why import NOTHING, Question, clicked_figure, question_of
from odc_tui.screens.base import OdcScreen
from odc_tui.screens.read_dialog import ReadDialog
from odc_tui.screens.until_dialog import UntilDialog
from odc_tui.widgets.chrome import HeaderLine, TabStrip
from odc_tui.widgets.lesson import LessonPanel

if TYPE_CHECKING:
    from engine.orders import Order
    from engine.outcomes import Accepted, Rejected
    from engine.state import CampaignState
    from odc_tui.session import Session
    from odc_tui.simrunner import Frame

__all__ = ["CampaignScreen", "cash_trend", "order_words"]


class CampaignScreen(OdcScreen):
    """A room of a running campaign: header, tabs, time and order keys, and the lesson if one is open.

    A subclass overrides `on_state` for what changes when a day passes or an order is given, and `on_frame`
    for what moves within the day. Both are called only while the screen is in sight, and `on_state` again
    when it comes back.
    """

    CAMPAIGN = True
    # Rooms say what has the keys. Left to itself, Textual would give them to a field that is not displayed.
    AUTO_FOCUS = ""

    @property
    def session(self) -> Session:
        """The campaign being played."""
        session = self.odc.session
        if session is None:
            raise RuntimeError(f"{self.NAME} is open without a campaign")
        return session

    @property
    def lesson_open(self) -> bool:
        """Whether a lesson is under way."""
        return self.odc.lesson is not None

    def compose_top(self) -> ComposeResult:
        """Header and tabs."""
        yield HeaderLine()
        yield TabStrip([(name, label) for name, label, _ in ROOMS], self.NAME)

    def compose_below(self) -> ComposeResult:
        """The lesson panel, when there is a lesson."""
        yield LessonPanel()

    def on_screen_resume(self) -> None:
        """Coming into sight: show the campaign as it is now."""
        super().on_screen_resume()
        self.show_state()
        self.show_lesson()
        self.odc.follow_lesson()

    # --- what happens ----------------------------------------------------------------------------

    def on_state(self, state: CampaignState) -> None:
        """The state is another one; a subclass shows it."""

    def on_frame(self, frame: Frame) -> None:
        """The clock moved; a subclass moves what moves with `frame.seconds`."""

    def show_state(self) -> None:
        """Show the session's state everywhere on this screen."""
        if self.odc.session is None:
            return
        self.on_state(self.session.state)
        self.refresh_chrome()

    def show_frame(self, frame: Frame, new_state: bool) -> None:
        """Show a frame; the application calls this."""
        if new_state:
            self.on_state(frame.state)
        self.on_frame(frame)
        self.refresh_header()

    def show_lesson(self) -> None:
        """Show the step of the lesson, or take the panel away; `-lesson` tells the layout to make room."""
        lesson = self.odc.lesson
        self.set_class(lesson is not None and not lesson.folded, "-lesson")
        for panel in self.query(LessonPanel):
            panel.show(lesson, self.odc.ascii_only)
        self.call_after_refresh(self.mend_focus)

    def mend_focus(self) -> None:
        """A widget that was hidden for a while has lost the keys: give them back."""
        if self.focused is None and self.is_attached and not self.has_class("-too-small"):
            self.take_focus()

    def take_focus(self) -> None:
        """Give the keys to the widget that has them by default; a subclass knows which."""

    def refresh_chrome(self) -> None:
        """Header and footer."""
        super().refresh_chrome()
        self.refresh_header()

    def refresh_header(self) -> None:
        """The header alone, which moves with every frame."""
        if self.odc.session is not None:
            for header in self.query(HeaderLine):
                header.facts = self._header_facts(self.odc.session)

    def _header_facts(self, session: Session) -> HeaderFacts:
        status = session.save_status
        return HeaderFacts(
            name=session.name,
            date=session.instant.date(),
            seconds=session.seconds,
            running=session.running,
            speed=session.speed.label,
            cash_usd=session.state.cash_usd if session.state.scenario.rules.money else None,
            cash_trend=cash_trend(session.state),
            saved=_saved_words(session),
            trouble=status.kind == "trouble" or session.read_only,
            ascii_only=self.odc.ascii_only,
        )

    # --- orders ----------------------------------------------------------------------------------

    def give(self, order: Order) -> Accepted | Rejected:
        """Give an order; a refusal is told with its reason and its mend."""
        outcome: Accepted | Rejected = self.session.give(order)
        reason = getattr(outcome, "reason", None)
        if reason is not None:
            self.tell(f"{reason} {getattr(outcome, 'fix', '')}".strip(), "error", title="Refused")
        self.odc.state_changed()
        return outcome

    def do_order_undo(self) -> None:
        """Take back the last order."""
        order = self.session.undo()
        self.odc.state_changed()
        if order is not None:
            self.tell(f"Taken back: {order_words(order)}. Z gives it again.")

    def do_order_redo(self) -> None:
        """Give the order that was taken back again."""
        order = self.session.redo()
        self.odc.state_changed()
        if order is not None:
            self.tell(f"Given again: {order_words(order)}.")

    # --- time ------------------------------------------------------------------------------------

    def do_time_toggle(self) -> None:
        """Run or pause."""
        if self.session.running:
            self.session.pause()
        else:
            self.session.play(stop_on=self.odc.stops)

    def do_time_step(self) -> None:
        """One day."""
        self.session.step_day()
        self.odc.state_changed()

    def do_time_orbit(self) -> None:
        """One orbit of the clock within the day."""
        reports = engine.batch_reports(self.session.state)
        self.session.step_orbit(reports[0].period_s)
        self.odc.state_changed()

    def do_time_until(self) -> None:
        """Ask what to wait for, and let time run to the first day on which it holds."""
        session = self.session
        session.pause()
        self.odc.state_changed()

        def decided(day: int | None) -> None:
            if day is not None and day > session.state.day:
                session.play(stop_on=self.odc.stops, until=day)

        self.app.push_screen(UntilDialog(session.state, session.orders.waiting), decided)

    def do_time_faster(self) -> None:
        """The next higher speed."""
        self.session.faster()

    def do_time_slower(self) -> None:
        """The next lower speed."""
        self.session.slower()

    # --- ask why ---------------------------------------------------------------------------------

    def question(self) -> Question:
        """What can be asked of this room; a subclass knows its figures and which is in focus."""
        return question_of(self.session.state, self.session.path.stem, None)

    def do_why_ask(self) -> None:
        """Take the figure in focus apart."""
        self.ask_why(self.question())

    def ask_why(self, question: Question, start: str = "") -> None:
        """Open the panel that takes figures apart. Time stands while the player reads.

        Args:
            question: what can be asked.
            start: id of the figure to begin with, if not the one in focus.
        """
        if not question.figures:
            self.tell(NOTHING)
            return
        was_running = self.session.running
        if was_running:
            self.do_time_toggle()

        def answered(_figure: str | None) -> None:
            if was_running:
                self.do_time_toggle()

        self.app.push_screen(question.dialog(self.session.state, start), answered)

    def on_click(self, event: events.Click) -> None:
        """A click on words that say a figure asks why."""
        if self.odc.session is None or self.selections:
            return
        question = self.question()
        widget, _ = self.get_widget_at(event.screen_x, event.screen_y)
        figure = clicked_figure(widget, event.screen_offset, question.figures)
        if figure is not None:
            event.stop()
            self.ask_why(question, figure)

    # --- campaign --------------------------------------------------------------------------------

    def do_campaign_save(self) -> None:
        """Write the campaign file, and say where it is."""
        if self.session.read_only:
            self.tell("This campaign is only read here, so nothing of it is saved.", "warning")
            return
        self.session.save()
        self.tell(f"Saved as {self.session.path.name}, in {self.session.path.parent}.")

    def do_campaign_log(self) -> None:
        """Open the message log."""
        self.odc.push_named("log")

    def do_campaign_goals(self) -> None:
        """Read what the scenario asks for. Time goes on behind the page."""
        state = self.session.state
        self.app.push_screen(ReadDialog(f"Objectives · {state.scenario.name}", goal_pieces(state), ""))

    def do_campaign_menu(self) -> None:
        """Pause and open the menu."""
        self.odc.pause_menu()

    def do_lesson_next(self) -> None:
        """Next step of the lesson."""
        self.odc.lesson_turn(1)

    def do_lesson_back(self) -> None:
        """The step before."""
        self.odc.lesson_turn(-1)

    def do_lesson_fold(self) -> None:
        """Fold the lesson, or open it."""
        self.odc.lesson_fold()

    def do_lesson_leave(self) -> None:
        """Leave the lesson, keep the campaign."""
        self.odc.lesson_leave()

    # --- rooms -----------------------------------------------------------------------------------

    def do_go_mission(self) -> None:
        """Go to mission control."""
        self.odc.go_to_room("mission")

    def do_go_design(self) -> None:
        """Go to the design bureau."""
        self.odc.go_to_room("design")

    def do_go_launch(self) -> None:
        """Go to the launch desk."""
        self.odc.go_to_room("launch")

    def do_go_swarm(self) -> None:
        """Go to the swarm."""
        self.odc.go_to_room("swarm")

    def do_go_finance(self) -> None:
        """Go to the books."""
        self.odc.go_to_room("finance")

    def do_go_forecast(self) -> None:
        """Go to the forecast."""
        self.odc.go_to_room("forecast")


def _saved_words(session: Session) -> str:
    """What the header says about the disk; what is not in the file yet is in the journal, so kept too."""
    if session.read_only:
        return "not saved"
    status = session.save_status
    return "kept" if status.kind == "unsaved" else status.text


def cash_trend(state: CampaignState) -> int:
    """The sign of what the last closed month left: 1 gained, -1 lost, 0 even."""
    left = state.month_revenue_cents - state.month_operations_cents
    return (left > 0) - (left < 0)


def order_words(order: Order) -> str:
    """What an order was, in two or three words."""
    words = {
        "design": "the design",
        "launch": "the launch",
        "cancel": "the cancelled flight",
        "load-policy": "the load policy",
        "workload": "the workload mix",
        "station-keep": "the station-keeping",
        "dispose": "the disposal",
        "standing": "the standing order",
        "drop-standing": "the dropped standing order",
        "raise": "the raise",
        "borrow": "the loan",
        "repay": "the repayment",
        "insure": "the insurance",
        "contract": "the contract",
        "advance": "the days",
    }
    return words[order.type]
