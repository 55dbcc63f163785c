"""One campaign being played: opened, given orders, let run, taken back, closed.

Everything here is called from the interface thread and returns soon: time passes in the simulation's thread,
files are written in another.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, cast

from engine.errors import SaveError
from engine.events import date_of, day_of
from engine.model.base import clean_text
from engine.orders import AdvanceTo
from engine.outcomes import Accepted, Rejected
from engine.playback import beginning, expand
from odc_tui.journal import Deed
from odc_tui.keeping import KeptCampaign, clean_name
from odc_tui.opening import Opened, Progress, open_files
from odc_tui.savefiles import Lock, Siblings, read_campaign
from odc_tui.saver import SaveStatus
from odc_tui.simrunner import SPEEDS, Frame, Speed
from odc_tui.standing import begin
from odc_tui.undo import Orders, Timeline, next_waiting
from odc_tui.world import World

if TYPE_CHECKING:
    from engine.events import Event
    from engine.model.scenario import Difficulty
    from engine.orders import Order
    from engine.outcomes import Fault
    from engine.state import CampaignState
    from engine.store.schema import CampaignFile, FileOrder
    from odc_tui.campaigns import Campaigns
    from odc_tui.gamedata import GameData

__all__ = ["SPEEDS", "SaveStatus", "Session", "Speed", "World"]


class Session(KeptCampaign):
    """A campaign being played."""

    def __init__(self, world: World, opened: Opened, files: Siblings, lock: Lock) -> None:
        """Begin to play what has been opened; `new` and `open` are the doors.

        Args:
            world: what the session is built from.
            opened: the campaign.
            files: where it lies.
            lock: the right to write it, if we have that.
        """
        super().__init__(world, opened, files, lock)
        self._missed: Frame | None = None
        self._closed = False

    # --- doors -----------------------------------------------------------------------------------

    @classmethod
    def new(
        cls,
        data: GameData,
        saves: Campaigns,
        *,
        scenario: str,
        name: str,
        seed: int,
        difficulty: Difficulty | None = None,
        company: str | None = None,
        **world: Any,
    ) -> Self:
        """Begin a campaign and write its file.

        Args:
            data: catalogue, scenarios and rules.
            saves: the saves folder.
            scenario: id of a scenario.
            name: display name; the file name follows from it.
            seed: decides every draw.
            difficulty: sliders that stand elsewhere than in the scenario.
            company: id of the company to lead, if not the scenario's.
            **world: further fields of `World`.

        Raises:
            KeyError: there is no such scenario.
        """
        chosen = data.scenarios[scenario]
        file = begin(data, chosen, clean_text(name) or chosen.name, seed, difficulty, company)
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
        if isinstance(order, AdvanceTo):
            self._stop_for_waiting(order)
        outcome = self._world.engine.apply(self.state, order)
        if isinstance(outcome, Rejected):
            self._sim.release()
        elif isinstance(order, AdvanceTo):
            self._sim.adopt(outcome.state)
            self._arrive(outcome.state, outcome.events)
            self._note_time()
            self._give_due()
        else:
            self._keep(order, outcome, Deed("give", order))
        return outcome

    def _stop_for_waiting(self, order: AdvanceTo) -> None:
        """Advance by stages to the days of the orders that wait, if they lie before the day asked for."""
        due = next_waiting(self._timeline.waiting)[0]
        if due is not None and self.state.day < due < day_of(order.date):
            self.give(AdvanceTo(date=date_of(due)))
            self._stop_for_waiting(order)

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
        if self._settling and not frame.running:
            self._settling = False
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

    def save_as(self, name: str) -> Self:
        """Go on under another name; this session is closed, its file stays as it was last saved.

        Raises:
            SaveError: nothing of the name can be printed.
        """
        file = self._file.with_header(name=clean_name(name))
        self._take_held()
        self._sim.release()
        session = self._begin(self._world, file, self._timeline, self.state, file.header.carried)
        session._log = self._log
        session._changed = True
        session.save()
        self.close()
        return session

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
