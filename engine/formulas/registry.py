"""What is known about each formula besides its code: symbol, units, text form, validity, source."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, TypeVar

from engine.formulas.ranges import ANYTHING, RANGES, Range

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
        limits: input name to the values that mean anything, where narrower than `RANGES` says.
        trusted: input name to the values for which the relation was made; beyond, it only extrapolates.
    """

    name: str
    symbol: str
    unit: str
    inputs: Mapping[str, str]
    text: str
    valid: str
    source: str
    function: Callable[..., float]
    limits: Mapping[str, Range] = field(default_factory=dict)
    trusted: Mapping[str, Range] = field(default_factory=dict)

    @property
    def summary(self) -> str:
        """What it gives, in one line."""
        return (self.function.__doc__ or "").strip().partition("\n")[0]

    @property
    def subject(self) -> str:
        """The file of the relation: `orbit`, `thermal` ..."""
        return self.function.__module__.rpartition(".")[2]

    @property
    def defaults(self) -> Mapping[str, float]:
        """Inputs that may be left out, and what they are then."""
        values = self.function.__defaults__ or ()
        return dict(zip(tuple(self.inputs)[len(self.inputs) - len(values) :], values, strict=True))

    def range_of(self, name: str) -> Range:
        """The values of an input that mean anything."""
        return self.limits.get(name) or RANGES.get(name, ANYTHING)


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
    limits: Mapping[str, Range] = MappingProxyType({}),
    trusted: Mapping[str, Range] = MappingProxyType({}),
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
        limits: parameter name to the values that mean anything, where narrower than usual.
        trusted: parameter name to the values that the relation was made for.

    Raises:
        ValueError: the name is taken, or `inputs` does not name the parameters.
    """

    def register(function: F) -> F:
        code = function.__code__
        parameters = code.co_varnames[: code.co_argcount]
        if tuple(inputs) != parameters:
            raise ValueError(f"{name}: inputs {tuple(inputs)} are not the parameters {parameters}")
        if not {*limits, *trusted} <= set(parameters):
            raise ValueError(f"{name}: a range is given for something that is not the name of a parameter")
        if name in _FORMULAS:
            raise ValueError(f"there is already a formula called {name}")
        _FORMULAS[name] = Formula(
            name, symbol, unit, MappingProxyType(dict(inputs)), text, valid, source, function, limits, trusted
        )
        return function

    return register
