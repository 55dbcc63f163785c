"""The half of the application that knows a campaign: opening, frames, rooms, the lesson, closing."""

from __future__ import annotations

import datetime as dt
import threading
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from textual.app import App

import engine
from engine.events import day_of
from odc_tui import backstage
from odc_tui.actions.common import ROOMS
from odc_tui.backstage import Opener
from odc_tui.guide import Facts, Lesson, LessonRun
from odc_tui.lazy import resolve
from odc_tui.messages import CampaignFailed, CampaignOpened, FrameReady, OpeningProgress
from odc_tui.present import moments
from odc_tui.present.moments import LIVE_RATE, Tone
from odc_tui.screens.busy import BusyScreen
from odc_tui.screens.registry import make_screen
from odc_tui.services import Services
from odc_tui.settings import Settings

if TYPE_CHECKING:
    from engine.events import EventKind
    from engine.model.scenario import Difficulty
    from odc_tui.campaigns import Campaigns
    from odc_tui.gamedata import GameData
    from odc_tui.screens.campaign import CampaignScreen
    from odc_tui.session import Session
    from odc_tui.simrunner import Frame

__all__ = ["CampaignApp"]

ROOM_NAMES = tuple(name for name, _, _ in ROOMS)


class CampaignApp(App[int]):
    """An application with at most one campaign open.

    Attributes:
        settings: what the player has chosen about the program.
        services: the world around the application.
        session: the campaign being played, if any.
        lesson: the lesson under way, if any.
        data: catalogue, scenarios and rules; None until they are loaded.
        saves: the saves folder; None until it is read.
    """

    def __init__(self, chosen: Settings, services: Services) -> None:
        self.settings = chosen
        self.services = services
        super().__init__()
        self.session: Session | None = None
        self.lesson: LessonRun | None = None
        self.data: GameData | None = None
        self.saves: Campaigns | None = None

    def say(self, text: str, tone: Tone = "information", *, title: str = "", seconds: float = 6) -> None:
        """Say something in passing, in place of what was said before. The text is never read as markup.

        Args:
            text: what to say; what matters longer is in the message log.
            tone: how loudly.
            title: a word or two before it.
            seconds: how long it stays.
        """
        self.clear_notifications()
        said = f"{title}: {text}" if title else text
        self.notify(said, severity=tone, markup=False, timeout=seconds)

    def clear_notifications(self) -> None:
        """Take back what was said. Textual leaves its frame behind, and that would push the next one down."""
        super().clear_notifications()
        for screen in self.screen_stack:
            screen.query("ToastHolder").remove()

    # --- opening and closing ---------------------------------------------------------------------

    def new_campaign(
        self,
        scenario: str,
        name: str,
        seed: int,
        lesson: Lesson | None = None,
        difficulty: Difficulty | None = None,
        company: str | None = None,
    ) -> None:
        """Begin a campaign and go to mission control.

        Args:
            scenario: scenario id.
            name: display name; the file name follows from it.
            seed: decides the campaign's luck.
            lesson: the lesson to begin with it.
            difficulty: sliders that stand elsewhere than in the scenario.
            company: id of the company to lead, if not the scenario's.
        """
        campaign = {"scenario": scenario, "name": name, "seed": seed}

        def opener(_progress: object) -> Session:
            new = resolve("odc_tui.session:Session.new")
            chosen = {**campaign, "difficulty": difficulty, "company": company}
            made = new(self.data, self.saves, **chosen, **self._world)
            return cast("Session", made)

        self._open(opener, lesson, f"Beginning {name}", resumed=False)

    def open_campaign(self, which: str | Path, name: str) -> None:
        """Open a saved campaign and go to mission control.

        Args:
            which: slug of a campaign, or the path of a file.
            name: what to call it while it opens.
        """

        def opener(progress: object) -> Session:
            reopen = resolve("odc_tui.session:Session.open")
            return cast("Session", reopen(self.data, self.saves, which, progress=progress, **self._world))

        self._open(opener, None, f"Opening {name}", resumed=True)

    @property
    def _world(self) -> dict[str, Any]:
        """What a session is built from besides data and saves."""
        chosen = {"sim": self.services.sim, "worker": self.services.writer}
        others = {name: made for name, made in chosen.items() if made is not None}
        return {"post": self._post_frame, "now": self._now, **others}

    def _now(self) -> dt.datetime:
        return dt.datetime.fromtimestamp(self.services.clock()).astimezone()

    def _open(self, opener: Opener, lesson: Lesson | None, title: str, *, resumed: bool) -> None:
        given_up = threading.Event()
        self.push_screen(BusyScreen(title, given_up.set))
        work = partial(backstage.open_campaign, opener, lesson, resumed, self.post_message, given_up.is_set)
        self.run_worker(work, thread=True, group="opening", exit_on_error=True)

    def _post_frame(self) -> None:
        self.post_message(FrameReady())

    def on_opening_progress(self, message: OpeningProgress) -> None:
        """Pass progress on to the screen that shows it."""
        if isinstance(self.screen, BusyScreen):
            self.screen.show(message.share, message.label)

    def on_campaign_failed(self, message: CampaignFailed) -> None:
        """Say why, back where the player came from."""
        self._drop_busy()
        if message.reason:
            self.say(message.reason, "error", title="Not opened", seconds=20)
        else:
            self.say("Not opened. The campaign is as it was.")

    async def on_campaign_opened(self, message: CampaignOpened) -> None:
        """Go to mission control, with the lesson if there is one."""
        await self.close_campaign()
        self.session = message.session
        self.lesson = (
            LessonRun(message.lesson) if message.lesson is not None else self.lesson_of(message.session)
        )
        await self.push_room("mission")
        if message.session.notices:
            self.say("\n".join(message.session.notices), seconds=15)
        self.campaign_entered(message.session)
        if message.resumed and self.settings.briefing:
            self._brief(message.session)

    def _brief(self, session: Session) -> None:
        """Sum the campaign up for a player who comes back, unless it has yet to begin."""
        if session.state.day > day_of(session.state.scenario.start_date):
            self.push_screen(resolve("odc_tui.screens.resume:ResumeScreen")(session))

    def campaign_entered(self, session: Session) -> None:
        """A campaign has just been opened; the application remembers it."""

    def _drop_busy(self) -> None:
        if isinstance(self.screen, BusyScreen):
            self.pop_screen()

    async def close_campaign(self) -> None:
        """Write everything, let go of the campaign, and go back to the title screen."""
        if self.session is not None:
            self.session.close()
        self.session = None
        self.lesson = None
        while len(self.screen_stack) > 1:
            await self.pop_screen()
        for name in ROOM_NAMES:
            if self.is_screen_installed(name):
                room = self.get_screen(name)
                self.uninstall_screen(name)
                if room.is_running:
                    await room.remove()

    # --- rooms -----------------------------------------------------------------------------------

    def _room(self, name: str) -> str:
        if not self.is_screen_installed(name):
            self.install_screen(make_screen(name), name)
        return name

    async def push_room(self, name: str) -> None:
        """Put a room on top of the title screen."""
        await self.push_screen(self._room(name))

    def go_to_room(self, name: str) -> None:
        """Change from one room to another."""
        if self.room is not None and name != self.room.NAME:
            self.clear_notifications()
            self.switch_screen(self._room(name))

    @property
    def room(self) -> CampaignScreen | None:
        """The room in sight: in front, or behind a dialog."""
        for screen in reversed(self.screen_stack):
            if getattr(screen, "CAMPAIGN", False):
                return cast("CampaignScreen", screen)
            if not screen.is_modal:
                return None
        return None

    # --- time and state --------------------------------------------------------------------------

    def state_changed(self) -> None:
        """The session's state is another one: show it, and see whether the lesson goes on."""
        if self.room is not None:
            self.room.show_state()
        self.follow_lesson()

    def on_frame_ready(self) -> None:
        """Take the newest frame over and show it."""
        if self.session is None:
            return
        before = self.session.state
        frame = self.session.sync()
        if frame is None:
            return
        if self.room is not None:
            self.room.show_frame(frame, frame.state is not before)
        self._tell_stop(frame)
        self.follow_lesson()

    def _tell_stop(self, frame: Frame) -> None:
        said = moments.stop_notice(frame.stopped_by, frame.refused)
        if said is not None:
            self.say(said.text, said.tone, title=said.title, seconds=10)
            if self.room is not None:
                self.room.refresh_chrome()

    def heartbeat(self) -> None:
        """Once a second: let the session keep its journal, and the header say so."""
        if self.session is not None:
            self.session.tick()
            if self.room is not None:
                self.room.refresh_header()

    @property
    def stops(self) -> frozenset[EventKind]:
        """The kinds of events that stop time: those the player chose, and those the lesson waits for."""
        lesson = self.lesson.lesson.stop_on if self.lesson is not None else frozenset()
        return self.settings.auto_pause | lesson

    # --- the lesson ------------------------------------------------------------------------------

    def follow_lesson(self) -> None:
        """See whether the step of the lesson is done, and show it."""
        if self.lesson is None or self.session is None:
            return
        room = self.room
        done = self.lesson.follow(facts_of(self.session, room.NAME if room is not None else ""))
        if done is None:
            return
        if done.pause:
            self.session.pause()
        self._lesson_moved()
        self.follow_lesson()

    def lesson_turn(self, steps: int) -> None:
        """Go some steps on or back in the lesson."""
        if self.lesson is not None:
            self.lesson.turn(steps)
            self._lesson_moved()
            self.follow_lesson()  # what the step finds is where its changes are counted from

    def lesson_fold(self) -> None:
        """Fold the lesson to a line, or open it."""
        if self.lesson is not None:
            self.lesson.folded = not self.lesson.folded
            self._lesson_moved()

    def lesson_leave(self) -> None:
        """Leave the lesson, keep the campaign."""
        self.lesson = None
        self._lesson_moved()

    def _lesson_moved(self) -> None:
        if self.lesson is not None and self.lesson.finished:
            self.lesson_finished(self.lesson.lesson.id)
            self.lesson = None
        self.mark_lesson()
        if self.room is not None:
            self.room.show_lesson()
            self.room.refresh_chrome()

    def lesson_of(self, session: Session) -> LessonRun | None:
        """The lesson that was under way in a campaign when it was left."""

    def mark_lesson(self) -> None:
        """The lesson has moved; the application remembers where it stands."""

    def lesson_finished(self, lesson_id: str) -> None:
        """A lesson has been taken to its end; the application remembers it."""


def facts_of(session: Session, room: str) -> Facts:
    """What conditions look at, from a session and the name of the room in sight."""
    state = session.state
    fleet = engine.fleet_report(state)
    batches = engine.batch_reports(state)
    sunlit = engine.telemetry(state, 0, session.seconds).now.sunlit if batches else None
    return Facts(
        room=room,
        designs=len(state.designs),
        flights_booked=sum(booking.left for booking in state.bookings),
        flights_flown=state.totals.flights,
        in_orbit=fleet.satellites_alive,
        delivered_pflops=fleet.delivered_pflops,
        in_sun=sunlit,
        policies=tuple(batch.load_policy for batch in batches),
        running=session.running,
        live=not session.running or session.speed.rate <= LIVE_RATE,
        mixes=tuple(tuple(sorted(batch.mix.items())) for batch in batches),
    )
