"""What is known about each formula besides its code: symbol, units, text form, validity, source."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Formula:
    """One relation, ready to be explained.

    Attributes:
        name: what it is called by, without units.
        symbol: how a textbook writes the result.
        unit: unit of the result in plain text.
        inputs: input name to unit, in the order of the function's parameters.
        text: the relation in one line.
        valid: where it may be trusted.
        source: where it comes from.
        function: the relation itself.
    """

    name: str
    symbol: str
    unit: str
    inputs: Mapping[str, str]
    text: str
    valid: str
    source: str
    function: Callable[..., float]


_FORMULAS: dict[str, Formula] = {}
FORMULAS: Mapping[str, Formula] = MappingProxyType(_FORMULAS)
"""Every formula of the modules imported so far, by name."""


def formula(
    name: str,
    *,
    symbol: str,
    unit: str,
    inputs: Mapping[str, str],
    text: str,
    valid: str,
    source: str,
) -> Callable[[F], F]:
    """Registers a function with what an explanation needs; the function itself is returned unchanged.

    Args:
        name: unique name, as in `orbit_period`.
        symbol: symbol of the result.
        unit: unit of the result, `1` for a pure number.
        inputs: parameter name to unit, every parameter once and in order.
        text: the relation in one line.
        valid: range or conditions.
        source: publication or derivation.

    Raises:
        ValueError: the name is taken, or `inputs` does not name the parameters.
    """

    def register(function: F) -> F:
        code = function.__code__
        parameters = code.co_varnames[: code.co_argcount]
        if tuple(inputs) != parameters:
            raise ValueError(f"{name}: inputs {tuple(inputs)} are not the parameters {parameters}")
        if name in _FORMULAS:
            raise ValueError(f"there is already a formula called {name}")
        _FORMULAS[name] = Formula(
            name, symbol, unit, MappingProxyType(dict(inputs)), text, valid, source, function
        )
        return function

    return register
