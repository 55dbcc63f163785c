"""Where a field or scratch row begins in the flat block: `at.ALTITUDE_KM + lane`.

The names are those of `Field` and `Scratch`. Plain module constants cost the compiler a third of what
members of an enumeration do, and the kernels read some five hundred of them.
"""

from __future__ import annotations

from engine.kernels.layout import LANES, Field
from engine.kernels.scratch import Scratch

globals().update({row.name: int(row) * LANES for rows in (Field, Scratch) for row in rows})


def __getattr__(name: str) -> int:
    raise AttributeError(f"there is neither a field nor a scratch row called {name}")
