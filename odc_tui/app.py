"""The application: wiring between screens, settings, worker threads and the terminal."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from rich.text import Text
from textual import constants
from textual.filter import LineFilter
from textual.screen import Screen
from textual.worker import get_current_worker

import engine
from odc_tui import backstage, lessons, paths, settings, shutdown, terminal, theme
from odc_tui.asciify import AsciiFilter
from odc_tui.campaigning import CampaignApp
from odc_tui.crash import crash_text
from odc_tui.lazy import resolve
from odc_tui.messages import CampaignsFound, WarmUpFailed, WarmUpProgress, WorldReady
from odc_tui.present import choices
from odc_tui.present.globe import parse_mask
from odc_tui.screens.palette import OdcCommands
from odc_tui.screens.registry import import_screens, make_screen
from odc_tui.services import Progress, Services
from odc_tui.settings import Settings
from odc_tui.widgets.roles import role_variables

if TYPE_CHECKING:
    from odc_tui.campaigns import CampaignInfo
    from odc_tui.gamedata import GameData
    from odc_tui.guide import LessonRun
    from odc_tui.session import Session

_SCREENS_AFTER_S = 0.4
"""The rooms are imported while the player reads the title, not while the title is being drawn."""

_TURN_S = 0.001
"""So long the thread that lets days pass may keep Python to itself while a key waits; usual is 5 ms."""

__all__ = ["OdcApp", "build_app", "run"]


class OdcApp(CampaignApp):
    """Orbital Data Centre in a terminal.

    Attributes:
        ready: whether catalogue and engine are loaded.
        progress: the last word of the warm-up: steps done, steps in all, label.
        trouble: why the engine will never be ready; empty if all is well.
        listing: the campaigns in the saves folder, newest first.
        ascii_only: draw with ASCII characters alone.
        reduced_motion: move nothing that does not have to.
    """

    TITLE = "Orbital Data Centre"
    CSS_PATH = "app.tcss"
    COMMANDS: ClassVar[set[Any]] = {OdcCommands}

    def __init__(self, chosen: Settings, services: Services, complaint: str | None = None) -> None:
        super().__init__(chosen, services)
        self._complaint = complaint
        self._ascii_filter = AsciiFilter()
        self.ready = False
        self.trouble = ""
        self.progress = (0, 0, "starting")
        self.listing: tuple[CampaignInfo, ...] = ()
        self.file_to_open: Path | None = None
        self.globe_mask = parse_mask(services.read_asset("map/globe.txt"))
        for own in theme.THEMES:
            self.register_theme(own)
        self.theme = theme.chosen_theme(chosen.theme, chosen.no_color or self.no_color)

    @property
    def ascii_only(self) -> bool:
        """Whether to draw with ASCII characters alone."""
        return self.settings.ascii_mode

    @property
    def reduced_motion(self) -> bool:
        """Whether to keep still what does not have to move."""
        return self.settings.reduced_motion

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What every drawn line goes through: colour, and in ASCII mode the promise of ASCII."""
        filters = super().get_line_filters()
        return [*filters, self._ascii_filter] if self.ascii_only else filters

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The colours of the roles, which a theme may override."""
        return role_variables(self.current_theme.dark)

    # --- start -----------------------------------------------------------------------------------

    def get_default_screen(self) -> Screen[Any]:
        """The title lies below everything else."""
        return make_screen("title")

    def on_mount(self) -> None:
        """The title is coming up; load the rest once it is on the screen."""
        if self.reduced_motion:
            self.animation_level = "none"
        self.set_interval(1.0, self.heartbeat, name="heartbeat")
        self.call_after_refresh(self._begin_warm_up)

    def _begin_warm_up(self) -> None:
        if self._complaint:
            self.say(self._complaint, "warning", title="Settings", seconds=15)
        work = partial(backstage.load_world, self.services, self._post_from_thread)
        self.run_worker(work, thread=True, group="warm-up")

    def _post_from_thread(self, message: Any) -> None:
        if not get_current_worker().is_cancelled:
            self.post_message(message)

    def on_warm_up_progress(self, message: WarmUpProgress) -> None:
        """Show it on the title screen."""
        self.progress = (message.done, message.total, message.label)
        self._refresh_title()

    def on_campaigns_found(self, message: CampaignsFound) -> None:
        """Offer them."""
        self.saves = message.saves
        self.listing = message.listing
        self._refresh_title(menu=True)

    def on_world_ready(self, message: WorldReady) -> None:
        """Everything can be played."""
        self.data = message.data
        self.ready = True
        self.set_timer(_SCREENS_AFTER_S, self._import_screens, name="screens")
        if self.file_to_open is not None:
            self.open_campaign(self.file_to_open, self.file_to_open.stem)
        self._refresh_title(menu=True)

    def _import_screens(self) -> None:
        self.run_worker(import_screens, thread=True, group="screens")

    def on_warm_up_failed(self, message: WarmUpFailed) -> None:
        """Say why nothing can be played."""
        self.trouble = message.reason
        self._refresh_title()

    def look_for_campaigns(self) -> None:
        """Read the saves folder again."""
        if self.saves is not None:
            self.listing = self.saves.listing()
            self._refresh_title(menu=True)

    def _refresh_title(self, menu: bool = False) -> None:
        screen: Any = self.screen_stack[-1] if self.screen_stack else None
        if getattr(screen, "NAME", "") == "title":
            if menu:
                screen.refresh_menu()
            screen.refresh_progress()

    # --- ways into a campaign --------------------------------------------------------------------

    def new_seed(self) -> int:
        """A seed no one chose; the campaign file keeps it."""
        return int(self.services.clock() * 1000) % 2**31

    def start_first_flight(self) -> None:
        """Begin the guided first flight in a campaign of its own."""
        lesson = lessons.read("first-flight", self.services.read_asset)
        self.new_campaign(lesson.scenario, lesson.name, self.new_seed(), lesson)

    def start_sandbox(self) -> None:
        """Begin a campaign where everything is unlocked."""
        self.new_campaign("sandbox", "Sandbox", self.new_seed())

    def push_named(self, name: str) -> None:
        """Open a screen over this one."""
        self.push_screen(make_screen(name))

    def show_help(self, screen: str, campaign: bool) -> None:
        """Open the help for a screen."""
        self.push_screen(make_screen("help", screen, campaign))

    def pause_menu(self) -> None:
        """Pause, and ask what next."""
        if self.session is not None:
            self.session.pause()
            self.push_screen(make_screen("pause"), self._after_pause)

    async def _after_pause(self, choice: str | None) -> None:
        if choice == "title":
            await self.close_campaign()
        elif choice == "quit":
            self.leave()
        elif choice == "help" and self.room is not None:
            self.show_help(self.room.NAME, True)
        elif choice == "log":
            self.push_named("log")
        elif choice == "settings":
            self.push_named("preferences")
        elif choice == "save" and self.room is not None:
            self.room.do_campaign_save()

    # --- settings --------------------------------------------------------------------------------

    def keep(self, **changes: Any) -> None:
        """Change settings and write them; a disk that refuses is told, and play goes on."""
        self.settings = replace(self.settings, **changes)
        self._write_settings()

    def _write_settings(self) -> None:
        try:
            self.services.save_settings(self.settings)
        except OSError as error:
            reason = error.strerror or str(error)
            self.say(f"The settings could not be written: {reason}. They hold until you quit.", "warning")

    def change_setting(self, key: str) -> None:
        """Change one line of the settings, show it everywhere, and remember it.

        Args:
            key: of a line of `present.choices.rows`.
        """
        names = [own.name for own in theme.THEMES]
        self.settings = choices.changed(self.settings, key, self.theme, names)
        if key == "theme":
            self.theme = self.settings.theme
        if key == "ascii_mode":
            self.refresh_css(animate=False)
        if key == "reduced_motion":
            self.animation_level = "none" if self.reduced_motion else constants.TEXTUAL_ANIMATIONS
        self._write_settings()

    def next_theme(self) -> None:
        """Change to the next of the game's themes, and remember it."""
        self.change_setting("theme")

    def campaign_entered(self, session: Session) -> None:
        """Remember what "Continue" should open, and let the collector leave alone what stays."""
        self.services.settle_memory()
        self.keep(last_campaign=session.path.stem)
        self.mark_lesson()

    def lesson_of(self, session: Session) -> LessonRun | None:
        """The lesson that was under way in a campaign when it was left."""
        return lessons.left_in(session.path.stem, self.settings.lesson, self.services.read_asset)

    def mark_lesson(self) -> None:
        """Remember where the lesson stands, for when the campaign is opened again."""
        if self.session is not None:
            mark = lessons.bookmark(self.lesson, self.session.path.stem, self.settings.lesson)
            if mark != self.settings.lesson:
                self.keep(lesson=mark)

    def lesson_finished(self, lesson_id: str) -> None:
        """Remember that it is done."""
        if lesson_id not in self.settings.lessons_done:
            self.keep(lessons_done=(*self.settings.lessons_done, lesson_id))

    # --- the end ---------------------------------------------------------------------------------

    def leave(self) -> None:
        """Write everything and go."""
        if self.session is not None:
            self.session.close()
        self.exit(0)

    async def action_quit(self) -> None:
        """Textual's own quit key does the same."""
        self.leave()

    def action_help_quit(self) -> None:
        """A press of ctrl+c is often a reflex: say how to leave."""
        self.say("Press q to leave. Nothing is lost: every order is on disk already.")

    def request_exit(self, _signal: str = "") -> None:
        """Leave soon; may be called from a signal handler."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self.leave)

    def heartbeat(self) -> None:
        """Once a second: is there still a terminal, and does the session want to write?"""
        if not self.is_headless and sys.__stdin__ is not None and terminal.hung_up(sys.__stdin__.fileno()):
            self.leave()
        super().heartbeat()

    def _fatal_error(self) -> None:
        # What breaks while the application goes down says less than what broke first.
        if not self._exit_renderables:
            self._exit_renderables.append(Text(self._last_words()))
        self._close_messages_no_wait()

    def _last_words(self) -> str:
        error = self._exception or RuntimeError("an unknown error")
        session = self.session
        if session is None:
            return crash_text(error, None, self.services.crash_log)
        status = session.save_status
        unsaved = status.text if status.kind == "trouble" or session.read_only else ""
        return crash_text(error, session.path, self.services.crash_log, unsaved)


def build_app(chosen: Settings, services: Services, complaint: str | None = None) -> OdcApp:
    """The application, from what it is given alone.

    Args:
        chosen: settings.
        services: data, saves, engine, clock.
        complaint: what was wrong with the settings file, to be shown once.
    """
    return OdcApp(chosen, services, complaint)


def _load_data() -> GameData:
    data: GameData = resolve("odc_tui.gamedata:load_game_data")()
    return data


def _warm_up(progress: Progress) -> None:
    engine.warm_up(progress, resolve("odc_tui.helper:start"))
    # What is loaded by now stays for good: the collector need not walk it again and again while one plays.
    gc.freeze()
    gc.enable()


def run(saves_dir: Path, file: Path | None = None) -> int:
    """Play in this terminal.

    Args:
        saves_dir: the folder of the campaigns.
        file: a campaign file to open at once, or None for the title screen.

    Returns:
        Exit code.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        sys.stderr.write("odc plays in a terminal; use `odc run FILE` for pipes and scripts.\n")
        return 2
    # Loading makes much and drops little; collecting meanwhile costs a tenth of the time it takes.
    gc.disable()
    loaded = settings.load(paths.config_file())
    services = Services(
        load_data=_load_data,
        open_saves=lambda: resolve("odc_tui.campaigns:Campaigns")(saves_dir),
        warm_up=_warm_up,
        read_asset=lambda name: (paths.assets_dir() / name).read_text("utf-8"),
        save_settings=lambda changed: settings.save(changed, paths.config_file()),
        crash_log=paths.log_dir() / time.strftime("crash-%Y%m%d-%H%M%S.txt", time.gmtime()),
    )
    app = build_app(loaded.settings, services, loaded.complaint)
    app.file_to_open = file
    shutdown.install(app.request_exit)
    sys.setswitchinterval(_TURN_S)
    try:
        app.run(mouse=loaded.settings.mouse)
    finally:
        if app.session is not None:
            app.session.close()
    return app.return_code or 0
