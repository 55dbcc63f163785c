"""The one way to numba: how kernels are compiled, and where the compiled code is kept.

Kernels are decorated with `jit`, the scalar relations they call with `inline_jit`. Compiled code is
kept on disk so that the next start is quick. numba alone would notice an edit in the file of a
kernel but not in a formula the kernel calls, and it raises at import when no folder can be written.
So the folder is chosen here, once, before anything is decorated:

- it is named by a hash of every kernel and formula source, the versions that shape the machine
  code, and the processor: an edit or an upgrade starts a fresh folder, old ones are pruned;
- it lies under ``ODC_CACHE_DIR`` or the per-user cache folder, belongs to this user and is closed
  to others (numba keeps pickles, and reading a pickle runs it);
- if there is no such place, kernels are compiled anew in each process, and one log line says so;
- a torn or unreadable entry counts as absent, and a full disk only costs the next start.

This module is the only one in the engine that reads the environment.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import pickle
import re
import shutil
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar, cast, overload

import filelock
import llvmlite
import llvmlite.binding
import numba
import numpy as np
import platformdirs
from numba import types
from numba.core import caching, event
from numba.extending import intrinsic, register_jitable
from numpy.typing import NDArray

__all__ = ["cache_folder", "each_compile", "get", "inline_jit", "jit", "prange", "put"]

prange = numba.prange

F = TypeVar("F", bound=Callable[..., Any])

_ENGINE = Path(__file__).resolve().parent.parent
_HASH_LENGTH = 16
_FOLDERS_KEPT = 3
_LOCK_TIMEOUT_S = 20.0
_FLAGS = (
    "BOUNDSCHECK",
    "CPU_FEATURES",
    "CPU_NAME",
    "DEBUGINFO_DEFAULT",
    "ENABLE_AVX",
    "LOOP_VECTORIZE",
    "OPT",
    "SLP_VECTORIZE",
)
# What reading a torn pickle, a vanished folder or a full disk can raise.
_TROUBLE = (
    OSError,
    EOFError,
    pickle.UnpicklingError,
    AttributeError,
    ImportError,
    LookupError,
    MemoryError,
    TypeError,
    ValueError,
)

_log = logging.getLogger(__name__)


@overload
def jit(func: F, /) -> F: ...
@overload
def jit(**options: Any) -> Callable[[F], F]: ...
def jit(func: F | None = None, /, **options: Any) -> F | Callable[[F], F]:
    """Compiles a kernel: releases the interpreter lock, divides like numpy, keeps its code on disk.

    Args:
        func: The kernel, when used as a bare decorator.
        **options: Further `numba.njit` options; the kernel says beside them why it needs them.

    Returns:
        The compiled kernel, or the plain function when ``NUMBA_DISABLE_JIT`` is set.
    """
    settings: dict[str, Any] = {"nogil": True, "error_model": "numpy"} | options

    def wrap(kernel: F) -> F:
        compiled = numba.njit(**settings)(kernel)
        if _FOLDER is not None:
            _keep(compiled, kernel)
        return cast(F, compiled)

    return wrap if func is None else wrap(func)


def inline_jit(func: F) -> F:
    """Makes a plain scalar function callable from kernels; Python callers keep the function itself.

    The relation stays written once and numba-free, and gives the same bits on both sides. Inside a
    kernel a division by zero gives an infinity instead of an exception.

    Args:
        func: A function of numbers from `engine.formulas`.

    Returns:
        The same function object.
    """
    # Nothing calls these from Python, and building the bridges that would costs a fifth of the compile time.
    register_jitable(error_model="numpy", nogil=True, no_cpython_wrapper=True, no_cfunc_wrapper=True)(func)
    return func


def get(block: NDArray[np.float64], row: int, lane: int) -> float:
    """The value of a lane in the row of a flat block that begins at `row`."""
    return float(block[row + lane])


def put(block: NDArray[np.float64], row: int, lane: int, value: float) -> None:
    """Sets the value of a lane in the row of a flat block that begins at `row`."""
    block[row + lane] = value


def _get_code(_context: Any, block: Any, _row: Any, _lane: Any) -> Any:
    def load(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        array = context.make_array(signature.args[0])(context, builder, arguments[0])
        return builder.load(builder.gep(array.data, [builder.add(arguments[1], arguments[2])]))

    return types.float64(block, types.intp, types.intp), load


def _put_code(_context: Any, block: Any, _row: Any, _lane: Any, _value: Any) -> Any:
    def store(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        array = context.make_array(signature.args[0])(context, builder, arguments[0])
        builder.store(arguments[3], builder.gep(array.data, [builder.add(arguments[1], arguments[2])]))
        return context.get_dummy_value()

    return types.void(block, types.intp, types.intp, types.float64), store


# Kernels read and write some five hundred times. As indexing, each costs the compiler a sum, a look-up and a
# bounds rule to understand; as these, one load or store, and the whole compiles in five sixths of the time.
if numba.config.BOUNDSCHECK:
    inline_jit(get)
    inline_jit(put)
elif not numba.config.DISABLE_JIT:
    get, put = intrinsic(_get_code), intrinsic(_put_code)


@contextmanager
def each_compile(report: Callable[[], None]) -> Iterator[None]:
    """Calls `report` whenever one more function has been compiled, for as long as the block lasts.

    Args:
        report: Called in the thread that compiles; nothing calls it when all is loaded from disk.
    """

    class Watch(event.Listener):  # type: ignore[misc]
        def on_start(self, _event: Any) -> None:
            """Nothing to tell yet."""

        def on_end(self, _event: Any) -> None:
            report()

    with event.install_listener("numba:compile", Watch()):
        yield


def cache_folder() -> Path | None:
    """The folder that keeps compiled kernels for these sources, or None when nothing can be kept."""
    return _FOLDER


def _keep(compiled: Any, kernel: Callable[..., Any]) -> None:
    """Gives a compiled kernel its place on disk; without one it still runs."""
    try:
        compiled._cache = _KernelCache(kernel)
    except (OSError, RuntimeError) as error:
        _log.warning("A compiled kernel is not kept: %r: %s", kernel, error)


def _fingerprint() -> str:
    """Hash of all that decides the machine code: sources, versions, processor, compiler flags.

    Raises:
        OSError: A source cannot be read.
    """
    digest = hashlib.sha256()
    sources = [*_ENGINE.glob("kernels/**/*.py"), *_ENGINE.glob("formulas/**/*.py"), *_ENGINE.glob("units.py")]
    for source in sorted(sources):
        digest.update(f"{source.relative_to(_ENGINE).as_posix()}\0".encode())
        digest.update(hashlib.sha256(source.read_bytes()).digest())
    flags = [f"{name}={getattr(numba.config, name, None)!r}" for name in _FLAGS]
    versions = [sys.version, numba.__version__, llvmlite.__version__, np.__version__]
    processor = [llvmlite.binding.get_host_cpu_name(), llvmlite.binding.get_process_triple()]
    digest.update("\0".join([*versions, *processor, *flags]).encode())
    return digest.hexdigest()[:_HASH_LENGTH]


def _root() -> Path:
    """Where the hash folders lie: the place asked for, else the user's cache folder."""
    asked = os.environ.get("ODC_CACHE_DIR", "").strip()
    if asked:
        return Path(os.path.abspath(os.path.expanduser(asked))) / "kernels"  # noqa: PTH100, PTH111 (never raises)
    return platformdirs.user_cache_path("orbital-data-centre", appauthor=False) / "kernels"


def _open_folder() -> Path | None:
    """Creates and probes the folder for these sources; None, with one log line, if there is none."""
    if numba.config.DISABLE_JIT:
        return None
    root = _root()
    try:
        folder = root / _fingerprint()
        fresh = not folder.is_dir()
        root.parent.mkdir(parents=True, exist_ok=True)
        for place in (root, folder):
            place.mkdir(mode=0o700, exist_ok=True)
            _claim(place)
        tempfile.TemporaryFile(dir=folder).close()
        os.utime(folder)
    except (OSError, RuntimeError) as error:
        _log.warning("Compiled kernels are not kept, so each start takes longer: %s: %s", root, error)
        return None
    if fresh:
        _prune(root)
    return folder


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


class _KernelLocator(caching.UserProvidedCacheLocator):  # type: ignore[misc]
    """Tells numba to keep a kernel under our folder, whatever ``NUMBA_CACHE_DIR`` says."""

    def __init__(self, py_func: Callable[..., Any], py_file: str) -> None:
        self._py_file = py_file
        self._lineno = py_func.__code__.co_firstlineno
        self._cache_path = str(_FOLDER / self.get_suitable_cache_subpath(py_file)) if _FOLDER else ""

    @classmethod
    def from_function(cls, py_func: Callable[..., Any], py_file: str) -> _KernelLocator:
        return cls(py_func, py_file)


class _KernelCacheImpl(caching.CompileResultCacheImpl):  # type: ignore[misc]
    _locator_classes = [_KernelLocator]  # noqa: RUF012 (numba calls it a list)


class _KernelCache(caching.FunctionCache):  # type: ignore[misc]
    """numba's function cache, except that a bad entry or a full disk never stops a kernel.

    numba numbers the files of a kernel by reading its index and writing it back. Two processes doing that
    at once could give one number to two signatures, so only one may touch the folder at a time.
    """

    _impl_class = _KernelCacheImpl

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        return self._alone(
            "read, and is compiled anew", lambda: super(_KernelCache, self).load_overload(sig, target_context)
        )

    def save_overload(self, sig: Any, data: Any) -> None:
        self._alone("kept", lambda: super(_KernelCache, self).save_overload(sig, data))

    def _alone(self, aim: str, work: Callable[[], Any]) -> Any:
        """Does some work while no other process touches the folder; trouble is logged, and gives None."""
        try:
            with _LOCK:
                try:
                    return work()
                except _TROUBLE as error:
                    # An empty index cannot stand in the way of the next save as a torn one would.
                    _log.warning("A compiled kernel could not be %s: %s: %s", aim, self._name, error)
                    self._cache_file.flush()
        except OSError as error:
            _log.debug("The folder of compiled kernels is out of reach: %s", error)
        return None


_FOLDER = _open_folder()
_LOCK = filelock.FileLock(_FOLDER / "lock", timeout=_LOCK_TIMEOUT_S) if _FOLDER else contextlib.nullcontext()
