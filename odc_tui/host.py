"""What screens may ask of the application around them; they know no more of it than this."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from engine.events import EventKind
    from engine.model.scenario import Difficulty
    from odc_tui.campaigns import CampaignInfo, Campaigns
    from odc_tui.gamedata import GameData
    from odc_tui.guide import Lesson, LessonRun
    from odc_tui.present.moments import Tone
    from odc_tui.services import Services
    from odc_tui.session import Session
    from odc_tui.settings import Settings

__all__ = ["Host"]


class Host(Protocol):
    """The application as its screens see it; `app.OdcApp` is one.

    Attributes:
        theme: name of the colours in use.
        settings: what the player has chosen about the program.
        services: the world around the application.
        session: the campaign being played, if any.
        lesson: the lesson under way, if any.
        data: catalogue, scenarios and rules; None until they are loaded.
        saves: the saves folder; None until it is read.
        listing: the campaigns in it, newest first.
        ready: whether catalogue and engine are loaded.
        progress: the last word of the warm-up: steps done, steps in all, label.
        trouble: why the engine will never be ready; empty if all is well.
        globe_mask: land and sea for the title.
    """

    theme: str
    settings: Settings
    services: Services
    session: Session | None
    lesson: LessonRun | None
    data: GameData | None
    saves: Campaigns | None
    listing: tuple[CampaignInfo, ...]
    ready: bool
    progress: tuple[int, int, str]
    trouble: str
    globe_mask: tuple[str, ...]

    @property
    def ascii_only(self) -> bool:
        """Whether to draw with ASCII characters alone."""

    @property
    def reduced_motion(self) -> bool:
        """Whether to keep still what does not have to move."""

    @property
    def room(self) -> object | None:
        """The room of the campaign that is in front, or lies below a dialog."""

    @property
    def stops(self) -> frozenset[EventKind]:
        """The kinds of events that stop time."""

    # --- saying and going ------------------------------------------------------------------------

    def say(self, text: str, tone: Tone = "information", *, title: str = "", seconds: float = 6) -> None:
        """Say something in passing."""

    def push_named(self, name: str) -> None:
        """Open a screen over this one."""

    def show_help(self, screen: str, campaign: bool) -> None:
        """Open the help for a screen."""

    def pause_menu(self) -> None:
        """Pause, and ask what next."""

    def go_to_room(self, name: str) -> None:
        """Change from one room to another."""

    def leave(self) -> None:
        """Write everything and go."""

    # --- campaigns -------------------------------------------------------------------------------

    def new_seed(self) -> int:
        """A seed no one chose."""

    def new_campaign(
        self,
        scenario: str,
        name: str,
        seed: int,
        lesson: Lesson | None = None,
        difficulty: Difficulty | None = None,
        company: str | None = None,
    ) -> None:
        """Begin a campaign."""

    def open_campaign(self, which: str | Path, name: str) -> None:
        """Open a saved campaign."""

    def start_first_flight(self) -> None:
        """Begin the guided first flight."""

    def start_sandbox(self) -> None:
        """Begin a campaign where everything is unlocked."""

    def look_for_campaigns(self) -> None:
        """Read the saves folder again."""

    def state_changed(self) -> None:
        """The session's state is another one: show it."""

    # --- lesson and settings ---------------------------------------------------------------------

    def follow_lesson(self) -> None:
        """See whether the step of the lesson is done, and show it."""

    def lesson_turn(self, steps: int) -> None:
        """Go some steps on or back in the lesson."""

    def lesson_fold(self) -> None:
        """Fold the lesson to a line, or open it."""

    def lesson_leave(self) -> None:
        """Leave the lesson, keep the campaign."""

    def change_setting(self, key: str) -> None:
        """Change one line of the settings."""

    def next_theme(self) -> None:
        """Change to the next theme."""
