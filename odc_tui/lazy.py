"""The one place where names are looked up at the moment they are needed.

The first frame has to come within half a second, and numpy, numba and pydantic alone take longer. So the
title screen is up before anything that needs them is imported, and those modules are named here as text.
"""

from __future__ import annotations

from importlib import import_module
from operator import attrgetter
from typing import Any

__all__ = ["resolve"]


def resolve(name: str) -> Any:
    """What `module:attribute` stands for, importing the module if need be; attributes may be dotted."""
    module, _, attribute = name.partition(":")
    return attrgetter(attribute)(import_module(module))
