"""Writing files so that a kill, a crash or a full disk leaves the old file or the new one, whole.

The text goes to a temporary file in the same folder, is pushed to the disk, and takes the place of the
old file in one step; then the folder itself is pushed, since otherwise the new name can be lost with the
power. A kill between these steps leaves a stray temporary file, which `sweep` removes at the next start.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import time
from pathlib import Path

__all__ = ["STALE_AFTER_S", "sweep", "write_bytes", "write_text"]

STALE_AFTER_S = 600.0
"""How old a temporary file must be before `sweep` takes it for a stray, in seconds."""

_PREFIX = ".odc-"
_SUFFIX = ".tmp"


def write_text(path: Path, text: str) -> None:
    """Replaces a file by a text, in UTF-8 with the line ends it has.

    Args:
        path: The file; if it is a link, the file it points to is replaced and the link stays.
        text: The whole new content.

    Raises:
        OSError: The file could not be written; the old one is untouched.
        UnicodeEncodeError: The text holds a lone surrogate; the old file is untouched.
    """
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, data: bytes) -> None:
    """Replaces a file by some bytes, keeping the permission bits it had.

    A new file gets the permissions the process gives to any new file. The folder must exist.

    Args:
        path: The file; if it is a link, the file it points to is replaced and the link stays.
        data: The whole new content.

    Raises:
        OSError: The file could not be written, or the path is a folder or device; what was there stays.
    """
    target = Path(os.path.realpath(path))  # Path.resolve raises on a loop of links
    if target.exists() and not target.is_file():
        raise OSError(errno.EINVAL, "not a regular file", str(path))
    temporary = target.with_name(f"{_PREFIX}{secrets.token_hex(8)}{_SUFFIX}")
    try:
        _write_through(temporary, data, _permissions(target))
        os.replace(temporary, target)  # noqa: PTH105 (named as what it is)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    _push_folder(target.parent)


def sweep(folder: Path, stale_after_s: float = STALE_AFTER_S) -> list[Path]:
    """Removes the temporary files that writers killed halfway have left in a folder.

    Young ones stay: another process may be writing at this moment.

    Args:
        folder: Where to look; sub-folders are left alone. It need not exist.
        stale_after_s: Age in seconds from which on a file counts as a stray.

    Returns:
        The files removed.
    """
    removed: list[Path] = []
    now_s = time.time()
    with contextlib.suppress(OSError):
        for stray in sorted(folder.glob(f"{_PREFIX}*{_SUFFIX}")):
            with contextlib.suppress(OSError):
                if now_s - stray.lstat().st_mtime >= stale_after_s:
                    stray.unlink()
                    removed.append(stray)
    return removed


def _permissions(target: Path) -> int | None:
    """The permission bits of a file, or None if there is none yet."""
    try:
        return target.stat().st_mode & 0o7777
    except FileNotFoundError:
        return None


def _write_through(temporary: Path, data: bytes, mode: int | None) -> None:
    """Writes a new file and waits until the disk has it."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    # Closed to others until it has the bits of the file it replaces: a private save is never readable midway.
    descriptor = os.open(temporary, flags, 0o666 if mode is None else 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(data)
        stream.flush()
        if mode is not None and hasattr(os, "fchmod"):
            os.fchmod(descriptor, mode)
        os.fsync(descriptor)


def _push_folder(folder: Path) -> None:
    """Waits until the disk has the folder's new entry, where the system can do that."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
