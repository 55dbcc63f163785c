"""Where compiled kernels are kept: one file each, in a folder named by all that shapes machine code.

- The folder is named by a hash of every kernel and formula source, the versions and settings of the
  compiler, and the processor: an edit or an upgrade starts a fresh folder, old ones are pruned.
- It lies under ``ODC_CACHE_DIR`` or the per-user cache folder, belongs to this user and is closed to
  others, since what lies in it is run.
- Files appear whole or not at all and carry their own hash, so processes may compile at the same time,
  and a torn file counts as absent.
- Without such a place kernels are compiled anew in each process, and one log line says so.

This module is the only one in the engine that reads the environment.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import re
import shutil
import stat
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

import llvmlite
import llvmlite.binding
import numpy as np
import platformdirs

__all__ = ["CHECK_BOUNDS", "COMPILE", "folder", "has", "read", "write"]

_ENGINE = Path(__file__).resolve().parent.parent
_HASH_LENGTH = 16
_FOLDERS_KEPT = 3
_SEAL_LENGTH = hashlib.sha256().digest_size

_log = logging.getLogger(__name__)


def _asked(name: str) -> bool:
    return os.environ.get(name, "").strip() not in ("", "0")


COMPILE = not _asked("NUMBA_DISABLE_JIT")
"""Whether kernels are compiled at all; without, they are plain Python, for tests."""
CHECK_BOUNDS = _asked("NUMBA_BOUNDSCHECK")
"""Whether every index is checked, for tests."""


def folder() -> Path | None:
    """The folder that keeps compiled kernels for these sources, or None when nothing can be kept."""
    return _FOLDER


def has(name: str) -> bool:
    """Whether a kernel seems to be kept."""
    return _FOLDER is not None and (_FOLDER / name).exists()


def read(name: str) -> bytes | None:
    """What was kept under a name; None if there is nothing whole."""
    if _FOLDER is None:
        return None
    try:
        data = (_FOLDER / name).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        _log.warning("A compiled kernel could not be read, and is compiled anew: %s: %s", name, error)
        return None
    seal, code = data[:_SEAL_LENGTH], data[_SEAL_LENGTH:]
    if hashlib.sha256(code).digest() != seal:
        _log.warning("A compiled kernel is damaged, and is compiled anew: %s", name)
        return None
    return code


def write(name: str, code: bytes) -> None:
    """Keeps a compiled kernel; a full disk or a vanished folder only costs the next start."""
    if _FOLDER is None:
        return
    rough = _FOLDER / f"{name}.{os.getpid()}.part"
    try:
        rough.write_bytes(hashlib.sha256(code).digest() + code)
        rough.replace(_FOLDER / name)
    except OSError as error:
        _log.warning("A compiled kernel could not be kept: %s: %s", name, error)
        with contextlib.suppress(OSError):
            rough.unlink(missing_ok=True)


def _fingerprint() -> str:
    """Hash of all that decides the machine code: sources, versions, processor, compiler settings.

    Raises:
        OSError: A source cannot be read.
    """
    digest = hashlib.sha256()
    sources = [*_ENGINE.glob("kernels/**/*.py"), *_ENGINE.glob("formulas/**/*.py"), *_ENGINE.glob("units.py")]
    for source in sorted(sources):
        digest.update(f"{source.relative_to(_ENGINE).as_posix()}\0".encode())
        digest.update(hashlib.sha256(source.read_bytes()).digest())
    settings = sorted(f"{name}={value}" for name, value in os.environ.items() if name.startswith("NUMBA_"))
    versions = [sys.version, version("numba"), llvmlite.__version__, np.__version__]
    processor = [llvmlite.binding.get_host_cpu_name(), llvmlite.binding.get_process_triple()]
    features = llvmlite.binding.get_host_cpu_features().flatten()
    digest.update("\0".join([*versions, *processor, features, *settings]).encode())
    return digest.hexdigest()[:_HASH_LENGTH]


def _root() -> Path:
    """Where the hash folders lie: the place asked for, else the user's cache folder."""
    asked = os.environ.get("ODC_CACHE_DIR", "").strip()
    if asked:
        return Path(os.path.abspath(os.path.expanduser(asked))) / "kernels"  # noqa: PTH100, PTH111 (never raises)
    return platformdirs.user_cache_path("orbital-data-centre", appauthor=False) / "kernels"


def _open_folder() -> Path | None:
    """Creates and probes the folder for these sources; None, with one log line, if there is none."""
    if not COMPILE or CHECK_BOUNDS:
        return None
    root = _root()
    try:
        place = root / _fingerprint()
        fresh = not place.is_dir()
        root.parent.mkdir(parents=True, exist_ok=True)
        for level in (root, place):
            level.mkdir(mode=0o700, exist_ok=True)
            _claim(level)
        tempfile.TemporaryFile(dir=place).close()
        os.utime(place)
    except (OSError, RuntimeError) as error:
        _log.warning("Compiled kernels are not kept, so each start takes longer: %s: %s", root, error)
        return None
    if fresh:
        _prune(root)
    return place


def _claim(place: Path) -> None:
    """Makes sure a cache folder is a real folder of this user, closed to everyone else.

    Raises:
        PermissionError: It belongs to another user, or is a link.
        OSError: It cannot be inspected or closed.
    """
    if not hasattr(os, "getuid"):
        return
    status = place.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.getuid():
        raise PermissionError("the folder is a link or belongs to another user")
    if status.st_mode & 0o077:
        place.chmod(0o700)


def _prune(root: Path) -> None:
    """Removes all but the most recently used hash folders; a folder that resists is left alone."""
    named = re.compile(rf"[0-9a-f]{{{_HASH_LENGTH}}}")
    used: list[tuple[float, Path]] = []
    for folder in root.iterdir():
        if named.fullmatch(folder.name):
            try:
                used.append((folder.stat().st_mtime, folder))
            except OSError:
                continue
    for _, folder in sorted(used, reverse=True)[_FOLDERS_KEPT:]:
        shutil.rmtree(folder, ignore_errors=True)


_FOLDER = _open_folder()
