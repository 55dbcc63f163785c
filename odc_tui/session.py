"""One campaign being played: its newest state, its orders, time, and its way to the disk.

Everything here is called from the interface thread and returns soon: time passes in the simulation's thread,
files are written in another.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, cast

import engine
from engine.errors import SaveError
from engine.model.base import clean_text
from engine.orders import AdvanceTo
from engine.outcomes import Accepted, Rejected
from engine.playback import beginning, expand
from odc_tui.background import Background
from odc_tui.journal import Deed
from odc_tui.opening import Opened, Progress, open_files
from odc_tui.pace import TimeControls
from odc_tui.savefiles import Lock, Siblings, read_campaign
from odc_tui.saver import Saver, SaveStatus, Snapshot, Worker
from odc_tui.simrunner import SPEEDS, Frame, Sim, SimRunner, Speed
from odc_tui.standing import begin
from odc_tui.undo import Orders, Timeline, next_waiting

if TYPE_CHECKING:
    from engine.events import Event
    from engine.model.scenario import Scenario
    from engine.orders import Order
    from engine.outcomes import Fault
    from engine.state import CampaignState
    from engine.store.schema import CampaignFile, FileOrder
    from odc_tui.campaigns import Campaigns
    from odc_tui.gamedata import GameData
    from odc_tui.ports import EnginePort

__all__ = ["SPEEDS", "SaveStatus", "Session", "Speed", "World"]

LOG_LENGTH = 5_000
RETRY_TICKS = 10


def _quiet() -> None:
    """Tell nobody."""


def _now() -> dt.datetime:
    return dt.datetime.now().astimezone()


@dataclass(frozen=True, slots=True)
class World:
    """What a session is built from; the defaults are what the game uses.

    Attributes:
        data: catalogue, scenarios and rules.
        saves: the saves folder.
        post: called from the simulation's thread when a newer frame waits.
        sim: what lets time pass.
        engine: what carries orders out.
        worker: makes what writes files in the background.
        now: the player's clock.
    """

    data: GameData
    saves: Campaigns
    post: Callable[[], None] = _quiet
    sim: Callable[..., Sim] = SimRunner
    engine: EnginePort = field(default_factory=lambda: cast("EnginePort", engine))
    worker: Callable[[], Worker] = Background
    now: Callable[[], dt.datetime] = _now


class Session(TimeControls):
    """A campaign being played.

    Attributes:
        state: the newest state taken over.
        seconds: the clock within its day; view only.
        notices: lines to show once after opening.
        read_only: whether nothing is saved, because another program has the campaign or the folder is closed.
        log_version: rises whenever the log changes.
    """

    def __init__(self, world: World, opened: Opened, files: Siblings, lock: Lock) -> None:
        """Begin to play what has been opened; `new` and `open` are the doors.

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
        self._missed: Frame | None = None
        self._ticks = 0
        self._closed = False
        self._changed = False
        self._saver = Saver(files, opened.file, world.data, world.worker(), world.now, opened.whole_bytes)
        if opened.recovered:
            self._changed = True
            self.save()

    # --- doors -----------------------------------------------------------------------------------

    @classmethod
    def new(
        cls, data: GameData, saves: Campaigns, *, scenario: str, name: str, seed: int, **world: Any
    ) -> Self:
        """Begin a campaign and write its file.

        Args:
            data: catalogue, scenarios and rules.
            saves: the saves folder.
            scenario: id of a scenario.
            name: display name; the file name follows from it.
            seed: decides every draw.
            **world: further fields of `World`.

        Raises:
            KeyError: there is no such scenario.
        """
        chosen = data.scenarios[scenario]
        file = begin(data, chosen, clean_text(name) or chosen.name, seed)
        state = beginning(file, data.catalogue, data.scenarios)
        return cls._begin(World(data, saves, **world), file, Timeline(Orders(), state, 0), state, 0)

    @classmethod
    def open(
        cls,
        data: GameData,
        saves: Campaigns,
        which: str | Path,
        *,
        progress: Progress | None = None,
        **world: Any,
    ) -> Self:
        """Bring a campaign back; an example comes as a copy of the player's own.

        Args:
            data: catalogue, scenarios and rules.
            saves: the saves folder.
            which: slug of a campaign in it, or the path of a file.
            progress: told how far the playing of its orders has come.
            **world: further fields of `World`.

        Raises:
            SaveError: the file cannot be used, or the rules refuse one of its orders.
        """
        path = _path(saves, which)
        if path.resolve().parent == saves.examples_folder.resolve():
            path = saves.create(read_campaign(path))
        files = Siblings.of(path)
        lock = Lock(files.lock)
        lock.take()
        try:
            opened = open_files(files, data, ours=lock.held, progress=progress)
        except BaseException:
            lock.free()
            raise
        if not lock.held:
            opened = replace(opened, notices=(*opened.notices, _why_read_only(lock)))
        return cls(World(data, saves, **world), opened, files, lock)

    @classmethod
    def _begin(
        cls, world: World, file: CampaignFile, timeline: Timeline, state: CampaignState, carried: int
    ) -> Self:
        """Play on under a new file; if it cannot be written, without one."""
        notices: tuple[str, ...] = ()
        try:
            files = Siblings.of(world.saves.create(file))
        except SaveError as error:
            files = Siblings.of(world.saves.folder / "unsaved.toml")
            notices = (f"{error}. You can play, but nothing is saved.",)
        lock = Lock(files.lock)
        if not notices:
            lock.take()
        return cls(world, Opened(file, timeline, state, state.log, notices, 0, False, carried), files, lock)

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

    # --- orders ----------------------------------------------------------------------------------

    def check(self, order: Order) -> tuple[Fault, ...]:
        """Everything that speaks for and against an order."""
        return self._world.engine.check(self.state, order)

    def preview(self, order: Order) -> Accepted | Rejected:
        """What an order would do; nothing is kept."""
        return self._world.engine.apply(self.state, order)

    def give(self, order: Order) -> Accepted | Rejected:
        """Give an order; time may be running."""
        self._take_held()
        outcome = self._world.engine.apply(self.state, order)
        if isinstance(outcome, Rejected):
            self._sim.release()
            return outcome
        if isinstance(order, AdvanceTo):
            self._sim.adopt(outcome.state)
            self._arrive(outcome.state, outcome.events)
            self._note_time()
            self._give_due()
        else:
            self._keep(order, outcome, Deed("give", order))
        return outcome

    def _keep(self, order: FileOrder, outcome: Accepted, deed: Deed) -> None:
        """Take over what an order has made."""
        self._timeline.gave(order)
        self.state = outcome.state
        self._tell(outcome.events)
        self._note_time()
        self._note(deed)
        self._sim.adopt(outcome.state)

    @property
    def undo_order(self) -> Order | None:
        """The order that `undo` would take back."""
        since = self._timeline.since
        last = expand(since[-1], self.state.catalogue) if since else None
        return None if isinstance(last, Rejected) else last

    @property
    def redo_order(self) -> Order | None:
        """The order that `redo` would give again."""
        return self._timeline.undone[-1] if self._timeline.undone else None

    @property
    def can_undo(self) -> bool:
        """Whether an order was given since the last day that passed."""
        return bool(self._timeline.since)

    @property
    def can_redo(self) -> bool:
        """Whether an order was taken back and nothing has been done since."""
        return bool(self._timeline.undone)

    def undo(self) -> Order | None:
        """Take the last order back; None if a day has passed since, or there is none."""
        self._take_held()
        undone = self._timeline.undo(self._world.engine)
        if undone is None:
            self._sim.release()
            return None
        order, self.state = undone
        self._untell(order)
        self._note_time()
        self._note(Deed("undo"))
        self._sim.adopt(self.state)
        return order

    def redo(self) -> Order | None:
        """Give the order again that was last taken back; None if there is none or it is refused now."""
        order = self.redo_order
        if order is None:
            return None
        if isinstance(self.give(order), Rejected):
            self._timeline.undone.clear()
            return None
        return order

    # --- time ------------------------------------------------------------------------------------

    def sync(self) -> Frame | None:
        """Take the newest frame over; None if there is none."""
        frame = self._sim.take()
        if frame is None:
            frame, self._missed = self._missed, None
            return frame
        return self._take(frame)

    def _take_held(self) -> None:
        """Hold time and take over where it stands; a stop that happens to lie there is told by `sync`."""
        frame = self._take(self._sim.hold())
        if frame.stopped_by is not None or frame.refused is not None:
            self._missed = frame

    def _take(self, frame: Frame) -> Frame:
        self.seconds = frame.seconds
        self._arrive(frame.state, frame.events)
        refusal = self._give_due()
        stopped = frame.stopped_by is not None or frame.refused is not None or refusal is not None
        ended = not frame.running and (stopped or self._until is None or self.state.day >= self._until)
        if self._running and not frame.running and not ended:
            self._go_on()
            return replace(frame, state=self.state, running=True)
        self._running = frame.running
        if self._was_playing and not frame.running:
            self._was_playing = False
            self._autosave()
        return replace(frame, state=self.state, refused=frame.refused or refusal)

    def _arrive(self, state: CampaignState, events: tuple[Event, ...]) -> None:
        if state.day != self.state.day:
            self._changed = True
            self._timeline.passed(state)
        self.state = state
        self._tell(events)

    def _give_due(self) -> Rejected | None:
        """Give the orders of the file whose day has come; the first refusal stops time."""
        refusal: Rejected | None = None
        while (due := next_waiting(self._timeline.waiting)[0]) is not None and due <= self.state.day:
            order = cast("FileOrder", self._timeline.take_waiting())
            plain = expand(order, self.state.catalogue)
            outcome = plain if isinstance(plain, Rejected) else self._world.engine.apply(self.state, plain)
            if isinstance(outcome, Accepted):
                self._keep(order, outcome, Deed("take"))
            else:
                self._note_time()
                self._note(Deed("skip"))
                refusal = refusal or outcome
        return refusal

    def _untell(self, order: Order) -> None:
        """Drop from the log what an order that was taken back had said."""
        outcome = self._world.engine.apply(self.state, order)
        said = len(outcome.events) if isinstance(outcome, Accepted) else 0
        self._log = self._log[: len(self._log) - said]
        self.log_version += 1

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

    def save_as(self, name: str) -> Self:
        """Go on under another name; this session is closed, its file stays as it was last saved.

        Raises:
            SaveError: nothing of the name can be printed.
        """
        file = self._file.with_header(name=_clean(name))
        self._take_held()
        self._sim.release()
        session = self._begin(self._world, file, self._timeline, self.state, file.header.carried)
        session._log = self._log
        session._changed = True
        session.save()
        self.close()
        return session

    def rename(self, name: str) -> None:
        """Change what the campaign is called; its file keeps its name.

        Raises:
            SaveError: nothing of the name can be printed.
        """
        self._file = self._file.with_header(name=_clean(name))
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

    def close(self, timeout_s: float = 2.0) -> bool:
        """Stop time, write everything, let go of the campaign. A second call does nothing.

        Returns:
            Whether everything is written.
        """
        if self._closed:
            return not self.dirty
        self._closed = True
        self._take_held()
        self._sim.close(timeout_s / 4)
        self._autosave()
        written = self._saver.close(timeout_s * 3 / 4)
        self._lock.free()
        return written and not self.read_only


def _path(saves: Campaigns, which: str | Path) -> Path:
    """The file that a slug or a path means."""
    path = Path(which)
    if isinstance(which, Path) or path.suffix or len(path.parts) > 1:
        return path
    return saves.path(which)


def _why_read_only(lock: Lock) -> str:
    if lock.denied:
        return "The folder cannot be written, so nothing is saved. Save as a copy to go on."
    return "Another program plays this campaign, so nothing is saved here. Save as a copy to go on."


def _clean(name: str) -> str:
    cleaned = clean_text(name)
    if not cleaned:
        raise SaveError("a name needs at least one printable character", mend="type another name")
    return cleaned
