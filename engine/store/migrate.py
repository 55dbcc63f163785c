"""One step for each change of the campaign format: plain data of one format to plain data of the next.

Format 1 is the first, so there is no step yet to take; a file names its format, and a newer one is
refused with the way out. Each step is a function `dict -> dict` in `STEPS`, with an old file in the tests.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.errors import SaveError, SaveVersionError
from engine.store.schema import FORMAT

STEPS: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""By format: the step from that format to the next."""


def migrate(data: dict[str, Any], name: str) -> dict[str, Any]:
    """Bring a parsed file to the present format.

    Args:
        data: the file as the parser gave it.
        name: what to call the file in messages.

    Raises:
        SaveError: the file does not say its format, or says it wrongly.
        SaveVersionError: the file is of a later format.
    """
    found = data.get("format")
    if found is None:
        raise SaveError("is missing", f"{name}:1: format", f"begin the file with format = {FORMAT}")
    if not isinstance(found, int) or isinstance(found, bool) or found < 1:
        raise SaveError("is not the number of a format", f"{name}: format", f"write format = {FORMAT}")
    if found > FORMAT:
        raise SaveVersionError(
            f"is {found}, made by a later version of the game",
            f"{name}: format",
            "update the game to open it",
        )
    for step in range(found, FORMAT):
        data = STEPS[step](data)
    return data
