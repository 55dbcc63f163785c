"""File names for campaigns: a display name becomes a slug, and a slug becomes a path that stays inside.

The display name is the player's own and lives inside the file. The file name is only a handle:
lower-case letters, digits and hyphens, the same on every disk, never a way out of the folder.
"""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path

__all__ = ["SUFFIX", "UnsafeNameError", "free_slug", "is_slug", "save_path", "slugify"]

SUFFIX = ".toml"

_MAX_LENGTH = 64
_SLUG = re.compile(r"[a-z0-9-]{1,64}")
# Names that Windows keeps for devices, whatever the extension.
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul"} | {f"{port}{number}" for port in ("com", "lpt") for number in range(10)}
)


class UnsafeNameError(ValueError):
    """A name cannot be used for a save; the text says why and what would do."""


def is_slug(text: str) -> bool:
    """Whether a text is a usable file name without its suffix: 1-64 of a-z, 0-9 and hyphen."""
    return _SLUG.fullmatch(text) is not None and text not in _RESERVED


def slugify(name: str) -> str:
    """The file name for a display name.

    Accents are dropped, everything else that is not a letter or digit becomes a hyphen. A name that
    leaves nothing behind becomes ``campaign``, a name Windows keeps for a device gets ``-save``.

    Args:
        name: Any text.

    Returns:
        A slug for which `is_slug` holds. Applying the function again changes nothing.
    """
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode("ascii")
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_MAX_LENGTH].rstrip("-")
    if not slug:
        return "campaign"
    return f"{slug}-save" if slug in _RESERVED else slug


def save_path(folder: Path, slug: str, suffix: str = SUFFIX) -> Path:
    """The path of a save, proved to lie directly in its folder after every link is followed.

    Args:
        folder: The saves folder; it need not exist.
        slug: A name for which `is_slug` holds.
        suffix: The end of the file name, with its dot.

    Raises:
        UnsafeNameError: The name is no slug, or it is a link that leads out of the folder.
    """
    if not is_slug(slug):
        raise UnsafeNameError(
            f"{slug[:80]!r} cannot name a save: use 1 to {_MAX_LENGTH} of a-z, 0-9 and hyphen, "
            f"for example {slugify(slug)!r}."
        )
    path = folder / f"{slug}{suffix}"
    # os.path.realpath, since Path.resolve raises on a loop of links.
    if Path(os.path.realpath(path)).parent != Path(os.path.realpath(folder)):
        raise UnsafeNameError(
            f"{path} is a link out of the saves folder; remove the link or choose another name."
        )
    return path


def free_slug(folder: Path, name: str) -> str:
    """A slug for a display name that no save in the folder uses yet, numbered from 2 if it must be.

    Names that differ only in case count as the same, since some disks see them so.
    """
    taken = {path.name.casefold() for path in folder.iterdir()} if folder.is_dir() else set()
    slug = slugify(name)
    candidate, number = slug, 2
    while f"{candidate}{SUFFIX}" in taken:
        ending = f"-{number}"
        candidate, number = slug[: _MAX_LENGTH - len(ending)].rstrip("-") + ending, number + 1
    return candidate
