"""The one base of every model type, and the cleaning that user text goes through once, at the door."""

from __future__ import annotations

import unicodedata
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Strict, StringConstraints

MAX_NAME_CELLS = 64

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$")]
"""An id: lower-case letters, digits and inner hyphens, 1 to 64 characters."""

Real = Annotated[float, Strict()]
"""A number as a number: the text "12" and the word true are refused."""

Count = Annotated[int, Strict()]
"""A whole number as a number."""


class Frozen(BaseModel):
    """A value that never changes, refuses unknown keys, and lets neither infinity nor NaN in."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


def clean_text(text: str) -> str:
    """Drop what could steer a terminal or hide text: controls, bidirectional marks, unassigned code points.

    Args:
        text: anything a person or a file supplied.

    Returns:
        The text in NFC with runs of white space folded to one blank, at most 64 characters.
    """
    folded = " ".join(unicodedata.normalize("NFC", text).split())
    printable = (ch for ch in folded if unicodedata.category(ch)[0] != "C")
    return "".join(printable)[:MAX_NAME_CELLS].strip()


def _named(text: str) -> str:
    cleaned = clean_text(text)
    if not cleaned:
        raise ValueError("a name needs at least one printable character")
    return cleaned


CleanName = Annotated[str, AfterValidator(_named)]
"""A display name, cleaned on the way in and never empty."""
