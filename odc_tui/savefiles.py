"""Campaign files on disk: read with bounds, named beside each other, locked against a second program."""

from __future__ import annotations

import contextlib
import errno
import os
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from engine.errors import SaveError
from engine.store.codec import dump_campaign, load_campaign
from engine.store.schema import CampaignFile
from odc_tui import atomic, savename

__all__ = [
    "MAX_BYTES",
    "Lock",
    "Siblings",
    "at_most",
    "decoded",
    "find_campaign",
    "read_campaign",
    "trouble",
    "write_campaign",
]

MAX_BYTES = 8_000_000
"""The longest campaign file that is read, in bytes."""

_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))


@dataclass(frozen=True, slots=True)
class Siblings:
    """The files of one campaign. Only `file` is the campaign; the others can be deleted while nobody plays.

    Attributes:
        file: header and orders.
        journal: orders given since the file was last written.
        checkpoint: the state, so that opening is quick.
        lock: held by the program that plays.
    """

    file: Path
    journal: Path
    checkpoint: Path
    lock: Path

    @classmethod
    def of(cls, path: Path) -> Siblings:
        """The files that belong to a campaign file, beside what it links to if it is a link."""
        file = Path(os.path.realpath(path))
        stem = file.name.removesuffix(savename.SUFFIX)
        return cls(
            file,
            file.with_name(f"{stem}.journal"),
            file.with_name(f"{stem}.checkpoint"),
            file.with_name(f".{stem}.lock"),
        )


class Lock:
    """The right to write a campaign: one program at a time has it.

    Attributes:
        held: whether we have it.
        denied: whether the folder does not even let us ask.
    """

    def __init__(self, path: Path) -> None:
        self._lock = FileLock(path, thread_local=False)
        self.held = False
        self.denied = False

    def take(self) -> bool:
        """Try to get the right without waiting; False if another program has it or the folder is closed.

        A folder that is not there is not made: asking about a campaign must leave nothing behind.
        """
        if not Path(self._lock.lock_file).parent.is_dir():
            self.denied = True
            return False
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            return False
        except OSError:
            self.denied = True
            return False
        self.held = True
        return True

    def free(self) -> None:
        """Give the right back."""
        if self.held:
            self.held = False
            with contextlib.suppress(OSError):
                self._lock.release()

    def discard(self) -> None:
        """Give the right back and clear the lock file away, for a campaign that nobody goes on playing."""
        if self.held:
            with contextlib.suppress(OSError):
                Path(self._lock.lock_file).unlink()
            self.free()


def read_campaign(path: Path) -> CampaignFile:
    """Read a campaign file.

    Raises:
        SaveError: it cannot be read, is too long, or is no campaign; one line with place and mend.
    """
    return load_campaign(decoded(at_most(path, MAX_BYTES), path.name), path.name)


def write_campaign(path: Path, file: CampaignFile) -> None:
    """Replace a campaign file whole, creating its folder if need be.

    Raises:
        OSError: it cannot be written; what was there stays.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    atomic.write_text(path, dump_campaign(file))


def at_most(path: Path, limit: int) -> bytes:
    """The content of a file, or an error before more than the limit has been read.

    Raises:
        SaveError: it cannot be read or is longer than the limit.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(limit + 1)
    except (OSError, ValueError) as error:
        raise SaveError(trouble(error), str(path), "check the name and the permissions") from None
    if len(data) > limit:
        raise SaveError(f"is longer than {limit / 1e6:g} MB", str(path), "is it a campaign file?")
    return data


def decoded(data: bytes, name: str) -> str:
    """The text of a file, with plain line ends.

    Raises:
        SaveError: it is not UTF-8.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SaveError("is not UTF-8 text", f"{name}:{line}", "save the file as UTF-8") from None
    return text.replace("\r\n", "\n")


def trouble(error: OSError | ValueError) -> str:
    """What went wrong with a file, in a few plain words."""
    if not isinstance(error, OSError):
        return "cannot be used as a file name"
    known: dict[type[OSError], str] = {
        FileNotFoundError: "there is no such file",
        IsADirectoryError: "is a folder",
        PermissionError: "permission denied",
    }
    words = known.get(type(error)) or (error.strerror or str(error))
    return "the disk is full" if error.errno in _FULL else words.lower()


def find_campaign(text: str, folders: tuple[Path, ...]) -> Path:
    """The file that somebody means: a path, or else the name of a campaign in one of some folders.

    Args:
        text: what was typed.
        folders: where to look for a plain name, in this order.
    """
    path = Path(text)
    slug = text.removesuffix(savename.SUFFIX)
    if not path.exists() and savename.is_slug(slug):
        for folder in folders:
            candidate = folder / f"{slug}{savename.SUFFIX}"
            if candidate.is_file():
                return candidate
    return path
