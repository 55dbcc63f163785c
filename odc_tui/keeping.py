"""The half of a session that keeps a campaign: what it is, what has happened in it, its way to the disk."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import SaveError
from engine.model.base import clean_text
from engine.orders import AdvanceTo
from odc_tui.journal import Deed, with_orders
from odc_tui.opening import Opened
from odc_tui.pace import TimeControls
from odc_tui.savefiles import Lock, Siblings
from odc_tui.saver import Saver, SaveStatus, Snapshot
from odc_tui.undo import Orders

if TYPE_CHECKING:
    from engine.events import Event
    from engine.model.scenario import Scenario
    from engine.store.schema import CampaignFile
    from odc_tui.world import World

__all__ = ["KeptCampaign", "clean_name"]

LOG_LENGTH = 5_000
RETRY_TICKS = 10


class KeptCampaign(TimeControls):
    """A campaign with its newest state, its log and its files.

    Attributes:
        state: the newest state taken over.
        seconds: the clock within its day; view only.
        notices: lines to show once after opening.
        read_only: whether nothing is saved, because another program has the campaign or the folder is closed.
        log_version: rises whenever the log changes.
    """

    def __init__(self, world: World, opened: Opened, files: Siblings, lock: Lock) -> None:
        """Begin to keep what has been opened.

        Args:
            world: what the session is built from.
            opened: the campaign.
            files: where it lies.
            lock: the right to write it, if we have that.
        """
        sim = world.sim(world.engine, opened.state, world.post)
        super().__init__(sim, opened.timeline)
        self.state = opened.state
        self.seconds = 0.0
        self.notices = opened.notices
        self.read_only = not lock.held
        self.log_version = 0
        self._world = world
        self._lock = lock
        self._file = opened.file.with_header(carried=opened.carried)
        self._log: list[Event] = list(opened.log)[-LOG_LENGTH:]
        self._noted_day = opened.state.day
        self._ticks = 0
        self._changed = False
        self._saver = Saver(files, opened.file, world.data, world.worker(), world.now, opened.whole_bytes)
        if opened.recovered:
            self._changed = True
            self.save()

    # --- what it is ------------------------------------------------------------------------------

    @property
    def name(self) -> str:
        """What the player calls the campaign."""
        return self._file.name

    @property
    def scenario(self) -> Scenario:
        """What it started from."""
        return self.state.scenario

    @property
    def path(self) -> Path:
        """Its campaign file."""
        return self._saver.files.file

    @property
    def instant(self) -> dt.datetime:
        """The date and the clock within the day, UTC."""
        midnight = dt.datetime.combine(self.state.date, dt.time(), dt.UTC)
        return midnight + dt.timedelta(seconds=self.seconds)

    @property
    def log(self) -> tuple[Event, ...]:
        """What has happened, oldest first."""
        return tuple(self._log)

    @property
    def orders(self) -> Orders:
        """The orders given, and those of the file that wait for their day."""
        return Orders(self._timeline.given, self._timeline.waiting)

    @property
    def file(self) -> CampaignFile:
        """The campaign file with all orders so far, those that wait among them."""
        return with_orders(self._file, self.orders)

    def _tell(self, events: tuple[Event, ...]) -> None:
        if events:
            self._log = [*self._log, *events][-LOG_LENGTH:]
            self.log_version += 1

    # --- the way to the disk ---------------------------------------------------------------------

    @property
    def dirty(self) -> bool:
        """Whether the campaign file lacks something."""
        return self._changed or self._saver.dirty

    @property
    def save_status(self) -> SaveStatus:
        """What the header says about saving."""
        if self.read_only:
            return SaveStatus("read-only, not saved", "unsaved")
        status = self._saver.status
        return SaveStatus("unsaved", "unsaved") if self._changed and status.kind == "saved" else status

    def _autosave(self) -> None:
        if self._changed:
            self.save()

    def save(self) -> None:
        """Write the campaign file in the background."""
        if self.read_only:
            return
        self._note_time()
        self._changed = False
        timeline = self._timeline
        self._saver.save(
            Snapshot(
                file=self._file,
                state=self.state,
                orders=self.orders,
                hash=timeline.hash,
                base=timeline.base,
                base_count=timeline.base_count,
                base_hash=timeline.base_hash,
            )
        )

    def rename(self, name: str) -> None:
        """Change what the campaign is called; its file keeps its name.

        Raises:
            SaveError: nothing of the name can be printed.
        """
        self._file = self._file.with_header(name=clean_name(name))
        self._changed = True
        self.save()

    def tick(self) -> None:
        """About once a second: note the time that has passed, and try again what could not be written."""
        self._note_time()
        self._ticks += 1
        if self._saver.in_trouble and self._ticks % RETRY_TICKS == 0:
            self.save()

    def _note(self, deed: Deed) -> None:
        self._changed = True
        if not self.read_only:
            self._saver.note(deed)

    def _note_time(self) -> None:
        if self.state.day != self._noted_day:
            self._noted_day = self.state.day
            self._note(Deed("give", AdvanceTo(date=self.state.date)))


def clean_name(name: str) -> str:
    """A display name as a campaign may have it.

    Raises:
        SaveError: nothing of it can be printed.
    """
    cleaned = clean_text(name)
    if not cleaned:
        raise SaveError("a name needs at least one printable character", mend="type another name")
    return cleaned
