"""Turns kernels into machine code with numba; loaded only when a kernel is not kept on disk.

numba compiles a function for execution in this process. Here it stops one step earlier, with an object file
for this processor, as its ahead-of-time compiler does: that is what is kept, and linked by `_jit`.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import cache
from types import FunctionType
from typing import Any

import numba
from numba import types
from numba.core import cgutils, compiler, typed_passes, untyped_passes
from numba.core.codegen import AOTCPUCodegen
from numba.core.compiler_lock import global_compiler_lock
from numba.core.compiler_machinery import PassManager
from numba.core.registry import cpu_target
from numba.extending import intrinsic, register_jitable

from engine.kernels._jit import Kernel, beyond, get, inline_functions, put

__all__ = ["checked", "machine_code"]

_TYPES = {
    "int": types.int64,
    "float": types.float64,
    "bool": types.boolean,
    "np.uint64": types.uint64,
    "None": types.none,
    "NDArray[np.float64]": types.CPointer(types.float64),
    "NDArray[np.int64]": types.CPointer(types.int64),
    "NDArray[np.int32]": types.CPointer(types.int32),
    "NDArray[np.bool_]": types.CPointer(types.uint8),
}
_known: set[Any] = set()


class _HostCodegen(AOTCPUCodegen):  # type: ignore[misc]
    """Object files for the very processor this runs on, as the just-in-time compiler would use it."""

    def __init__(self, name: str) -> None:
        super().__init__(name, cpu_name="host")

    def _customize_tm_features(self) -> str:
        features = str(self._get_host_cpu_features())
        # LLVM shuns the widest vectors, which slowed the clock of early processors; those with 16-bit floats
        # in them keep their clock, and a day takes a twelfth less. Each lane gives the same bits.
        return f"{features},-prefer-256-bit" if "+avx512fp16" in features else features


class _Pipeline(compiler.CompilerBase):  # type: ignore[misc]
    """The passes that loops over numbers need; a third of the usual ones look for what no kernel has."""

    def define_pipelines(self) -> list[Any]:
        """The one way through the compiler."""
        passes = PassManager("kernel")
        for one in (
            untyped_passes.TranslateByteCode,
            untyped_passes.FixupArgs,
            untyped_passes.IRProcessing,
            untyped_passes.ReconstructSSA,
            typed_passes.NopythonTypeInference,
            typed_passes.PreLowerStripPhis,
            typed_passes.IRLegalization,
            typed_passes.NativeLowering,
            typed_passes.NoPythonBackend,
        ):
            passes.add_pass(one, one.__name__)
        passes.finalize()
        return [passes]


def machine_code(kernel: Kernel) -> bytes:
    """The object file of a kernel; calls of other kernels stay open until it is linked."""
    with global_compiler_lock:
        library = _target().codegen().create_library(kernel.symbol)
        result = _compiled(kernel.function, kernel.takes, _type(kernel.returns, kernel.function), library)
        function = library.get_function(result.fndesc.llvm_func_name)
        function.name = kernel.symbol
        function.linkage = "external"
        return bytes(library.emit_native_object())


def _type(kind: str, function: Any) -> Any:
    """What compiled code makes of an annotation.

    Raises:
        TypeError: there is nothing that stands for it.
    """
    if kind not in _TYPES:
        known = ", ".join(_TYPES)
        raise TypeError(f"{function.__qualname__} is annotated with {kind}; compiled code knows {known}")
    return _TYPES[kind]


@cache
def checked(kernel: Kernel) -> Any:
    """The kernel as numba's own dispatcher, which sees arrays as arrays and checks every index."""
    substitutes = {other: checked(other) for other in kernel.kernels if other is not kernel}
    for function in (get, put, beyond, *inline_functions()):
        if function not in _known:
            _known.add(function)
            register_jitable(error_model="numpy")(function)
    return numba.njit(nogil=True, error_model="numpy")(_with(kernel.function, substitutes))


@cache
def _target() -> Any:
    """numba's target for this processor, giving object files."""
    context = cpu_target.target_context
    context.refresh()
    return context.subtarget(_internal_codegen=_HostCodegen("orbital-data-centre"), aot_mode=True)


def _compiled(function: Any, takes: tuple[str, ...], returns: Any, library: Any) -> Any:
    """Compiles a function into a library that is linked into others, and not made ready to run by itself."""
    flags = compiler.Flags()
    flags.error_model = "numpy"
    flags.no_compile = flags.no_cpython_wrapper = flags.no_cfunc_wrapper = True
    kinds = [_type(kind, function) for kind in takes]
    typing = cpu_target.typing_context
    return compiler.compile_extra(
        typing,
        _target(),
        _native(function),
        kinds,
        returns,
        flags,
        {},
        library=library,
        pipeline_class=_Pipeline,
    )


@cache
def _native(function: Any) -> Any:
    """A function in which what it calls is replaced by what compiled code has in its place."""
    inline = set(inline_functions())
    substitutes: dict[Any, Any] = {get: _load, put: _store_value, beyond: _move}
    for value in (function.__globals__.get(name) for name in function.__code__.co_names):
        if isinstance(value, Kernel):
            substitutes[value] = _call_of(value)
        elif isinstance(value, FunctionType) and value in inline:
            substitutes[value] = _taking_in(value)
    return _with(function, substitutes)


def _with(function: Any, substitutes: dict[Any, Any]) -> Any:
    """A copy of a function that finds other things under some of its global names."""
    known = dict(function.__globals__)
    for name in function.__code__.co_names:
        value = known.get(name)
        if isinstance(value, FunctionType | Kernel) and value in substitutes:
            known[name] = substitutes[value]
    copy = FunctionType(
        function.__code__, known, function.__name__, function.__defaults__, function.__closure__
    )
    copy.__module__ = function.__module__
    copy.__qualname__ = function.__qualname__
    return copy


@cache
def _call_of(kernel: Kernel) -> Any:
    """The call of another kernel, by the name it will have when both are linked."""
    kinds = [_type(kind, kernel.function) for kind in (kernel.returns, *kernel.takes)]
    signature = kinds[0](*kinds[1:])

    def call(context: Any, builder: Any, own: Any, arguments: Any) -> Any:
        convention = context.call_conv
        kind = convention.get_function_type(own.return_type, own.args)
        function = cgutils.get_or_insert_function(builder.module, kind, kernel.symbol)
        status, value = convention.call_function(builder, function, own.return_type, own.args, arguments)
        with cgutils.if_unlikely(builder, status.is_error):
            convention.return_status_propagate(builder, status)
        return value

    return _intrinsic(kernel.function, lambda: (signature, call))


@cache
def _taking_in(function: Any) -> Any:
    """The call of a function that is compiled once, and from there taken into whatever calls it."""

    @cache
    def compiled() -> tuple[Any, Any]:
        library = _target().codegen().create_library(function.__qualname__)
        named = dict(function.__annotations__)
        named.pop("return")
        result = _compiled(function, tuple(named.values()), None, library)
        library.finalize()

        def call(context: Any, builder: Any, own: Any, arguments: Any) -> Any:
            context.add_linking_libs((library,))
            return context.call_internal(builder, result.fndesc, own, arguments)

        return result.signature, call

    return _intrinsic(function, compiled)


def _intrinsic(function: Any, meaning: Callable[[], tuple[Any, Any]]) -> Any:
    """Something to call in compiled code: `meaning` gives its signature and what writes the call."""

    def typed(_context: Any, *_arguments: Any) -> tuple[Any, Any]:
        return meaning()

    # numba asks for one name an argument.
    names = ["context", *inspect.signature(function).parameters]
    typed.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [inspect.Parameter(name, inspect.Parameter.POSITIONAL_OR_KEYWORD) for name in names]
    )
    return intrinsic(typed)


# Kernels read and write some five hundred times. As indexing, each costs the compiler a sum, a look-up and an
# index rule to understand; as these, one load or store.
@intrinsic  # type: ignore[untyped-decorator]
def _load(_context: Any, block: Any, _row: Any, _lane: Any) -> Any:
    def code(_context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        return builder.load(builder.gep(arguments[0], [builder.add(arguments[1], arguments[2])]))

    return types.float64(block, types.intp, types.intp), code


@intrinsic  # type: ignore[untyped-decorator]
def _store_value(_context: Any, block: Any, _row: Any, _lane: Any, _value: Any) -> Any:
    def code(context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        place = builder.gep(arguments[0], [builder.add(arguments[1], arguments[2])])
        builder.store(arguments[3], place)
        return context.get_dummy_value()

    return types.void(block, types.intp, types.intp, types.float64), code


@intrinsic  # type: ignore[untyped-decorator]
def _move(_context: Any, block: Any, _places: Any) -> Any:
    def code(_context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        return builder.gep(arguments[0], [arguments[1]])

    return block(block, types.intp), code
