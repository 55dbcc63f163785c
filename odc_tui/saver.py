"""How a campaign being played reaches the disk: the journal at once, the campaign file in the background.

Trouble never stops the game. If the journal cannot be written, it rests until the whole file has been, since
a journal with a gap would be worse than none; meanwhile the status says that nothing is saved and why.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from engine.store.checkpoint import Origin, encode, scenario_hash
from engine.store.codec import orders_hash
from odc_tui import atomic
from odc_tui.journal import Deed, Journal
from odc_tui.savefiles import Siblings, trouble, write_campaign
from odc_tui.standing import catalogue_mark, stand_at
from odc_tui.undo import split_at_stop

if TYPE_CHECKING:
    from engine.state import CampaignState
    from engine.store.schema import CampaignFile
    from odc_tui.gamedata import GameData
    from odc_tui.undo import Orders

__all__ = ["SaveStatus", "Saver", "Snapshot", "Worker"]

Kind = Literal["saved", "saving", "unsaved", "trouble"]


@dataclass(frozen=True, slots=True)
class SaveStatus:
    """What the header says about saving.

    Attributes:
        text: a few words.
        kind: `saved`, `saving`, `unsaved` (there is more to write) or `trouble` (it cannot be written).
    """

    text: str
    kind: Kind


class Worker(Protocol):
    """What does jobs in the background."""

    def submit(self, job: Callable[[], None]) -> None:
        """Do a job soon."""

    def wait(self, timeout_s: float) -> bool:
        """Wait until every job is done."""

    def close(self) -> None:
        """No more jobs will come."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All that a save writes, frozen at one instant.

    Attributes:
        file: the campaign file so far: header and layout.
        state: the campaign.
        orders: the orders given and waiting.
        hash: hash of the orders given.
        base: the state right after the last day that passed.
        base_count: how many orders lie before it.
        base_hash: hash of those.
    """

    file: CampaignFile
    state: CampaignState
    orders: Orders
    hash: str
    base: CampaignState
    base_count: int
    base_hash: str


class Saver:
    """Writes one campaign. Its methods are for the interface thread; the writing is done by the worker.

    Attributes:
        files: where.
        file: the campaign file as last written.
        status: what the header says.
        dirty: whether the campaign file lacks something.
    """

    def __init__(
        self,
        files: Siblings,
        file: CampaignFile,
        data: GameData,
        worker: Worker,
        now: Callable[[], dt.datetime],
        whole_bytes: int = 0,
    ) -> None:
        """Prepare to write.

        Args:
            files: where.
            file: the campaign file as it is on disk.
            data: what the campaign is played with.
            worker: does what may wait for the disk.
            now: the player's clock, for the status.
            whole_bytes: how much of a journal left behind is kept.
        """
        self.files = files
        self.file = file
        self.status = SaveStatus("saved", "saved")
        self.dirty = False
        self._data = data
        self._worker = worker
        self._now = now
        base = orders_hash(split_at_stop(file).given)
        self._journal = Journal(files.journal, base, whole_bytes)
        self._gap = False
        self._writing: Snapshot | None = None
        self._next: Snapshot | None = None
        self._guard = threading.RLock()

    @property
    def in_trouble(self) -> bool:
        """Whether something could not be written: then only writing the whole file makes it safe."""
        return self._gap

    def note(self, *deeds: Deed) -> None:
        """Write deeds into the journal, at once."""
        with self._guard:
            self.dirty = True
            if self._gap or not self._append(*deeds):
                return
            if self._writing is None:
                self.status = SaveStatus("unsaved", "unsaved")
        self._worker.submit(self._push)

    def save(self, snapshot: Snapshot) -> None:
        """Write the campaign file in the background; if one is being written, this one follows."""
        with self._guard:
            self.dirty = False
            if not self._gap:
                self._append(Deed("mark", mark=snapshot.hash))
            self.status = SaveStatus("saving", "saving")
            if self._writing is not None:
                self._next = snapshot
                return
            self._writing = snapshot
        self._worker.submit(self._write)

    def close(self, timeout_s: float) -> bool:
        """Wait for what is being written, and let go.

        Returns:
            Whether the campaign file holds everything.
        """
        done = self._worker.wait(timeout_s)
        self._journal.close()
        self._worker.close()
        return done and not self.dirty

    def _append(self, *deeds: Deed) -> bool:
        try:
            for deed in deeds:
                self._journal.append(deed)
        except OSError as error:
            self._fail(error)
            return False
        return True

    def _push(self) -> None:
        with contextlib.suppress(OSError):
            self._journal.push()

    def _write(self) -> None:
        """Write the file, start the journal anew, then the checkpoint, which may fail."""
        snapshot = self._writing
        if snapshot is None:
            return
        try:
            file = stand_at(snapshot.file, snapshot.state, snapshot.orders, self._data)
            write_campaign(self.files.file, file)
        except Exception as error:  # whatever it is, the game goes on and the header tells
            self._failed(error)
        else:
            self._written(file, snapshot.hash)
            with contextlib.suppress(OSError):
                self._write_checkpoint(snapshot)
        if self._writing is not None:
            self._worker.submit(self._write)

    def _written(self, file: CampaignFile, base: str) -> None:
        """Note what the campaign file now holds, and go on to the next snapshot if one waits."""
        with self._guard:
            self.file = file
            self._writing, self._next = self._next, None
            if not self._gap:
                self._journal.contained(base)
            elif not self.dirty and self._writing is None:
                self._journal.restart(base)
                self._gap = False
            if self._writing is None:
                words = f"saved {self._now():%H:%M}"
                self.status = SaveStatus("unsaved", "unsaved") if self.dirty else SaveStatus(words, "saved")

    def _failed(self, error: Exception) -> None:
        """Note that nothing could be written; a snapshot that waits is tried all the same."""
        with self._guard:
            self._writing, self._next = self._next, None
            self.dirty = True
            self._fail(error)

    def _write_checkpoint(self, snapshot: Snapshot) -> None:
        if not snapshot.base.fleet.count and not snapshot.base_count:
            return
        origin = Origin(
            orders=snapshot.base_count,
            hash=snapshot.base_hash,
            rules=self._data.rules,
            catalogue=catalogue_mark(self._data),
            scenario=scenario_hash(snapshot.base.scenario),
        )
        atomic.write_bytes(self.files.checkpoint, encode(snapshot.base, origin))

    def _fail(self, error: Exception) -> None:
        self._gap = True
        words = trouble(error) if isinstance(error, OSError) else str(error) or "unknown trouble"
        self.status = SaveStatus(f"not saved: {words}; playing on", "trouble")
