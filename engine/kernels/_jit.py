"""What kernels are made with: `jit` for a stage that is compiled on its own, `inline_jit` for what it calls.

A kernel is compiled to one piece of machine code, kept by `_store`, and linked to the kernels it calls when
it is first used. Linking needs nothing but LLVM, so a start that finds its kernels never loads the compiler;
one that does not loads `_compile`, the only module that knows numba.

Kernels take numbers and arrays; compiled code sees an array as a plain pointer. So inside a kernel an array
is read and written with `get` and `put` or one index, has no length and no shape, and is never allocated.
The annotations of a kernel are its signature; `int` is 64 bits wide.
"""

from __future__ import annotations

import ctypes
import hashlib
from collections.abc import Callable, Iterator
from functools import cached_property
from importlib import import_module
from types import CodeType, FunctionType
from typing import Any, TypeVar, cast

import llvmlite.binding as llvm
import numpy as np
from numpy.typing import NDArray

from engine.kernels import _store

__all__ = ["Kernel", "beyond", "get", "inline_functions", "inline_jit", "jit", "put"]

F = TypeVar("F", bound=Callable[..., Any])

_NUMBERS: dict[str, Any] = {"int": ctypes.c_int64, "float": ctypes.c_double, "bool": ctypes.c_bool}
_ARRAYS = {f"NDArray[np.{name}]": np.dtype(name) for name in ("float64", "int64", "int32", "bool_")}

_inline: dict[Callable[..., Any], None] = {}


def jit(func: F) -> F:
    """Makes a kernel of a function: compiled on its own, kept on disk, free of the interpreter lock.

    Divisions are those of numpy: by zero they give an infinity. The function must be annotated.

    Returns:
        The kernel, or the plain function when ``NUMBA_DISABLE_JIT`` is set.
    """
    return cast(F, Kernel(func)) if _store.COMPILE else func


def inline_jit(func: F) -> F:
    """Makes a plain function callable from kernels; Python callers keep the function itself.

    The relation stays written once and numba-free, and gives the same bits on both sides. Inside a
    kernel a division by zero gives an infinity instead of an exception.

    Args:
        func: A function of numbers from `engine.formulas`, or a part of a kernel.

    Returns:
        The same function object.
    """
    _inline[func] = None
    return func


def inline_functions() -> tuple[Callable[..., Any], ...]:
    """Everything marked with `inline_jit` so far."""
    return tuple(_inline)


def get(block: NDArray[np.float64], row: int, lane: int) -> float:
    """The value of a lane in the row of a flat block that begins at `row`."""
    return float(block[row + lane])


def put(block: NDArray[np.float64], row: int, lane: int, value: float) -> None:
    """Sets the value of a lane in the row of a flat block that begins at `row`."""
    block[row + lane] = value


def beyond(block: NDArray[np.float64], places: int) -> NDArray[np.float64]:
    """The same array, seen from some places further on."""
    return block[places:]


class Kernel:
    """A function and its machine code."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.function = cast(FunctionType, function)
        self.__doc__ = function.__doc__
        self.__name__ = function.__name__
        self.__wrapped__ = function
        named = dict(function.__annotations__)
        self.returns: str = str(named.pop("return"))
        self.takes: tuple[str, ...] = tuple(named.values())

    def __call__(self, *arguments: Any) -> Any:
        """Runs the kernel, compiling or loading it first if need be.

        Raises:
            TypeError: an array has another type than the kernel takes, or is not contiguous.
        """
        return self._run(*arguments)

    @cached_property
    def symbol(self) -> str:
        """Name of the machine code, which changes with that of the function."""
        code = self.function.__code__
        told = repr((self.takes, self.returns, code.co_names, _constants(code))).encode() + code.co_code
        place = f"{self.function.__module__}.{self.function.__qualname__}".replace("engine.kernels.", "")
        clean = "".join(letter if letter.isalnum() else "_" for letter in place)
        return f"odc_{clean}_{hashlib.sha256(told).hexdigest()[:8]}"

    @cached_property
    def kernels(self) -> tuple[Kernel, ...]:
        """This kernel and all that it calls, each once."""
        found: dict[Kernel, None] = {self: None}
        for kernel in _called_by(self.function):
            found.update(dict.fromkeys(kernel.kernels))
        return tuple(found)

    @property
    def kept(self) -> bool:
        """Whether there is nothing left to compile."""
        return _store.CHECK_BOUNDS or "machine_code" in self.__dict__ or _store.has(self.symbol)

    @cached_property
    def machine_code(self) -> bytes:
        """The machine code, from disk or compiled now."""
        code = _store.read(self.symbol)
        if code is None:
            code = cast(bytes, _compiler().machine_code(self))
            _store.write(self.symbol, code)
        return code

    def compile(self) -> None:
        """Makes sure that there is machine code."""
        _ = self.machine_code

    def load(self) -> None:
        """Makes the kernel ready to be called."""
        _ = self._run

    @cached_property
    def _run(self) -> Callable[..., Any]:
        if _store.CHECK_BOUNDS:
            return cast(Callable[..., Any], _compiler().checked(self))
        return self._bound(_linked(self.kernels).get_function_address(self.symbol))

    def _bound(self, address: int) -> Callable[..., Any]:
        """A Python function around machine code that follows numba's convention."""
        result = _NUMBERS.get(self.returns)
        kinds: list[Any] = [_NUMBERS.get(kind, ctypes.c_void_p) for kind in self.takes]
        call = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p, ctypes.c_void_p, *kinds)(address)
        places = [(k, _ARRAYS[kind]) for k, kind in enumerate(self.takes) if kind in _ARRAYS]

        def run(*arguments: Any) -> Any:
            given = list(arguments)
            for k, dtype in places:
                given[k] = _pointer(arguments[k], dtype)
            value, trouble = (result or ctypes.c_int64)(), ctypes.c_void_p()
            if call(ctypes.addressof(value), ctypes.addressof(trouble), *given) != 0:
                raise ArithmeticError(f"the kernel {self.__name__} failed")
            return value.value if result else None

        return run


def _pointer(array: NDArray[Any], dtype: np.dtype[Any]) -> int:
    if array.dtype != dtype or not array.flags.c_contiguous:
        raise TypeError(f"a kernel takes a contiguous array of {dtype}, not one of {array.dtype}")
    return _address(array)


def _told(array: NDArray[Any]) -> int:
    """Where the numbers of an array lie, as numpy says it."""
    return int(array.ctypes.data)


def _read(array: NDArray[Any]) -> int:
    """The same, ten times quicker: numpy's C header has it right behind the head of the object."""
    return ctypes.c_void_p.from_address(id(array) + object.__basicsize__).value or 0


def _alike(array: NDArray[Any]) -> bool:
    return _read(array) == _told(array)


# Another interpreter may keep its objects differently; then numpy is asked each time.
_address = _read if all(map(_alike, (np.zeros(1), np.arange(9)[4:], np.zeros((2, 3))))) else _told


def _compiler() -> Any:
    # Loading the compiler takes longer than loading all kernels; most starts never need it.
    return import_module("engine.kernels._compile")


def _constants(code: CodeType) -> tuple[Any, ...]:
    # The doc string is the first constant and no part of the machine code.
    return code.co_consts[1:]


def _called_by(function: FunctionType) -> Iterator[Kernel]:
    """Kernels that a function calls, itself or through functions it takes in."""
    for name in function.__code__.co_names:
        value = function.__globals__.get(name)
        if isinstance(value, Kernel):
            yield value
        elif isinstance(value, FunctionType) and value in _inline:
            yield from _called_by(value)


def _linked(kernels: tuple[Kernel, ...]) -> Any:
    """An engine that holds the machine code of some kernels, linked to each other."""
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    machine = llvm.Target.from_default_triple().create_target_machine(jit=True)
    linker = llvm.create_mcjit_compiler(llvm.parse_assembly(""), machine)
    for kernel in kernels:
        linker.add_object_file(llvm.ObjectFileRef.from_data(kernel.machine_code))
    linker.finalize_object()
    _linkers.append(linker)
    return linker


# Machine code lives as long as its linker does.
_linkers: list[Any] = []
